"""The parts of the page: sections, and in them blocks. A block is a chart with its data as a table."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from ingest.pages.comparison.charts import BarPart, Chart, ChartLine, cut
from warehouse.comparison.number_text import DASH
from warehouse.comparison.rows import Body, Group
from warehouse.kinds.kind import load_kinds
from warehouse.kinds.labels import label_of
from warehouse.records.reading import CheckOutcome


@dataclass(frozen=True, slots=True)
class GridHeading:
    """`look` is the CSS class of its column: number, text, name or reason."""

    name: str
    look: str = "number"


@dataclass(frozen=True, slots=True)
class DataGrid:
    headings: tuple[GridHeading, ...]
    rows: tuple[tuple[str, ...], ...]

    def without_empty_columns(self) -> "DataGrid":
        """The grid without the columns that are empty in every row."""
        kept = [no for no in range(len(self.headings)) if any(row[no] not in ("", DASH) for row in self.rows)]
        return DataGrid(
            tuple(self.headings[no] for no in kept), tuple(tuple(row[no] for no in kept) for row in self.rows)
        )


@dataclass(frozen=True, slots=True)
class ChartBlock:
    title: str
    chart: Chart | None = None
    grid: DataGrid | None = None
    lines: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class PageSection:
    title: str
    about: str
    blocks: tuple[ChartBlock, ...]
    nothing: str = "无。"


FEW = 2  # bodies: of so few one table shows every metric, and no chart is drawn
BODY = (GridHeading("地区", "text"), GridHeading("部门", "name"))
METRIC = GridHeading("指标", "name")


def groups_of(rows: Iterable[Body]) -> dict[Group, int]:
    """The groups of the rows in order, with the number of their documents."""
    documents: dict[Group, set[int]] = defaultdict(set)
    for row in rows:
        documents[row.group].add(row.document_id)
    return {group: len(documents[group]) for group in sorted(documents, key=lambda group: group.place_in_order)}


def of_body(body: Body) -> tuple[str, str]:
    return body.place, name_of(body)


def name_of(body: Body) -> str:
    return body.department or body.source_name


def place_label(body: Body) -> str:
    """The department, followed by its place if the name does not contain it."""
    name = name_of(body)
    return name if body.place == "?" or body.place in name else f"{name}（{body.place}）"


def line(body: Body, value: str, before: str = "", **marks: tuple[BarPart, ...]) -> ChartLine:
    """The line of `body` in a chart."""
    return ChartLine(cut(f"{before}{place_label(body)}"), value, name_of(body), **marks)


def word(column: str, code: str | None) -> str:
    """The Chinese word for a code in a column of the views; a dash for what does not apply."""
    return DASH if code in (None, CheckOutcome.NOT_APPLICABLE) else label_of(column, code)


@cache  # asked for every row
def table_number(code: str) -> str:
    """公开03表 of the code of a table; of a number that stands in no table 情况说明."""
    return next((kind.table(code).number for kind in load_kinds() if kind.has(code)), "情况说明")
