"""The indicator rows of a form."""

import re
from dataclasses import dataclass

from ingest.forms.cells.by_column import cells_of
from ingest.forms.cells.fitness import is_achievement
from ingest.forms.form_spec import FormSpec, label
from ingest.forms.layout.contacts import without_contacts
from ingest.forms.layout.parts import Part
from ingest.forms.layout.rows import FormRow
from ingest.forms.values import numbers
from ingest.forms.values.quantities import quantity
from warehouse.kinds.characters import name_of, squeeze
from warehouse.kinds.form_declarations import wordings
from warehouse.kinds.form_weights import form_weights
from warehouse.records.reading import Indicator, Status

_POINTS_BESIDE = re.compile(rf"[(（]?\d+(?:\.\d+)?(?:{'|'.join(wordings().points.units)})[)）]?$")
_MINUS = re.compile(r"^[-－—–−]\s*(?=\d)")
_TEMPLATE = re.compile(r"-\D*")
_LEAST = form_weights().rows
_NEEDED = ("level3", "target", "actual", "weight", "score")


@dataclass(slots=True)
class IndicatorRow:
    """One printed row, its cells by column."""

    texts: dict[str, str]
    row: FormRow
    level1: str | None = None
    level2: str | None = None


def indicator_rows(parts: list[Part], spec: FormSpec) -> list[IndicatorRow]:
    """The rows of every indicator part, with their levels filled down."""
    rows = [read for part in parts for row in part.rows if (read := _indicator_row(row, part, spec))]
    fill_down(rows, spec)
    return rows


def _indicator_row(row: FormRow, part: Part, spec: FormSpec) -> IndicatorRow | None:
    _, texts = cells_of(_without_section(row, spec), part.columns, "indicators", spec)
    has_number = any(numbers.points(texts.get(key)) is not None for key in ("weight", "score"))
    filled = sum(bool(texts.get(key)) for key in _NEEDED)
    if filled < _LEAST.cells_of_indicator:
        return None
    if not has_number and (filled < _LEAST.cells_of_unscored_indicator or not row.exact):
        return None
    return IndicatorRow(texts, row)


def _without_section(row: FormRow, spec: FormSpec) -> FormRow:
    """绩效指标 in the margin covers all indicators; it is no level 1."""
    kept = tuple(piece for piece in row.pieces if spec.key("indicators", piece.text) != "section")
    return FormRow(kept, row.exact, row.place) if len(kept) < len(row.pieces) else row


def fill_down(rows: list[IndicatorRow], spec: FormSpec) -> None:
    """A label covers the rows below it up to the next one; a new level 1 ends the level 2 above it."""
    level1 = level2 = None
    for row in rows:
        own1, own2 = level_name(row.texts.get("level1")), level_name(row.texts.get("level2"))
        if own1 and own1 != level1:
            level2 = None
        level2 = own2 or level2
        level1 = own1 or level1
        if not row.row.exact and level2:
            level1 = spec.groups.get(label(level2), level1)
        row.level1, row.level2 = level1, level2


def level_name(text: str | None) -> str | None:
    """产出指标（50分） is 产出指标."""
    return _POINTS_BESIDE.sub("", name_of(text)) or None if text else None


def indicator(seq: int, read: IndicatorRow) -> Indicator:
    """The record of one row."""
    texts = {key: _clean(text) for key, text in read.texts.items()}
    minus_is_equals = _minus_is_equals(texts)
    if minus_is_equals:
        texts |= {key: _MINUS.sub("=", text) for key in ("target", "actual") if (text := texts.get(key))}
    target, actual = target_of(texts), texts.get("actual")
    aim, reached = quantity(target), quantity(actual)
    return Indicator(
        seq=seq,
        level1=read.level1,
        level2=read.level2,
        level3=texts.get("level3"),
        target=target,
        actual=actual,
        weight=numbers.points(read.texts.get("weight")),
        score=numbers.points(read.texts.get("score")),
        deviation_pct=numbers.plain(read.texts.get("deviation_pct")),
        reason=texts.get("reason"),
        target_operator=aim.operator,
        target_value=aim.value,
        target_unit=aim.unit,
        actual_value=reached.value,
        status=Status.REPAIRED if minus_is_equals else Status.AS_PRINTED,
        repair_reason="年初指标值只印“-”与单位,可知“-”为等号之误" if minus_is_equals else None,
        place=read.row.place,
    )


def _minus_is_equals(texts: dict[str, str | None]) -> bool:
    """The initial target prints the operator and the unit alone: -万元 shows that the - of -260万元 is an operator."""
    template, target = squeeze(texts.get("target_initial") or ""), squeeze(texts.get("target") or "")
    return bool(_TEMPLATE.fullmatch(template) and _MINUS.match(target))


def target_of(texts: dict[str, str | None]) -> str | None:
    """The adjusted target; the initial one where no other is printed (达成预期 is an outcome, no target)."""
    adjusted, initial = texts.get("target"), texts.get("target_initial")
    return initial if initial and (not adjusted or is_achievement(adjusted)) else adjusted


def _clean(text: str) -> str | None:
    return without_contacts(name_of(text)) or None
