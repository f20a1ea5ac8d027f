"""The official layouts, layouts.toml as values; a layout that contradicts itself does not load."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from warehouse.base.errors import BadLayout
from warehouse.kinds.kind import FOLDER

FILE = FOLDER / "final_accounts" / "layouts.toml"
SIDES = ("income", "expenditure")
LABELS = {"code", "name", "item", "line", "unit"}  # every other column is a measure
WIDTHS = {"code": 11, "name": 38, "item": 38, "line": 6, "unit": 10, "amount": 17}  # characters, a Chinese one is two
ON_THE_LEFT, ABOVE = "<", "^"


@dataclass(frozen=True, slots=True)
class Column:
    """`block` is the side or group it stands in, from 0 on the left; `shows` a label or a measure."""

    block: int
    shows: str

    @property
    def is_measure(self) -> bool:
        return self.shows not in LABELS


@dataclass(frozen=True, slots=True)
class Layout:
    """`header` is a grid as wide as `columns`; of a table in groups both are those of one group."""

    code: str
    number: str
    title: str
    shape: str  # rows | sides | groups
    columns: tuple[Column, ...]
    header: tuple[tuple[str, ...], ...]
    note: str
    groups: int = 1
    personnel_heading: str = ""
    personnel_classes: tuple[str, ...] = ()
    public_heading: str = ""
    widths: Mapping[str, int] = field(default_factory=dict)

    def width(self, column: Column) -> int:
        shows = "amount" if column.is_measure else column.shows
        return self.widths.get(shows, WIDTHS[shows])

    @property
    def measures(self) -> set[str]:
        return {column.shows for column in self.columns if column.is_measure}


@cache
def layouts() -> dict[str, Layout]:
    """GK01 … GK10 in the order of the form."""
    declared = tomllib.loads(FILE.read_text("utf-8"))
    return {code: layout(code, entry) for code, entry in declared.items()}


def layout(code: str, entry: Mapping[str, Any]) -> Layout:
    made = Layout(
        code,
        entry["number"],
        entry["title"],
        entry["shape"],
        tuple(_column(text) for text in entry["columns"]),
        tuple(map(tuple, entry["header"])),
        entry["note"],
        entry.get("groups", 1),
        entry.get("personnel", {}).get("heading", ""),
        tuple(entry.get("personnel", {}).get("classes", ())),
        entry.get("public", {}).get("heading", ""),
        entry.get("widths", {}),
    )
    _check(made)
    return made


def _column(text: str) -> Column:
    side, _, shows = text.rpartition(".")
    return Column(SIDES.index(side) if side else 0, shows)


def _check(made: Layout) -> None:
    if made.shape not in ("rows", "sides", "groups"):
        raise BadLayout(f"{made.code}: shape {made.shape}")
    if len(set(made.columns)) < len(made.columns):
        raise BadLayout(f"{made.code}: a column is named twice")
    for line in made.header:
        if len(line) != len(made.columns):
            raise BadLayout(f"{made.code}: a line of the header has {len(line)} cells for {len(made.columns)} columns")


@dataclass(frozen=True, slots=True)
class Span:
    """A heading over rows and columns, all counted from 0 and inclusive."""

    top: int
    left: int
    bottom: int
    right: int
    text: str


def spans(header: Sequence[Sequence[str]]) -> list[Span]:
    """The headings of a grid, merged as its signs say."""
    return [
        Span(row, column, _last(header, row, column, 1, 0), _last(header, row, column, 0, 1), text)
        for row, line in enumerate(header)
        for column, text in enumerate(line)
        if text not in (ON_THE_LEFT, ABOVE)
    ]


def _last(header: Sequence[Sequence[str]], row: int, column: int, down: int, across: int) -> int:
    """The last row or column that a heading covers."""
    sign = ABOVE if down else ON_THE_LEFT
    row, column = row + down, column + across
    while row < len(header) and column < len(header[row]) and header[row][column] == sign:
        row, column = row + down, column + across
    return row - 1 if down else column - 1
