"""The command juesuan. Only this package and ingest.nightly use both the reader and the warehouse."""
