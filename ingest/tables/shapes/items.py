"""A list of items with one figure each, money and counts mixed."""

from dataclasses import dataclass

from ingest.document import RawRow, RawTable
from ingest.tables.headings import best_meaning, column_paths, is_number_row
from ingest.tables.shapes.readrows import ReadRow, ReadTable, has_words, looks_like_amount, read_cell
from warehouse.kinds.characters import comparable, name_of, simplified, squeeze, without_footnote, without_numbering
from warehouse.kinds.tables import StandardTable
from warehouse.kinds.wordings import table_words
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt

_WORDS = table_words()


@dataclass(frozen=True, slots=True)
class ItemsLayout:
    label: int
    value: int
    evidence: str
    width: int

    @property
    def holds(self) -> tuple[str, ...]:
        return ("value",)

    @property
    def keys(self) -> frozenset[int]:
        return frozenset(range(self.value))

    @property
    def left_out(self) -> frozenset[int]:
        return frozenset()

    @property
    def repeating(self) -> frozenset[int]:
        return frozenset()


def find_layout(form: StandardTable, table: RawTable) -> ItemsLayout | None:
    """The layout that the heading row (项目 … 统计数) states, or None."""
    meanings = {alias: True for alias in form.measures[0].headers}
    for row in table.rows:
        names = map(comparable, row.texts())
        label = next((column for column, name in enumerate(names) if name in _WORDS.list_headings), None)
        if label is None:
            continue
        paths = column_paths([row], table.width, table.kind.knows_spans)
        value = next((column for column, path in enumerate(paths) if best_meaning(path[-1:], meanings)), None)
        if value is not None:
            return ItemsLayout(label, value, "列头:项目|统计数", table.width)
    return None


def read_rows(form: StandardTable, layout: ItemsLayout, table: RawTable, has_header: bool, into: ReadTable) -> None:
    """Append one row per item; section headings and repeated heading rows are passed over."""
    for row in table.rows:
        printed_label = name_of(row.text(layout.label))
        if is_number_row(row) or _is_heading(form, layout, row):
            continue
        label = simplified(without_footnote(without_numbering(printed_label)))
        if not has_words(label):
            _refuse(form, layout, row, into)
            continue
        cell = read_cell(form.measures[0].name, row, layout.value)
        into.rows.append(ReadRow(label, printed_label, "", (cell,), row, unit=_count_unit(form, label)))


def _is_heading(form: StandardTable, layout: ItemsLayout, row: RawRow) -> bool:
    """项目 … 统计数, or 一、政府采购情况 with nothing beside it."""
    others = [text for column, text in enumerate(row.texts()) if column != layout.label and text.strip()]
    is_section = not others and row.text(layout.label).strip()[:1] in "一二三四五六七八九十"
    return is_section or comparable(row.text(layout.label)) in _WORDS.list_headings


def _count_unit(form: StandardTable, label: str) -> str | None:
    text = comparable(label)
    return next((count.unit for count in form.count_units for words in count.containing if words in text), None)


def _refuse(form: StandardTable, layout: ItemsLayout, row: RawRow, into: ReadTable) -> None:
    printed = squeeze(row.text(layout.value))
    if looks_like_amount(printed):
        into.unread(
            Doubt(
                DoubtKind.ROW_WITHOUT_KEY,
                "有数而无项目名称,未入库",
                table_code=form.code,
                printed=printed,
                place=row.place,
            )
        )


def goes_on(form: StandardTable, layout: ItemsLayout, table: RawTable) -> bool:
    """Whether a part without header can go on with this layout."""
    return any(has_words(row.text(layout.label)) for row in table.rows)
