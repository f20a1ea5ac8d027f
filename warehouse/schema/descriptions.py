"""The comments of schema mart in English: file sql/descriptions_en.toml, from a Chinese comment to its translation."""

import tomllib
from collections.abc import Mapping
from functools import cache

from warehouse.base.sql_files import SQL

FILE = SQL / "descriptions_en.toml"
OF_LABELS = " 的中文名称"  # what the comments of the columns end in that an upgrade adds beside their codes


@cache  # every view asks for it
def translations() -> Mapping[str, str]:
    return tomllib.loads(FILE.read_text("utf-8"))


def in_english(comment: str) -> str | None:
    """The English of a comment; None where it has none."""
    if comment.endswith(OF_LABELS):
        return f"Chinese name of {comment.removesuffix(OF_LABELS)}"
    return translations().get(comment)
