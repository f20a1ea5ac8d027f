"""Sets the pytest marks `database` and `slow`, by the fixtures that a test uses and the modules that its code uses.

`make fast` leaves both out. No test is marked by hand, so that a test that is changed to start processes becomes slow.
Of the parameters of a test that reads whole documents, all but the first are slow.
"""

import inspect
from collections.abc import Iterator
from functools import cache
from types import CodeType, FunctionType, ModuleType

import pytest

# Modules that start processes, a server or a browser, read with pdfplumber, or read hundreds of documents.
TAKE_LONG = (
    "subprocess",
    "pdfplumber",
    "warehouse.server",
    "ingest.isolation",
    "ingest.cli",
    "tests.variants.assessed_variants",
    "tests.hostile",
    "tests.readings",
    "benchmarks",
    "ingest.readers.office_program",
    "ingest.readers.pdf.scan.models",  # recognises pictures
    "tests.ingest.web_site",  # serves over HTTP, and waits as a publisher makes a fetch wait
)
READS_DOCUMENTS = ("ingest.pipeline", "tests.read_once")


def mark(item: pytest.Function) -> None:
    if "server_url" in item.fixturenames:
        item.add_marker(pytest.mark.database)
    fixtures = item._fixtureinfo.name2fixturedefs.values()
    functions = [item.function, *(definition.func for definitions in fixtures for definition in definitions)]
    reached = frozenset().union(*(_reached(inspect.unwrap(function)) for function in functions))
    if _any_of(reached, TAKE_LONG) or (_is_another_parameter(item) and _any_of(reached, READS_DOCUMENTS)):
        item.add_marker(pytest.mark.slow)


def _any_of(reached: frozenset[str], modules: tuple[str, ...]) -> bool:
    return any(module.startswith(modules) for module in reached)


def _is_another_parameter(item: pytest.Function) -> bool:
    """Whether the test has parameters, and not the first of each."""
    return hasattr(item, "callspec") and any(item.callspec.indices.values())


@cache
def _reached(function: FunctionType) -> frozenset[str]:
    """The names of the modules whose objects the function uses, directly or through helpers in `tests`."""
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
    """The functions in an object of `tests`: the function without its decorators, or the methods of a class."""
    if not _module_of(value).startswith("tests."):
        return []
    members = vars(value).values() if inspect.isclass(value) else [value]
    return [inner for member in members if callable(member) and inspect.isfunction(inner := inspect.unwrap(member))]


def _module_of(value: object) -> str:
    module = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None)
    return module if isinstance(module, str) else ""
