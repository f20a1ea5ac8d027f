"""Fills an empty warehouse: copies everything first, then builds keys, indexes and the tables of schema mart.

The rows are the same as if `document.load` had loaded the extractions one after another, with one difference: an
extraction that the gate would hold is not stored, only returned with the reason. Everything is one transaction: after
an error the warehouse is empty as before.
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
from warehouse.base.messages import _
from warehouse.load import gate, identity
from warehouse.load.bulk_documents import COPIED, BulkDocuments
from warehouse.load.bulk_gate import LoadedBodies
from warehouse.load.indexes import without_indexes
from warehouse.publish import refresh
from warehouse.records.reading import Extraction, Source

CHUNK = 100  # documents copied at a time, and held in memory
IS_FILLED = "select exists (select from warehouse.document_version) or exists (select from warehouse.department)"
# Natural keys within a document. They are checked here, since the unique indexes are dropped during the load.
UNIQUE = (
    ("amounts", lambda amount: (amount.table_code, amount.row_key, amount.measure)),
    ("stated", lambda figure: (figure.kind, figure.subject, figure.measure)),
    ("tables", lambda table: table.table_code),
)


@dataclass(slots=True)
class Rebuilt:
    """Counts of documents and amounts loaded and of files given twice; the files that the database refused or the gate
    held back, each with the reason."""

    documents: int = 0
    amounts: int = 0
    repeated: int = 0
    refused: list[tuple[Source, str]] = field(default_factory=list)
    held_back: list[tuple[Source, str]] = field(default_factory=list)


def rebuild(
    connection: Connection, extractions: Iterable[Extraction], reached: Callable[[str], None] = lambda step: None
) -> Rebuilt:
    """Loads all extractions and commits. A document that the database refuses is left out and returned in `refused`.

    Raises WarehouseNotEmpty, and psycopg's errors; the transaction is then rolled back.
    """
    done = Rebuilt()
    with without_keys(connection, reached):
        documents = BulkDocuments(connection)
        for chunk in _chunks(_let_through(connection, extractions, done)):
            _add(connection, documents, chunk, done)
        documents.finish()
    return done


def _let_through(connection: Connection, extractions: Iterable[Extraction], done: Rebuilt) -> Iterator[Extraction]:
    """Those that a single load would publish after the ones before, with the place that their sources give them."""
    loaded, latest_years = LoadedBodies(connection), gate.latest_years(connection)
    for extraction in extractions:
        claim = identity.claim(connection, extraction)
        early = gate.too_early(extraction, latest_years)
        reasons = [early] if early else list(loaded.objections(claim))
        if reasons:
            done.held_back.append((extraction.source, "; ".join(reasons)))
        else:
            loaded.add(claim)
            yield claim.extraction


@contextmanager
def without_keys(connection: Connection, reached: Callable[[str], None] = lambda step: None) -> Iterator[None]:
    """Drops the keys and indexes of an empty warehouse; on leaving builds them again and fills the tables of mart.

    `reached` is called after each step with its name: copied, keys built, published. Raises WarehouseNotEmpty.
    """
    with connection.transaction():
        connection.execute(f"lock table {', '.join(COPIED)} in access exclusive mode")
        if one_value(connection.execute(IS_FILLED)):
            raise WarehouseNotEmpty(_("it holds documents or departments; load into a new database"))
        with without_indexes(connection, COPIED):
            yield
            reached("copied")
        reached("keys built")
        refresh.rebuild(connection, around=lambda table: without_indexes(connection, [table]))
        reached("published")


def _add(connection: Connection, documents: BulkDocuments, chunk: list[Extraction], done: Rebuilt) -> None:
    """Copies a chunk. Where the database refuses it, copies document by document to find the one it refuses."""
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


def _copy(connection: Connection, documents: BulkDocuments, chunk: list[Extraction], done: Rebuilt) -> None:
    for extraction in chunk:
        _check_unique(extraction)
    with connection.transaction():
        numbered = documents.add(chunk)
    done.documents += len(numbered)
    done.repeated += len(chunk) - len(numbered)
    done.amounts += sum(len(each.extraction.amounts) for each in numbered)


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
