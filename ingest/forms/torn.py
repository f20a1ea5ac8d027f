"""Forms whose cells phantom borders have cut: how to tell, and what can be set right before reading.

A border cuts a label in two (年度|指标值) or prints two cells as one (满意度指标 服务对象满意度指标).
"""

import re
from dataclasses import replace

from ingest.forms import numbers
from ingest.forms.columns import Column
from ingest.forms.fragments import begins_again, overlapped
from ingest.forms.labels import labels_in
from ingest.forms.rows import FormRow, Piece
from ingest.forms.spec import FormSpec, label
from ingest.values.characters import name_of, squeeze

CUT_LABELS = 3  # fewer may be a slip of the converter
_BRACKETED_NUMBER = re.compile(r"^\s*[(（]?\s*(\d[\d. ]*)[)）]\s*$|^\s*[(（](\d[\d. ]*)\s*$")


def is_torn(rows: list[FormRow], spec: FormSpec) -> bool:
    """Several labels of the form are cut or fused."""
    cut = 0
    for row in rows:
        if not row.exact:
            found = [hit for section in ("head", "money", "indicators") for hit in labels_in(row, spec, section)]
            cut += sum(hit.count > 1 or bool(hit.rest) for hit in found)
    return cut >= CUT_LABELS


def mended(row: FormRow, spec: FormSpec) -> FormRow:
    """The row marked as torn, its fused cells parted where labels or values show the seam."""
    pieces = tuple(part for piece in row.pieces for part in _parted(piece, spec))
    return replace(row, pieces=_labels_mended(_printed_once(pieces, spec), spec), torn=True)


def _printed_once(pieces: tuple[Piece, ...], spec: FormSpec) -> tuple[Piece, ...]:
    """Without the beginnings of a cell that a border prints as a cell of their own."""
    return tuple(
        piece
        for piece, behind in zip(pieces, (*pieces[1:], None), strict=True)
        if not (
            behind
            and len(behind.name) > len(piece.name)
            and begins_again(piece.text, behind.text)
            and not is_level(piece.text, spec)
            and not spec.knows(piece.text)
        )
    )


def _parted(piece: Piece, spec: FormSpec) -> list[Piece]:
    """The cells that a fused piece prints: level labels before a name, a target behind it, a row of values."""
    words = numbers.words_of(_BRACKETED_NUMBER.sub(r"\1\2", piece.text))
    levels = max((n for n, word in enumerate(words) if is_level(word, spec)), default=-1) + 1
    if len(words) >= 3 and all(_is_value(word) for word in words):
        texts = words
    elif words and _begins_target(words[-1]) and len(words) > levels + 1:
        texts = [*words[:levels], " ".join(words[levels:-1]), words[-1]]
    else:
        texts = [*words[:levels], " ".join(words[levels:])]
    return [replace(piece, text=text) for text in texts if text]


def _begins_target(word: str) -> bool:
    return word[0] in "≥≤" or word == "明显"


def is_level(text: str, spec: FormSpec) -> bool:
    return label(text) in spec.groups or label(text) in spec.level1_labels


def _is_value(word: str) -> bool:
    return word[0] in "≥≤=<>" or numbers.read(word).value is not None


def _labels_mended(pieces: tuple[Piece, ...], spec: FormSpec) -> tuple[Piece, ...]:
    """满意度指 | 标 企业满意度 are 满意度指标 and 企业满意度."""
    out: list[Piece] = []
    for piece in pieces:
        first, _, rest = piece.text.strip().partition(" ")
        if out and not is_level(out[-1].text, spec) and (level := _level_of_both(out[-1].text, first, spec)):
            out[-1] = replace(out[-1], text=level, end=piece.end)
            piece = replace(piece, text=rest)
        if piece.text.strip():
            out.append(piece)
    return tuple(out)


def _level_of_both(head: str, tail: str, spec: FormSpec) -> str | None:
    texts = (head + tail, overlapped(head.strip(), tail))
    return next((text for text in texts if text and is_level(text, spec)), None)


def completed(columns: list[Column], order: tuple[str, ...]) -> list[Column]:
    """All columns of the form's declared order: a label that was not legible stands between its neighbours."""
    if not order or not columns:
        return columns
    found = {column.key: column for column in columns}
    out: list[Column] = []
    for key in order:
        at = out[-1].piece.end if out else max(columns[0].piece.start - 1, 0)
        out.append(found.get(key) or Column(key, Piece("", at, at + 1), ""))
    return out


def known_part(text: str, known: tuple[str, ...], least: int = 3) -> str | None:
    """Which of the known labels a damaged text prints: the one of which it holds the largest part in a row."""
    bare = squeeze(name_of(text))
    shares = [(_shared(bare, squeeze(name)) / len(name), name) for name in known]
    shares = sorted((share for share in shares if share[0] * len(share[1]) >= min(least, len(share[1]))), reverse=True)
    is_clear = shares and (len(shares) == 1 or shares[0][0] > shares[1][0])
    return shares[0][1] if is_clear else None


def prints_item(row: FormRow, spec: FormSpec) -> str | None:
    """The management item whose label is left in the row."""
    return known_part(row.text, spec.management_items, least=4)


def _shared(text: str, name: str) -> int:
    """Length of the longest run of `name` that `text` prints."""
    return max((n for i in range(len(name)) for n in range(1, len(name) - i + 1) if name[i : i + n] in text), default=0)
