"""What the narrative says and in which words, read from the folder `narrative` of a kind and checked when loaded.

`headings.toml` says which heading opens which section, `words.toml` holds words used by many
templates; every other file is one section. A new province's wording is one more template there.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.narrative.kinds import KINDS, Key
from ingest.narrative.template import Template, compile_template, slot_types
from warehouse.kinds.declared import DeclarationError
from warehouse.kinds.kind import DocumentKind

NOT_SECTIONS = ("headings.toml", "words.toml")
_NO_MEASURE = {"subject", "_"}
_KEYS = {"section": {"section", "topic", "figure", "also"}, "topic": {"name", "subject", "words", "only_with"},
         "figure": {"kind", "subject", "topics", "texts"}, "also": {"of", "gives", "only_with"}}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Topic:
    """What a stretch of text is about. Without `subject` the names in its words are the subject."""

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
class Heading:
    sections: tuple[str, ...]
    says: tuple[Template, ...]


@dataclass(frozen=True, slots=True)
class Patterns:
    headings: tuple[Heading, ...]
    sections: Mapping[str, SectionPatterns]
    up: tuple[str, ...]
    down: tuple[str, ...]


@cache
def patterns_of(kind: DocumentKind) -> Patterns:
    """All declarations of a kind. Raises DeclarationError naming file and fault."""
    return read_patterns(kind.folder / "narrative")


def read_patterns(folder: Path) -> Patterns:
    """All declarations of a folder. Raises DeclarationError naming file and fault."""
    language, raw_words = _language(folder / "words.toml")
    sections = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name not in NOT_SECTIONS:
            section = _section(path, language)
            sections[section.name] = section
    headings = _headings(folder / "headings.toml", language, sections)
    directions = raw_words["directions"]
    return Patterns(headings, sections, tuple(directions["up"]), tuple(directions["down"]))


class _Language:
    """Words and slot types, for compiling the templates of one folder."""

    def __init__(self, words: dict[str, str], types: dict[str, str]):
        self.words, self.types = words, types

    def templates(self, sources: list[str], where: str) -> tuple[Template, ...]:
        try:
            return tuple(compile_template(source, self.words, self.types) for source in sources)
        except DeclarationError as error:
            raise DeclarationError(f"{where}: {error}") from error


def _read(path: Path) -> dict:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DeclarationError(f"{path.name}: {error}") from error


def _language(path: Path) -> tuple[_Language, dict]:
    raw = _read(path)
    for key in ("directions", "words"):
        if key not in raw:
            raise DeclarationError(f"{path.name}: [{key}] is missing")
    types = slot_types(*("|".join(raw["directions"][way]) for way in ("up", "down")))
    words = dict(raw.get("regex", {}))
    for name, source in raw["words"].items():
        words[name] = compile_template(source, words, types).regex.pattern
    return _Language(words, types), raw


def _headings(path: Path, language: _Language, sections: Mapping[str, SectionPatterns]) -> tuple[Heading, ...]:
    headings = []
    for entry in _read(path).get("heading", ()):
        for name in entry["sections"]:
            if name not in sections:
                raise DeclarationError(f"{path.name}: there is no section {name}")
        headings.append(Heading(tuple(entry["sections"]), language.templates(entry["says"], path.name)))
    if not headings:
        raise DeclarationError(f"{path.name}: it declares no heading")
    return tuple(headings)


def _section(path: Path, language: _Language) -> SectionPatterns:
    raw = _read(path)
    for fault in _faults(raw):
        raise DeclarationError(f"{path.name}: {fault}")
    topics = tuple(
        Topic(
            topic["name"],
            topic.get("subject"),
            language.templates(topic["words"], path.name),
            tuple(topic.get("only_with", ())),
        )
        for topic in raw.get("topic", ())
    )
    figures = tuple(
        FigurePattern(
            figure["kind"],
            figure.get("subject"),
            frozenset(figure.get("topics", ())),
            language.templates(figure["texts"], path.name),
        )
        for figure in raw["figure"]
    )
    for figure in figures:
        for fault in _figure_faults(figure, {topic.name for topic in topics}):
            raise DeclarationError(f"{path.name}: {fault}")
    return SectionPatterns(raw["section"], topics, figures, tuple(_also(raw, path)))


def _faults(raw: dict) -> Iterator[str]:
    for key in ("section", "figure"):
        if key not in raw:
            yield f"{key} is missing"
    for level in ("section", "topic", "figure", "also"):
        for entry in [raw] if level == "section" else raw.get(level, ()):
            for key in sorted(entry.keys() - _KEYS[level]):
                yield f"unknown key {key} in {level}"
    for figure in raw.get("figure", ()):
        if figure.get("kind") not in KINDS:
            yield f"{figure.get('kind')!r} is no kind of figure"
        if not figure.get("texts"):
            yield f"a figure of kind {figure.get('kind')} has no texts"


def _figure_faults(figure: FigurePattern, topics: set[str]) -> Iterator[str]:
    for name in sorted(figure.topics - topics):
        yield f"figure names topic {name}, which is not declared"
    for template in figure.texts:
        names = {slot.name for slot in template.slots}
        for name in sorted(names - _NO_MEASURE - KINDS[figure.kind]):
            yield f"{name} is no measure of {figure.kind} ({template.source})"
        if figure.subject is None and not figure.topics and "subject" not in names:
            yield f"a figure of kind {figure.kind} has neither subject nor topics ({template.source})"


def _also(raw: dict, path: Path) -> Iterator[Also]:
    for entry in raw.get("also", ()):
        keys = {name: tuple(text.split()) for name, text in entry.items()}
        for name, key in keys.items():
            if len(key) != 3 or key[2] not in KINDS.get(key[0], ()):
                raise DeclarationError(f"{path.name}: {name} = {' '.join(key)!r} is no kind, subject and measure")
        yield Also(keys["of"], keys["gives"], keys.get("only_with"))
