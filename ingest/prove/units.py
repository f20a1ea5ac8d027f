"""Whether the unit that a table prints is the unit of its amounts: the narrative and the other tables tell.

Every identity that holds two tables, or a table and a sentence, against each other is a witness. Where both sides
are the same but for a power of ten between two units, one of them is printed in another unit than it says. The
narrative is believed first, because it prints a unit with every figure; else what most tables agree on.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.tables.units import Unit
from ingest.values.amounts import UNITS
from warehouse.kinds.kind import DocumentKind
from warehouse.kinds.tables import PartOf
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Amount, CheckOutcome, CheckResult, Doubt, Status, TableFound

NARRATIVE = "stated"
_SAME = Decimal(1)
_SCALES = sorted({one / other for one in UNITS.values() for other in UNITS.values()} - {_SAME})
_WITHIN = Decimal("0.002")  # of the ratio: both sides are rounded
_BEYOND_ANY_RATIO = 500  # times: where what should be a part is so much larger than its whole, their units differ
Votes = Mapping[tuple[str, str], Counter[Decimal]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`scale`: how many times too large its amounts are under the unit that was taken; None: nothing tells.
    `is_proved`: by something that does not share the doubt."""

    scale: Decimal | None
    is_proved: bool
    reason: str
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    tables: list[TableFound]
    amounts: list[Amount]
    doubts: list[Doubt]
    is_changed: bool  # whether the checks have to be made again


def judge_units(
    kind: DocumentKind,
    units: Mapping[str, Unit],
    tables: Sequence[TableFound],
    amounts: Sequence[Amount],
    checks: Iterable[CheckResult],
) -> Judged:
    """The tables and amounts with what is known of their units; `checks` were made as if all were certain."""
    verdicts = dict(_verdicts(kind, units, list(checks), amounts))
    found = [_table(table, verdicts.get(table.table_code)) for table in tables]
    judged = [_amount(amount, verdicts.get(amount.table_code)) for amount in amounts]
    return Judged(found, judged, [one.doubt for one in verdicts.values() if one.doubt], bool(verdicts))


def _verdicts(
    kind: DocumentKind, units: Mapping[str, Unit], checks: list[CheckResult], amounts: Sequence[Amount]
) -> Iterator[tuple[str, Verdict]]:
    votes = _votes(checks)
    groups = _groups(votes, units)
    trusted = _trusted(groups, votes, units)
    for code, unit in units.items():
        group = groups.get(code, frozenset({code}))
        if group == trusted and unit.is_certain:
            continue
        if unit.is_by_page:
            yield code, _unknown(unit)
            continue
        if group == trusted:
            if any(node == NARRATIVE or units[node].is_certain for node in trusted):
                yield code, Verdict(_SAME, True, f"{unit.how};与{_named(kind, trusted - {code})}核对相符")
            else:
                yield code, _unknown(unit)
        elif scale := _scale_between(group, trusted, votes):
            yield code, _contradicted(kind, code, unit, scale, trusted)
        elif code in _implausible(kind, checks, amounts):
            reason = f"所印单位{unit.printed}与本文件其余各表的量级不合,本表金额单位未定"
            doubt = Doubt(DoubtKind.UNIT_CONTRADICTED, reason, table_code=code, printed=unit.printed)
            yield code, Verdict(None, False, reason, doubt)
        elif not unit.is_certain:
            yield code, _unknown(unit)


def _unknown(unit: Unit) -> Verdict:
    """Of two units that are both printed neither is taken; where none is printed the guess stays, in doubt."""
    return Verdict(None if unit.choices else _SAME, False, unit.how)


def _contradicted(kind: DocumentKind, code: str, unit: Unit, scale: Decimal, trusted: frozenset[str]) -> Verdict:
    meant = next((name for name, factor in UNITS.items() if factor * scale == UNITS[unit.printed]), None)
    by = _named(kind, trusted)
    if not unit.is_certain and meant and (not unit.choices or meant in unit.choices):
        return Verdict(scale, True, f"{unit.how};按{by}核对,本表单位为{meant}")
    reason = f"按所印单位{unit.printed},本表与{by}相差{_times(scale)}倍" + (f",应为{meant}" if meant else "")
    doubt = Doubt(DoubtKind.UNIT_CONTRADICTED, reason, table_code=code, printed=unit.printed, taken_as=meant)
    return Verdict(scale if meant else None, False, reason, doubt)


def _times(scale: Decimal) -> str:
    return f"{max(scale, 1 / scale):f}".rstrip("0").rstrip(".") if scale % 10 else f"{max(scale, 1 / scale):.0f}"


def _named(kind: DocumentKind, nodes: Iterable[str]) -> str:
    names = ["情况说明" if node == NARRATIVE else kind.table(node).number for node in sorted(nodes, reverse=True)]
    return "、".join(names[:3]) + ("等" if len(names) > 3 else "")


def _votes(checks: Iterable[CheckResult]) -> Votes:
    """(table, table) → how often the first was so many times the second."""
    votes: dict[tuple[str, str], Counter[Decimal]] = defaultdict(Counter)
    for check in checks:
        if check.left and check.right and check.unit == "万元":
            sides = list(dict.fromkeys(cell.partition("/")[0] for cell in check.cells))
            scale = _scale(check.left, check.right, check.envelope or Decimal(0)) if len(sides) == 2 else None
            if scale is not None:
                votes[sides[0], sides[1]][scale] += 1
                votes[sides[1], sides[0]][1 / scale] += 1
    return votes


def _scale(left: Decimal, right: Decimal, envelope: Decimal) -> Decimal | None:
    if abs(left - right) <= envelope:
        return _SAME
    ratio = left / right
    return next((scale for scale in _SCALES if abs(ratio / scale - 1) <= _WITHIN), None)


def _said(votes: Counter[Decimal]) -> Decimal:
    return votes.most_common(1)[0][0]


def _groups(votes: Votes, units: Mapping[str, Unit]) -> dict[str, frozenset[str]]:
    """Each table, and the narrative, with all that agree with it."""
    groups = {node: frozenset({node}) for node in (*units, *(node for pair in votes for node in pair))}
    for (one, other), said in votes.items():
        if _said(said) == _SAME:
            joined = groups[one] | groups[other]
            groups.update(dict.fromkeys(joined, joined))
    return groups


def _trusted(groups: Mapping[str, frozenset[str]], votes: Votes, units: Mapping[str, Unit]) -> frozenset[str]:
    """The narrative and what agrees with it; without it the largest group, if there is one."""
    if NARRATIVE in groups:
        own = groups[NARRATIVE]
        against = sum(sum(said.values()) for (one, _), said in votes.items() if one == NARRATIVE)
        if len(own) > 1 or against > 1:
            return own
    sizes = Counter(
        {group: sum(node in units and units[node].is_certain for node in group) for group in groups.values()}
    )
    ranked = sizes.most_common(2)
    is_clear = ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1])
    return ranked[0][0] if is_clear else frozenset()


def _scale_between(group: frozenset[str], trusted: frozenset[str], votes: Votes) -> Decimal | None:
    """How many times too large the group is, if anything of it was held against what is trusted."""
    said: Counter[Decimal] = Counter()
    for (one, other), counted in votes.items():
        if one in group and other in trusted:
            said += counted
    return _said(said) if said and _said(said) != _SAME else None


def _implausible(kind: DocumentKind, checks: Sequence[CheckResult], amounts: Sequence[Amount]) -> set[str]:
    """Tables that are larger than what they are part of, or far larger than a rule allows."""
    parts = {table.code: table.part_of for table in kind.tables if table.part_of}
    return {code for code, part in parts.items() if _breaks(part, checks) or _is_beyond(kind, code, part, amounts)}


def _breaks(part: PartOf, checks: Iterable[CheckResult]) -> bool:
    broken = (one for one in checks if one.rule_id == part.rule and one.outcome is CheckOutcome.BROKEN)
    return any(one.left and one.right and abs(one.left) > _BEYOND_ANY_RATIO * abs(one.right) for one in broken)


def _is_beyond(kind: DocumentKind, code: str, part: PartOf, amounts: Sequence[Amount]) -> bool:
    """Whether an amount of the table is larger than every cell that it is part of."""
    cells = (cell.partition("/") for cell in part.whole)
    whole = {(table, kind.table(table).row(row).row_key) for table, _, row in cells}
    totals = [one.value for one in amounts if one.value and (one.table_code, one.row_key) in whole]
    own = [one.value for one in amounts if one.value and one.table_code == code]
    return bool(totals and own) and max(own) > max(totals)


def _table(table: TableFound, verdict: Verdict | None) -> TableFound:
    return table if verdict is None else replace(table, is_unit_certain=verdict.is_proved)


def _amount(amount: Amount, verdict: Verdict | None) -> Amount:
    """In yuan by the unit that was proved; of an amount whose unit nothing tells the value stays out."""
    if verdict is None or amount.value_unit != "元" or amount.value is None:
        return amount
    value = None if verdict.scale is None else amount.value / verdict.scale
    is_sure = verdict.is_proved and amount.status is not Status.DOUBTFUL
    reason = ";".join(filter(None, (amount.repair_reason, verdict.reason)))
    return replace(amount, value=value, status=Status.REPAIRED if is_sure else Status.DOUBTFUL, repair_reason=reason)
