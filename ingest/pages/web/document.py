"""What is stored of one document: its headline figures, its tables with every number, doubts and broken identities."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.pages.web import queries
from ingest.pages.web.evidence import LARGEST_ID
from ingest.pages.web.readers import Readers, Row

NOT_WHOLE = ("partial", "unrecognised")


@dataclass(frozen=True, slots=True)
class Grid:
    """A standard table: measures with their labels, and rows of a code, a name and a cell for each measure."""

    table: Row
    headings: Sequence[tuple[str, str]]
    rows: Sequence[tuple[str, str, Sequence[Row | None]]]

    @property
    def has_codes(self) -> bool:
        return any(code for code, _, _ in self.rows)

    @property
    def is_whole(self) -> bool:
        return self.table["status"] not in NOT_WHOLE and self.table["is_whole"] is not False


@dataclass(frozen=True, slots=True)
class Document:
    """Of an old version it is not stored which tables it has."""

    about: Row
    versions: Sequence[Row]
    headlines: Sequence[Row]
    grids: Sequence[Grid]
    doubts: Sequence[Row]
    broken: Sequence[Row]
    amounts: Sequence[Row]


def document_of(readers: Readers, document_id: int) -> Document | None:
    """None where the document is not public."""
    if document_id > LARGEST_ID:
        return None
    about = readers.rows(queries.DOCUMENT, document=document_id)
    if not about:
        return None
    versions, headlines, tables, amounts, doubts, broken = readers.several(
        queries.VERSIONS_OF_DOCUMENT,
        queries.HEADLINES,
        queries.TABLES,
        queries.AMOUNTS,
        queries.DOUBTS,
        queries.BROKEN,
        document=document_id,
    )
    return Document(about[0], versions, headlines, _grids(tables, amounts), doubts, broken, amounts)


def _grids(tables: Iterable[Row], amounts: Iterable[Row]) -> list[Grid]:
    of_table: dict[str, list[Row]] = defaultdict(list)
    for amount in amounts:
        of_table[amount["table_code"]].append(amount)
    return [_grid(table, of_table[table["table_code"]]) for table in tables]


def _grid(table: Row, amounts: Sequence[Row]) -> Grid:
    measures = {amount["measure"]: amount["measure_label"] or amount["measure"] for amount in amounts}
    by_row: dict[str, dict[str, Row]] = defaultdict(dict)
    for amount in amounts:
        by_row[amount["row_key"]][amount["measure"]] = amount
    rows = []
    for cells in sorted(by_row.values(), key=_is_expenditure):  # two sides are printed side by side
        first = next(iter(cells.values()))
        rows.append((first["code"] or "", first["row_label"], [cells.get(measure) for measure in measures]))
    return Grid(table, list(measures.items()), rows)


def _is_expenditure(cells: Mapping[str, Row]) -> bool:
    return str(next(iter(cells.values()))["row_key"]).startswith("expenditure:")
