"""Patterns looked for in a section: topics cut it into passages, figures are read within a passage."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.narrative.figures import Key
from ingest.narrative.joined import Joined
from ingest.narrative.patterns import Beside, FigurePattern, SectionPatterns, Topic
from ingest.narrative.persons import without_persons
from ingest.narrative.template import Template, TemplateSlot
from ingest.narrative.values import Value, read_value
from warehouse.kinds.characters import name_of
from warehouse.records.places import Place

_BEFORE_TOPIC = 60  # characters in which the words before @ must stand
_PRINTED_AT_MOST = 200
_IN_BRACKETS = 400  # characters in which the other bracket must stand
_REASON_BEYOND = 800  # characters that a reason may run on beyond its passage
_OPENING = re.compile(r"^(?:[一二三四五六七八九十\d]{1,3}[)、.])+")
_NOT_VALUES = frozenset({"subject", "_"})


@dataclass(frozen=True, slots=True)
class Passage:
    """From one topic's words to the next topic's."""

    topic: Topic
    subject: str
    start: int
    after: int
    end: int


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """One figure as read; a damaged number is not proved yet."""

    kind: str
    subject: str
    measure: str
    value: Value | None
    text: str | None
    printed: str
    place: Place
    by: FigurePattern | None = None

    @property
    def key(self) -> Key:
        return self.kind, self.subject, self.measure


def find_figures(
    joined: Joined, section: SectionPatterns, beside: Beside, fiscal_year: int | None
) -> Iterator[FoundFigure]:
    """All figures of a section, those of the first declared pattern first; a key may come twice."""
    passages = list(_passages(joined, section.topics))
    for pattern in section.figures:
        hits = [(hit, template) for template in pattern.texts for hit in _matches(joined, pattern, template, passages)]
        for (match, subject), template in sorted(hits, key=lambda each: each[0][0].start()):
            if not _compares_itself(match[0], beside.compared_year, fiscal_year):
                yield from _read(joined, pattern, template, match, subject, beside)


def _matches(
    joined: Joined, pattern: FigurePattern, template: Template, passages: Sequence[Passage]
) -> Iterator[tuple[re.Match[str], str | None]]:
    if not pattern.topics:
        for match in template.regex.finditer(joined.text):
            yield match, pattern.subject
        return
    for passage in passages:
        if passage.topic.name in pattern.topics:
            within = _match_within(joined.text, template, passage)
            if within:
                yield within, pattern.subject or passage.subject


def _match_within(text: str, template: Template, passage: Passage) -> re.Match[str] | None:
    """A reason may run on beyond its passage: it may name other topics."""
    if template.before and not template.before.search(text[max(0, passage.start - _BEFORE_TOPIC) : passage.start]):
        return None
    end = passage.end + _REASON_BEYOND if template.has_reason else passage.end
    look = template.regex.match if template.anchored else template.regex.search
    match = look(text, passage.after, end)
    return match if match and match.start() < passage.end else None


def _compares_itself(text: str, compared_year: re.Pattern[str], fiscal_year: int | None) -> bool:
    """与2024年…相比 in the accounts of 2024: a comparison with this year's budget, not with last year."""
    years = {int(year) for year in compared_year.findall(text)}
    return fiscal_year is not None and fiscal_year in years


def _passages(joined: Joined, topics: Sequence[Topic]) -> Iterator[Passage]:
    """What a bracket says of parts ends with it: behind it the topic before the bracket goes on."""
    text = joined.text
    hits = list(_topic_hits(text, topics))
    for n, (topic, match, template) in enumerate(hits):
        end = hits[n + 1][1].start() if n + 1 < len(hits) else len(text)
        bracket = _bracket_around(text, match.start())
        parts_end = bracket[1] if bracket else end
        passage = Passage(
            topic, _subject(joined, topic, match, template), match.start(), match.end(), min(end, parts_end)
        )
        if _counts(passage, text):
            yield passage
        outer = [hit for hit in hits[:n] if bracket and hit[1].start() < bracket[0]]
        if outer and parts_end < end:
            topic, match, template = outer[-1]
            beyond = Passage(topic, _subject(joined, topic, match, template), parts_end, parts_end + 1, end)
            if _counts(beyond, text):
                yield beyond


def _counts(passage: Passage, text: str) -> bool:
    needed = passage.topic.only_with
    return not needed or any(word in text[passage.after : passage.end] for word in needed)


def _bracket_around(text: str, at: int) -> tuple[int, int] | None:
    """The places of the innermost brackets around a place, in one line."""
    line = text.rfind("\n", 0, at) + 1
    opening = _unmatched(text[max(line, at - _IN_BRACKETS) : at][::-1], ")", "(")
    closing = _unmatched(text[at : at + _IN_BRACKETS].partition("\n")[0], "(", ")")
    return None if opening is None or closing is None else (at - 1 - opening, at + closing)


def _unmatched(text: str, opens: str, closes: str) -> int | None:
    """Where the first bracket stands that closes none of `text`."""
    depth = 0
    for n, mark in enumerate(text):
        depth += (mark == opens) - (mark == closes)
        if depth < 0:
            return n
    return None


def _topic_hits(text: str, topics: Sequence[Topic]) -> Iterator[tuple[Topic, re.Match[str], Template]]:
    """Non-overlapping, leftmost first; at one place the words declared first."""
    words = [(topic, template) for topic in topics for template in topic.words]
    searched = {n: template.regex.search(text) for n, (_, template) in enumerate(words)}
    while nexts := {n: match for n, match in searched.items() if match}:
        first = min(nexts, key=lambda n: (nexts[n].start(), n))
        match = nexts[first]
        yield words[first][0], match, words[first][1]
        at = max(match.end(), match.start() + 1)
        for n in [n for n, each in nexts.items() if each.start() < at]:
            searched[n] = words[n][1].regex.search(text, at)


def _subject(joined: Joined, topic: Topic, match: re.Match[str], template: Template) -> str:
    if topic.subject is not None:
        return topic.subject
    names = (_name(joined, match, slot) for slot in template.slots if slot.name not in _NOT_VALUES)
    return "/".join(name for name in names if name)


def _name(joined: Joined, match: re.Match[str], slot: TemplateSlot) -> str:
    start, end = match.span(slot.group)
    name = _OPENING.sub("", name_of(joined.printed[start:end])).strip('"“”')
    return without_persons(name) if slot.type == "项目名" else name


def _read(
    joined: Joined,
    pattern: FigurePattern,
    template: Template,
    match: re.Match[str],
    subject: str | None,
    beside: Beside,
) -> Iterator[FoundFigure]:
    named = [_name(joined, match, slot) for slot in template.slots if slot.name == "subject"]
    subject = named[0] if named else subject
    for slot in template.slots:
        start, end = match.span(slot.group)
        if start >= 0 and slot.name not in _NOT_VALUES and subject is not None:
            value, text = _value_or_text(joined, slot, start, end, beside)
            printed = _clause(joined, start, _with_purpose(joined, end, beside) if slot.name == "final" else end)
            yield FoundFigure(pattern.kind, subject, slot.name, value, text, printed, joined.place(start), pattern)


def _value_or_text(
    joined: Joined, slot: TemplateSlot, start: int, end: int, beside: Beside
) -> tuple[Value | None, str | None]:
    if slot.type == "因":
        return None, without_persons("".join(joined.printed[start:end].split()).rstrip("。;；"))
    return read_value(joined, start, end, slot.type, beside.down), None


def _with_purpose(joined: Joined, end: int, beside: Beside) -> int:
    """What a final figure was 用于 belongs to it: the checks hold the projects named there against it."""
    found = beside.purpose.match(joined.text, end)
    return found.end() if found else end


def _clause(joined: Joined, start: int, end: int) -> str:
    """The sentence up to the figure, as printed, no longer than fits a record."""
    begin = max(joined.text.rfind(mark, 0, start) for mark in ("。", "\n", ";")) + 1
    begin = max(begin, min(start, end - _PRINTED_AT_MOST), 0)
    return without_persons(joined.with_blanks(begin, min(end, begin + _PRINTED_AT_MOST)))[:_PRINTED_AT_MOST]
