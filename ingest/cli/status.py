"""`juesuan db status`: whether the database runs and can be used, and what it holds."""

from collections.abc import Iterator

from psycopg import Connection

from warehouse import server
from warehouse.base.database import connect, without_password
from warehouse.base.messages import _
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
        raise NotUsable(_("the embedded server does not run: `juesuan db start` starts it"))
    yield without_password(now.url)
    with connect(now.url, connect_timeout=WAIT_SECONDS) as connection:
        yield _("size:        {size}").format(size=_in_units(holdings.size(connection)))
        yield _("schema:      {revision}").format(revision=holdings.revision(connection) or _("none"))
        require_this_version(connection)
        yield from _held(connection)


def _where(now: server.Status) -> str:
    if now.is_external:
        return _("external database (JUESUAN_DATABASE_URL)")
    if now.major is None:
        return _("no embedded server yet")
    return _("embedded PostgreSQL {major} in {folder}: {state}").format(
        major=now.major, folder=now.folder, state=_("running") if now.is_running else _("stopped")
    )


def _held(connection: Connection) -> Iterator[str]:
    held = holdings.holdings(connection)
    years = "–".join(dict.fromkeys(str(year) for year in (held.first_year, held.last_year) if year))
    yield _("documents:   {documents:,} public, {held:,} held").format(documents=held.documents, held=held.held)
    yield _("bodies:      {bodies:,}").format(bodies=held.bodies)
    yield _("years:       {years}").format(years=years or _("none"))
    yield _("amounts:     {amounts:,}").format(amounts=held.amounts)
    left = holdings.files_left(connection)
    yield _("other files: {listed}").format(
        listed=", ".join((f"{count:,} {_(status)}" for status, count in left.items())) or _("none waits or failed")
    )
    yield _("last night:  {night}").format(night=_night(holdings.last_night(connection)))


def _night(last: holdings.LastNight | None) -> str:
    if last is None:
        return _("none yet")
    began = _("run {run_id} of {manifest}, {started_at:%Y-%m-%d %H:%M}").format(
        run_id=last.run_id, manifest=last.manifest, started_at=last.started_at
    )
    if last.ended_at is None:
        return _("{began}, not ended: it runs, or was broken off").format(began=began)
    return f"{began} to {last.ended_at:%Y-%m-%d %H:%M}, exit status {last.exit_status}"


def _in_units(size: float) -> str:
    """`7.5 MB`; a unit is 1024 of the one before it, as in PostgreSQL."""
    unit = 0
    while size >= 1024 and unit < len(UNITS) - 1:
        size, unit = size / 1024, unit + 1
    return f"{size:.1f} {UNITS[unit]}" if unit else f"{size} {UNITS[unit]}"
