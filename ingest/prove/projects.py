"""Projects of the self-evaluation linked to the money, where a name leads to one functional code."""

from collections.abc import Iterable
from dataclasses import replace

from ingest.values import codes
from warehouse.kinds.characters import comparable
from warehouse.kinds.kind import DocumentKind
from warehouse.records.reading import Amount, PerformanceProject

FUNCTIONAL = "functional_code"
SHORTEST_NAME = 4  # characters; 行政运行 is the shortest 项 that says anything


def linked(
    kind: DocumentKind, projects: Iterable[PerformanceProject], amounts: Iterable[Amount]
) -> tuple[PerformanceProject, ...]:
    """Each project with the one 项 of the document whose name its own contains; several or none: no link."""
    names = {
        (comparable(amount.row_label), code)
        for amount in amounts
        if amount.table_code in kind.projects_named_in
        and (code := amount.functional_code)
        and codes.is_item(code, FUNCTIONAL)
    }
    return tuple(_linked(project, names) for project in projects)


def _linked(project: PerformanceProject, names: set[tuple[str, str]]) -> PerformanceProject:
    bare = comparable(project.project)
    fitting = {(name, code) for name, code in names if len(name) >= SHORTEST_NAME and name in bare}
    longest = max((len(name) for name, _ in fitting), default=0)
    found = {code for name, code in fitting if len(name) == longest}
    return replace(project, functional_code=found.pop()) if len(found) == 1 else project
