"""What the narrative says and in which words, read from the folder `narrative` of a kind and checked when loaded.

`figures.toml` says what is asked for, `headings.toml` which heading opens which section, `words.toml` holds words
used by many templates; every other file is one section. A new province's wording is one more template there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import Field

from ingest.narrative.figures import Figures, Key, read_figures
from ingest.narrative.template import Language, Template, compile_template
from ingest.narrative.words import BesideDeclared, WordsDeclared, any_of, language_of
from warehouse.kinds.declared import DeclarationError, Declared, read_declaration
from warehouse.kinds.kind import DocumentKind

NOT_SECTIONS = ("figures.toml", "headings.toml", "words.toml")
_NO_MEASURE = {"subject", "_"}


class TopicDeclared(Declared):
    name: str
    words: tuple[str, ...] = Field(min_length=1)
    subject: str | None = None
    only_with: tuple[str, ...] = ()


class FigureDeclared(Declared):
    kind: str
    texts: tuple[str, ...] = Field(min_length=1)
    subject: str | None = None
    topics: frozenset[str] = frozenset()


class AlsoDeclared(Declared):
    """Each a kind, subject and measure with blanks between them."""

    of: str
    gives: str
    only_with: str | None = None


class SectionDeclared(Declared):
    section: str
    figure: tuple[FigureDeclared, ...] = Field(min_length=1)
    topic: tuple[TopicDeclared, ...] = ()
    also: tuple[AlsoDeclared, ...] = ()


class HeadingDeclared(Declared):
    sections: tuple[str, ...] = Field(min_length=1)
    says: tuple[str, ...] = Field(min_length=1)


class OtherDeclared(Declared):
    """Words of what is no section of the narrative, and of headings that are not known."""

    parts: tuple[str, ...] = Field(min_length=1)
    glossary: tuple[str, ...] = Field(min_length=1)
    begins: tuple[str, ...] = ()
    parts_are_sections: bool = False
    tables: tuple[str, ...] = Field(min_length=1)
    ends_surely: tuple[str, ...] = Field(min_length=1)
    ends_perhaps: tuple[str, ...] = Field(min_length=1)


class HeadingsDeclared(Declared):
    heading: tuple[HeadingDeclared, ...] = Field(min_length=1)
    other: OtherDeclared


@dataclass(frozen=True, slots=True)
class Topic:
    """What a passage is about. Without `subject` the names in its words are the subject."""

    name: str
    subject: str | None
    words: tuple[Template, ...]
    only_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FigurePattern:
    """Figures of one kind. `topics` empty: looked for in the whole section."""

    kind: str
    subject: str | None  # None: the topic's, or the slot {subject:…}
    topics: frozenset[str]
    texts: tuple[Template, ...]


@dataclass(frozen=True, slots=True)
class Also:
    """A figure that is at the same time another one, perhaps only where a third is stated."""

    of: Key
    gives: Key
    only_with: Key | None = None


@dataclass(frozen=True, slots=True)
class SectionPatterns:
    name: str
    topics: tuple[Topic, ...] = ()
    figures: tuple[FigurePattern, ...] = ()
    also: tuple[Also, ...] = ()


@dataclass(frozen=True, slots=True)
class HeadingPattern:
    sections: tuple[str, ...]
    says: tuple[Template, ...]


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of the sections, and how other parts and unknown headings are told."""

    known: tuple[HeadingPattern, ...]
    other_part: re.Pattern[str]
    glossary: re.Pattern[str]
    parts_are_sections: bool  # 第五部分 opens a section as 五、 does
    begins: tuple[str, ...]  # the narrative, behind a part that is none of it
    ends_perhaps: re.Pattern[str]
    ends_surely: tuple[str, ...]
    of_tables: tuple[str, ...]

    def sections_of(self, title: str) -> tuple[str, ...] | None:
        """Those that a heading opens; None where it is not known."""
        for heading in self.known:
            if any(template.regex.search(title) for template in heading.says):
                return heading.sections
        return None


@dataclass(frozen=True, slots=True)
class Beside:
    """What is looked for beside the figures themselves."""

    down: tuple[str, ...]
    purpose: re.Pattern[str]
    compared_year: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Patterns:
    asked: Figures
    headings: Headings
    sections: Mapping[str, SectionPatterns]
    beside: Beside


@cache  # made once per kind
def patterns_of(kind: DocumentKind) -> Patterns | None:
    """All declarations of a kind; None of a kind without a narrative. Raises DeclarationError."""
    folder = kind.folder / "narrative"
    if not folder.is_dir():
        return None
    patterns = read_patterns(folder)
    for code in sorted(patterns.asked.subjects.tables):
        if not kind.has(code):
            raise DeclarationError(f"figures.toml: subjects names {code}, which is no table of {kind.name}")
    return patterns


def read_patterns(folder: Path) -> Patterns:
    """All declarations of a folder. Raises DeclarationError naming file, key and fault."""
    asked = read_figures(folder / "figures.toml")
    words = read_declaration(folder / "words.toml", WordsDeclared)
    with _named("words.toml"):
        language = language_of(words)
    paths = [path for path in sorted(folder.glob("*.toml")) if path.name not in NOT_SECTIONS]
    sections = {section.name: section for section in (_section(path, language, asked) for path in paths)}
    headings = _headings(folder / "headings.toml", language, sections)
    return Patterns(asked, headings, sections, _beside(words.beside, words.directions.down))


@contextmanager
def _named(file: str) -> Iterator[None]:
    """A fault of a template is one of the file that declares it."""
    try:
        yield
    except DeclarationError as error:
        raise DeclarationError(f"{file}: {error}") from error


def _compiled(sources: Iterable[str], language: Language) -> tuple[Template, ...]:
    return tuple(compile_template(source, language) for source in sources)


def _beside(declared: BesideDeclared, down: tuple[str, ...]) -> Beside:
    purpose = rf"[^。;\n]{{0,40}}{declared.purpose}[^。;\n]{{1,120}}"
    compared_year = rf"(?:{any_of(declared.compared_with)})(20\d\d)年"
    return Beside(down, re.compile(purpose), re.compile(compared_year))


def _headings(path: Path, language: Language, sections: Mapping[str, SectionPatterns]) -> Headings:
    declared = read_declaration(path, HeadingsDeclared)
    for entry in declared.heading:
        for name in sorted(set(entry.sections) - sections.keys()):
            raise DeclarationError(f"{path.name}: heading says {entry.says[0]}: there is no section {name}")
    other = declared.other
    with _named(path.name):
        known = tuple(HeadingPattern(entry.sections, _compiled(entry.says, language)) for entry in declared.heading)
    return Headings(
        known,
        re.compile(any_of(other.parts)),
        re.compile(any_of(other.glossary)),
        other.parts_are_sections,
        other.begins,
        re.compile(rf"(?:{any_of(other.ends_perhaps)})$"),
        other.ends_surely,
        other.tables,
    )


def _section(path: Path, language: Language, asked: Figures) -> SectionPatterns:
    declared = read_declaration(path, SectionDeclared)
    with _named(path.name):
        section = SectionPatterns(
            declared.section,
            tuple(
                Topic(one.name, one.subject, _compiled(one.words, language), one.only_with) for one in declared.topic
            ),
            tuple(
                FigurePattern(one.kind, one.subject, one.topics, _compiled(one.texts, language))
                for one in declared.figure
            ),
            tuple(_also(one) for one in declared.also),
        )
    for fault in _faults(section, asked):
        raise DeclarationError(f"{path.name}: {fault}")
    return section


def _also(declared: AlsoDeclared) -> Also:
    only_with = _key(declared.only_with) if declared.only_with else None
    return Also(_key(declared.of), _key(declared.gives), only_with)


def _key(text: str) -> Key:
    match text.split():
        case [kind, subject, measure]:
            return kind, subject, measure
    raise DeclarationError(f"also: {text!r} is no kind, subject and measure")


def _faults(section: SectionPatterns, asked: Figures) -> Iterator[str]:
    topics = {topic.name for topic in section.topics}
    for figure in section.figures:
        yield from _figure_faults(figure, topics, asked)
    for also in section.also:
        for key in filter(None, (also.of, also.gives, also.only_with)):
            if not asked.has(key[0], key[2]):
                yield f"also: {' '.join(key)!r} is no kind, subject and measure"


def _figure_faults(figure: FigurePattern, topics: set[str], asked: Figures) -> Iterator[str]:
    if figure.kind not in asked.kinds:
        yield f"figure: {figure.kind!r} is no kind of figures.toml"
        return
    for name in sorted(figure.topics - topics):
        yield f"figure names topic {name}, which is not declared"
    for template in figure.texts:
        names = {slot.name for slot in template.slots}
        for name in sorted(names - _NO_MEASURE - asked.kinds[figure.kind].measures):
            yield f"{name} is no measure of {figure.kind} ({template.source})"
        if figure.subject is None and not figure.topics and "subject" not in names:
            yield f"a figure of kind {figure.kind} has neither subject nor topics ({template.source})"
