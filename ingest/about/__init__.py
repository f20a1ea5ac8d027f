"""What a file is about: the kind of document, whose it is, of which year, and what else is bound into it."""
