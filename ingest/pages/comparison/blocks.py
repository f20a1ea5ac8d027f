"""The parts of the page: sections, and in them blocks. A block is a chart with its data as a table."""

from dataclasses import dataclass, field

from ingest.pages.comparison.charts import BarPart, Chart, ChartLine, cut
from warehouse.comparison.number_text import DASH
from warehouse.comparison.rows import Body
from warehouse.records.reading import CheckOutcome, Status

WORDS = {
    **{outcome.value: outcome.label for outcome in CheckOutcome},
    **{status.value: status.label for status in Status},
    CheckOutcome.NOT_APPLICABLE: DASH,
    "stale_copy": "疑为照抄上年文字",
    "wrong_direction": "疑为方向词有误",
    "published": "上年文件",
    "stated": "本年所述",
}


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


BODY = (GridHeading("地区", "text"), GridHeading("部门", "name"))


def of_body(body: Body) -> tuple[str, str]:
    return body.place, name_of(body)


def name_of(body: Body) -> str:
    return body.department or body.source_name


def label_of(body: Body) -> str:
    """The department, followed by its place if the name does not contain it."""
    name = name_of(body)
    return name if body.place == "?" or body.place in name else f"{name}（{body.place}）"


def line(body: Body, value: str, before: str = "", **marks: tuple[BarPart, ...]) -> ChartLine:
    """The line of `body` in a chart."""
    return ChartLine(cut(f"{before}{label_of(body)}"), value, name_of(body), **marks)


def word(name: str | None) -> str:
    """The Chinese word for a value of the views; the value itself if there is none."""
    return DASH if name is None else WORDS.get(name, name)
