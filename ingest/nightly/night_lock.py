"""One nightly run at a time on a database; and an alarm where one does not end."""

import psycopg

from ingest.nightly.exit_statuses import NIGHT_TOO_LONG
from ingest.nightly.reconnection import with_connection, with_reconnection
from warehouse.base import locks
from warehouse.base.actors import CONNECTION_LOST
from warehouse.base.config import Settings
from warehouse.base.database import connect
from warehouse.base.errors import AnotherNight, NightTooLong
from warehouse.base.messages import _
from warehouse.work import runs
from warehouse.work.runs import Problem


class NightLock:
    """Holds the lock of the nightly run in a session of its own.

    Raises AnotherNight if another run holds it; NightTooLong, stored as a run with that problem, if it does for longer
    than `night_hours`.
    """

    def __init__(self, settings: Settings, manifest: str):
        self.settings, self.manifest = settings, manifest
        self.connection: psycopg.Connection | None = None

    def __enter__(self) -> "NightLock":
        self.hold()
        return self

    def __exit__(self, *_: object) -> None:
        if self.connection is not None:
            self.connection.close()

    def hold(self) -> None:
        """Takes the lock; takes it again if the connection was lost."""
        if self.connection is not None and _answers(self.connection):
            return
        self.connection = with_reconnection(self.settings, lambda url: connect(url, autocommit=True))
        if not locks.take_for_session(self.connection, locks.NIGHT):
            other = locks.holder(self.connection, locks.NIGHT)
            self.connection.close()
            self._refuse(other)

    def _refuse(self, other: locks.Holder | None) -> None:
        """Raises. `other` is None where the other run has ended meanwhile."""
        if other is None or other.seconds <= self.settings.night_hours * 3600:
            raise AnotherNight(_about(other))
        error = NightTooLong(_about(other))
        problem = Problem("machine", "night", str(error))
        with_connection(
            self.settings, lambda opened: runs.store_refused(opened, self.manifest, NIGHT_TOO_LONG, problem)
        )
        raise error


def _about(other: locks.Holder | None) -> str:
    if other is None:
        return _("it has just ended")
    since = f"{other.since:%Y-%m-%d %H:%M:%S%z}" if other.since else _("an unknown time")
    return _("since {since}, its session in the database has the process id {pid}").format(since=since, pid=other.pid)


def _answers(connection: psycopg.Connection) -> bool:
    try:
        connection.execute("select 1")
    except CONNECTION_LOST:
        return False
    return True
