"""The money of a torn form, completed by what is proved already: the total is the sum of the funds, and the narrative
names the amounts of the project.

Two rows that print the same prove nothing for each other: a border cuts both at the same place.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ingest.forms.form_spec import FormSpec
from ingest.forms.layout.parts import Part
from ingest.forms.layout.rows import FormRow
from ingest.forms.money import BUDGETS, MoneyRow
from ingest.forms.said import Said
from ingest.forms.torn.labels import known_part
from ingest.forms.torn.money_proofs import Amounts, Settled, holds
from ingest.forms.values import numbers
from ingest.values.sums import sum_of
from warehouse.kinds.characters import name_of
from warehouse.kinds.form_weights import form_weights

_PROOFS = form_weights().proofs
BY_NARRATIVE = "由情况说明所述本项目金额证实"
BY_POINTS = "由总分扣除其余各项得分后的执行得分证实"
BY_SUM = "由合计行与其余各项资金证实"


def completed(rows: list[MoneyRow], part: Part, spec: FormSpec, said: Said) -> list[Settled]:
    """What the narrative and the sums prove besides; funds of the form without a legible label are added to `rows`."""
    total = next((row for row in rows if row.is_total), None)
    if total is None:
        return []
    funds = [row for row in rows if not row.is_total]
    settled = [*_by_narrative(total, funds, said), *_by_sums(rows, total, funds, part, spec)]
    return settled


def _by_sums(
    rows: list[MoneyRow], total: MoneyRow, funds: Sequence[MoneyRow], part: Part, spec: FormSpec
) -> list[Settled]:
    lost = [_blank(name, total.row) for name in spec.fund_order if all(fund.label != name for fund in funds)]
    changed = [fund for fund in funds if _prints_total(fund, total)]
    changed += [fund for key in BUDGETS for fund in _by_sum(key, total, [*funds, *lost])]
    printed = [fund for fund in lost if _is_printed(fund, lost, funds, part)]
    rows[:] = [total, *sorted([*funds, *printed], key=lambda row: _order(row, spec))]
    return [Settled(fund, BY_SUM) for fund in rows if any(fund is one for one in changed)]


def by_points(rows: list[MoneyRow], part: Part, spec: FormSpec, left: Decimal) -> tuple[list[Settled], Decimal | None]:
    """What the points prove that management and indicators leave of the total score, where the border hid rate and
    score of execution: the budget that the total row prints, if the share spent of it is worth these points.

    Returns the rate in per cent as well; None where the points prove nothing.
    """
    total = next((row for row in rows if row.is_total), None)
    executed = total.amounts["executed"] if total else None
    adjusted = _printed(total, "adjusted_budget") if total else None
    if not (total and executed and adjusted):
        return [], None
    weight = numbers.points(total.texts.get("execution_weight")) or _PROOFS.execution_weight
    if abs(weight * executed / adjusted - left) > _PROOFS.score_envelope:
        return [], None
    is_unchanged = _printed(total, "initial_budget") == adjusted
    total.amounts |= {"adjusted_budget": adjusted} | ({"initial_budget": adjusted} if is_unchanged else {})
    funds = [row for row in rows if not row.is_total]
    rate = round(executed / adjusted * 100, 2)
    return [Settled(total, BY_POINTS), *_by_sums(rows, total, funds, part, spec)], rate


def proves_rate(rows: Sequence[MoneyRow]) -> bool:
    """Whether the sums of the funds, all of them known, have the rate that the total row prints."""
    total = next((row for row in rows if row.is_total), None)
    funds = [row.amounts for row in rows if not row.is_total]
    sums: Amounts = {key: sum_of(amounts[key] for amounts in funds) if funds else None for key in BUDGETS}
    return total is not None and holds(sums, total.texts)


def _blank(name: str, row: FormRow) -> MoneyRow:
    return MoneyRow(name, {}, row, amounts=dict.fromkeys(BUDGETS))


def _order(row: MoneyRow, spec: FormSpec) -> int:
    return spec.fund_order.index(row.label) if row.label in spec.fund_order else len(spec.fund_order)


def _by_narrative(total: MoneyRow, funds: Sequence[MoneyRow], said: Said) -> Iterator[Settled]:
    """Amounts of the total row that a border has cut or hidden, where the narrative names them."""
    before = dict(total.amounts)
    if total.amounts["adjusted_budget"] is None or total.amounts["executed"] is None:
        total.amounts |= _with_rate(total, funds, said)
    if total.amounts["executed"] is None and (printed := _printed(total, "executed")) in said.spent:
        total.amounts["executed"] = printed
    if total.amounts["initial_budget"] is None and _is_said_twice(total, said):
        total.amounts["initial_budget"] = said.budget
    if total.amounts != before:
        yield Settled(total, BY_NARRATIVE)


def _with_rate(total: MoneyRow, funds: Sequence[MoneyRow], said: Said) -> Amounts:
    """What was spent as the narrative says, of a budget that a row prints and the rate of the total row confirms."""
    for row in (total, *funds):
        adjusted = _printed(row, "adjusted_budget")
        for spent in sorted(said.spent):
            found: Amounts = {"adjusted_budget": adjusted, "executed": spent}
            if adjusted and holds(found, total.texts):
                is_unchanged = _printed(row, "initial_budget") == adjusted
                return found | ({"initial_budget": adjusted} if is_unchanged else {})
    return {}


def _is_said_twice(total: MoneyRow, said: Said) -> bool:
    """The narrative names the budget, it is the adjusted one, and the row prints it for the initial one too."""
    words = [word for piece in total.row.own for word in numbers.words_of(piece.text)]
    printed = sum(numbers.plain(word) == said.budget for word in words)
    return said.budget is not None and said.budget == total.amounts["adjusted_budget"] and printed > 1


def _printed(row: MoneyRow, key: str) -> Decimal | None:
    return numbers.plain(row.texts.get(key))


def _prints_total(fund: MoneyRow, total: MoneyRow) -> bool:
    """An open fund that prints the proved total in all three columns is all of it; then it has these amounts."""
    is_open = all(fund.amounts[key] is None for key in BUDGETS)
    is_all = all(total.amounts[key] is not None and _printed(fund, key) == total.amounts[key] for key in BUDGETS)
    if is_open and is_all:
        fund.amounts = dict(total.amounts)
    return is_open and is_all


def _by_sum(key: str, total: MoneyRow, funds: Sequence[MoneyRow]) -> Iterator[MoneyRow]:
    """The funds that are open: nothing where the others make the total, the rest of it where only one is open."""
    in_all = total.amounts[key]
    opened = [fund for fund in funds if fund.amounts[key] is None]
    known = [amount for fund in funds if (amount := fund.amounts[key]) is not None]
    left = None if in_all is None else in_all - sum(known)
    if left is None or left < 0 or not known or (left > 0 and len(opened) > 1):
        return
    for fund in opened:
        fund.amounts[key] = left
        yield fund


def _is_printed(fund: MoneyRow, lost: Sequence[MoneyRow], funds: Sequence[MoneyRow], part: Part) -> bool:
    """Whether the form prints a row of this fund: a part of its label, or as many rows of noughts as funds are lost."""
    if any(fund.amounts[key] is None for key in BUDGETS):
        return False
    rows = [row for row in (*part.headers, *part.rows) if not any(one.row is row for one in funds)]
    words = ("".join(name_of(piece.text) for piece in row.own) for row in rows)
    least = form_weights().torn.part_of_source
    is_labelled = any(known_part(text, (fund.label,), least) for text in words)
    return is_labelled or sum(map(_is_nought, rows)) >= len(lost)


def _is_nought(row: FormRow) -> bool:
    values = [value for piece in row.own if (value := numbers.plain(piece.text)) is not None]
    return len(values) > 1 and not any(values)
