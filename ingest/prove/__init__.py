"""What the document itself proves: damaged amounts and codes, units, the codes of projects, every printed number."""
