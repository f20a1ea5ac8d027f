"""Reads the values of a workbook by the columns of the official form.

It does not use the code that writes workbooks: the columns are listed here again, by their letters.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

import psycopg

NUMBERS = {f"GK{number:02}": f"公开{number:02}表" for number in range(1, 11)}
HEADINGS = {"GK04": 3, "GK06": 2, "GK09": 4, "GK10": 1}  # rows of the header; other tables have three
TITLE_LINES = 3
# Table → entries of a row, one for each side or group: (column of the code, column of the label, {column: measure}).
PLACES = {
    "GK01": [(None, "A", {"C": "final"}), (None, "D", {"F": "final"})],
    "GK02": [("A", "B", {
        "C": "total", "D": "fiscal_appropriation", "E": "superior_subsidy", "F": "institutional", "G": "operating",
        "H": "subordinate_remittance", "I": "other",
    })],
    "GK03": [("A", "B", {
        "C": "total", "D": "basic", "E": "project", "F": "remitted_to_superior", "G": "operating",
        "H": "subsidy_to_subordinates",
    })],
    "GK04": [
        (None, "A", {"C": "amount"}),
        (None, "D", {"F": "total", "G": "general_public_budget", "H": "government_fund", "I": "state_capital"}),
    ],
    "GK05": [("A", "B", {"C": "total", "D": "basic", "E": "project"})],
    "GK06": [(code, name, {final: "final"}) for code, name, final in ("ABC", "DEF", "GHI", "JKL")],
    "GK07": [("A", "B", {
        "C": "opening_balance", "D": "income", "E": "total", "F": "basic", "G": "project", "H": "closing_balance",
    })],
    "GK08": [("A", "B", {"C": "total", "D": "basic", "E": "project"})],
    "GK09": [(None, None, {
        "A": "budget_total", "B": "budget_overseas", "C": "budget_vehicle_total", "D": "budget_vehicle_purchase",
        "E": "budget_vehicle_operation", "F": "budget_reception", "G": "final_total", "H": "final_overseas",
        "I": "final_vehicle_total", "J": "final_vehicle_purchase", "K": "final_vehicle_operation",
        "L": "final_reception",
    })],
    "GK10": [(None, "A", {"C": "value"})],
}  # fmt: skip
STORED = """
select row_key, row_label, measure, amount_wan, presence, printed
from mart.amount where document_id = %s and table_code = %s
order by row_no, column_no
"""
Shown = tuple[str | None, str | None, str, Decimal | str | None]  # code, label, measure, value


def shown(table: str, sheet: Sequence[Sequence]) -> list[Shown]:
    """Every cell of a measure in a row with a code or label, from left to right and top to bottom."""
    first = TITLE_LINES + HEADINGS.get(table, 3)
    lines = takewhile(lambda line: not _is_note(line), sheet[first:])
    return [entry for line in lines for entry in _entries(table, line)]


def _entries(table: str, line: Sequence) -> Iterator[Shown]:
    for code, label, measures in PLACES[table]:
        name = _at(line, label) if label else "all"
        total = _at(line, code) if code else None
        if not (name or total):
            continue
        for letter, measure in measures.items():
            yield total if name else None, name or total, measure, value(_at(line, letter))


def _is_note(line: Sequence) -> bool:
    """Whether the row is a note below the table."""
    return str(line[0] or "").startswith(("注：", "底色：", "说明：", "本表无数据", "未公开", "原文"))


def _at(line: Sequence, letter: str):
    place = ord(letter) - ord("A")
    return line[place] if place < len(line) else None


def value(cell) -> Decimal | str | None:
    """A number as the shortest decimal that is the same double, which is what a program shows that reads the file."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        return Decimal(cell) if cell.lstrip("-").replace(".", "", 1).isdecimal() else cell
    return Decimal(repr(cell))


def stored(connection: psycopg.Connection, document_id: int, table: str) -> dict[tuple, list]:
    """(code, label, measure) → values in the database, in printed order."""
    found: dict[tuple, list] = {}
    for key, label, measure, amount, presence, printed in connection.execute(STORED, [document_id, table]):
        code = key if key.isdecimal() else None
        name = "all" if table == "GK09" else label
        shown = "——" if presence == "dash" else amount if amount is not None else printed or None
        found.setdefault((code, name, measure), []).append(shown)
    return found
