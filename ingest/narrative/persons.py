"""Named persons and telephone numbers in a sentence are not analysts' data: they are masked."""

import re
from collections.abc import Iterator
from functools import cache

from ingest.narrative.words import any_of
from warehouse.kinds.declared import Declared, read_declaration
from warehouse.kinds.wordings import FOLDER

_PERSON, _NUMBER = "某", "＊"
_Mask = tuple[re.Pattern[str], str]  # what is masked, and what stands instead


class PersonsDeclared(Declared):
    """`surnames` and `also_words` one character each; `also_words` are those that are words as well."""

    surnames: str
    also_words: str
    double: tuple[str, ...]
    behind: tuple[str, ...]
    counted: tuple[str, ...]
    titles: tuple[str, ...]
    ends_title: tuple[str, ...]
    ends_clause: tuple[str, ...]
    telephones: tuple[str, ...]


def without_persons(text: str) -> str:
    """The text with persons' names as 某 and telephone numbers as ＊, where they clearly are such."""
    for pattern, instead in _masks():
        text = pattern.sub(instead, text)
    return text


def is_name(text: str) -> bool:
    """Whether a text without blanks is nothing but a name, or several."""
    return bool(_only_names().fullmatch(text))


@cache  # read once per process
def _declared() -> PersonsDeclared:
    return read_declaration(FOLDER / "persons.toml", PersonsDeclared)


@cache  # compiled once per process
def _only_names() -> re.Pattern[str]:
    name = _name(_declared(), _declared().surnames)
    return re.compile(rf"{name}(?:[、,，;；/]?{name})*")


@cache  # compiled once per process
def _masks() -> tuple[_Mask, ...]:
    return (*_names(_declared()), *_telephones(_declared()))


def _names(declared: PersonsDeclared) -> Iterator[_Mask]:
    sure = "".join(char for char in declared.surnames if char not in declared.also_words)
    name, sure_name = _name(declared, declared.surnames), _name(declared, sure)
    some = rf"[一二三四五六七八九十两\d]{{1,3}}(?:{any_of(declared.counted)})"
    yield re.compile(rf"{name}(?={any_of(declared.behind)}|等{some})"), _PERSON
    yield re.compile(rf"(?<=[（(、,，。;；:：因]){sure_name}(?={any_of(declared.ends_clause)})"), _PERSON
    ends = rf"(?=[,，。;；:：、()（）\s\d]|{any_of(declared.ends_title)}|$)"
    yield re.compile(rf"(?P<keep>(?:{any_of(declared.titles)})[:：]?){sure_name}{ends}"), rf"\g<keep>{_PERSON}"


def _name(declared: PersonsDeclared, surnames: str) -> str:
    return rf"(?:{any_of(declared.double)}|[{surnames}])[一-龥]{{1,2}}"


def _telephones(declared: PersonsDeclared) -> Iterator[_Mask]:
    yield re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"), _NUMBER
    yield re.compile(r"(?<!\d)0\d{2,3}[-－—]\d{7,8}(?!\d)"), _NUMBER
    yield re.compile(rf"(?P<keep>(?:{any_of(declared.telephones)})[:：]?)[\d\-－—]{{7,13}}"), rf"\g<keep>{_NUMBER}"
