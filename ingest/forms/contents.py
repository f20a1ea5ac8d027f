"""What the parts of a form say: the one value that both readings give, of whole forms and of torn ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.forms.form_spec import FormSpec
from ingest.forms.layout.parts import Part
from ingest.forms.layout.rows import FormRow
from ingest.forms.money import MoneyRow
from warehouse.records.reading import Indicator, PerformanceManagement


@dataclass(frozen=True, slots=True)
class Contents:
    """`money` in the printed `unit`; None where a form prints nothing, or nothing that can be told."""

    money: Sequence[MoneyRow]
    unit: str
    management: Sequence[PerformanceManagement]
    indicators: tuple[Indicator, ...]
    execution_rate_pct: Decimal | None
    execution_score: Decimal | None
    total_score: Decimal | None
    grade: str | None
    expected: str | None
    achieved: str | None
    competent_department: str | None
    implementing_unit: str | None
    is_whole: bool

    @property
    def total(self) -> MoneyRow | None:
        """The money row of all sources together."""
        return next((row for row in self.money if row.is_total), None)


def total_rows(parts: Sequence[Part]) -> Iterator[FormRow]:
    """The rows that print the total of all points, 总分 100 97.68."""
    return (row for part in parts if part.kind == "total" for row in part.rows)


def grade_of(parts: Sequence[Part], spec: FormSpec) -> str | None:
    """优, 良, 中 or 差, as the last total row prints it."""
    grades = (
        next((piece.name for piece in row.own if spec.key("total", piece.text) == "grade"), None)
        for row in total_rows(parts)
    )
    return next((grade for grade in reversed(list(grades)) if grade is not None), None)
