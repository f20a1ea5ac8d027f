"""Names of persons and telephone numbers are black in the picture of a page: the pixels are looked at.

The font draws each character as a box with white beside it, so that there are white pixels in a text that is shown, and
none in what is hidden.
"""

from itertools import compress
from operator import not_
from pathlib import Path

import numpy
import pytest

from ingest.isolation import pages_isolated
from ingest.readers.crops import PageImage
from ingest.readers.pdf.crops import pictures
from tests.variants.canvas import A4, Page, Pdf, width_of

SIZE, LEFT, HEIGHT = 10.0, 60.0, 20.0
NAME, OTHER, TELEPHONE, LANDLINE = "欧阳测试", "司马样本", "13800138000", "0375-2998877"
Text = tuple[str, ...]
# Each line is of words, each table of rows of cells: what is in SECRET is not to be seen, everything else is.
SECRET = {NAME, OTHER, TELEPHONE, LANDLINE, "测", "试"}
TABLES: dict[str, tuple[Text, ...]] = {
    "a form": (
        ("项目名称", "设备更新示范项目", "主管部门", "示范市工业和信息化局"),
        ("项目负责人", NAME, "联系电话", TELEPHONE),
        ("联系人", OTHER, "项目资金", "1,234.56"),
        ("单位负责人", NAME, "财务负责人", OTHER),
        ("数量指标", "更新设备数量", "5台", "50"),
    ),
    "a form signed in its last row": (
        ("产出指标", "质量指标", "合格率", "95%"),
        ("填报人", NAME, "审核人", OTHER),
        ("填表人", NAME, "联系方式", LANDLINE),
    ),
}
LINES: dict[str, Text] = {
    "below a form": ("填报人：", NAME, "联系电话：", LANDLINE),
    "with characters set apart": ("联系人：", "测", "试"),
    "a role": ("负责人：", NAME, "1,234.56"),
}
SENTENCES = {
    "in one word": ("联系人：" + NAME + "，电话：" + TELEPHONE, (NAME, TELEPHONE)),
    "of an office": (f"局长{OTHER}同志调离，金额1,234.56万元", (OTHER,)),
}


class Sheet:
    """A page on which texts are drawn, with the box of each: left, top, right, bottom in points from the upper left."""

    def __init__(self, page: Page) -> None:
        self._page, self._y, self.boxes = page, A4[1] - 60.0, list[tuple[str, tuple[float, float, float, float]]]()

    def text(self, x: float, text: str) -> float:
        """Returns where it ends."""
        self._page.text(x, self._y, text, SIZE)
        self.box(text, x)
        return x + width_of(text, SIZE)

    def box(self, text: str, x: float) -> None:
        bottom = A4[1] - self._y
        self.boxes.append((text, (x, bottom - 0.78 * SIZE, x + width_of(text, SIZE), bottom)))

    def line(self, words: Text) -> None:
        x = LEFT
        for word in words:
            x = self.text(x, word) + SIZE
        self._y -= 2 * HEIGHT

    def sentence(self, text: str, parts: Text) -> None:
        self._page.text(LEFT, self._y, text, SIZE)
        for part in parts:
            self.box(part, LEFT + width_of(text[: text.index(part)], SIZE))
        self._y -= 2 * HEIGHT

    def table(self, rows: tuple[Text, ...]) -> None:
        edges = [LEFT + 120.0 * n for n in range(len(rows[0]) + 1)]
        above = self._y + 0.7 * HEIGHT
        for row in rows:
            for x, text in zip(edges, row, strict=False):
                self.text(x + 3, text)
            self._y -= HEIGHT
        below = above - len(rows) * HEIGHT
        for x in edges:
            self._page.line(x, above, x, below)
        for n in range(len(rows) + 1):
            self._page.line(edges[0], above - n * HEIGHT, edges[-1], above - n * HEIGHT)
        self._y -= HEIGHT


@pytest.fixture(scope="module")
def drawn(tmp_path_factory) -> tuple[Path, Sheet]:
    pdf = Pdf()
    sheet = Sheet(pdf.page())
    for rows in TABLES.values():
        sheet.table(rows)
    for words in LINES.values():
        sheet.line(words)
    for text, parts in SENTENCES.values():
        sheet.sentence(text, parts)
    path = Path(tmp_path_factory.mktemp("forms"), "forms.pdf")
    path.write_bytes(pdf.assembled())
    return path, sheet


def test_names_and_telephone_numbers_are_black_and_everything_else_is_seen(drawn):
    path, sheet = drawn
    seen, hidden = _told_apart(pages_isolated(path, [1])[0], sheet)
    assert [text for text in seen if text in SECRET] == []
    assert [text for text in hidden if text not in SECRET] == []
    assert set(hidden) == SECRET


def test_without_hiding_every_text_is_seen_where_it_is_looked_for(drawn):
    path, sheet = drawn
    with pictures(path) as cutter:
        seen, hidden = _told_apart(cutter.page(1), sheet)
    assert hidden == [] and set(seen) > SECRET


def _told_apart(image: PageImage, sheet: Sheet) -> tuple[list[str], list[str]]:
    """The texts that are seen, and those that are not."""
    pixels = numpy.frombuffer(image.pixels(), numpy.uint8).reshape(image.height, image.width)
    seen = [_is_seen(pixels, box, image.scale) for _, box in sheet.boxes]
    texts = [text for text, _ in sheet.boxes]
    return [*compress(texts, seen)], [*compress(texts, map(not_, seen))]


def _is_seen(pixels: numpy.ndarray, box: tuple[float, float, float, float], scale: float) -> bool:
    """Whether there are white pixels inside the box of a text, as beside each character, and black ones."""
    left, top, right, bottom = (round(scale * edge) for edge in box)
    inside = pixels[top + 2 : bottom - 2, left + 1 : right]
    assert (inside < 128).any()
    return bool((inside > 128).any())
