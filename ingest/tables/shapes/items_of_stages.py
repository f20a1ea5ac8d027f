"""Which item of a table of stages and items a heading or the label of a row names, and which sum a 合计 is."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from ingest.document import RawTable
from ingest.tables.headings import Path, best_meaning
from ingest.tables.shapes.readrows import ReadCell, ReadTable, has_words, looks_like_amount, printed_row
from ingest.values.rounding import OF_A_ROW
from warehouse.kinds.characters import comparable, name_of, without_numbering
from warehouse.kinds.tables import StandardTable
from warehouse.kinds.wordings import table_words
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt

_WORDS = table_words()


@cache  # made once per form
def items_by_heading(form: StandardTable) -> dict[str, str]:
    """Heading → item; of one that several items have the first. 小计 below the heading of an item is all of it."""
    return {alias: item for item, aliases in reversed(list(form.items.items())) for alias in _with_wholes(aliases)}


@cache  # made once per form
def _last_items(form: StandardTable) -> dict[str, str]:
    """Heading → item; of one that several items have the last."""
    return {alias: item for item, aliases in form.items.items() for alias in _with_wholes(aliases)}


def _with_wholes(headings: Collection[str]) -> Iterator[str]:
    yield from headings
    yield from (f"{heading}/{whole}" for heading in headings for whole in _WORDS.subtotals)


def items_at(form: StandardTable, paths: Mapping[int, Path]) -> dict[int, str]:
    """Place → item, of the columns or rows of one stage.

    合计 alone is that of the 三公; beside a 三公经费小计 it is the sum of this and of what else is printed.
    """
    first, last = items_by_heading(form), _last_items(form)
    named = {place: (best_meaning(path, first), best_meaning(path, last)) for place, path in paths.items()}
    sure = {item for item, other in named.values() if item == other}
    found = {place: other if item in sure else item for place, (item, other) in named.items()}
    return {place: item for place, item in found.items() if item}


def open_sums(form: StandardTable, paths: Iterable[Path]) -> dict[str, str]:
    """合计 → the sum of more items, where these are printed too and only one 合计: the figures tell which it is."""
    first, last = items_by_heading(form), _last_items(form)
    named = {(best_meaning(path, first), best_meaning(path, last)) for path in paths}
    there = {item for item, _ in named if item}
    pairs = {item: other for item, other in named if item and other and item != other and other not in there}
    sure = {item for item, other in named if item == other}
    return {item: other for item, other in pairs.items() if item not in sure and form.parts_within(other, there)}


def items_of_rows(
    form: StandardTable, table: RawTable, labels: tuple[int, ...], amounts: Collection[int]
) -> dict[int, str]:
    """Row → item. A sum without figures may be the heading of a part of the list (一、“三公”经费支出): it counts only
    where no row with figures is this sum."""
    paths, items = dict(enumerate(labels_of(table, labels))), items_by_heading(form)
    headings = {
        n
        for n, row in enumerate(table.rows)
        if form.item_parts.get(best_meaning(paths[n], items) or "")
        and not any(looks_like_amount(row.text(column)) for column in amounts)
    }
    found = items_at(form, {n: path for n, path in paths.items() if n not in headings})
    others = items_at(form, {n: paths[n] for n in headings})
    return found | {n: item for n, item in others.items() if item not in found.values()}


def labels_of(table: RawTable, columns: tuple[int, ...]) -> Iterator[Path]:
    """The names of each row from the outermost on; one that is merged over rows counts for all of them."""
    outer: list[str] = []
    for row in table.rows:
        names = [_name(row.text(column)) for column in columns]
        first = next((n for n, name in enumerate(names) if name), None)
        if first is not None:
            outer = [*outer[:first], *[""] * (first - len(outer)), *names[first:]]
        yield tuple(dict.fromkeys(name for name in outer if name)) if first is not None else ()


def _name(label: str) -> str:
    """A printed label as the headings of items are written; numbers of rows are none."""
    if not has_words(label):
        return ""
    return comparable(without_numbering(_WORDS.of_which.sub("", without_numbering(name_of(label)))))


def tell_sum(form: StandardTable, measure: str, wider: str, stage: str, into: ReadTable) -> None:
    """Names the cell of a 合计 after the items that add up to it; where they add up to no known sum it is a doubt."""
    cells = {cell.measure: cell for row in into.rows for cell in row.cells}
    if measure not in cells or not cells[measure].printed.strip():
        return
    fitting = [one for one in (measure, wider) if _adds_up(form, one, stage, cells, cells[measure])]
    if not fitting:
        row = next(row.row for row in into.rows for cell in row.cells if cell.measure == measure)
        reason = "只有一个合计,其数与各项之和不符,属于哪一栏无从确定,不作数"
        into.unclear(Doubt(DoubtKind.ROW_MISALIGNED, reason, form.code, printed=printed_row(row), place=row.place))
    changed = replace(cells[measure], measure=fitting[0]) if fitting else cells[measure].unplaced()
    into.rows = [
        replace(row, cells=tuple(changed if cell is cells[measure] else cell for cell in row.cells))
        for row in into.rows
    ]


def _adds_up(form: StandardTable, name: str, stage: str, cells: Mapping[str, ReadCell], total: ReadCell) -> bool:
    """Whether the cells of all parts of a sum, down to what the table prints, add up to a cell."""
    items = {form.measure_of(stage, item): item for item in form.items}
    there = {items[measure] for measure in cells if measure in items and cells[measure] is not total}
    parts = [cells[form.measure_of(stage, part)].reading for part in form.parts_within(items[name], there)]
    if not parts or any(part.is_damaged for part in (*parts, total.reading)) or total.reading.value is None:
        return False
    return abs(total.reading.value - sum(part.value or 0 for part in parts)) <= OF_A_ROW
