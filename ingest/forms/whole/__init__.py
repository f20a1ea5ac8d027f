"""Forms whose cells are printed whole."""
