"""Self-contained pages for a browser: one document with its doubts, or the bodies of one kind side by side."""
