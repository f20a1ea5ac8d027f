"""Who reads next: the jobs of procrastinate, written beside `warehouse.reading` in one transaction.

One job per file, named by its queueing lock. Its lock is the address: files that followed one another there are
loaded one after another, in that order, so that the newest becomes the current version. A job can vanish (a worker
was killed, a database restored); the sweep makes the jobs agree with the readings again.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from psycopg import Connection

from warehouse.base import locks
from warehouse.base.database import one_value
from warehouse.work.readings import ATTEMPTS

TASK = "ingest_document"
NEW, AGAIN = 10, 0  # priorities: what was never read comes before what another parser version has read
LONGEST_WAIT = 300  # seconds a job may be put off; more means that a clock was moved
# What is called of procrastinate, which promises none of it: for the version pinned in requirements.txt.
INTERNALS = (
    "procrastinate_defer_jobs_v1(procrastinate_job_to_defer_v1[])",
    "procrastinate_retry_job_v2(bigint, timestamptz, integer, varchar, varchar)",
    "procrastinate_finish_job_v1(bigint, procrastinate_job_status, boolean)",
)

NOTE_READ = """
insert into warehouse.reading (sha256, parser_version, source_name, address, status, attempts, faults, outcome,
    run_id, queued_at, ended_at)
select sha256, %(parser_version)s, name, address, 'loaded', 0, 0, 'unchanged', null,
    clock_timestamp(), clock_timestamp()
from unnest(%(sha256s)s::text[], %(names)s::text[], %(addresses)s::text[]) as file (sha256, name, address)
join warehouse.document_version as version using (sha256)
join warehouse.parse using (version_id)
where parse.parser_version = %(parser_version)s
on conflict do nothing
"""
NOTE_WAITING = """
insert into warehouse.reading as known (sha256, parser_version, source_name, address, status, attempts, faults,
    run_id, queued_at)
select sha256, %(parser_version)s, name, address, 'waiting', 0, 0, %(run_id)s, clock_timestamp()
from unnest(%(sha256s)s::text[], %(names)s::text[], %(addresses)s::text[])
    with ordinality as file (sha256, name, address, number)
order by number
on conflict (sha256, parser_version) do update
    set status = 'waiting', ended_at = null, faults = 0, run_id = excluded.run_id, queued_at = excluded.queued_at
    where known.status = 'postponed'
returning sha256
"""
DROP_OLDER = """
with older as (
    delete from warehouse.reading
    where sha256 = any(%(sha256s)s) and parser_version <> %(parser_version)s and status in ('waiting', 'postponed')
    returning sha256
)
delete from procrastinate.procrastinate_jobs
where status = 'todo' and queueing_lock in (select sha256 from older)
"""
# Every reading without a job gets one; the caller holds the lock on the queue.
ADD_JOBS = f"""
select coalesce(cardinality(procrastinate_defer_jobs_v1(array_agg(job order by queued_at))), 0)
from (
    select queued_at, row(
        %(queue)s, '{TASK}',
        case when exists (
            select from warehouse.reading as earlier
            where earlier.sha256 = reading.sha256 and earlier.parser_version <> reading.parser_version
        ) then {AGAIN} else {NEW} end,
        coalesce(address, sha256), sha256, jsonb_build_object('sha256', sha256), null
    )::procrastinate_job_to_defer_v1 as job
    from warehouse.reading
    where parser_version = %(parser_version)s and status in ('waiting', 'reading') and not exists (
        select from procrastinate_jobs where queueing_lock = reading.sha256 and status in ('todo', 'doing')
    )
) as jobs
having count(*) > 0
"""
RETRY = "select procrastinate_retry_job_v2(%s, now(), null, null, null)"
FINISH = "select procrastinate_finish_job_v1(%s, 'succeeded', true)"
# A heartbeat from the future was written before the clock of the server went back.
PRUNE = """
delete from procrastinate_workers
where last_heartbeat not between now() - %(stalled)s * interval '1 second' and now() + %(stalled)s * interval '1 second'
"""
ORPHANS = """
select job.id, job.queueing_lock, reading.status, reading.attempts
from procrastinate_jobs as job
left join warehouse.reading on reading.sha256 = job.queueing_lock and reading.parser_version = %(parser_version)s
where job.status = 'doing' and job.worker_id is null and job.queue_name = %(queue)s
order by job.id for update of job
"""
QUARANTINE = """
update warehouse.reading set status = 'quarantined', ended_at = clock_timestamp(),
    reason = concat_ws('; ', nullif(reason, ''), 'the worker reading it ended without a word ' || attempts || ' times')
where parser_version = %(parser_version)s and sha256 = any(%(sha256s)s)
"""
JOBLESS = f"""
select array_agg(sha256) from warehouse.reading
where parser_version = %(parser_version)s and status = 'reading' and attempts >= {ATTEMPTS} and not exists (
    select from procrastinate_jobs where queueing_lock = reading.sha256 and status in ('todo', 'doing')
)
"""
UNDO_CLOCK = f"""
update procrastinate_jobs set scheduled_at = now()
where status = 'todo' and scheduled_at > now() + interval '{LONGEST_WAIT} seconds'
"""
LEFT = """
select count(*) from procrastinate.procrastinate_jobs where queue_name = %s and status in ('todo', 'doing')
"""
REREAD = """
select distinct on (sha256) sha256, source_name, address from warehouse.reading
where not exists (
    select from warehouse.reading as same
    where same.sha256 = reading.sha256 and same.parser_version = %(parser_version)s and same.status <> 'postponed'
)
order by sha256, queued_at desc
"""


@dataclass(frozen=True, slots=True)
class File:
    """A file of the archive that is to be read. `address` is where it was found."""

    sha256: str
    name: str
    address: str | None = None


def queue_name(parser_version: str) -> str:
    """A worker takes only what it reads as the one who queued it would."""
    return f"ingest {parser_version}"


def enqueue(connection: Connection, files: Iterable[File], parser_version: str, run_id: int | None = None) -> int:
    """Queues what this parser version has come to no conclusion about; returns how many were not queued already.

    Of several files of one address the one seen first comes first.
    """
    chosen = list({file.sha256: file for file in files}.values())
    values = {
        "parser_version": parser_version,
        "run_id": run_id,
        "sha256s": [file.sha256 for file in chosen],
        "names": [file.name for file in chosen],
        "addresses": [file.address for file in chosen],
    }
    with connection.transaction():
        _hold(connection)
        connection.execute(DROP_OLDER, values)
        connection.execute(NOTE_READ, values)
        queued = connection.execute(NOTE_WAITING, values).fetchall()
        _add_jobs(connection, parser_version)
    return len(queued)


def to_reread(connection: Connection, parser_version: str) -> list[File]:
    """What another version of the parser was to read and this one has not concluded, postponed files among it."""
    return [File(*row) for row in connection.execute(REREAD, {"parser_version": parser_version})]


def sweep(connection: Connection, parser_version: str, stalled_seconds: float) -> int:
    """Gives the jobs of dead workers to living ones, and files without a job a job; returns how many jobs are left."""
    queue = queue_name(parser_version)
    values = {"parser_version": parser_version, "queue": queue, "stalled": stalled_seconds}
    with connection.transaction():
        _hold(connection)
        connection.execute(PRUNE, values)
        for job_id, sha256, status, attempts in connection.execute(ORPHANS, values).fetchall():
            _take_over(connection, job_id, sha256, status, attempts, parser_version)
        lost = one_value(connection.execute(JOBLESS, values))
        connection.execute(QUARANTINE, values | {"sha256s": lost or []})
        connection.execute(UNDO_CLOCK)
        _add_jobs(connection, parser_version)
        return one_value(connection.execute(LEFT, [queue]))


def left(connection: Connection, parser_version: str) -> int:
    """Jobs that wait or run."""
    return one_value(connection.execute(LEFT, [queue_name(parser_version)]))


def _take_over(
    connection: Connection, job_id: int, sha256: str, status: str | None, attempts: int | None, parser_version: str
) -> None:
    if status == "reading" and attempts is not None and attempts >= ATTEMPTS:
        connection.execute(QUARANTINE, {"parser_version": parser_version, "sha256s": [sha256]})
        status = "quarantined"
    if status in ("waiting", "reading"):
        connection.execute(RETRY, [job_id])
    else:
        connection.execute(FINISH, [job_id])


def _add_jobs(connection: Connection, parser_version: str) -> None:
    connection.execute(ADD_JOBS, {"parser_version": parser_version, "queue": queue_name(parser_version)})


def _hold(connection: Connection) -> None:
    """One change of the queue's contents at a time; procrastinate's functions find their tables by the path."""
    locks.take(connection, locks.QUEUE)
    connection.execute("set local search_path = procrastinate")
