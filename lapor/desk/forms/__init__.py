"""Forms of the desk: they carry words and choices; what is allowed and what suffices, `reports.actions` decides."""
