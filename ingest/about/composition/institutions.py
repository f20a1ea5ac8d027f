"""How many internal institutions a body has, and their names: within a sentence, or numbered with their duties."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.about.composition.declared import composition_words
from ingest.about.composition.entries import numbered_entries
from ingest.about.composition.names import divided
from ingest.about.composition.part import Passage
from ingest.narrative.joined import Joined
from ingest.narrative.persons import without_persons
from ingest.values.whole_numbers import whole_number
from warehouse.kinds.characters import squeeze
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import BodyFact, Doubt

FACT = "internal_institutions"
_SAYS = composition_words().institutions
_PRINTED_AT_MOST = 200
_DUTIES_AT_MOST = 800  # characters of what an institution does, between its name and the next one
_AND = re.compile(r"(?<=[科室处股部委局队办)）])(?:以及|及|和|与)")
_SENTENCE_ENDS = re.compile(r"[。\n;]|$")
_NAME_ENDS = re.compile(r"[。\n;:,]|$")


@dataclass(frozen=True, slots=True)
class _Listed:
    """The names behind a count, as printed; [] where they do not look like those of institutions."""

    names: list[str]
    end: int  # of the sentence that holds them
    is_open: bool = False  # it ends in 等


def institutions(passages: Sequence[Passage]) -> tuple[list[BodyFact], list[Doubt]]:
    """The fact where it is printed, and a doubt where the names are more or fewer than the stated number."""
    texts = [passage for passage in passages if isinstance(passage, Joined)]
    for patterns in (_SAYS.names_before, _SAYS.counts, _SAYS.without_count):
        for text in texts:
            found = next((found for pattern in patterns if (found := pattern.search(text.text))), None)
            if found:
                return _fact(text, found)
    return [], []


def _fact(text: Joined, found: re.Match[str]) -> tuple[list[BodyFact], list[Doubt]]:
    stated = whole_number(found["n"]) if "n" in found.groupdict() else None
    listed = _before(text, found, stated) if "names" in found.groupdict() else _listed(text, found.end(), stated)
    counted = len(listed.names) if len(listed.names) > 1 and not listed.is_open else None
    value = counted if stated is None else stated
    if value is None:
        return [], []
    printed = without_persons(text.printed[found.start() : listed.end])[:_PRINTED_AT_MOST]
    place = text.place(found.start())
    fact = BodyFact(FACT, Decimal(value), "、".join(listed.names) or None, printed, place)
    if counted in (None, value):
        return [fact], []
    reason = f"所述内设机构{stated}个,所列名称{counted}个,取所述的个数"
    return [fact], [Doubt(DoubtKind.FACT_DIFFERS, reason, printed=printed, taken_as=str(stated), place=place)]


def _before(text: Joined, found: re.Match[str], stated: int | None) -> _Listed:
    names = _names(text.printed[found.start("names") : found.end("names")], stated)
    return _Listed(names, found.end(), found["open"] is not None)


def _listed(text: Joined, start: int, stated: int | None) -> _Listed:
    behind = _SAYS.names_behind.match(text.text[start:])
    begin = start + (behind.end() if behind else 0)
    with_duties = list(_with_duties(text, begin))
    if with_duties and (stated is None or len(with_duties) == stated) and _are_names(with_duties):
        return _Listed(with_duties, start)
    end = _end(_SENTENCE_ENDS, text, begin)
    names = _names(text.printed[begin:end], stated)
    return _Listed(names, end if names else start, bool(_SAYS.and_others.search(text.text[begin:end])))


def _with_duties(text: Joined, start: int) -> Iterator[str]:
    """（一）办公室。负责…（二）财务科。负责…"""
    for begin, end in numbered_entries(text, start, _DUTIES_AT_MOST):
        yield text.printed[begin : min(end, _end(_NAME_ENDS, text, begin))]


def _names(listed: str, stated: int | None) -> list[str]:
    pieces = [listed[start:end] for start, end in divided(listed, "、,，")]
    if len(pieces) != stated and pieces:
        pieces = [*pieces[:-1], *_AND.split(pieces[-1])]
    return pieces if _are_names(pieces) else []


def _are_names(pieces: Sequence[str]) -> bool:
    return bool(pieces) and all(_SAYS.name.match(squeeze(piece)) for piece in pieces)


def _end(pattern: re.Pattern[str], text: Joined, start: int) -> int:
    found = pattern.search(text.text, start)
    return found.start() if found else len(text.text)
