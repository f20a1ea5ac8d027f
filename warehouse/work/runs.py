"""The report of a nightly run: what was fetched and read, what is held or missing, problems, and how much is public."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from psycopg import Connection

from warehouse.base.database import one_value
from warehouse.base.messages import _

START = "insert into warehouse.run (manifest, started_at) values (%s, clock_timestamp()) returning run_id"
END = "update warehouse.run set ended_at = clock_timestamp(), exit_status = %s where run_id = %s and ended_at is null"
READ = """
select status, outcome, count(*) from warehouse.reading where run_id = %s group by 1, 2
"""
DOUBTS = """
select count(*) from warehouse.doubt
join warehouse.parse using (parse_id)
join warehouse.document_version as version using (version_id)
join warehouse.reading on reading.sha256 = version.sha256 and reading.parser_version = parse.parser_version
where reading.run_id = %s and reading.outcome <> 'unchanged'
"""
NOT_LOADED = """
select status, coalesce(address, source_name), coalesce(reason, '') from warehouse.reading
where run_id = %s and status in ('failed', 'quarantined', 'held', 'postponed') order by status, 2, sha256
"""
# Measures of the warehouse. The report shows how much a nightly run changed each.
STATE = """
select 'documents', count(*) from intermediate.current_parse
union all
select 'amounts', count(*) from staging.amount inner join intermediate.current_parse using (parse_id)
union all
select 'doubts in all', count(*) from staging.doubt inner join intermediate.current_parse using (parse_id)
union all
select 'stated figures', count(*) from staging.stated_figure inner join intermediate.current_parse using (parse_id)
union all
select 'files not public', count(*)
from (select distinct on (sha256) status from warehouse.reading order by sha256, queued_at desc) as last
where status in ('failed', 'quarantined', 'held', 'postponed')
"""
# Readings of files that the run queued. Those held on earlier nights are only counted.
HELD = """
select
    held.parse_id,
    version.source_name,
    (
        select string_agg(distinct source.name, ', ')
        from warehouse.source_file as file
        join warehouse.source using (source_id)
        where file.sha256 = version.sha256 and file.counts_as <> 'part'
    ),
    parse.department,
    parse.fiscal_year,
    held.reason
from warehouse.held_parse as held
join warehouse.parse using (parse_id)
join warehouse.document_version as version using (version_id)
join warehouse.reading on reading.sha256 = version.sha256 and reading.parser_version = parse.parser_version
where held.decision is null and reading.run_id = %s
order by held.parse_id
"""
COUNT_HELD = "select count(*) from warehouse.held_parse where decision is null"
# What a manifest expects and is not public. Late: its due date has passed. Missing: the manifest names no due date, and
# the year in which documents of this kind are published has begun. What is withdrawn was published by its body.
NOT_PUBLIC = """
select
    case when state.due_on is null then 'missing' else 'late' end,
    state.department,
    state.division_code,
    state.fiscal_year,
    state.kind,
    state.due_on,
    state.slot_reason
from intermediate.slot_state as state
cross join intermediate.today
join intermediate.expected_slot as expected
    on (expected.department, expected.fiscal_year, expected.kind)
    = (state.department, state.fiscal_year, state.kind)
    and expected.division_code is not distinct from state.division_code
    and expected.scope is not distinct from state.scope
join staging.document_kind on document_kind.kind = state.kind
where state.document_id is null
    and state.slot_status <> 'withdrawn'
    and coalesce(state.due_on, make_date(state.fiscal_year + document_kind.due_years_later, 1, 1)) < today.today
    and exists (
        select from warehouse.source
        where source.source_id = any(expected.source_ids) and source.manifest = %s
    )
order by state.due_on, state.department, state.division_code, state.fiscal_year, state.kind
"""
PREVIOUS_MEASURES = """
select measure, value from warehouse.run_measure
where run_id = (
    select max(run_id) from warehouse.run_measure join warehouse.run using (run_id)
    where run_id < %s and ended_at is not null
)
"""


@dataclass(frozen=True, slots=True)
class Held:
    """A reading that waits for a decision. `parse_id` is its number for `juesuan gate`; `sources` the names of the
    sources at whose addresses its file was found, None where there are none."""

    parse_id: int
    file_name: str
    sources: str | None
    department: str | None
    fiscal_year: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class NotPublic:
    """A document that the manifest expects and that is not public. `status`: late or missing; `reason`: why the file
    that came could not be read, if one came."""

    status: str
    department: str
    division_code: str | None
    fiscal_year: int
    kind: str
    due_on: date | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Problem:
    """`kind` is a word that warehouse.run_problem allows, `subject` a file, an address or an audit query."""

    kind: str
    subject: str
    reason: str


def start(connection: Connection, manifest: str) -> int:
    return one_value(connection.execute(START, [manifest]))


def store_refused(connection: Connection, manifest: str, exit_status: int, problem: Problem) -> None:
    """Stores a run that did nothing, with the reason."""
    with connection.transaction():
        end(connection, start(connection, manifest), exit_status, {}, [problem])


def readings(connection: Connection, run_id: int) -> dict[str, int]:
    """Counts of the files that the run queued: by status (loaded, failed, …), of loaded files also by outcome, and the
    number of their doubts."""
    counts: Counter[str] = Counter()
    for status, outcome, number in connection.execute(READ, [run_id]):
        counts[status] += number
        if status == "loaded":
            counts[outcome] += number
    return {**counts, "doubts": one_value(connection.execute(DOUBTS, [run_id]))}


def not_loaded(connection: Connection, run_id: int) -> list[Problem]:
    return [Problem(*row) for row in connection.execute(NOT_LOADED, [run_id])]


def held(connection: Connection, run_id: int) -> list[Held]:
    """The readings of files that the run queued and that are held."""
    return [Held(*row) for row in connection.execute(HELD, [run_id])]


def count_held(connection: Connection) -> int:
    """How many readings wait for a decision, of this run and of all before."""
    return one_value(connection.execute(COUNT_HELD))


def not_public(connection: Connection, manifest: str) -> list[NotPublic]:
    """What the manifest expects and is not public: those with a due date that has passed first."""
    return [NotPublic(*row) for row in connection.execute(NOT_PUBLIC, [manifest])]


def violations(counted: Mapping[str, int]) -> list[Problem]:
    """One problem per audit query that returned rows; `counted`: query → how many."""
    return [Problem("audit", name, _("{rows} rows, none expected").format(rows=rows)) for name, rows in counted.items()]


def state(connection: Connection) -> dict[str, Decimal]:
    """Measures of what is public now: numbers of rows."""
    return {measure: Decimal(value) for measure, value in connection.execute(STATE)}


def previous_measures(connection: Connection, run_id: int) -> dict[str, Decimal]:
    """The measures of the last finished run before this one that has any; empty if there is none."""
    return dict(connection.execute(PREVIOUS_MEASURES, [run_id]).fetchall())


def end(
    connection: Connection, run_id: int, exit_status: int, measures: Mapping[str, Decimal], problems: Iterable[Problem]
) -> None:
    """Stores the report in one transaction; nothing if the run has one already."""
    with connection.transaction():
        if connection.execute(END, [exit_status, run_id]).rowcount == 0:
            return
        cursor = connection.cursor()
        cursor.executemany(
            "insert into warehouse.run_measure (run_id, measure, value) values (%s, %s, %s)",
            [(run_id, measure, value) for measure, value in measures.items()],
        )
        cursor.executemany(
            "insert into warehouse.run_problem (run_id, problem_no, kind, subject, reason) values (%s, %s, %s, %s, %s)",
            [(run_id, number, p.kind, p.subject, p.reason) for number, p in enumerate(problems, start=1)],
        )
