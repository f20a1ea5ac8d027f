"""PNG, JPEG and TIFF files as pages: told by their content, turned as their camera says, in their order."""

from pathlib import Path

import pytest
from PIL import Image

from ingest import errors
from ingest.pipeline import extract
from ingest.readers import FORMATS, image, read
from ingest.readers.crops import Band
from ingest.readers.formats import ends_of, told
from ingest.readers.image import crops
from ingest.readers.image import pages as reader
from ingest.readers.parts import Part
from ingest.readers.pdf.scan import models
from tests.ingest.truth import SAMPLES

A4_AT_150 = (1240, 1754)
TURNED_LEFT = 8  # value of the tag of a picture that has to be turned by 90 degrees counterclockwise
ORIENTATION = 0x0112


@pytest.fixture
def without_models(monkeypatch):
    monkeypatch.setattr(models, "_is_used", False)


def saved(path: Path, *pages: Image.Image, **how) -> Path:
    first, *others = pages
    more = {"save_all": True, "append_images": others} if others else {}
    first.save(path, **more, **how)
    return path


def sheet(size: tuple[int, int] = A4_AT_150, mode: str = "L") -> Image.Image:
    return Image.new(mode, size, 255 if mode == "L" else "white")


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif", "b.txt"])
def test_a_picture_is_told_by_its_content(tmp_path, name):
    path = tmp_path / name
    sheet((60, 90)).save(path, format="PNG" if name == "b.txt" else None)
    assert told(ends_of(path.read_bytes()), FORMATS) is image.format.IMAGE


def test_without_the_models_it_waits_for_them(tmp_path, without_models):
    pages = saved(tmp_path / "three.tif", *[sheet((80, 120))] * 3)
    with pytest.raises(errors.Scanned, match="3 of 3 pages are only images"):
        read(pages)


def test_one_that_is_cut_off_is_damaged(tmp_path, without_models):
    whole = saved(tmp_path / "a.png", sheet()).read_bytes()
    (tmp_path / "a.png").write_bytes(whole[:20])
    with pytest.raises(errors.Damaged, match=r"picture.*is damaged: [^<>]*$"):
        read(tmp_path / "a.png")


def test_one_that_is_too_large_is_not_unpacked(tmp_path, without_models):
    path = saved(tmp_path / "a.png", Image.new("1", (10_001, 10_000)))
    with pytest.raises(errors.TooManyPixels, match="100 million pixels"):
        read(path)


def test_a_tiff_with_more_pages_than_are_read_is_refused(tmp_path, without_models):
    pages = saved(tmp_path / "three.tif", *[sheet((80, 120))] * 3)
    with pytest.raises(errors.TooManyPages, match="has 3 pages, more than the 2"):
        read(pages, max_pages=2)


def test_the_camera_says_how_a_picture_was_held(tmp_path):
    said = Image.Exif()
    said[ORIENTATION] = TURNED_LEFT
    path = saved(tmp_path / "a.jpg", sheet((120, 80)), exif=said)
    with reader.opened(path, path.read_bytes()) as found:
        assert reader.page(found, 0)[0].size == (80, 120)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "CMYK", "I;16"])
def test_a_picture_is_on_white_paper_however_its_colours_are_told(tmp_path, mode):
    drawn = Image.new("I;16", (40, 60), 0xFFFF) if mode == "I;16" else sheet((40, 60)).convert(mode)
    path = saved(tmp_path / "a.tif", drawn)
    with reader.opened(path, path.read_bytes()) as found:
        seen, _ = reader.page(found, 0)
    assert (seen.mode, seen.getpixel((20, 30))) == ("RGB", (255, 255, 255))


@pytest.mark.parametrize(
    ("size", "said", "dpi"),
    [
        (A4_AT_150, (150, 150), 150),
        (A4_AT_150, None, 150),
        (A4_AT_150, (72, 72), 150),  # as a program says that knows no size: the sheet would be of 60 × 43 cm
        ((1754, 1240), (150, 150), 150),
        ((2480, 3508), (300.0, 300.0), 300),
    ],
)
def test_how_large_the_sheet_is(size, said, dpi):
    assert reader.dpi_of(size, said) == pytest.approx(dpi, rel=0.01)


def test_a_band_is_cut_out_in_points_of_the_sheet(tmp_path):
    page = sheet()
    page.paste(0, (0, 417, 1240, 438))  # 200 to 210 points from the top
    path = saved(tmp_path / "a.png", page, dpi=(150, 150))
    with crops.pictures(path) as cutter:
        crop = cutter.cut(Band(page=1, top=200, bottom=210))
        whole = cutter.page(1)
    assert crop.caption == "第1页"
    assert (whole.width, whole.height) == pytest.approx((595 * 1.6, 842 * 1.6), abs=2)
    row = whole.pixels()[round(205 * 1.6) * whole.width :][: whole.width]
    assert set(row) == {0}


def test_a_picture_beside_a_disclosure_is_named_in_a_doubt(tmp_path, without_models):
    """It may be a seal or a photograph: the disclosure is read without it."""
    seal = saved(tmp_path / "seal.png", sheet((80, 120)))
    read_with = extract(SAMPLES / "shifan_gongxin_2023.txt", attachments=[Part(seal, "公章.png")])
    assert any(doubt.reason == "公章.png:第1页只有图像,未读(需要OCR)" for doubt in read_with.doubts)
    assert read_with.amounts == extract(SAMPLES / "shifan_gongxin_2023.txt").amounts
