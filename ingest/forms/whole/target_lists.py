"""Lists of targets: a row for each project with its money and its goal, and perhaps one for each of its indicators."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from ingest.document import Block, Document, RawTable
from ingest.forms.form_spec import label, load_specs
from ingest.forms.indicators import IndicatorRow
from ingest.forms.layout.boundaries import RawForm, heads_a_table
from ingest.forms.layout.columns import Column, by_place
from ingest.forms.layout.rows import FormRow, rows_of
from ingest.forms.money import USUAL_UNIT, in_wan
from ingest.forms.values import numbers
from ingest.forms.whole.targets import target_indicator
from ingest.values.project_names import code_in_name, project_code, project_name
from warehouse.kinds.characters import name_of, squeeze
from warehouse.kinds.form_declarations import wordings
from warehouse.records.reading import Indicator, PerformanceProject

_WORDS, _YEAR = wordings().targets, wordings().names.year
_ROLES: Mapping[str, str] = {
    label(word): role
    for role, words in (
        ("operator", _WORDS.operator_columns),
        ("unit", _WORDS.unit_columns),
        *_WORDS.lists.items(),  # 单位 is a body
    )
    for word in words
}
_NEEDED = {"project", "amount", "goal"}
_INDICATORS = {"level1", "level2", "level3", "target", "weight", "operator", "unit"}


def target_lists(document: Document) -> list[RawForm]:
    """Every list of targets of the document, in order; its first row is the header."""
    return [form for blocks in document.by_file() for form in _gathered(blocks)]


def _gathered(blocks: Iterable[Block]) -> Iterator[RawForm]:
    spec = load_specs()[-1]
    form: RawForm | None = None
    width = 0
    for block in blocks:
        if not isinstance(block, RawTable):
            if form and heads_a_table(squeeze(block.text)):
                yield form
                form = None
            continue
        first = enumerate(islice(rows_of(block), 3))
        header = next((n for n, row in first if {one.key for one in _columns(row)} >= _NEEDED), None)
        goes_on = (
            form is not None and header is None and block.width == width and block.place.adjoins(form.rows[-1].place)
        )
        if form and not goes_on:
            yield form
            form = None
        if header is not None:
            form, width = RawForm(spec, rows=[*rows_of(block)][header:], is_list=True), block.width
        elif form:
            form.rows += rows_of(block)
    if form:
        yield form


def _columns(row: FormRow) -> list[Column]:
    """What the headings of a row stand for."""
    named = ((_role(piece.text), piece) for piece in row.own)
    return [Column(role, piece, piece.text) for role, piece in named if role]


def _role(text: str) -> str | None:
    """2026年预算数 is 预算数."""
    return _ROLES.get(label(text)) or _ROLES.get(label(_YEAR.sub("", squeeze(text))))


def read_list(form: RawForm) -> list[PerformanceProject]:
    """The projects of a list, amounts in 万元."""
    header, *rows = form.rows
    columns = _columns(header)
    unit = next((unit for one in columns if (unit := numbers.unit_of(one.printed))), USUAL_UNIT)
    projects: list[PerformanceProject] = []
    for row in rows:
        texts = {key: piece.text for key, piece in by_place(row, columns).items() if not piece.inherited}
        if name := project_name(texts.get("project", "")):
            projects.append(_project(name, texts, row, unit))
        elif projects and texts.get("goal"):  # the rest of a row that a page break cut
            before = projects[-1]
            projects[-1] = replace(before, target_text=(before.target_text or "") + name_of(texts["goal"]))
        if projects and (found := _indicator(texts, row, projects[-1].indicators)):
            projects[-1] = replace(projects[-1], indicators=(*projects[-1].indicators, found))
    return [one for one in projects if one.initial_budget is not None]


def _project(name: str, texts: Mapping[str, str], row: FormRow, unit: str) -> PerformanceProject:
    return PerformanceProject(
        project=name,
        kind="project",
        implementing_unit=name_of(texts.get("body", "")) or None,
        initial_budget=in_wan(numbers.plain(texts.get("amount")), unit),
        target_text=name_of(texts.get("goal", "")) or None,
        place=row.place,
        project_code=project_code(texts.get("project_code", "")) or code_in_name(texts["project"]),
    )


def _indicator(texts: Mapping[str, str], row: FormRow, before: Sequence[Indicator]) -> Indicator | None:
    """The indicator that a row prints; its levels are those of the row above where it prints none."""
    if not texts.get("level3") or not squeeze(texts.get("target", "")):
        return None
    last = before[-1] if before else None
    level1 = name_of(texts.get("level1", "")) or (last.level1 if last else None)
    level2 = name_of(texts.get("level2", "")) or (last.level2 if last else None)
    read = IndicatorRow({key: text for key, text in texts.items() if key in _INDICATORS}, row, level1, level2)
    return target_indicator(len(before) + 1, read)
