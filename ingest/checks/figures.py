"""All figures of one document side by side: those of tables, of the narrative and of the forms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from ingest.checks.document_cells import CellKey, DocumentCells
from ingest.checks.named_subjects import code_of_subject, form_of_subject
from ingest.checks.precision import half_unit, points_half, printed_decimals, usual_decimals, yuan_half
from ingest.checks.words import words_of
from ingest.values.amounts import ADDED, UNITS, read_amount
from warehouse.kinds.kind import DocumentKind
from warehouse.records.places import NOWHERE, Place
from warehouse.records.reading import (
    Amount,
    PerformanceProject,
    Presence,
    StatedFigure,
    Status,
    TableFound,
    TableStatus,
)

ZERO = Decimal(0)
EMPTY = (TableStatus.EMPTY_WITH_STATEMENT, TableStatus.BLANK)


class Figure(NamedTuple):
    """`half` is how far rounding can have moved the printed number, `doubt` why it cannot be trusted."""

    key: CellKey
    value: Decimal | None
    unit: str = "万元"
    half: Decimal = ZERO
    is_printed: bool = True
    doubt: str | None = None
    place: Place = NOWHERE
    added: tuple[Decimal, ...] = ()  # the printed numbers that it is the sum of, where its row is printed again

    @property
    def number(self) -> Decimal:
        """The value of a figure that is printed and not doubted."""
        assert self.value is not None, self.key
        return self.value


@dataclass
class DocumentFigures:
    """`printed` says which rows and columns there are, `cells` what stands in them."""

    printed: DocumentCells
    cells: dict[CellKey, Figure] = field(default_factory=dict)
    table_doubts: dict[str, str] = field(default_factory=dict)
    stated: dict[str, dict[str, StatedFigure]] = field(default_factory=dict)  # row → measure → figure
    projects: dict[tuple[str, str], PerformanceProject] = field(default_factory=dict)
    found: dict[str, TableFound] = field(default_factory=dict)
    zero: dict[str, bool] = field(default_factory=dict)  # rule → whether its `equal_if_zero` are all 0, computed once

    def cell(self, key: CellKey) -> Figure:
        """The printed cell, or what its absence says: 0 where its table was read whole."""
        if found := self.cells.get(key):
            return found
        if key[0] == "=":
            return Figure(key, Decimal(key[2]), "", is_printed=False)
        doubt = self.table_doubts.get(key[0])
        return Figure(key, None if doubt else ZERO, is_printed=False, doubt=doubt)

    def value(self, table: str, row: str, measure: str) -> Decimal | None:
        found = self.cells.get((table, row, measure))
        return found.value if found and not found.doubt else None

    def add(self, cell: Figure, label: str) -> None:
        table, row, measure = cell.key
        self.cells[cell.key] = cell
        self.printed.rows.setdefault(table, {}).setdefault(row, label)
        self.printed.measures.setdefault(table, set()).add(measure)


def figures_of(
    kind: DocumentKind,
    tables: Iterable[TableFound],
    amounts: Sequence[Amount],
    stated: Iterable[StatedFigure],
    projects: Iterable[PerformanceProject],
) -> DocumentFigures:
    doc = DocumentFigures(DocumentCells(kind))
    for table in tables:
        _add_table(doc, table)
    _add_amounts(doc, amounts)
    _mistrust_blank_totals(doc)
    _add_projects(doc, projects)
    for figure in stated:
        _add_stated(doc, figure)
    return doc


def _add_table(doc: DocumentFigures, table: TableFound) -> None:
    doc.found[table.table_code] = table
    if table.status in EMPTY:
        doc.printed.empty.add(table.table_code)
    if table.status is TableStatus.UNRECOGNISED:
        doc.printed.unread.add(table.table_code)
        doc.table_doubts[table.table_code] = "有标题而未能读出"
    elif not table.is_whole:
        doc.table_doubts[table.table_code] = "未能完整读出"


def _add_amounts(doc: DocumentFigures, amounts: Sequence[Amount]) -> None:
    printed = [printed_decimals(amount) for amount in amounts]
    usual = usual_decimals(amounts, printed)
    for amount, decimals in zip(amounts, printed, strict=True):
        is_money = amount.value_unit == "元"
        value = amount.value if amount.value is None or not is_money else amount.value.scaleb(-4)
        is_number = amount.presence is Presence.NUMBER
        counts = is_money and is_number and value is not None
        added = _added(amount)
        cell = Figure(
            key=(amount.table_code, amount.row_key, amount.measure),
            value=value if is_number else ZERO,
            unit="万元" if is_money else amount.value_unit,
            half=_half(amount, decimals, usual[amount.table_code]) * max(1, len(added)) if counts else ZERO,
            is_printed=is_number,
            doubt=_amount_doubt(amount),
            place=amount.place,
            added=added,
        )
        doc.add(cell, amount.row_label)


def _added(amount: Amount) -> tuple[Decimal, ...]:
    if ADDED not in amount.printed or amount.value_unit != "元":
        return ()
    numbers = [read_amount(text).value for text in amount.printed.split(ADDED)]
    return tuple((number * UNITS[amount.printed_unit]).scaleb(-4) for number in numbers if number is not None)


def _mistrust_blank_totals(doc: DocumentFigures) -> None:
    """A blank total beside parts with numbers is no 0: the row has been shifted, or its total left out."""
    for spec in doc.printed.kind.tables:
        if identity := spec.row_identity:
            for row in doc.printed.rows.get(spec.code, ()):
                total = doc.cells.get((spec.code, row, identity.total))
                if total and not total.is_printed and any(doc.value(spec.code, row, part) for part in identity.parts):
                    doc.cells[total.key] = total._replace(doubt="空白而其分项有数，未能确认")


def _half(amount: Amount, decimals: int, usual: int) -> Decimal:
    """An amount printed in whole 元 may have been rounded to them, whatever the others of its table print."""
    if usual < 0 or (amount.printed_unit == "元" and amount.value and not decimals):
        return yuan_half(min(usual, 0), amount.printed_unit)
    return yuan_half(max(decimals, usual), amount.printed_unit)


def _amount_doubt(amount: Amount) -> str | None:
    if amount.status is Status.DOUBTFUL or (amount.presence is Presence.NUMBER and amount.value is None):
        return f"印作“{amount.printed}”，未能确认"
    return None


def _add_stated(doc: DocumentFigures, figure: StatedFigure) -> None:
    row = f"{figure.kind}/{figure.subject}"
    doc.stated.setdefault(row, {})[figure.measure] = figure
    _resolve(doc, row, figure)
    if figure.value is None and figure.status is Status.AS_PRINTED:
        return
    doubt = f"印作“{figure.printed}”，未能确认" if figure.value is None or figure.status is Status.DOUBTFUL else None
    key = ("stated", row, figure.measure)
    half = figure.half_unit
    if half is None:
        half = ZERO if figure.value is None else half_unit(figure.value, figure.unit)
    doc.add(Figure(key, figure.value, figure.unit or "", half, doubt=doubt, place=figure.place), figure.subject)
    doc.printed.row_measures.setdefault(key[:2], []).append(figure.measure)


def _resolve(doc: DocumentFigures, row: str, figure: StatedFigure) -> None:
    """The code or the form that a sentence speaks of."""
    printed, words = doc.printed, words_of(doc.printed.kind)
    if figure.kind in words.of_subjects and row not in printed.subject_codes:
        code = figure.functional_code or code_of_subject(figure.subject, printed.rows, words.subjects_named_in)
        printed.subject_codes[row] = code or ""
    if figure.kind in words.of_forms and row not in printed.forms_named:
        forms = [name for table, name in doc.projects if table == "form"]
        printed.forms_named[row] = form_of_subject(figure.subject, forms) or ""


def _add_projects(doc: DocumentFigures, projects: Iterable[PerformanceProject]) -> None:
    for project in projects:
        table = "department_form" if project.kind == "department" else "form"
        row, again = project.project, 2
        while (table, row) in doc.projects:
            row, again = f"{project.project}（{again}）", again + 1
        doc.projects[table, row] = project
        for measure, value, unit, half in _form_cells(project):
            _add_form_cell(doc, project, (table, row, measure), value, unit, half)


def _add_form_cell(
    doc: DocumentFigures, project: PerformanceProject, key: CellKey, value: Decimal | None, unit: str, half: Decimal
) -> None:
    doubt = None if project.is_whole and value is not None else "表内有数字未能读出"
    doc.add(Figure(key, value, unit, half, doubt=doubt, place=project.place), key[1])
    doc.printed.row_measures.setdefault(key[:2], []).append(key[2])


FormCell = tuple[str, Decimal | None, str, Decimal]
MONEY = ("initial_budget", "adjusted_budget", "executed")
POINTS = ("execution_weight", "execution_score", "total_score")


def _form_cells(project: PerformanceProject) -> Iterable[FormCell]:
    for measure in MONEY:
        value = getattr(project, measure)
        if value is not None:
            yield measure, value, "万元", half_unit(value, "万元")
        yield from _funds(project, measure)
    if project.execution_rate_pct is not None:
        yield "execution_rate_pct", project.execution_rate_pct, "%", half_unit(project.execution_rate_pct, "%")
        yield from _implied_scores(project, project.execution_rate_pct)
    for measure in POINTS:
        value = getattr(project, measure)
        if value is not None:
            yield measure, value, "分", points_half(value)
    for item in project.management:
        yield from _weight_and_score(f"management:{item.item}", item.weight, item.score)
    for indicator in project.indicators:
        yield from _weight_and_score(f"indicator:{indicator.seq}", indicator.weight, indicator.score)


def _funds(project: PerformanceProject, measure: str) -> Iterable[FormCell]:
    values = [getattr(fund, measure) for fund in project.funds]
    if any(value is not None for value in values):
        for fund, value in zip(project.funds, values, strict=True):
            half = ZERO if value is None else half_unit(value, "万元")
            yield f"fund:{fund.source}:{measure}", value, "万元", half


def _weight_and_score(name: str, weight: Decimal | None, score: Decimal | None) -> Iterable[FormCell]:
    for measure, value in (("weight", weight), ("score", score)):
        yield f"{name}:{measure}", value, "分", ZERO if value is None else points_half(value)


def _implied_scores(project: PerformanceProject, rate: Decimal) -> Iterable[FormCell]:
    """What the execution rate is worth: weight × rate; in Henan's department form the full 10 from 90 % on."""
    weight = Decimal(10) if project.execution_weight is None else project.execution_weight
    half = weight * half_unit(rate, "%") / 100
    if project.execution_score is not None:
        half += half_unit(project.execution_score, "%")
    linear = min(weight, weight * rate / 100)
    if project.kind == "department":
        yield "linear_execution_score", linear, "分", half
        yield "implied_execution_score", min(weight, weight * rate / 90), "分", half
    else:
        yield "implied_execution_score", linear, "分", half
