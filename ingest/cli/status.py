"""`juesuan db status`: whether the database runs and can be used, and what it holds."""

from collections.abc import Iterator

from psycopg import Connection

from warehouse import server
from warehouse.base.database import connect, without_password
from warehouse.schema.this_version import require_this_version
from warehouse.work import holdings

WAIT_SECONDS = 10
UNITS = ("bytes", "kB", "MB", "GB", "TB")


class NotUsable(Exception):
    """The database cannot be used as it is; the message says why and what to do."""


def lines() -> Iterator[str]:
    """Raises, after the lines that could be told: NotUsable, NoWarehouse and NotThisVersion, psycopg's error where the
    database refuses to connect, and BadDatabaseUrl."""
    now = server.status()
    yield _where(now)
    if now.url is None:
        raise NotUsable("the embedded server does not run: `juesuan db start` starts it")
    yield without_password(now.url)
    with connect(now.url, connect_timeout=WAIT_SECONDS) as connection:
        yield f"size:        {_in_units(holdings.size(connection))}"
        yield f"schema:      {holdings.revision(connection) or 'none'}"
        require_this_version(connection)
        yield from _held(connection)


def _where(now: server.Status) -> str:
    if now.is_external:
        return "external database (JUESUAN_DATABASE_URL)"
    if now.major is None:
        return "no embedded server yet"
    return f"embedded PostgreSQL {now.major} in {now.folder}: {'running' if now.is_running else 'stopped'}"


def _held(connection: Connection) -> Iterator[str]:
    held = holdings.holdings(connection)
    years = "–".join(dict.fromkeys(str(year) for year in (held.first_year, held.last_year) if year))
    yield f"documents:   {held.documents:,} public, {held.held:,} held"
    yield f"bodies:      {held.bodies:,}"
    yield f"years:       {years or 'none'}"
    yield f"amounts:     {held.amounts:,}"
    left = holdings.files_left(connection)
    yield f"other files: {', '.join(f'{count:,} {status}' for status, count in left.items()) or 'none waits or failed'}"
    yield f"last night:  {_night(holdings.last_night(connection))}"


def _night(last: holdings.LastNight | None) -> str:
    if last is None:
        return "none yet"
    began = f"run {last.run_id} of {last.manifest}, {last.started_at:%Y-%m-%d %H:%M}"
    if last.ended_at is None:
        return f"{began}, not ended: it runs, or was broken off"
    return f"{began} to {last.ended_at:%Y-%m-%d %H:%M}, exit status {last.exit_status}"


def _in_units(size: float) -> str:
    """`7.5 MB`; a unit is 1024 of the one before it, as in PostgreSQL."""
    unit = 0
    while size >= 1024 and unit < len(UNITS) - 1:
        size, unit = size / 1024, unit + 1
    return f"{size:.1f} {UNITS[unit]}" if unit else f"{size} {UNITS[unit]}"
