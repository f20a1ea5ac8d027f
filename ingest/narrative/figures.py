"""The kinds of figures a narrative is asked for: `figures.toml` in the folder `narrative` of a kind of document."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pydantic import Field, model_validator

from warehouse.kinds.declared import Declared, read_declaration

Key = tuple[str, str, str]  # kind, subject, measure
_PER_CENT_AWAY = Decimal("0.02")


class FigureKind(Declared):
    """What is stated of a subject: its measures, and how the statements are treated."""

    name: str
    measures: frozenset[str] = Field(min_length=1)
    is_stated_once: bool = False
    has_codes: bool = False
    of_fund: str | None = None


class SubjectTables(Declared):
    """The tables that give functional subjects their codes, and the subjects that have none."""

    tables: frozenset[str] = frozenset()
    general: frozenset[str] = frozenset()
    fund: frozenset[str] = frozenset()
    none: frozenset[str] = frozenset()
    class_ending: str = ""  # with which a 类 may be named or not
    may_lack_class: bool = False  # 款/项 or 项 alone is told where the tables have that name once


class FigureRatio(Declared):
    """part ÷ base = per_cent, or where the part is a change, part ÷ (base − part) = per_cent."""

    part: tuple[str, ...]
    base: tuple[str, ...]
    per_cent: tuple[str, ...]
    says: str
    is_change: bool = False

    @property
    def measures(self) -> tuple[str, ...]:
        return self.part + self.base + self.per_cent

    def holds(self, part: Decimal | None, base: Decimal | None, per_cent: Decimal | None) -> bool:
        if part is None or base is None or per_cent is None:
            return False
        whole = base - part if self.is_change else base
        return bool(whole) and abs(part / whole * 100 - per_cent) <= _PER_CENT_AWAY


class FiguresDeclared(Declared):
    kind: tuple[FigureKind, ...] = Field(min_length=1)
    subjects: SubjectTables = SubjectTables()
    ratio: tuple[FigureRatio, ...] = ()

    @model_validator(mode="after")
    def is_sound(self) -> "FiguresDeclared":
        for fault in _faults(self):
            raise ValueError(fault)
        return self


@dataclass(frozen=True, slots=True)
class Figures:
    kinds: Mapping[str, FigureKind]
    subjects: SubjectTables
    ratios: tuple[FigureRatio, ...]

    def has(self, kind: str, measure: str) -> bool:
        return kind in self.kinds and measure in self.kinds[kind].measures


def read_figures(path: Path) -> Figures:
    """Raises DeclarationError naming file, key and fault."""
    declared = read_declaration(path, FiguresDeclared)
    return Figures({kind.name: kind for kind in declared.kind}, declared.subjects, declared.ratio)


def _faults(declared: FiguresDeclared) -> Iterator[str]:
    names = [kind.name for kind in declared.kind]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"kind {name} is declared twice"
    for kind in declared.kind:
        if kind.of_fund is not None and kind.of_fund not in names:
            yield f"of_fund of {kind.name} names {kind.of_fund}, which is no kind"
    for ratio in declared.ratio:
        for measure in ratio.measures:
            if not any(measure in kind.measures for kind in declared.kind):
                yield f"ratio names {measure}, which is no measure of any kind"
    for name in sorted((declared.subjects.general | declared.subjects.fund) - declared.subjects.tables):
        yield f"subjects names {name}, which is none of its tables"
