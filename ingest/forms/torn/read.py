"""What the parts of a torn form say: labels known by a part of them, numbers that arithmetic proves."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.forms import money
from ingest.forms.contents import Contents, grade_of
from ingest.forms.head.fields import head_value
from ingest.forms.indicators import indicator_rows
from ingest.forms.layout.boundaries import RawForm
from ingest.forms.layout.parts import Part, parts_of
from ingest.forms.money import MoneyRow
from ingest.forms.notes import Notes
from ingest.forms.said import NOTHING, Elsewhere, Said, said_of
from ingest.forms.torn.indicators import IndicatorsOfTorn, begin_indicators, levels_of, torn_indicators
from ingest.forms.torn.labels import all_columns, prints_item
from ingest.forms.torn.level_weights import LevelWeight, LevelWeights
from ingest.forms.torn.management import points_in_all, torn_management
from ingest.forms.torn.money import torn_money_rows
from ingest.forms.torn.money_proofs import Settled, proved, rate_and_score
from ingest.forms.torn.other_funds import by_points, completed, proves_rate
from ingest.forms.torn.total import possible_totals
from ingest.forms.torn.unproved import with_unproved_doubtful
from ingest.forms.values.met import judged
from ingest.values.sums import sum_of
from warehouse.kinds.form_weights import form_weights
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Indicator, PerformanceManagement

_EDGES = re.compile(r"^[-—_|]+|[-—_|]+$")  # what a border leaves; a letter would be a character misread
_UNITS = {"competent_department": "主管部门", "implementing_unit": "实施单位"}
Points = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True, slots=True)
class TornForm:
    """What a torn form says by itself. Its levels and the rest are told once all forms of the document were begun."""

    form: RawForm
    said: Said
    parts: list[Part]
    money: list[MoneyRow]
    unit: str
    management: list[PerformanceManagement]
    score: Decimal | None
    execution: Points  # rate, score
    department: str | None
    body: str | None
    indicators: IndicatorsOfTorn


def begin_torn(form: RawForm, project: str, elsewhere: Elsewhere, notes: Notes) -> TornForm:
    """What a form whose cells borders have cut says by itself. Names in its head are taken only if the document prints
    them elsewhere."""
    said = said_of(project, elsewhere.said)
    parts = parts_of(form.rows, form.spec, begins_management=prints_item, columns=all_columns)
    rows, unit = _money(parts, form, said, notes)
    management = _management(parts, form, notes)
    totals = possible_totals(parts)
    score = totals[0] if len(totals) == 1 else said.score if said.score in totals else None
    execution = rate_and_score(next((row for row in rows if row.is_total), None), proves_rate(rows))
    department, body = (_unit(form, key, elsewhere.prose, notes) for key in _UNITS)
    left = _left_for_indicators(parts, (score, execution[1]), management)
    printed = indicator_rows([part for part in parts if part.kind == "indicators"], form.spec)
    indicators = begin_indicators(printed, left, notes)
    return TornForm(form, said, parts, rows, unit, management, score, execution, department, body, indicators)


def complete_torn(torn: TornForm, shared: LevelWeights, notes: Notes) -> Contents:
    """The contents of the form; `shared` are the weights of each level 1 in the forms of the document.

    The goals stay open: their two columns have run into each other.
    """
    indicators = _indicators(torn, shared, notes)
    rate, execution_score = torn.execution
    if execution_score is None and torn.score is not None and torn.score == torn.said.score:
        points = _left_for_execution(torn.score, torn.management, indicators)
        rate, execution_score = _executed_by_points(torn, points, notes) or torn.execution
    return Contents(
        money=torn.money,
        unit=torn.unit,
        management=torn.management,
        indicators=indicators,
        execution_rate_pct=rate,
        execution_score=execution_score,
        total_score=torn.score,
        grade=grade_of(torn.parts, torn.form.spec),
        expected=None,
        achieved=None,
        competent_department=torn.department,
        implementing_unit=torn.body,
        is_whole=False,
    )


def own_levels(torn: TornForm) -> list[LevelWeight]:
    """Level 1 and weight of each indicator, as far as the form itself tells them."""
    return levels_of(torn.indicators, torn.form.spec)


def _unit(form: RawForm, key: str, prose: str, notes: Notes) -> str | None:
    """The department or unit of the form's head, if the document names it elsewhere too."""
    value = head_value(form, key)
    if value is None:
        return None
    name = _EDGES.sub("", value)
    if len(name) >= form_weights().names.shortest_unit and name in prose:
        return name
    notes.add(DoubtKind.FORM_CELL_OPEN, f"{_UNITS[key]}被表格线割裂,本文件别处未见此名,留空", printed=value)
    return None


def _money(parts: Sequence[Part], form: RawForm, said: Said, notes: Notes) -> tuple[list[MoneyRow], str]:
    """(rows, unit)"""
    part = money.money_part(parts, notes)
    if part is None:
        return [], money.USUAL_UNIT
    rows = torn_money_rows(part, form.spec)
    unit = money.unit_of(part, form.above)
    of_narrative = said if unit == money.USUAL_UNIT else NOTHING  # which is in 万元
    for row, reason, is_open in _final([*proved(rows), *completed(rows, part, form.spec, of_narrative)]):
        what = DoubtKind.FORM_AMOUNT_OPEN if is_open else DoubtKind.FORM_AMOUNT_REPAIRED
        notes.add(what, f"{row.label}:{reason}", row.row, printed=row.row.text[:80])
    return rows, unit


def _left_for_execution(
    score: Decimal, management: Sequence[PerformanceManagement], indicators: Sequence[Indicator]
) -> Decimal | None:
    """The points that management and indicators leave of the total, where all of them are known."""
    of_others = sum_of([*(item.score for item in management), *(one.score for one in indicators)])
    return None if of_others is None else score - of_others


def _executed_by_points(torn: TornForm, points: Decimal | None, notes: Notes) -> Points | None:
    """(rate, score)"""
    part = next((part for part in torn.parts if part.kind == "money"), None)
    if part is None or points is None:
        return None
    settled, rate = by_points(torn.money, part, torn.form.spec, points)
    for row, reason, _ in settled:
        notes.add(DoubtKind.FORM_AMOUNT_REPAIRED, f"{row.label}:{reason}", row.row, printed=row.row.text[:80])
    return (rate, points) if rate is not None else None


def _final(settled: Sequence[Settled]) -> Iterator[Settled]:
    """What is said last of a row that was left open first, if nothing of it is open any more."""
    for nth, one in enumerate(settled):
        is_closed = one.is_open and all(one.row.amounts[key] is not None for key in money.BUDGETS)
        if not (is_closed and any(later.row is one.row for later in settled[nth + 1 :])):
            yield one


def _management(parts: Sequence[Part], form: RawForm, notes: Notes) -> list[PerformanceManagement]:
    own = [part for part in parts if part.kind == "management"]
    return torn_management([row for part in own for row in (*part.headers, *part.rows)], form.spec, notes)


def _indicators(torn: TornForm, shared: LevelWeights, notes: Notes) -> tuple[Indicator, ...]:
    read = torn_indicators(torn.indicators, torn.form.spec, shared, notes)
    return tuple(map(judged, with_unproved_doubtful(read, notes)))


def _left_for_indicators(parts: Sequence[Part], scores: Points, management: list[PerformanceManagement]) -> Points:
    """The weight and the score that execution and management leave of the total."""
    in_all = points_in_all([row for part in parts for row in (*part.headers, *part.rows)])
    if in_all is None and not any(part.kind == "management" for part in parts):
        in_all = Decimal(0)
    proofs = form_weights().proofs
    weights = None if in_all is None else proofs.full_mark - in_all - proofs.execution_weight
    reached = [scores[1], *(item.score for item in management)]
    of_others = sum_of(reached)
    left = None if scores[0] is None or of_others is None else scores[0] - of_others
    return weights, left
