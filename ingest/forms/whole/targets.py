"""Forms of targets (绩效目标表), filled in before the year: money, a goal, and indicators with what they shall reach.

They have no actual values and no scores. Each amount stands behind its label; the levels of the indicators are read as
the grid and the known names of levels tell them, over a page break too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from ingest.forms.cells.by_column import cells_of
from ingest.forms.contents import Contents
from ingest.forms.form_spec import FormSpec, label
from ingest.forms.head.fields import head_value
from ingest.forms.indicators import IndicatorRow, indicator, level_name
from ingest.forms.layout.boundaries import RawForm
from ingest.forms.layout.columns import Column
from ingest.forms.layout.contacts import without_contacts
from ingest.forms.layout.parts import Part, parts_of
from ingest.forms.layout.printed_labels import header_kind, labels_in
from ingest.forms.layout.rows import FormRow, Piece
from ingest.forms.money import USUAL_UNIT, MoneyRow
from ingest.forms.values import numbers
from ingest.forms.values.quantities import operator_of
from ingest.forms.whole.money import source_name
from warehouse.kinds.characters import name_of, squeeze
from warehouse.kinds.form_declarations import wordings
from warehouse.records.reading import Indicator

_TITLES, _MONEY, _WORDS = wordings().titles, wordings().money, wordings().targets
_CODE_BEFORE = re.compile(r"^[0-9A-Za-z]+[_-]")
_CODE_BEHIND = re.compile(r"[_-][0-9A-Za-z]+$")
_NO_TEXT = frozenset(("-", "—", "——", "/", "无"))


def is_of_targets(form: RawForm) -> bool:
    """Its title says so, or no column of its indicators is for an actual value or a score."""
    title = form.title or ""
    if _TITLES.self_evaluation in title:
        return False
    headers = [row for row in form.rows if header_kind(row, form.spec) == "indicators"]
    keys = {column.key for part in parts_of(headers, form.spec) for column in part.columns}
    return bool(headers) and not keys & {"actual", "score"} and _TITLES.of_targets in title


def read_targets(form: RawForm) -> Contents:
    """The contents of a form of targets."""
    spec = form.spec
    parts = parts_of(form.rows, spec)
    indicators = [part for part in parts if part.kind == "indicators"]
    first = indicators[0].headers[0] if indicators else None
    head = form.rows[: form.rows.index(first)] if first else form.rows
    rows = list(_money(head, spec))
    read = [row for part in indicators for row in _rows(part, spec)]
    _fill_levels(read, spec)
    return Contents(
        money=rows,
        unit=_unit(head, form.above),
        management=(),
        indicators=tuple(target_indicator(seq, row) for seq, row in enumerate(read, start=1)),
        execution_rate_pct=None,
        execution_score=None,
        total_score=None,
        grade=None,
        expected=_goal(head, spec),
        achieved=None,
        competent_department=_body(head_value(form, "competent_department")),
        implementing_unit=_body(head_value(form, "implementing_unit")),
        is_whole=True,
    )


def _body(name: str | None) -> str | None:
    """340_某市粮食局 is 某市粮食局."""
    return _CODE_BEHIND.sub("", _CODE_BEFORE.sub("", name)) if name else None


def _unit(head: Sequence[FormRow], above: Sequence[str]) -> str:
    printed = [piece.text for row in head for piece in row.pieces]
    units = [unit for text in (*printed, *map(squeeze, reversed(above))) if (unit := numbers.unit_of(text))]
    return units[0] if units else USUAL_UNIT


def _money(head: Sequence[FormRow], spec: FormSpec) -> Iterator[MoneyRow]:
    """The total and the sources, each amount behind its label; of the whole term and of the year that of the year."""
    found = list(_sum_of_tasks(head, spec)) or [one for row in head for one in _pairs(row, spec)]
    found = found or [one for above, row in pairwise(head) for one in _below_labels(above, row, spec)]
    totals = [row for row in found if row.is_total]
    of_term = [row for row in totals if any(word in row.label for word in _WORDS.of_whole_term)]
    of_year = [row for row in totals if row not in of_term] or of_term
    yield from of_year[:1]
    columns = {row.texts["place"] for row in of_year[:1]}
    seen: set[str] = set()
    for row in found:
        if not row.is_total and row.texts["place"] in columns and row.label not in seen:
            seen.add(row.label)
            yield row


def _pairs(row: FormRow, spec: FormSpec) -> Iterator[MoneyRow]:
    """Labels of money, each with the number behind it."""
    for nth, (piece, behind) in enumerate(pairwise(row.own)):
        name = source_name(piece.text)
        is_total = _is_total(piece, spec)
        amount = numbers.plain(behind.text)
        if amount is not None and (is_total or spec.names_source(name)) and numbers.plain(piece.text) is None:
            yield _row(name, row, is_total, amount, place="behind" if nth < 2 else "far behind")


def _below_labels(above: FormRow, row: FormRow, spec: FormSpec) -> Iterator[MoneyRow]:
    """合计 | 财政拨款 | 其他资金 above their amounts, where the amounts of the sources add up to the first."""
    amounts = [value for piece in row.own if (value := numbers.plain(piece.text)) is not None]
    labels = above.own[-len(amounts) :]
    is_headed = len(labels) == len(amounts) > 1 and _is_total(labels[0], spec)
    if is_headed and all(spec.names_source(piece.name) for piece in labels[1:]) and amounts[0] == sum(amounts[1:]):
        for nth, (piece, amount) in enumerate(zip(labels, amounts, strict=True)):
            yield _row(source_name(piece.text), row, nth == 0, amount, place="behind")


def _sum_of_tasks(head: Sequence[FormRow], spec: FormSpec) -> Iterator[MoneyRow]:
    """金额合计 below the money of each 年度主要任务: of all sources, and of each that the header names."""
    if not any(key.key == "task" for row in head for key in labels_in(row, spec, "goals")):
        return
    sources: list[str] = []
    for row in head:
        amounts = [value for piece in row.own if (value := numbers.plain(piece.text)) is not None]
        if amounts and any(word in row.own[0].name for word in _MONEY.total_words):
            yield _row(row.own[0].name, row, True, amounts[0], place="behind")
            if len(sources) == len(amounts) - 1:
                yield from (
                    _row(name, row, False, amount, place="behind")
                    for name, amount in zip(sources, amounts[1:], strict=True)
                )
        elif not amounts:
            sources = [piece.name for piece in row.own if spec.names_source(piece.name) and not _is_total(piece, spec)]


def _is_total(piece: Piece, spec: FormSpec) -> bool:
    name = source_name(piece.text)
    said = any(word in name for word in _MONEY.total_words) or squeeze(name).partition("(")[0] in _WORDS.total_labels
    return said or spec.key("money_rows", name) == "total"


def _row(name: str, row: FormRow, is_total: bool, amount: Decimal, place: str) -> MoneyRow:
    return MoneyRow(name, {"place": place}, row, is_total, {"initial_budget": amount})


def _goal(head: Sequence[FormRow], spec: FormSpec) -> str | None:
    """The text beside 总体目标; of two goals that of the year."""
    goals = []
    for row in head:
        for piece, behind in pairwise(row.own):
            if spec.key("goals", piece.text) == "expected" and spec.key("goals", behind.text) is None:
                goals.append(without_contacts(name_of(behind.text)))
    return next((text for text in reversed(goals) if text not in _NO_TEXT), None)


def _rows(part: Part, spec: FormSpec) -> Iterator[IndicatorRow]:
    columns = [_target_column(column) for column in part.columns]
    for row in part.rows:
        kept = tuple(piece for piece in row.pieces if spec.key("indicators", piece.text) != "section")
        _, texts = cells_of(replace(row, pieces=kept), columns, "indicators", spec)
        if texts.get("level3") and (texts.get("target") or texts.get("target_initial") or texts.get("weight")):
            yield IndicatorRow(texts, row)


def _target_column(column: Column) -> Column:
    """性质 | 指标值 | 计量单位: what stands in one cell elsewhere."""
    printed = squeeze(column.printed)
    for key, words in (("operator", _WORDS.operator_columns), ("unit", _WORDS.unit_columns)):
        if printed in words:
            return replace(column, key=key)
    return column


def _fill_levels(rows: list[IndicatorRow], spec: FormSpec) -> None:
    """A label covers the rows below it; one that a page break cut from its rows covers those above the break too.

    A level 1 that is cut, or covers nothing here, is that of its level 2 in every form.
    """
    names = [level_name(row.texts.get("level2")) for row in rows]
    before: str | None = None
    for n, row in enumerate(rows):
        cut = names[n] or _behind_break(rows, names, n)
        before = row.level2 = cut or before
    before = None
    for row in rows:
        printed = level_name(row.texts.get("level1"))
        of_level2 = spec.groups.get(label(row.level2)) if row.level2 else None
        is_known = bool(printed) and label(printed or "") in spec.level1_labels
        row.level1 = printed if is_known else of_level2 or printed or before
        before = row.level1
    for row in rows:
        _part_joined(row, spec)


def _behind_break(rows: Sequence[IndicatorRow], names: Sequence[str | None], n: int) -> str | None:
    """The label at the top of the next page, for the rows at the foot of a page that no cell of theirs covers."""
    following = next((m for m in range(n, len(rows)) if m > n and rows[m].row.begins_table), None)
    is_at_foot = following is not None and not any(names[n:following]) and n > 0
    return names[following] if is_at_foot and following is not None else None


def _part_joined(row: IndicatorRow, spec: FormSpec) -> None:
    """产出指标数量指标出具报告 in one cell is three levels."""
    text = name_of(row.texts.get("level3") or "")
    level1 = next((name for name in spec.level1_labels if text.startswith(name)), None)
    rest = text[len(level1) :] if level1 else ""
    level2 = next((name for name in sorted(spec.groups, key=len, reverse=True) if rest.startswith(name)), None)
    if level1 and level2 and rest[len(level2) :]:
        row.level1, row.level2, row.texts["level3"] = level1, level2, rest[len(level2) :]


def target_indicator(seq: int, row: IndicatorRow) -> Indicator:
    """The record of one row; operator and unit of cells of their own are taken as printed."""
    found = replace(indicator(seq, row), actual=None, score=None)
    operator, unit = row.texts.get("operator"), row.texts.get("unit")
    if operator is None and unit is None:
        return found
    value = numbers.plain(found.target) or found.target_value  # 300批次, ≥95% beside a cell of one of the two
    if value is None:
        return replace(found, target_operator=None, target_value=None, target_unit=None)
    said = operator_of(operator or "") or found.target_operator
    return replace(
        found, target_operator=said, target_value=value, target_unit=name_of(unit or "") or found.target_unit
    )
