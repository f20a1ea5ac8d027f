"""The narrative (情况说明) of a disclosure as figures: what it states, in which words, and where.

lines → sections by their headings → passages by topic → figures → damaged numbers proved → functional codes.
The wordings are declared in the folder `narrative` of a kind of document.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.document import Document
from ingest.narrative.damaged_numbers import figure_and_doubt, table_values
from ingest.narrative.figures import FigureRatio, Figures, Key
from ingest.narrative.find import FoundFigure, find_figures
from ingest.narrative.patterns import Also, patterns_of
from ingest.narrative.persons import is_name, without_persons
from ingest.narrative.sections import narrative_sections
from ingest.narrative.subject_codes import SubjectCodes
from warehouse.kinds.characters import squeeze
from warehouse.kinds.kind import DocumentKind
from warehouse.records.doubts import DoubtKind
from warehouse.records.keys import key_of
from warehouse.records.reading import Amount, Doubt, StatedFigure

__all__ = ["is_name", "read_narrative", "without_persons"]

_NUMBERING = re.compile(r"^(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.])+(?!\d)")
_NUMBERS = re.compile(r"-?\d[\d,.]*(?!\d*年)")
_MARKS = re.compile(r"[,.:;、。·\"-]")


def read_narrative(
    kind: DocumentKind, document: Document, amounts: Sequence[Amount] = (), fiscal_year: int | None = None
) -> tuple[tuple[StatedFigure, ...], tuple[Doubt, ...]]:
    """Every figure the narrative states, once per kind × subject × measure, and what stays doubtful.

    `amounts` prove damaged numbers and give the functional codes; `fiscal_year` tells a comparison
    with last year from one with this year's budget. A kind without a narrative states nothing.
    """
    patterns = patterns_of(kind)
    if patterns is None:
        return (), ()
    chosen: dict[Key, FoundFigure] = {}
    doubts: list[Doubt] = []
    for section in narrative_sections(document, patterns.headings):
        for name in section.names:
            of_section = patterns.sections[name]
            found = find_figures(section.text, of_section, patterns.beside, fiscal_year)
            doubts += _choose(found, chosen, patterns.asked)
            _derive(of_section.also, chosen)
    figures, more = _proved(chosen, amounts, patterns.asked.ratios)
    figures, unresolved = _with_codes(figures, SubjectCodes(amounts, patterns.asked.subjects), patterns.asked, kind)
    return tuple(figures), (*doubts, *more, *unresolved)


def _choose(found: Iterable[FoundFigure], chosen: dict[Key, FoundFigure], asked: Figures) -> Iterator[Doubt]:
    """The first statement of each figure; a doubt where the same words state another number later."""
    doubted: set[Key] = set()
    for each in found:
        first = chosen.setdefault(each.key, each)
        is_once = asked.kinds[each.kind].is_stated_once and first.by is each.by
        if is_once and each.key not in doubted and _differ(first, each):
            doubted.add(each.key)
            yield _stated_twice(first, each)


def _differ(first: FoundFigure, second: FoundFigure) -> bool:
    values = [found.value.value for found in (first, second) if found.value]
    other = len(values) == 2 and None not in values and values[0] != values[1]
    return other and _words(first.printed) == _words(second.printed)


def _words(clause: str) -> str:
    """A clause without its numbering, marks and numbers: only the same words, of the same year, state the same."""
    bare = _NUMBERS.sub("", squeeze(_NUMBERING.sub("", squeeze(clause))))
    return _MARKS.sub("", bare)


def _stated_twice(first: FoundFigure, second: FoundFigure) -> Doubt:
    assert first.value and second.value  # else they would not differ
    return Doubt(
        DoubtKind.STATED_TWICE,
        f"情况说明两处所述不一:{first.value.value} 与 {second.value.value},取前者",
        row_key=first.subject,
        measure=first.measure,
        printed=second.printed[-60:],
        taken_as=str(first.value.value),
        place=second.place,
    )


def _derive(rules: Sequence[Also], chosen: dict[Key, FoundFigure]) -> None:
    for rule in rules:
        if rule.of in chosen and (rule.only_with is None or rule.only_with in chosen):
            kind, subject, measure = rule.gives
            chosen.setdefault(rule.gives, replace(chosen[rule.of], kind=kind, subject=subject, measure=measure))


def _proved(
    chosen: dict[Key, FoundFigure], amounts: Sequence[Amount], ratios: Sequence[FigureRatio]
) -> tuple[list[StatedFigure], list[Doubt]]:
    in_tables = table_values(amounts)
    values = {key: found.value.value for key, found in chosen.items() if found.value and found.value.value is not None}
    pairs = [figure_and_doubt(found, values, in_tables, ratios) for found in chosen.values()]
    return [figure for figure, _ in pairs if figure], [doubt for _, doubt in pairs if doubt]


def _with_codes(
    figures: list[StatedFigure], subjects: SubjectCodes, asked: Figures, kind: DocumentKind
) -> tuple[list[StatedFigure], list[Doubt]]:
    """Functional codes where the tables print the same names; a doubt per name that they do not."""
    if not subjects.known:
        return figures, []
    unresolved: dict[str, Doubt] = {}
    coded = []
    for figure in figures:
        code, of_kind = None, asked.kinds[figure.kind]
        if of_kind.has_codes and figure.subject not in asked.subjects.none:
            code = subjects.code_of(figure.subject)
            if code is None:
                unresolved.setdefault(figure.subject, _unresolved(figure, kind))
        name = of_kind.of_fund if of_kind.of_fund and subjects.is_of_fund(code) else figure.kind
        coded.append(replace(figure, kind=name, functional_code=code))
    return _once(coded), list(unresolved.values())


def _once(figures: Sequence[StatedFigure]) -> list[StatedFigure]:
    """The first of those that became the same figure."""
    return list({key_of(figure): figure for figure in reversed(figures)}.values())[::-1]


def _unresolved(figure: StatedFigure, kind: DocumentKind) -> Doubt:
    return Doubt(
        DoubtKind.SUBJECT_UNRESOLVED,
        f"情况说明所称科目与{kind.label}表所印科目名称不能一一对应,未关联科目编码",
        row_key=figure.subject,
        printed=figure.printed[:60],
        place=figure.place,
    )
