"""Python's cyclic garbage collector, paused where nothing can be garbage to it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Nothing that is read refers back to itself: looking for cycles in it would take a quarter of the time.

    What was made meanwhile counts as old afterwards, or the collector would begin by looking through all of it.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.freeze()
            gc.unfreeze()  # what is unfrozen is in the oldest generation
            gc.enable()
