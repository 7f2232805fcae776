"""Forms of the back office, one module per section; `base` has what they share."""
