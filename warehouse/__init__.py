"""The warehouse: records, tables, loader and views. Knows nothing of files or parsers."""
