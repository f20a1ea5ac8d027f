"""The money of a torn form: rows known by a part of their labels. `money_proofs` says which amounts are kept."""

import re
from itertools import zip_longest

from ingest.forms.cells.alignment import align, without_margin
from ingest.forms.form_spec import FormSpec
from ingest.forms.layout.parts import Part
from ingest.forms.layout.rows import FormRow, Piece
from ingest.forms.money import BUDGETS, MoneyRow
from ingest.forms.torn.labels import known_part
from ingest.forms.torn.money_proofs import rate_holds
from ingest.forms.values import numbers
from warehouse.kinds.characters import name_of
from warehouse.kinds.form_declarations import wordings
from warehouse.kinds.form_weights import form_weights

TOTAL = wordings().money.total_row
_NUMBERING = re.compile(r"([1-9])\s*[)）]")


def torn_money_rows(part: Part, spec: FormSpec) -> list[MoneyRow]:
    """Total and funds, as far as labels or the number of rows tell which row is which."""
    rows = [row for row in (*part.headers, *part.rows) if len(_numbers(row)) > 1]
    return [
        _settled(row, name, nth, len(names) > 1, part, spec)
        for row, names in zip(rows, _labels(rows, part, spec), strict=True)
        for nth, name in enumerate(names)
    ]


def _settled(row: FormRow, name: str, nth: int, fused: bool, part: Part, spec: FormSpec) -> MoneyRow:
    """The row from the nth number of its cells; where only one name is left of two fused rows, the rate tells."""
    first = _money_row(row, name, nth, part, spec)
    if fused or rate_holds(first):
        return first
    others = (_money_row(row, name, other, part, spec) for other in range(1, form_weights().torn.rows_in_one_cell))
    fitting = (
        one for one in others if rate_holds(one) and one.amounts["initial_budget"] == one.amounts["adjusted_budget"]
    )
    return next(fitting, first)


def _money_row(row: FormRow, name: str, nth: int, part: Part, spec: FormSpec) -> MoneyRow:
    labelled = {key: text for piece in row.own for key, text in _beside_label(piece, nth, spec)}
    columns = [column for column in part.columns if column.key not in labelled]
    texts = {**align(_nth_numbers(row, nth, spec), columns, "money", spec, torn=True), **labelled}
    amounts = {key: numbers.plain(texts.get(key)) for key in BUDGETS}
    return MoneyRow(name, texts, row, name == TOTAL, amounts)


def _beside_label(piece: Piece, nth: int, spec: FormSpec) -> list[tuple[str, str]]:
    """(column, number) of a cell that holds a column's label and, fused to it, the numbers below: 全年执行数 3."""
    label, *words = numbers.words_of(piece.text) or [""]
    found = [word for word in words if numbers.plain(word) is not None]
    key = spec.key("money", label)
    return [(key, found[min(nth, len(found) - 1)])] if key and found else []


def _numbers(row: FormRow) -> list[Piece]:
    return [piece for piece in row.own if numbers.numbers_of(piece.text)]


def _labels(rows: list[FormRow], part: Part, spec: FormSpec) -> list[list[str]]:
    """The names of each row; by order where there are as many rows as names; two where two rows are fused.

    What is fused to the header is the row below it: the total.
    """
    known = (TOTAL, *spec.fund_order)
    legible = [_legible(row, known) or [TOTAL] * _is_header_with_numbers(row, part, spec) for row in rows]
    if len(rows) == len(known) and all(not names or own in names for names, own in zip(legible, known, strict=True)):
        return [[name] for name in known]
    return legible


def _is_header_with_numbers(row: FormRow, part: Part, spec: FormSpec) -> bool:
    return row in part.headers and sum(bool(_beside_label(piece, 0, spec)) for piece in row.own) > 1


def _legible(row: FormRow, known: tuple[str, ...]) -> list[str]:
    words = "".join(name_of(piece.text) for piece in row.own if numbers.plain(piece.text) is None)
    return [name for name in known if known_part(words, (name,), form_weights().torn.part_of_source)]


def _is_numbering(piece: Piece, behind: Piece | None) -> bool:
    """The 2 of （2）单位资金, cut off by a border that prints it in both cells: 2 | 2) 单位资金."""
    found = _NUMBERING.match(behind.text.strip()) if behind else None
    return found is not None and piece.text.strip(" (（)）") == found[1]


def _nth_numbers(row: FormRow, nth: int, spec: FormSpec) -> tuple[Piece, ...]:
    """The numbers of one of the rows that are fused: the nth of a cell with several, else the only one."""
    out = []
    pieces = without_margin(row.own, spec)
    for piece, behind in zip_longest(pieces, pieces[1:]):
        if _beside_label(piece, nth, spec) or _is_numbering(piece, behind):
            continue
        words = numbers.words_of(piece.text.rstrip(")）"))
        found = [word for word in words if numbers.plain(word) is not None]
        if found and words[-1] == found[-1]:
            out.append(Piece(found[min(nth, len(found) - 1)], piece.start, piece.end))
    return tuple(out)
