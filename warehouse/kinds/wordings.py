"""What publishers print in documents of every kind: the files in the folder `common`, each checked when it is read.

Texts are compared squeezed, names of headings and rows as `characters.comparable` makes them.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator

from warehouse.kinds.declared import DeclarationError, Declared, checked, headings, read_toml

FOLDER = Path(__file__).resolve().parent / "common"
PARTS = "parts"  # of a file: expressions that others in it refer to as <<name>>
Pattern = re.Pattern[str]
Names = Annotated[frozenset[str], AfterValidator(headings)]
D = TypeVar("D", bound=Declared)
_REFERENCE = re.compile(r"<<(\w+)>>")


class Titles(Declared):
    """How a title names body, year, kind and scope; made for the kinds of document that are looked for."""

    titles: tuple[Pattern, ...]
    another: Pattern
    ends_in_kind: Pattern
    ends_a_title: Pattern
    runs_over_pages: Pattern


class Documents(Declared):
    """What stands on covers, above tables and in headings, whatever the kind of the document."""

    year_in_chinese: Pattern
    chinese_digits: str
    prose: Pattern
    sentence_begins: Pattern
    labelled: Pattern
    prose_ends: Pattern
    numbered: Pattern
    noise_before: Pattern
    noise_behind: Pattern
    scope_behind_body: Pattern
    no_body: Pattern
    caption: Pattern
    caption_year: Pattern
    first_part: Pattern
    contents: Pattern
    published: Pattern
    part: Pattern
    title: Pattern
    heading: Pattern
    sentence: Pattern
    page_number: Pattern


@cache
def documents() -> Documents:
    """Raises DeclarationError."""
    return read_wordings(FOLDER / "documents.toml", Documents)


@cache
def titles_of(words: tuple[str, ...]) -> Titles:
    """`words` are those that name a kind of document: 决算, 预算. Raises DeclarationError."""
    longest_first = sorted(map(re.escape, words), key=lambda word: (-len(word), word))
    return read_wordings(FOLDER / "titles.toml", Titles, {"kinds": "|".join(longest_first)})


def read_wordings(path: Path, model: type[D], given: Mapping[str, str] | None = None) -> D:
    """The file as `model`, with <<name>> replaced by what `given` or its own parts say.

    Raises DeclarationError naming file, key and fault.
    """
    raw = read_toml(path)
    parts = dict(given or {}) | raw.pop(PARTS, {})
    return checked(_filled(raw, parts, path.name), model, path.name)


def _filled(value: Any, parts: Mapping[str, str], where: str) -> Any:
    if isinstance(value, dict):
        return {key: _filled(each, parts, where) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, parts, where) for each in value]
    return _with_parts(value, parts, where) if isinstance(value, str) else value


def _with_parts(text: str, parts: Mapping[str, str], where: str, within: tuple[str, ...] = ()) -> str:
    def part(found: re.Match[str]) -> str:
        name = found[1]
        if name not in parts or name in within:
            fault = "refers to itself" if name in within else f"is none of {', '.join(sorted(parts)) or 'no parts'}"
            raise DeclarationError(f"{where}: <<{name}>> {fault}")
        return _with_parts(parts[name], parts, where, (*within, name))

    return _REFERENCE.sub(part, text)
