"""The arithmetic that proves the money of a torn form; what nothing proves is left blank."""

import re
from decimal import Decimal

from ingest.forms.money import BUDGETS, MoneyRow
from ingest.forms.values import numbers

USUAL_WEIGHT = Decimal(10)
RATE_ENVELOPE = Decimal("0.011")  # two decimals of a percentage, half of the last one either way, and a bit
SCORE_ENVELOPE = Decimal("0.006")  # the same of a score
_TAIL_OF_RATE = re.compile(r"(\d*(?:\.(\d+))?)[%％]$")


def proved(rows: list[MoneyRow]) -> list[tuple[MoneyRow, str]]:
    """Blank what no arithmetic proves, repair what it does; the repairs and blanks with their reason in words."""
    said = [(row, "执行率数字割裂,由得分除以分值、执行数除以预算数共同证实") for row in rows if _mend_rate(row, rows)]
    total = next((row for row in rows if row.is_total), None)
    funds = [row for row in rows if not row.is_total]
    if total:
        said += _prove_total(total, funds)
    for row in funds:
        if not rate_holds(row):
            row.amounts = {
                key: amount if _fits(row, key, total, funds) else None for key, amount in row.amounts.items()
            }
            said.append((row, "表格线割裂,执行率与资金合计均不能证实的金额留空"))
    return said


def _mend_rate(row: MoneyRow, rows: list[MoneyRow]) -> bool:
    """00.0%, its head cut off by a border, is 100.0% where score ÷ weight and the amounts of the form both say so.

    The score alone is no proof: a project of which nothing was executed may have been given full points.
    """
    score = numbers.points(row.texts.get("execution_score"))
    weight = numbers.points(row.texts.get("execution_weight")) or USUAL_WEIGHT
    if score is None or not 0 < score <= weight or row.amounts["executed"] == 0:
        return False
    amounts = [row.amounts] if row.amounts["executed"] is not None else [one.amounts for one in rows]
    for piece in row.row.own:
        if tail := _TAIL_OF_RATE.search("".join(piece.text.split())):
            whole = f"{score / weight * 100:.{len(tail[2] or '')}f}"
            is_cut = len(tail[1]) >= 3 and whole != tail[1] and whole.endswith(tail[1])
            if is_cut and any(_holds(one, {"execution_rate_pct": whole}) for one in amounts):
                row.texts["execution_rate_pct"] = f"{whole}%"
                return True
    return False


def _prove_total(total: MoneyRow, funds: list[MoneyRow]) -> list[tuple[MoneyRow, str]]:
    own = total.amounts
    if not rate_holds(total):
        for fund in [total, *funds]:
            for key in ("initial_budget", "adjusted_budget"):
                tried = {**own, "adjusted_budget": fund.amounts.get(key)}
                tried["executed"] = own["executed"] if own["executed"] is not None else fund.amounts.get("executed")
                if tried["adjusted_budget"] and _holds(tried, total.texts):
                    total.amounts = tried
                    return [(total, "全年预算数由执行率反算证实"), *_initial(total, funds)]
        of_funds = [fund.amounts["adjusted_budget"] for fund in funds]
        if (
            of_funds
            and None not in of_funds
            and _holds(summed := {**own, "adjusted_budget": sum(of_funds)}, total.texts)
        ):
            total.amounts = summed
            return [(total, "全年预算数由各项资金之和与执行率证实"), *_initial(total, funds)]
        total.amounts = dict.fromkeys(BUDGETS)
        return [(total, "表格线割裂,执行率不能证实合计行金额,留空")]
    return _initial(total, funds)


def _initial(total: MoneyRow, funds: list[MoneyRow]) -> list[tuple[MoneyRow, str]]:
    """No rate proves the initial budget: it must equal the adjusted one or the sum of the funds."""
    initial, adjusted = total.amounts["initial_budget"], total.amounts["adjusted_budget"]
    if initial == adjusted:
        return []
    parts = [fund.amounts["initial_budget"] for fund in funds]
    if parts and None not in parts and sum(parts) == initial:
        return []
    total.amounts["initial_budget"] = sum(parts) if parts and None not in parts and sum(parts) == adjusted else None
    return [(total, "年初预算数由各项资金之和证实" if total.amounts["initial_budget"] else "年初预算数不能证实,留空")]


def rate_holds(row: MoneyRow) -> bool:
    return _holds(row.amounts, row.texts) and row.amounts["initial_budget"] is not None


def _holds(amounts: dict[str, Decimal | None], texts: dict[str, str]) -> bool:
    """executed ÷ adjusted = rate, as printed."""
    adjusted, executed = amounts.get("adjusted_budget"), amounts.get("executed")
    rate = numbers.plain(texts.get("execution_rate_pct"))
    if adjusted is None or executed is None or rate is None:
        return False
    return executed == rate == 0 if adjusted == 0 else abs(executed / adjusted * 100 - rate) <= RATE_ENVELOPE


def _fits(row: MoneyRow, key: str, total: MoneyRow | None, funds: list[MoneyRow]) -> bool:
    """A printed 0 in a row of rate 0 and no other amount; or the proved total, where every other fund is 0."""
    amount = row.amounts[key]
    if not any(row.amounts.values()) and numbers.plain(row.texts.get("execution_rate_pct")) == 0:
        return amount == 0
    others = [fund.amounts[key] for fund in funds if fund is not row]
    return bool(total and amount and amount == total.amounts[key] and not any(others))


def _is_worth(rate: Decimal, weight: Decimal, score: Decimal) -> bool:
    """weight × rate; in Henan's form of the whole department the full weight from 90 % on."""
    return any(abs(min(weight, weight * rate / full) - score) <= SCORE_ENVELOPE for full in (100, 90))


def rate_and_score(total: MoneyRow | None) -> tuple[Decimal | None, Decimal | None]:
    """Rate and execution score of the total row, where the amounts or each other prove them: score = weight × rate."""
    if total is None:
        return None, None
    rate = numbers.plain(total.texts.get("execution_rate_pct"))
    score = numbers.points(total.texts.get("execution_score"))
    weight = numbers.points(total.texts.get("execution_weight")) or USUAL_WEIGHT
    agree = rate is not None and score is not None and _is_worth(rate, weight, score)
    proved = agree or _holds(total.amounts, total.texts)
    return (rate if proved else None), (score if proved and (score is None or score <= weight) else None)
