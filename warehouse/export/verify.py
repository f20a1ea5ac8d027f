"""Compares an export with its manifest: reads every file, and checks size, sha256, columns and number of rows.

A dataset is compared with its datapackage.json in the same way.
"""

import csv
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.base.messages import _
from warehouse.export import data_package, manifest
from warehouse.export.data_package import Part, Resource
from warehouse.export.folder import files_in
from warehouse.export.manifest import ExportedFile, digest

CHUNK = 1 << 20  # bytes


def differences(folder: Path) -> list[str]:
    """One line per difference; empty where there is none. Raises NotAnExport where there is no manifest."""
    if (folder / data_package.NAME).is_file():
        package = data_package.read(folder)
        parts = ((resource, part) for resource in package.resources for part in resource.parts)
        found = [line for resource, part in parts for line in _of_part(folder, resource, part)]
        return found + _unlisted(folder, {data_package.NAME, *package.files})
    said = manifest.read(folder)
    found = [line for file in said.files for line in _of_file(folder, file)]
    return found + _unlisted(folder, {manifest.NAME, *(file.file for file in said.files)})


def _unlisted(folder: Path, named: set[str]) -> list[str]:
    return [_("{name}: is not in the manifest").format(name=name) for name in sorted(files_in(folder) - named)]


def _of_file(folder: Path, said: ExportedFile) -> Iterator[str]:
    names = [column.name for column in said.columns]
    yield from _compared(folder, said.file, said.format, _Said(said.bytes, said.sha256, names, said.rows))


def _of_part(folder: Path, resource: Resource, part: Part) -> Iterator[str]:
    names = [field.name for field in resource.fields if field.name not in resource.partitioned_by]
    yield from _compared(folder, part.path, "parquet", _Said(part.bytes, part.sha256, names, part.rows))


class _Said(NamedTuple):
    """What a manifest says of a file."""

    bytes: int
    sha256: str
    columns: list[str]
    rows: int


def _compared(folder: Path, name: str, form: str, said: _Said) -> Iterator[str]:
    path = folder / name
    if {"..", "/"} & set(PurePosixPath(name).parts) or not path.is_file():
        yield f"{name}: is missing"
        return
    yield from _unequal(name, "bytes", path.stat().st_size, said.bytes)
    yield from _unequal(name, "sha256", digest(path), said.sha256)
    try:
        columns, rows = READ[form](path)
    except (pa.ArrowException, OSError, UnicodeDecodeError, csv.Error) as error:
        yield _("{file}: cannot be read: {splitlines}").format(file=name, splitlines=str(error).splitlines()[0])
        return
    yield from _unequal(name, "columns", columns, said.columns)
    yield from _unequal(name, "rows", rows, said.rows)


def _unequal(file: str, what: str, found: object, expected: object) -> Iterator[str]:
    if found != expected:
        yield _("{file}: {what} is {found}, the manifest says {expected}").format(
            file=file, what=what, found=found, expected=expected
        )


def _read_csv(path: Path) -> tuple[list[str], int]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file), [])
    return header, _records(path) - 1


def _records(path: Path) -> int:
    """The number of lines, counted outside quotes, since a text may contain line ends. Reads the file in chunks."""
    records, inside = 0, False
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            for number, part in enumerate(chunk.split(b'"')):
                inside ^= number > 0
                records += 0 if inside else part.count(b"\n")
    return records


def _read_parquet(path: Path) -> tuple[list[str], int]:
    with pq.ParquetFile(path) as file:
        return file.schema_arrow.names, sum(batch.num_rows for batch in file.iter_batches())


READ = {"csv": _read_csv, "parquet": _read_parquet}
