"""The report of a nightly run: what was fetched and read, problems, and how much the warehouse holds."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from psycopg import Connection

from warehouse.base.database import one_value
from warehouse.base.sql_files import audit_queries

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
union all
select metric || '_wan', sum(amount_wan)::numeric(18, 2) from mart.metric_value
where metric in ('income', 'expenditure') and amount_wan is not null group by metric
"""
PREVIOUS_MEASURES = """
select measure, value from warehouse.run_measure
where run_id = (
    select max(run_id) from warehouse.run_measure join warehouse.run using (run_id)
    where run_id < %s and ended_at is not null
)
"""


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


def violations(connection: Connection) -> list[Problem]:
    """One problem per audit query that returns a row."""
    counted = ((name, len(connection.execute(query).fetchall())) for name, query in audit_queries().items())
    return [Problem("audit", name, f"{rows} rows, none expected") for name, rows in counted if rows]


def state(connection: Connection) -> dict[str, Decimal]:
    """Measures of what is public now: numbers of rows, and sums in 万元 where the name ends in _wan."""
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
