"""Which labels a row prints, and what kind of header row that makes it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.forms.form_spec import NAMES_OF_FORMS, FormSpec
from ingest.forms.layout.rows import FormRow, Piece
from warehouse.kinds.characters import name_of, squeeze
from warehouse.kinds.form_weights import form_weights

_LONGEST = form_weights().rows.longest_label
_PIECES = form_weights().rows.pieces_of_label
_BUDGETS = {"initial_budget", "declared", "adjusted_budget", "executed"}
_WORD = re.compile(r"[\u4e00-\u9fff\d]")
_NO_VALUES = ("head", "goals", "money", "indicators", "contacts", "total")


@dataclass(frozen=True, slots=True)
class Found:
    """A label of a row: what it means, where it stands, which pieces print it, and words fused to it."""

    key: str
    piece: Piece
    first: int
    count: int = 1
    rest: str = ""


def labels_in(row: FormRow, spec: FormSpec, section: str) -> tuple[Found, ...]:
    """The labels of one section that the row itself prints, from left to right."""
    return tuple(
        [
            Found(key, printed.piece(row), printed.first, printed.count, printed.rest)
            for key, printed in _meant(row.texts, row.exact, spec, section)
        ]
    )


@dataclass(frozen=True, slots=True)
class _Printed:
    """A text of the row that is a label of some section."""

    text: str
    first: int
    count: int = 1
    rest: str = ""

    def piece(self, row: FormRow) -> Piece:
        pieces = row.own[self.first : self.first + self.count]
        return pieces[0] if self.count == 1 else Piece(self.text, pieces[0].start, pieces[-1].end)


def prints_damaged_label(row: FormRow, spec: FormSpec) -> bool:
    """A label of any section is printed in several pieces, or with other words in its piece."""
    return any(printed.count > 1 or printed.rest for printed in _printed_labels(row.texts, row.exact, spec))


def _meant(texts: tuple[str, ...], exact: bool, spec: FormSpec, section: str) -> Iterator[tuple[str, _Printed]]:
    """What the labels of one section mean; none of them begins within another."""
    behind = 0
    for printed in _printed_labels(texts, exact, spec):
        if printed.first >= behind and (key := spec.key(section, printed.text)):
            yield key, printed
            behind = printed.first + printed.count


@lru_cache(maxsize=16384)  # 10 calls per row, whose texts are the same before and after its cells are mended
def _printed_labels(texts: tuple[str, ...], exact: bool, spec: FormSpec) -> tuple[_Printed, ...]:
    """Every label of a row: pieces of its own, and in converted text also pieces joined or fused."""
    if exact:
        return tuple(_Printed(text, n) for n, text in enumerate(texts) if len(text) <= _LONGEST and spec.knows(text))
    return tuple(
        _Printed(text, n, count, rest)
        for n, first in enumerate(texts)
        if len(first) <= _LONGEST and spec.may_print_label(first)
        for text, count, rest in _texts_from(texts[n : n + _PIECES], spec)
        if len(text) <= _LONGEST and spec.knows(text)
    )


def _texts_from(texts: Sequence[str], spec: FormSpec) -> Iterator[tuple[str, int, str]]:
    """What may be a label: (text, pieces that print it, words fused to it)."""
    joined = texts[0]
    yield joined, 1, ""
    for count, text in enumerate(texts[1:], start=2):
        if not spec.may_begin(joined):
            break
        joined += text
        yield joined, count, ""
    words = texts[0].split()
    if len(words) > 1:
        yield words[0], 1, " ".join(words[1:])
        yield words[-1], 1, " ".join(words[:-1])


def header_kind(row: FormRow, spec: FormSpec) -> str | None:
    """indicators, money, goals or management if the row is the header of that part of a form."""
    return _header_kind(row.texts, row.exact, spec)


@lru_cache(maxsize=8192)  # 8 calls per row
def _header_kind(texts: tuple[str, ...], exact: bool, spec: FormSpec) -> str | None:
    if not _printed_labels(texts, exact, spec):  # most rows print none
        return None
    keys = {section: {key for key, _ in _meant(texts, exact, spec, section)} for section in _HEADERS}
    kinds = (section for section, is_header in _HEADERS.items() if is_header(keys[section]))
    kind = next(kinds, None)
    return "goals" if kind == "money" and "task" in keys["goals"] else kind  # the money of each 年度主要任务


def _heads_indicators(keys: set[str]) -> bool:
    own = keys - {"section"}
    valued = {"actual", "weight"} <= own and bool(own & {"deviation_pct", "reason"})
    return (bool(own & {"level2", "level3"}) and len(own) >= 3) or (valued and len(own) >= 4)


def _heads_money(keys: set[str]) -> bool:
    scored = keys & {"execution_weight", "execution_rate_pct", "execution_score"}
    return len(keys & _BUDGETS) >= 2 or (len(keys & _BUDGETS) == 1 and len(scored) >= 2)


def _heads_goals(keys: set[str]) -> bool:
    return {"expected", "achieved"} <= keys or {"task", "achieved"} <= keys


def _heads_management(keys: set[str]) -> bool:
    return {"weight", "score"} <= keys and bool(keys & {"explained", "remedy"})


_HEADERS = {
    "indicators": _heads_indicators,
    "money": _heads_money,
    "management": _heads_management,
    "goals": _heads_goals,
}


def name_row(row: FormRow, spec: FormSpec) -> str | None:
    """The name that this row gives its form: the value behind 项目名称 or 部门名称. None if it is no name row."""
    found = _name_label(row, spec)
    return _value_behind(row, found, spec) if found and header_kind(row, spec) is None else None


def name_key(row: FormRow, spec: FormSpec) -> str | None:
    """project or department, as the label of a name row says."""
    found = _name_label(row, spec)
    return found.key if found else None


def _name_label(row: FormRow, spec: FormSpec) -> Found | None:
    if not all(char in squeeze(row.text) for char in spec.characters_of_names):
        return None  # as in most rows of a document
    return next((found for found in labels_in(row, spec, "head") if found.key in NAMES_OF_FORMS), None)


def _value_behind(row: FormRow, found: Found, spec: FormSpec) -> str | None:
    behind = row.own[found.first + found.count :]
    value = []
    for piece in behind:
        if any(spec.key(section, piece.text) for section in _NO_VALUES):
            break
        value.append(name_of(piece.text))
        if row.exact:
            break
    return "".join(value) or None


def value_of(row: FormRow, key: str, spec: FormSpec) -> str | None:
    """The words behind one label of the head."""
    return next((_value_behind(row, found, spec) for found in labels_in(row, spec, "head") if found.key == key), None)


def has_total(row: FormRow, spec: FormSpec) -> bool:
    """The row begins with 总分 or another word for it, and it is no header."""
    first = next((word for piece in row.own for word in piece.text.split() if _WORD.search(word)), None)
    return first is not None and spec.key("total", first) == "label" and header_kind(row, spec) is None
