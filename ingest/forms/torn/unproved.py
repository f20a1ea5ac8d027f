"""Indicators of a torn form that nothing in the form proves: they are given as doubtful.

What of each row is not proved, its doubts say already.
"""

from collections.abc import Iterable
from dataclasses import replace

from ingest.forms.notes import Notes
from ingest.forms.values import numbers
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Indicator, Status

NOT_PROVED = "表格线割裂单元格,未经表内其他数字证实"
TWO_WAYS = "得分与偏差度被表格线割开,两格拼合亦成数,得分与偏差度留空"


def with_unproved_doubtful(indicators: Iterable[Indicator], notes: Notes) -> tuple[Indicator, ...]:
    """What was taken as printed from a torn form becomes doubtful; a score that may run on into the next
    cell (2 | 4.5 of 24.5) is left blank."""
    checked = [_score_cut(one, notes) if _may_run_on(one) else one for one in indicators]
    return tuple(
        replace(one, status=Status.DOUBTFUL, repair_reason=NOT_PROVED) if one.status is Status.AS_PRINTED else one
        for one in checked
    )


def _may_run_on(one: Indicator) -> bool:
    if not (one.weight and one.score is not None and one.deviation_pct and one.deviation_pct > 0):
        return False
    joined = numbers.of_pieces(f"{one.score:f}{one.deviation_pct:f}")
    return joined is not None and one.score < joined <= one.weight


def _score_cut(one: Indicator, notes: Notes) -> Indicator:
    printed = f"{one.score:f} | {one.deviation_pct:f}"
    notes.add(DoubtKind.FORM_NUMBER_OPEN, f"{TWO_WAYS}:第{one.seq}项指标", printed=printed)
    return replace(one, score=None, deviation_pct=None, status=Status.DOUBTFUL, repair_reason=TWO_WAYS)
