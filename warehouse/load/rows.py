"""Copies what parses say into the tables that hold it: one COPY per table, of one parse or of many."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from weakref import WeakKeyDictionary

from psycopg import Connection
from psycopg.rows import TupleRow

from warehouse.load import figures, performance, statements
from warehouse.load.figures import Forms
from warehouse.load.subjects import Subjects
from warehouse.records.reading import Extraction


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
    rows: Callable[[Parsed, Forms], Iterator[TupleRow]]


TABLES = (
    Copied(
        "parse_table",
        figures.TABLE_COLUMNS,
        lambda parsed, _: figures.table_rows(parsed.parse_id, parsed.extraction.tables),
    ),
    Copied(
        "amount",
        figures.AMOUNT_COLUMNS,
        lambda parsed, forms: figures.amount_rows(
            parsed.parse_id, parsed.extraction, forms, parsed.functional, parsed.economic
        ),
    ),
    Copied(
        "doubt",
        figures.DOUBT_COLUMNS,
        lambda parsed, _: figures.doubt_rows(parsed.parse_id, parsed.extraction.doubts),
    ),
    Copied(
        "stated_figure",
        statements.STATED_COLUMNS,
        lambda parsed, _: statements.stated_rows(parsed.parse_id, parsed.extraction.stated, parsed.functional),
    ),
    Copied(
        "performance_project",
        performance.PROJECT_COLUMNS,
        lambda parsed, _: performance.project_rows(parsed.parse_id, parsed.extraction.projects, parsed.functional),
    ),
    Copied(
        "performance_fund",
        performance.FUND_COLUMNS,
        lambda parsed, _: performance.fund_rows(parsed.parse_id, parsed.extraction.projects),
    ),
    Copied(
        "performance_management",
        performance.MANAGEMENT_COLUMNS,
        lambda parsed, _: performance.management_rows(parsed.parse_id, parsed.extraction.projects),
    ),
    Copied(
        "performance_indicator",
        performance.INDICATOR_COLUMNS,
        lambda parsed, _: performance.indicator_rows(parsed.parse_id, parsed.extraction.projects),
    ),
    Copied(
        "check_result",
        statements.CHECK_COLUMNS,
        lambda parsed, _: statements.check_rows(parsed.parse_id, parsed.extraction.checks),
    ),
)
_FORMS: WeakKeyDictionary[Connection, Forms] = WeakKeyDictionary()


def copy(connection: Connection, parses: Sequence[Parsed]) -> None:
    """Raises UnknownMeasure. A table none of them has a row for costs nothing."""
    forms = figures.with_unfixed(connection, _forms(connection), (parsed.extraction for parsed in parses))
    for copied in TABLES:
        rows = chain.from_iterable(copied.rows(parsed, forms) for parsed in parses)
        copy_rows(connection, copied.table, copied.columns, rows)


def copy_rows(connection: Connection, table: str, columns: str, rows: Iterator[TupleRow]) -> None:
    first = next(rows, None)
    if first is None:
        return
    with connection.cursor().copy(f"copy warehouse.{table} ({columns}) from stdin") as sent:
        sent.write_row(first)
        for row in rows:
            sent.write_row(row)


def _forms(connection: Connection) -> Forms:
    """Read once per connection: only an upgrade changes them."""
    if connection not in _FORMS:
        _FORMS[connection] = figures.forms(connection)
    return _FORMS[connection]
