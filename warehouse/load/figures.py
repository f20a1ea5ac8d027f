"""The rows of one parse's figures: tables, amounts with their subjects, doubts."""

from collections.abc import Iterator

from psycopg import Connection
from psycopg.rows import TupleRow

from warehouse.base.errors import UnknownMeasure
from warehouse.load.subjects import Subjects
from warehouse.records.reading import Doubt, Extraction, TableFound

Measures = dict[tuple[str, str], int]  # (table, measure) → id
TABLE_COLUMNS = (
    "parse_id, table_code, status, title, first_page, last_page, printed_unit, statement, is_whole, evidence,"
    " unread_rows, unread_columns, is_unit_certain"
)
AMOUNT_COLUMNS = (
    "parse_id, measure_id, row_key, functional_subject_id, economic_subject_id, row_label, value, value_unit,"
    " presence, status, printed, printed_unit, repair_reason, page, line_no, row_no, column_no,"
    " is_unit_certain"
)
DOUBT_COLUMNS = (
    "parse_id, doubt_no, what, reason, table_code, row_key, measure, printed, taken_as, page, row_no, column_no,"
    " line_no"
)


def table_rows(parse_id: int, tables: tuple[TableFound, ...]) -> Iterator[TupleRow]:
    return ((parse_id, *_shown(table)) for table in tables)


def amount_rows(
    parse_id: int, extraction: Extraction, measures: Measures, functional: Subjects, economic: Subjects
) -> Iterator[TupleRow]:
    """Raises UnknownMeasure. Nearly all rows of a document come through here: no call a row that could be saved."""
    guessed = {table.table_code for table in extraction.tables if not table.is_unit_certain}
    for amount in extraction.amounts:
        try:
            measure_id = measures[amount.table_code, amount.measure]
        except KeyError:
            raise UnknownMeasure(f"{amount.table_code} {amount.measure}, row {amount.row_key}") from None
        yield (
            parse_id,
            measure_id,
            amount.row_key,
            functional.get(amount.functional_code),
            economic.get(amount.economic_code),
            amount.row_label,
            amount.value,
            amount.value_unit,
            amount.presence,
            amount.status,
            amount.printed,
            amount.printed_unit,
            amount.repair_reason,
            amount.page,
            amount.line_no,
            amount.row_no,
            amount.column_no,
            amount.value is None or amount.value_unit != "元" or amount.table_code not in guessed,
        )


def doubt_rows(parse_id: int, doubts: tuple[Doubt, ...]) -> Iterator[TupleRow]:
    return ((parse_id, number, *_doubted(doubt)) for number, doubt in enumerate(doubts, start=1))


def measures(connection: Connection) -> Measures:
    rows = connection.execute("select table_code, measure, measure_id from warehouse.measure")
    return {(table_code, measure): measure_id for table_code, measure, measure_id in rows}


def _shown(table: TableFound) -> TupleRow:
    return (
        table.table_code,
        table.status,
        table.title,
        table.first_page,
        table.last_page,
        table.printed_unit,
        table.statement,
        table.is_whole,
        list(table.evidence),
        list(table.unread_rows),
        list(table.unread_columns),
        table.is_unit_certain,
    )


def _doubted(doubt: Doubt) -> TupleRow:
    return (
        doubt.what,
        doubt.reason,
        doubt.table_code,
        doubt.row_key,
        doubt.measure,
        doubt.printed,
        doubt.taken_as,
        doubt.page,
        doubt.row_no,
        doubt.column_no,
        doubt.line_no,
    )
