"""Which version of the reading made a record: an archive is read anew when this changes, and only then."""

import csv
import hashlib
import json
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from warehouse.kinds.reference_lists import FOLDER

# Raise it when the same file gives another extraction. tests/test_version.py fails where that was forgotten.
READING = 4  # places as values; a disclosure of several files

_DECLARATIONS = (Path(__file__).parent, FOLDER.parent)
_OF_THE_WORKBOOK = "sheet"  # key in the file of a standard table on which no reading depends
_NOT_READ = ("metrics.toml",)  # what is compared changes no reading
_LISTS = ("admin_divisions.csv", "department_kinds.csv", "economic_subjects.csv", "functional_subjects.csv")


@cache  # one digest per process: files that change meanwhile are not read either
def parser_version() -> str:
    """`READING` and a digest of what the reading is declared with, such as 2+9f86d081884c."""
    declared = (file for folder in _DECLARATIONS for file in folder.rglob("*.toml") if file.name not in _NOT_READ)
    files = [*declared, *(FOLDER / name for name in _LISTS)]
    return f"{READING}+{digest_of(files)[:12]}"


def digest_of(files: Iterable[Path]) -> str:
    """A SHA-256 of what the files declare for reading.

    Where they lie, comments, the order of keys and how the workbook shows a table change nothing.
    """
    contents = sorted(json.dumps(_content(file), sort_keys=True, default=str) for file in files)
    return hashlib.sha256("\0".join(contents).encode()).hexdigest()


def _content(file: Path) -> object:
    text = file.read_text("utf-8")
    if file.suffix != ".toml":
        return list(csv.reader(text.splitlines()))
    return {key: value for key, value in tomllib.loads(text).items() if key != _OF_THE_WORKBOOK}
