"""How dates and times are written, by language: the names of Django's formats, the habits of the country."""
