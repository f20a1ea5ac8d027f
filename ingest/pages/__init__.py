"""HTML pages that load no other file: one document with its doubts, or a comparison of the bodies of one kind."""
