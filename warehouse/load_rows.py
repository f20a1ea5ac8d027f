"""Copies what parses say into the tables that hold it: one COPY per table, of one parse or of many."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from weakref import WeakKeyDictionary

from psycopg import Connection

from warehouse import load_figures, load_performance, load_statements
from warehouse.load_figures import Measures
from warehouse.load_subjects import Subjects
from warehouse.records import Extraction


@dataclass(frozen=True, slots=True)
class Parsed:
    """An extraction with its row in warehouse.parse and the subjects its codes mean."""

    parse_id: int
    extraction: Extraction
    functional: Subjects
    economic: Subjects


@dataclass(frozen=True, slots=True)
class Copied:
    """A table of schema warehouse: `rows` gives what a parse puts into its `columns`."""

    table: str
    columns: str
    rows: Callable[[Parsed, Measures], Iterator[tuple]]


TABLES = (
    Copied(
        "parse_table",
        load_figures.TABLE_COLUMNS,
        lambda parsed, _: load_figures.table_rows(parsed.parse_id, parsed.extraction.tables),
    ),
    Copied(
        "amount",
        load_figures.AMOUNT_COLUMNS,
        lambda parsed, measures: load_figures.amount_rows(
            parsed.parse_id, parsed.extraction, measures, parsed.functional, parsed.economic
        ),
    ),
    Copied(
        "doubt",
        load_figures.DOUBT_COLUMNS,
        lambda parsed, _: load_figures.doubt_rows(parsed.parse_id, parsed.extraction.doubts),
    ),
    Copied(
        "stated_figure",
        load_statements.STATED_COLUMNS,
        lambda parsed, _: load_statements.stated_rows(parsed.parse_id, parsed.extraction.stated, parsed.functional),
    ),
    Copied(
        "performance_project",
        load_performance.PROJECT_COLUMNS,
        lambda parsed, _: load_performance.project_rows(parsed.parse_id, parsed.extraction.projects, parsed.functional),
    ),
    Copied(
        "performance_fund",
        load_performance.FUND_COLUMNS,
        lambda parsed, _: load_performance.fund_rows(parsed.parse_id, parsed.extraction.projects),
    ),
    Copied(
        "performance_management",
        load_performance.MANAGEMENT_COLUMNS,
        lambda parsed, _: load_performance.management_rows(parsed.parse_id, parsed.extraction.projects),
    ),
    Copied(
        "performance_indicator",
        load_performance.INDICATOR_COLUMNS,
        lambda parsed, _: load_performance.indicator_rows(parsed.parse_id, parsed.extraction.projects),
    ),
    Copied(
        "check_result",
        load_statements.CHECK_COLUMNS,
        lambda parsed, _: load_statements.check_rows(parsed.parse_id, parsed.extraction.checks),
    ),
)
_MEASURES: WeakKeyDictionary[Connection, Measures] = WeakKeyDictionary()


def copy(connection: Connection, parses: Sequence[Parsed]) -> None:
    """Raises UnknownMeasure. A table none of them has a row for costs nothing."""
    measures = _measures(connection)
    for copied in TABLES:
        rows = chain.from_iterable(copied.rows(parsed, measures) for parsed in parses)
        copy_rows(connection, copied.table, copied.columns, rows)


def copy_rows(connection: Connection, table: str, columns: str, rows: Iterator[tuple]) -> None:
    first = next(rows, None)
    if first is None:
        return
    with connection.cursor().copy(f"copy warehouse.{table} ({columns}) from stdin") as sent:
        sent.write_row(first)
        for row in rows:
            sent.write_row(row)


def _measures(connection: Connection) -> Measures:
    """Read once per connection: only a revision changes them, and it ends every session that loads."""
    if connection not in _MEASURES:
        _MEASURES[connection] = load_figures.measures(connection)
    return _MEASURES[connection]
