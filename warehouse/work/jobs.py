"""The jobs of the queue (procrastinate): which file a worker reads next.

A job and its row in `warehouse.reading` are written in one transaction. A file has at most one job: its sha256 is the
queueing lock. The lock of a job is the address of the file, so files found at one address one after another are loaded
in that order, and the newest becomes the current version. A job can be lost or left running when a worker is killed or
a backup is restored; `repair_queue` makes the jobs agree with the readings again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from psycopg import Connection

from warehouse.base import locks
from warehouse.base.database import one_value
from warehouse.records.reading import WITH_PICTURES
from warehouse.work.readings import ATTEMPTS, WITHOUT_PAGE

TASK = "ingest_document"
FIRST_READING, REREADING = 10, 0  # priorities: files never read come before files read by another parser version
LONGEST_WAIT = 300  # seconds; a job scheduled later than this was scheduled before the clock was set back
# Internal functions of procrastinate that are called here. They may change with any version, so it is pinned.
INTERNALS = (
    "procrastinate_defer_jobs_v1(procrastinate_job_to_defer_v1[])",
    "procrastinate_retry_job_v2(bigint, timestamptz, integer, varchar, varchar)",
    "procrastinate_finish_job_v1(bigint, procrastinate_job_status, boolean)",
)

# A reading without pictures is that of this version where the file has none.
IS_OF_THIS_VERSION = """
parse.parser_version = %(parser_version)s or (
    parse.parser_version = %(without_pictures)s and not exists (
        select from warehouse.doubt where doubt.parse_id = parse.parse_id and doubt.what = 'page_not_read'
    )
)
"""
NOTE_READ = f"""
insert into warehouse.reading (sha256, parser_version, source_name, address, status, attempts, faults, outcome,
    run_id, queued_at, ended_at)
select sha256, %(parser_version)s, name, address, 'loaded', 0, 0, 'unchanged', null,
    clock_timestamp(), clock_timestamp()
from unnest(%(sha256s)s::text[], %(names)s::text[], %(addresses)s::text[]) as file (sha256, name, address)
join warehouse.document_version as version using (sha256)
join warehouse.parse using (version_id)
where {IS_OF_THIS_VERSION}
on conflict do nothing
"""
PUBLISHED = f"""
select sha256 from warehouse.document_version as version
join warehouse.parse on parse.parse_id = version.published_parse_id
where sha256 = any(%(sha256s)s) and ({IS_OF_THIS_VERSION})
"""
NOTE_WAITING = """
insert into warehouse.reading as known (sha256, parser_version, source_name, address, status, attempts, faults,
    run_id, queued_at)
select file.sha256, %(parser_version)s, name, address, 'waiting', 0, 0, %(run_id)s, clock_timestamp()
from unnest(%(sha256s)s::text[], %(names)s::text[], %(addresses)s::text[])
    with ordinality as file (sha256, name, address, number)
where not exists (select from warehouse.forgotten where forgotten.sha256 = file.sha256)
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
# Adds a job for every reading that has none. The caller holds the lock on the queue.
ADD_JOBS = f"""
select coalesce(cardinality(procrastinate_defer_jobs_v1(array_agg(job order by queued_at))), 0)
from (
    select queued_at, row(
        case when pictures is null then %(queue)s else %(scans)s end, '{TASK}',
        case when exists (
            select from warehouse.reading as earlier
            where earlier.sha256 = reading.sha256 and earlier.parser_version <> reading.parser_version
        ) then {REREADING} else {FIRST_READING} end,
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
# A heartbeat in the future was written before the clock of the server was set back; its worker counts as dead too.
DELETE_DEAD_WORKERS = """
delete from procrastinate_workers
where last_heartbeat not between now() - %(stalled)s * interval '1 second' and now() + %(stalled)s * interval '1 second'
"""
JOBS_OF_DEAD_WORKERS = f"""
select job.id, job.queueing_lock, reading.status, {WITHOUT_PAGE}
from procrastinate_jobs as job
left join warehouse.reading on reading.sha256 = job.queueing_lock and reading.parser_version = %(parser_version)s
where job.status = 'doing' and job.worker_id is null and job.queue_name in (%(queue)s, %(scans)s)
order by job.id for update of job
"""
QUARANTINE = f"""
update warehouse.reading set status = 'quarantined', ended_at = clock_timestamp(),
    reason = concat_ws('; ', nullif(reason, ''),
        'the worker reading it ended without a word ' || {WITHOUT_PAGE} || ' times')
where parser_version = %(parser_version)s and sha256 = any(%(sha256s)s)
"""
WITHOUT_JOB = f"""
select array_agg(sha256) from warehouse.reading
where parser_version = %(parser_version)s and status = 'reading' and {WITHOUT_PAGE} >= {ATTEMPTS} and not exists (
    select from procrastinate_jobs where queueing_lock = reading.sha256 and status in ('todo', 'doing')
)
"""
RESCHEDULE_AFTER_CLOCK_CHANGE = f"""
update procrastinate_jobs set scheduled_at = now()
where status = 'todo' and scheduled_at > now() + interval '{LONGEST_WAIT} seconds'
"""
DROP = "delete from procrastinate_jobs where status = 'todo' and queueing_lock = any(%s)"
COUNT_JOBS = """
select count(*) from procrastinate.procrastinate_jobs
where queue_name in (%(queue)s, %(scans)s) and status in ('todo', 'doing')
"""
IS_DUE = """
select exists (
    select from procrastinate.procrastinate_jobs
    where queue_name = %s and status = 'todo' and (scheduled_at is null or scheduled_at <= now())
)
"""
REREAD = """
select distinct on (sha256) sha256, source_name, address from warehouse.reading
where not exists (
    select from warehouse.reading as same
    where same.sha256 = reading.sha256 and same.parser_version = %(parser_version)s and same.status <> 'postponed'
)
and coalesce(
    (select bool_or(file.counts_as <> 'part') from warehouse.source_file as file where file.sha256 = reading.sha256),
    true
)
order by sha256, queued_at desc
"""


@dataclass(frozen=True, slots=True)
class File:
    """A file of the archive that is to be read. `address`: where it was fetched."""

    sha256: str
    name: str
    address: str | None = None


def queue_name(parser_version: str) -> str:
    """One queue per parser version, so that a worker takes only jobs queued for its version."""
    return f"ingest {parser_version}"


def scans_name(parser_version: str) -> str:
    """The queue of files with pages that are pictures: a worker takes one of them where nothing else is due."""
    return f"scans {parser_version}"


def _queues(parser_version: str) -> dict[str, str]:
    return {"queue": queue_name(parser_version), "scans": scans_name(parser_version)}


def _versions(parser_version: str) -> dict[str, str]:
    return {"parser_version": parser_version, "without_pictures": parser_version.removesuffix(WITH_PICTURES)}


def published(connection: Connection, sha256s: Sequence[str], parser_version: str) -> set[str]:
    """Those of the files, each a document by itself, whose published reading is of this parser version."""
    values = _versions(parser_version) | {"sha256s": list(sha256s)}
    return {sha256 for (sha256,) in connection.execute(PUBLISHED, values)}


def is_due(connection: Connection, queue: str) -> bool:
    """Whether a job of the queue waits that could be taken now."""
    return bool(one_value(connection.execute(IS_DUE, [queue])))


def enqueue(connection: Connection, files: Iterable[File], parser_version: str, run_id: int | None = None) -> int:
    """Queues the files that this parser version has not concluded, except forgotten ones. Returns how many were not
    queued before.

    Files of one address must be given oldest first; they are read in that order.
    """
    chosen = list({file.sha256: file for file in files}.values())
    values = _versions(parser_version) | {
        "run_id": run_id,
        "sha256s": [file.sha256 for file in chosen],
        "names": [file.name for file in chosen],
        "addresses": [file.address for file in chosen],
    }
    with connection.transaction():
        _lock_queue(connection)
        connection.execute(DROP_OLDER, values)
        connection.execute(NOTE_READ, values)
        queued = connection.execute(NOTE_WAITING, values).fetchall()
        _add_jobs(connection, parser_version)
    return len(queued)


def to_reread(connection: Connection, parser_version: str) -> list[File]:
    """Files queued for another parser version that this version has not concluded, including postponed files.

    A file that became part of a disclosure of several files is not read by itself any more.
    """
    return [File(*row) for row in connection.execute(REREAD, {"parser_version": parser_version})]


def repair_queue(connection: Connection, parser_version: str, stalled_seconds: float) -> int:
    """Requeues the jobs of dead workers and adds missing jobs. Returns how many jobs wait or run."""
    values = {"parser_version": parser_version, "stalled": stalled_seconds} | _queues(parser_version)
    with connection.transaction():
        _lock_queue(connection)
        connection.execute(DELETE_DEAD_WORKERS, values)
        for job_id, sha256, status, attempts in connection.execute(JOBS_OF_DEAD_WORKERS, values).fetchall():
            _take_over(connection, job_id, sha256, status, attempts, parser_version)
        lost = one_value(connection.execute(WITHOUT_JOB, values))
        connection.execute(QUARANTINE, values | {"sha256s": lost or []})
        connection.execute(RESCHEDULE_AFTER_CLOCK_CHANGE)
        _add_jobs(connection, parser_version)
        return one_value(connection.execute(COUNT_JOBS, values))


def drop(connection: Connection, sha256s: Sequence[str]) -> None:
    """Deletes the jobs of these files that wait. A running one finds that there is no reading any more."""
    _lock_queue(connection)
    connection.execute(DROP, [list(sha256s)])
    connection.execute("set local search_path to default")


def open_jobs(connection: Connection, parser_version: str) -> int:
    """How many jobs wait or run."""
    return one_value(connection.execute(COUNT_JOBS, _queues(parser_version)))


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
    connection.execute(ADD_JOBS, {"parser_version": parser_version} | _queues(parser_version))


def _lock_queue(connection: Connection) -> None:
    """Takes the lock on the queue, and sets the search_path that procrastinate's functions need."""
    locks.take(connection, locks.QUEUE)
    connection.execute("set local search_path = procrastinate")
