"""Names of persons and telephone numbers are black in the picture of a page: the pixels are looked at.

The font draws each character as a box with white beside it, so that there are white pixels in a text that is shown, and
none in what is hidden.
"""

import hashlib
import math
from collections.abc import Callable
from itertools import compress
from operator import not_
from pathlib import Path

import numpy
import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.isolation import KeptPages, Limits, Pages, pages_isolated, said_isolated
from ingest.isolation.kept_pages import RECOGNISED
from ingest.pages.web.originals import Originals
from ingest.readers.crops import PageImage
from ingest.readers.pdf.crops import pictures
from ingest.readers.pdf.marks import NOT_KNOWN
from ingest.readers.pdf.scan import models
from ingest.sync.archive import Archive
from tests.variants.canvas import A4, Page, Pdf, width_of
from tests.web.conftest import kept

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
    "names in a column": (
        ("项目名称", "金额", "项目负责人", "联系电话"),
        ("设备更新示范项目", "1,234.56", NAME, TELEPHONE),
        ("道路养护示范项目", "234.56", OTHER, LANDLINE),
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


def filled(sheet: Sheet) -> Sheet:
    for rows in TABLES.values():
        sheet.table(rows)
    for words in LINES.values():
        sheet.line(words)
    for text, parts in SENTENCES.values():
        sheet.sentence(text, parts)
    return sheet


@pytest.fixture(scope="module")
def drawn(tmp_path_factory) -> tuple[Path, Sheet]:
    pdf = Pdf()
    sheet = filled(Sheet(pdf.page()))
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


FONT = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")
PAPER = 250


class Scan:
    """The same as a picture, with characters of a font that a model can read."""

    DPI = 150

    def __init__(self, face: Path) -> None:
        self.picture = Image.new("L", (round(A4[0] * self._per_point), round(A4[1] * self._per_point)), PAPER)
        self._pen, self._font = (
            ImageDraw.Draw(self.picture),
            ImageFont.truetype(str(face), round(SIZE * self._per_point)),
        )

    @property
    def _per_point(self) -> float:
        return self.DPI / 72

    def text(self, x: float, y: float, text: str, size: float) -> None:
        """Each character where the digital page has it."""
        for char in text:
            at = (x * self._per_point, (A4[1] - y) * self._per_point)
            self._pen.text(at, char, fill=20, font=self._font, anchor="ls")
            x += width_of(char, size)

    def line(self, *ends: float) -> None:
        x0, y0, x1, y1 = ends
        points = [round(end * self._per_point) for end in (x0, A4[1] - y0, x1, A4[1] - y1)]
        self._pen.line(points, fill=20, width=2)


Place = Callable[[float, float], tuple[float, float]]  # a point of the page → where it is on the picture
TILT = 1.2  # degrees


def as_it_lies(picture: Image.Image) -> tuple[Image.Image, list[Place]]:
    return picture, [lambda x, y: (x, y)]


def on_its_side(picture: Image.Image) -> tuple[Image.Image, list[Place]]:
    return picture.transpose(Image.Transpose.ROTATE_90), [lambda x, y: (y, A4[0] - x)]


def tilted(picture: Image.Image) -> tuple[Image.Image, list[Place]]:
    cos, sin, (width, height) = math.cos(math.radians(TILT)), math.sin(math.radians(TILT)), A4

    def place(x: float, y: float) -> tuple[float, float]:
        right, down = x - width / 2, y - height / 2
        return width / 2 + cos * right + sin * down, height / 2 - sin * right + cos * down

    return picture.rotate(TILT, Image.Resampling.BICUBIC, fillcolor=PAPER), [place]


def side_by_side(picture: Image.Image) -> tuple[Image.Image, list[Place]]:
    both = Image.new("L", (2 * picture.width, picture.height), PAPER)
    both.paste(picture), both.paste(picture, (picture.width, 0))
    return both, [lambda x, y: (x, y), lambda x, y: (x + A4[0], y)]


@pytest.fixture
def scanned(monkeypatch) -> tuple[Image.Image, Sheet]:
    monkeypatch.setattr(models, "_is_used", True)
    if not (models.is_installed() and FONT.is_file()):
        pytest.skip("juesuan[ocr] is not installed, or no Chinese font")
    scan = Scan(FONT)
    return scan.picture, filled(Sheet(scan))


@pytest.mark.long
@pytest.mark.parametrize(
    ("suffix", "lies"), [(".pdf", as_it_lies), (".png", on_its_side), (".jpg", tilted), (".pdf", side_by_side)]
)
def test_names_and_telephone_numbers_are_not_seen_in_a_scan(tmp_path, scanned, suffix, lies):
    """With the real models. A line with a name is hidden as a whole; of the tables everything else is seen."""
    picture, sheet = scanned
    laid, places = lies(picture)
    path = tmp_path / f"scan{suffix}"
    laid.save(path, resolution=Scan.DPI, dpi=(Scan.DPI, Scan.DPI))
    archive = Archive(tmp_path / "archive")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    kept(archive, sha256, path)
    said_isolated(path, pages=Pages(KeptPages(archive.folder / RECOGNISED)))
    image = Originals(archive.folder, Limits()).page(sha256, 1)
    in_tables = sum(len(row) for rows in TABLES.values() for row in rows)  # the first of all texts
    for place in places:
        shades = [(text, _core(image, box, place)) for text, box in sheet.boxes]
        assert [text for text, found in shades if text in SECRET and not found <= {0, NOT_KNOWN}] == []
        others = [(text, found) for text, found in shades[:in_tables] if text not in SECRET]
        assert [text for text, found in others if min(found) > 128 or max(found) <= NOT_KNOWN] == []


def _core(image: PageImage, box: tuple[float, float, float, float], place: Place) -> set[int]:
    """The shades along the middle of a text."""
    left, top, right, bottom = box
    steps = [left + (right - left) * n / 400 for n in range(40, 360)]
    points = [place(x, y) for x in steps for y in ((top + bottom) / 2 + dy for dy in (-2.0, -1.0, 0.0, 1.0, 2.0))]
    pixels = numpy.frombuffer(image.pixels(), numpy.uint8).reshape(image.height, image.width)
    return {int(pixels[round(image.scale * y), round(image.scale * x)]) for x, y in points}
