"""Performance self-evaluation forms (绩效自评表): Document → projects with funds, management items, indicators."""

from collections.abc import Iterable, Sequence

from ingest.document import Document
from ingest.forms.head.damaged_names import listed_names, names_in_list
from ingest.forms.head.fields import project_name
from ingest.forms.layout.boundaries import RawForm, printed_forms
from ingest.forms.record import read_form
from ingest.forms.said import said_of_projects
from ingest.forms.torn.mended import mend
from warehouse.kinds.characters import squeeze
from warehouse.records.reading import Doubt, PerformanceProject, StatedFigure

__all__ = ["RawForm", "forms_of", "read_forms"]


def forms_of(document: Document) -> list[RawForm]:
    """Every form of the document, in order; torn ones are mended as far as they can be before they are read."""
    forms = printed_forms(document)
    mend(forms)
    return forms


def read_forms(
    document: Document, forms: Sequence[RawForm] | None = None, stated: Iterable[StatedFigure] = ()
) -> tuple[tuple[PerformanceProject, ...], tuple[Doubt, ...]]:
    """Every self-evaluation form of the document, and what was doubtful in reading them.

    `forms` are those of the document, where they were gathered already; `stated` are the figures of its narrative.
    """
    said = said_of_projects(stated)
    projects: list[PerformanceProject] = []
    doubts: list[Doubt] = []
    forms = forms_of(document) if forms is None else forms
    prose = squeeze("".join(line.text for line in document.lines()))
    torn = [project_name(form) if form.torn else None for form in forms]
    for form, listed in zip(forms, names_in_list(torn, listed_names(document)), strict=True):
        project, own = read_form(form, listed, prose, said)
        projects += [project] if project else []
        doubts += own
    return tuple(projects), tuple(doubts)
