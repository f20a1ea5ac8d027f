"""What `make test` leaves to `make long`: tests and parameters with the mark `long`. `pytest -m ""` runs all."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import pytest

T = TypeVar("T")


def rest_long(values: Sequence[T], is_short: Callable[[T], bool]) -> list[object]:
    """Parameters of which only those chosen by `is_short` are part of `make test`."""
    return [value if is_short(value) else pytest.param(value, marks=pytest.mark.long) for value in values]


def first_short(*values: T) -> list[object]:
    """Parameters of which only the first is part of `make test`."""
    return rest_long(values, lambda value: value is values[0])
