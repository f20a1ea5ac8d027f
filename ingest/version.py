"""The version of the reading. It is stored with every reading; archived files are read again only when it changes."""

import csv
import hashlib
import json
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from warehouse.kinds.reference_lists import FOLDER
from warehouse.records.reading import WITH_PICTURES

# Raise it when the same file gives another extraction. tests/test_version.py fails if that was forgotten.
READING = 13  # stamps on pictures, rows that stand alone on one

_DECLARATIONS = (Path(__file__).parent, FOLDER.parent)
_OF_THE_WORKBOOK = "sheet"  # section in the file of a standard table; only the workbook uses it, not the reading
_NOT_READ = ("metrics.toml", "links.toml", "labels.toml", "synonyms.toml")  # comparison, fetching, shown, typed
_LISTS = ("admin_divisions.csv", "department_kinds.csv", "economic_subjects.csv", "functional_subjects.csv")


def parser_version(recognises: bool = False) -> str:
    """`READING` and the first 12 digits of the digest of declarations and reference lists, such as 2+9f86d081884c.

    Behind it stands +ocr where pages that are pictures were read, or are.
    """
    return _declared() + (WITH_PICTURES if recognises else "")


@cache  # computed once per process, as the declarations are read once per process
def _declared() -> str:
    declared = (file for folder in _DECLARATIONS for file in folder.rglob("*.toml") if file.name not in _NOT_READ)
    files = [*declared, *(FOLDER / name for name in _LISTS)]
    return f"{READING}+{digest_of(files)[:12]}"


def digest_of(files: Iterable[Path]) -> str:
    """The SHA-256 of the content of TOML and CSV files.

    Paths of files, comments, the order of keys and the sections for the workbook do not change it.
    """
    contents = sorted(json.dumps(_content(file), sort_keys=True, default=str) for file in files)
    return hashlib.sha256("\0".join(contents).encode()).hexdigest()


def _content(file: Path) -> object:
    text = file.read_text("utf-8")
    if file.suffix != ".toml":
        return list(csv.reader(text.splitlines()))
    return {key: value for key, value in tomllib.loads(text).items() if key != _OF_THE_WORKBOOK}
