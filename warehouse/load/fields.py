"""Column lists made of the fields of a record: a field is copied to the column of its name.

So a new field of a record needs no change in the loader.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, get_origin, get_type_hints

from psycopg.adapt import Dumper
from psycopg.rows import TupleRow

from warehouse.records.places import Box, Place

OF_A_PLACE = ("page", "line_no", "file_no", "sheet", "cell", "box")  # fields of a Place, each in a column of its name


@dataclass(frozen=True, slots=True)
class Fields:
    """`columns`: the column list of a COPY. `values`: record → its values in the same order."""

    columns: str
    values: Callable[[Any], TupleRow]


def fields_of(
    record: type,
    without: Collection[str] = (),
    renamed: Mapping[str, str] = {},
    of_place: Sequence[str] = OF_A_PLACE,
) -> Fields:
    """The fields of a dataclass except `without`; two or more must remain. `renamed`: field → other column name.

    A field that holds a Place becomes the columns `of_place`.
    """
    types = get_type_hints(record)
    names = [field.name for field in fields(record) if field.name not in without]
    places = {name for name in names if types[name] is Place}
    paths = [path for name in names for path in ([f"{name}.{part}" for part in of_place] if name in places else [name])]
    columns = ", ".join(renamed.get(path, path.rpartition(".")[2]) for path in paths)
    arrays = [number for number, path in enumerate(paths) if get_origin(types.get(path)) is tuple]
    return Fields(columns, _with_arrays(attrgetter(*paths), arrays) if arrays else attrgetter(*paths))


class BoxDumper(Dumper):
    """Writes a box as a PostgreSQL array of six-digit numbers; psycopg would write a tuple as a composite value."""

    def dump(self, obj: Box) -> bytes:
        return b"{%g,%g,%g,%g}" % obj


def _with_arrays(values: Callable[[Any], TupleRow], arrays: Sequence[int]) -> Callable[[Any], TupleRow]:
    """Turns the tuples at these places into lists: psycopg writes a list as an array, a tuple as a composite value."""

    def with_lists(record: Any) -> TupleRow:
        row = list(values(record))
        for number in arrays:
            row[number] = list(row[number])
        return tuple(row)

    return with_lists
