"""What the parts of a whole form say: every cell is read where it is printed."""

import re
from collections.abc import Sequence

from ingest.forms import money
from ingest.forms.cells.by_column import cells_of
from ingest.forms.contents import Contents, grade_of
from ingest.forms.form_spec import FormSpec, label
from ingest.forms.head.fields import head_value
from ingest.forms.indicators import indicator, indicator_rows
from ingest.forms.layout.boundaries import RawForm
from ingest.forms.layout.contacts import without_contacts
from ingest.forms.layout.parts import Part, parts_of
from ingest.forms.layout.rows import FormRow
from ingest.forms.money import MoneyRow
from ingest.forms.notes import Notes
from ingest.forms.values import numbers
from ingest.forms.values.met import judged
from ingest.forms.whole.money import money_rows
from ingest.forms.whole.money_proofs import money_proved
from ingest.forms.whole.total import total_proved, total_score
from warehouse.kinds.characters import name_of
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import PerformanceManagement

_WORD = re.compile("[\u4e00-\u9fff]{2}")
_NUMBERED = ("money", "management", "indicators", "total")


def read_whole(form: RawForm, notes: Notes) -> Contents:
    """The contents of a form whose cells no border has cut."""
    parts = parts_of(form.rows, form.spec)
    rows, unit = _money(parts, form, notes)
    total = next((row for row in rows if row.is_total), None)
    management = _management(parts, form.spec)
    score, execution_score = total_proved(
        total_score(parts), money.points(total, "execution_score"), money.points(total, "execution_weight"), notes
    )
    expected, achieved = _goals(parts, form.spec)
    rows_of_indicators = indicator_rows([part for part in parts if part.kind == "indicators"], form.spec)
    return Contents(
        money=rows,
        unit=unit,
        management=management,
        indicators=tuple(judged(indicator(seq, row)) for seq, row in enumerate(rows_of_indicators, start=1)),
        execution_rate_pct=numbers.plain(total.texts.get("execution_rate_pct")) if total else None,
        execution_score=execution_score,
        total_score=score,
        grade=grade_of(parts, form.spec),
        expected=expected,
        achieved=achieved,
        competent_department=head_value(form, "competent_department"),
        implementing_unit=head_value(form, "implementing_unit"),
        is_whole=not (
            _lacks_management(form, management, notes)
            or _has_strange_column(parts, form.spec, notes)
            or _has_unreadable_number(parts, notes)
        ),
    )


def _money(parts: Sequence[Part], form: RawForm, notes: Notes) -> tuple[list[MoneyRow], str]:
    """(rows, unit)"""
    part = money.money_part(parts, notes)
    if part is None:
        return [], money.USUAL_UNIT
    unit = money.unit_of(part, form.above)
    rows, others = money_rows(part, form.spec)
    money_proved(rows, unit, form.rows, notes)
    for other in others:
        notes.add(DoubtKind.FORM_ROW_LEFT_OUT, "不是资金来源的行,未入库", other.row, printed=other.row.text[:80])
    return rows, unit


def _management(parts: Sequence[Part], spec: FormSpec) -> list[PerformanceManagement]:
    own = [part for part in parts if part.kind == "management"]
    return [item for part in own for row in part.rows if (item := _item(row, part, spec))]


def _item(row: FormRow, part: Part, spec: FormSpec) -> PerformanceManagement | None:
    item, texts = cells_of(row, part.columns, "management", spec)
    weight, score = (numbers.points(texts.get(key)) for key in ("weight", "score"))
    return PerformanceManagement(name_of(item), weight, score) if item and (weight, score) != (None, None) else None


def _goals(parts: Sequence[Part], spec: FormSpec) -> tuple[str | None, str | None]:
    """What was aimed at and what was reached: the first row of each."""
    texts: dict[str, str] = {}
    for part in parts:
        for row in part.rows if part.kind == "goals" else ():
            for key, text in cells_of(row, part.columns, "goals", spec)[1].items():
                texts.setdefault(key, without_contacts(name_of(text)))
    return texts.get("expected"), texts.get("achieved")


def _lacks_management(form: RawForm, management: Sequence[PerformanceManagement], notes: Notes) -> bool:
    """The form prints management items of which none was read: its points are no whole."""
    items = {label(item) for item in form.spec.management_items}
    printed = any(label(piece.text) in items for row in form.rows for piece in row.own)
    if printed and not management:
        notes.add(DoubtKind.FORM_PART_UNREAD, "资金管理情况各项已印而未能读出,未入库")
    return printed and not management


def _has_strange_column(parts: Sequence[Part], spec: FormSpec, notes: Notes) -> bool:
    """Between the headings of the money stands one that is declared nowhere: in converted text the numbers below it
    may be taken for those of its neighbours."""
    strange = [
        piece.name
        for part in parts
        for row in part.headers
        if part.kind == "money" and not row.exact and part.columns
        for piece in row.own
        if piece.start > part.columns[0].piece.start - 2 and _WORD.search(piece.name) and not spec.knows(piece.text)
    ]
    if strange:
        notes.add(
            DoubtKind.FORM_HEADER_UNKNOWN,
            f"资金表头“{'、'.join(strange)}”不识,各栏数字可能错位",
            printed=strange[0][:80],
        )
    return bool(strange)


def _has_unreadable_number(parts: Sequence[Part], notes: Notes) -> bool:
    """A cell of the points, the money or the total prints a damaged number (97·99): without it no sum of the form
    holds, and in converted text its neighbours may have been taken for it.
    """
    pieces = [piece for part in parts if part.kind in _NUMBERED for row in part.rows for piece in row.own]
    damaged = [piece.name for piece in pieces if numbers.is_damaged(piece.text)]
    if damaged:
        printed = "、".join(damaged)[:80]
        notes.add(DoubtKind.FORM_NUMBER_OPEN, f"表内印有残损的数字{printed},自评表各项之和无从核对", printed=printed)
    return bool(damaged)
