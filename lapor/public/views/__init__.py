"""Views of the citizen's door, by what a citizen does: browse, report, follow the own report."""
