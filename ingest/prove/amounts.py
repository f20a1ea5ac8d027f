"""From cells as read to amounts: what is damaged is settled by the document's own arithmetic, or doubted.

A damaged number has candidates (ingest.values.amounts). One that makes an equation of the document come out,
where no other candidate does, is taken and the amount is `repaired`. Everything else is `doubtful`, with
a doubt row: the value is kept if there was only one way to read it, else it stays empty.

An equation all of whose members are damaged alike comes out whatever the damage means: a hundred times
90.00 + 10.00 is a hundred times 100.00. So what a candidate decides of scale, sign or place must be fixed
by members that are not damaged so.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from ingest.checks.document_cells import CellKey
from ingest.checks.equations import Equation, equations
from ingest.prove.lost_totals import restore_lost_totals
from ingest.prove.open_cell import Open
from ingest.prove.recognised import NOT_CONFIRMED, Recognised, confirm
from ingest.tables.shapes.readrows import UNPLACED, ReadCell, ReadTable, is_total
from ingest.tables.units import Unit
from ingest.values import codes
from ingest.values.amounts import DIGITS, PLACE, SCALE, SIGN, UNITS, WORD, Candidate, Reading, read_amount
from warehouse.kinds.characters import squeeze, without_marks
from warehouse.kinds.kind import DocumentKind
from warehouse.kinds.tables import StandardTable
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import LARGEST_AMOUNT, Amount, Doubt, Origin, Presence, Status

_TO_BE_WITNESSED = frozenset({SCALE, SIGN, PLACE, DIGITS, WORD})
_NOTHING_OF_ZERO = frozenset({SCALE, SIGN, PLACE})  # 0 is 0 at any scale, under any sign
CENTS_ONLY = "元"  # an amount in yuan has two decimals at most, so that 10,998 is no 10.998
LONGEST_NAME = 200  # characters; the longest row name seen has some 40
_NUMBER_AND_UNIT = re.compile(r"-?[\d,]+(?:\.\d+)?\(?\D+\)?")
_AMBIGUOUS_COMMA = re.compile(r"-?\d{1,3},\d{3}")


def settle(
    kind: DocumentKind,
    tables: Mapping[str, tuple[StandardTable, ReadTable]],
    units: Mapping[str, Unit],
    recognised: Recognised = (),
) -> tuple[list[Amount], list[Doubt]]:
    """All amounts of a document, and the doubts about them. `units` maps table code to unit.

    `recognised` are file and page of what was read from pictures.
    """
    doubts: list[Doubt] = []
    cells: dict[CellKey, Open] = {}
    for form, table in tables.values():
        doubts.extend(_without_endless_names(form, table))
        for cell in _opened(form, table, units[form.code].printed):
            cell.is_recognised = cell.row.row.place.page_of_file in recognised
            cell.status = Status.DOUBTFUL if cell.is_recognised else cell.status
            _add(cell, cells, doubts)
    is_proof_wanted = any(cell.is_open or cell.is_recognised for cell in cells.values())
    all_equations = list(equations(kind, _labels(cells))) if is_proof_wanted else []
    prove(cells, all_equations)
    restore_lost_totals(cells, all_equations)
    confirm(cells, all_equations)
    doubts.extend(doubt for cell in cells.values() for doubt in _give_up(cell))
    return [_amount(cell) for cell in cells.values()], doubts


def _without_endless_names(form: StandardTable, table: ReadTable) -> Iterator[Doubt]:
    """Takes out the rows whose name no form prints: a paragraph, or cells run together."""
    for row_no, row in enumerate(table.rows, start=1):
        if len(row.key) > LONGEST_NAME:
            table.unread_rows.append(row.label[:LONGEST_NAME])
            reason = f"行名{len(row.key)}字,不成行名,此行未入库"
            amounts = " ".join(cell.printed for cell in row.cells if cell.printed.strip())
            printed = f"{row.label[:LONGEST_NAME]} {amounts}".strip()
            yield Doubt(
                DoubtKind.ROW_UNREADABLE, reason, form.code, printed=printed, place=row.row.place, row_no=row_no
            )
    kept = [row for row in table.rows if len(row.key) <= LONGEST_NAME]
    if len(kept) < len(table.rows):
        table.rows[:] = kept
        table.is_whole = False


def _opened(form: StandardTable, table: ReadTable, table_unit: str) -> Iterator[Open]:
    has_points = _prints_decimals(table) and table_unit != CENTS_ONLY
    prints_finely = _prints_many_decimals(table)
    for row_no, row in enumerate(table.rows, start=1):
        for cell in row.cells:
            if has_points and cell.reading.value is not None and _AMBIGUOUS_COMMA.fullmatch(squeeze(cell.printed)):
                cell = _ambiguous(cell)
            if prints_finely and cell.reading.is_damaged:
                cell = _as_fine(cell)
            opened = Open((form.code, row.key, cell.measure), form, row, cell, row_no, row.unit or table_unit)
            opened.cell = cell = _of_possible_size(_in_its_unit(cell, opened.unit), opened.factor)
            reading = cell.reading
            opened.value = None if reading.value is None else reading.value * opened.factor
            if row.key_repair:
                opened.status = Status.AS_PRINTED if reading.is_damaged else Status.REPAIRED
                opened.reasons.append(row.key_repair)
            yield opened


def _in_its_unit(cell: ReadCell, unit: str) -> ReadCell:
    """700.00万元 below 单位:万元 is 700.00; a cell that names another unit than its table is one or the other."""
    candidates = cell.reading.candidates
    named = {one.unit for one in candidates}
    if not cell.reading.is_damaged or len(named) != 1 or not any(named):
        return cell
    (own,) = named
    if own == unit or (unit not in UNITS and own in unit):  # 台 in a row of 台(套)
        is_plain = (
            len(candidates) == 1 and not candidates[0].changes and _NUMBER_AND_UNIT.fullmatch(squeeze(cell.printed))
        )
        return replace(cell, reading=Reading(Presence.NUMBER, candidates[0].value)) if is_plain else cell
    if own not in UNITS or unit not in UNITS:
        return replace(cell, reading=Reading(Presence.NUMBER))
    changes, ratio = frozenset({SCALE}), UNITS[own] / UNITS[unit]
    both = [
        replace(one, value=one.value * times, changes=one.changes | changes)
        for one in candidates
        for times in (1, ratio)
    ]
    return replace(cell, reading=replace(cell.reading, candidates=tuple(both)))


def _of_possible_size(cell: ReadCell, factor: Decimal) -> ReadCell:
    """Without what is larger than any amount: digits run together."""
    reading = cell.reading
    if reading.value is not None and abs(reading.value * factor) >= LARGEST_AMOUNT:
        return replace(cell, reading=Reading(Presence.NUMBER))
    possible = tuple(one for one in reading.candidates if abs(one.value * factor) < LARGEST_AMOUNT)
    return cell if possible == reading.candidates else replace(cell, reading=replace(reading, candidates=possible))


def _prints_decimals(table: ReadTable) -> bool:
    """Whether this table prints its amounts with decimals, so that 10,998 may have been 10.998."""
    printed = [cell.printed for row in table.rows for cell in row.cells if cell.reading.value]
    return len(printed) >= 5 and sum("." in text for text in printed) >= 0.8 * len(printed)


def _prints_many_decimals(table: ReadTable) -> bool:
    """Whether this table prints amounts to the yuan or finer in 万元: then 1236.54527 is a number, not two."""
    readings = [cell.reading for row in table.rows for cell in row.cells]
    values = [reading.value for reading in readings if reading.value is not None]
    return sum(-int(value.as_tuple().exponent) > 2 for value in values) >= 3


def _as_fine(cell: ReadCell) -> ReadCell:
    whole = [candidate for candidate in cell.reading.candidates if not candidate.rest]
    glued = len(whole) < len(cell.reading.candidates)
    return replace(cell, reading=Reading(Presence.NUMBER, whole[0].value)) if glued and len(whole) == 1 else cell


def _ambiguous(cell: ReadCell) -> ReadCell:
    whole = cell.reading.value
    assert whole is not None  # what is ambiguous was read as a number
    guess = frozenset({SCALE})
    choices = (
        Candidate(whole, "逗号为千分位", changes=guess),
        Candidate(whole / 1000, "逗号为小数点", changes=guess),
    )
    return replace(cell, reading=Reading(Presence.NUMBER, None, choices))


def _add(cell: Open, cells: dict[CellKey, Open], doubts: list[Doubt]) -> None:
    """A row that another page repeats is one row; the same key with another figure or on one page is a doubt."""
    first = cells.setdefault(cell.key, cell)
    if first is cell or cell.cell.reading.presence is not Presence.NUMBER:
        return
    if first.cell.printed == cell.cell.printed:
        if _is_printed_twice(first, cell):
            doubts.append(
                _doubt(cell, DoubtKind.ROW_REPEATED, "同一行在同一页印了两次而数同,只取一次", first.cell.printed)
            )
        return
    if first.cell.reading.presence is not Presence.NUMBER:
        cells[cell.key] = cell
        return
    doubts.append(
        _doubt(cell, DoubtKind.ROW_REPEATED, f"同一行重复出现而数不同,取先印的{first.cell.printed}", first.cell.printed)
    )


def _is_printed_twice(first: Open, cell: Open) -> bool:
    """Two rows of one page, of which one may be another row with a wrong key; 合计 may stand above and below."""
    place, again = first.row.row.place, cell.row.row.place
    return place.page is not None and place.page_of_file == again.page_of_file and not is_total(cell.row.label)


def _labels(cells: Mapping[CellKey, Open]) -> dict[tuple[str, str], str]:
    return {(key[0], key[1]): cell.row.label for key, cell in cells.items()}


def prove(cells: dict[CellKey, Open], all_equations: Iterable[Equation]) -> None:
    """Settle open cells by equations until no more can be settled."""
    if not any(cell.is_open for cell in cells.values()):
        return
    touching: dict[CellKey, list[Equation]] = defaultdict(list)
    for equation in all_equations:
        for key in equation.cells:
            if key in cells and cells[key].is_open:
                touching[key].append(equation)
    progress = True
    while progress:
        progress = any([_settle_one(cells[key], found, cells) for key, found in touching.items() if cells[key].is_open])


def _settle_one(cell: Open, found: list[Equation], cells: Mapping[CellKey, Open]) -> bool:
    proofs = {
        candidate: [equation for equation in found if _holds(equation, cell, candidate, cells)]
        for candidate in cell.cell.reading.candidates
    }
    proved = [candidate for candidate, by in proofs.items() if by]
    if len(proved) > 1:  # within rounding both fit: to the cent only one may
        proofs = {c: [e for e in by if _holds(e, cell, c, cells, exactly=True)] for c, by in proofs.items()}
        proved = [candidate for candidate, by in proofs.items() if by]
    if len(proved) != 1:
        return False
    (candidate,) = proved
    cell.value = cell.tried(candidate)
    cell.status = Status.REPAIRED
    by = proofs[candidate][0]
    cell.reasons.append(f"印作“{cell.cell.printed}”,{candidate.how};按“{by.says}”核对相符")
    return True


def _holds(
    equation: Equation, cell: Open, candidate: Candidate, cells: Mapping[CellKey, Open], exactly: bool = False
) -> bool:
    """Both sides agree, within rounding or exactly, when `cell` is the candidate and every other cell is known,
    and what the candidate decides is not decided by numbers that are damaged alike. A side of which no cell is
    printed says nothing: 0.0038 is not proved by the 0 of a row that is not there."""
    if not all(any(key in cells for key in side) for side in (equation.left, equation.right)):
        return False
    total = envelope = sound = Decimal(0)
    alike = candidate.changes & _TO_BE_WITNESSED
    is_alone = True
    for sign, keys in ((1, equation.left), (-1, equation.right)):
        for key in keys:
            other = cells.get(key)
            if other is None:
                continue
            value = cell.tried(candidate) if other is cell else other.only
            if other.is_recognised or (value is None and other.cell.reading.is_damaged):
                return False
            total += sign * (value or 0)
            envelope += other.envelope
            if other is not cell and not alike & other.guessed:
                sound += sign * (value or 0)
            elif other is not cell:
                is_alone = False
    agrees = abs(total) <= (0 if exactly else envelope)
    return agrees and (is_alone or _is_witnessed(candidate, alike, abs(sound) > envelope))


def _is_witnessed(candidate: Candidate, alike: frozenset[str], has_sound_part: bool) -> bool:
    """Beside others damaged alike: the rest of the equation fixes their scale, sign and place, but no digit or word."""
    if candidate.value == 0:
        return alike <= _NOTHING_OF_ZERO
    return has_sound_part and not alike & {DIGITS, WORD}


def _give_up(cell: Open) -> Iterator[Doubt]:
    """What no equation settled: kept if there was one way to read it, else empty; doubtful in any case."""
    if cell.is_recognised:
        yield from _not_confirmed(cell)
    elif cell.is_open and not cell.cell.is_placed:
        cell.status = Status.DOUBTFUL
        cell.reasons.append(UNPLACED)
    elif cell.is_open:
        candidates = cell.cell.reading.candidates
        cell.value = _only_way(cell)
        cell.status = Status.DOUBTFUL
        readings = "或".join(f"{candidate.value}({candidate.how})" for candidate in candidates)
        unreadable = cell.cell.reading.why or "不是数字,无从辨读"
        reason = f"数字残损,可读作{readings},文件内无勾稽关系可证" if candidates else unreadable
        cell.reasons.append(reason)
        yield _doubt(
            cell,
            DoubtKind.NUMBER_UNPROVED if candidates else DoubtKind.NUMBER_UNREADABLE,
            reason,
            None if cell.value is None else str(candidates[0].value),
        )
    elif cell.form.key and cell.row.code and not codes.is_code(cell.row.key, cell.form.key):
        cell.status = Status.DOUBTFUL
        cell.reasons.append(f"科目编码{cell.row.code}残缺,所属科目未定")


def _only_way(cell: Open) -> Decimal | None:
    """What a damaged number can be read as if there is one way only, and that is no word in place of a number."""
    candidates = cell.cell.reading.candidates
    return cell.tried(candidates[0]) if len(candidates) == 1 and WORD not in candidates[0].changes else None


def _not_confirmed(cell: Open) -> Iterator[Doubt]:
    """What a number of a picture lacks to be taken for sure; nothing is repaired. A cell without ink is blank."""
    if cell.status is Status.CONFIRMED:
        return
    why = "; ".join(cell.reasons) or NOT_CONFIRMED
    cell.reasons[:] = [why]
    if cell.cell.reading.presence is Presence.NUMBER:
        cell.value = _only_way(cell) if cell.value is None else cell.value
        what = DoubtKind.NUMBER_UNREADABLE if cell.value is None else DoubtKind.NUMBER_NOT_CONFIRMED
        yield _doubt(cell, what, why, None if cell.value is None else str(cell.value / cell.factor))


def _doubt(cell: Open, what: DoubtKind, reason: str, taken_as: str | None) -> Doubt:
    table_code, row_key, measure = cell.key
    return Doubt(
        what,
        reason,
        table_code,
        row_key,
        measure,
        cell.cell.printed,
        taken_as,
        cell.row.row.place_of(cell.cell.column),
        cell.row_no,
        cell.cell.column + 1,
    )


def _amount(cell: Open) -> Amount:
    table_code, row_key, measure = cell.key
    return Amount(
        table_code=table_code,
        row_key=row_key,
        row_label=cell.row.label,
        measure=measure,
        value=cell.value,
        value_unit="元" if cell.unit in UNITS else cell.unit,
        presence=cell.cell.reading.presence,
        status=cell.status,
        printed=cell.cell.printed,
        printed_unit=cell.unit,
        row_no=cell.row_no,
        column_no=cell.cell.column + 1,
        place=cell.row.row.place_of(cell.cell.column),
        functional_code=_code(cell, "functional_code"),
        economic_code=_code(cell, "economic_code"),
        repair_reason=";".join(cell.reasons) or None,
        stored_value=_stored_value(cell),
        project_code=cell.row.project_code,
        origin=Origin.PICTURE if cell.is_recognised else Origin.TEXT,
    )


def _stored_value(cell: Open) -> Decimal | None:
    """The number that a sheet stores in the cell, where its number format shows another one or none."""
    raw = cell.raw
    if raw is None or not isinstance(raw.value, Decimal) or without_marks(raw.text) != cell.cell.printed:
        return None
    return raw.value if raw.value != read_amount(raw.text).value else None


def _code(cell: Open, key: str) -> str | None:
    """The code of a row in one classification: its key, or one of several that its key is made of."""
    if cell.row.parts.codes:
        return next((code for code in cell.row.parts.codes if codes.is_code(code, key)), None)
    return cell.key[1] if cell.form.key == key and codes.is_code(cell.key[1], key) else None
