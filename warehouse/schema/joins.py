"""The joins of schema mart, which sql/joins.toml declares."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from warehouse.base.sql_files import SQL

FILE = "joins.toml"


def joins(root: Path = SQL) -> Mapping[str, list[str]]:
    """Table or view → the columns that identify its rows, which have the same names where they refer to it."""
    return tomllib.loads((root / FILE).read_text("utf-8"))
