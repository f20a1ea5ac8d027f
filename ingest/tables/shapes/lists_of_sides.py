"""The lists of items of a table with sides: income, expenditure, and in some forms more lists of expenditure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ingest.document import Cell, RawRow
from ingest.tables.shapes.nested_items import Item, names_of
from ingest.tables.shapes.readrows import ReadRow, amounts_in
from ingest.values.class_names import is_class_name
from warehouse.kinds.characters import name_of, simplified, without_numbering
from warehouse.kinds.tables import StandardTable

SIDES = ("income", "expenditure")
CARRY_OVER = "opening_balance"  # the key of the row 上年结转 in every form that has it
BY_FUNCTION = ("expenditure", "function")  # lists whose items are functional 类


@dataclass(frozen=True, slots=True)
class SideColumns:
    name: str
    label: int
    measures: dict[int, str]
    lines: int | None = None  # the column of 行次
    ignored: tuple[int, ...] = ()  # columns of other years or stages


def lists_of(sides: Sequence[SideColumns], row: RawRow) -> Iterator[SideColumns]:
    """The lists of a row. A name merged over several lists of expenditure is of them all, and so is the amount that
    stands in the last of them."""
    income, *lists = sides
    yield income
    while lists:
        first = lists.pop(0)
        cell = row.cells[first.label] if first.label < len(row.cells) else None
        end = first.label + (cell.colspan if cell and cell.text.strip() else 1)
        covered = [side for side in lists if side.label < end]
        lists = lists[len(covered) :]
        yield replace(covered[-1], name=SIDES[1], label=first.label) if covered else first


def with_torn_names(sides: Sequence[SideColumns], rows: list[RawRow]) -> list[RawRow]:
    """Rows whose name is torn above and below its amount, with the name beside it.

    三、单位预留机动经 | and | 3,258.06 and 费 | are one item: the last has no number of its own.
    """
    for side in sides[1:]:
        for n in range(len(rows) - 2):
            if _is_torn(side, *rows[n : n + 3]):
                halves = rows[n].text(side.label), rows[n + 2].text(side.label)
                for at, text in enumerate(("", "".join(halves), ""), start=n):
                    rows[at] = _named(rows[at], side.label, text)
    return rows


def _is_torn(side: SideColumns, above: RawRow, middle: RawRow, below: RawRow) -> bool:
    """A name and no amount, an amount and no name, and a name without a number and without an amount."""
    rows = (above, middle, below)
    names = [bool(row.text(side.label).strip()) for row in rows]
    amounts = [any(amounts_in(row, side.measures)) for row in rows]
    rest = name_of(below.text(side.label))
    return names == [True, False, True] and amounts == [False, True, False] and without_numbering(rest) == rest


def _named(row: RawRow, column: int, text: str) -> RawRow:
    cell = row.cells[column] or Cell("")
    return replace(row, cells=(*row.cells[:column], cell._replace(text=text), *row.cells[column + 1 :]))


def renamed(form: StandardTable, rows: Sequence[ReadRow]) -> list[ReadRow]:
    """The rows of a form with several lists, each called what it is called in the whole of its list."""
    found = list(rows)
    for name in dict.fromkeys(row.key.partition(":")[0] for row in rows):
        places = [n for n, row in enumerate(rows) if row.key.startswith(f"{name}:")]
        items = [_item(form, name, rows[n]) for n in places]
        called = names_of(items, partial(_is_class, form) if name in BY_FUNCTION else None)
        for n, text in zip(places, called, strict=True):
            found[n] = replace(rows[n], key=f"{name}:{simplified(text)}")
    return found


def _is_class(form: StandardTable, name: str) -> bool:
    return is_class_name(name, form.class_rows)


def _item(form: StandardTable, block: str, row: ReadRow) -> Item:
    """A row among those of its list."""
    item = Item(row.label, row.cells[0].reading.value)
    side = block if block in SIDES else SIDES[1]
    known = next((one for one in form.rows if one.side == side and one.is_named(item.name)), None)
    if known is None:
        return item
    return replace(
        item, is_of_form=True, is_closing=known.sums is not None, is_carry_over=known.key == "opening_balance"
    )
