"""The arithmetic that proves the money of a torn form; what nothing proves is left blank."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from ingest.forms.money import BUDGETS, MoneyRow
from ingest.forms.values import numbers
from ingest.values.sums import sum_of
from warehouse.kinds.form_weights import form_weights

_PROOFS = form_weights().proofs
Amounts = dict[str, Decimal | None]
_TAIL_OF_RATE = re.compile(r"(\d*(?:\.(\d+))?)[%％]$")


class Settled(NamedTuple):
    """A row, and in words how an amount of it was settled or why it is left blank."""

    row: MoneyRow
    reason: str
    is_open: bool = False


def proved(rows: list[MoneyRow]) -> list[Settled]:
    """Blank what no arithmetic proves, repair what it does."""
    reason = "执行率数字割裂,由得分除以分值、执行数除以预算数共同证实"
    settled = [Settled(row, reason) for row in rows if _mend_rate(row, rows)]
    total = next((row for row in rows if row.is_total), None)
    funds = [row for row in rows if not row.is_total]
    if total:
        settled += _prove_total(total, funds)
    for row in funds:
        if not rate_holds(row):
            row.amounts = {
                key: amount if _fits(row, key, total, funds) else None for key, amount in row.amounts.items()
            }
            settled.append(Settled(row, "表格线割裂,执行率与资金合计均不能证实的金额留空", is_open=True))
    return settled


def _mend_rate(row: MoneyRow, rows: list[MoneyRow]) -> bool:
    """00.0%, its head cut off by a border, is 100.0% where score ÷ weight and the amounts of the form both say so.

    The score alone is no proof: a project of which nothing was executed may have been given full points.
    """
    score = numbers.points(row.texts.get("execution_score"))
    weight = numbers.points(row.texts.get("execution_weight")) or _PROOFS.execution_weight
    if score is None or not 0 < score <= weight or row.amounts["executed"] == 0:
        return False
    amounts = [row.amounts] if row.amounts["executed"] is not None else [one.amounts for one in rows]
    for piece in row.row.own:
        if tail := _TAIL_OF_RATE.search("".join(piece.text.split())):
            whole = f"{score / weight * 100:.{len(tail[2] or '')}f}"
            is_cut = len(tail[1]) >= 3 and whole != tail[1] and whole.endswith(tail[1])
            if is_cut and any(holds(one, {"execution_rate_pct": whole}) for one in amounts):
                row.texts["execution_rate_pct"] = f"{whole}%"
                return True
    return False


def _prove_total(total: MoneyRow, funds: list[MoneyRow]) -> list[Settled]:
    """The total row as printed, or else with amounts of the other rows that its rate proves."""
    if rate_holds(total):
        return _prove_initial(total, funds)
    for amounts, reason in _from_other_rows(total, funds):
        if holds(amounts, total.texts):
            total.amounts = amounts
            return [Settled(total, reason), *_prove_initial(total, funds)]
    total.amounts = dict.fromkeys(BUDGETS)
    return [Settled(total, "表格线割裂,执行率不能证实合计行金额,留空", is_open=True)]


def _from_other_rows(total: MoneyRow, funds: list[MoneyRow]) -> Iterator[tuple[Amounts, str]]:
    """What the amounts of the total may be, and why: those of one row, then the sum of all funds."""
    own = total.amounts
    for row in (total, *funds):
        executed = own["executed"] if own["executed"] is not None else row.amounts.get("executed")
        for adjusted in filter(None, (row.amounts.get("initial_budget"), row.amounts.get("adjusted_budget"))):
            yield {**own, "adjusted_budget": adjusted, "executed": executed}, "全年预算数由执行率反算证实"
    of_funds = sum_of(fund.amounts["adjusted_budget"] for fund in funds) if funds else None
    if of_funds is not None:
        yield {**own, "adjusted_budget": of_funds}, "全年预算数由各项资金之和与执行率证实"


def _prove_initial(total: MoneyRow, funds: list[MoneyRow]) -> list[Settled]:
    """No rate proves the initial budget: it must equal the adjusted one or the sum of the funds."""
    initial, adjusted = total.amounts["initial_budget"], total.amounts["adjusted_budget"]
    in_all = sum_of(fund.amounts["initial_budget"] for fund in funds) if funds else None
    if initial == adjusted or (in_all is not None and in_all == initial):
        return []
    total.amounts["initial_budget"] = in_all if in_all == adjusted else None
    if total.amounts["initial_budget"]:
        return [Settled(total, "年初预算数由各项资金之和证实")]
    return [Settled(total, "年初预算数不能证实,留空", is_open=True)]


def rate_holds(row: MoneyRow) -> bool:
    return holds(row.amounts, row.texts) and row.amounts["initial_budget"] is not None


def holds(amounts: Amounts, texts: Mapping[str, str]) -> bool:
    """executed ÷ adjusted = rate, as printed."""
    adjusted, executed = amounts.get("adjusted_budget"), amounts.get("executed")
    rate = numbers.plain(texts.get("execution_rate_pct"))
    if adjusted is None or executed is None or rate is None:
        return False
    return executed == rate == 0 if adjusted == 0 else abs(executed / adjusted * 100 - rate) <= _PROOFS.rate_envelope


def _fits(row: MoneyRow, key: str, total: MoneyRow | None, funds: list[MoneyRow]) -> bool:
    """A printed 0 in a row of rate 0 and no other amount; or the proved total, where every other fund is 0."""
    amount = row.amounts[key]
    if not any(row.amounts.values()) and numbers.plain(row.texts.get("execution_rate_pct")) == 0:
        return amount == 0
    others = [fund.amounts[key] for fund in funds if fund is not row]
    return bool(total and amount and amount == total.amounts[key] and not any(others))


def _is_worth(rate: Decimal, weight: Decimal, score: Decimal) -> bool:
    """weight × rate; in Henan's form of the whole department the full weight from 90 % on."""
    worth = (min(weight, weight * rate / full) for full in _PROOFS.full_score_from_rate)
    return any(abs(one - score) <= _PROOFS.score_envelope for one in worth)


def rate_and_score(total: MoneyRow | None, is_rate_of_funds: bool = False) -> tuple[Decimal | None, Decimal | None]:
    """Rate and execution score of the total row, where the amounts or each other prove them: score = weight × rate.

    `is_rate_of_funds`: the sums of the funds prove the rate.
    """
    if total is None:
        return None, None
    rate = numbers.plain(total.texts.get("execution_rate_pct"))
    score = numbers.points(total.texts.get("execution_score"))
    weight = numbers.points(total.texts.get("execution_weight")) or _PROOFS.execution_weight
    agree = rate is not None and score is not None and _is_worth(rate, weight, score)
    proved = agree or is_rate_of_funds or holds(total.amounts, total.texts)
    return (rate if proved else None), (score if proved and (score is None or score <= weight) else None)
