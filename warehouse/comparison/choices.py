"""Checks what was asked for (kind, year, metrics, department). Errors list what there is, the most similar first."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from psycopg import Connection
from psycopg.abc import Params
from psycopg.rows import class_row

from warehouse.base.errors import AmbiguousDepartment, NothingToCompare, UnknownChoice
from warehouse.base.messages import _
from warehouse.comparison.rows import Department, Metric
from warehouse.kinds.synonyms import synonyms

SHOWN = 10  # names listed in an error
METRICS = "select metric, metric_name, metric_family, unit, kind from mart.metric order by metric_no, metric"
# Those of the accounts; where there are none, those of the kind of which there are most documents.
USUAL_METRICS = """
select metric, metric_name, metric_family, unit, kind from mart.metric
where is_usual and kind = (
    select document.kind from mart.published_document as document
    where document.department_kind = %s and document.fiscal_year = %s and document.is_current
        and document.kind in (select usual.kind from mart.metric as usual where usual.is_usual)
    group by document.kind
    order by document.kind = 'final_accounts' desc, count(*) desc, document.kind
    limit 1
)
order by metric_no, metric
"""
# The usual ones of its kinds of documents, and those of which one of its documents states a change on last year.
METRICS_OF_DEPARTMENT = """
select metric, metric_name, metric_family, unit, kind from mart.metric
where
    is_usual and kind in (
        select document.kind from mart.published_document as document
        where document.department_id = %(department_id)s and document.is_current
    )
    or metric in (
        select changed.metric from mart.year_over_year as changed
        where
            changed.department_id = %(department_id)s
            and coalesce(changed.stated_change_wan, changed.stated_change_pct) is not null
    )
order by metric_no, metric
"""
KINDS = "select distinct department_kind from mart.department where department_kind is not null order by 1"
YEARS = """
select distinct fiscal_year from mart.metric_value
where department_kind = %s and fiscal_year is not null order by 1 desc
"""
DEPARTMENTS = """
select department_id, department, department_kind, jurisdiction, division_code from mart.department
where not exists (
    select from unnest(%(words)s::text[]) as word
    where strpos(concat_ws(' ', department, names_printed::text, jurisdiction, division_code), word) = 0
)
order by department, division_code
"""
SAME_NAME = """
select department_id, department, department_kind, jurisdiction, division_code from mart.department
where department = %(name)s or %(name)s = any (names_printed)
order by department, division_code
"""


@dataclass(frozen=True, slots=True)
class Question:
    """Which kind of department, which year, which metrics. Level or scope None: all of them, each ranked separately."""

    kind: str
    fiscal_year: int
    metrics: tuple[Metric, ...]
    level: str | None = None
    scope: str | None = None


def question(
    connection: Connection,
    kind: str,
    fiscal_year: int,
    metrics: Sequence[str] = (),
    level: str | None = None,
    scope: str | None = None,
) -> Question:
    """The question as checked against the database. Raises UnknownChoice, listing what there is."""
    kinds = [name for (name,) in connection.execute(KINDS)]
    kind = kind if kind in kinds else synonyms().kinds.get(kind, kind)
    if kind not in kinds:
        raise UnknownChoice(_there_is(_("kind"), kind, _nearest(kind, kinds)))
    years = [year for (year,) in connection.execute(YEARS, [kind])]
    if fiscal_year not in years:
        by_distance = sorted(years, key=lambda year: abs(year - fiscal_year))
        raise UnknownChoice(
            _there_is(_("year of {kind}").format(kind=kind), str(fiscal_year), list(map(str, by_distance)))
        )
    chosen = (
        chosen_metrics(connection, metrics) if metrics else _metrics(connection, USUAL_METRICS, [kind, fiscal_year])
    )
    return Question(kind, fiscal_year, chosen, level, scope)


def chosen_metrics(connection: Connection, asked: Sequence[str]) -> tuple[Metric, ...]:
    """Metrics by key or Chinese name, without repetition."""
    known = _metrics(connection, METRICS)
    return tuple(dict.fromkeys(_metric(name, known) for name in asked))


def metrics_of_years(connection: Connection, department: Department, asked: Sequence[str]) -> tuple[Metric, ...]:
    """The metrics asked for; where none is, the usual ones and those whose change one of its documents states."""
    if asked:
        return chosen_metrics(connection, asked)
    return _metrics(connection, METRICS_OF_DEPARTMENT, {"department_id": department.department_id})


def _metrics(connection: Connection, query: str, values: Params | None = None) -> tuple[Metric, ...]:
    return tuple(connection.cursor(row_factory=class_row(Metric)).execute(query, values).fetchall())


def _metric(asked: str, known: Sequence[Metric]) -> Metric:
    for name in (asked, synonyms().metrics.get(_plain(asked), asked)):
        for metric in known:
            if _plain(name) in (_plain(metric.metric), _plain(metric.metric_name)):
                return metric
    names = [f"{metric.metric} ({metric.metric_name})" for metric in known]
    raise UnknownChoice(_there_is(_("metric"), asked, _nearest(asked, names)))


def _plain(name: str) -> str:
    """Without quotes, spaces, colons and brackets, which people type differently from how they are printed."""
    return re.sub(r"[\s“”\"'‘’：:（）()]", "", name).lower()


def department_like(connection: Connection, asked: str) -> Department:
    """The department with this name, else the only one whose names, division and its code contain all words of `asked`,
    as typed or with the kind of department written out: 工信局 as 工业和信息化局.

    Raises UnknownChoice and AmbiguousDepartment with the candidates.
    """
    cursor = connection.cursor(row_factory=class_row(Department))
    found = cursor.execute(SAME_NAME, {"name": asked}).fetchall()
    for words in (asked.split(), list(map(synonyms().in_name, asked.split()))):
        found = found or cursor.execute(DEPARTMENTS, {"words": words}).fetchall()
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousDepartment(_there_is(_("department"), asked, _names(found)))
    every = cursor.execute(DEPARTMENTS, {"words": []}).fetchall()
    raise UnknownChoice(_there_is(_("department"), asked, _nearest(asked, _names(every))))


def _names(departments: Iterable[Department]) -> list[str]:
    return [
        f"{one.department} ({', '.join(filter(None, (one.jurisdiction, one.division_code))) or _('place unknown')})"
        for one in departments
    ]


def nothing_at(asked: Question, groups: Sequence[str]) -> NothingToCompare:
    wanted = ", ".join(filter(None, (asked.level, asked.scope)))
    return NothingToCompare(
        _("{kind} {fiscal_year} {wanted}; there is {listed}").format(
            kind=asked.kind, fiscal_year=asked.fiscal_year, wanted=wanted, listed=", ".join(groups)
        )
    )


def _nearest(asked: str, there: Sequence[str]) -> list[str]:
    """Sorted: names that contain what was typed first, then by similarity."""

    def distance(name: str) -> tuple[bool, float]:
        return _plain(asked) not in _plain(name), -SequenceMatcher(None, _plain(asked), _plain(name)).ratio()

    return sorted(there, key=distance)


def _there_is(what: str, asked: str, there: Sequence[str]) -> str:
    if not there:
        return _("{what} “{asked}”; no document that tells one is loaded").format(what=what, asked=asked)
    more = _(" and {value} more").format(value=len(there) - SHOWN) if len(there) > SHOWN else ""
    return _("{what} “{asked}”; there is {listed}{more}").format(
        what=what, asked=asked, listed=", ".join(there[:SHOWN]), more=more
    )
