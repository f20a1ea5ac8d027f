"""Codes that lost digits, told from the whole codes that other tables of the same document print.

A printed 208050 is 2080501 if exactly one whole code begins with it and carries the same name. Nothing
but the document itself is asked: the reference list would be a guess.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ingest.tables.shapes.readrows import ReadRow, ReadTable
from ingest.values import codes
from warehouse.kinds.characters import comparable
from warehouse.kinds.tables import StandardTable
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt


def repair_codes(tables: Mapping[str, tuple[StandardTable, ReadTable]]) -> None:
    """Give every row with a damaged code its whole one, in place; what cannot be told becomes a doubt."""
    for form, table in tables.values():
        if form.key:
            whole = _whole_codes(form.key, tables.values())
            table.rows[:] = [_repaired(form, row, whole, table) for row in table.rows]


def _whole_codes(key: str, tables: Iterable[tuple[StandardTable, ReadTable]]) -> dict[tuple[str, str], set[str]]:
    """(code, name) → the tables that print them."""
    found: dict[tuple[str, str], set[str]] = {}
    for form, table in tables:
        for row in table.rows if form.key == key else ():
            if codes.is_code(row.code, key):
                found.setdefault((row.code, comparable(row.label)), set()).add(form.code)
    return found


def _repaired(form: StandardTable, row: ReadRow, whole: dict[tuple[str, str], set[str]], table: ReadTable) -> ReadRow:
    if not row.code or codes.is_code(row.code, form.key or ""):
        return row
    name = comparable(row.label)
    fitting = {code: where for (code, other), where in whole.items() if _cut(row.code, code) and _alike(name, other)}
    if len(fitting) == 1:
        ((code, where),) = fitting.items()
        reason = f"科目编码印作{row.code},按名称“{row.label}”与{'、'.join(sorted(where))}所印{code}一致"
        return replace(row, key=code, key_repair=reason)
    how_many = "有多个" if fitting else "无"
    reason = f"科目编码位数不对,同一文件内{how_many}可对应的完整编码"
    printed = f"{row.code} {row.label}"
    table.doubts.append(
        Doubt(DoubtKind.CODE_UNRESOLVED, reason, form.code, row_key=row.key, printed=printed, place=row.row.place)
    )
    return row


def _cut(printed: str, code: str) -> bool:
    return len(printed) < len(code) and code.startswith(printed)


def _alike(a: str, b: str) -> bool:
    """The same name, or one of them cut short by its cell."""
    shorter, longer = sorted((a, b), key=len)
    return a == b or (len(shorter) >= 4 and longer.startswith(shorter))
