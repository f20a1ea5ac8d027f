"""Says a sentence again in the language spoken: a reason that a night stored in its own language, or one that the
process that reads documents sent in English.

The sentence is a message of the catalogue with values in it. The message is found by the words between the values, and
the values that are messages themselves are said again too. A sentence that is no message stays as it is.
"""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from gettext import translation
from string import Formatter

from warehouse.base.messages import DOMAIN, FOLDER, is_chinese

JOINED = ("; ", ": ")  # between the sentences of one reason
LISTED, CHINESE_MARKS = re.compile("(, | or )"), {", ": "、", " or ": "或"}
ENGLISH, CHINESE = re.compile("[A-Za-z]{2}"), re.compile("[一-龥]")
# Letters or characters of its own that a message with values needs, so that it is told from other texts.
FEWEST_ENGLISH, FEWEST_CHINESE = 4, 2
SHORT = 4
FEW = 4  # of them: a message with no more is not looked for across several sentences
OWN = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Template:
    """A message with places for values, and the same message in the other language."""

    said: str
    other: str

    @cached_property
    def parts(self) -> list[tuple[str, str | None]]:
        return _parts(self.said)

    @cached_property
    def words(self) -> list[str]:
        return [text for text, _name in self.parts if text]

    @cached_property
    def length(self) -> int:
        return sum(len(OWN.findall(word)) for word in self.words)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        seen: set[str] = set()
        return re.compile("".join(_pattern(text, name, seen) for text, name in self.parts), re.DOTALL)

    def values_of(self, text: str) -> dict[str, str] | None:
        """The values in a text that is this message; None where it is another."""
        if not all(word in text for word in self.words):
            return None
        found = self.pattern.fullmatch(text)
        return found.groupdict() if found else None


def retold(text: str) -> str:
    """The sentence in the language spoken, as far as the catalogue knows it."""
    others = ENGLISH if is_chinese() else CHINESE
    return _retold(text, is_chinese()) if others.search(text) else text


def _retold(text: str, to_chinese: bool) -> str:
    whole, templates = _catalogue(to_chinese)
    if text in whole:
        return whole[text]
    is_one = not any(mark in text for mark in JOINED)
    for template in templates:
        values = template.values_of(text) if is_one or template.length > FEW else None
        if values is not None:
            return _filled(template.other, values, to_chinese)
    for mark in JOINED:
        first, joined, rest = text.partition(mark)
        if joined:
            return f"{_retold(first, to_chinese)}{mark}{_retold(rest, to_chinese)}"
    return _listed(text, whole) if to_chinese else text


def _listed(text: str, whole: dict[str, str]) -> str:
    """Several messages in a list, such as kinds of files; other lists stay."""
    parts = LISTED.split(text)
    names = parts[::2]
    if len(names) == 1 or not all(name in whole or name.isupper() for name in names):
        return text
    return "".join(CHINESE_MARKS.get(part) or whole.get(part, part) for part in parts)


def _filled(message: str, values: dict[str, str], to_chinese: bool) -> str:
    """What stands in quotation marks is printed so in a document, and stays."""
    said = ""
    for text, name in _parts(message):
        said += text
        if name is not None:
            said += values[name] if said.endswith("“") else _retold(values[name], to_chinese)
    return said


@cache  # one for each language; compiles some hundred patterns
def _catalogue(to_chinese: bool) -> tuple[dict[str, str], tuple[Template, ...]]:
    """The messages without values, and those with, the ones with most words of their own first."""
    chinese = translation(DOMAIN, FOLDER, ["zh"], fallback=True)
    # gettext keeps no other list of its messages.
    messages: dict[object, str] = getattr(chinese, "_catalog", {})
    pairs = [(said, other) for said, other in messages.items() if isinstance(said, str) and said]
    if not to_chinese:
        pairs = [(other, said) for said, other in reversed(pairs)]
    # A short Chinese word may be one that a document prints, such as the name of a kind of document.
    whole = {said: other for said, other in pairs if not _has_values(said) and (to_chinese or len(said) > SHORT)}
    templates = (Template(said, other) for said, other in pairs if _has_values(said))
    fewest = FEWEST_ENGLISH if to_chinese else FEWEST_CHINESE
    usable = (template for template in templates if template.length >= fewest)
    return whole, tuple(sorted(usable, key=lambda template: -template.length))


def _has_values(message: str) -> bool:
    return "{" in message and any(name for _text, name in _parts(message))


def _parts(message: str) -> list[tuple[str, str | None]]:
    try:
        return [(text, name) for text, name, _form, _conversion in Formatter().parse(message)]
    except ValueError:  # braces of another meaning
        return [(message, None)]


def _pattern(text: str, name: str | None, seen: set[str]) -> str:
    if name is None:
        return re.escape(text)
    value = f"(?P={name})" if name in seen else f"(?P<{name}>.*?)"
    seen.add(name)
    return re.escape(text) + value
