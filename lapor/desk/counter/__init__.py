"""The counter: officers enter what visitors say and letters tell, and hand out a printed receipt."""
