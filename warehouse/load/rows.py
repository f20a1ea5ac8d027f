"""Copies the rows of parses into the tables of schema warehouse: one COPY per table, for one parse or for many."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from weakref import WeakKeyDictionary

from psycopg import Connection
from psycopg.rows import TupleRow

from warehouse.load import narrative_and_checks, performance, tables_and_doubts
from warehouse.load.fields import BoxDumper
from warehouse.load.subjects import Subjects
from warehouse.load.tables_and_doubts import DeclaredTables
from warehouse.records.places import Box
from warehouse.records.reading import Extraction


@dataclass(frozen=True, slots=True)
class Parsed:
    """An extraction with the id of its row in warehouse.parse, and subject ids by code."""

    parse_id: int
    extraction: Extraction
    functional: Subjects
    economic: Subjects


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """A table of schema warehouse. `rows`: parse → its rows, with values in the order of `columns`."""

    table: str
    columns: str
    rows: Callable[[Parsed, DeclaredTables], Iterator[TupleRow]]


TABLES = (
    CopiedTable(
        "parse_table",
        tables_and_doubts.TABLE_COLUMNS,
        lambda parsed, _: tables_and_doubts.table_rows(parsed.parse_id, parsed.extraction.tables),
    ),
    CopiedTable(
        "amount",
        tables_and_doubts.AMOUNT_COLUMNS,
        lambda parsed, declared: tables_and_doubts.amount_rows(
            parsed.parse_id, parsed.extraction, declared, parsed.functional, parsed.economic
        ),
    ),
    CopiedTable(
        "doubt",
        tables_and_doubts.DOUBT_COLUMNS,
        lambda parsed, _: tables_and_doubts.doubt_rows(parsed.parse_id, parsed.extraction.doubts),
    ),
    CopiedTable(
        "stated_figure",
        narrative_and_checks.STATED_COLUMNS,
        lambda parsed, _: narrative_and_checks.stated_rows(
            parsed.parse_id, parsed.extraction.stated, parsed.functional
        ),
    ),
    CopiedTable(
        "performance_project",
        performance.PROJECT_COLUMNS,
        lambda parsed, _: performance.project_rows(parsed.parse_id, parsed.extraction.projects, parsed.functional),
    ),
    CopiedTable(
        "performance_fund",
        performance.FUND_COLUMNS,
        lambda parsed, _: performance.fund_rows(parsed.parse_id, parsed.extraction.projects),
    ),
    CopiedTable(
        "performance_management",
        performance.MANAGEMENT_COLUMNS,
        lambda parsed, _: performance.management_rows(parsed.parse_id, parsed.extraction.projects),
    ),
    CopiedTable(
        "performance_indicator",
        performance.INDICATOR_COLUMNS,
        lambda parsed, _: performance.indicator_rows(parsed.parse_id, parsed.extraction.projects),
    ),
    CopiedTable(
        "department_unit",
        narrative_and_checks.UNIT_COLUMNS,
        lambda parsed, _: narrative_and_checks.unit_rows(parsed.parse_id, parsed.extraction.units),
    ),
    CopiedTable(
        "body_fact",
        narrative_and_checks.FACT_COLUMNS,
        lambda parsed, _: narrative_and_checks.fact_rows(parsed.parse_id, parsed.extraction.facts),
    ),
    CopiedTable(
        "check_result",
        narrative_and_checks.CHECK_COLUMNS,
        lambda parsed, _: narrative_and_checks.check_rows(parsed.parse_id, parsed.extraction.checks),
    ),
    CopiedTable(
        "stated_succession",
        narrative_and_checks.SUCCESSION_COLUMNS,
        lambda parsed, _: narrative_and_checks.succession_rows(parsed.parse_id, parsed.extraction.successions),
    ),
)
_DECLARED: WeakKeyDictionary[Connection, DeclaredTables] = WeakKeyDictionary()


def copy(connection: Connection, parses: Sequence[Parsed]) -> None:
    """Copies all rows of the parses. Sends no COPY for a table without rows. Raises UnknownMeasure."""
    declared = tables_and_doubts.with_open_measures(
        connection, declared_tables(connection), (parsed.extraction for parsed in parses)
    )
    for copied in TABLES:
        rows = chain.from_iterable(copied.rows(parsed, declared) for parsed in parses)
        copy_rows(connection, copied.table, copied.columns, rows)


def copy_rows(connection: Connection, table: str, columns: str, rows: Iterator[TupleRow]) -> None:
    first = next(rows, None)
    if first is None:
        return
    cursor = connection.cursor()
    cursor.adapters.register_dumper(Box, BoxDumper)
    with cursor.copy(f"copy warehouse.{table} ({columns}) from stdin") as sent:
        sent.write_row(first)
        for row in rows:
            sent.write_row(row)


def declared_tables(connection: Connection) -> DeclaredTables:
    """What the database holds of the declarations. Read once per connection, since only an upgrade changes them."""
    if connection not in _DECLARED:
        _DECLARED[connection] = tables_and_doubts.declared_tables(connection)
    return _DECLARED[connection]
