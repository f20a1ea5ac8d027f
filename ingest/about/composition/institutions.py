"""How many internal institutions a body has, and their names."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest.about.composition.declared import composition_words
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
_AND = re.compile(r"(?<=[科室处股部委局队办)）])(?:以及|及|和|与)")


def institutions(passages: Sequence[Passage]) -> tuple[list[BodyFact], list[Doubt]]:
    """The fact where it is printed, and a doubt where the names are more or fewer than the stated number."""
    for text in (passage for passage in passages if isinstance(passage, Joined)):
        found = next(_counted(text), None)
        if found:
            return _fact(text, found, whole_number(found["n"]))
    for text in (passage for passage in passages if isinstance(passage, Joined)):
        found = next(_uncounted(text), None)
        if found:
            return _fact(text, found, None)
    return [], []


def _counted(text: Joined) -> Iterator[re.Match[str]]:
    return (found for pattern in _SAYS.counts if (found := pattern.search(text.text)))


def _uncounted(text: Joined) -> Iterator[re.Match[str]]:
    return (found for pattern in _SAYS.without_count if (found := pattern.search(text.text)))


def _fact(text: Joined, found: re.Match[str], stated: int | None) -> tuple[list[BodyFact], list[Doubt]]:
    start = found.end()
    behind = _SAYS.names_behind.match(text.text[start:])
    start += behind.end() if behind else 0
    end = re.compile(r"[。\n;]|$").search(text.text, start)
    listed = text.printed[start : end.start()] if end else ""
    names = list(_names(listed, stated))
    is_open = bool(_SAYS.and_others.search(squeeze(listed)))
    value = stated if stated is not None else len(names) if not is_open and len(names) > 1 else None
    if value is None:
        return [], []
    printed = without_persons(text.printed[found.start() : end.start() if names and end else found.end()])
    place = text.place(found.start())
    fact = BodyFact(FACT, Decimal(value), "、".join(names) or None, printed[:_PRINTED_AT_MOST], place)
    if not names or is_open or stated is None or stated == len(names):
        return [fact], []
    reason = f"所述内设机构{stated}个,所列名称{len(names)}个,取所述的个数"
    return [fact], [Doubt(DoubtKind.FACT_DIFFERS, reason, printed=fact.printed, taken_as=str(stated), place=place)]


def _names(listed: str, stated: int | None) -> list[str]:
    """The names of a list; none where one of them does not look like an institution's."""
    pieces = list(_pieces(listed))
    if len(pieces) != stated and pieces:
        pieces = [*pieces[:-1], *_AND.split(pieces[-1])]
    return pieces if pieces and all(_SAYS.name.match(squeeze(piece)) for piece in pieces) else []


def _pieces(listed: str) -> Iterator[str]:
    depth, start = 0, 0
    for n, char in enumerate(listed):
        depth += (char in "(（") - (char in ")）")
        if char in "、,，" and depth <= 0:
            yield listed[start:n]
            start = n + 1
    if listed[start:]:
        yield listed[start:]
