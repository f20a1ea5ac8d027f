"""One self-contained page that compares the bodies of a kind and year: charts with their data below them."""

from ingest.pages.comparison.page import render

__all__ = ["render"]
