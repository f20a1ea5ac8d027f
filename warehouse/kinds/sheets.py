"""How a standard table is shown by a sheet of the workbook: which columns, under which headings, how wide.

What the table says of itself (number, name, shape, measures) is not said again: `[sheet]` in its file adds the
headings of the official form. A table without it gets one line of the labels of its measures.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from warehouse.kinds.declared import Declared

SIDES = ("income", "expenditure")
ON_THE_LEFT, ABOVE = "<", "^"
WIDTHS = {"code": 11, "name": 38, "item": 38, "line": 6, "unit": 10, "amount": 17}  # characters, a Chinese one is two
LABELS = {"code": "科目代码", "name": "科目名称", "item": "项目", "line": "行次", "unit": "计量单位"}
_OF_SIDE = {"income": "收入", "expenditure": "支出"}
_CODED = ("code", "name")
_OF_SHAPE = {"keyed_rows": _CODED, "several_keys": _CODED, "code_groups": _CODED, "items": ("item", "unit")}
WidthOf = Literal["code", "name", "item", "line", "unit", "amount"]


class GroupDeclared(Declared):
    """What stands over a group whose codes are of these classes; without classes, of all others."""

    heading: str
    classes: tuple[str, ...] = ()


class SheetDeclared(Declared):
    """`header` has a list per printed line, as long as the columns: `<` goes on from the left, `^` from above.

    Of a table in groups it is that of one group. `group_count` is how many stand beside each other where the document
    prints none.
    """

    header: tuple[tuple[str, ...], ...] = ()
    note: str = ""
    widths: dict[WidthOf, int] = Field(default_factory=dict)
    group_count: int = 1
    groups: tuple[GroupDeclared, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """`block` is the side or group it stands in, from 0 on the left; `shows` a label or a measure."""

    block: int
    shows: str

    @property
    def is_measure(self) -> bool:
        return self.shows not in LABELS


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """`header` is a grid as wide as `columns`; of a table in groups both are those of one group."""

    code: str
    number: str
    title: str
    shape: str  # rows | sides | groups
    columns: tuple[SheetColumn, ...]
    header: tuple[tuple[str, ...], ...]
    note: str
    group_count: int
    groups: tuple[GroupDeclared, ...]
    widths: Mapping[str, int]
    optional: frozenset[str] = frozenset()  # measures whose columns are left out where nothing is printed in them

    def width(self, column: SheetColumn) -> int:
        shows = "amount" if column.is_measure else column.shows
        return self.widths.get(shows, WIDTHS[shows])

    @property
    def measures(self) -> set[str]:
        return {column.shows for column in self.columns if column.is_measure}


@dataclass(frozen=True, slots=True)
class MeasureShown:
    """What a sheet needs to know of a measure."""

    name: str
    label: str
    side: str | None
    is_optional: bool = False


def sheet_faults(sheet: SheetDeclared, shape: str, measures: Sequence[MeasureShown]) -> Iterator[str]:
    """In words what contradicts the table that the sheet shows."""
    columns = _columns(shape, measures)
    for line in sheet.header:
        if len(line) != len(columns):
            yield f"sheet: a line of the header has {len(line)} cells for {len(columns)} columns"
    if sheet.groups and shape != "code_groups":
        yield f"sheet: a table of shape {shape} has no groups"


def sheet_layout(
    sheet: SheetDeclared, code: str, number: str, title: str, shape: str, measures: Sequence[MeasureShown]
) -> SheetLayout:
    return SheetLayout(
        code=code,
        number=number,
        title=title,
        shape={"sides": "sides", "code_groups": "groups"}.get(shape, "rows"),
        columns=_columns(shape, measures),
        header=sheet.header or tuple(_header(shape, measures)),
        note=sheet.note,
        group_count=sheet.group_count,
        groups=sheet.groups,
        widths={str(shows): width for shows, width in sheet.widths.items()},
        optional=frozenset(one.name for one in measures if one.is_optional),
    )


def _columns(shape: str, measures: Sequence[MeasureShown]) -> tuple[SheetColumn, ...]:
    if shape == "sides":
        return tuple(
            SheetColumn(block, shows)
            for block, side in enumerate(SIDES)
            for shows in ("item", "line", *(one.name for one in measures if one.side == side))
        )
    names = dict.fromkeys(one.name for one in measures)
    return tuple(SheetColumn(0, shows) for shows in (*_OF_SHAPE.get(shape, ()), *names))


def _header(shape: str, measures: Sequence[MeasureShown]) -> Iterator[tuple[str, ...]]:
    """The labels of all columns, on sides below the names of the sides."""
    labels = LABELS | {one.name: one.label for one in measures}
    columns = _columns(shape, measures)
    if shape == "sides":
        blocks = [column.block for column in columns]
        yield tuple(_OF_SIDE[SIDES[b]] if blocks.index(b) == n else ON_THE_LEFT for n, b in enumerate(blocks))
    yield tuple(labels[column.shows] for column in columns)
