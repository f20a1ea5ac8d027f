"""One form → one PerformanceProject, with the doubts of its reading."""

import re
from decimal import Decimal

from ingest.forms import money, numbers
from ingest.forms.cells import cells_of
from ingest.forms.contacts import without_contacts
from ingest.forms.gather import HEAD_ROWS_AT_MOST, RawForm
from ingest.forms.indicators import indicator, indicator_rows
from ingest.forms.labels import value_of
from ingest.forms.met import judged
from ingest.forms.money import MoneyRow
from ingest.forms.names import body_in_head
from ingest.forms.notes import Notes
from ingest.forms.parts import Part, parts_of
from ingest.forms.proofs import money_proved, total_proved
from ingest.forms.rows import FormRow
from ingest.forms.spec import FormSpec, label
from ingest.forms.torn_indicators import torn_indicators
from ingest.forms.torn_management import points_in_all, torn_management
from ingest.forms.torn_money import torn_money_rows
from ingest.forms.torn_proofs import proved, rate_and_score
from ingest.forms.totals import torn_totals, total_of
from ingest.forms.unproved import vouched
from ingest.values.characters import name_of
from warehouse.records.reading import Doubt, Indicator, PerformanceFund, PerformanceManagement, PerformanceProject

SHORTEST_UNIT = 4  # characters; what is shorter is found by chance in any prose
_EDGES = re.compile(r"^[-—_|]+|[-—_|]+$")  # what a border leaves; a letter would be a character misread
_NAME_FROM_LIST = "项目名称被表格线割裂,按本文件的项目清单补全"
_WORD = re.compile("[\u4e00-\u9fff]{2}")
_UNITS = {"competent_department": "主管部门", "implementing_unit": "实施单位"}
_NUMBERED = ("money", "management", "indicators", "total")
Total = tuple[Decimal | None, str | None]


def read_form(
    form: RawForm, listed_name: str | None = None, prose: str = ""
) -> tuple[PerformanceProject | None, list[Doubt]]:
    """The record of a form; None where it has no name, which a doubt says. `prose` vouches for names that are torn."""
    name = listed_name or project_name(form) or _own_body(form, prose)
    if name is None:
        return None, [Doubt("form_without_name", "绩效自评表未印项目名称,未入库", page=form.rows[0].page)]
    notes = Notes(name, form.rows[0].page)
    if name != project_name(form):
        notes.add(
            "form_name_repaired",
            _NAME_FROM_LIST if listed_name else "名称栏残缺,按表头所印、本文件别处亦印的单位名称补全",
            printed=project_name(form),
            taken_as=name,
        )
    parts = parts_of(form.rows, form.spec)
    rows, unit = _money(parts, form, notes)
    total = next((row for row in rows if row.is_total), None)
    management = _management(parts, form, notes)
    score, grade, execution_score = _scores(parts, form, total, management, notes)
    expected, achieved = _goals(parts, form)
    project = PerformanceProject(
        project=name,
        kind=kind_of(form),
        competent_department=_unit(form, "competent_department", prose, notes),
        implementing_unit=_unit(form, "implementing_unit", prose, notes),
        fiscal_year=form.year,
        **_in_wan(total, unit),
        execution_rate_pct=rate_and_score(total)[0] if form.torn else _rate(total),
        execution_weight=_points(total, "execution_weight"),
        execution_score=execution_score,
        total_score=score,
        grade=grade,
        target_text=expected,
        actual_text=achieved,
        page=form.rows[0].page,
        line_no=form.rows[0].line_no,
        is_whole=not (
            form.torn
            or _lacks_management(form, management, notes)
            or _has_strange_column(parts, form, notes)
            or _has_unreadable_number(parts, notes)
        ),
        funds=tuple(PerformanceFund(row.label, **_in_wan(row, unit)) for row in rows if not row.is_total),
        management=tuple(management),
        indicators=_indicators(parts, form, (score, execution_score), management, notes),
    )
    return project, notes.doubts


def _own_body(form: RawForm, prose: str) -> str | None:
    """A form whose title says 整体 is the body's own."""
    is_whole = "整体" in (form.title or "")
    return body_in_head([row.text for row in form.rows[:HEAD_ROWS_AT_MOST]], prose) if is_whole else None


def project_name(form: RawForm) -> str | None:
    """The name cell; where a form has both, 项目名称 and not the department's."""
    for key in ("project", "department"):
        if name := _head(form, key):
            return name
    return form.name_in_title


def kind_of(form: RawForm) -> str:
    """A form that names a department and no project is the department's, and so is one whose title says 整体."""
    names_department = _head(form, "department") and not _head(form, "project")
    return "department" if names_department or "整体" in (form.title or "") else "project"


def _head(form: RawForm, key: str) -> str | None:
    found = next((value for row in form.rows if (value := value_of(row, key, form.spec))), None)
    return (without_contacts(found) or None) if found else None


def _unit(form: RawForm, key: str, prose: str, notes: Notes) -> str | None:
    """The department or unit of the form's head; in a torn form only one that the document names elsewhere too."""
    value = _head(form, key)
    if value is None or not form.torn:
        return value
    name = _EDGES.sub("", value)
    if len(name) >= SHORTEST_UNIT and name in prose:
        return name
    notes.add("form_cell_open", f"{_UNITS[key]}被表格线割裂,本文件别处未见此名,留空", printed=value)
    return None


def _money(parts: list[Part], form: RawForm, notes: Notes) -> tuple[list[MoneyRow], str]:
    part = next((part for part in parts if part.kind == "money"), None)
    if part is None:
        notes.add("form_part_unread", "未找到资金表头,资金未入库")
        return [], "万元"
    unit = money.unit_of(part, form.above)
    if not form.torn:
        rows, others = money.money_rows(part, form.spec)
        money_proved(rows, unit, form.rows, notes)
        for other in others:
            notes.add("form_row_left_out", "不是资金来源的行,未入库", other.row, printed=other.row.text[:80])
        return rows, unit
    rows = torn_money_rows(part, form.spec)
    for row, reason in proved(rows):
        what = "form_amount_open" if "留空" in reason else "form_amount_repaired"
        notes.add(what, f"{row.label}:{reason}", row.row, printed=row.row.text[:80])
    return rows, unit


def _in_wan(row: MoneyRow | None, unit: str) -> dict[str, Decimal | None]:
    return {key: money.in_wan(row.amounts.get(key), unit) if row else None for key in money.BUDGETS}


def _rate(total: MoneyRow | None) -> Decimal | None:
    return numbers.plain(total.texts.get("execution_rate_pct")) if total else None


def _points(total: MoneyRow | None, key: str) -> Decimal | None:
    return numbers.points(total.texts.get(key)) if total else None


def _management(parts: list[Part], form: RawForm, notes: Notes) -> list[PerformanceManagement]:
    own = [part for part in parts if part.kind == "management"]
    if form.torn:
        return torn_management([row for part in own for row in (*part.headers, *part.rows)], form.spec, notes)
    return [item for part in own for row in part.rows if (item := _item(row, part, form.spec))]


def _lacks_management(form: RawForm, management: list[PerformanceManagement], notes: Notes) -> bool:
    """The form prints management items of which none was read: its points are no whole."""
    items = {label(item) for item in form.spec.management_items}
    printed = any(label(piece.text) in items for row in form.rows for piece in row.own)
    if printed and not management:
        notes.add("form_part_unread", "资金管理情况各项已印而未能读出,未入库")
    return printed and not management


def _has_strange_column(parts: list[Part], form: RawForm, notes: Notes) -> bool:
    """Between the headings of the money stands one that nobody knows: in converted text the numbers below it may
    be taken for those of its neighbours."""
    strange = [
        piece.name
        for part in parts
        for row in part.headers
        if part.kind == "money" and not row.exact and part.columns
        for piece in row.own
        if piece.start > part.columns[0].piece.start - 2
        and _WORD.search(piece.name)
        and not form.spec.knows(piece.text)
    ]
    if strange:
        notes.add(
            "form_header_unknown", f"资金表头“{'、'.join(strange)}”不识,各栏数字可能错位", printed=strange[0][:80]
        )
    return bool(strange)


def _has_unreadable_number(parts: list[Part], notes: Notes) -> bool:
    """A cell of the points, the money or the total prints a damaged number (97·99): without it no sum of the form
    holds, and in converted text its neighbours may have been taken for it.
    """
    pieces = [piece for part in parts if part.kind in _NUMBERED for row in part.rows for piece in row.own]
    damaged = [piece.name for piece in pieces if numbers.is_damaged(piece.text)]
    if damaged:
        printed = "、".join(damaged)[:80]
        notes.add("form_number_open", f"表内印有残损的数字{printed},自评表各项之和无从核对", printed=printed)
    return bool(damaged)


def _item(row: FormRow, part: Part, spec: FormSpec) -> PerformanceManagement | None:
    item, texts = cells_of(row, part.columns, "management", spec)
    weight, score = (numbers.points(texts.get(key)) for key in ("weight", "score"))
    return PerformanceManagement(name_of(item), weight, score) if item and (weight, score) != (None, None) else None


def _scores(
    parts: list[Part],
    form: RawForm,
    total: MoneyRow | None,
    management: list[PerformanceManagement],
    notes: Notes,
) -> tuple[Decimal | None, str | None, Decimal | None]:
    """(total score, grade, execution score)."""
    score, grade = total_of(parts, form.spec)
    execution = _points(total, "execution_score")
    if form.torn:
        found = torn_totals(parts)
        return (found[0] if len(found) == 1 else None), grade, rate_and_score(total)[1]
    score, execution = total_proved(score, execution, _points(total, "execution_weight"), notes)
    return score, grade, execution


def _goals(parts: list[Part], form: RawForm) -> tuple[str | None, str | None]:
    """What was aimed at and what was reached; a torn form mixes the two, so that neither can be told."""
    texts: dict[str, str] = {}
    for part in parts:
        for row in part.rows if part.kind == "goals" and not form.torn else ():
            for key, text in cells_of(row, part.columns, "goals", form.spec)[1].items():
                texts.setdefault(key, without_contacts(name_of(text)))
    return texts.get("expected"), texts.get("achieved")


def _indicators(
    parts: list[Part],
    form: RawForm,
    scores: tuple[Decimal | None, Decimal | None],
    management: list[PerformanceManagement],
    notes: Notes,
) -> tuple[Indicator, ...]:
    rows = indicator_rows([part for part in parts if part.kind == "indicators"], form.spec)
    if not form.torn:
        return tuple(judged(indicator(seq, row)) for seq, row in enumerate(rows, start=1))
    torn = torn_indicators(rows, form.spec, _left_for_indicators(parts, scores, management), notes)
    return tuple(map(judged, vouched(torn, notes)))


def _left_for_indicators(
    parts: list[Part], scores: tuple[Decimal | None, Decimal | None], management: list[PerformanceManagement]
) -> tuple[Decimal | None, Decimal | None]:
    """The weight and the score that execution and management leave of the total of 100."""
    in_all = points_in_all([row for part in parts for row in (*part.headers, *part.rows)])
    if in_all is None and not any(part.kind == "management" for part in parts):
        in_all = Decimal(0)
    weights = None if in_all is None else Decimal(100) - in_all - Decimal(10)
    reached = [scores[1], *(item.score for item in management)]
    left = None if scores[0] is None or None in reached else scores[0] - sum(reached)
    return weights, left
