"""Counts the printed amounts that a tool puts into the right row and column.

The expected values are amounts.csv of a document: table, row, column, value. Such a value counts as right if a table
of the tool has a row that prints the key of the row (its code or its name) and, to the right of the key, the value,
in the column in which that table has most values of this measure for keys in the same column. Neither the standard
table nor the headings are compared: this is equally lenient to every tool. GK09 is left out, because its one row has
no key. The totals of GK06 may be printed below any of its groups, so each total has a column of its own.
"""

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from decimal import Decimal, InvalidOperation
from pathlib import Path

Table = list[list[str | None]]
Cell = tuple[str, str, str]  # table, row and column in amounts.csv
TOTALS = {
    "TOTAL": {"合计", "总计", "本年合计"},
    "GRAND_TOTAL": {"合计", "总计"},
    "PERSONNEL_TOTAL": {"人员经费合计"},
    "PUBLIC_TOTAL": {"公用经费合计"},
}
OWN_COLUMN = ("PERSONNEL_TOTAL", "PUBLIC_TOTAL", "GRAND_TOTAL")
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十\d]+\)|\d{1,2}[、.](?!\d)|其中:)+")


def true_numbers(folder: Path) -> dict[Cell, Decimal]:
    with (folder / "amounts.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["value"] not in ("", "--") and row["table"] != "GK09"]
    return {(row["table"], row["row"], row["col"]): Decimal(row["value"]) for row in rows}


def in_place(tables: list[Table], truth: dict[Cell, Decimal]) -> int:
    """How many of the expected values are in the right row and column of any table."""
    by_row: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in truth:
        by_row[cell[:2]].append(cell)
    right: set[Cell] = set()
    for table in tables:
        right |= _in_place(table, by_row, truth)
    return len(right)


def _in_place(table: Table, wanted: dict[tuple[str, str], list[Cell]], truth: dict[Cell, Decimal]) -> set[Cell]:
    rows = [[plain(text) for text in row] for row in table]
    numbers = [[number(text) for text in row] for row in rows]
    keys = [_keys(row) for row in rows]
    places: dict[tuple, Counter[int]] = defaultdict(Counter)
    hits: dict[tuple, dict[int, set[Cell]]] = defaultdict(lambda: defaultdict(set))
    for (name, row_key), cells in wanted.items():
        names = TOTALS.get(row_key) or {plain(row_key.rpartition(":")[2].rpartition("/")[2])}
        for n, found in enumerate(keys):
            for at in {found[name] for name in names if name in found}:
                for cell in cells:
                    measure = name, cell[2], at, row_key if row_key in OWN_COLUMN else ""
                    for column in _columns(numbers[n], at, truth[cell]):
                        places[measure][column] += 1
                        hits[measure][column].add(cell)
    return {cell for measure, columns in places.items() for cell in hits[measure][columns.most_common(1)[0][0]]}


def _columns(numbers: list[Decimal | None], at: int, value: Decimal) -> list[int]:
    """The columns to the right of the key that hold the value, in 万元 or in 元."""
    return [n for n in range(at + 1, len(numbers)) if numbers[n] is not None and numbers[n] in (value, value * 10_000)]


def _keys(row: list[str]) -> dict[str, int]:
    """Possible key of the row → its column: the text of a cell, a name without its numbering, or a code that the tool
    split over two or three cells."""
    keys: dict[str, int] = {}
    for n, text in enumerate(row):
        if not text:
            continue
        keys.setdefault(text, n)
        keys.setdefault(_NUMBERING.sub("", text), n)
        if found := re.match(r"(\d{3,7})(?=\D|$)", text):
            keys.setdefault(found[1], n)
        for width in (2, 3):
            joined = "".join(row[n : n + width])
            if joined.isdigit():
                keys.setdefault(joined, n + width - 1)
    return keys


def plain(text: str | None) -> str:
    """Half-width characters, no white space, one form of quotes, 与 as 和."""
    bare = "".join(unicodedata.normalize("NFKC", str(text or "")).split())
    return bare.replace("“", '"').replace("”", '"').replace("与", "和")


def number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "")) if text and text[-1].isdigit() else None
    except InvalidOperation:
        return None
