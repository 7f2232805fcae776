"""Forms of the desk: they carry words and choices; what is allowed and what suffices is decided by `reports.actions`."""
