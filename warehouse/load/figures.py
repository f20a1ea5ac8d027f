"""The rows of one parse's figures: tables, amounts with their subjects, doubts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from psycopg import Connection
from psycopg.rows import TupleRow

from warehouse.base.errors import UnknownMeasure
from warehouse.kinds.tables import comparable_row
from warehouse.load.fields import fields_of
from warehouse.load.subjects import Subjects
from warehouse.records.reading import Amount, Doubt, Extraction, TableFound

MEMORY = 100_000  # row keys whose item is remembered: publishers print the same ones
ADD_MEASURE = """
insert into warehouse.measure (measure_id, table_code, measure, label, sort_order)
select max(measure_id) + 1, %s, %s, %s, coalesce(max(sort_order) filter (where table_code = %s), 0) + 1
from warehouse.measure
on conflict (table_code, measure) do nothing
"""
TABLE = fields_of(TableFound, without=("file_no",))
AMOUNT = fields_of(Amount, without=("table_code", "measure", "functional_code", "economic_code"))
DOUBT = fields_of(Doubt)
TABLE_COLUMNS = f"parse_id, {TABLE.columns}"
AMOUNT_COLUMNS = (
    f"parse_id, measure_id, functional_subject_id, economic_subject_id, is_unit_certain, item_key, {AMOUNT.columns}"
)
DOUBT_COLUMNS = f"parse_id, doubt_no, {DOUBT.columns}"


@dataclass(slots=True)
class Forms:
    """What the database knows of the forms: measures by table and name, and which row a printed name means."""

    measures: dict[tuple[str, str], int]
    wordings: dict[tuple[str, str], str]  # (table, comparable row key) → item
    beginnings: dict[str, tuple[str, ...]]  # of measures that a table's form does not fix; tables without are not here
    _known: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def item_of(self, table_code: str, row_key: str) -> str | None:
        """None of a subject or an unknown wording."""
        if row_key.isdigit():
            return None
        asked = table_code, row_key
        if asked not in self._known:
            if len(self._known) > MEMORY:
                self._known.clear()
            self._known[asked] = self.wordings.get((table_code, comparable_row(row_key)))
        return self._known[asked]

    def unfixed(self, extraction: Extraction) -> set[tuple[str, str]]:
        """Measures of the extraction that the database may not hold yet."""
        if not self.beginnings:
            return set()
        named = {(amount.table_code, amount.measure) for amount in extraction.amounts}
        return {key for key in named - self.measures.keys() if key[1].startswith(self.beginnings.get(key[0], ()))}


def with_unfixed(connection: Connection, forms: Forms, extractions: Iterable[Extraction]) -> Forms:
    """The forms with those measures of the extractions that no form fixes, added to the database where missing.

    Only this load knows of them until it is committed: the forms that a connection remembers stay as they are.
    """
    named = sorted(set().union(*(forms.unfixed(extraction) for extraction in extractions)))
    if not named:
        return forms
    connection.execute("lock table warehouse.measure in share row exclusive mode")
    for table_code, measure in named:
        beginning = next(one for one in forms.beginnings[table_code] if measure.startswith(one))
        connection.execute(ADD_MEASURE, [table_code, measure, measure.removeprefix(beginning), table_code])
    return replace(forms, measures=_measures(connection))


def _measures(connection: Connection) -> dict[tuple[str, str], int]:
    rows = connection.execute("select table_code, measure, measure_id from warehouse.measure")
    return {(table, measure): id for table, measure, id in rows}


def forms(connection: Connection) -> Forms:
    wordings = connection.execute("select table_code, wording, item_key from warehouse.item_wording")
    unfixed = connection.execute(
        "select table_code, open_measures from warehouse.standard_table where open_measures <> '{}'"
    )
    return Forms(
        _measures(connection),
        {(table, wording): item for table, wording, item in wordings},
        {table: tuple(beginnings) for table, beginnings in unfixed},
    )


def table_rows(parse_id: int, tables: tuple[TableFound, ...]) -> Iterator[TupleRow]:
    return ((parse_id, *TABLE.values(table)) for table in tables)


def amount_rows(
    parse_id: int, extraction: Extraction, forms: Forms, functional: Subjects, economic: Subjects
) -> Iterator[TupleRow]:
    """Raises UnknownMeasure. Nearly all rows of a document come through here: no call a row that could be saved."""
    measures, item_of, values = forms.measures, forms.item_of, AMOUNT.values
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
