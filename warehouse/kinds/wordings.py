"""What publishers print in documents of every kind: the files in the folder `common`, each checked when it is read.

Texts are compared squeezed, names of headings and rows as `characters.comparable` makes them.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, Field, RootModel

from warehouse.kinds.declared import DeclarationError, Declared, Pattern, checked, heading, headings, read_toml

FOLDER = Path(__file__).resolve().parent / "common"
PARTS = "parts"  # of a file: expressions that others in it refer to as <<name>>
Name = Annotated[str, AfterValidator(heading)]
Names = Annotated[frozenset[str], AfterValidator(headings)]
D = TypeVar("D", bound=BaseModel)
_REFERENCE = re.compile(r"<<(\w+)>>")


class TitleWords(Declared):
    """How a title names body, year, kind and scope; made for the kinds of document that are looked for."""

    titles: tuple[Pattern, ...]
    another: Pattern
    ends_in_kind: Pattern
    ends_a_title: Pattern
    runs_over_pages: Pattern
    running_head: Pattern
    sounds_standard: Pattern
    is_about_money: Pattern


class DocumentWords(Declared):
    """What stands on covers, above tables and in headings, whatever the kind of the document."""

    year_in_chinese: Pattern
    chinese_digits: str
    prose: Pattern
    sentence_begins: Pattern
    labelled: Pattern
    of_table: Pattern
    prose_ends: Pattern
    numbered: Pattern
    noise_before: Pattern
    noise_behind: Pattern
    scope_behind_body: Pattern
    no_body: Pattern
    caption: Pattern
    caption_year: Pattern
    first_part: Pattern
    of_department: Pattern
    contents: Pattern
    published: Pattern
    part: Pattern
    title: Pattern
    heading: Pattern
    sentence: Pattern
    page_number: Pattern


class BodyWords(Declared):
    """Names of bodies, of the places they begin with and of what stands around both; as printed, without blanks."""

    no_places: frozenset[str]
    central: tuple[str, ...]
    before_place: Pattern
    province_ending: Pattern
    municipality: str
    place_endings: tuple[str, ...]
    committee_of_place: Pattern
    organ: Pattern
    department_behind: Pattern
    body_alone: str
    of_government: Pattern
    unit: str
    department: str
    with_subordinates: str


class TableWords(Declared):
    """What stands around and in tables, whatever the kind of the document."""

    number_rows: Names
    parts_of_code: Names
    column_number: Pattern
    heading_year: Pattern
    year_before: str
    year_after: str
    heading_unit: Pattern
    no_measures: Names
    remarks: Names
    percentages: Pattern
    other_years: Names
    subtotals: Names
    key_endings: Pattern
    item_columns: Names
    item_column: Pattern
    money_columns: Names
    line_numbers: Name
    list_headings: Names
    two_sides: tuple[str, ...]
    totals: Names
    grand_total: str
    of_which: Pattern
    says_nothing: Pattern
    number_with_note: Pattern
    sentence: Pattern
    note: Pattern
    no_data: Pattern
    statement: Pattern
    numbered: Pattern
    table_number: Pattern
    year: Pattern
    caption: Pattern
    caption_signs: str
    unit_behind_title: Pattern
    more_columns: Pattern
    title_endings: tuple[str, ...]
    body_ending: Pattern
    no_body: Pattern
    unit_stated: Pattern
    unit_in_brackets: Pattern
    unit_in_note: Pattern
    unit_in_cell: Pattern
    says_what: Pattern
    running_text: Pattern
    code_heading: Pattern
    name_of_another: Pattern
    self_evaluation: Pattern
    other_part: Pattern
    continued_signs: Pattern
    continued_words: Pattern
    continued_caption: Pattern
    continued_before: Pattern
    continued_behind: Pattern
    by_unit: Pattern
    unit_heading: Pattern
    subject_heading: Pattern


class LinkWords(Declared):
    """How links of a web page are told that lead to the files of the disclosure which the page announces."""

    disclosed: Pattern
    undisclosed: Pattern
    no_disclosure: Pattern
    year: Pattern
    marks: Pattern
    site: Pattern


class UnitTableWords(Declared):
    """Headings of a table of units; `others` may stand beside them."""

    numbers: Names
    names: Names
    kinds: Names
    others: Names
    totals: Names

    @property
    def all(self) -> frozenset[str]:
        return self.numbers | self.names | self.kinds | self.others


class CellWords(Declared):
    """Words that stand in an amount cell in place of a number; squeezed, in lower case."""

    none: frozenset[str]
    unsaid: frozenset[str]
    empty: frozenset[str]


class Classification(Declared):
    """`lengths` of its codes in digits, the widest level first; `classes` begin the codes that are in use.

    `finer` are lengths of codes below its levels, which some publishers add.
    """

    lengths: tuple[int, ...] = Field(min_length=1)
    finer: tuple[int, ...] = ()
    classes: Pattern


class Classifications(RootModel[dict[str, Classification]]):
    """By the name of the key of a table: functional_code."""


@cache  # read once per process
def document_words() -> DocumentWords:
    """Raises DeclarationError."""
    return read_wordings(FOLDER / "documents.toml", DocumentWords)


@cache  # read once per process
def body_words() -> BodyWords:
    """Raises DeclarationError."""
    return read_wordings(FOLDER / "bodies.toml", BodyWords)


@cache  # read once per process
def table_words() -> TableWords:
    """Raises DeclarationError."""
    return read_wordings(FOLDER / "tables.toml", TableWords)


@cache  # read once per process
def link_words() -> LinkWords:
    """Raises DeclarationError."""
    return read_wordings(FOLDER / "links.toml", LinkWords)


@cache  # read once per process
def unit_table_words() -> UnitTableWords:
    """Raises DeclarationError."""
    return read_wordings(FOLDER / "unit_tables.toml", UnitTableWords)


@cache  # read once per process
def cell_words() -> CellWords:
    """Raises DeclarationError."""
    return read_wordings(FOLDER / "cells.toml", CellWords)


@cache  # read once per process
def classifications() -> Mapping[str, Classification]:
    """Raises DeclarationError."""
    return read_wordings(FOLDER / "codes.toml", Classifications).root


@cache  # compiled once per list of words
def title_words(words: tuple[str, ...]) -> TitleWords:
    """`words` are those that name a kind of document: 决算, 预算. Raises DeclarationError."""
    longest_first = sorted(map(re.escape, words), key=lambda word: (-len(word), word))
    return read_wordings(FOLDER / "titles.toml", TitleWords, {"kinds": "|".join(longest_first)})


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
