"""An HTML page about one document: what was read, and every doubt and broken check with a picture of its place."""

from ingest.pages.document.page import render

__all__ = ["render"]
