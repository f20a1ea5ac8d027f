"""One self-contained page per document: what was read, every doubt and broken check beside its place."""

from ingest.pages.document.page import render

__all__ = ["render"]
