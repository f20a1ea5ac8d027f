"""What is written in a picture may be a name: strangers see what was recognised, and nothing where nothing was."""

import hashlib
from pathlib import Path

import numpy
import pytest
from PIL import Image

from ingest.document import Cell, GridKind, Laid, Line, RawRow, RawTable
from ingest.isolation import KeptPages, Limits, cut_isolated, pages_isolated
from ingest.isolation.kept_pages import RECOGNISED
from ingest.pages.web.originals import Originals
from ingest.readers import crops
from ingest.readers.crops import Band, PageImage
from ingest.readers.pdf.marks import NOT_KNOWN
from ingest.readers.pdf.scan.pictures import PageRead, PictureOf
from ingest.sync.archive import Archive
from tests.variants.canvas import Page, Pdf
from tests.web.conftest import kept
from warehouse.kinds.characters import UNREAD
from warehouse.records.places import Box, Place

A4 = (595.0, 842.0)
INK = 40  # of 255: what is written in the pictures of these tests
Area = tuple[float, float, float, float]  # left, top, right, bottom in points
STRIPE: Area = (100, 200, 300, 210)  # is written in the picture of a page


def pixels(image: PageImage) -> numpy.ndarray:
    return numpy.frombuffer(image.pixels(), numpy.uint8).reshape(image.height, image.width)


def drawn(size: tuple[float, float] = A4, ink: Area = STRIPE) -> Image.Image:
    """A grey picture at 144 dpi, with something written in it."""
    sheet = Image.new("L", (round(2 * size[0]), round(2 * size[1])), 255)
    sheet.paste(INK, tuple(round(2 * edge) for edge in ink))
    return sheet


def as_file(folder: Path, name: str) -> Path:
    path = folder / name
    drawn().save(path, resolution=144, dpi=(144, 144))
    return path


@pytest.mark.parametrize("name", ["scan.pdf", "scan.png", "scan.jpg", "scan.tif"])
def test_of_a_picture_that_is_not_recognised_strangers_see_nothing(tmp_path, name):
    path = as_file(tmp_path, name)
    (page,) = pages_isolated(path, [1])
    assert set(page.pixels()) == {NOT_KNOWN}
    with crops(path) as cutter:
        own = cutter.page(1)
    assert own and pixels(own)[round(205 * own.scale), round(200 * own.scale)] == INK


def test_a_band_of_it_is_not_seen_either(tmp_path):
    row = Band(1, STRIPE[1], STRIPE[3])
    of_page, of_file = (cut_isolated(as_file(tmp_path, name), row).image for name in ("scan.pdf", "scan.png"))
    with crops(tmp_path / "scan.png") as cutter:
        assert cutter.cut(row).image != of_file
    assert of_page and of_file and len(of_page) < 1000 > len(of_file)  # one shade


class Digital:
    """A page with a line of text, and a picture in `area` of it."""

    def __init__(self, folder: Path, area: Area, text_at: tuple[float, float] = (60, 100)) -> None:
        self.path, self._area, self._at = folder / "page.pdf", area, text_at
        self.path.write_bytes(self._assembled())

    def _assembled(self) -> bytes:
        page = Page()
        left, top, right, bottom = self._area
        page.draw(f"q {right - left} 0 0 {bottom - top} {left} {A4[1] - bottom} cm {self._image()} Q")
        page.text(self._at[0], A4[1] - self._at[1], "本页有文字1,234.56", 10)
        return Pdf([page]).assembled()

    def _image(self) -> str:
        """Two pixels: paper and writing."""
        return "BI /W 2 /H 1 /BPC 8 /CS /G /F /AHx ID FF28> EI"

    def seen(self) -> numpy.ndarray:
        return pixels(pages_isolated(self.path, [1])[0])

    def at(self, page: numpy.ndarray, x: float, y: float) -> int:
        scale = page.shape[1] / A4[0]
        return int(page[round(y * scale), round(x * scale)])


def test_a_picture_on_a_page_with_text_is_not_seen_and_the_text_is(tmp_path):
    page = Digital(tmp_path, (60, 150, 500, 450))
    seen = page.seen()
    assert [page.at(seen, 150, 300), page.at(seen, 400, 300), page.at(seen, 30, 300)] == [NOT_KNOWN, NOT_KNOWN, 255]
    assert (seen[: seen.shape[0] // 7] < 128).any()  # the line of text


def test_the_text_above_a_background_is_seen(tmp_path):
    page = Digital(tmp_path, (0, 0, *A4), text_at=(60, 300))
    seen = page.seen()
    assert (page.at(seen, 30, 30), page.at(seen, 500, 800)) == (NOT_KNOWN, NOT_KNOWN)
    scale = seen.shape[1] / A4[0]
    assert (seen[round(290 * scale) : round(301 * scale)] < 128).any()


def test_a_seal_and_a_logo_are_seen(tmp_path):
    page = Digital(tmp_path, (300, 300, 420, 420))
    assert page.at(page.seen(), 400, 360) == INK


def test_a_page_that_is_drawn_without_text_is_not_seen(tmp_path):
    page = Page()
    page.line(100, 500, 300, 500, 8)
    path = tmp_path / "outlines.pdf"
    path.write_bytes(Pdf([page]).assembled())
    assert set(pages_isolated(path, [1])[0].pixels()) == {NOT_KNOWN}


def test_of_characters_without_unicode_nothing_is_seen(tmp_path):
    page = Page()
    page.text(60, 700, "本页有文字1,234.56", 10)
    path = tmp_path / "unnamed.pdf"
    path.write_bytes(Pdf([page], has_unicode=False).assembled())
    (seen,) = pages_isolated(path, [1])
    assert min(seen.pixels()) >= NOT_KNOWN - 8  # the edges of characters are drawn smoothly


@pytest.mark.parametrize(("kind", "is_seen"), [("FreeText", False), ("Stamp", False), ("Highlight", True)])
def test_a_label_that_is_laid_over_the_page_is_not_seen(tmp_path, kind, is_seen):
    """Its text is not that of the page. A highlight has a comment, and shows the text below it."""
    page = Page()
    page.text(60, 700, "本页有文字1,234.56", 10)
    rectangle = "/Rect[60 690 200 715]"
    page.annotations.append(f"<</Type/Annot/Subtype/{kind}{rectangle}/Contents(Test 13800138000)/F 4>>")
    path = tmp_path / "label.pdf"
    path.write_bytes(Pdf([page]).assembled())
    (image,) = pages_isolated(path, [1])
    part = pixels(image)[round(130 * image.scale) : round(148 * image.scale), round(65 * image.scale) :]
    assert (part[:, : round(80 * image.scale)] < 128).any() == is_seen


LEFT, TOP, ROW, WIDTH = 60.0, 100.0, 20.0, 120.0  # points: of a table and its rows and columns
LINES_TOP = 400.0
TABLE = (
    ("项目名称", "设备更新示范项目", "主管部门", "示范市工业和信息化局"),
    ("联系入", "欧阳测试", "联系电话", ""),  # a label of which a character is misread; behind a label nothing is read
    ("填报人", UNREAD, "项目资金", "1,234.56"),
    ("备注", "电话：2998877", "其他", UNREAD),
    ("合计", "1,234.56", "I38O0138000", "5,678.90"),  # digits that are misread
    ("序号", "项目内容", "金额", "项目负责人"),
    ("1", "设备更新", "5.00", "司马样本"),
    ("2", "道路养护", "6.00", ""),  # below a label nothing is read
)
HIDDEN = {(1, 1), (1, 3), (3, 1), (4, 2), (6, 3), (7, 3)}
NOT_READ = {(2, 1), (3, 3)}
LINES = {
    "示范市工业和信息化局2023年度决算": True,
    "填报人： 审核人：": False,  # whoever signed there by hand
    "联系人： 欧阳测试": False,
    "局长司马样本同志调离，收入1,234.56万元": False,
    "本年收入1,234.56万元，由局长司": False,  # and the next line goes on
    "马样本同志签发": False,
}


def recognised() -> PageRead:
    rows = tuple(
        RawRow(
            tuple(Cell(text, x0=LEFT + n * WIDTH, x1=LEFT + (n + 1) * WIDTH) for n, text in enumerate(texts)),
            Place(1, box=Box(LEFT, TOP + number * ROW, LEFT + 4 * WIDTH, TOP + (number + 1) * ROW)),
        )
        for number, texts in enumerate(TABLE)
    )
    lines = (Line(text, Place(1, box=_of_line(number))) for number, text in enumerate(LINES))
    return PageRead((RawTable(rows, GridKind.RECOGNISED), *lines), (), Laid(0, (0.0,), A4[0], *A4))


def _of_line(number: int) -> Box:
    return Box(LEFT, LINES_TOP + 2 * number * ROW, LEFT + 300, LINES_TOP + 2 * number * ROW + 12)


@pytest.mark.parametrize("name", ["scan.pdf", "scan.png"])
def test_what_was_recognised_and_names_nobody_is_seen(tmp_path, name):
    archive = Archive(tmp_path / "archive")
    sheet = Image.new("L", (round(2 * A4[0]), round(2 * A4[1])), INK)  # all of it is ink
    sheet.save(tmp_path / name, resolution=144, dpi=(144, 144))
    sha256 = hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
    kept(archive, sha256, tmp_path / name)
    shown = Originals(archive.folder, Limits())
    assert set(shown.page(sha256, 1).pixels()) == {NOT_KNOWN}
    KeptPages(archive.folder / RECOGNISED).keep(PictureOf(sha256, 1), recognised())
    page = shown.page(sha256, 1)
    seen, scale = pixels(page), page.scale
    for number, row in enumerate(TABLE):
        for column in range(len(row)):
            at = round(scale * (TOP + (number + 0.5) * ROW)), round(scale * (LEFT + (column + 0.5) * WIDTH))
            expected = 0 if (number, column) in HIDDEN else NOT_KNOWN if (number, column) in NOT_READ else INK
            assert (number, column, seen[at]) == (number, column, expected)
    for number, is_seen in enumerate(LINES.values()):
        box = _of_line(number)
        assert (number, seen[round(scale * (box.top + 6)), round(scale * 200)]) == (number, INK if is_seen else 0)
    assert seen[round(scale * 820), round(scale * 300)] == NOT_KNOWN
