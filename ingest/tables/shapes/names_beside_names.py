"""Lists of items whose kind stands in the column before them: 财政专户管理资金 | 专户管理教育收费 | 10.00.

A kind is printed once for its items, at the first of them or somewhere between; its items begin with their 小计.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ingest.document import RawRow
from ingest.tables.shapes.readrows import ReadCell, ReadRow
from warehouse.kinds.characters import comparable, name_of, simplified, without_numbering
from warehouse.kinds.tables import StandardTable
from warehouse.kinds.wordings import table_words

_WORDS = table_words()
PREFIX = "name:"


@dataclass(slots=True)
class _Kind:
    name: str = ""
    items: list[ReadRow] = field(default_factory=list)


def items_of_kinds(
    form: StandardTable, columns: tuple[int, int], rows: Iterable[tuple[RawRow, tuple[ReadCell, ...]]]
) -> Iterator[ReadRow]:
    """The rows of a list, each called `name:kind/item`; the closing one is that of the form."""
    kinds: list[_Kind] = []
    for row, cells in rows:
        name, item = (_bare(row.text(column)) for column in columns)
        closing = next((one for one in form.rows if one.is_named(name)), None)
        if closing:
            kinds.append(_Kind(name, [ReadRow(closing.row_key, name, "", cells, row)]))
            continue
        is_subtotal = comparable(item) in _WORDS.subtotals
        if not kinds or is_subtotal or (name and kinds[-1].name):
            kinds.append(_Kind())
        kinds[-1].name = kinds[-1].name or name
        if item:
            kinds[-1].items.append(ReadRow("", item, "", cells, row))
    for kind in kinds:
        for one in kind.items:
            yield one if one.key else replace(one, key=simplified(f"{PREFIX}{kind.name}/{one.label}"))


def _bare(text: str) -> str:
    return _WORDS.of_which.sub("", without_numbering(name_of(text)))
