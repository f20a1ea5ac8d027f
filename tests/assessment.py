"""Compares what was read of a file with its known values: counts what is right, doubtful or missing, lists what is
wrong."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from ingest.errors import IngestError
from ingest.pipeline import extract
from tests.ingest.truth import comparable_row, in_wan, true_amounts
from warehouse.records.reading import Amount, CheckOutcome, Extraction, Presence, Status, TableStatus

Key = tuple[str, str, str]  # table_code, row_key, measure
Truth = dict[Key, Decimal | None]  # known value in 万元, or a count; None for a blank or a dash
Reading = Extraction | IngestError
# Statuses of a table that was not read completely.
NOT_READ_WHOLE = {"partial", TableStatus.UNRECOGNISED.value}


@dataclass(frozen=True, slots=True)
class Assessment:
    """The comparison of one reading with the known values. The tuples hold a line for each error."""

    right: int = 0
    doubtful: int = 0
    missing: int = 0
    wrong_as_printed: tuple[str, ...] = ()
    wrong_repaired: tuple[str, ...] = ()
    wrong_doubtful: tuple[str, ...] = ()  # a wrong value with the status doubtful
    false_broken: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()  # missing, though the status of the table is complete and no doubt is about the table
    unaccounted: int | None = None  # None: not counted
    refused: str | None = None

    @property
    def share_right(self) -> float:
        printed = self.right + self.doubtful + self.missing + len(self.wrong_as_printed) + len(self.wrong_repaired)
        return self.right / printed if printed else 1.0

    @property
    def falsehoods(self) -> list[str]:
        """The errors that no document may have."""
        groups = {
            "wrong as_printed": self.wrong_as_printed,
            "wrong repaired": self.wrong_repaired,
            "false broken": self.false_broken,
            "unaccounted": (str(self.unaccounted),) if self.unaccounted else (),
        }
        return [f"{group}: {line}" for group, lines in groups.items() for line in lines]


def reading_of(path: Path) -> Reading:
    """The extraction of a file, or the reason for which it was refused."""
    try:
        return extract(path)
    except IngestError as refused:
        return refused


def assess(reading: Reading, truth: Truth, known_broken: frozenset[Key] = frozenset()) -> Assessment:
    """`known_broken` are rule, table and row of the identities that do not hold in the document itself."""
    if isinstance(reading, IngestError):
        return Assessment(missing=_numbers(truth), refused=f"{type(reading).__name__}: {reading}", unaccounted=0)
    read_cells = {_key(amount): amount for amount in reading.amounts}
    truth = {(table, comparable_row(row), measure): value for (table, row, measure), value in truth.items()}
    counts = getattr(reading, "counts", None)
    missing = [key for key, value in truth.items() if value is not None and key not in read_cells]
    wrong = [amount for key, amount in read_cells.items() if _is_wrong(amount, key, truth)]
    return Assessment(
        right=sum(_is_right(amount, truth.get(key)) for key, amount in read_cells.items()),
        doubtful=sum(a.status is Status.DOUBTFUL and truth.get(key) is not None for key, a in read_cells.items()),
        missing=len(missing),
        wrong_as_printed=tuple(_shown(a, truth) for a in wrong if a.status is Status.AS_PRINTED),
        wrong_repaired=tuple(_shown(a, truth) for a in wrong if a.status is Status.REPAIRED),
        wrong_doubtful=tuple(_shown(a, truth) for a in wrong if a.status is Status.DOUBTFUL and a.value is not None),
        false_broken=tuple(_false_broken(reading, known_broken)),
        silent=tuple(" ".join(key) for key in missing if not _is_reported(reading, key)),
        unaccounted=counts.amounts_unaccounted if counts and counts.amounts_printed else None,
    )


def _numbers(truth: Truth) -> int:
    return sum(value is not None for value in truth.values())


def _key(amount: Amount) -> Key:
    return amount.table_code, comparable_row(amount.row_key), amount.measure


def _is_right(amount: Amount, true: Decimal | None) -> bool:
    return true is not None and amount.status is not Status.DOUBTFUL and in_wan(amount) == true


def _is_wrong(amount: Amount, key: Key, truth: Truth) -> bool:
    """The value is another than the printed one, there is a value for a blank, or none for a printed number."""
    return in_wan(amount) != truth.get(key)


def _shown(amount: Amount, truth: Truth) -> str:
    return f"{' '.join(_key(amount))}: {in_wan(amount)} read of {amount.printed!r}, true {truth.get(_key(amount))}"


def _false_broken(reading: Extraction, known: frozenset[Key]) -> Iterator[str]:
    for check in reading.checks:
        if check.outcome is CheckOutcome.BROKEN and (check.rule_id, check.table_code, check.row_key) not in known:
            yield f"{check.rule_id} {check.table_code} {check.row_key} {check.measure}: {check.explanation}"


def _is_reported(reading: Extraction, key: Key) -> bool:
    """Whether the status of the table is incomplete, or a doubt is about the table or the cell."""
    statuses = {found.status.value for found in reading.tables if found.table_code == key[0]}
    return bool(statuses & NOT_READ_WHOLE) or any(doubt.table_code == key[0] for doubt in reading.doubts)


def truth_of_csv(path: Path) -> Truth:
    """Reads a CSV with the columns table_code, row_key, measure, amount_wan and presence of mart.amount."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {
            (row["table_code"], row["row_key"], row["measure"]): (
                Decimal(row["amount_wan"]) if row["presence"] == Presence.NUMBER else None
            )
            for row in csv.DictReader(file)
        }


def truth_of_figures(folder: Path) -> Truth:
    """The figures from which a sample was typeset."""
    return {(true.table, true.row, true.column): true.value for true in true_amounts(folder)}
