"""Comparison rows as CSV for spreadsheets or JSON for programs, with all columns and all digits."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from decimal import Decimal
from typing import Any


def csv_of(row: type, rows: Sequence[Any], shown: Callable[[str], str] = str) -> str:
    """A header and one line per row, with byte order mark. Texts that look like formulas are escaped.

    `shown` is applied to the text of each field.
    """
    # Imported here, since the package imports Arrow, which is slow.
    from warehouse.export.csv_file import BYTE_ORDER_MARK, LINE_END, field

    names = [column.name for column in fields(row)]
    lines = [names, *([getattr(one, name) for name in names] for one in rows)]
    return BYTE_ORDER_MARK + "".join(",".join(shown(field(value)) for value in line) + LINE_END for line in lines)


def json_of(**content: object) -> str:
    """One JSON object. Amounts and percentages are strings, since many programs read JSON numbers as floats."""
    plain = {name: _plain(value) for name, value in content.items()}
    return json.dumps(plain, ensure_ascii=False, indent=2, default=_exact)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return asdict(value) if hasattr(value, "__dataclass_fields__") else value


def _exact(value: Decimal) -> str:
    return format(value, "f")
