"""Damaged numbers of the narrative: taken where the same document proves them, else doubtful."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from ingest.narrative.figures import FigureRatio, Key
from ingest.narrative.find import FoundFigure
from ingest.values.amounts import SIGN, Candidate
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Amount, Doubt, StatedFigure, Status

_YUAN_PER_WAN = Decimal(10_000)
_CENT = Decimal("0.01")
Values = Mapping[Key, Decimal]


def table_values(amounts: Sequence[Amount]) -> frozenset[Decimal]:
    """Every amount of the tables, in 万元 to the cent."""
    return frozenset(
        (amount.value / _YUAN_PER_WAN).quantize(_CENT)
        for amount in amounts
        if amount.value and amount.value_unit == "元" and amount.status is not Status.DOUBTFUL
    )


def figure_and_doubt(
    found: FoundFigure, values: Values, in_tables: frozenset[Decimal], ratios: Sequence[FigureRatio]
) -> tuple[StatedFigure | None, Doubt | None]:
    """The figure as it is stored, and the doubt that stays."""
    read = found.value
    if read is None:
        return _figure(found, None, Status.AS_PRINTED, None), None
    if read.value is not None:
        return _figure(found, read.value, Status.AS_PRINTED, None), None
    if not read.candidates:
        return None, _doubt(found, DoubtKind.NUMBER_UNREADABLE, "情况说明中的数字无法辨认", None)
    for candidate in read.candidates:
        if proof := _proof(found, candidate, values, in_tables, ratios):
            return _figure(found, candidate.value, Status.REPAIRED, f"{candidate.how};{proof}"), None
    taken = read.candidates[0]
    doubt = _doubt(found, DoubtKind.NUMBER_UNPROVED, f"情况说明中的数字有损({taken.how}),同一文件无从证实", taken)
    return _figure(found, taken.value, Status.DOUBTFUL, taken.how), doubt


def _proof(
    found: FoundFigure,
    candidate: Candidate,
    values: Values,
    in_tables: frozenset[Decimal],
    ratios: Sequence[FigureRatio],
) -> str | None:
    """Why the candidate is the printed number, in words; None if nothing says so."""
    amount = candidate.value if SIGN in candidate.changes else abs(candidate.value)
    if found.value and found.value.unit == "万元" and amount and amount.quantize(_CENT) in in_tables:
        return "与决算表金额一致"
    context = {**values, found.key: candidate.value}
    for ratio in ratios:
        part, base, per_cent = (_first(context, found, names) for names in (ratio.part, ratio.base, ratio.per_cent))
        if found.measure in ratio.measures and ratio.holds(part, base, per_cent):
            return ratio.says
    return None


def _first(context: Values, found: FoundFigure, measures: tuple[str, ...]) -> Decimal | None:
    """The first of some measures that is stated of the same subject."""
    stated = (context.get((found.kind, found.subject, measure)) for measure in measures)
    return next((value for value in stated if value is not None), None)


def _figure(found: FoundFigure, value: Decimal | None, status: Status, reason: str | None) -> StatedFigure:
    return StatedFigure(
        kind=found.kind,
        subject=found.subject,
        measure=found.measure,
        value=value,
        unit=found.value.unit if found.value else None,
        printed=found.printed,
        text=found.text,
        status=status,
        place=found.place,
        repair_reason=reason,
        half_unit=found.value.half_unit(value) if found.value and value is not None else None,
    )


def _doubt(found: FoundFigure, what: DoubtKind, reason: str, taken: Candidate | None) -> Doubt:
    return Doubt(
        what,
        reason,
        row_key=found.subject,
        measure=found.measure,
        printed=found.printed[-60:],
        taken_as=str(taken.value) if taken else None,
        place=found.place,
    )
