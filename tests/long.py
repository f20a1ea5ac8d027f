"""What `make test` leaves to `make long`: tests and parameters with the mark `long`. `pytest -m ""` runs all."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import TypeVar

import pytest

T = TypeVar("T")


def rest_long(values: Sequence[T], is_short: Callable[[T], bool]) -> list[object]:
    """Parameters of which only those chosen by `is_short` are part of `make test`."""
    return [value if is_short(value) else pytest.param(value, marks=pytest.mark.long) for value in values]


def first_short(*values: T) -> list[object]:
    """Parameters of which only the first is part of `make test`."""
    return rest_long(values, lambda value: value is values[0])


def leave_parameters(items: Iterable[pytest.Item]) -> None:
    """Of a test with the mark `takes(number)`, so many of its parameters, evenly spread, are part of `make test`."""
    taking = [item for item in items if item.get_closest_marker("takes")]
    for _, of_one_test in groupby(taking, key=lambda item: item.nodeid.partition("[")[0]):
        every = list(of_one_test)
        number = every[0].get_closest_marker("takes").args[0]
        taken = set(range(0, len(every), -(-len(every) // number)))
        for place, item in enumerate(every):
            if place not in taken:
                item.add_marker(pytest.mark.long)
