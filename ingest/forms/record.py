"""One form → one PerformanceProject, with the doubts of its reading."""

from dataclasses import dataclass

from ingest.forms.contents import Contents
from ingest.forms.head.fields import code_of_project, kind_of, name_from_prose, project_name
from ingest.forms.layout.boundaries import RawForm
from ingest.forms.money import points
from ingest.forms.notes import Notes
from ingest.forms.said import NOTHING_ELSEWHERE, Elsewhere
from ingest.forms.torn.level_weights import LevelWeights
from ingest.forms.torn.read import TornForm, begin_torn, complete_torn
from ingest.forms.whole.read import read_whole
from ingest.forms.whole.targets import is_of_targets, read_targets
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt, PerformanceFund, PerformanceProject

_NAME_FROM_LIST = "项目名称被表格线割裂,按本文件的项目清单补全"
_NAME_FROM_PROSE = "名称栏残缺,按表头所印、本文件别处亦印的单位名称补全"


@dataclass(frozen=True, slots=True)
class BegunForm:
    """A form with a name and what it says by itself; a torn one is completed by what all forms of the document say."""

    form: RawForm
    contents: Contents | TornForm
    notes: Notes

    @property
    def torn(self) -> TornForm | None:
        return self.contents if isinstance(self.contents, TornForm) else None

    def completed(self, shared: LevelWeights) -> tuple[PerformanceProject, list[Doubt]]:
        """The record of the form. `shared` are the weights of each level 1 in the torn forms of the document."""
        contents = self.contents
        if isinstance(contents, TornForm):
            contents = complete_torn(contents, shared, self.notes)
        return _project(self.notes.project, self.form, contents), self.notes.doubts


@dataclass(frozen=True, slots=True)
class NamelessForm:
    """A form that prints no name: no record, and a doubt that says so."""

    form: RawForm
    torn: None = None

    def completed(self, shared: LevelWeights) -> tuple[None, list[Doubt]]:
        place = self.form.rows[0].place
        return None, [Doubt(DoubtKind.FORM_WITHOUT_NAME, "绩效自评表未印项目名称,未入库", place=place)]


def begin_form(
    form: RawForm, listed_name: str | None = None, elsewhere: Elsewhere = NOTHING_ELSEWHERE
) -> BegunForm | NamelessForm:
    """What one form says by itself.

    A damaged name is taken only if the text of the document outside its tables prints it.
    """
    printed = project_name(form)
    name = listed_name or printed or name_from_prose(form, elsewhere.prose)
    if name is None:
        return NamelessForm(form)
    notes = Notes(name, form.rows[0].place)
    if name != printed:
        reason = _NAME_FROM_LIST if listed_name else _NAME_FROM_PROSE
        notes.add(DoubtKind.FORM_NAME_REPAIRED, reason, printed=printed, taken_as=name)
    return BegunForm(form, _contents(form, name, elsewhere, notes), notes)


def _contents(form: RawForm, name: str, elsewhere: Elsewhere, notes: Notes) -> Contents | TornForm:
    if form.torn:
        return begin_torn(form, name, elsewhere, notes)
    return read_targets(form) if is_of_targets(form) else read_whole(form, notes)


def _project(name: str, form: RawForm, said: Contents) -> PerformanceProject:
    total = said.total
    amounts = total.in_wan(said.unit) if total else {}
    return PerformanceProject(
        project=name,
        kind=kind_of(form),
        competent_department=said.competent_department,
        implementing_unit=said.implementing_unit,
        fiscal_year=form.year,
        initial_budget=amounts.get("initial_budget"),
        adjusted_budget=amounts.get("adjusted_budget"),
        executed=amounts.get("executed"),
        execution_rate_pct=said.execution_rate_pct,
        execution_weight=points(total, "execution_weight"),
        execution_score=said.execution_score,
        total_score=said.total_score,
        grade=said.grade,
        target_text=said.expected,
        actual_text=said.achieved,
        project_code=code_of_project(form),
        place=form.rows[0].place,
        is_whole=said.is_whole,
        funds=tuple(PerformanceFund(row.label, **row.in_wan(said.unit)) for row in said.money if not row.is_total),
        management=tuple(said.management),
        indicators=said.indicators,
    )
