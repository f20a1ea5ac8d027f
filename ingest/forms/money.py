"""The money rows of a form: the total and one row per funding source, in 万元."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ingest.forms.layout.parts import Part
from ingest.forms.layout.rows import FormRow
from ingest.forms.notes import Notes
from ingest.forms.values import numbers
from ingest.values.amounts import UNITS
from warehouse.kinds.characters import squeeze
from warehouse.records.doubts import DoubtKind

USUAL_UNIT = "万元"
BUDGETS = ("initial_budget", "adjusted_budget", "executed")


@dataclass(slots=True)
class MoneyRow:
    """One printed row; `texts` are its cells by column, `amounts` what is read of them, in the printed unit."""

    label: str
    texts: dict[str, str]
    row: FormRow
    is_total: bool = False
    amounts: dict[str, Decimal | None] = field(default_factory=dict)

    def in_wan(self, unit: str) -> dict[str, Decimal | None]:
        """The three amounts in 万元; `unit` is the one they are printed in."""
        return {key: in_wan(self.amounts.get(key), unit) for key in BUDGETS}


def unit_of(part: Part, above: list[str]) -> str:
    """The unit printed in the header or the row labels, else in the lines above the form; 万元 where none is."""
    printed = [piece.text for row in (*part.headers, *part.rows) for piece in row.pieces]
    units = [unit for text in (*printed, *map(squeeze, reversed(above))) if (unit := numbers.unit_of(text))]
    return units[0] if units else USUAL_UNIT


def in_wan(value: Decimal | None, unit: str) -> Decimal | None:
    """An amount of the printed unit in 万元."""
    return None if value is None else value * UNITS[unit] / UNITS[USUAL_UNIT]


def money_part(parts: Sequence[Part], notes: Notes) -> Part | None:
    """The part that holds the money; a doubt where no header of it was found."""
    part = next((part for part in parts if part.kind == "money"), None)
    if part is None:
        notes.add(DoubtKind.FORM_PART_UNREAD, "未找到资金表头,资金未入库")
    return part


def points(row: MoneyRow | None, key: str) -> Decimal | None:
    """Weight or score of execution, as the row prints it."""
    return numbers.points(row.texts.get(key)) if row else None
