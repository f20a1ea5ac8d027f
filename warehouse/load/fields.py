"""The columns that hold the fields of a record under their names, so that a new field stands in no list here."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, get_origin, get_type_hints

from psycopg.rows import TupleRow


@dataclass(frozen=True, slots=True)
class Fields:
    """`columns` as COPY takes them, and what a record puts into them, in the same order."""

    columns: str
    values: Callable[[Any], TupleRow]


def fields_of(record: type, without: Collection[str] = (), renamed: Mapping[str, str] = {}) -> Fields:
    """Those of a dataclass, two or more, but for `without`; `renamed`: field → column of another name."""
    names = [field.name for field in fields(record) if field.name not in without]
    columns = ", ".join(renamed.get(name, name) for name in names)
    types = get_type_hints(record)
    values = attrgetter(*names)
    return Fields(columns, _with_arrays(values) if any(get_origin(types[name]) is tuple for name in names) else values)


def _with_arrays(values: Callable[[Any], TupleRow]) -> Callable[[Any], TupleRow]:
    """A list becomes an array of the database, a tuple would become a row."""
    return lambda record: tuple(list(value) if isinstance(value, tuple) else value for value in values(record))
