"""Ingesting many files: each is read, then loaded in a transaction of its own; a bad one stops no other."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from ingest.errors import IngestError, LoadRefused
from ingest.pipeline import extract
from warehouse.loader import Loaded, load
from warehouse.records import Extraction

NOT_THE_DOCUMENTS_FAULT = (
    psycopg.errors.UndefinedTable,
    psycopg.errors.UndefinedColumn,
    psycopg.errors.InsufficientPrivilege,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: it was loaded, or `error` says in a line why not."""

    path: Path
    extraction: Extraction | None = None
    loaded: Loaded | None = None
    error: IngestError | None = None


def ingest(
    connection: psycopg.Connection, paths: Iterable[Path], done: Callable[[Path], None] = lambda path: None
) -> Iterator[Outcome]:
    """Read and load the files one after another; `done` is called after each. Database errors are raised."""
    for path in paths:
        yield ingest_file(connection, path)
        done(path)


def ingest_file(connection: psycopg.Connection, path: Path, url: str | None = None, name: str | None = None) -> Outcome:
    """`url` and `name` as for `extract`: an archived file bears neither."""
    try:
        extraction = extract(path, url, name)
    except IngestError as error:
        return Outcome(path, error=error)
    try:
        return Outcome(path, extraction, load(connection, extraction))
    except psycopg.DatabaseError as error:
        if connection.closed or isinstance(error, NOT_THE_DOCUMENTS_FAULT):  # then the batch cannot go on
            raise
        return Outcome(path, error=LoadRefused(path.name, cause=str(error).strip().splitlines()[0]))
