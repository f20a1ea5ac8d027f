"""What a page is made of: sections of blocks, each a chart with its data as a table."""

from dataclasses import dataclass, field

from ingest.pages.comparison.charts import Chart, Line, Part, cut
from warehouse.comparison.rows import Body
from warehouse.comparison.shown import NOTHING

WORDS = {
    "exact": "相符",
    "rounding": "四舍五入之差",
    "broken": "不符",
    "undetermined": "无法判定",
    "not_applicable": NOTHING,
    "stale_copy": "疑为照抄上年文字",
    "wrong_direction": "疑为方向词有误",
    "published": "上年文件",
    "stated": "本年所述",
    "as_printed": "如印",
    "repaired": "有据修复",
    "doubtful": "存疑",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """`look` is how its column is set: number, text, name or reason."""

    name: str
    look: str = "number"


@dataclass(frozen=True, slots=True)
class Grid:
    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, ...], ...]

    def told(self) -> "Grid":
        """Without the columns that say nothing in any row."""
        kept = [no for no in range(len(self.headings)) if any(row[no] not in ("", NOTHING) for row in self.rows)]
        return Grid(tuple(self.headings[no] for no in kept), tuple(tuple(row[no] for no in kept) for row in self.rows))


@dataclass(frozen=True, slots=True)
class Block:
    title: str
    chart: Chart | None = None
    grid: Grid | None = None
    lines: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    about: str
    blocks: tuple[Block, ...]
    nothing: str = "无。"


BODY = (Heading("地区", "text"), Heading("部门", "name"))


def of_body(body: Body) -> tuple[str, str]:
    return body.place, name_of(body)


def name_of(body: Body) -> str:
    return body.department or body.source_name


def label_of(body: Body) -> str:
    """The department; with its place where the name does not tell it."""
    name = name_of(body)
    return name if body.place == "?" or body.place in name else f"{name}（{body.place}）"


def line(body: Body, value: str, before: str = "", **marks: tuple[Part, ...]) -> Line:
    """The line of a chart that is about `body`."""
    return Line(cut(f"{before}{label_of(body)}"), value, name_of(body), **marks)


def word(name: str | None) -> str:
    """The Chinese for a name of the views; a name without one stands for itself."""
    return NOTHING if name is None else WORDS.get(name, name)
