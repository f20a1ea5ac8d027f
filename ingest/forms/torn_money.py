"""The money of a torn form: rows found by what is left of their labels, amounts kept only where they are proved."""

from decimal import Decimal

from ingest.characters import name_of
from ingest.forms import numbers
from ingest.forms.align import align, without_margin
from ingest.forms.money import BUDGETS, MoneyRow
from ingest.forms.parts import Part
from ingest.forms.rows import FormRow, Piece
from ingest.forms.spec import FormSpec
from ingest.forms.torn import known_part

TOTAL = "年度资金总额"
USUAL_WEIGHT = Decimal(10)
RATE_ENVELOPE = Decimal("0.011")  # two decimals of a percentage, half of the last one either way, and a bit


def torn_money_rows(part: Part, spec: FormSpec) -> list[MoneyRow]:
    """Total and funds, as far as labels or the number of rows tell which row is which."""
    rows = [row for row in (*part.headers, *part.rows) if len(_numbers(row)) > 1]
    read = []
    for row, names in zip(rows, _labels(rows, spec), strict=True):
        for nth, name in enumerate(names):
            cells = align(_nth_numbers(row, nth, spec), part.columns, "money", spec, torn=True)
            read.append(MoneyRow(name, cells, row, name == TOTAL))
    for one in read:
        one.amounts = {key: numbers.plain(one.texts.get(key)) for key in BUDGETS}
    return read


def _numbers(row: FormRow) -> list[Piece]:
    return [piece for piece in row.own if numbers.numbers_of(piece.text)]


def _labels(rows: list[FormRow], spec: FormSpec) -> list[list[str]]:
    """The names of each row; by order where there are as many rows as names; two where two rows are fused."""
    known = (TOTAL, *spec.fund_order)
    legible = [_legible(row, known) for row in rows]
    if len(rows) == len(known) and all(not names or own in names for names, own in zip(legible, known, strict=True)):
        return [[name] for name in known]
    return legible


def _legible(row: FormRow, known: tuple[str, ...]) -> list[str]:
    words = "".join(name_of(piece.text) for piece in row.own if numbers.read(piece.text).value is None)
    return [name for name in known if known_part(words, (name,))]


def _nth_numbers(row: FormRow, nth: int, spec: FormSpec) -> tuple[Piece, ...]:
    """The numbers of one of the rows that are fused: the nth of a cell with several, else the only one."""
    out = []
    for piece in without_margin(row.own, spec):
        words = numbers.words_of(piece.text.rstrip(")）"))
        found = [word for word in words if numbers.plain(word) is not None]
        if found and words[-1] == found[-1]:
            out.append(Piece(found[min(nth, len(found) - 1)], piece.start, piece.end))
    return tuple(out)


def proved(rows: list[MoneyRow]) -> list[tuple[MoneyRow, str]]:
    """Blank what no arithmetic proves, repair what it does; the repairs and blanks with their reason in words."""
    said: list[tuple[MoneyRow, str]] = []
    total = next((row for row in rows if row.is_total), None)
    funds = [row for row in rows if not row.is_total]
    if total:
        said += _prove_total(total, funds)
    for row in funds:
        if not _rate_holds(row):
            row.amounts = {
                key: amount if _fits(row, key, total, funds) else None for key, amount in row.amounts.items()
            }
            said.append((row, "表格线割裂,执行率与资金合计均不能证实的金额留空"))
    return said


def _prove_total(total: MoneyRow, funds: list[MoneyRow]) -> list[tuple[MoneyRow, str]]:
    own = total.amounts
    if not _rate_holds(total):
        for fund in [total, *funds]:
            for key in ("initial_budget", "adjusted_budget"):
                tried = {**own, "adjusted_budget": fund.amounts.get(key)}
                tried["executed"] = own["executed"] if own["executed"] is not None else fund.amounts.get("executed")
                if tried["adjusted_budget"] and _holds(tried, total.texts):
                    total.amounts = tried
                    return [(total, "全年预算数由执行率反算证实"), *_initial(total, funds)]
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


def _rate_holds(row: MoneyRow) -> bool:
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


def rate_and_score(total: MoneyRow | None) -> tuple[Decimal | None, Decimal | None]:
    """Rate and execution score of the total row, where the amounts or each other prove them: score = weight × rate."""
    if total is None:
        return None, None
    rate = numbers.plain(total.texts.get("execution_rate_pct"))
    score = numbers.points(total.texts.get("execution_score"))
    weight = numbers.points(total.texts.get("execution_weight")) or USUAL_WEIGHT
    agree = rate is not None and score is not None and abs(weight * rate / 100 - score) <= Decimal("0.006")
    proved = agree or _holds(total.amounts, total.texts)
    return (rate if proved else None), (score if proved and (score is None or score <= weight) else None)
