"""What is declared of performance self-evaluation forms (绩效自评表): `warehouse/kinds/forms/`.

`labels/generic.toml` holds every wording of the labels; the other files in `labels/` add what belongs to one form.
`directions.toml` says in which direction an indicator is met.
"""

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from warehouse.kinds.declared import Declared, checked, read_declaration, read_toml

FOLDER = Path(__file__).parent / "forms"
LABELS = FOLDER / "labels"
GENERIC = "generic"

Words = tuple[Annotated[str, Field(min_length=1)], ...]
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
    head: dict[Literal["project", "department", "competent_department", "implementing_unit", "other"], Words] = Field(
        default_factory=dict
    )
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


def form_labels(content: dict[str, Any], file_name: str) -> FormLabels:
    """The checked labels of one form. Raises DeclarationError."""
    return checked(content, FormLabels, file_name)


@cache
def all_form_labels() -> tuple[FormLabels, ...]:
    """Those of every declared form, the generic one last. Raises DeclarationError."""
    files = sorted(LABELS.glob("*.toml"), key=lambda file: (file.stem == GENERIC, file.stem))
    return tuple(form_labels(read_toml(file), file.name) for file in files)


@cache
def directions() -> Directions:
    """Raises DeclarationError."""
    return read_declaration(FOLDER / "directions.toml", Directions)
