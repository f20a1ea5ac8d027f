"""Exports the tables and views of mart from one snapshot: each is read once and written in every format."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path

from psycopg import Connection

from warehouse.base.catalog import Mart, marts
from warehouse.base.database import one_value
from warehouse.export import manifest
from warehouse.export.csv_file import CsvFile
from warehouse.export.folder import replacing
from warehouse.export.manifest import FORMATS, ExportedColumn, ExportedFile, Manifest, digest
from warehouse.export.parquet_file import ParquetFile, schema
from warehouse.export.selection import selection

BATCH = 10_000  # rows fetched at a time, and rows of a Parquet row group
REVISION = "select version_num from warehouse.alembic_version"
NOW = "select to_char(now() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"


def export(
    connection: Connection,
    folder: Path,
    formats: Sequence[str] = FORMATS,
    views: Sequence[str] = (),
    written: Callable[[ExportedFile], None] = lambda file: None,
) -> Manifest:
    """Writes all tables and views, or the `views` named, to `folder`. `connection` must be a snapshot.

    `written` is called after each file. Raises UnknownMart, FolderInUse and ValueDoesNotFit; the folder is then as it
    was.
    """
    chosen = marts(connection, views)
    with replacing(folder) as unfinished:
        files = []
        for mart in chosen:
            for file in _files(connection, mart, unfinished, formats):
                files.append(file)
                written(file)
        made = Manifest(*state(connection), tuple(files))
        manifest.write(made, unfinished)
    return made


def _files(connection: Connection, mart: Mart, folder: Path, formats: Sequence[str]) -> Iterator[ExportedFile]:
    types = schema(connection, mart)
    paths = {name: folder / f"{mart.name}.{name}" for name in formats}
    opened = {
        name: ParquetFile(path, mart, types) if name == "parquet" else CsvFile(path, types.names)
        for name, path in paths.items()
    }
    _fill(connection, mart, list(opened.values()))
    for name, path in paths.items():
        stored = [str(field.type) if name == "parquet" else "text" for field in types]
        columns = tuple(
            ExportedColumn(column.name, column.type, kind) for column, kind in zip(mart.columns, stored, strict=True)
        )
        yield ExportedFile(path.name, mart.name, name, opened[name].rows, path.stat().st_size, digest(path), columns)


def _fill(connection: Connection, mart: Mart, files: Sequence[CsvFile | ParquetFile]) -> None:
    with closing_all(files), connection.cursor(name="export") as cursor:
        cursor.execute(selection(mart))
        while rows := cursor.fetchmany(BATCH):
            for file in files:
                file.write(rows)


@contextmanager
def closing_all(files: Sequence[CsvFile | ParquetFile]) -> Iterator[None]:
    if not files:
        yield
        return
    with closing(files[0]), closing_all(files[1:]):
        yield


def state(connection: Connection) -> tuple[str, str, str]:
    """The version of the tool, the revision of the schema, and the time of the snapshot."""
    return (
        version(manifest.TOOL),
        one_value(connection.execute(REVISION)),
        one_value(connection.execute(NOW)),
    )
