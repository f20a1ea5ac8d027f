"""Which tables were read in part only: what the form always has, or what a doubt names, is missing of them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from ingest.document import Document
from warehouse.kinds.kind import DocumentKind
from warehouse.kinds.tables import StandardTable
from warehouse.records.doubts import DoubtKind
from warehouse.records.places import Place
from warehouse.records.reading import Amount, CheckOutcome, CheckResult, Doubt, Presence, TableFound, TableStatus

# Doubts about rows, columns and parts whose numbers were not loaded.
NAMES_WHAT_IS_MISSING = frozenset(
    {
        DoubtKind.PART_NOT_UNDERSTOOD,
        DoubtKind.ROW_ABOVE_BODY,
        DoubtKind.ROW_MISALIGNED,
        DoubtKind.ROW_OUTSIDE_TABLE,
        DoubtKind.ROW_UNREADABLE,
        DoubtKind.ROW_WITHOUT_KEY,
        DoubtKind.TABLE_IN_LINES,
        DoubtKind.TABLE_LEFT_OUT,
        DoubtKind.NUMBER_UNACCOUNTED,
    }
)
READ = (TableStatus.PRESENT, TableStatus.PARTIAL)


def told_partial(
    kind: DocumentKind, tables: Iterable[TableFound], amounts: Sequence[Amount], doubts: Sequence[Doubt]
) -> tuple[list[TableFound], list[Doubt]]:
    """The tables, those that are not whole named so, and a doubt for each of which nothing says yet what it lacks."""
    told: list[TableFound] = []
    more: list[Doubt] = []
    for table in tables:
        lacking = _lacking(kind, table, amounts) if table.status in READ else []
        if lacking:
            more.append(_says_what_is_lacking(table, lacking))
        is_partial = not table.is_whole or bool(lacking) or any(_speaks_of(doubt, table) for doubt in doubts)
        if table.status in READ and is_partial:
            table = replace(table, status=TableStatus.PARTIAL, is_whole=False)
        told.append(table)
    return told, more


def told_cut_off(
    document: Document, tables: Sequence[TableFound], checks: Iterable[CheckResult], doubts: Iterable[Doubt]
) -> tuple[list[TableFound], list[Doubt]]:
    """The tables, partial those with a broken identity that go on, or may, on a picture of which no table was read.

    Then what is missing there may be why the sides differ. Where nothing is broken the picture counts as no part.
    """
    broken = {cell.partition("/")[0] for one in checks if one.outcome is CheckOutcome.BROKEN for cell in one.cells}
    lost = _not_all_known(document, doubts) - set(chain(*map(_pages_of, tables)))
    lost |= document.unread
    cut = {one.table_code: page for one in tables if one.table_code in broken and (page := _next_lost(one, lost))}
    told = [
        replace(one, status=TableStatus.PARTIAL, is_whole=False) if one.table_code in cut else one for one in tables
    ]
    return told, [_may_go_on(one, cut[one.table_code]) for one in tables if one.table_code in cut]


def _not_all_known(document: Document, doubts: Iterable[Doubt]) -> set[tuple[int, int | None]]:
    """The recognised pages of which not all is known: without any text, or with numbers left over."""
    read = {block.place.page_of_file for block in document.blocks}
    left_over = {one.place.page_of_file for one in doubts if one.what in NAMES_WHAT_IS_MISSING and not one.table_code}
    return {*(document.recognised.keys() - read), *(document.recognised.keys() & left_over)}


def _next_lost(table: TableFound, lost: Collection[tuple[int, int | None]]) -> int | None:
    """The first of these pages that lies within the table or follows it."""
    pages = [page for _, page in _pages_of(table)]
    return next((page for page in (*pages, *(page + 1 for page in pages[-1:])) if (table.file_no, page) in lost), None)


def _pages_of(table: TableFound) -> list[tuple[int, int]]:
    if table.status not in READ or table.first_page is None or table.last_page is None:
        return []
    return [(table.file_no, page) for page in range(table.first_page, table.last_page + 1)]


def _may_go_on(table: TableFound, page: int) -> Doubt:
    reason = f"表内数字不相符,而第{page}页为图像,其上的表格未能读出,本表可能续在该页"
    return Doubt(
        DoubtKind.TABLE_INCOMPLETE, reason, table_code=table.table_code, place=Place(page, file_no=table.file_no)
    )


def _speaks_of(doubt: Doubt, table: TableFound) -> bool:
    """By its table, or by a page on which no other table is read."""
    if doubt.what not in NAMES_WHAT_IS_MISSING:
        return False
    if doubt.table_code or doubt.page is None or table.first_page is None:
        return doubt.table_code == table.table_code
    is_there = doubt.place.file_no == table.file_no and table.first_page <= doubt.page <= (table.last_page or 0)
    return doubt.what == DoubtKind.NUMBER_UNACCOUNTED and is_there


def _lacking(kind: DocumentKind, table: TableFound, amounts: Sequence[Amount]) -> list[str]:
    """What the form always has and was not read, in words."""
    form = kind.table(table.table_code)
    mine = [amount for amount in amounts if amount.table_code == form.code]
    rows = {amount.row_key: amount.row_label for amount in mine}
    with_number = {amount.row_key for amount in mine if amount.value is not None}
    measures = {amount.measure for amount in mine}
    return [
        *_rows_lacking(form, with_number),
        *_measures_lacking(form, measures),
        *_classes_lacking(form, mine, rows),
        *_spent_elsewhere(form, rows, amounts),
    ]


def _spent_elsewhere(form: StandardTable, rows: dict[str, str], amounts: Sequence[Amount]) -> Iterator[str]:
    """What other tables print on a code is part of this table where it is declared so: then it has that row."""
    whole = form.whole_of
    if whole is None:
        return
    codes = {
        one.row_key: one.row_label
        for one in amounts
        if one.table_code in whole.tables and one.row_key.isdigit() and one.measure == whole.measure and one.value
    }
    for code in sorted(codes.keys() - rows.keys()):
        yield f"“{code}{codes[code]}”行"


def _rows_lacking(form: StandardTable, with_number: set[str]) -> Iterator[str]:
    """Totals that were not read, or of which no number was."""
    items = {form.item_of(key) for key in with_number}
    for row in form.needed_rows:
        if row.row_key not in with_number and row.key not in items:
            yield f"“{row.label}”行"


def _measures_lacking(form: StandardTable, measures: set[str]) -> Iterator[str]:
    """Columns; of a stage that is printed, all items."""
    for name in form.needed:
        if name not in measures:
            yield f"“{form.heading_of(name)}”栏"
    bare = measures | {name.removeprefix(f"{group.name}.") for name in measures for group in form.column_groups}
    for stage in form.stages:
        there = {item for item in form.items if form.measure_of(stage, item) in bare}
        if there:
            yield from (f"“{form.heading_of(item)}”栏" for item in sorted(form.items_lacking(there)))


def _classes_lacking(form: StandardTable, mine: list[Amount], rows: dict[str, str]) -> Iterator[str]:
    """款 without their 类, and what was read does not reach the printed total."""
    if not form.totals:
        return
    numbers = [one for one in mine if one.presence is Presence.NUMBER]
    printed = [(one, one.value) for one in numbers if one.value is not None]
    total = sum(value for one, value in printed if one.row_key in form.totals and one.row_key != form.grand_total)
    orphans = {row[:3] for row in rows if len(row) == 5 and row.isdigit() and row[:3] not in rows}
    read = sum(value for one, value in printed if len(one.row_key) == 3 or one.row_key[:3] in orphans)
    if orphans and read < total - CENTS * len(printed):
        yield from (f"“{code}”类" for code in sorted(orphans))


CENTS = 100  # yuan: what rounding of one number in 万元 can explain


def _says_what_is_lacking(table: TableFound, lacking: list[str]) -> Doubt:
    reason = f"本表应有的{'、'.join(lacking)}未见或未能读出,只入库其余部分"
    return Doubt(
        DoubtKind.TABLE_INCOMPLETE,
        reason,
        table_code=table.table_code,
        place=Place(table.first_page, file_no=table.file_no),
    )
