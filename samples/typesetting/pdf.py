"""Blocks → a PDF. Tables are drawn cell by cell, so that a layout can ask for any irregularity of real documents."""

from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from .tables import ABOVE, LEFT, Table, alignment

FONTS = {
    "song": "/usr/share/fonts/truetype/arphic/uming.ttc",  # Debian: fonts-arphic-uming
    "hei": "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",  # Debian: fonts-wqy-zenhei
}
PAGES = {"portrait": A4, "landscape": landscape(A4)}
MARGIN, PADDING = 54, 3
NOT_FIRST = "。，、；：）》”？！,.;:)"
STYLES = {  # size, leading, indent in characters, alignment, space before
    "cover": (24, 46, 0, "centre", 0),
    "title": (18, 34, 0, "centre", 6),
    "part": (17, 34, 0, "centre", 8),
    "section": (13, 26, 2, "left", 4),
    "paragraph": (12, 23, 2, "left", 0),
    "listed_part": (13, 25, 0, "left", 4),
    "listed": (12, 21, 2, "left", 0),
    "table_title": (14, 24, 0, "centre", 4),
    "note": (8, 13, 0, "left", 2),
}


def write_pdf(sample, blocks, path: Path):
    register_fonts()
    page = Page(Canvas(str(path), invariant=1), sample.layout)
    page.canvas.setTitle(sample.layout["name"].format(**sample.words()))
    set_blocks(page, blocks)


def register_fonts():
    for name, font in FONTS.items():
        registerFont(TTFont(name, font, subfontIndex=0))


def set_blocks(page, blocks):
    page.turn("portrait", MARGIN + 190)
    for style, content in blocks:
        if style == "page":
            page.turn("portrait")
        elif style == "table":
            set_table(page, content)
        else:
            set_paragraph(page, content, style)
    page.finish()


@dataclass
class Page:
    canvas: Canvas
    layout: dict
    orientation: str = ""
    y: float = 0
    number: int = 0

    @property
    def width(self):
        return PAGES[self.orientation][0] - 2 * MARGIN

    def turn(self, orientation, top=MARGIN):
        if self.number:
            self.finish_page()
        self.orientation, self.number = orientation, self.number + 1
        self.canvas.setPageSize(PAGES[orientation])
        self.y = PAGES[orientation][1] - top

    def finish_page(self):
        if self.layout.get("page_numbers"):
            self.canvas.setFont("song", 9)
            self.canvas.drawCentredString(PAGES[self.orientation][0] / 2, 28, str(self.number))
        self.canvas.showPage()

    def finish(self):
        self.finish_page()
        self.canvas.save()

    def has_room(self, height):
        return self.y - height >= MARGIN

    def write(self, text, font, size, align, left, right, baseline):
        self.canvas.setFont(font, size)
        if align == "centre":
            self.canvas.drawCentredString((left + right) / 2, baseline, text)
        elif align == "right":
            self.canvas.drawRightString(right, baseline, text)
        else:
            self.canvas.drawString(left, baseline, text)


def wrap(text, font, size, width, indent=0):
    """Lines no wider than width, except that a mark that may not begin a line stays at the end of the line before."""
    lines, line = [], "　" * indent
    for char in text:
        if char == "\n" or (stringWidth(line + char, font, size) > width and char not in NOT_FIRST):
            lines, line = [*lines, line], "" if char == "\n" else char
        else:
            line += char
    return [*lines, line]


def set_paragraph(page, text, style):
    size, leading, indent, align, before = STYLES[style]
    font = "hei" if style in ("cover", "title", "part", "table_title") else page.layout.get("font", "song")
    page.y -= before
    for line in wrap(text, font, size, page.width, indent):
        if not page.has_room(leading):
            page.turn("portrait")
        page.y -= leading
        page.write(line, font, size, align, MARGIN, MARGIN + page.width, page.y + leading / 3)


def set_table(page, table: Table):
    """`place` in the layout: "page" puts heading and table on a new page; "flow" puts both below what is on the page;
    "title_before" puts the heading on the current page and the table on a new one."""
    place, orientation = table.layout.get("place", "page"), table.layout.get("page", "portrait")
    if place == "page" or (place == "flow" and (orientation != page.orientation or not page.has_room(150))):
        page.turn(orientation)
    set_heading(page, table)
    if place == "title_before":
        page.turn(orientation)
    set_grid(page, table, measure(page, table))
    for note in table.notes:
        set_paragraph(page, note, "note")
    page.y -= 14


def set_heading(page, table):
    """A line of the heading is written as "!title", ">right" or "left|centre|right"."""
    for line in table.heading:
        if line.startswith("!"):
            set_paragraph(page, line[1:], "table_title")
            continue
        page.y -= 15
        places = ["", "", line[1:]] if line.startswith(">") else line.split("|")
        for text, align in zip(places, ("left", "centre", "right"), strict=False):
            page.write(text, page.layout.get("font", "song"), 9, align, MARGIN, MARGIN + page.width, page.y + 4)


@dataclass(frozen=True)
class Measures:
    edges: list[float]  # x of the vertical rules
    heights: list[float]
    spans: dict[tuple[int, int], tuple[int, int]]  # (row, column) of a cell → rows and columns it covers


def measure(page, table):
    widths = table.layout.get("widths") or [1] * len(table.layout["columns"])
    edges = [MARGIN + page.width * sum(widths[:i]) / sum(widths) for i in range(len(widths) + 1)]
    cells = [(r, c) for r, row in enumerate(table.rows) for c, text in enumerate(row) if text not in (LEFT, ABOVE)]
    spans = {(r, c): span(table.rows, r, c) for r, c in cells}
    heights = [0.0] * len(table.rows)
    for (r, c), (down, across) in sorted(spans.items(), key=lambda item: item[1][0]):
        needed = text_height(table, table.rows[r][c], edges[c + across] - edges[c])
        heights[r + down - 1] += max(0, needed - sum(heights[r : r + down]))
    return Measures(edges, heights, spans)


def span(rows, r, c):
    across = next((n for n in range(1, len(rows[r]) - c) if rows[r][c + n] != LEFT), len(rows[r]) - c)
    down = next((n for n in range(1, len(rows) - r) if rows[r + n][c] != ABOVE), len(rows) - r)
    return down, across


def text_height(table, text, width):
    size = table.layout.get("size", 8)
    lines = wrap(text, "song", size, width - 2 * PADDING)
    return len(lines) * size * 1.2 + 2 * PADDING + table.layout.get("spacing", 2)


def set_grid(page, table, measures):
    fixed = len(table.header) + len(table.leading)
    set_rows(page, table, measures, range(fixed))
    for row in range(fixed, len(table.rows)):
        turned = not page.has_room(measures.heights[row])
        if turned:
            continue_on_next_page(page, table, measures)
        set_rows(page, table, measures, [row], open_top=turned and table.layout.get("open_top"))


def continue_on_next_page(page, table, measures):
    repeat, header = table.layout.get("repeat", []), len(table.header)
    page.turn(table.layout.get("page", "portrait"))
    if "heading" in repeat:
        set_heading(page, table)
    if "header" in repeat:
        set_rows(page, table, measures, range(header))
    if "leading" in repeat:
        set_rows(page, table, measures, range(header, header + len(table.leading)))


def set_rows(page, table, measures, rows, open_top=False):
    tops = {}
    for row in rows:
        tops[row] = page.y
        page.y -= measures.heights[row]
    for (row, column), (down, across) in measures.spans.items():
        if row in tops:
            bottom = tops[row] - sum(measures.heights[row : row + down])
            box = measures.edges[column], bottom, measures.edges[column + across], tops[row]
            rule_cell(page, table, box, open_top)
            write_cell(page, table, row, column, box)


def rule_cell(page, table, box, open_top):
    left, bottom, right, top = box
    sides = [(left, bottom, left, top), (right, bottom, right, top), (left, bottom, right, bottom)]
    for x0, y0, x1, y1 in sides if open_top else [*sides, (left, top, right, top)]:
        if page.layout.get("rules") == "rects":  # a line as a thin filled rectangle, which word processors write
            page.canvas.rect(x0 - 0.24, y0 - 0.24, x1 - x0 + 0.48, y1 - y0 + 0.48, stroke=0, fill=1)
        else:
            page.canvas.setLineWidth(0.5)
            page.canvas.line(x0, y0, x1, y1)


def write_cell(page, table, row, column, box):
    left, bottom, right, top = box
    size, font = table.layout.get("size", 8), page.layout.get("font", "song")
    lines = wrap(table.rows[row][column], font, size, right - left - 2 * PADDING)
    baseline = (top + bottom + len(lines) * size * 1.2) / 2 - size
    for line in lines:
        page.write(line, font, size, alignment(table, row, column), left + PADDING, right - PADDING, baseline)
        baseline -= size * 1.2
