"""What is declared of performance self-evaluation forms (绩效自评表): `warehouse/kinds/forms/`.

`labels/generic.toml` holds every wording of the labels; the other files in `labels/` add what belongs to one form.
`directions.toml` says in which direction an indicator is met, `wordings.toml` holds the words that are no labels.
"""

import re
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from warehouse.kinds.declared import Declared, checked, read_declaration, read_toml

FOLDER = Path(__file__).parent / "forms"
LABELS = FOLDER / "labels"
GENERIC = "generic"

Word = Annotated[str, Field(min_length=1)]
Words = tuple[Word, ...]
Pattern = re.Pattern[str]
Operator = Literal["=", ">=", "<=", ">", "<"]
HeadLabel = Literal["project", "department", "competent_department", "implementing_unit", "project_code", "other"]
ListColumn = Literal[
    "body", "project", "project_code", "amount", "goal", "level1", "level2", "level3", "target", "weight"
]
MoneyColumn = Literal[
    "initial_budget",
    "declared",
    "adjusted_budget",
    "executed",
    "carried_over",
    "execution_weight",
    "execution_rate_pct",
    "execution_score",
    "reason",
]
IndicatorColumn = Literal[
    "section",
    "level1",
    "level2",
    "level3",
    "target_initial",
    "target",
    "actual",
    "explained",
    "points1",
    "weight",
    "score",
    "deviation_pct",
    "reason",
]


class FormLabels(Declared):
    """One kind of form: what its printed labels mean, section by section, as meaning → wordings.

    `marks` are labels that tell this form from others. The orders list the columns of its header and its funding
    sources as they are printed. `groups`: level 1 → the level 2 labels below it.
    """

    name: str = Field(min_length=1)
    kind: Literal["project", "department"]
    marks: Words = ()
    management_items: Words = ()
    money_order: tuple[MoneyColumn, ...] = ()
    fund_order: Words = ()
    indicator_order: tuple[IndicatorColumn, ...] = ()
    groups: dict[str, Words] = Field(default_factory=dict)
    not_level2: Words = ()
    head: dict[HeadLabel, Words] = Field(default_factory=dict)
    contacts: dict[Literal["person"], Words] = Field(default_factory=dict)
    money: dict[MoneyColumn, Words] = Field(default_factory=dict)
    money_rows: dict[Literal["total", "section", "source_words", "structure"], Words] = Field(default_factory=dict)
    management: dict[Literal["item", "explained", "weight", "score", "remedy"], Words] = Field(default_factory=dict)
    goals: dict[Literal["expected", "achieved", "section", "task"], Words] = Field(default_factory=dict)
    indicators: dict[IndicatorColumn, Words] = Field(default_factory=dict)
    total: dict[Literal["label", "grade_label", "grade"], Words] = Field(default_factory=dict)
    tail: dict[Literal["section"], Words] = Field(default_factory=dict)


SECTIONS = ("head", "contacts", "money", "money_rows", "management", "goals", "indicators", "total", "tail")


class DirectionWords(Declared):
    """Words of an indicator: its value should not rise above the target, not fall below it, or nothing is said."""

    at_most: Words
    at_least: Words
    unclear: Words


class Timely(Declared):
    """Words of an indicator of time; the unit of its target tells a limit of time from a rate."""

    words: Words
    units: Words
    rates: Words


class Directions(Declared):
    words: DirectionWords
    timely: Timely


class Titles(Declared):
    """Of forms, and of what ends them."""

    form: Pattern
    ending: Pattern
    names_no_project: Pattern
    other_table: Pattern
    year: Pattern
    self_evaluation: Word
    of_targets: Word
    of_whole_body: Word


class NameWords(Declared):
    bodies: Words
    listed: Pattern
    year: Pattern
    fiscal_year: Pattern


class ContactWords(Declared):
    of: Words
    roles: Words
    reached_by: Words
    signed: Words


class MoneyWords(Declared):
    total_row: Word
    total_words: Words
    before_source: Words
    units: Words
    stated_units: Words


class NumberWords(Declared):
    behind: Words


class PointWords(Declared):
    units: Words
    in_all: Pattern


class Operators(Declared):
    """Operator → its wordings before and behind a number."""

    before: dict[Operator, Words]
    behind: dict[Operator, Words]


class IndicatorWords(Declared):
    dates: Words
    how_far: Words
    achieved: Words
    level2_ending: Word


class TargetWords(Declared):
    """Of forms of targets."""

    of_whole_term: Words
    total_labels: Words
    operator_columns: Words
    unit_columns: Words
    lists: dict[ListColumn, Words]


class TornWords(Declared):
    begin_target: Words
    parted_target: Words
    target_words: Words


class Wordings(Declared):
    titles: Titles
    names: NameWords
    contacts: ContactWords
    money: MoneyWords
    numbers: NumberWords
    points: PointWords
    operators: Operators
    indicators: IndicatorWords
    torn: TornWords
    targets: TargetWords


def form_labels(content: dict[str, Any], file_name: str) -> FormLabels:
    """The checked labels of one form. Raises DeclarationError."""
    return checked(content, FormLabels, file_name)


@cache  # read once per process
def all_form_labels() -> tuple[FormLabels, ...]:
    """Those of every declared form, the generic one last. Raises DeclarationError."""
    files = sorted(LABELS.glob("*.toml"), key=lambda file: (file.stem == GENERIC, file.stem))
    return tuple(form_labels(read_toml(file), file.name) for file in files)


@cache  # read once per process
def directions() -> Directions:
    """Raises DeclarationError."""
    return read_declaration(FOLDER / "directions.toml", Directions)


@cache  # read once per process
def wordings() -> Wordings:
    """Raises DeclarationError."""
    return read_declaration(FOLDER / "wordings.toml", Wordings)
