"""Budget and final figures by item, as one row of all figures or as a list of items."""

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.document import RawRow, RawTable
from ingest.tables.headings import Path, best_meaning, column_numbers, column_paths, heading_text, is_number_row
from ingest.tables.shapes.alignment import loses_blanks
from ingest.tables.shapes.readrows import (
    ReadCell,
    ReadRow,
    ReadTable,
    has_words,
    is_total,
    is_wording,
    looks_like_amount,
    printed_row,
    read_cell,
)
from warehouse.kinds.characters import comparable, name_of, squeeze, without_numbering
from warehouse.kinds.tables import StandardTable
from warehouse.kinds.wordings import table_words
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt

_WORDS = table_words()
_NUMBERS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class StagesLayout:
    """`measures`: column → measure (one row) or column → stage (`label` is the column of the items)."""

    measures: dict[int, str]
    evidence: str
    width: int
    label: int | None = None

    @property
    def holds(self) -> tuple[str, ...]:
        return tuple(self.measures.values())

    @property
    def keys(self) -> frozenset[int]:
        return frozenset(range(min(self.measures)))

    @property
    def left_out(self) -> frozenset[int]:
        return frozenset()

    @property
    def repeating(self) -> frozenset[int]:
        return frozenset()


def find_layout(form: StandardTable, table: RawTable) -> StagesLayout | None:
    """The layout that the header of this part states, or None."""
    header = _header(table)
    if not header:
        return None
    paths = column_paths(header, table.width, table.kind.knows_spans, form.kind_words)
    return (
        _by_headings(form, paths)
        or _as_list(form, paths, table)
        or _as_stages(form, paths, table, len(header))
        or _only_own_stage(form, paths)
        or _by_numbers(form, header, column_numbers(table.rows), table.width)
    )


def _header(table: RawTable) -> list[RawRow]:
    """All rows up to the last one with words beyond its first cell, or with the column numbers, above the figures."""
    figures = next((n for n, row in enumerate(table.rows) if _holds_figures(row)), len(table.rows))
    last = max((n for n, row in enumerate(table.rows[:figures]) if _is_heading(row)), default=-1)
    return list(table.rows[: last + 1])


def _holds_figures(row: RawRow) -> bool:
    """More amounts than words, and not the numbers of the columns."""
    texts = [text for text in row.texts() if text.strip()]
    amounts = sum(map(looks_like_amount, texts))
    return amounts > 1 and amounts > sum(map(is_wording, texts[1:])) and not is_number_row(row)


def _is_heading(row: RawRow) -> bool:
    return is_number_row(row) or any(has_words(text) for text in row.texts()[1:])


def _stages(form: StandardTable) -> dict[str, str]:
    return {alias: stage for stage, aliases in form.stages.items() for alias in aliases}


def _items(form: StandardTable) -> dict[str, str]:
    return {alias: item for item, aliases in form.items.items() for alias in aliases}


def _by_headings(form: StandardTable, paths: list[Path]) -> StagesLayout | None:
    """Each column has a stage and an item among its headings; of several budgets the first named counts."""
    stages, items = _stages(form), _items(form)
    ranks = {alias: rank for aliases in form.stages.values() for rank, alias in enumerate(aliases)}
    found: dict[str, tuple[int, int]] = {}
    for column, path in enumerate(paths):
        heading = next((text for text in path if text in stages), None)
        item = best_meaning(tuple(text for text in path if text not in stages), items)
        if heading and item:
            measure, place = form.measure_of(stages[heading], item), (ranks[heading], column)
            if measure in found and found[measure][0] == place[0]:
                return None
            found[measure] = min(place, found.get(measure, place))
    columns = {column: measure for measure, (_, column) in sorted(found.items(), key=lambda one: one[1][1])}
    finals = {form.measure_of(_own_stage(form), item) for item in form.items}
    complete = set(found) in (set(form.measure_names), finals)
    return StagesLayout(columns, f"列头:{_named(form)}各{_count(form)}项", len(paths)) if complete else None


def _own_stage(form: StandardTable) -> str:
    """The last one, which the title names: 决算."""
    return list(form.stages)[-1]


def _named(form: StandardTable) -> str:
    """预算数、决算数"""
    return "、".join(form.stage_labels.values())


def _count(form: StandardTable) -> str:
    """The number of the items in words."""
    return _NUMBERS[len(form.items)] if len(form.items) < len(_NUMBERS) else str(len(form.items))


def _only_own_stage(form: StandardTable, paths: list[Path]) -> StagesLayout | None:
    """All items and no stage: the title alone says 决算."""
    stages, items, own = _stages(form), _items(form), _own_stage(form)
    named = ((column, best_meaning(path, items)) for column, path in enumerate(paths))
    found = {column: form.measure_of(own, item) for column, item in named if item}
    no_stage = not any(text in stages for path in paths for text in path)
    complete = sorted(found.values()) == sorted(form.measure_of(own, item) for item in form.items)
    evidence = f"列头:{form.stage_labels[own].removesuffix('数')}{_count(form)}项"
    return StagesLayout(found, evidence, len(paths)) if no_stage and complete else None


def _by_numbers(form: StandardTable, header: list[RawRow], numbers: dict[int, int], width: int) -> StagesLayout | None:
    """A torn header: the number row counts as many columns as there are figures, and the stages are printed once
    each (six and six) or once per item (in turn)."""
    count = len(form.measure_names)
    if sorted(numbers.values()) != list(range(1, count + 1)):
        return None
    stages = _stages(form)
    printed = [stages[text] for row in header for text in map(squeeze, row.texts()) if text in stages]
    if printed == list(form.stages):
        order = form.measure_names
    elif printed == list(form.stages) * len(form.items):
        order = tuple(form.measure_of(stage, item) for item in form.items for stage in form.stages)
    else:
        return None
    found = {column: order[number - 1] for column, number in numbers.items()}
    if not _keeps_order(form, header, found):
        return None
    return StagesLayout(found, f"列头残缺,按栏次1…{count}与{_named(form)}的次序对位", width)


def _keeps_order(form: StandardTable, header: list[RawRow], found: dict[int, str]) -> bool:
    """What can be read of the items in a row of headings comes in the form's order, in each half."""
    items, order = _items(form), list(form.items)
    middle = sorted(found)[len(found) // 2]
    for row in header:
        named = [
            (n, order.index(items[text])) for n, text in enumerate(map(heading_text, row.texts())) if text in items
        ]
        for half in ([rank for n, rank in named if n < middle], [rank for n, rank in named if n >= middle]):
            ranks = [rank for rank in half if rank]  # 合计, 小计 stand at the head of several groups
            if ranks != sorted(ranks):
                return False
    return True


def _as_list(form: StandardTable, paths: list[Path], table: RawTable) -> StagesLayout | None:
    """项目 | 预算数 | 决算数, one item to a row."""
    items = _items(form)
    found = _stage_columns(form, paths)
    if sorted(found.values()) != sorted(form.stages):
        return None
    for label in range(min(found)):
        named = {_item(row.text(label), items) for row in table.rows}
        if form.needed_items <= named:
            return StagesLayout(found, f"列头:{_named(form)},逐项成行", table.width, label)
    return None


def _stage_columns(form: StandardTable, paths: list[Path]) -> dict[int, str]:
    """One column for each stage: the one whose heading the form names first."""
    found: dict[int, str] = {}
    for stage, aliases in form.stages.items():
        columns = [(aliases.index(path[-1]), n) for n, path in enumerate(paths) if path and path[-1] in aliases]
        if columns:
            found[min(columns)[1]] = stage
    return found


def _as_stages(form: StandardTable, paths: list[Path], table: RawTable, header_rows: int) -> StagesLayout | None:
    """One row for each stage (预算数, 决算数), one column for each item."""
    items, stages = _items(form) | dict.fromkeys(form.ignored, ""), _stages(form)
    named = {stages.get(comparable(row.text(0))) for row in table.rows[header_rows:]}
    found = {column: item for column, path in enumerate(paths) if column and (item := best_meaning(path, items))}
    complete = sorted(found.values()) == sorted(form.items) and form.stages.keys() <= named
    return StagesLayout(found, f"列头:各项;{_named(form)}各一行", table.width, 0) if complete else None


def _item(label: str, items: dict[str, str]) -> str | None:
    text = _WORDS.of_which.sub("", without_numbering(name_of(label)))
    return items.get(comparable(without_numbering(text)))


def read_rows(form: StandardTable, layout: StagesLayout, table: RawTable, has_header: bool, into: ReadTable) -> None:
    """Append the figures of one part of the table."""
    if layout.label is None:
        _read_row(form, layout, table, has_header, into)
    else:
        into.rows.extend(_listed(form, layout, layout.label, table))


def _read_row(form: StandardTable, layout: StagesLayout, table: RawTable, has_header: bool, into: ReadTable) -> None:
    """The one row of figures; a second one with figures is a doubt."""
    rows = table.rows[len(_header(table)) if has_header else 0 :]
    body = [row for row in rows if not is_number_row(row) and not _counts_columns(layout, row)]
    with_figures = [row for row in body if any(text.strip() and not is_wording(text) for text in row.texts())]
    totals = [row for row in with_figures if is_total(next(filter(has_words, row.texts()), ""))]
    for row in totals[:1] or with_figures[:1] or body[:1]:
        if not into.rows:
            cells = tuple(_cells_of_one_row(form, layout, row, table.kind.keeps_columns, into))
            into.rows.append(ReadRow(form.row_key or "", form.name, "", cells, row))
    others = [row for row in with_figures if row is not into.rows[0].row]
    if others:
        reason = f"应为一行,实有{len(with_figures)}行,取{'合计行' if totals else '首行'}"
        texts = [printed_row(row) for row in others]
        printed, first = " / ".join(texts), others[0]
        into.doubts.append(Doubt(DoubtKind.SEVERAL_ROWS, reason, form.code, printed=printed, place=first.place))
        if not totals:  # the row taken may be any of them
            into.is_whole = False
            into.unread_rows += texts


def _counts_columns(layout: StagesLayout, row: RawRow) -> bool:
    """1 2 3 … in the columns of amounts, whatever stands beside them: the index of a row, a remark."""
    texts = [squeeze(row.text(column)) for column in sorted(layout.measures)]
    return len(texts) > 2 and texts == [str(number) for number in range(1, len(texts) + 1)]


def _cells_of_one_row(
    form: StandardTable, layout: StagesLayout, row: RawRow, keeps_columns: bool, into: ReadTable
) -> Iterator[ReadCell]:
    """The figures of the row; of one that is shorter than its header only the first is certain."""
    first, width = min(layout.measures), max(layout.measures) + 1
    totals = {form.measure_of(stage, next(iter(form.items))) for stage in form.stages}  # the first item is their sum
    is_torn = not keeps_columns and len(row.cells) < width and loses_blanks([row], first, width)
    is_empty = not any(row.text(column).strip() for column in layout.measures)
    if is_torn and not is_empty:
        into.short(form.code, row)
    for column, measure in layout.measures.items():
        cell = read_cell(measure, row, column)
        is_certain = (column == first and measure in totals) or is_empty or not is_torn
        yield cell if is_certain else cell.unplaced()


def _listed(form: StandardTable, layout: StagesLayout, label: int, table: RawTable) -> Iterator[ReadRow]:
    """Rows of items with columns of stages, or the other way round."""
    items, stages = _items(form), _stages(form)
    seen: set[str] = set()
    for row in table.rows:
        item, stage = _item(row.text(label), items), stages.get(comparable(row.text(label)))
        if item and item not in seen and item not in layout.measures.values():
            measures = {column: form.measure_of(of, item) for column, of in layout.measures.items()}
        elif stage and stage not in seen and stage not in layout.measures.values():
            measures = {column: form.measure_of(stage, of) for column, of in layout.measures.items()}
        else:
            continue
        seen.add(item or stage or "")
        cells = tuple(read_cell(measure, row, column) for column, measure in measures.items())
        yield ReadRow(form.row_key or "", name_of(row.text(label)), "", cells, row)


def goes_on(form: StandardTable, layout: StagesLayout, table: RawTable) -> bool:
    """Whether a part without header can go on with this layout: a list can, the one row cannot be cut."""
    return layout.label is not None and bool(list(_listed(form, layout, layout.label, table)))
