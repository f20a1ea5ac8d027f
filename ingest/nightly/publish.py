"""Makes loaded documents public: the last step of a worker and of a nightly run."""

from warehouse.base.config import Settings
from warehouse.base.database import connect
from warehouse.publish import refresh


def never_idle(settings: Settings) -> str:
    """Connection options with idle_in_transaction_session_timeout, so that an idle session releases its locks."""
    return f"-c idle_in_transaction_session_timeout={round(settings.stalled_seconds * 1000)}"


def make_public(url: str, settings: Settings) -> None:
    """Makes all loaded documents public in one transaction, one process at a time.

    If the process is suspended meanwhile, PostgreSQL ends its session and rolls back, so that others need not wait.
    Raises one of CONNECTION_LOST then, and when the connection is lost.
    """
    options = never_idle(settings)
    with connect(url, autocommit=True, application_name="juesuan refresh", options=options) as connection:
        refresh.refresh_stale(connection)
