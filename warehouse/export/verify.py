"""Compares an export with its manifest: reads every file, and checks size, sha256, columns and number of rows."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.base.messages import _
from warehouse.export import manifest
from warehouse.export.manifest import ExportedFile, digest

CHUNK = 1 << 20  # bytes


def differences(folder: Path) -> list[str]:
    """One line per difference; empty where there is none. Raises NotAnExport where there is no manifest."""
    said = manifest.read(folder)
    named = {manifest.NAME, *(file.file for file in said.files)}
    unlisted = sorted(path.name for path in folder.iterdir() if path.name not in named)
    found = [line for file in said.files for line in _of_file(folder, file)]
    return found + [_("{name}: is not in the manifest").format(name=name) for name in unlisted]


def _of_file(folder: Path, said: ExportedFile) -> Iterator[str]:
    path = folder / said.file
    if Path(said.file).name != said.file or not path.is_file():
        yield f"{said.file}: is missing"
        return
    yield from _unequal(said, "bytes", path.stat().st_size, said.bytes)
    yield from _unequal(said, "sha256", digest(path), said.sha256)
    try:
        columns, rows = READ[said.format](path)
    except (pa.ArrowException, OSError, UnicodeDecodeError, csv.Error) as error:
        yield _("{file}: cannot be read: {splitlines}").format(file=said.file, splitlines=str(error).splitlines()[0])
        return
    yield from _unequal(said, "columns", columns, [column.name for column in said.columns])
    yield from _unequal(said, "rows", rows, said.rows)


def _unequal(said: ExportedFile, what: str, found: object, expected: object) -> Iterator[str]:
    if found != expected:
        yield _("{file}: {what} is {found}, the manifest says {expected}").format(
            file=said.file, what=what, found=found, expected=expected
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
