"""Makes sample documents: a PDF, or a text as converters make it, from figures and a layout."""
