"""The joins of schema mart, which sql/joins.toml declares, as the rows of mart.relationship."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from warehouse.base.sql_files import SQL

FILE = "joins.toml"
PLACEHOLDER = "{joins}"  # in sql/marts/222_relationship.sql


def joins(root: Path = SQL) -> Mapping[str, list[str]]:
    """Table or view → the columns that identify its rows, which have the same names where they refer to it."""
    return tomllib.loads((root / FILE).read_text("utf-8"))


def written_out(script: str) -> str:
    """The script of a file with the declared joins in place of `{joins}`."""
    if PLACEHOLDER not in script:
        return script
    return script.replace(
        PLACEHOLDER, ", ".join(f"('{{{','.join(columns)}}}', '{to}')" for to, columns in joins().items())
    )
