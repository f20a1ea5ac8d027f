"""The small language in which wordings are declared, made into regular expressions.

    因公出国(境)费          these characters, in either width; white space in a template means nothing
    [数]  [为|是]           may stand there, or not
    <收入|支出>             one of these
    <last_year>             a word declared in words.toml
    {final:万元}            a figure; the name is the measure it gives, behind the colon its type
    ~                       up to 30 characters of the same clause, no digit and no reason among them
    -                       up to 12 characters without digit, comma or stop
    …                       up to 80 characters of the same sentence
    ^                       (first) directly behind the topic
    @                       the topic itself: what stands before @ must be printed directly before it
    &                       what follows must come next, but is not part of it

All gaps are bounded, so that no text can make a pattern run long.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.narrative.joined import normal
from warehouse.kinds.declared import DeclarationError


@dataclass(frozen=True, slots=True)
class Language:
    """What a template may name: types of slots, gaps, and words, each with its regular expression."""

    types: Mapping[str, str]
    gaps: Mapping[str, str]
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TemplateSlot:
    group: str
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Template:
    source: str
    regex: re.Pattern[str]
    before: re.Pattern[str] | None
    anchored: bool
    slots: tuple[TemplateSlot, ...]

    @property
    def has_reason(self) -> bool:
        return any(slot.type == "因" for slot in self.slots)


def compile_template(source: str, language: Language) -> Template:
    """Raises DeclarationError naming the template and its fault."""
    before, at, rest = source.partition("@")
    if not at:
        before, rest = "", source
    anchored = bool(at) or rest.lstrip().startswith("^")
    parser = _Parser(rest.lstrip().removeprefix("^"), language)
    regex = parser.sequence("")
    behind = _Parser(before, language).sequence("") if before else None
    try:
        return Template(
            source,
            re.compile(regex),
            re.compile(rf"(?:{behind})\Z") if behind else None,
            anchored,
            tuple(parser.slots),
        )
    except re.error as error:
        raise DeclarationError(f"template {source!r}: {error}") from error


class _Parser:
    def __init__(self, source: str, language: Language):
        self.source, self.language = source, language
        self.at = 0
        self.slots: list[TemplateSlot] = []

    def sequence(self, closing: str) -> str:
        """Everything up to the closing mark, alternatives included."""
        out: list[str] = []
        looking_ahead = False
        while self.at < len(self.source) and self.source[self.at] != (closing or None):
            char = self.source[self.at]
            self.at += 1
            if char == "&":
                looking_ahead = True
                out.append("(?=")
            elif not char.isspace():
                out.append(self._element(char))
        if closing and self.at >= len(self.source):
            raise DeclarationError(f"template {self.source!r}: {closing} is missing")
        self.at += bool(closing)
        return "".join(out) + ")" * looking_ahead

    def _element(self, char: str) -> str:
        if char == "[":
            return f"(?:{self.sequence(']')})?"
        if char == "<":
            return self._choice_or_word()
        if char == "{":
            return self._slot()
        if char in "]>}":
            raise DeclarationError(f"template {self.source!r}: {char} without its opening mark")
        return "|" if char == "|" else self.language.gaps.get(char) or re.escape(normal(char))

    def _choice_or_word(self) -> str:
        end = self.source.find(">", self.at)
        name = self.source[self.at : end].strip()
        if end > 0 and name.isascii() and name.isidentifier():
            if name not in self.language.words:
                raise DeclarationError(f"template {self.source!r}: <{name}> is declared nowhere")
            self.at = end + 1
            return f"(?:{self.language.words[name]})"
        return f"(?:{self.sequence('>')})"

    def _slot(self) -> str:
        end = self.source.find("}", self.at)
        name, colon, type_ = self.source[self.at : end].partition(":")
        if end < 0 or not colon or type_ not in self.language.types:
            raise DeclarationError(f"template {self.source!r}: {{{name}:{type_}}} is no slot of a known type")
        self.at = end + 1
        slot = TemplateSlot(f"s{len(self.slots)}", name.strip(), type_)
        self.slots.append(slot)
        return f"(?P<{slot.group}>{self.language.types[type_]})"
