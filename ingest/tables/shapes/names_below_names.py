"""Subjects printed by name only, those of a 类 below it: which name is part of which.

The reference list says of which 类 and 款 a subject is. A name that it does not have stands beside the one before it.
"""

from collections.abc import Mapping, Sequence

from ingest.tables.shapes.named_subjects import code_by_name, names_a_subject
from ingest.tables.shapes.readrows import ReadRow
from ingest.values import codes

__all__ = ["name_paths", "names_a_subject"]
PREFIX = "name:"


def name_paths(key: str | None, rows: Sequence[ReadRow]) -> Mapping[int, str]:
    """Row number → `name:类/款/项`, of the rows that have a name and no code."""
    found: dict[int, str] = {}
    above: list[str] = []
    units: tuple[str, ...] = ()
    read: list[str] = []
    for n, row in enumerate(rows):
        if not row.key.startswith(PREFIX) or "/" in row.key or key is None:
            continue
        if row.parts.units != units:
            units, above, read = row.parts.units, [], []
        code = code_by_name(key, row.label, read, read)
        if code:
            read.append(code)
        depth = codes.LENGTHS[key].index(len(code)) if code else max(len(above) - 1, min(len(above), 1))
        above = [*above[:depth], row.label]
        found[n] = PREFIX + "/".join(above)
    return found
