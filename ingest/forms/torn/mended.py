"""Forms whose cells phantom borders have cut: how to tell, and what can be set right before they are read.

A border cuts a label in two (年度|指标值) or prints two cells as one (满意度指标 服务对象满意度指标).
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from ingest.forms.cells.fragments import begins_again, overlapped
from ingest.forms.form_spec import FormSpec
from ingest.forms.layout.boundaries import RawForm
from ingest.forms.layout.printed_labels import labels_in, prints_damaged_label
from ingest.forms.layout.rows import FormRow, Piece
from ingest.forms.torn.labels import is_level
from ingest.forms.values import numbers
from warehouse.kinds.form_declarations import wordings
from warehouse.kinds.form_weights import form_weights

_BRACKETED_NUMBER = re.compile(r"^\s*[(（]?\s*(\d[\d. ]*)[)）]\s*$|^\s*[(（](\d[\d. ]*)\s*$")


def mend(forms: Sequence[RawForm]) -> None:
    """Mark all forms of a document as torn and mend their rows, if so many of them are that none can be trusted."""
    torn = sum(map(is_torn, forms))
    if torn and torn * form_weights().torn.forms_per_torn >= len(forms):
        for form in forms:
            form.torn = True
            form.rows = [mended(row, form.spec) for row in form.rows]


def is_torn(form: RawForm) -> bool:
    """Several labels of the form are cut or fused."""
    cut = 0
    for row in form.rows:
        if not row.exact and prints_damaged_label(row, form.spec):
            found = [hit for section in ("head", "money", "indicators") for hit in labels_in(row, form.spec, section)]
            cut += sum(hit.count > 1 or bool(hit.rest) for hit in found)
    return cut >= form_weights().torn.cut_labels


def mended(row: FormRow, spec: FormSpec) -> FormRow:
    """The row marked as torn, its fused cells parted where labels or values show the seam."""
    pieces = tuple(part for piece in row.pieces for part in _parted(piece, spec))
    return FormRow(
        _labels_mended(_printed_once(pieces, spec), spec), row.exact, row.place, row.begins_table, row.source, torn=True
    )


def _printed_once(pieces: tuple[Piece, ...], spec: FormSpec) -> tuple[Piece, ...]:
    """Without the beginnings of a cell that a border prints as a cell of their own."""
    repeated = {n for n, pair in enumerate(pairwise(pieces)) if _is_beginning(*pair, spec)}
    return tuple(piece for n, piece in enumerate(pieces) if n not in repeated)


def _is_beginning(piece: Piece, behind: Piece, spec: FormSpec) -> bool:
    return (
        begins_again(piece.text, behind.text)
        and len(behind.name) > len(piece.name)
        and not is_level(piece.text, spec)
        and not spec.knows(piece.text)
    )


def _parted(piece: Piece, spec: FormSpec) -> list[Piece]:
    """The cells that a fused piece prints."""
    return [piece if text == piece.text else piece._replace(text=text) for text in _cells_in(piece.text, spec)]


@lru_cache(maxsize=8192)  # 3 calls per text
def _cells_in(text: str, spec: FormSpec) -> tuple[str, ...]:
    """Level labels before a name, a target behind it, a row of values."""
    words = numbers.words_of(_BRACKETED_NUMBER.sub(r"\1\2", text))
    if len(words) == 1:
        return words
    levels = max((n for n, word in enumerate(words) if is_level(word, spec)), default=-1) + 1
    if len(words) >= 3 and all(_is_value(word) for word in words):
        texts = list(words)
    elif words and _begins_target(words[-1]) and len(words) > levels + 1:
        texts = [*words[:levels], " ".join(words[levels:-1]), words[-1]]
    else:
        texts = [*words[:levels], " ".join(words[levels:])]
    return tuple(filter(None, texts))


def _begins_target(word: str) -> bool:
    return word[0] in "≥≤" or word in wordings().torn.parted_target


def _is_value(word: str) -> bool:
    return word[0] in "≥≤=<>" or numbers.plain(word) is not None


def _labels_mended(pieces: tuple[Piece, ...], spec: FormSpec) -> tuple[Piece, ...]:
    """满意度指 | 标 企业满意度 are 满意度指标 and 企业满意度."""
    out: list[Piece] = []
    for piece in pieces:
        if out and spec.may_begin(out[-1].text) and not is_level(out[-1].text, spec):
            first, _, rest = piece.text.strip().partition(" ")
            if level := _level_of_both(out[-1].text, first, spec):
                out[-1] = out[-1]._replace(text=level, end=piece.end)
                piece = piece._replace(text=rest)
        if piece.text.strip():
            out.append(piece)
    return tuple(out)


def _level_of_both(head: str, tail: str, spec: FormSpec) -> str | None:
    texts = (head + tail, overlapped(head.strip(), tail))
    return next((text for text in texts if text and is_level(text, spec)), None)
