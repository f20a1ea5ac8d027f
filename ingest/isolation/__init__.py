"""Reads each document in a process of its own, so that a crash or an attack affects only that document."""

from ingest.isolation.conversions import each_made_ahead
from ingest.isolation.kept_pages import KeptPages
from ingest.isolation.limits import Limits
from ingest.isolation.parent import (
    Pages,
    PicturesWait,
    cut_isolated,
    cuts_isolated,
    extract_isolated,
    pages_isolated,
    said_at_once,
    said_isolated,
    start_reading,
    stop_reading,
    unconfined,
)

__all__ = [
    "KeptPages",
    "Limits",
    "Pages",
    "PicturesWait",
    "cut_isolated",
    "cuts_isolated",
    "each_made_ahead",
    "extract_isolated",
    "pages_isolated",
    "said_at_once",
    "said_isolated",
    "start_reading",
    "stop_reading",
    "unconfined",
]
