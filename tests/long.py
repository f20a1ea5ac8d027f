"""What `make long` runs and `make test` leaves out."""

import os

import pytest

LONG = bool(os.environ.get("JUESUAN_LONG"))
needs_long = pytest.mark.skipif(not LONG, reason="takes long: make long")
