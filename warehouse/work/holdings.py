"""What the database holds, for whoever runs it."""

from dataclasses import dataclass
from datetime import datetime

from psycopg import Connection
from psycopg.rows import class_row

from warehouse.base.database import one_value
from warehouse.work import sources

REVISION = "select version_num from warehouse.alembic_version"
IS_THERE = "select to_regclass('warehouse.alembic_version') is not null"
SIZE = "select pg_database_size(current_database())"
HOLDINGS = """
select
    public.*,
    (select count(*) from staging.amount inner join intermediate.current_parse using (parse_id)) as amounts,
    (select count(*) from warehouse.held_parse where decision is null) as held
from (
    select
        count(*) as documents,
        count(distinct (department, division_code)) filter (where department is not null) as bodies,
        min(fiscal_year) as first_year,
        max(fiscal_year) as last_year
    from mart.published_document where is_current
) as public
"""
FILES = """
select status, count(*) from (
    select distinct on (sha256) status from warehouse.reading order by sha256, queued_at desc
) as last where status <> all(%s) group by status order by status
"""
LAST_NIGHT = """
select run_id, manifest, started_at, ended_at, exit_status from warehouse.run order by run_id desc limit 1
"""
NOT_QUEUED = """
select count(*) from unnest(%s::text[]) as fetched (sha256)
where not exists (select from warehouse.reading where reading.sha256 = fetched.sha256)
"""
CONCLUDED = ("loaded", "held")


@dataclass(frozen=True, slots=True)
class Holdings:
    """Of what is public: documents, bodies (a department within its place), amounts, and the years; and how many
    readings are held."""

    documents: int
    bodies: int
    first_year: int | None
    last_year: int | None
    amounts: int
    held: int


@dataclass(frozen=True, slots=True)
class LastNight:
    run_id: int
    manifest: str
    started_at: datetime
    ended_at: datetime | None
    exit_status: int | None


def revision(connection: Connection) -> str | None:
    """The revision of the tables; None where there is no warehouse yet."""
    is_there = one_value(connection.execute(IS_THERE))
    row = connection.execute(REVISION).fetchone() if is_there else None
    return row[0] if row else None


def size(connection: Connection) -> int:
    """Bytes of the whole database."""
    return int(one_value(connection.execute(SIZE)))


def holdings(connection: Connection) -> Holdings:
    with connection.cursor(row_factory=class_row(Holdings)) as cursor:
        found = cursor.execute(HOLDINGS).fetchone()
    assert found is not None
    return found


def files_left(connection: Connection) -> dict[str, int]:
    """The files that are neither loaded nor held: by the status of their last reading, and those not queued yet."""
    left = dict(connection.execute(FILES, [list(CONCLUDED)]).fetchall())
    fetched = list({known.sha256 for known in sources.not_loaded(connection)})
    left["not queued"] = one_value(connection.execute(NOT_QUEUED, [fetched]))
    return {status: count for status, count in left.items() if count}


def last_night(connection: Connection) -> LastNight | None:
    with connection.cursor(row_factory=class_row(LastNight)) as cursor:
        return cursor.execute(LAST_NIGHT).fetchone()
