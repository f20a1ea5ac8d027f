"""Tests of the cases: small documents with their expected values, in the folder `cases` beside the corpus."""
