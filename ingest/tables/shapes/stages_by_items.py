"""Budget and final figures by item, as one row of all figures or as a list of items."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from ingest.document import RawRow, RawTable
from ingest.tables.headings import Path, column_numbers, column_paths, heading_text, is_number_row
from ingest.tables.shapes.alignment import loses_blanks
from ingest.tables.shapes.items_of_stages import (
    items_at,
    items_by_heading,
    items_of_rows,
    labels_of,
    open_sums,
    tell_sum,
)
from ingest.tables.shapes.numbered_columns import BY_NUMBERS
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
from ingest.tables.unheaded_columns import has_amounts_without_heading
from warehouse.kinds.characters import comparable, name_of, squeeze
from warehouse.kinds.tables import StandardTable
from warehouse.kinds.wordings import table_words
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt

_WORDS = table_words()
_YEAR = re.compile(r"(?:19|20)\d\d年度?")  # above the columns of that year
ROW_OF_NONE = "不属本表的标准项目,所印数字未入库"
_NUMBERS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class StagesLayout:
    """`measures`: column → measure (one row), or in a list column → stage or item (`labels` are the columns of what
    stands to the left: the items, or the stages). `may_be`: item → the wider sum that its heading may as well mean."""

    measures: dict[int, str]
    evidence: str
    width: int
    labels: tuple[int, ...] = ()
    may_be: Mapping[str, str] = field(default_factory=dict)
    others: tuple[int, ...] = ()  # columns with headings of their own, of which we have no measure

    @property
    def holds(self) -> tuple[str, ...]:
        return tuple(self.measures.values())

    @property
    def keys(self) -> frozenset[int]:
        return frozenset(range(min(self.measures)))

    @property
    def left_out(self) -> frozenset[int]:
        return frozenset(self.others)

    @property
    def repeating(self) -> frozenset[int]:
        return frozenset()


def find_layout(form: StandardTable, table: RawTable) -> StagesLayout | None:
    """The layout that the header of this part states, or None."""
    header = header_of(table)
    if not header or has_amounts_without_heading(table):
        return None
    paths = column_paths(header, table.width, table.kind.knows_spans, form.kind_words)
    layout = (
        _by_headings(form, paths)
        or _as_list(form, paths, table)
        or _as_stages(form, paths, table, len(header))
        or _only_own_stage(form, paths, table.rows[len(header) :])
        or _by_numbers(form, header, column_numbers(table.rows), table.width)
    )
    if layout is None:
        return None
    ours = {*layout.measures, *layout.labels, *range(min(layout.labels, default=0))}
    return replace(layout, others=tuple(n for n, path in enumerate(paths) if path and n not in ours))


def header_of(table: RawTable) -> list[RawRow]:
    """All rows up to the last one with words beyond its first cell, or with the column numbers, above the figures."""
    figures = next((n for n, row in enumerate(table.rows) if _holds_figures(row)), len(table.rows))
    last = max((n for n, row in enumerate(table.rows[:figures]) if _is_heading(row)), default=-1)
    return list(table.rows[: last + 1])


def _holds_figures(row: RawRow) -> bool:
    """More amounts than words, and not the numbers of the columns."""
    texts = [text for text in row.texts() if text.strip()]
    amounts = [text for text in texts if looks_like_amount(text) and not _YEAR.fullmatch(squeeze(text))]
    is_figure = len(amounts) > 1 or any("." in text for text in amounts)
    return is_figure and len(amounts) > sum(map(is_wording, texts[1:])) and not is_number_row(row)


def _is_heading(row: RawRow) -> bool:
    return is_number_row(row) or any(has_words(text) for text in row.texts()[1:])


@cache  # made once per form
def _stages(form: StandardTable) -> dict[str, str]:
    return {alias: stage for stage, aliases in form.stages.items() for alias in aliases}


def _is_complete(form: StandardTable, there: Collection[str]) -> bool:
    return not form.items_lacking(there)


def _by_headings(form: StandardTable, paths: list[Path]) -> StagesLayout | None:
    """Each column has a stage and an item among its headings; of several budgets the first named counts."""
    found = dict(_measures_by_headings(form, paths))
    by_stage = {stage: {item for of, item in found.values() if of == stage} for stage in form.stages}
    complete = {stage for stage, items in by_stage.items() if _is_complete(form, items)}
    printed = {stage for stage, items in by_stage.items() if items}
    is_each_once = len(set(found.values())) == len(found)
    if not is_each_once or printed != complete or complete not in (set(form.stages), {_own_stage(form)}):
        return None
    columns = {column: form.measure_of(stage, item) for column, (stage, item) in sorted(found.items())}
    count = _count(len({item for _, item in found.values()}))
    items = [tuple(text for text in path if text not in _stages(form)) for path in paths]
    evidence = f"列头:{_named(form)}各{count}项"
    return StagesLayout(columns, evidence, len(paths), may_be=open_sums(form, items))


def _measures_by_headings(form: StandardTable, paths: list[Path]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Column → stage and item, of each stage those below its first named heading that is printed."""
    stages = _stages(form)
    by_heading: dict[str, dict[int, Path]] = {}
    for column, path in enumerate(paths):
        heading = next((text for text in path if text in stages), None)
        if heading:
            by_heading.setdefault(heading, {})[column] = tuple(text for text in path if text not in stages)
    for stage, headings in form.stages.items():
        taken: set[str] = set()
        for heading in filter(by_heading.__contains__, headings):
            named = items_at(form, by_heading[heading])
            yield from ((column, (stage, item)) for column, item in named.items() if item not in taken)
            taken |= set(named.values())


def _own_stage(form: StandardTable) -> str:
    """The last one, which the title names: 决算."""
    return list(form.stages)[-1]


def _named(form: StandardTable) -> str:
    """预算数、决算数"""
    return "、".join(form.stage_labels.values())


def _count(count: int) -> str:
    """A number of items in words."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def _only_own_stage(form: StandardTable, paths: list[Path], body: Sequence[RawRow]) -> StagesLayout | None:
    """All items and no stage: the title alone says 决算, and no row says 预算数."""
    stages, own = _stages(form), _own_stage(form)
    items = items_at(form, dict(enumerate(paths)))
    no_stage = not any(text in stages for path in paths for text in path)
    no_stage = no_stage and not any(stages.get(comparable(row.text(0)), own) != own for row in body)
    is_each_once = len(set(items.values())) == len(items)
    found = {column: form.measure_of(own, item) for column, item in items.items()}
    evidence = f"列头:{form.stage_labels[own].removesuffix('数')}{_count(len(found))}项"
    is_known = no_stage and is_each_once and _is_complete(form, items.values())
    return StagesLayout(found, evidence, len(paths), may_be=open_sums(form, paths)) if is_known else None


def _by_numbers(form: StandardTable, header: list[RawRow], numbers: dict[int, int], width: int) -> StagesLayout | None:
    """A torn header: the number row counts as many columns as there are figures, and the stages are printed once
    each (six and six) or once per item (in turn)."""
    items = form.usual_items
    count = len(items) * len(form.stages)
    if sorted(numbers.values()) != list(range(1, count + 1)):
        return None
    stages = _stages(form)
    printed = [stages[text] for row in header for text in map(squeeze, row.texts()) if text in stages]
    if printed == list(form.stages):
        order = tuple(form.measure_of(stage, item) for stage in form.stages for item in items)
    elif printed == list(form.stages) * len(items):
        order = tuple(form.measure_of(stage, item) for item in items for stage in form.stages)
    else:
        return None
    found = {column: order[number - 1] for column, number in numbers.items()}
    if not _keeps_order(form, header, found):
        return None
    return StagesLayout(found, f"{BY_NUMBERS}1…{count}与{_named(form)}的次序对位", width)


def _keeps_order(form: StandardTable, header: list[RawRow], found: dict[int, str]) -> bool:
    """What can be read of the items in a row of headings comes in the form's order, in each half."""
    items, order = items_by_heading(form), list(form.items)
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
    """项目 | 预算数 | 决算数, or 项目 | 决算数: one item to a row, its name in one column or in several."""
    found = _stage_columns(form, paths)
    is_whole = sorted(found.values()) == sorted(form.stages)
    if not is_whole and list(found.values()) != [_own_stage(form)]:
        return None
    labels = tuple(n for n in range(min(found)) if not paths[n] or paths[n][-1] not in _WORDS.no_measures)
    named = set(items_of_rows(form, table, labels, found).values())
    if not form.needed_items <= named:
        return None
    evidence = f"列头:{_named(form)},逐项成行" if is_whole else f"逐项成行,列头:{form.stage_labels[_own_stage(form)]}"
    return StagesLayout(found, evidence, table.width, labels, open_sums(form, labels_of(table, labels)))


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
    stages = _stages(form)
    named = {stages.get(comparable(row.text(0))) for row in table.rows[header_rows:]}
    found = items_at(form, {column: path for column, path in enumerate(paths) if column})
    is_each_once = len(set(found.values())) == len(found)
    complete = is_each_once and _is_complete(form, found.values()) and form.stages.keys() <= named
    evidence = f"列头:各项;{_named(form)}各一行"
    return StagesLayout(found, evidence, table.width, (0,), open_sums(form, paths)) if complete else None


def read_rows(form: StandardTable, layout: StagesLayout, table: RawTable, has_header: bool, into: ReadTable) -> None:
    """Append the figures of one part of the table."""
    if layout.labels:
        into.rows.extend(_listed(form, layout, table))
    else:
        _read_row(form, layout, table, has_header, into)
    _leave_out(form, layout, table, into)
    for item, wider in layout.may_be.items():
        for stage in form.stages:
            tell_sum(form, form.measure_of(stage, item), form.measure_of(stage, wider), stage, into)


def _read_row(form: StandardTable, layout: StagesLayout, table: RawTable, has_header: bool, into: ReadTable) -> None:
    """The one row of figures; a second one with figures is a doubt."""
    rows = table.rows[len(header_of(table)) if has_header else 0 :]
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


def _listed(form: StandardTable, layout: StagesLayout, table: RawTable) -> Iterator[ReadRow]:
    """Rows of items with columns of stages, or the other way round."""
    stages, seen = _stages(form), set[str]()
    items = items_of_rows(form, table, layout.labels, layout.measures)
    for n, row in enumerate(table.rows):
        item, stage = items.get(n), stages.get(comparable(row.text(layout.labels[0])))
        if item and item not in seen and item not in layout.measures.values():
            measures = {column: form.measure_of(of, item) for column, of in layout.measures.items()}
        elif stage and stage not in seen and stage not in layout.measures.values():
            measures = {column: form.measure_of(stage, of) for column, of in layout.measures.items()}
        else:
            continue
        seen.add(item or stage or "")
        cells = tuple(read_cell(measure, row, column) for column, measure in measures.items())
        label = next((row.text(column) for column in reversed(layout.labels) if has_words(row.text(column))), "")
        yield ReadRow(form.row_key or "", name_of(label), "", cells, row)


def _leave_out(form: StandardTable, layout: StagesLayout, table: RawTable, into: ReadTable) -> None:
    """增减额 behind the stages, 团组数 below the items: what the table prints and is no figure of ours."""
    body = [row for row in table.rows if not is_number_row(row)]
    columns = [n for n in layout.others if any(looks_like_amount(row.text(n)) for row in body)]
    into.leave_out(form.code, columns, body)
    taken = {row.row.place for row in into.rows}
    for row in body if layout.labels else ():
        if row.place not in taken and any(looks_like_amount(row.text(column)) for column in layout.measures):
            printed = printed_row(row)
            into.doubts.append(Doubt(DoubtKind.ROW_LEFT_OUT, ROW_OF_NONE, form.code, printed=printed, place=row.place))


def goes_on(form: StandardTable, layout: StagesLayout, table: RawTable) -> bool:
    """Whether a part without header can go on with this layout: a list can, the one row cannot be cut."""
    return bool(layout.labels) and bool(list(_listed(form, layout, table)))
