"""A row of which a converter kept the name and lost the numbers, where two identities of the document say the same.

总计 | · | | | : a mark that is no number stands where the numbers were. A row of blanks without such a mark is blank as
printed and stays so. What one identity gives is no proof, and neither are two that rest on the same lost row.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from ingest.checks.document_cells import CellKey
from ingest.checks.equations import Equation
from ingest.prove.open_cell import Open
from ingest.values.amounts import Reading
from warehouse.records.reading import Presence, Status


def restore_lost_totals(cells: Mapping[CellKey, Open], all_equations: Iterable[Equation]) -> None:
    """Fills each lost cell for which equations of two rules, all other members of which are sound, agree."""
    lost = {cell.key: cell for row in _lost_rows(cells.values()) for cell in row}
    said: dict[CellKey, dict[str, tuple[Decimal, Equation]]] = defaultdict(dict)
    for equation in all_equations if lost else ():
        here = [key for key in equation.cells if key in lost]
        if len(here) == 1 and (value := _solved(equation, here[0], cells)) is not None:
            said[here[0]].setdefault(equation.rule, (value, equation))
    for key, by_rule in said.items():
        values = {value for value, _ in by_rule.values()}
        if len(by_rule) > 1 and len(values) == 1:
            _restore(lost[key], values.pop(), [equation.says for _, equation in by_rule.values()])


def _lost_rows(cells: Iterable[Open]) -> Iterator[list[Open]]:
    """The cells of each row that holds no number and a mark that cannot be read."""
    rows: dict[tuple[str, str], list[Open]] = defaultdict(list)
    for cell in cells:
        rows[cell.key[:2]].append(cell)
    for row in rows.values():
        marks = [cell for cell in row if _is_mark(cell)]
        if marks and all(cell in marks or cell.cell.reading.presence is Presence.BLANK for cell in row):
            yield row


def _is_mark(cell: Open) -> bool:
    """Printed, no digit in it and nothing that it could mean."""
    reading = cell.cell.reading
    unread = (
        not cell.is_recognised
        and reading.is_damaged
        and not reading.candidates
        and not reading.why
        and cell.cell.is_placed
    )
    return unread and bool(cell.cell.printed.strip()) and not any(map(str.isalnum, cell.cell.printed))


def _solved(equation: Equation, wanted: CellKey, cells: Mapping[CellKey, Open]) -> Decimal | None:
    """What the cell has to be; None where another member is not a number that is sound."""
    total = Decimal(0)
    for sign, keys in ((1, equation.right), (-1, equation.left)):
        for key in keys:
            if key == wanted:
                continue
            other = cells.get(key)
            if other is None or other.value is None or other.is_open or other.is_recognised:
                return None
            total += sign * other.value
    return total if wanted in equation.left else -total


def _restore(cell: Open, value: Decimal, says: list[str]) -> None:
    cell.cell = replace(cell.cell, reading=Reading(Presence.NUMBER))
    cell.value, cell.status = value, Status.REPAIRED
    cell.reasons.append(f"此行所印数字缺失,按“{'”与“'.join(says)}”两式相符补出")
