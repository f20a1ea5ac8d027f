"""The rows of a parse for its standard tables, their amounts and its doubts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from psycopg import Connection
from psycopg.rows import TupleRow

from warehouse.base.errors import UnknownMeasure
from warehouse.kinds.kind import load_kinds
from warehouse.kinds.tables import comparable_row
from warehouse.load.fields import fields_of
from warehouse.load.subjects import Subjects
from warehouse.records.reading import Amount, Doubt, Extraction, TableFound

CACHED_ROW_KEYS = 100_000  # row keys whose item is cached; most documents print the same row keys
ADD_MEASURE = """
insert into warehouse.measure (measure_id, table_code, measure, label, sort_order)
select max(measure_id) + 1, %s, %s, %s, coalesce(max(sort_order) filter (where table_code = %s), 0) + 1
from warehouse.measure
on conflict (table_code, measure) do nothing
"""
TABLE = fields_of(TableFound)
AMOUNT = fields_of(Amount, without=("table_code", "measure", "functional_code", "economic_code"))
DOUBT = fields_of(Doubt)
TABLE_COLUMNS = f"parse_id, {TABLE.columns}"
AMOUNT_COLUMNS = (
    f"parse_id, measure_id, functional_subject_id, economic_subject_id, is_unit_certain, item_key, {AMOUNT.columns}"
)
DOUBT_COLUMNS = f"parse_id, doubt_no, {DOUBT.columns}"


@dataclass(slots=True)
class DeclaredTables:
    """What the database holds of the declarations: ids of measures, and which item a printed row name means."""

    measures: dict[tuple[str, str], int]
    wordings: dict[tuple[str, str], str]  # (table, comparable row key) → item
    open_prefixes: dict[str, tuple[str, ...]]  # table → beginnings of open measures; only tables with any
    _known: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def item_of(self, table_code: str, row_key: str) -> str | None:
        """The item of a row; None for the row of a subject or an unknown wording."""
        if row_key.isdigit():
            return None
        asked = table_code, row_key
        if asked not in self._known:
            if len(self._known) > CACHED_ROW_KEYS:
                self._known.clear()
            self._known[asked] = self.wordings.get((table_code, comparable_row(row_key)))
        return self._known[asked]

    def open_measures_in(self, extraction: Extraction) -> set[tuple[str, str]]:
        """Measures of the extraction that the database may not hold yet."""
        if not self.open_prefixes:
            return set()
        named = {(amount.table_code, amount.measure) for amount in extraction.amounts}
        return {key for key in named - self.measures.keys() if key[1].startswith(self.open_prefixes.get(key[0], ()))}


def with_open_measures(
    connection: Connection, declared: DeclaredTables, extractions: Iterable[Extraction]
) -> DeclaredTables:
    """Adds open measures of the extractions to the database where missing, and returns the declarations with them.

    An open measure is a column that a table declares by the beginning of its name only. The result is for this load:
    what `rows` caches per connection stays as it was, since this transaction may be rolled back.
    """
    named = sorted(set().union(*(declared.open_measures_in(extraction) for extraction in extractions)))
    if not named:
        return declared
    connection.execute("lock table warehouse.measure in share row exclusive mode")
    for table_code, measure in named:
        connection.execute(ADD_MEASURE, [table_code, measure, _label(declared, table_code, measure), table_code])
    return replace(declared, measures=_measures(connection))


def _label(declared: DeclaredTables, table_code: str, measure: str) -> str:
    """The words of the table's declaration; of a table that only the database knows those behind the prefix."""
    forms = (table for kind in load_kinds() for table in kind.tables if table.code == table_code)
    if form := next(forms, None):
        return form.label_of(measure)
    prefix = next(one for one in declared.open_prefixes[table_code] if measure.startswith(one))
    return measure.removeprefix(prefix)


def _measures(connection: Connection) -> dict[tuple[str, str], int]:
    rows = connection.execute("select table_code, measure, measure_id from warehouse.measure")
    return {(table, measure): id for table, measure, id in rows}


def declared_tables(connection: Connection) -> DeclaredTables:
    wordings = connection.execute("select table_code, wording, item_key from warehouse.item_wording")
    open_measures = connection.execute(
        "select table_code, open_measures from warehouse.standard_table where open_measures <> '{}'"
    )
    return DeclaredTables(
        _measures(connection),
        {(table, wording): item for table, wording, item in wordings},
        {table: tuple(open_prefixes) for table, open_prefixes in open_measures},
    )


def table_rows(parse_id: int, tables: tuple[TableFound, ...]) -> Iterator[TupleRow]:
    return ((parse_id, *TABLE.values(table)) for table in tables)


def amount_rows(
    parse_id: int, extraction: Extraction, declared: DeclaredTables, functional: Subjects, economic: Subjects
) -> Iterator[TupleRow]:
    """Raises UnknownMeasure. Nearly all rows of a document are amounts, so the loop avoids function calls for speed."""
    measures, item_of, values = declared.measures, declared.item_of, AMOUNT.values
    guessed = {table.table_code for table in extraction.tables if not table.is_unit_certain}
    for amount in extraction.amounts:
        try:
            measure_id = measures[amount.table_code, amount.measure]
        except KeyError:
            raise UnknownMeasure(f"{amount.table_code} {amount.measure}, row {amount.row_key}") from None
        yield (
            parse_id,
            measure_id,
            functional.get(amount.functional_code),
            economic.get(amount.economic_code),
            amount.value is None or amount.value_unit != "元" or amount.table_code not in guessed,
            item_of(amount.table_code, amount.row_key),
            *values(amount),
        )


def doubt_rows(parse_id: int, doubts: tuple[Doubt, ...]) -> Iterator[TupleRow]:
    return ((parse_id, number, *DOUBT.values(doubt)) for number, doubt in enumerate(doubts, start=1))
