"""Fills an empty warehouse: copies everything first, then builds keys, indexes and the tables of schema mart.

What comes of it is what `loader.load` of the same extractions, one after another, would have made, but for what
that would hold: it is named and left out. One transaction: whole or not at all.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice

import psycopg
from psycopg import Connection

from warehouse.base.actors import Actor, who_must_act
from warehouse.base.database import one_value
from warehouse.base.errors import RowTwice, WarehouseError, WarehouseNotEmpty
from warehouse.load import gate, quality
from warehouse.load.bulk_documents import COPIED, Documents
from warehouse.load.indexes import taken_down
from warehouse.load.quality import Quality
from warehouse.publish import refresh
from warehouse.records.reading import Extraction, Profile, Source

CHUNK = 100  # documents copied at a time, and held in memory
FILLED = "select exists (select from warehouse.document_version) or exists (select from warehouse.department)"
# What of a document must differ: its natural keys, which no index guards meanwhile.
UNIQUE = (
    ("amounts", lambda amount: (amount.table_code, amount.row_key, amount.measure)),
    ("stated", lambda figure: (figure.kind, figure.subject, figure.measure)),
    ("tables", lambda table: table.table_code),
)


@dataclass(slots=True)
class Rebuilt:
    """Documents and amounts that were loaded, files that came twice, and what was refused or left to the gate, with
    the reason."""

    documents: int = 0
    amounts: int = 0
    repeated: int = 0
    refused: list[tuple[Source, str]] = field(default_factory=list)
    held_back: list[tuple[Source, str]] = field(default_factory=list)


def rebuild(
    connection: Connection, extractions: Iterable[Extraction], reached: Callable[[str], None] = lambda step: None
) -> Rebuilt:
    """Loads them all and commits. A document the database refuses is left out and named.

    Raises WarehouseNotEmpty, and psycopg's errors; the warehouse is then as it was before.
    """
    done = Rebuilt()
    with without_keys(connection, reached):
        documents = Documents(connection)
        for chunk in _chunks(_let_through(extractions, gate.this_year(connection), done)):
            _add(connection, documents, chunk, done)
        documents.finish()
    return done


def _let_through(extractions: Iterable[Extraction], this_year: int, done: Rebuilt) -> Iterator[Extraction]:
    """Those that the gate lets pass: of a year that has ended, and no worse than the one before of the same slot."""
    public: dict[tuple[object, ...], Quality] = {}
    for extraction in extractions:
        read, early = quality.of_extraction(extraction), gate.too_early(extraction, this_year)
        slot = _slot(extraction.profile)
        worse = quality.markedly_worse(public[slot], read) if slot and slot in public else ()
        reasons = [early] if early else list(worse)
        if reasons:
            done.held_back.append((extraction.source, "; ".join(reasons)))
        else:
            if slot:
                public[slot] = read
            yield extraction


def _slot(profile: Profile) -> tuple[object, ...] | None:
    """What files of one slot have in common; None for a file that nobody can place."""
    if profile.department is None or profile.fiscal_year is None:
        return None
    return profile.division_code, profile.department, profile.fiscal_year, profile.kind, profile.scope


@contextmanager
def without_keys(connection: Connection, reached: Callable[[str], None] = lambda step: None) -> Iterator[None]:
    """An empty warehouse to be filled by COPY: keys, indexes and the tables of mart are built at the end.

    `reached` hears of each step: copied, keys built, published. Raises WarehouseNotEmpty.
    """
    with connection.transaction():
        connection.execute(f"lock table {', '.join(COPIED)} in access exclusive mode")
        if one_value(connection.execute(FILLED)):
            raise WarehouseNotEmpty("it holds documents or departments; load into a new database")
        with taken_down(connection, COPIED):
            yield
            reached("copied")
        reached("keys built")
        refresh.rebuild(connection, around=lambda table: taken_down(connection, [table]))
        reached("published")


def _add(connection: Connection, documents: Documents, chunk: list[Extraction], done: Rebuilt) -> None:
    """A chunk at once; where the database refuses it, one document after another to find the culprit."""
    try:
        _copy(connection, documents, chunk, done)
    except (psycopg.DatabaseError, WarehouseError) as error:
        documents.forget()
        is_of_a_document = isinstance(error, WarehouseError) or who_must_act(error) is not Actor.MACHINE
        if connection.closed or not is_of_a_document:
            raise
        if len(chunk) > 1:
            for extraction in chunk:
                _add(connection, documents, [extraction], done)
        else:
            done.refused.append((chunk[0].source, str(error).strip().splitlines()[0]))


def _copy(connection: Connection, documents: Documents, chunk: list[Extraction], done: Rebuilt) -> None:
    for extraction in chunk:
        _check_unique(extraction)
    with connection.transaction():
        placed = documents.add(chunk)
    done.documents += len(placed)
    done.repeated += len(chunk) - len(placed)
    done.amounts += sum(len(each.extraction.amounts) for each in placed)


def _check_unique(extraction: Extraction) -> None:
    for name, key in UNIQUE:
        rows = getattr(extraction, name)
        keys = [key(row) for row in rows]
        if len(set(keys)) < len(keys):
            twice = next(key for n, key in enumerate(keys) if key in keys[:n])
            raise RowTwice(f"{extraction.source.name}: {name}, {twice}")


def _chunks(extractions: Iterable[Extraction]) -> Iterator[list[Extraction]]:
    source = iter(extractions)
    while chunk := list(islice(source, CHUNK)):
        yield chunk
