"""What holds for every document of the corpus and every budget together, in one warehouse."""
