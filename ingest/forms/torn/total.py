"""The total row of a torn form: what the score that was reached may be."""

from collections.abc import Sequence
from decimal import Decimal

from ingest.forms.cells.fragments import BORDER
from ingest.forms.contents import total_rows
from ingest.forms.layout.parts import Part
from ingest.forms.torn.points import candidates
from ingest.forms.values import numbers
from warehouse.kinds.form_weights import form_weights


def possible_totals(parts: Sequence[Part]) -> list[Decimal]:
    """The numbers behind the full mark, put together in every way."""
    full = form_weights().proofs.full_mark
    for row in total_rows(parts):
        words = [word for piece in row.own for word in _words(piece.text)]
        values = [numbers.points(word.strip("()（）")) for word in words]
        if full in values:
            return candidates(BORDER.join(words[values.index(full) + 1 :]))
    return []


def _words(text: str) -> list[str]:
    """`99. 2` is one number, `总分 100 99.63` are a word and two numbers."""
    if numbers.points(text) is not None:
        return [text]
    return [word for word in text.split() if any(char.isdigit() for char in word)]
