"""An entry of the Atom feed for each version of a document that came, and for each that was withdrawn."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from ingest.pages.web import listings
from ingest.pages.web.readers import Readers, Row

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def entries(readers: Readers) -> Sequence[Row]:
    """The newest first, each with an id that stays: also where the same file is read into another warehouse."""
    return [{**news, "id": _id(news)} for news in readers.rows(listings.NEWS)]


def feed_id(name: str) -> str:
    """The same for the same name."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"


def updated(news: Sequence[Row]) -> datetime:
    """When the last of them came."""
    return news[0]["changed_at"] if news else NEVER


def _id(news: Row) -> str:
    return feed_id(f"juesuan:{news['news']}:{news['sha256']}")
