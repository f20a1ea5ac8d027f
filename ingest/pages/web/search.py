"""Search over bodies, projects, indicators, reasons and sentences of the narrative: texts that have the words in them.

Public views are searched, in which readers have left out persons and telephone numbers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from psycopg.errors import QueryCanceled

from ingest.pages.web import searches
from ingest.pages.web.readers import Readers, Row

SHORTEST, LONGEST = 2, 40  # characters
SHOWN = 20  # of each part
SECONDS = 2.0  # for each part
AROUND = 40  # characters beside the first find


@dataclass(frozen=True, slots=True)
class Snippet:
    """A text, or the part of it around what was found."""

    before: str
    found: str
    after: str


@dataclass(frozen=True, slots=True)
class Part:
    """Hits of one kind; `is_more` where there are others, `is_slow` where it was not searched to the end."""

    name: str
    hits: Sequence[Row] = ()
    is_more: bool = False
    is_slow: bool = False


def searched(readers: Readers, words: str) -> list[Part]:
    """Nothing where the words are too short or too long."""
    asked = words.strip()
    if not SHORTEST <= len(asked) <= LONGEST:
        return []
    return [_part(readers, name, asked) for name in searches.PARTS]


def snippet(hit: Row, words: str) -> Snippet:
    text = str(hit["text"])
    start = text.find(words)
    if start < 0:
        return Snippet(text[: 2 * AROUND], "", "")
    first, end = max(0, start - AROUND), start + len(words)
    before = f"…{text[first:start]}" if first else text[:start]
    after = text[end : end + AROUND]
    return Snippet(before, text[start:end], f"{after}…" if end + AROUND < len(text) else after)


def _part(readers: Readers, name: str, words: str) -> Part:
    part, query = searches.PARTS[name]
    pairs = [part + words[start : start + 2] for start in range(len(words) - 1)]
    try:
        hits = readers.rows_within(SECONDS, query, part=part, words=words, pairs=pairs, most=SHOWN + 1)
    except QueryCanceled:
        return Part(name, is_slow=True)
    return Part(name, hits[:SHOWN], is_more=len(hits) > SHOWN)


def found_anything(parts: Iterable[Part]) -> bool:
    return any(part.hits or part.is_slow for part in parts)
