"""The rows as CSV for a spreadsheet or as JSON for a program: every column, every digit."""

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from decimal import Decimal
from typing import Any


def csv_of(row: type, rows: Sequence[Any]) -> str:
    """A header and one line per row, with byte order mark; no text acts as a formula."""
    from warehouse.export.csv_file import BYTE_ORDER_MARK, LINE_END, field  # its package brings Arrow, slow to import

    names = [column.name for column in fields(row)]
    lines = [names, *([getattr(one, name) for name in names] for one in rows)]
    return BYTE_ORDER_MARK + "".join(",".join(map(field, line)) + LINE_END for line in lines)


def json_of(**content: object) -> str:
    """One object; amounts and percentages as strings, since a JSON number loses digits."""
    plain = {name: _plain(value) for name, value in content.items()}
    return json.dumps(plain, ensure_ascii=False, indent=2, default=_exact)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return asdict(value) if hasattr(value, "__dataclass_fields__") else value


def _exact(value: Decimal) -> str:
    return format(value, "f")
