"""Names of units as lists and sentences print them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.about.composition.declared import composition_words
from warehouse.kinds.characters import name_of, squeeze, without_numbering

_UNITS = composition_words().units
_MARKS = re.compile(r"^(?:[①-⑳]|[-•·●◆■]|[一二三四五六七八九十]是|\d{1,2}[.、]?(?=[一-龥]))+")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_AND = re.compile(r"(?:以及|及|和|与)")
_LIKE = 2  # characters at their beginning that names of units of one department share


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """`unit` as printed; `body` without remarks and 本级, "" where only 本级 is printed."""

    unit: str
    body: str
    kind: str | None
    is_head_office: bool


def named_unit(text: str) -> NamedUnit | None:
    """The unit that an item of a list names, with what is said of its kind behind it; None where it names none."""
    printed = _MARKS.sub("", without_numbering(name_of(text)))
    plain = squeeze(printed)
    end = _UNITS.name_ends.search(plain)
    plain, rest = (plain[: end.start()], plain[end.end() :]) if end else (plain, "")
    plain = _UNITS.behind.sub("", plain)
    is_name = 0 < len(plain) <= _UNITS.name_at_most and not _UNITS.no_name.search(plain)
    if not is_name or _UNITS.classes.match(plain):
        return None
    body = _BRACKETS.sub("", plain)
    alone = bool(_UNITS.head_office_alone.match(body))
    if not alone and not _UNITS.endings.search(body):
        return None
    is_head = alone or bool(_UNITS.head_office.search(plain))
    found = _UNITS.kind.search("".join(_BRACKETS.findall(plain)) or rest) or _UNITS.kind.search(rest)
    unit = printed[: len(plain)] if len(squeeze(printed[: len(plain)])) == len(plain) else plain
    return NamedUnit(unit, "" if alone else _without_head_office(body), found[0] if found else None, is_head)


def is_class(text: str) -> bool:
    """所属事业单位决算: units that are not named."""
    return bool(_UNITS.classes.match(_UNITS.behind.sub("", squeeze(text).strip("。;,"))))


def _without_head_office(body: str) -> str:
    return _UNITS.head_office.sub("", body) or body


def divided(text: str, separators: str) -> Iterator[tuple[int, int]]:
    """Start and end of what stands between separators; those in brackets divide nothing, and nothing is no part."""
    depth = start = 0
    for n, char in enumerate(text):
        depth += (char in "(（") - (char in ")）")
        if char in separators and depth <= 0:
            yield start, n
            start = n + 1
    if start < len(text):
        yield start, len(text)


def split_names(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each name of a list within a sentence."""
    for start, end in divided(text, "、,，;；"):
        yield from _split_at_and(text, start, end)


def _split_at_and(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Names that a 和 joins: before it stands a name, and what follows begins as the first name or is a class."""
    first = squeeze(text)[:_LIKE]
    for found in _AND.finditer(text, start, end):
        before, behind = named_unit(text[start : found.start()]), text[found.end() : end]
        if before and (behind.startswith(first) or before.is_head_office or is_class(behind)):
            yield start, found.start()
            start = found.end()
    yield start, end
