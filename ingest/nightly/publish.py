"""What was loaded becomes public: the last step of a worker and of a night."""

import psycopg

from warehouse.base.config import Settings
from warehouse.base.database import connect
from warehouse.publish import refresh

# How a session ends whose process fell asleep in the middle of it.
ASLEEP = psycopg.errors.IdleInTransactionSessionTimeout


def only_awake(settings: Settings) -> str:
    """Options of a session that ends where its process sleeps inside a transaction and keeps others waiting."""
    return f"-c idle_in_transaction_session_timeout={round(settings.stalled_seconds * 1000)}"


def make_public(url: str, settings: Settings) -> None:
    """All of it at one moment; one process at a time.

    Who falls asleep meanwhile would keep all others from it: his session ends, and what he did is undone.
    Raises ASLEEP then, and the database's error where the database is gone.
    """
    awake = only_awake(settings)
    with connect(url, autocommit=True, application_name="juesuan refresh", options=awake) as connection:
        refresh.refresh_stale(connection)
