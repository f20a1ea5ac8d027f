"""Items of expenditure by stage, and by the budget that pays for them, of one body or of each of its units.

What a cell holds is said by the headings above its column and by the names of its row together: 公务接待费 below
2026年预算数, or 公务接待费 in a row 2026年, or 公务接待费 in a row of its own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.document import RawRow, RawTable
from ingest.tables.headings import Path, best_meaning, column_paths, is_number_row
from ingest.tables.shapes.alignment import loses_blanks
from ingest.tables.shapes.items_of_stages import items_by_heading, labels_of
from ingest.tables.shapes.readrows import (
    ReadRow,
    ReadTable,
    has_words,
    is_cut_between,
    is_total,
    looks_like_amount,
    printed_row,
    read_cell,
)
from ingest.tables.shapes.stages_by_items import ROW_OF_NONE, header_of
from ingest.tables.shapes.unit_keys import TOTAL, UNIT, unit_key
from ingest.tables.unheaded_columns import has_amounts_without_heading
from warehouse.kinds.characters import comparable, name_of
from warehouse.kinds.tables import StandardTable
from warehouse.kinds.wordings import table_words
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt

_WORDS = table_words()
_YEAR = re.compile(r"((?:19|20)\d\d)年?度?")
SUM, PART = "total", "three_public"  # 合计, and the sum of the 三公 beside it
OF_LAST_YEAR = "carry_over_in"  # the group beside which 当年预算 is the money of this year alone
OWN_STAGE, LAST_STAGE = "budget", "prior_budget"


@dataclass(frozen=True, slots=True)
class Said:
    """What a heading or the name of a row says of the cells below or beside it."""

    item: str | None = None
    stage: str | None = None
    fund: str | None = None
    group: str | None = None

    def and_of(self, row: "Said") -> "Said":
        return Said(row.item or self.item, self.stage or row.stage, self.fund or row.fund, self.group or row.group)

    @property
    def measure(self) -> str:
        """carry_over_in.budget_total.government_fund"""
        name = f"{self.stage or OWN_STAGE}_{self.item}"
        return ".".join(filter(None, (self.group, name, self.fund)))


@dataclass(frozen=True, slots=True)
class UnitsLayout:
    """`columns`: column → what its headings say; `labels` are those of the names of rows, `codes` that of codes."""

    columns: dict[int, Said]
    labels: tuple[int, ...]
    codes: int | None
    evidence: str
    width: int
    others: tuple[int, ...] = ()

    @property
    def holds(self) -> tuple[str, ...]:
        return tuple(said.measure for said in self.columns.values())

    @property
    def keys(self) -> frozenset[int]:
        return frozenset((*self.labels, *(() if self.codes is None else (self.codes,))))

    @property
    def left_out(self) -> frozenset[int]:
        return frozenset(self.others)

    @property
    def repeating(self) -> frozenset[int]:
        return frozenset()


def find_layout(form: StandardTable, table: RawTable) -> UnitsLayout | None:
    """The layout that the header of this part states, or None."""
    header = header_of(table)
    if not header or has_amounts_without_heading(table):
        return None
    paths = column_paths(header, table.width, table.kind.knows_spans, form.kind_words)
    is_grouped = _has_group(form, OF_LAST_YEAR, paths)
    stages = _stage_headings(form, paths)
    said = {column: found for column, path in enumerate(paths) if (found := _said(form, path, stages, is_grouped))}
    first = min(said, default=0)
    labels = tuple(column for column in range(first) if not _is_code(paths[column]))
    codes = next((column for column in range(first) if _is_code(paths[column])), None)
    rows = _items_of_rows(form, table, labels, len(header))
    if rows:
        said = {column: replace(one, item=None) for column, one in said.items() if one.item in (None, SUM)}
    else:
        said = _with_sums(_of_funds({column: one for column, one in said.items() if one.item}))
    there = set(rows.values()) or {one.item for one in said.values() if one.item}
    if not form.needed_items <= there or len({one.measure for one in said.values()}) < len(said):
        return None
    others = tuple(column for column in range(first, table.width) if paths[column] and column not in said)
    evidence = f"列头:{len(there)}项" if not rows else f"逐项成行,{len(there)}项"
    return UnitsLayout(said, labels, codes, evidence, table.width, others)


def _has_group(form: StandardTable, name: str, paths: list[Path]) -> bool:
    headers = frozenset().union(*(group.headers for group in form.column_groups if group.name == name))
    return any(headers.intersection(path) for path in paths)


def _stage_headings(form: StandardTable, paths: list[Path]) -> dict[str, str]:
    """Heading → stage, a year alone among them: of 2025年 | 2026年 the last is that of the table."""
    stages = {alias: stage for stage, aliases in form.stages.items() for alias in aliases}
    years = {text: int(found[1]) for path in paths for text in path if (found := _YEAR.fullmatch(text))}
    last = max(years.values(), default=0)
    return stages | {text: OWN_STAGE if year == last else LAST_STAGE for text, year in years.items()}


def _said(form: StandardTable, path: Path, stages: Mapping[str, str], is_grouped: bool) -> Said | None:
    """What the headings of a column say; None where they say nothing of items, stages and budgets."""
    funds = {alias: fund for fund, aliases in form.funds.items() for alias in aliases}
    groups = {alias: group.name for group in form.column_groups for alias in group.headers} if is_grouped else {}
    stage = next((stages[text] for text in path if text in stages), None)
    fund = next((funds[text] for text in path if text in funds), None)
    group = next((groups[text] for text in path if text in groups), None)
    rest = tuple(text for text in path if text not in stages and text not in funds and text not in groups)
    found = Said(_item(form, rest), None if group else stage, fund, group)
    return found if found != Said() else None


def _item(form: StandardTable, path: Path) -> str | None:
    """小计 is the whole of the nearest heading above it that names an item."""
    items = items_by_heading(form)
    above = next((items[text] for text in reversed(path[:-1]) if text in items), None)
    return above if above and path[-1] in _WORDS.subtotals else best_meaning(path, items)


def _is_code(path: Path) -> bool:
    return bool(path) and bool(_WORDS.code_heading.search(path[-1]))


def _of_funds(said: Mapping[int, Said]) -> dict[int, Said]:
    """A budget that is the only one printed is no part of anything."""
    funds = {one.fund for one in said.values() if one.fund}
    return {column: replace(one, fund=one.fund if len(funds) > 1 else None) for column, one in said.items()}


def _with_sums(said: Mapping[int, Said]) -> dict[int, Said]:
    """The sum of the 三公 is that of all where no other 合计 stands beside it."""
    sums = {replace(one, item=None) for one in said.values() if one.item == SUM}
    return {
        column: replace(one, item=SUM) if one.item == PART and replace(one, item=None) not in sums else one
        for column, one in said.items()
    }


def _items_of_rows(form: StandardTable, table: RawTable, labels: tuple[int, ...], above: int) -> dict[int, str]:
    """Row → item, of a table with a row for each."""
    items = items_by_heading(form)
    paths = enumerate(labels_of(table, labels)) if labels else ()
    found = {n: item for n, path in paths if n >= above and (item := best_meaning(path, items))}
    if SUM not in found.values():
        found = {n: SUM if item == PART else item for n, item in found.items()}
    return found if form.needed_items <= set(found.values()) else {}


def read_rows(form: StandardTable, layout: UnitsLayout, table: RawTable, has_header: bool, into: ReadTable) -> None:
    """Append the rows of one part of the table."""
    above = len(header_of(table)) if has_header else 0
    items = _items_of_rows(form, table, layout.labels, above)
    numbered = [(n, row) for n, row in enumerate(table.rows) if n >= above and not is_number_row(row)]
    rows = [row for _, row in numbered]
    width = max(layout.columns) + 1
    is_torn = not table.kind.keeps_columns and loses_blanks(rows, min(layout.columns), width)
    taken, is_rest = len(into.rows), not items and _is_rest_of_a_name(form, layout, rows, into)
    keys = [form.row_key or ""] * len(rows) if items else list(_keys(form, layout, rows, into))
    stages = list(_stages_of(form, layout, rows))
    for (n, row), key, stage in zip(numbered, keys, stages, strict=True):
        of_none = not items and stage is None and _says_another_stage(_name(form, layout, row), any(stages))
        if of_none or (items and n not in items):
            _leave_out(form, layout, row, into)
            continue
        said = {column: one.and_of(Said(items.get(n), stage)) for column, one in layout.columns.items()}
        cells = tuple(read_cell(one.measure, row, column) for column, one in said.items())
        if is_torn and len(row.cells) < width and any(looks_like_amount(cell.printed) for cell in cells):
            into.misaligned(form.code, row)
            cells = tuple(cell.unplaced() for cell in cells)
        into.rows.append(ReadRow(key, _name(form, layout, row) or form.name, "", cells, row))
    if is_rest:
        _join(into, taken)
    filled = [n for n in layout.others if any(looks_like_amount(row.text(n)) for row in rows)]
    into.leave_out(form.code, filled, rows)


def _is_rest_of_a_name(form: StandardTable, layout: UnitsLayout, rows: Sequence[RawRow], into: ReadTable) -> bool:
    """Whether a page break cut the name of a unit: the first row of the page has no code, the last one of the page
    before has one, and only one of the two has figures."""
    if layout.codes is None or not rows or not into.rows or not into.rows[-1].key.startswith(UNIT):
        return False
    before, row = into.rows[-1].row, rows[0]
    name = _name(form, layout, row)
    is_cut = is_cut_between(before, row) and bool(before.text(layout.codes).strip())
    has_figures = [any(looks_like_amount(one.text(n)) for n in layout.columns) for one in (before, row)]
    return is_cut and bool(name) and not is_total(name) and not row.text(layout.codes).strip() and not all(has_figures)


def _join(into: ReadTable, n: int) -> None:
    """Row `n` is the second half of the one before."""
    first, rest = into.rows[n - 1], into.rows.pop(n)
    whole = replace(first, key=first.key + rest.label, label=first.label + rest.label)
    if any(cell.printed.strip() for cell in rest.cells):
        whole = replace(whole, cells=rest.cells, row=rest.row, key_row=first.row)
    into.rows[n - 1] = whole


def _stages_of(form: StandardTable, layout: UnitsLayout, rows: Sequence[RawRow]) -> Iterator[str | None]:
    """The stage that the name of each row says: 2025年, 2026年, 增减变化金额. The last year is that of the table."""
    stages = {alias: stage for stage, aliases in form.stages.items() for alias in aliases}
    texts = [[comparable(row.text(column)) for column in layout.labels] for row in rows]
    year = max((int(found[1]) for names in texts for name in names if (found := _YEAR.match(name))), default=0)
    yield from (next((one for name in names if (one := _stage(name, year, stages))), None) for names in texts)


def _stage(name: str, year: int, stages: Mapping[str, str]) -> str | None:
    found = _YEAR.match(name)
    if not found:
        return stages.get(name)
    bare = name[found.end() :]
    if bare and bare not in stages:
        return None
    return OWN_STAGE if int(found[1]) == year else LAST_STAGE


def _keys(form: StandardTable, layout: UnitsLayout, rows: Sequence[RawRow], into: ReadTable) -> Iterator[str]:
    """The unit of each row; a table that names none is of one body."""
    stages = list(_stages_of(form, layout, rows))
    names = [_name(form, layout, row) for row in rows]
    if not any(name and not is_total(name) for name in names):
        yield from ((form.row_key or "") for _ in rows)
        return
    key = form.row_key or ""
    is_rest = _is_rest_of_a_name(form, layout, rows, into)
    for row, name, stage in zip(rows, names, stages, strict=True):
        code = "" if layout.codes is None else row.text(layout.codes)
        if is_total(name) or is_total(code):
            key = TOTAL
        elif is_rest:
            is_rest = False
        elif name or not stage:  # a name merged over the rows of several years counts for all of them
            key = unit_key(into.units_above, code, name)
        yield key


def _name(form: StandardTable, layout: UnitsLayout, row: RawRow) -> str:
    """The first name of a row that is neither a number nor a stage."""
    names = (name_of(row.text(column)) for column in layout.labels)
    return next((name for name in names if has_words(name) and not _names_a_stage(form, comparable(name))), "")


def _says_another_stage(name: str, beside_stages: bool) -> bool:
    """增减率, and beside rows 2025年 and 2026年 whatever is no total."""
    return bool(_WORDS.percentages.search(name)) or (beside_stages and bool(name) and not is_total(name))


def _names_a_stage(form: StandardTable, name: str) -> bool:
    return bool(_YEAR.match(name)) or any(name in headings for headings in form.stages.values())


def _leave_out(form: StandardTable, layout: UnitsLayout, row: RawRow, into: ReadTable) -> None:
    if any(looks_like_amount(row.text(column)) for column in layout.columns):
        printed = printed_row(row)
        into.doubts.append(Doubt(DoubtKind.ROW_LEFT_OUT, ROW_OF_NONE, form.code, printed=printed, place=row.place))


def goes_on(form: StandardTable, layout: UnitsLayout, table: RawTable) -> bool:
    """Whether a part without header can go on with this layout: it names its rows."""
    return any(_name(form, layout, row) for row in table.rows)
