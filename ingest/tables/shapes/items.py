"""A list of items with one figure each, money and counts mixed: GK10."""

from dataclasses import dataclass

from ingest.document import RawRow, RawTable
from ingest.tables.headings import best_meaning, column_paths, is_number_row
from ingest.tables.shapes.readrows import ReadRow, ReadTable, has_words, looks_like_amount, read_cell
from ingest.values.characters import comparable, name_of, squeeze, without_numbering
from warehouse.kinds.tables import StandardTable
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt

_HEADING_ROW = ("项目", "指标", "统计内容")


@dataclass(frozen=True, slots=True)
class Layout:
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


def find_layout(spec: StandardTable, table: RawTable) -> Layout | None:
    """The layout that the heading row (项目 … 统计数) states, or None."""
    meanings = {alias: True for alias in spec.measures[0].headers}
    for row in table.rows:
        label = next((column for column, text in enumerate(row.texts()) if comparable(text) in _HEADING_ROW), None)
        if label is None:
            continue
        paths = column_paths([row], table.width, table.has_spans)
        value = next((column for column, path in enumerate(paths) if best_meaning(path[-1:], meanings)), None)
        if value is not None:
            return Layout(label, value, "列头:项目|统计数", table.width)
    return None


def read_rows(spec: StandardTable, layout: Layout, table: RawTable, has_header: bool, into: ReadTable) -> None:
    """Append one row per item; section headings and repeated heading rows are passed over."""
    for row in table.rows:
        printed_label = name_of(row.text(layout.label))
        if is_number_row(row) or _is_heading(spec, layout, row):
            continue
        label = without_numbering(printed_label)
        if not has_words(label):
            _refuse(spec, layout, row, into)
            continue
        cell = read_cell(spec.measures[0].name, row, layout.value)
        into.rows.append(ReadRow(label, printed_label, "", (cell,), row, unit=_count_unit(spec, label)))


def _is_heading(spec: StandardTable, layout: Layout, row: RawRow) -> bool:
    """项目 … 统计数, or 一、政府采购情况 with nothing beside it."""
    others = [text for column, text in enumerate(row.texts()) if column != layout.label and text.strip()]
    is_section = not others and row.text(layout.label).strip()[:1] in "一二三四五六七八九十"
    return is_section or comparable(row.text(layout.label)) in _HEADING_ROW


def _count_unit(spec: StandardTable, label: str) -> str | None:
    text = comparable(label)
    return next((count.unit for count in spec.count_units for words in count.containing if words in text), None)


def _refuse(spec: StandardTable, layout: Layout, row: RawRow, into: ReadTable) -> None:
    printed = squeeze(row.text(layout.value))
    if looks_like_amount(printed):
        into.unread(
            Doubt(
                DoubtKind.ROW_WITHOUT_KEY,
                "有数而无项目名称,未入库",
                table_code=spec.code,
                printed=printed,
                page=row.page,
                line_no=row.line_no,
            )
        )


def goes_on(spec: StandardTable, layout: Layout, table: RawTable) -> bool:
    """Whether a part without header can go on with this layout."""
    return any(has_words(row.text(layout.label)) for row in table.rows)
