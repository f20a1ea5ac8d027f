"""A code that is printed twice with two names: the second row is that of the code whose name it bears."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ingest.tables.shapes.readrows import ReadRow
from ingest.values import codes
from warehouse.kinds.characters import comparable
from warehouse.kinds.reference_lists import subjects_of


def told_by_names(key: str, rows: Sequence[ReadRow]) -> list[ReadRow]:
    """30208 取暖费 and again 30208 物业管理费: the second is 30209, whose name it bears and whose row is missing.

    The printed code is another row's, so that only the name can say which row this is.
    """
    names: dict[str, str] = {}  # of the rows so far, by their codes
    keys = {row.key for row in rows}
    found = list(rows)
    for n, row in enumerate(rows):
        before = names.setdefault(row.key, comparable(row.label))
        if before != comparable(row.label) and (code := _code_of(key, row, before)) and code not in keys:
            reason = f"科目编码印作{row.code},与上列“{before}”重复,按名称“{row.label}”为{code}"
            found[n] = replace(row, key=code, key_repair=reason)
    return found


def _code_of(key: str, row: ReadRow, before: str) -> str | None:
    """The one code beside that of a row that has its name, where the printed code is the one of the row before it."""
    names = _names(key)
    if before not in names.get(row.code, ()):
        return None
    name, like = comparable(row.label), row.code[: codes.LENGTHS[key][0]]
    called = [code for code in names if name in names[code] and len(code) == len(row.code) and code.startswith(like)]
    return called[0] if len(called) == 1 else None


@cache  # read once per classification
def _names(key: str) -> dict[str, set[str]]:
    """The names that each code has had."""
    found: dict[str, set[str]] = {}
    for subject in subjects_of(key):
        found.setdefault(subject.code, set()).add(comparable(subject.name))
    return found
