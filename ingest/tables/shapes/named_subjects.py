"""Rows of subjects that print a name and no code: the code is found by the name, within the 类 and 款 that the row
stands below.

The rows of such a table stand as the classification has them: a 类, its 款, their 项. A name that is none of the
subjects that may follow, or several of them, has no code.
"""

from collections.abc import Collection, Sequence
from functools import cache, lru_cache

from ingest.tables.shapes.readrows import ReadTable
from ingest.values import codes
from warehouse.kinds.characters import comparable, name_of, without_numbering
from warehouse.kinds.reference_lists import subjects_of


def code_by_name(key: str, name: str, before: Sequence[str], used: Collection[str]) -> str:
    """The code of the row below the rows `before`; empty where the name tells none, or several.

    A subject stands once in a table: those `used` are no more to be had. What may follow is a subject of the same 款 or
    类, one below the last, or a 类.
    """
    last = before[-1] if before else ""
    above = {None, last, codes.parent(last), codes.parent(codes.parent(last) or "")}
    named = _by_name(key).get(_named(name), ())
    found = [code for code in named if codes.parent(code) in above and code not in used]
    return found[0] if len(found) == 1 else ""


def names_a_subject(key: str | None, text: str) -> bool:
    return key is not None and _named(text) in _by_name(key)


def is_name_of(key: str | None, code: str, text: str) -> bool:
    return key is not None and code in _by_name(key).get(_named(text), ())


@lru_cache(maxsize=8192)  # every form is tried on the cells of a table
def _named(text: str) -> str:
    return comparable(without_numbering(name_of(text)))


def codes_read(into: ReadTable, column: int | None = None) -> list[str]:
    """The codes of the rows read so far; of one group of columns, where rows of it were read, those of that group."""
    of_group = [row.code for row in into.rows if row.code and row.cells[0].column == column]
    return of_group or [row.code for row in into.rows if row.code]


def how_found(code: str) -> str:
    return f"未印科目编码,按名称在所属类、款之内查得{code}"


@cache  # made once per classification
def _by_name(key: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for subject in subjects_of(key):
        found.setdefault(comparable(subject.name), {})[subject.code] = None
    return {name: tuple(of_name) for name, of_name in found.items()}
