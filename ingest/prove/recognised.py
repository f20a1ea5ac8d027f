"""Numbers that were recognised in pictures: which of them are confirmed, and that all others are doubtful.

A model is sure of its mistakes, and two readings by one model make the same mistakes. So a number is confirmed only
where two models read the same text and a sum of the document, every member of which was read so, comes out exactly:
the rounding that is granted to printed numbers would hide a wrong last digit. A sum of different numbers proves them;
a total of one item, which is the same number twice, only where the first model is all but certain of it (SHARP) or
another sum proves it. Nothing is repaired.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from ingest.checks.document_cells import CellKey
from ingest.checks.equations import Equation
from ingest.prove.open_cell import Open
from warehouse.kinds.characters import squeeze
from warehouse.records.places import Place
from warehouse.records.reading import PerformanceProject, Presence, StatedFigure, Status

NOT_CONFIRMED = "图像识别的数字,文件内无精确相符的勾稽关系可证"
OF_PICTURE = "图像识别的文字,未能证实"
SURE = 0.9  # a number of which the first model is less sure confirms nothing
SHARP = 0.98  # from here on the same number on both sides of a sum confirms it; no misread number was this sure
_BETWEEN_THOUSANDS = re.compile("[.,，:](?=[0-9]{3}(?![0-9]))")
_BEFORE_CENTS = re.compile(":(?=[0-9]{2}$)")
Recognised = Collection[tuple[int, int | None]]  # Place.page_of_file of each page that is a picture


class Printed(NamedTuple):
    """The rows (table, row) and columns (table, measure) of which any cell was read.

    A cell whose row and column are both there belongs to its sum, also if the cell itself was not read.
    """

    rows: set[tuple[str, str]]
    columns: set[tuple[str, str]]

    def has(self, key: CellKey) -> bool:
        table, row, measure = key
        return (table, row) in self.rows and (table, measure) in self.columns


def confirm(cells: Mapping[CellKey, Open], all_equations: Iterable[Equation]) -> None:
    """Confirms the members of every sum that comes out exactly. All others of a picture say what they lack."""
    recognised = [cell for cell in cells.values() if cell.is_recognised]
    printed = Printed({key[:2] for key in cells}, {(key[0], key[2]) for key in cells})
    sums = ((equation, _that_come_out(equation, cells, printed)) for equation in all_equations if recognised)
    waiting = [(equation, members) for equation, members in sums if members]
    while proving := [one for one in waiting if _proves(one[1])]:
        waiting = [one for one in waiting if not _proves(one[1])]
        for equation, members in proving:
            for cell in members:
                _confirm(cell, equation)
    for cell in recognised:
        if cell.status is not Status.CONFIRMED and (why := _why_not_read(cell)):
            cell.reasons.append(why)


def _proves(members: Iterable[Open]) -> bool:
    """Whether a sum that comes out proves its members.

    The same number on both sides may have been misread alike twice. So it has to be sharp, or confirmed by another
    sum, or printed on a page that is no picture.
    """
    other_than_zero = [cell for cell in members if cell.value]
    is_known = any(cell.status is not Status.DOUBTFUL for cell in other_than_zero)
    is_sharp = bool(other_than_zero) and all(map(_is_sharp, other_than_zero))
    return is_known or is_sharp or len({cell.value for cell in other_than_zero}) > 1


def _is_sharp(cell: Open) -> bool:
    return cell.raw is not None and (cell.raw.confidence or 0.0) >= SHARP


def _confirm(cell: Open, equation: Equation) -> None:
    if cell.is_recognised and cell.status is Status.DOUBTFUL:
        cell.status = Status.CONFIRMED
        cell.reasons.append(f"图像识别,两个模型所识相同,按“{equation.says}”核对精确相符")


def _that_come_out(equation: Equation, cells: Mapping[CellKey, Open], printed: Printed) -> list[Open]:
    """The members of a sum if it comes out exactly; none where a member was not read for certain."""
    sides = [[cells.get(key) for key in side if printed.has(key)] for side in (equation.left, equation.right)]
    if not all(sides):
        return []
    left, right = ([cell for cell in side if cell and _is_read(cell)] for side in sides)
    if [len(left), len(right)] != [len(side) for side in sides]:
        return []
    return [*left, *right] if _total(left) == _total(right) else []


def _total(cells: Iterable[Open]) -> Decimal:
    return sum((cell.value or Decimal(0) for cell in cells), Decimal(0))


def _is_read(cell: Open) -> bool:
    """Whether it may be a member of a sum that confirms others."""
    if not cell.is_recognised:
        return not cell.is_open and cell.status is not Status.DOUBTFUL
    return not _why_not_read(cell)


def _why_not_read(cell: Open) -> str:
    """In words why a number of a picture is not known for certain; empty where both models read the same."""
    if not cell.cell.is_placed:
        return "此行各格与列头对不上"
    if cell.cell.reading.presence is Presence.BLANK:
        return ""
    if cell.value is None:
        return "图像中的文字不是可以辨认的数字" if cell.cell.reading.presence is Presence.NUMBER else OF_PICTURE
    raw = cell.raw
    if raw is None or raw.read_again is None:
        return "图像识别的数字,没有第二个模型的读数"
    if _alike(raw.text) != _alike(raw.read_again):
        return f"图像识别作“{raw.text}”,另一读数作“{raw.read_again}”"
    if (raw.confidence or 0.0) < SURE:
        return "图像模糊,识别的把握不足"
    if any(other and other.text.isdigit() and other.text != other.read_again for other in cell.row.row.cells):
        return "此行的编码或行次,两个模型所识不同"
    return ""


def _alike(text: str) -> str:
    """The text of a number, with its marks alike: one model reads 2.175.87 or 2,175:87 for 2,175.87, and a speck behind
    it as a point. Else the last mark stays as it was read, because it may part decimals or thousands."""
    whole, mark, decimals = _BEFORE_CENTS.sub(".", squeeze(text).rstrip(".")).rpartition(".")
    return _BETWEEN_THOUSANDS.sub(",", whole) + mark + decimals


def doubted_figures(figures: Iterable[StatedFigure], recognised: Recognised) -> Iterator[StatedFigure]:
    """Figures of the narrative: those of a picture are doubtful."""
    for figure in figures:
        is_of_picture = _is_of_picture(figure.place, recognised)
        yield replace(figure, status=Status.DOUBTFUL, repair_reason=OF_PICTURE) if is_of_picture else figure


def doubted_projects(projects: Iterable[PerformanceProject], recognised: Recognised) -> Iterator[PerformanceProject]:
    """Self-evaluation forms: every indicator of a picture is doubtful."""
    for project in projects:
        indicators = tuple(
            replace(one, status=Status.DOUBTFUL, repair_reason=OF_PICTURE)
            if _is_of_picture(one.place, recognised)
            else one
            for one in project.indicators
        )
        yield replace(project, indicators=indicators)


def _is_of_picture(place: Place, recognised: Recognised) -> bool:
    return place.page_of_file in recognised
