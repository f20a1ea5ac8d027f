"""What a document left in the dimensions: names, codes, years, and a body or a place that nothing else mentions.

After the document is gone, they are as they would be without it: rows that only it had are deleted, years of names and
the kind of its body are those of the other documents. The caller holds the lock on every file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from psycopg import Connection

CLASSIFICATIONS = ("functional", "economic")
PARSES = "parse_id in (select parse_id from warehouse.parse where version_id = %s)"
BODIES = """
select department_id from warehouse.document join warehouse.document_version using (document_id) where version_id = %s
union select department_id from warehouse.publication where version_id = %s
"""
PROFILES = (
    "select distinct department, department_kind, fiscal_year, division_code from warehouse.parse where version_id = %s"
)
PRINTED = f"""
select distinct {{0}}_subject_id, row_label from warehouse.amount where {PARSES} and {{0}}_subject_id is not null
"""
REFERRED = f"""
select functional_subject_id from warehouse.stated_figure where {PARSES} and functional_subject_id is not null
union select functional_subject_id from warehouse.performance_project
where {PARSES} and functional_subject_id is not null
"""
OPEN_MEASURES = f"""
select distinct measure_id from warehouse.measure join warehouse.standard_table using (table_code)
where measure_id in (select measure_id from warehouse.amount where {PARSES})
    and exists (select from unnest(open_measures) as prefix where starts_with(measure, prefix))
"""

# Names that documents print, with the years of those that are left.
NAMES = """
with printed as (
    select name.{0}_subject_id, name.name
    from unnest(%(ids)s::integer[], %(names)s::text[]) as one (id, label)
    join warehouse.{0}_subject_name as name
        on name.{0}_subject_id = one.id and name.name = one.label and name.source = 'document'
),

seen as (
    select
        printed.{0}_subject_id, printed.name,
        min(parse.fiscal_year) as first_year, max(parse.fiscal_year) as last_year
    from printed
    join warehouse.amount on amount.{0}_subject_id = printed.{0}_subject_id and amount.row_label = printed.name
    join warehouse.parse using (parse_id)
    group by printed.{0}_subject_id, printed.name
),

gone as (
    delete from warehouse.{0}_subject_name as name using printed
    where name.{0}_subject_id = printed.{0}_subject_id and name.name = printed.name and name.source = 'document'
        and not exists (
            select from seen where seen.{0}_subject_id = printed.{0}_subject_id and seen.name = printed.name
        )
)

update warehouse.{0}_subject_name as name set first_year = seen.first_year, last_year = seen.last_year
from seen
where name.{0}_subject_id = seen.{0}_subject_id and name.name = seen.name and name.source = 'document'
    and (name.first_year, name.last_year) is distinct from (seen.first_year, seen.last_year)
"""
# Subjects that no reference list has.
UNUSED_SUBJECTS = """
delete from warehouse.{0}_subject as subject
where {0}_subject_id = any(%(ids)s) and status = 'as_published'
    and not exists (select from warehouse.amount where amount.{0}_subject_id = subject.{0}_subject_id)
    and not exists (select from warehouse.{0}_subject_name as name where name.{0}_subject_id = subject.{0}_subject_id)
"""
UNUSED_FUNCTIONAL = """
    and not exists (
        select from warehouse.stated_figure as figure where figure.functional_subject_id = subject.functional_subject_id
    )
    and not exists (
        select from warehouse.performance_project as form
        where form.functional_subject_id = subject.functional_subject_id
    )
"""
# Such a subject has the name that the first document prints; returns the slots that show another name now.
RENAMED = """
with renamed as (
    update warehouse.{0}_subject as subject
    set name = coalesce((
        select row_label from warehouse.amount where amount.{0}_subject_id = subject.{0}_subject_id
        order by parse_id, row_label limit 1
    ), code)
    where {0}_subject_id = any(%(ids)s) and status = 'as_published' and name <> code and not exists (
        select from warehouse.amount
        where amount.{0}_subject_id = subject.{0}_subject_id and amount.row_label = subject.name
    )
    returning {0}_subject_id
)

select distinct version.document_id
from renamed
join warehouse.amount using ({0}_subject_id)
join warehouse.parse using (parse_id)
join warehouse.document_version as version using (version_id)
"""
UNUSED_MEASURES = """
delete from warehouse.measure where measure_id = any(%s)
    and not exists (select from warehouse.amount where amount.measure_id = measure.measure_id)
"""
# Years of a name end where those of the forgotten document ended, if no other document prints the name in them.
NAME_YEARS = """
with alias as (
    select department_id, name, valid_from_year, valid_to_year from warehouse.department_alias
    where department_id = %(body)s and name = %(name)s
        and %(year)s in (valid_from_year, valid_to_year)
),

seen as (
    select min(parse.fiscal_year) as first_year, max(parse.fiscal_year) as last_year
    from warehouse.parse
    join warehouse.document_version as version using (version_id)
    join warehouse.document as slot using (document_id)
    cross join alias
    where slot.department_id = alias.department_id and parse.department = alias.name
        and parse.fiscal_year between alias.valid_from_year and alias.valid_to_year
),

gone as (
    delete from warehouse.department_alias as known using alias, seen
    where known.department_id = alias.department_id and known.name = alias.name
        and seen.first_year is null and alias.valid_from_year = alias.valid_to_year
)

update warehouse.department_alias as known
set valid_from_year = case when alias.valid_from_year = %(year)s then seen.first_year else alias.valid_from_year end,
    valid_to_year = case when alias.valid_to_year = %(year)s then seen.last_year else alias.valid_to_year end
from alias, seen
where known.department_id = alias.department_id and known.name = alias.name and seen.first_year is not null
"""
# The newest year decides on the kind of a body.
KIND = """
update warehouse.department set kind = newest.department_kind
from (
    select parse.department_kind
    from warehouse.parse
    join warehouse.document_version as version using (version_id)
    join warehouse.document as slot using (document_id)
    where slot.department_id = %(body)s and parse.department_kind is not null
    order by slot.fiscal_year desc nulls last, parse.parse_id desc limit 1
) as newest
where department_id = %(body)s and kind = %(kind)s
"""
SLOTS_OF_BODIES = "select document_id from warehouse.document where department_id = any(%s)"
UNUSED = """
department_id = any(%(bodies)s)
    and not exists (select from warehouse.document as slot where slot.department_id = body.department_id)
    and not exists (select from warehouse.publication where publication.department_id = body.department_id)
"""
NAMES_OF_UNUSED_BODIES = f"""
delete from warehouse.department_alias
where department_id in (select department_id from warehouse.department as body where {UNUSED})
"""
UNUSED_BODIES = f"delete from warehouse.department as body where {UNUSED}"
UNUSED_YEARS = """
delete from warehouse.fiscal_year as year where fiscal_year = any(%(years)s)
    and not exists (select from warehouse.document as slot where slot.fiscal_year = year.fiscal_year)
    and not exists (select from warehouse.parse where parse.fiscal_year = year.fiscal_year)
"""
# A place that no reference list has stands below no other.
UNUSED_PLACES = """
delete from warehouse.jurisdiction as place where division_code = any(%(places)s)
    and parent_code is null and level in ('prefecture', 'county')
    and not exists (select from warehouse.jurisdiction as below where below.parent_code = place.division_code)
    and not exists (select from warehouse.department as body where body.division_code = place.division_code)
    and not exists (select from warehouse.parse where parse.division_code = place.division_code)
    and not exists (select from warehouse.division_series as series where series.division_code = place.division_code)
"""


@dataclass(slots=True)
class Used:
    """The rows of dimensions that a file version refers to. `profiles`: name, kind, year and place of each reading."""

    bodies: list[int] = field(default_factory=list)
    profiles: list[tuple[str | None, str | None, int | None, str | None]] = field(default_factory=list)
    printed: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    referred: list[int] = field(default_factory=list)
    open_measures: list[int] = field(default_factory=list)

    @property
    def values(self) -> dict[str, list[Any]]:
        years, places = ([profile[number] for profile in self.profiles] for number in (2, 3))
        return {"bodies": self.bodies, "years": years, "places": places}

    def subjects(self, classification: str) -> list[int]:
        printed = {subject for subject, _ in self.printed[classification]}
        return sorted(printed | set(self.referred if classification == "functional" else []))


def used_by(connection: Connection, version_id: int) -> Used:
    """Asked before the version is deleted."""
    return Used(
        [body for (body,) in connection.execute(BODIES, [version_id, version_id]) if body is not None],
        connection.execute(PROFILES, [version_id]).fetchall(),
        {name: connection.execute(PRINTED.format(name), [version_id]).fetchall() for name in CLASSIFICATIONS},
        [subject for (subject,) in connection.execute(REFERRED, [version_id, version_id])],
        [measure for (measure,) in connection.execute(OPEN_MEASURES, [version_id])],
    )


def clean(connection: Connection, used: Used) -> list[int]:
    """Takes back what only the deleted version left. Returns the slots that show something else now."""
    changed = {slot for name in CLASSIFICATIONS for slot in _clean_subjects(connection, used, name)}
    connection.execute(UNUSED_MEASURES, [used.open_measures])
    for body in used.bodies:
        for name, kind, year, _ in used.profiles:
            _clean_body(connection, {"body": body, "name": name, "kind": kind, "year": year})
    for statement in (NAMES_OF_UNUSED_BODIES, UNUSED_BODIES, UNUSED_YEARS, UNUSED_PLACES):
        connection.execute(statement, used.values)
    return sorted(changed | {slot for (slot,) in connection.execute(SLOTS_OF_BODIES, [used.bodies])})


def _clean_body(connection: Connection, profile: Mapping[str, str | int | None]) -> None:
    connection.execute(NAME_YEARS, profile)
    connection.execute(KIND, profile)


def _clean_subjects(connection: Connection, used: Used, classification: str) -> list[int]:
    printed, values = used.printed[classification], {"ids": used.subjects(classification)}
    names = {"ids": [subject for subject, _ in printed], "names": [label for _, label in printed]}
    connection.execute(NAMES.format(classification), names)
    more = UNUSED_FUNCTIONAL if classification == "functional" else ""
    connection.execute(UNUSED_SUBJECTS.format(classification) + more, values)
    return [slot for (slot,) in connection.execute(RENAMED.format(classification), values)]
