"""The rows of one parse's figures: tables, amounts with their subjects, doubts."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from psycopg import Connection
from psycopg.rows import TupleRow

from warehouse.base.errors import UnknownMeasure
from warehouse.kinds.tables import comparable_row
from warehouse.load.fields import fields_of
from warehouse.load.subjects import Subjects
from warehouse.records.reading import Amount, Doubt, Extraction, TableFound

MEMORY = 100_000  # row keys whose item is remembered: publishers print the same ones
TABLE = fields_of(TableFound)
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


def forms(connection: Connection) -> Forms:
    measures = connection.execute("select table_code, measure, measure_id from warehouse.measure")
    wordings = connection.execute("select table_code, wording, item_key from warehouse.item_wording")
    return Forms(
        {(table, measure): id for table, measure, id in measures},
        {(table, wording): item for table, wording, item in wordings},
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
