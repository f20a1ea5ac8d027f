"""One self-contained page per document: what was read, every doubt and broken check beside its place."""

from ingest.report.page import render

__all__ = ["render"]
