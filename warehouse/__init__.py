"""The warehouse: declarations, records, tables, loader and views. Imports nothing of `ingest`."""
