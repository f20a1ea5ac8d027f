"""Makes documents of the kind `trial`: a text and a PDF with one table."""

from pathlib import Path

from tests.variants.canvas import Page, Pdf
from warehouse.kinds.kind import load_kinds, read_kind

TRIAL = read_kind(Path(__file__).parent / "trial")
KINDS_AND_TRIAL = (*load_kinds(), TRIAL)
COVER = ("沁水县粮食局2025年度部门试算",)
TITLE, CAPTION = "支出试算表", ("编制单位：沁水县粮食局", "2025年度", "单位：万元")
HEAD = ("科目编码", "科目名称", "试算数", "限内", "限外")
ROWS = (
    ("", "合计", "30.00", "20.00", "10.00"),
    ("222", "粮油物资储备支出", "30.00", "20.00", "10.00"),
    ("22201", "粮油物资事务", "30.00", "20.00", "10.00"),
    ("2220101", "行政运行", "18.00", "12.00", "6.00"),
    ("2220115", "粮食风险基金", "12.00", "8.00", "4.00"),
)
BROKEN = (*ROWS[:4], ("2220115", "粮食风险基金", "12.00", "8.00", "7.00"))
WIDTHS, LEFT, LINE = (80, 160, 90, 90, 90), 40.0, 16.0
Rows = tuple[tuple[str, ...], ...]


def trial_text(folder: Path, rows: Rows = ROWS, cover: tuple[str, ...] = COVER, title: str = TITLE) -> Path:
    """A text with tabs between cells."""
    lines = [*cover, "目录", "", title, *CAPTION, *("\t".join(row) for row in (HEAD, *rows)), ""]
    path = folder / "trial.txt"
    path.write_text("\n".join(lines), "utf-8")
    return path


def trial_pdf(folder: Path, rows: Rows = ROWS, cover: tuple[str, ...] = COVER) -> Path:
    """A cover and a page with a ruled table."""
    pdf = Pdf()
    first, page = pdf.page(), pdf.page()
    for n, line in enumerate(cover):
        first.text(100, 600 - 30 * n, line, 16)
    page.text(220, 780, TITLE, 14)
    for n, text in enumerate(CAPTION):
        page.text(LEFT + 190 * n, 750, text)
    _table(page, 740.0, (HEAD, *rows))
    path = folder / "trial.pdf"
    path.write_bytes(pdf.assembled())
    return path


def _table(page: Page, top: float, rows: Rows) -> None:
    xs = [LEFT + sum(WIDTHS[:n]) for n in range(len(WIDTHS) + 1)]
    ys = [top - LINE * n for n in range(len(rows) + 1)]
    for x in xs:
        page.line(x, ys[0], x, ys[-1])
    for y in ys:
        page.line(xs[0], y, xs[-1], y)
    for y, row in zip(ys[1:], rows, strict=True):
        for x, text in zip(xs, row, strict=False):
            page.text(x + 4, y + 5, text)
