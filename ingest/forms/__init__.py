"""Performance self-evaluation forms (绩效自评表): Document → projects with funds, management items, indicators."""

from collections.abc import Iterable, Sequence

from ingest.document import Document
from ingest.forms.head.damaged_names import listed_names, names_in_list
from ingest.forms.head.fields import project_name
from ingest.forms.layout.boundaries import RawForm, printed_forms
from ingest.forms.record import begin_form
from ingest.forms.said import Elsewhere, said_of_projects
from ingest.forms.torn.level_weights import shared_weights
from ingest.forms.torn.mended import mend
from ingest.forms.torn.read import own_levels
from ingest.forms.whole.target_lists import read_list, target_lists
from warehouse.kinds.characters import squeeze
from warehouse.records.reading import Doubt, PerformanceProject, StatedFigure

__all__ = ["RawForm", "forms_of", "read_forms"]


def forms_of(document: Document) -> list[RawForm]:
    """Every form of the document, in order; torn ones are mended as far as they can be before they are read."""
    forms = printed_forms(document)
    mend(forms)
    of_forms = {row.place for form in forms for row in form.rows}
    return [*forms, *(one for one in target_lists(document) if of_forms.isdisjoint(row.place for row in one.rows))]


def read_forms(
    document: Document, forms: Sequence[RawForm] | None = None, stated: Iterable[StatedFigure] = ()
) -> tuple[tuple[PerformanceProject, ...], tuple[Doubt, ...]]:
    """Every self-evaluation form of the document, and what was doubtful in reading them.

    `forms` are those of the document, where they were gathered already; `stated` are the figures of its narrative.
    """
    every = forms_of(document) if forms is None else forms
    forms, lists = [form for form in every if not form.is_list], [form for form in every if form.is_list]
    prose = squeeze("".join(line.text for line in document.lines()))
    elsewhere = Elsewhere(prose, said_of_projects(stated))
    torn = [project_name(form) if form.torn else None for form in forms]
    listed = names_in_list(torn, listed_names(document))
    begun = [begin_form(form, name, elsewhere) for form, name in zip(forms, listed, strict=True)]
    shared = shared_weights(own_levels(one.torn) for one in begun if one.torn)
    read = [one.completed(shared) for one in begun]
    projects = *(project for project, _ in read if project), *(one for form in lists for one in read_list(form))
    return projects, tuple(doubt for _, doubts in read for doubt in doubts)
