"""What else fits where an identity is broken: the slip that explains it, or the same number somewhere else."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Protocol

from ingest.checks.document_cells import CellKey, Sum
from ingest.checks.figures import DocumentFigures, Figure
from ingest.checks.sentences import name, number

SHIFTS = {1: "小数点错一位", 2: "小数点错两位", 4: "以元为万元"}
MOST = 3  # causes that an explanation names at most
TRIVIAL = Decimal(1)  # below this the same number stands in many places by chance
SUSPECTS = 8
ROUND = 100


class Compared(Protocol):
    @property
    def left(self) -> Decimal: ...
    @property
    def right(self) -> Decimal: ...
    @property
    def envelope(self) -> Decimal: ...
    @property
    def difference(self) -> Decimal: ...
    @property
    def right_cells(self) -> Sum: ...


def what_else_fits(left: Sum, compared: Compared, unit: str, doc: DocumentFigures) -> str | None:
    used = {key for _, key in (*left, *compared.right_cells)}
    found = list(_slips(left, compared, doc))
    if len(left) == 1:
        found += _same_number(compared.left, left[0][1], used, doc)
    if len(compared.right_cells) == 1 or len(left) == 1:
        found += _needed_number(compared.right, used, unit, doc)
    if len(left) > 1 or len(compared.right_cells) > 1:
        found += _same_number(abs(compared.difference), None, used, doc)
    return "；".join(list(dict.fromkeys(found))[:MOST]) or None


def _slips(left: Sum, compared: Compared, doc: DocumentFigures) -> Iterator[str]:
    """For each number that took part: is what it would have to be one slip of the pen away?"""
    signed = [*left, *((-sign, key) for sign, key in compared.right_cells)]
    for sign, key in signed[:SUSPECTS]:
        cell = doc.cell(key)
        if cell.is_printed and cell.value:
            wanted = cell.value - sign * compared.difference
            for how in slips(cell.value, wanted, compared.envelope):
                yield f"{name(key, doc)}若为 {number(wanted, cell.unit)} 即相符（{how}）"


def slips(value: Decimal, wanted: Decimal, envelope: Decimal) -> Iterator[str]:
    """One digit too many, two digits exchanged, the point or the unit misplaced."""
    if wanted == 0:
        return
    for how, other in _written_otherwise(value):
        if abs(other - wanted) <= envelope:
            yield how
            return


def _written_otherwise(value: Decimal) -> Iterator[tuple[str, Decimal]]:
    text = f"{value.normalize():f}"
    whole = text.partition(".")[0]
    for n, char in enumerate(text):
        if char.isdigit() and n < len(whole) and len(whole.strip("-")) > 1:
            rest = text[:n] + text[n + 1 :]
            if rest.strip("-."):
                twice = char in (text[n - 1 : n], text[n + 1 : n + 2])
                yield (f"“{char}”重复" if twice else f"多印一位“{char}”"), Decimal(rest)
        if text[n : n + 2].isdigit() and len(text[n : n + 2]) == 2 and text[n] != text[n + 1]:
            yield f"“{text[n : n + 2]}”两位颠倒", Decimal(text[:n] + text[n + 1] + text[n] + text[n + 2 :])
    for places, how in SHIFTS.items():
        yield how, value.scaleb(places)
        yield how, value.scaleb(-places)


def _same_number(value: Decimal, at: CellKey | None, used: set[CellKey], doc: DocumentFigures) -> Iterator[str]:
    """The number that was printed, or what is missing, stands elsewhere: copied from the wrong place."""
    for cell in _standing_elsewhere(value, used, doc):
        if at is None:
            yield f"差额与{name(cell.key, doc)}相同"
        else:
            beside = "相邻的" if _is_beside(at, cell.key, doc) else ""
            yield f"{number(value, cell.unit)} 与{beside}{name(cell.key, doc)}相同"
    yield from _last_years(value, doc) if at is not None else ()


def _needed_number(value: Decimal, used: set[CellKey], unit: str, doc: DocumentFigures) -> Iterator[str]:
    for cell in _standing_elsewhere(value, used, doc):
        yield f"{name(cell.key, doc)}也是 {number(value, unit)}"


def _standing_elsewhere(value: Decimal, used: set[CellKey], doc: DocumentFigures) -> list[Figure]:
    same = [cell for cell in doc.cells.values() if cell.value == value and cell.key not in used and cell.is_printed]
    return [cell for cell in same if _is_telling(cell)][:2]


def _is_telling(cell: Figure) -> bool:
    """Small and round numbers stand in many places by chance; so do the points of single indicators."""
    if cell.unit == "分":
        return cell.key[2] in ("score", "total_score") and cell.key[0] in ("stated", "form", "department_form")
    value = abs(cell.number)
    return cell.unit == "万元" and value >= TRIVIAL and (value % 1 != 0 or value >= ROUND)


def _is_beside(one: CellKey, other: CellKey, doc: DocumentFigures) -> bool:
    if one[0] != other[0] or one[2] != other[2]:
        return False
    rows = list(doc.printed.rows[one[0]])
    return abs(rows.index(one[1]) - rows.index(other[1])) == 1


def _last_years(value: Decimal, doc: DocumentFigures) -> Iterator[str]:
    for row, figures in doc.stated.items():
        current, change = doc.value("stated", row, "current"), doc.value("stated", row, "change")
        if "change" in figures and current is not None and change and current - change == value:
            yield f"{number(value, '万元')} 与按增减额推算的上年数相同（{name(('stated', row, 'current'), doc)}）"
