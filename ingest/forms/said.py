"""What the narrative says of each project: a witness for torn forms, for no border of theirs cuts it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from warehouse.kinds.characters import comparable
from warehouse.kinds.form_declarations import wordings
from warehouse.records.reading import StatedFigure

PROJECT = "project_score"  # the kind of the figures that are stated of single projects
_SPENT = ("amount", "executed")  # 某项目5万元, 实际支出5万元


@dataclass(frozen=True, slots=True)
class Said:
    """In 万元 and points; None, or nothing, where the narrative does not say it."""

    spent: frozenset[Decimal] = field(default_factory=frozenset)
    budget: Decimal | None = None
    score: Decimal | None = None


NOTHING = Said()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What the rest of the document says that a torn form needs: its text outside tables, and what it says of each
    project."""

    prose: str = ""
    said: Mapping[str, Said] = field(default_factory=dict)


NOTHING_ELSEWHERE = Elsewhere()


def said_of_projects(stated: Iterable[StatedFigure]) -> dict[str, Said]:
    """By comparable name without its year."""
    found: dict[str, dict[str, Decimal]] = {}
    for figure in stated:
        if figure.kind == PROJECT and figure.value is not None:
            found.setdefault(_bare(figure.subject), {})[figure.measure] = figure.value
    return {name: _said(values) for name, values in found.items()}


def said_of(project: str, said: Mapping[str, Said]) -> Said:
    return said.get(_bare(project), NOTHING)


def _said(values: Mapping[str, Decimal]) -> Said:
    spent = frozenset(values[measure] for measure in _SPENT if measure in values)
    return Said(spent, values.get("budget"), values.get("score"))


def _bare(name: str) -> str:
    return wordings().names.year.sub("", comparable(name))
