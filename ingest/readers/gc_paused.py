"""Pauses Python's cyclic garbage collector while a document is read."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def garbage_collection_paused() -> Iterator[None]:
    """The values of a document hold no reference cycles. Searching them for cycles takes a quarter of the reading time.

    Objects made inside end up in the oldest generation. Otherwise the next collection would scan them all.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.freeze()
            gc.unfreeze()  # unfreeze() puts the objects into the oldest generation
            gc.enable()
