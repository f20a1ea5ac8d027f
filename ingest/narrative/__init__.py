"""The narrative (情况说明) of a disclosure as figures: what it states, in which words, and where.

lines → sections by their headings → stretches by topic → figures → settled, with functional codes.
The wordings are data (`patterns/*.toml`); nothing here knows a publisher.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.document import Document
from ingest.narrative.damaged_numbers import settle, table_values
from ingest.narrative.find import Found, find_figures
from ingest.narrative.kinds import KINDS, Key
from ingest.narrative.named_subjects import Subjects
from ingest.narrative.patterns import Also, patterns_of
from ingest.narrative.persons import without_persons
from ingest.narrative.sections import narrative_sections
from ingest.values.characters import squeeze
from warehouse.kinds.kind import DocumentKind
from warehouse.records.reading import Amount, Doubt, StatedFigure

__all__ = ["read_narrative", "without_persons"]

_WITH_CODES = frozenset({"budget_vs_final", "fund_budget_vs_final", "structure"})
# Only these: in a comparison with last year, its reason may compare something else in the same words.
_STATED_ONCE = KINDS.keys() - {"year_over_year", "performance_summary", "project_score", "operating_cost"}
_GENERAL, _FUND = "budget_vs_final", "fund_budget_vs_final"
_NO_SUBJECT = frozenset({"TOTAL", "all", "government_fund", "state_capital"})


_NUMBERING = re.compile(r"^(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.])+(?!\d)")
_NUMBERS = re.compile(r"-?\d[\d,.]*(?!\d*年)")
_MARKS = re.compile(r"[,.:;、。·\"-]")


def read_narrative(
    kind: DocumentKind, document: Document, amounts: Sequence[Amount] = (), fiscal_year: int | None = None
) -> tuple[tuple[StatedFigure, ...], tuple[Doubt, ...]]:
    """Every figure the narrative states, once per kind × subject × measure, and what stays doubtful.

    `amounts` prove damaged numbers and give the functional codes; `fiscal_year` tells a comparison
    with last year from one with this year's budget.
    """
    patterns = patterns_of(kind)
    chosen: dict[Key, Found] = {}
    doubts: list[Doubt] = []
    for section in narrative_sections(document, patterns.headings):
        for name in section.names:
            of_section = patterns.sections[name]
            found = find_figures(section.text, of_section, patterns, fiscal_year)
            doubts += _choose(found, chosen)
            _derive(of_section.also, chosen)
    figures, more = _settled(chosen, amounts)
    figures, unresolved = _with_codes(figures, Subjects(amounts))
    return tuple(figures), (*doubts, *more, *unresolved)


def _choose(found: Iterable[Found], chosen: dict[Key, Found]) -> Iterator[Doubt]:
    """The first statement of each figure; a doubt where the same words state another number later."""
    doubted: set[Key] = set()
    for each in found:
        first = chosen.setdefault(each.key, each)
        if each.kind in _STATED_ONCE and first.by is each.by and each.key not in doubted and _differ(first, each):
            doubted.add(each.key)
            yield _stated_twice(first, each)


def _differ(first: Found, second: Found) -> bool:
    values = [found.value.value for found in (first, second) if found.value]
    other = len(values) == 2 and None not in values and values[0] != values[1]
    return other and _words(first.printed) == _words(second.printed)


def _words(clause: str) -> str:
    """A clause without its numbering, marks and numbers: only the same words, of the same year, state the same."""
    bare = _NUMBERS.sub("", squeeze(_NUMBERING.sub("", squeeze(clause))))
    return _MARKS.sub("", bare)


def _stated_twice(first: Found, second: Found) -> Doubt:
    return Doubt(
        "stated_twice",
        f"情况说明两处所述不一:{first.value.value} 与 {second.value.value},取前者",
        row_key=first.subject,
        measure=first.measure,
        printed=second.printed[-60:],
        taken_as=str(first.value.value),
        page=second.place.page,
        line_no=second.place.line_no,
    )


def _derive(rules: Sequence[Also], chosen: dict[Key, Found]) -> None:
    for rule in rules:
        if rule.of in chosen and (rule.only_with is None or rule.only_with in chosen):
            kind, subject, measure = rule.gives
            chosen.setdefault(rule.gives, replace(chosen[rule.of], kind=kind, subject=subject, measure=measure))


def _settled(chosen: dict[Key, Found], amounts: Sequence[Amount]) -> tuple[list[StatedFigure], list[Doubt]]:
    in_tables = table_values(amounts)
    values = {key: found.value.value for key, found in chosen.items() if found.value and found.value.value is not None}
    pairs = [settle(found, values, in_tables) for found in chosen.values()]
    return [figure for figure, _ in pairs if figure], [doubt for _, doubt in pairs if doubt]


def _with_codes(figures: list[StatedFigure], subjects: Subjects) -> tuple[list[StatedFigure], list[Doubt]]:
    """Functional codes where the tables print the same names; a doubt per name that they do not."""
    if not subjects.known:
        return figures, []
    unresolved: dict[str, Doubt] = {}
    coded = []
    for figure in figures:
        code = None
        if figure.kind in _WITH_CODES and figure.subject not in _NO_SUBJECT:
            code = subjects.code_of(figure.subject)
            if code is None:
                unresolved.setdefault(figure.subject, _unresolved(figure))
        kind = _FUND if figure.kind == _GENERAL and subjects.is_of_fund(code) else figure.kind
        coded.append(replace(figure, kind=kind, functional_code=code))
    return _once(coded), list(unresolved.values())


def _once(figures: Iterable[StatedFigure]) -> list[StatedFigure]:
    return list({(figure.kind, figure.subject, figure.measure): figure for figure in reversed(list(figures))}.values())[
        ::-1
    ]


def _unresolved(figure: StatedFigure) -> Doubt:
    return Doubt(
        "subject_unresolved",
        "情况说明所称科目与决算表所印科目名称不能一一对应,未关联科目编码",
        row_key=figure.subject,
        printed=figure.printed[:60],
        page=figure.page,
        line_no=figure.line_no,
    )
