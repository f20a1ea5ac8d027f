"""What other numbers of a whole form settle of its money: commas that may be points, a total without figures."""

import re
from decimal import Decimal

from ingest.forms.layout.rows import FormRow
from ingest.forms.money import BUDGETS, MoneyRow
from ingest.forms.notes import Notes
from ingest.forms.values import numbers
from ingest.values.amounts import UNITS
from warehouse.kinds.characters import squeeze
from warehouse.kinds.form_declarations import wordings
from warehouse.records.doubts import DoubtKind

_THREE_BEHIND_COMMA = re.compile(r"-?\d{1,3},\d{3}")
_STATED = re.compile(rf"(\d[\d,]*(?:\.\d+)?)({'|'.join(wordings().money.stated_units)})")


def money_proved(rows: list[MoneyRow], unit: str, form: list[FormRow], notes: Notes) -> None:
    """Settle commas that may be points, and a total row of which a single figure is left."""
    _settle_commas(rows, unit, form, notes)
    total = next((row for row in rows if row.is_total), None)
    funds = [row for row in rows if not row.is_total]
    if total and len(funds) == 1 and not total.row.exact:
        _complete_total(total, funds[0], notes)


def _settle_commas(rows: list[MoneyRow], unit: str, form: list[FormRow], notes: Notes) -> None:
    """10,998 is 10.998 where the form itself says 109980元, 20,000 is 20000 where it says 2亿元; else it is open."""
    doubtful = [(row, key) for row in rows if not row.row.exact for key in BUDGETS if _is_doubtful(row.texts.get(key))]
    if not doubtful:
        return
    stated = stated_amounts(form, unit)
    for row, key in doubtful:
        printed = squeeze(row.texts[key])
        choices = numbers.choices(printed) | numbers.choices(printed.replace(",", "."))
        fitting = choices & stated
        row.amounts[key] = fitting.pop() if len(fitting) == 1 else None
        _say_comma(row, key, printed, notes)


def _is_doubtful(text: str | None) -> bool:
    return bool(text) and bool(_THREE_BEHIND_COMMA.fullmatch(squeeze(text)))


def _say_comma(row: MoneyRow, key: str, printed: str, notes: Notes) -> None:
    value = row.amounts[key]
    if value is None:
        notes.add(
            DoubtKind.FORM_AMOUNT_OPEN,
            f"{row.label}的逗号可能是小数点,表内别无依据,留空",
            row.row,
            measure=key,
            printed=printed,
        )
    elif value != value.to_integral_value():
        reason = f"{row.label}的逗号为小数点之误,由表内文字所述金额证实"
        notes.add(DoubtKind.FORM_AMOUNT_REPAIRED, reason, row.row, measure=key, printed=printed, taken_as=f"{value:f}")


def stated_amounts(form: list[FormRow], unit: str) -> set[Decimal]:
    """Every amount that a sentence of the form states with its unit, in the unit of the table."""
    texts = [squeeze(piece.text) for row in form for piece in row.pieces]
    found = [match for text in texts for match in _STATED.finditer(text)]
    values = [(numbers.plain(number), UNITS[its_unit]) for number, its_unit in (match.groups() for match in found)]
    return {(value * its_unit / UNITS[unit]).normalize() for value, its_unit in values if value is not None}


def _complete_total(total: MoneyRow, fund: MoneyRow, notes: Notes) -> None:
    """With one fund only, the total row is the fund's: Σ funds = total. Its few printed figures must agree."""
    printed = {value for text in total.texts.values() if (value := numbers.plain(text)) is not None}
    known = {value for text in fund.texts.values() if (value := numbers.plain(text)) is not None}
    if len(printed) > 1 or not printed <= known:
        return
    total.amounts = dict(fund.amounts)
    total.texts = {**fund.texts}
    notes.add(
        DoubtKind.FORM_AMOUNT_REPAIRED, "合计行数字脱落,唯一资金来源即为合计", total.row, printed=total.row.text[:80]
    )
