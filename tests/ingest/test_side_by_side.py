"""Two tables beside one another on a page, each below its own title."""

from pathlib import Path

import pytest

from ingest.document import Line
from ingest.pipeline import extract
from ingest.readers import read
from tests.ingest.made_documents import amounts_of
from tests.variants.canvas import Page, Pdf

LEFT = (
    ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
    ("201", "甲", "3.00", "1.00", "2.00"),
    ("合计", "", "3.00", "1.00", "2.00"),
)
RIGHT = (LEFT[0], ("223", "乙", "5.00", "0.00", "5.00"), ("合计", "", "5.00", "0.00", "5.00"))
COLUMN, ROW = 46.0, 16.0


def drawn(page: Page, x: float, title: str, rows: tuple[tuple[str, ...], ...]) -> None:
    page.text(x, 760, title)
    page.text(x, 742, "单位：万元")
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            x0, top = x + c * COLUMN, 730 - r * ROW
            page.text(x0 + 2, top - 11, text)
            for side in ((x0, top, x0 + COLUMN, top), (x0, top - ROW, x0 + COLUMN, top - ROW)):
                page.line(*side)
            for side in ((x0, top, x0, top - ROW), (x0 + COLUMN, top, x0 + COLUMN, top - ROW)):
                page.line(*side)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    pdf = Pdf()
    pdf.page().text(60, 600, "示范市粮食局2024年度部门决算")
    page = pdf.page()
    drawn(page, 30, "支出决算表", LEFT)
    drawn(page, 310, "国有资本经营预算财政拨款支出决算表", RIGHT)
    path = tmp_path / "made.pdf"
    path.write_bytes(pdf.assembled())
    return path


def test_each_table_stands_below_its_own_title(file):
    blocks = [block for block in read(file).blocks if block.page == 2]
    shown = [block.text if isinstance(block, Line) else "table" for block in blocks]
    assert shown == ["支出决算表", "单位：万元", "table", "国有资本经营预算财政拨款支出决算表", "单位：万元", "table"]


def test_both_tables_are_read(file):
    extraction = extract(file)
    assert {row for row, _ in amounts_of(extraction, "GK03")} == {"201", "TOTAL"}
    assert {row for row, _ in amounts_of(extraction, "GK08")} == {"223", "TOTAL"}
