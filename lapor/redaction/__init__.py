"""Takes persons out of texts: one who is known (`strike`), or whoever is named (`redact`), by rule and by learning."""
