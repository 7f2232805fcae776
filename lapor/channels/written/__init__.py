"""What people write into the form of a report, at home or at a counter: its fields, its files, and what they become."""
