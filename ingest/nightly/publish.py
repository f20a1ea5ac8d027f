"""What was loaded becomes public: the last step of a worker and of a night."""

from warehouse.base.config import Settings
from warehouse.base.database import connect
from warehouse.publish import refresh


def never_idle(settings: Settings) -> str:
    """Options of a session that PostgreSQL ends where it is idle in a transaction and keeps others waiting."""
    return f"-c idle_in_transaction_session_timeout={round(settings.stalled_seconds * 1000)}"


def make_public(url: str, settings: Settings) -> None:
    """All of it at one moment; one process at a time.

    A process that is stopped meanwhile would keep all others from it: its session ends, and what it did is undone.
    Raises one of GONE then, and where the database is away.
    """
    options = never_idle(settings)
    with connect(url, autocommit=True, application_name="juesuan refresh", options=options) as connection:
        refresh.refresh_stale(connection)
