"""manifest.json: the files of an export, the version of the warehouse, and the conventions of the formats."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import file_digest
from pathlib import Path
from typing import Any

from warehouse.base.errors import NotAnExport

NAME = "manifest.json"
TOOL = "juesuan"
FORMATS = ("parquet", "csv")
CONVENTIONS = {
    "csv": {
        "encoding": "UTF-8 with byte order mark, comma, lines end in CR LF",
        "quotes": "every text is in double quotes, and nothing else is",
        "null": 'a null is an empty field; an empty text is two quotes (""), as in PostgreSQL\'s COPY',
        "numbers": "exact decimals with the scale of the database, no thousands separator, no exponent",
        "dates": "YYYY-MM-DD; times YYYY-MM-DD HH:MM:SS.ffffff+00:00 (UTC)",
        "booleans": "true, false",
        "arrays": "JSON text",
        "formulas": "a text that a spreadsheet might take for a formula (it begins with = + - @, also full-width, "
        "also after white space, or with a tab or line break) and a text that begins with an apostrophe have "
        "one apostrophe before them. To undo it, take one apostrophe away from every text that begins with one. "
        "Numbers are never changed.",
    },
    "parquet": {
        "numbers": "decimal128, never floating point; numeric without a declared scale has 38 digits and the scale "
        "its values need, at least 6",
        "times": "timestamps in UTC",
        "dictionary": "field metadata: comment (Chinese) and postgresql_type",
        "text": "unchanged: no apostrophes are added",
    },
    "order": "rows are sorted by all columns from left to right, texts by code point, nulls last",
}


@dataclass(frozen=True, slots=True)
class ExportedColumn:
    """`type`: that of PostgreSQL. `stored_as`: that in the file, such as decimal128(20, 6); in CSV always text."""

    name: str
    type: str
    stored_as: str


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """`rows` without the header; `sha256` in lower-case hex."""

    file: str
    view: str
    format: str
    rows: int
    bytes: int
    sha256: str
    columns: tuple[ExportedColumn, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """`exported_at`: the time of the snapshot that was exported, in ISO 8601, UTC."""

    version: str
    schema_revision: str
    exported_at: str
    files: tuple[ExportedFile, ...]
    tool: str = TOOL
    conventions: Mapping[str, Any] = field(default_factory=lambda: CONVENTIONS)


def write(manifest: Manifest, folder: Path) -> None:
    (folder / NAME).write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1) + "\n", "utf-8")


def read(folder: Path) -> Manifest:
    """Raises NotAnExport where the folder has no manifest, or one that juesuan did not write."""
    with written_by_juesuan(folder / NAME) as said:
        files = tuple(_file(entry) for entry in said["files"])
        return Manifest(said["version"], said["schema_revision"], said["exported_at"], files)


@contextmanager
def written_by_juesuan(file: Path) -> Iterator[dict[str, Any]]:
    """What a description of an export says. Raises NotAnExport where there is none, or it is not as juesuan writes it:
    also where the body of the statement finds that."""
    try:
        said = json.loads(file.read_text("utf-8"))
        if said["tool"] != TOOL:
            raise ValueError(said["tool"])
        yield said
    except FileNotFoundError as error:
        raise NotAnExport(f"{file.parent} has no {file.name}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise NotAnExport(f"{file} is not as juesuan writes it") from error


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _file(entry: Mapping[str, Any]) -> ExportedFile:
    columns = tuple(ExportedColumn(**column) for column in entry["columns"])
    return ExportedFile(**{**entry, "columns": columns})
