"""Amounts of one table → the lines of its official form. A pure function: no database, no file.

Each row of the table becomes an entry of a line: beside each other where the form has sides or groups.
An entry that stands no further right than the one before it begins a new line, as when one reads the page.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median_low

from warehouse.base.errors import AmountWithoutPlace
from warehouse.workbook.document import Amount
from warehouse.workbook.layouts import ON_THE_LEFT, SIDES, Column, Layout


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the table as stored: what it is called, and its amounts by measure."""

    key: str
    label: str
    level: str | None
    amounts: Mapping[str, Amount]

    @property
    def column_no(self) -> int:
        return min(amount.column_no for amount in self.amounts.values())

    @property
    def code(self) -> str | None:
        return self.key if self.key.isdecimal() else None

    @property
    def unit(self) -> str:
        unit = next(iter(self.amounts.values())).value_unit
        return "万元" if unit == "元" else unit


Line = dict[int, Entry]  # block (side or group, from 0 on the left) → entry


@dataclass(frozen=True, slots=True)
class Form:
    """The table arranged: `header` is a grid as wide as `columns`, `lines` go from top to bottom."""

    columns: tuple[Column, ...]
    header: tuple[tuple[str, ...], ...]
    lines: tuple[Line, ...]


def arrange(layout: Layout, amounts: Sequence[Amount]) -> Form:
    """`amounts` of one table by row_no and column_no.

    AmountWithoutPlace where the layout has no column for a measure: nothing is left out in silence.
    """
    entries = [_entry(list(cells)) for _, cells in groupby(amounts, key=lambda amount: (amount.row_no, amount.row_key))]
    lines = SHAPES[layout.shape](entries)
    form = _groups(layout, lines) if layout.shape == "groups" else Form(layout.columns, layout.header, tuple(lines))
    _check_whole(layout, form)
    return form


def _entry(cells: Sequence[Amount]) -> Entry:
    first = cells[0]
    return Entry(first.row_key, first.row_label, first.level, {amount.measure: amount for amount in cells})


def _rows(entries: Sequence[Entry]) -> list[Line]:
    return [{0: entry} for entry in entries]


def _sides(entries: Sequence[Entry]) -> list[Line]:
    read = _read_lines(entries, _side)
    return [{_side(entry): entry for entry in line} for line in read]


def _side(entry: Entry) -> int:
    return SIDES.index(entry.key.partition(":")[0])


def _grouped(entries: Sequence[Entry]) -> list[Line]:
    read = list(_read_lines(entries, lambda entry: entry.column_no))
    usual = _usual_columns(read)
    return [dict(zip(_nearest([entry.column_no for entry in line], usual), line, strict=True)) for line in read]


def _read_lines(entries: Sequence[Entry], place: Callable[[Entry], int]) -> Iterator[list[Entry]]:
    line: list[Entry] = []
    for entry in entries:
        if line and place(entry) <= place(line[-1]):
            yield line
            line = []
        line.append(entry)
    if line:
        yield line


def _usual_columns(lines: Sequence[Sequence[Entry]]) -> list[int]:
    """Where the amount of each group usually stands, judged by the lines that have all groups."""
    most = max(map(len, lines), default=0)
    full = [[entry.column_no for entry in line] for line in lines if len(line) == most]
    return [median_low(column) for column in zip(*full, strict=True)]


def _nearest(columns: Sequence[int], usual: Sequence[int]) -> Iterator[int]:
    """The group of each amount of a line: the nearest that keeps their order and leaves room for the rest."""
    group = -1
    for number, column in enumerate(columns):
        open_groups = range(group + 1, len(usual) - len(columns) + number + 1)
        group = min(open_groups, key=lambda candidate: abs(usual[candidate] - column))
        yield group


SHAPES = {"rows": _rows, "sides": _sides, "groups": _grouped}


def _groups(layout: Layout, lines: Sequence[Line]) -> Form:
    """As many groups as the document prints, each under the heading of what stands in it."""
    count = max((block + 1 for line in lines for block in line), default=layout.groups)
    headings = [_heading(layout, lines, block) for block in range(count)]
    titles = [
        text
        for block, heading in enumerate(headings)
        for text in (ON_THE_LEFT if block and heading == headings[block - 1] else heading, *_beside(layout))
    ]
    columns = tuple(Column(block, column.shows) for block in range(count) for column in layout.columns)
    return Form(columns, (tuple(titles), *(line * count for line in layout.header)), tuple(lines))


def _beside(layout: Layout) -> list[str]:
    return [ON_THE_LEFT] * (len(layout.columns) - 1)


def _heading(layout: Layout, lines: Sequence[Line], block: int) -> str:
    """Empty where codes of both kinds stand in one group."""
    classes = {line[block].code[:3] for line in lines if block in line and line[block].code}
    if not classes:
        return layout.personnel_heading if block == 0 else layout.public_heading
    if classes <= set(layout.personnel_classes):
        return layout.personnel_heading
    return "" if classes & set(layout.personnel_classes) else layout.public_heading


def _check_whole(layout: Layout, form: Form) -> None:
    places = set(form.columns)
    for line in form.lines:
        for block, entry in line.items():
            if strays := [measure for measure in entry.amounts if Column(block, measure) not in places]:
                raise AmountWithoutPlace(f"{layout.code} {entry.key} {', '.join(strays)}")
