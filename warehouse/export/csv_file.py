"""CSV for spreadsheets: UTF-8 with a byte order mark, exact numbers, texts that look like formulas escaped.

Texts are always quoted and other values never. So `""` is an empty text and an empty field is null, and PostgreSQL's
COPY … CSV HEADER can read the file.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

BYTE_ORDER_MARK = "\ufeff"
LINE_END = "\r\n"
# The beginning of a text that a spreadsheet may run as a formula: the signs, also full-width or small, also after white
# space and invisible characters. Texts that begin with an apostrophe are escaped too, so that removing one apostrophe
# from every text that begins with one restores all texts.
FORMULA = re.compile(r"'|[\t\r\n]|[\s\x00-\x20\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠﹦﹢﹣﹫]")


class CsvFile:
    """One view as CSV. `rows`: rows written so far, without the header."""

    def __init__(self, path: Path, header: Sequence[str]):
        self.rows = 0
        self._file = path.open("w", encoding="utf-8", newline="")
        self._file.write(BYTE_ORDER_MARK)
        self._write(header)

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        for row in rows:
            self._write(row)
        self.rows += len(rows)

    def close(self) -> None:
        self._file.close()

    def _write(self, values: Iterable[Any]) -> None:
        self._file.write(",".join(map(field, values)) + LINE_END)


def field(value: Any) -> str:
    """One value as text in the file."""
    return "" if value is None else FIELDS[type(value)](value)


def guarded(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet might run it or where it begins with one."""
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text as it is in the database."""
    return text.removeprefix("'")


def _quoted(text: str) -> str:
    return '"' + guarded(text).replace('"', '""') + '"'


def _json(values: list[Any]) -> str:
    return _quoted(json.dumps(values, ensure_ascii=False, separators=(",", ":")))


FIELDS: dict[type, Callable[[Any], str]] = {
    str: _quoted,
    list: _json,
    bool: lambda value: "true" if value else "false",
    int: str,
    float: repr,
    Decimal: lambda value: format(value, "f"),  # every digit and the scale kept, no exponent
    date: date.isoformat,
    datetime: lambda value: value.isoformat(" ", "microseconds"),
}
