"""Writes the tables and views of mart as a dataset of Parquet files, of which those that have not changed are kept."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import pyarrow as pa
from psycopg import Connection, sql

from warehouse.base.catalog import Mart, marts
from warehouse.export import data_package
from warehouse.export.data_package import Field, Package, Part, Reference, Resource
from warehouse.export.dataset.content import contents
from warehouse.export.dataset.partitions import Partitions, partitions
from warehouse.export.folder import replacing
from warehouse.export.manifest import digest
from warehouse.export.parquet_file import ParquetFile, schema
from warehouse.export.run import BATCH, state
from warehouse.export.selection import named, ordered

REFERENCES = "select columns, refers_to, columns from mart.relationship where object = %s order by refers_to, columns"

Values = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """`package` describes the dataset; `changed` are the paths of the files that were written, the others were kept."""

    package: Package
    changed: frozenset[str]


def write_dataset(
    connection: Connection,
    folder: Path,
    views: Sequence[str] = (),
    written: Callable[[Part], None] = lambda part: None,
) -> Written:
    """Writes all tables and views, or the `views` named, to `folder`, or brings the dataset there up to date.

    `connection` must be a snapshot; `written` is called for each file that is not kept. The folder is replaced by one
    with the new files and links to those that have not changed. Raises UnknownMart, FolderInUse and ValueDoesNotFit;
    the folder is then as it was.
    """
    with replacing(folder) as unfinished:
        return fill(connection, unfinished, folder, views, written)


def fill(
    connection: Connection,
    folder: Path,
    earlier: Path | None,
    views: Sequence[str] = (),
    written: Callable[[Part], None] = lambda part: None,
) -> Written:
    """Writes a dataset into an empty folder, with links to those files of an `earlier` one that hold the same."""
    before = _Earlier.of(earlier)
    resources, changed = [], set[str]()
    for mart in marts(connection, views):
        resource, new = _resource(connection, mart, folder, before)
        resources.append(resource)
        changed |= {part.path for part in new}
        for part in new:
            written(part)
    package = Package(*state(connection), tuple(resources))
    data_package.write(package, folder)
    return Written(package, frozenset(changed))


@dataclass(frozen=True, slots=True)
class _Earlier:
    """The dataset before, if there is one."""

    folder: Path
    resources: Mapping[str, Resource]

    @classmethod
    def of(cls, folder: Path | None) -> "_Earlier":
        if folder is None or not (folder / data_package.NAME).is_file():
            return cls(Path(), {})
        return cls(folder, {resource.name: resource for resource in data_package.read(folder).resources})

    def parts(self, resource: Resource) -> dict[str, Part]:
        """The files of the same columns and types that are still there, by their paths."""
        known = self.resources.get(resource.name)
        if known is None or _stored(known) != _stored(resource):
            return {}
        return {part.path: part for part in known.parts if self._is_there(part)}

    def _is_there(self, part: Part) -> bool:
        path = self.folder / part.path
        return path.is_file() and path.stat().st_size == part.bytes


def _stored(resource: Resource) -> tuple[object, ...]:
    return (resource.partitioned_by, [(field.name, field.stored_as) for field in resource.fields])


def _resource(connection: Connection, mart: Mart, folder: Path, before: _Earlier) -> tuple[Resource, list[Part]]:
    parted, types = partitions(mart), schema(connection, mart)
    bare = Resource(mart.name, mart.comment, _fields(mart, types), parted.columns, _references(connection, mart), ())
    known = before.parts(bare)
    found = {parted.path(values): (values, content) for values, content in contents(connection, mart, parted).items()}
    kept = {path: part for path, part in known.items() if path in found and part.content == found[path][1]}
    for part in kept.values():
        _link(before.folder / part.path, folder / part.path)
    wanted = {path: of for path, of in found.items() if path not in kept}
    new = list(_written(connection, mart, parted, types, folder, wanted)) if wanted else []
    parts = sorted([*kept.values(), *new], key=lambda part: part.path)
    return replace(bare, parts=tuple(parts)), new


def _fields(mart: Mart, types: pa.Schema) -> tuple[Field, ...]:
    return tuple(
        Field(column.name, column.type, str(field.type), column.comment)
        for column, field in zip(mart.columns, types, strict=True)
    )


def _references(connection: Connection, mart: Mart) -> tuple[Reference, ...]:
    rows = connection.execute(REFERENCES, [mart.name])
    return tuple(Reference(tuple(columns), resource, tuple(to)) for columns, resource, to in rows)


def _link(file: Path, to: Path) -> None:
    """The file under a second name; a copy where the file system has no links."""
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(file, to)
    except OSError:
        shutil.copy2(file, to)


def _written(
    connection: Connection,
    mart: Mart,
    parted: Partitions,
    types: pa.Schema,
    folder: Path,
    wanted: Mapping[str, tuple[Values, str]],
) -> Iterator[Part]:
    """Writes the files of these paths: all rows are read once, in the order of the files."""
    in_files = pa.schema([field for field in types if field.name not in parted.columns], types.metadata)
    for values, rows in _groups(connection, mart, parted, [values for values, _ in wanted.values()]):
        path = parted.path(values)
        count = _write(folder / path, mart, in_files, rows)
        yield _part(folder, path, count, wanted[path][1])


def _groups(
    connection: Connection, mart: Mart, parted: Partitions, wanted: Sequence[Values]
) -> Iterator[tuple[Values, Iterator[Sequence[Any]]]]:
    """The rows of each file, without the columns that its path has."""
    count = len(parted.keys)
    missing = set(wanted)
    with connection.cursor(name="dataset") as cursor:
        cursor.itersize = BATCH
        cursor.execute(_selection(mart, parted, wanted))
        for values, rows in groupby(cursor, key=lambda row: row[:count]):
            missing.remove(values)
            yield values, (row[count:] for row in rows)
    yield from ((values, iter(())) for values in missing)  # that of a view without rows


def _selection(mart: Mart, parted: Partitions, wanted: Sequence[Values]) -> sql.Composed:
    """SQL for the rows with these values of the keys, sorted by the keys and then by all columns."""
    stored = [column for column in mart.columns if column.name not in parted.columns]
    return sql.SQL("select {} from mart.{} as one where {} order by {}").format(
        sql.SQL(", ").join([*parted.expressions, *map(named, stored)]),
        sql.Identifier(mart.name),
        sql.SQL(" or ").join(_has(parted, values) for values in wanted),
        sql.SQL(", ").join([*parted.expressions, *map(ordered, stored)]),
    )


def _has(parted: Partitions, values: Values) -> sql.Composable:
    conditions = [
        sql.SQL("{} is null").format(expression) if value is None else sql.SQL("{} = {}").format(expression, value)
        for expression, value in zip(parted.expressions, values, strict=True)
    ]
    return sql.SQL("({})").format(sql.SQL(" and ").join([*conditions, sql.SQL("true")]))


def _write(path: Path, mart: Mart, types: pa.Schema, rows: Iterator[Sequence[Any]]) -> int:
    """Writes one file, in groups of rows that do not depend on other files. Returns the number of rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(ParquetFile(path, mart, types)) as file:
        while batch := list(islice(rows, BATCH)):
            file.write(batch)
    path.chmod(0o444)  # a link to it may stand in another dataset
    return file.rows


def _part(folder: Path, path: str, rows: int, content: str) -> Part:
    return Part(path, rows, (folder / path).stat().st_size, digest(folder / path), content)
