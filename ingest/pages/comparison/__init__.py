"""An HTML page that compares the bodies of one kind in one year: charts, each with its data in a table below it."""

from ingest.pages.comparison.page import render

__all__ = ["render"]
