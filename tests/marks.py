"""Which tests need a server and which take long, told by the fixtures they ask for and the modules they reach.

`make fast` leaves both out. Nobody marks a test by hand: a test that begins to start processes is slow from then on.
"""

import inspect
from collections.abc import Iterator
from functools import cache
from types import CodeType, FunctionType, ModuleType

import pytest

# They start processes, a server or a browser, read a page as slowly as pdfplumber, or documents by the hundred.
TAKE_LONG = (
    "subprocess",
    "pdfplumber",
    "warehouse.server",
    "ingest.isolation",
    "ingest.cli",
    "tests.variants.judged_variants",
)


def mark(item: pytest.Function) -> None:
    if "server_url" in item.fixturenames:
        item.add_marker(pytest.mark.database)
    fixtures = item._fixtureinfo.name2fixturedefs.values()
    functions = [item.function, *(definition.func for definitions in fixtures for definition in definitions)]
    if any(module.startswith(TAKE_LONG) for function in functions for module in _reached(inspect.unwrap(function))):
        item.add_marker(pytest.mark.slow)


@cache
def _reached(function: FunctionType) -> frozenset[str]:
    """The names of the modules whose things the function uses, itself or through the helpers of the tests."""
    reached, waiting, known = set(), [function], {function}
    while waiting:
        one = waiting.pop()
        for value in _globals_of(one):
            reached.add(_module_of(value))
            more = set(_functions_of(value)) - known
            known |= more
            waiting += more
    return frozenset(reached)


def _globals_of(function: FunctionType) -> Iterator[object]:
    for name in _names(function.__code__):
        if name in function.__globals__:
            yield function.__globals__[name]


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)


def _functions_of(value: object) -> list[FunctionType]:
    """Of a helper of the tests: the function without its decorators, or the methods of a class."""
    if not _module_of(value).startswith("tests."):
        return []
    members = vars(value).values() if inspect.isclass(value) else [value]
    return [inner for member in members if callable(member) and inspect.isfunction(inner := inspect.unwrap(member))]


def _module_of(value: object) -> str:
    module = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None)
    return module if isinstance(module, str) else ""
