"""The total row of a form: the score that was reached and the grade."""

from decimal import Decimal

from ingest.forms import numbers
from ingest.forms.columns import by_place
from ingest.forms.fragments import BORDER
from ingest.forms.parts import Part
from ingest.forms.rows import FormRow
from ingest.forms.spec import FormSpec
from ingest.forms.torn_points import candidates

FULL = Decimal(100)


def total_of(parts: list[Part], spec: FormSpec) -> tuple[Decimal | None, str | None]:
    """(total score, grade): the number in the column of scores, else the last one: the first is what could be."""
    score = grade = None
    for part in parts:
        for row in part.rows if part.kind == "total" else ():
            found = [value for piece in row.own if (value := numbers.points(piece.text)) is not None]
            if any(numbers.is_damaged(piece.text) for piece in row.own):
                found = []  # the full mark beside a damaged total is not the total
            score = (_in_score_column(row, part) or (found[-1] if found else None)) if score is None else score
            grade = next((piece.name for piece in row.own if spec.key("total", piece.text) == "grade"), grade)
    return score, grade


def _in_score_column(row: FormRow, part: Part) -> Decimal | None:
    piece = by_place(row, part.columns).get("score") if row.exact and part.columns else None
    return numbers.points(piece.text) if piece else None


def torn_totals(parts: list[Part]) -> list[Decimal]:
    """What the total of a torn form may be: the numbers behind the full mark of 100, put together in every way."""
    for row in _rows(parts):
        words = [word for piece in row.own for word in _words(piece.text)]
        values = [numbers.points(word.strip("()（）")) for word in words]
        if FULL in values:
            return candidates(BORDER.join(words[values.index(FULL) + 1 :]))
    return []


def _words(text: str) -> list[str]:
    """`99. 2` is one number, `总分 100 99.63` are a word and two numbers."""
    if numbers.points(text) is not None:
        return [text]
    return [word for word in text.split() if any(char.isdigit() for char in word)]


def _rows(parts: list[Part]) -> list[FormRow]:
    return [row for part in parts if part.kind == "total" for row in part.rows]
