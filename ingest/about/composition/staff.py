"""How many persons a body may employ, employs, and has retired, as sentences and tables print it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest.about.composition.declared import FactDeclared, composition_words
from ingest.about.composition.part import Passage
from ingest.about.composition.staff_tables import staff_in_table
from ingest.narrative.joined import Joined
from ingest.narrative.persons import without_persons
from ingest.values.whole_numbers import whole_number
from warehouse.kinds.characters import comparable
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import BodyFact, DepartmentUnit, Doubt

_SAYS = composition_words().staff
_PRINTED_AT_MOST = 200
_SENTENCE_ENDS = ("。", "\n")


def staff(passages: Sequence[Passage], units: Sequence[DepartmentUnit]) -> tuple[list[BodyFact], list[Doubt]]:
    """A fact that is printed with one number; a doubt, and no fact, where it is printed with several."""
    parts = [unit.body for unit in units if not unit.is_head_office]
    parts += [_SAYS.head_office] if parts else []
    printed: dict[str, list[BodyFact]] = defaultdict(list)
    for passage in passages:
        for fact in _in_text(passage, parts) if isinstance(passage, Joined) else staff_in_table(passage):
            printed[fact.fact].append(fact)
    facts = {name: found[0] for name, found in printed.items() if len({fact.value for fact in found}) == 1}
    differing = [_differs(found) for name, found in printed.items() if name not in facts]
    return list(facts.values()), [*differing, *_more_than_total(facts)]


def _in_text(text: Joined, parts: Sequence[str]) -> Iterator[BodyFact]:
    return (fact for declared in _SAYS.facts for fact in _printed(text, declared, parts))


def _printed(text: Joined, declared: FactDeclared, parts: Sequence[str]) -> Iterator[BodyFact]:
    for pattern in declared.texts:
        for found in pattern.finditer(text.text):
            sentence = _sentence(text, found)
            number = whole_number(found["n"])
            if number is not None and not _is_of_others(text.text[sentence : found.start()], parts):
                said = without_persons(text.printed[sentence : found.end()])[-_PRINTED_AT_MOST:]
                yield BodyFact(declared.fact, Decimal(number), None, said, text.place(found.start()))


def _sentence(text: Joined, found: re.Match[str]) -> int:
    """Where the sentence begins that a number stands in."""
    return max(text.text.rfind(mark, 0, found.start()) for mark in _SENTENCE_ENDS) + 1


def _is_of_others(before: str, parts: Sequence[str]) -> bool:
    """Another year, or a unit below the department."""
    said = comparable(before)
    return bool(_SAYS.not_ours.search(said) or _SAYS.of_a_part.search(said)) or any(part in said for part in parts)


def _differs(found: Sequence[BodyFact]) -> Doubt:
    numbers = "、".join(dict.fromkeys(str(fact.value) for fact in found))
    reason = f"同一项人员数目印有{numbers}人,未入库"
    return Doubt(DoubtKind.FACT_DIFFERS, reason, row_key=found[0].fact, printed=found[0].printed, place=found[0].place)


def _more_than_total(facts: dict[str, BodyFact]) -> Iterator[Doubt]:
    for declared in _SAYS.sums:
        total = facts.get(declared.total)
        parts = [facts[name] for name in declared.parts if name in facts]
        summed = sum((part.value for part in parts if part.value is not None), Decimal(0))
        if total and total.value is not None and summed > total.value:
            reason = f"所述合计{total.value}人,其中各项之和{summed}人"
            yield Doubt(DoubtKind.FACT_DIFFERS, reason, row_key=total.fact, printed=total.printed, place=total.place)
