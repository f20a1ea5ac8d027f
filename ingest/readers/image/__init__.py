"""Image files: each is a page that is a picture; a TIFF may hold several."""
