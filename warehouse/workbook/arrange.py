"""Arranges the amounts of one table in the lines of its official form. Pure functions, no database, no file.

In forms with sides or groups several stored rows make one line, side by side. A stored row begins a new line if it is
not further right than the row before it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median_low

from warehouse.base.errors import AmountWithoutPlace
from warehouse.kinds.sheets import ABOVE, LABELS, ON_THE_LEFT, SIDES, SheetColumn, SheetLayout
from warehouse.workbook.document import StoredAmount


@dataclass(frozen=True, slots=True)
class StoredRow:
    """One stored row of the table, with its amounts by measure."""

    key: str
    label: str
    level: str | None
    amounts: Mapping[str, StoredAmount]

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


FormLine = dict[int, StoredRow]  # block (side or group, from 0 on the left) → its row


@dataclass(frozen=True, slots=True)
class Form:
    """The arranged table. `header`: rows of heading texts, as wide as `columns`. `lines`: from top to bottom."""

    columns: tuple[SheetColumn, ...]
    header: tuple[tuple[str, ...], ...]
    lines: tuple[FormLine, ...]


def arrange(layout: SheetLayout, amounts: Sequence[StoredAmount], label_of: Callable[[str], str] = str) -> Form:
    """`amounts`: those of one table, sorted by row_no and column_no. `label_of` names a column that no form fixes.

    Raises AmountWithoutPlace where the layout has no column for a measure, so that no amount is missing unnoticed.
    """
    entries = [_entry(list(cells)) for _, cells in groupby(amounts, key=lambda amount: (amount.row_no, amount.row_key))]
    if _is_of_no_form(layout, entries):
        return _as_stored(layout, entries, label_of)
    lines = SHAPES[layout.shape](entries)
    form = _groups(layout, lines) if layout.shape == "groups" else _printed_columns(layout, lines)
    _check_whole(layout, form)
    return form


def _is_of_no_form(layout: SheetLayout, entries: Sequence[StoredRow]) -> bool:
    """Whether the publisher added columns of its own (other:…, current.…), or lists beside income and expenditure."""
    own = {measure for entry in entries for measure in entry.amounts} - layout.measures
    lists = {entry.key.partition(":")[0] for entry in entries} if layout.shape == "sides" else set()
    return any(":" in measure or "." in measure for measure in own) or not lists <= set(SIDES)


def _as_stored(layout: SheetLayout, entries: Sequence[StoredRow], label_of: Callable[[str], str]) -> Form:
    """A line for each row, and a column for each measure in the order in which they are printed first."""
    measures = dict.fromkeys(measure for entry in entries for measure in entry.amounts)
    headings = {
        column.shows: next((text for text in reversed(texts) if text not in (ON_THE_LEFT, ABOVE)), column.shows)
        for column, *texts in zip(layout.columns, *layout.header, strict=True)
    }
    columns = tuple(SheetColumn(0, shows) for shows in ("code", "name", *measures))
    return Form(
        columns,
        (tuple(LABELS.get(one.shows, headings.get(one.shows) or label_of(one.shows)) for one in columns),),
        tuple({0: entry} for entry in entries),
    )


def _entry(cells: Sequence[StoredAmount]) -> StoredRow:
    first = cells[0]
    return StoredRow(first.row_key, first.row_label, first.level, {amount.measure: amount for amount in cells})


def _printed_columns(layout: SheetLayout, lines: Sequence[FormLine]) -> Form:
    """All columns of the form, of those that few publishers print only the ones that hold something."""
    printed = {measure for line in lines for entry in line.values() for measure in entry.amounts}
    kept = [n for n, one in enumerate(layout.columns) if one.shows not in layout.optional or one.shows in printed]
    header = tuple(tuple(line[n] for n in kept) for line in layout.header)
    return Form(tuple(layout.columns[n] for n in kept), header, tuple(lines))


def _rows(entries: Sequence[StoredRow]) -> list[FormLine]:
    return [{0: entry} for entry in entries]


def _sides(entries: Sequence[StoredRow]) -> list[FormLine]:
    read = _read_lines(entries, _side)
    return [{_side(entry): entry for entry in line} for line in read]


def _side(entry: StoredRow) -> int:
    return SIDES.index(entry.key.partition(":")[0])


def _grouped(entries: Sequence[StoredRow]) -> list[FormLine]:
    read = list(_read_lines(entries, lambda entry: entry.column_no))
    usual = _usual_columns(read)
    return [dict(zip(_nearest([entry.column_no for entry in line], usual), line, strict=True)) for line in read]


def _read_lines(entries: Sequence[StoredRow], place: Callable[[StoredRow], int]) -> Iterator[list[StoredRow]]:
    line: list[StoredRow] = []
    for entry in entries:
        if line and place(entry) <= place(line[-1]):
            yield line
            line = []
        line.append(entry)
    if line:
        yield line


def _usual_columns(lines: Sequence[Sequence[StoredRow]]) -> list[int]:
    """The usual column of each group: the median over the lines that have all groups."""
    most = max(map(len, lines), default=0)
    full = [[entry.column_no for entry in line] for line in lines if len(line) == most]
    return [median_low(column) for column in zip(*full, strict=True)]


def _nearest(columns: Sequence[int], usual: Sequence[int]) -> Iterator[int]:
    """The group of each amount of a line: the nearest that keeps the order and leaves enough groups for the others."""
    group = -1
    for number, column in enumerate(columns):
        open_groups = range(group + 1, len(usual) - len(columns) + number + 1)
        group = min(open_groups, key=lambda candidate: abs(usual[candidate] - column))
        yield group


SHAPES = {"rows": _rows, "sides": _sides, "groups": _grouped}


def _groups(layout: SheetLayout, lines: Sequence[FormLine]) -> Form:
    """Columns for as many groups as the document prints, each with the heading of its classes."""
    count = max((block + 1 for line in lines for block in line), default=layout.group_count)
    columns = tuple(SheetColumn(block, column.shows) for block in range(count) for column in layout.columns)
    header = tuple(line * count for line in layout.header)
    return Form(columns, (*_titles(layout, lines, count), *header), tuple(lines))


def _titles(layout: SheetLayout, lines: Sequence[FormLine], count: int) -> Iterator[tuple[str, ...]]:
    """The line of headings above the groups, where the layout has them."""
    if layout.groups:
        headings = [_heading(layout, lines, block) for block in range(count)]
        above = zip([None, *headings], headings, strict=False)
        firsts = [ON_THE_LEFT if heading == before else heading for before, heading in above]
        yield tuple(text for first in firsts for text in (first, *[ON_THE_LEFT] * (len(layout.columns) - 1)))


def _heading(layout: SheetLayout, lines: Sequence[FormLine], block: int) -> str:
    """The heading of a group; empty where its codes belong to different headings."""
    classes = {code[:3] for line in lines if block in line and (code := line[block].code)}
    if not classes:
        return layout.groups[0 if block == 0 else -1].heading
    headings = {_group_of(layout, code) for code in classes}
    return headings.pop() if len(headings) == 1 else ""


def _group_of(layout: SheetLayout, code: str) -> str:
    """The heading for a class of codes; a group declared without classes takes all others."""
    return next((one.heading for one in layout.groups if code in one.classes or not one.classes), "")


def _check_whole(layout: SheetLayout, form: Form) -> None:
    places = set(form.columns)
    for line in form.lines:
        for block, entry in line.items():
            if strays := [measure for measure in entry.amounts if SheetColumn(block, measure) not in places]:
                raise AmountWithoutPlace(f"{layout.code} {entry.key} {', '.join(strays)}")
