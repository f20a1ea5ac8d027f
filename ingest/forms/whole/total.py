"""The total score of a whole form, and the execution score beside it."""

from collections.abc import Sequence
from decimal import Decimal

from ingest.forms.layout.columns import Column, by_place
from ingest.forms.layout.parts import Part
from ingest.forms.layout.rows import FormRow
from ingest.forms.notes import Notes
from ingest.forms.values import numbers
from warehouse.records.doubts import DoubtKind


def total_score(parts: Sequence[Part]) -> Decimal | None:
    """Of the first total row with a number: that in the column of scores, else the last, for the first is what could
    be reached."""
    scores = (_score(row, part.columns) for part in parts if part.kind == "total" for row in part.rows)
    return next((score for score in scores if score is not None), None)


def _score(row: FormRow, columns: list[Column]) -> Decimal | None:
    if in_column := _in_score_column(row, columns):
        return in_column
    if any(numbers.is_damaged(piece.text) for piece in row.own):
        return None  # the full mark beside a damaged total is not the total
    found = [value for piece in row.own if (value := numbers.points(piece.text)) is not None]
    return found[-1] if found else None


def _in_score_column(row: FormRow, columns: list[Column]) -> Decimal | None:
    piece = by_place(row, columns).get("score") if row.exact and columns else None
    return numbers.points(piece.text) if piece else None


def total_proved(
    score: Decimal | None, execution: Decimal | None, weight: Decimal | None, notes: Notes
) -> tuple[Decimal | None, Decimal | None]:
    """(total score, execution score). A score above its weight stands in the wrong cell: it is the form's total."""
    if execution is None or weight is None or execution <= weight:
        return score, execution
    reason = f"预算执行得分{execution:f}超过分值{weight:f},实为全表总分,执行得分留空"
    notes.add(
        DoubtKind.FORM_SCORE_MOVED, reason, measure="total_score", printed=f"{execution:f}", taken_as=f"{execution:f}"
    )
    return execution, None
