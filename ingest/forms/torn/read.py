"""What the parts of a torn form say: labels known by a part of them, numbers that arithmetic proves."""

import re
from collections.abc import Sequence
from decimal import Decimal

from ingest.forms import money
from ingest.forms.contents import Contents, grade_of
from ingest.forms.head.fields import head_value
from ingest.forms.indicators import indicator_rows
from ingest.forms.layout.boundaries import RawForm
from ingest.forms.layout.parts import Part, parts_of
from ingest.forms.money import MoneyRow
from ingest.forms.notes import Notes
from ingest.forms.torn.indicators import torn_indicators
from ingest.forms.torn.labels import all_columns, prints_item
from ingest.forms.torn.management import points_in_all, torn_management
from ingest.forms.torn.money import torn_money_rows
from ingest.forms.torn.money_proofs import proved, rate_and_score
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


def read_torn(form: RawForm, prose: str, notes: Notes) -> Contents:
    """The contents of a form whose cells borders have cut. Names in its head are taken only if `prose` prints them.

    The goals stay open: their two columns have run into each other.
    """
    parts = parts_of(form.rows, form.spec, begins_management=prints_item, columns=all_columns)
    rows, unit = _money(parts, form, notes)
    management = _management(parts, form, notes)
    totals = possible_totals(parts)
    score = totals[0] if len(totals) == 1 else None
    rate, execution_score = rate_and_score(next((row for row in rows if row.is_total), None))
    department, body = (_unit(form, key, prose, notes) for key in _UNITS)
    left = _left_for_indicators(parts, (score, execution_score), management)
    return Contents(
        money=rows,
        unit=unit,
        management=management,
        indicators=_indicators(parts, form, left, notes),
        execution_rate_pct=rate,
        execution_score=execution_score,
        total_score=score,
        grade=grade_of(parts, form.spec),
        expected=None,
        achieved=None,
        competent_department=department,
        implementing_unit=body,
        is_whole=False,
    )


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


def _money(parts: Sequence[Part], form: RawForm, notes: Notes) -> tuple[list[MoneyRow], str]:
    """(rows, unit)"""
    part = money.money_part(parts, notes)
    if part is None:
        return [], money.USUAL_UNIT
    rows = torn_money_rows(part, form.spec)
    for row, reason, is_open in proved(rows):
        what = DoubtKind.FORM_AMOUNT_OPEN if is_open else DoubtKind.FORM_AMOUNT_REPAIRED
        notes.add(what, f"{row.label}:{reason}", row.row, printed=row.row.text[:80])
    return rows, money.unit_of(part, form.above)


def _management(parts: Sequence[Part], form: RawForm, notes: Notes) -> list[PerformanceManagement]:
    own = [part for part in parts if part.kind == "management"]
    return torn_management([row for part in own for row in (*part.headers, *part.rows)], form.spec, notes)


def _indicators(parts: Sequence[Part], form: RawForm, left: Points, notes: Notes) -> tuple[Indicator, ...]:
    rows = indicator_rows([part for part in parts if part.kind == "indicators"], form.spec)
    return tuple(map(judged, with_unproved_doubtful(torn_indicators(rows, form.spec, left, notes), notes)))


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
