"""Headers whose merged cells were printed as one cell each, without saying how many columns they cover.

    项目 | 年初结转和结余 | 本年收入 | 本年支出 | 年末结转和结余
    功能分类科目编码 | 科目名称 | 小计 | 基本支出 | 项目支出

above rows of eight cells. A heading stands above one column, or above two or more headings of the row below; all stand
in order and fill the columns. Of all ways to lay out a header so, one must be left in which no heading stands above
what is no part of it, every measure of the form is named, and the rows add up.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import accumulate, islice, product

from ingest.document import Cell, GridKind, RawRow, RawTable
from ingest.tables.headings import heading_text, is_number_row
from ingest.tables.shapes import SHAPES
from ingest.tables.shapes.alignment import usual_width
from ingest.tables.shapes.keyed_rows import KeyedRowsLayout
from ingest.tables.shapes.numbered_columns import BY_NUMBERS, rows_holding
from ingest.tables.shapes.readrows import Layout, has_words, is_total
from ingest.tables.shapes.stages_by_items import StagesLayout
from warehouse.kinds.characters import comparable
from warehouse.kinds.tables import Sides, StandardTable
from warehouse.kinds.wordings import table_words

_WORDS = table_words()
_NAMING_NOTHING = ("items", "several_keys")  # shapes whose header never names all of the form
_MOST_ROWS = 4  # of headings
_MOST_WAYS = 400  # to lay out one header
_WIDEST_KEY = 4  # columns of the first heading: 类, 款, 项 and the name
Below = tuple[int, ...]  # for each heading of a row, over how many headings of the next row it stands
StandsAbove = Callable[[str, Sequence[str]], bool]


def layout_with_spans(form: StandardTable, table: RawTable) -> Layout | None:
    """The layout that the header of a converted table states in the only way in which it can be laid out."""
    found: list[Layout] = []
    for laid_out in with_spans(table, _nesting_of(form)):
        layout = SHAPES[form.shape].find_layout(form, laid_out)
        if layout and layout not in found and _is_told(form, layout, laid_out):
            found.append(layout)
    return found[0] if len(found) == 1 else None


def _is_told(form: StandardTable, layout: Layout, laid_out: RawTable) -> bool:
    is_by_numbers = layout.evidence.startswith(BY_NUMBERS)
    return not is_by_numbers and names_all(form, layout) and _adds_up(form, layout, laid_out)


def names_all(form: StandardTable, layout: Layout) -> bool:
    """Whether the header names what makes a table one of this form: every measure, or both sides, all items."""
    if form.shape == "keyed_rows":
        return set(form.measure_names) <= set(layout.holds)
    return form.shape not in _NAMING_NOTHING


def may_name_all(form: StandardTable, table: RawTable) -> bool:
    """Whether `names_all` can be true of a layout of this table: for every measure of the form the table prints the
    characters of one of its headings."""
    if form.shape != "keyed_rows":
        return form.shape not in _NAMING_NOTHING
    printed = _characters_of(table)
    return all(any(map(printed.issuperset, headings)) for headings in _characters_of_headings(form))


@lru_cache(maxsize=8)  # the forms are tried on a table one after the other
def _characters_of(table: RawTable) -> frozenset[str]:
    return frozenset("".join(comparable(text) for row in table.rows for text in row.texts() if not text.isascii()))


@cache  # made once per form
def _characters_of_headings(form: StandardTable) -> list[list[frozenset[str]]]:
    """For each measure, of each of its headings the characters besides ASCII and those that stand for a year."""
    of_years = frozenset(_WORDS.year_before + _WORDS.year_after)
    found: dict[str, list[frozenset[str]]] = {}
    for measure in form.measures:
        characters = (frozenset(char for char in heading if not char.isascii()) for heading in measure.headers)
        found.setdefault(measure.name, []).extend(one - of_years for one in characters)
    return list(found.values())


def _nesting_of(form: StandardTable) -> StandsAbove:
    """Tells whether a heading may stand above others: above its whole (小计) and its parts if it names an amount of the
    form, else above such as all name amounts, or as none does."""
    names = {alias: measure.name for measure in form.measures for alias in measure.headers}
    names |= {alias: item for item, aliases in reversed(list(form.items.items())) for alias in aliases}
    parts = {**form.item_parts} | ({form.row_identity.total: form.row_identity.parts} if form.row_identity else {})

    def stands_above(heading: str, below: Sequence[str]) -> bool:
        upper, lower = heading_text(heading), list(map(heading_text, below))
        own = names.get(upper)
        if own is None:
            return len({text in names for text in lower}) == 1
        known = {own, *parts.get(own, ())}
        return all(
            text in _WORDS.subtotals or names.get(text) in known or f"{upper}/{text}" in {*names, *form.ignored}
            for text in lower
        )

    return stands_above


def _adds_up(form: StandardTable, layout: Layout, table: RawTable) -> bool:
    """Whether what the form says of one row holds in those that are as wide as the header, but for one in ten."""
    if not isinstance(layout, KeyedRowsLayout | StagesLayout):
        return True
    sums = form.row_equations if isinstance(layout, KeyedRowsLayout) else tuple(_sums_of_items(form, layout))
    body = (row for row in table.rows if len(row.cells) == table.width and not is_number_row(row))
    holding, failing = rows_holding(sums, layout.measures, body)
    return not failing or holding > 9 * failing


def _sums_of_items(form: StandardTable, layout: StagesLayout) -> Iterator[Sides]:
    for stage in form.stages:
        there = [item for item in form.items if form.measure_of(stage, item) in layout.holds]
        for item in there:
            if parts := form.parts_within(item, there):
                yield (form.measure_of(stage, item),), tuple(form.measure_of(stage, part) for part in parts)


def with_spans(table: RawTable, stands_above: StandsAbove) -> Iterator[RawTable]:
    """The table once for each way to lay out its header; nothing where the header says itself what stands where."""
    if table.kind is not GridKind.CONVERTED:
        return
    header, body = _header_and_body(table)
    headings = [row for row in header if not is_number_row(row)]
    if not body or not 0 < len(headings) <= _MOST_ROWS:
        return
    if not all(text.strip() for row in headings for text in row.texts()):
        return
    for width in _widths(header, body):
        if len(headings[0].cells) < width:
            for laid_out in islice(_layouts(headings, width, stands_above), _MOST_WAYS):
                rows = iter(laid_out)
                above = (row if is_number_row(row) else next(rows) for row in header)
                yield replace(table, rows=(*above, *body), kind=GridKind.SPREADSHEET)


def _header_and_body(table: RawTable) -> tuple[list[RawRow], list[RawRow]]:
    first = next((n for n, row in enumerate(table.rows) if not _is_of_header(row)), len(table.rows))
    return list(table.rows[:first]), list(table.rows[first:])


def _is_of_header(row: RawRow) -> bool:
    return is_number_row(row) or all(has_words(text) for text in row.texts() if text.strip())


def _widths(header: Sequence[RawRow], body: list[RawRow]) -> list[int]:
    """The numbers of columns that the table may have: 合计 alone stands in one cell for code and name."""
    usual = usual_width(body)
    only_totals = all(is_total(row.text(0)) for row in body)
    numbered = (len(row.cells) for row in header if is_number_row(row))
    return list(dict.fromkeys([usual, *([usual + 1] if only_totals else ()), *numbered]))


def _layouts(headings: Sequence[RawRow], width: int, stands_above: StandsAbove) -> Iterator[list[RawRow]]:
    for below in _ways([row.texts() for row in headings], stands_above):
        lowest = sum(not n for counts in below for n in counts)
        wider = width - lowest  # columns of the first heading besides its own
        if wider == 0 or (0 < wider < _WIDEST_KEY and not below[0][0]):
            yield _laid_out(headings, below, wider)


def _ways(headings: Sequence[Sequence[str]], stands_above: StandsAbove) -> Iterator[tuple[Below, ...]]:
    pairs = zip(headings, [*headings[1:], ()], strict=True)
    return product(*(list(islice(_shares(upper, lower, stands_above, {}), _MOST_WAYS)) for upper, lower in pairs))


def _shares(
    upper: Sequence[str], lower: Sequence[str], stands_above: StandsAbove, known: Mapping[str, int]
) -> Iterator[Below]:
    """The ways to put headings below those of a row: none, or two or more, and as many wherever it stands."""
    if not upper:
        yield from [] if lower else [()]
        return
    first, rest = upper[0], upper[1:]
    for n in [known[first]] if first in known else [0, *range(2, len(lower) + 1)]:
        if n == 0 or (n <= len(lower) and stands_above(first, lower[:n])):
            for others in _shares(rest, lower[n:], stands_above, {**known, first: n}):
                yield (n, *others)


def _laid_out(headings: Sequence[RawRow], below: Sequence[Below], wider: int) -> list[RawRow]:
    """The rows with None in the places that a merged cell covers."""
    spans = _spans(below, wider)
    starts = list(accumulate(spans[0], initial=0))
    width = starts.pop()
    rows: list[RawRow] = []
    for depth, (row, counts) in enumerate(zip(headings, below, strict=True)):
        cells: list[Cell | None] = [None] * width
        for cell, start, span, n in zip(row.cells, starts, spans[depth], counts, strict=True):
            rowspan = 1 if n else len(headings) - depth
            cells[start] = cell and cell._replace(colspan=span, rowspan=rowspan)
        rows.append(replace(row, cells=tuple(cells)))
        lower = iter(spans[depth + 1] if depth + 1 < len(spans) else ())
        starts = [at for start, n in zip(starts, counts, strict=True) for at in _starts(start, list(islice(lower, n)))]
    return rows


def _spans(below: Sequence[Below], wider: int) -> list[list[int]]:
    """How many columns each heading of each row covers."""
    spans: list[list[int]] = []
    for counts in reversed(below):
        lower = iter(spans[0] if spans else ())
        spans.insert(0, [sum(islice(lower, n)) if n else 1 for n in counts])
    spans[0][0] += wider
    return spans


def _starts(first: int, spans: Sequence[int]) -> list[int]:
    return list(accumulate(spans, initial=first))[: len(spans)]
