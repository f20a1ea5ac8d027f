"""Pictures of pages are drawn once and kept on the disk, within bounds, until the program or the file is another."""

import hashlib
import io
import os
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from PIL import Image

from ingest.errors import Damaged
from ingest.isolation import Limits, pages_isolated
from ingest.isolation.messages import encode
from ingest.pages.web import drawn_pages, originals
from ingest.pages.web.drawn_pages import DrawnPages, digest_of
from ingest.pages.web.originals import Originals
from ingest.readers.crops import Band, PageImage
from ingest.readers.pdf.scan.pictures import PageRead, PictureOf
from ingest.sync.archive import Archive
from tests.ingest.pdfs import drawn
from tests.web.conftest import kept
from tests.work.nights import until
from warehouse.records.places import Box

Recognised = Mapping[PictureOf, PageRead]
SMALL = PageImage.of(2, 3, 1.0, bytes(6))
ROW = Band(1, 100, 110, marks=(Box(100, 100, 140, 110),))


@pytest.fixture
def archive(tmp_path) -> Archive:
    return Archive(tmp_path / "archive")


@pytest.fixture
def sha256(archive, tmp_path) -> str:
    path = drawn(tmp_path / "page.pdf", [(100, 700, "1,234.56")])
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    kept(archive, found, path)
    return found


@pytest.fixture
def asked(monkeypatch) -> list[int]:
    """The numbers of the pages that a confined process draws."""
    numbers = []

    def pages(path: Path, asked: list[int], limits: Limits, recognised: Recognised) -> tuple[PageImage, ...]:
        numbers.extend(asked)
        return pages_isolated(path, asked, limits, recognised)

    monkeypatch.setattr(originals, "pages_isolated", pages)
    return numbers


def test_rows_of_a_page_are_cut_from_one_picture_that_outlives_the_application(archive, sha256, asked):
    first, second = (Originals(archive.folder, Limits()) for _ in range(2))
    shown = [first.picture(sha256, band) for band in (Band(1), ROW)] + [second.picture(sha256, ROW)]
    heights = [Image.open(io.BytesIO(png)).size[1] for png in shown]
    assert asked == [1] and shown[1] == shown[2] and heights[0] > 1000 and heights[1] < 100


class Drawing:
    """In place of a confined process: the first page is drawn when three others are waited for, and no page `bad`."""

    def __init__(self, shown: Originals, sha256: str, bad: int = 0) -> None:
        self.calls: list[list[int]] = []
        self.has_begun = Event()
        self._shown, self._sha256, self._bad = shown, sha256, bad

    def __call__(self, path: Path, numbers: list[int], limits: Limits, recognised: Recognised) -> tuple[PageImage, ...]:
        self.calls.append(numbers)
        if not self.has_begun.is_set():
            self.has_begun.set()
            until(lambda: len(self._shown._asked[self._sha256]) == 3)
        if self._bad in numbers:
            raise Damaged(path.name, label="PDF", cause="")
        return (SMALL,) * len(numbers)

    def asked_of(self, pool: ThreadPoolExecutor) -> list[Future[PageImage]]:
        """Pages 1 to 4, the others while the first is drawn."""
        first = pool.submit(self._shown.page, self._sha256, 1)
        assert self.has_begun.wait(60)
        return [first, *(pool.submit(self._shown.page, self._sha256, number) for number in (2, 3, 4))]


def test_pages_that_are_waited_for_are_drawn_together(archive, sha256, monkeypatch):
    shown = Originals(archive.folder, Limits())
    drawing = Drawing(shown, sha256)
    monkeypatch.setattr(originals, "pages_isolated", drawing)
    with ThreadPoolExecutor(4) as pool:
        assert [one.result() for one in drawing.asked_of(pool)] == [SMALL] * 4
    assert len(drawing.calls) == 2 and sorted(drawing.calls[1]) == [2, 3, 4]


def test_a_page_that_cannot_be_drawn_takes_no_other_with_it(archive, sha256, monkeypatch):
    shown = Originals(archive.folder, Limits())
    drawing = Drawing(shown, sha256, bad=3)
    monkeypatch.setattr(originals, "pages_isolated", drawing)
    with ThreadPoolExecutor(4) as pool:
        first, second, third, fourth = drawing.asked_of(pool)
        assert [one.result() for one in (first, second, fourth)] == [SMALL] * 3
        with pytest.raises(Damaged):
            third.result()


def test_a_program_that_draws_otherwise_draws_anew(archive, sha256, asked, monkeypatch):
    Originals(archive.folder, Limits()).picture(sha256, ROW)
    monkeypatch.setattr(drawn_pages, "drawn_by", lambda: "other")
    Originals(archive.folder, Limits()).picture(sha256, ROW)
    assert asked == [1, 1]


@pytest.mark.parametrize("suffix", [".py", ".toml", ".csv"])
def test_the_digest_of_the_program_follows_its_code_and_what_is_declared(tmp_path, suffix):
    digests = []
    for content in ("hidden = 1", "hidden = 2"):
        (tmp_path / f"personal{suffix}").write_text(content)
        digests.append(digest_of(tmp_path))
    assert digests[0] != digests[1] and digests[1] == digest_of(tmp_path)


def test_a_file_that_is_damaged_is_not_shown(archive, sha256):
    pages = DrawnPages(archive)
    pages.keep(sha256, 1, SMALL)
    (path,) = archive.pictures(sha256).iterdir()
    assert pages.get(sha256, 1) == SMALL
    for content in (b"", b"{}", path.read_bytes().replace(b'"width":2', b'"width":3'), b"x" * 100):
        path.write_bytes(content)
        assert pages.get(sha256, 1) is None


def test_those_that_were_not_shown_for_the_longest_time_make_room(archive, sha256):
    pages = DrawnPages(archive, most=5 * len(encode(SMALL)))
    for page in range(1, 6):
        pages.keep(sha256, page, SMALL)
        for path in archive.pictures(sha256).glob(f"{page}-*"):
            os.utime(path, (page, page))
    assert pages.get(sha256, 1) == SMALL  # and is now the last that was shown
    pages.keep(sha256, 6, SMALL)
    assert [page for page in range(1, 7) if pages.get(sha256, page)] == [1, 4, 5, 6]


def test_a_forgotten_file_leaves_no_picture(archive, sha256):
    pages = DrawnPages(archive)
    pages.keep(sha256, 1, SMALL)
    archive.remove(sha256)
    assert not archive.pictures(sha256).exists()
    pages.keep(sha256, 1, SMALL)  # by a process that drew it meanwhile
    assert not archive.pictures(sha256).exists()


def test_where_nothing_can_be_written_pages_are_kept_in_memory(archive, sha256, asked):
    (archive.folder / "pictures").write_text("no folder")
    shown = Originals(archive.folder, Limits())
    assert shown.picture(sha256, ROW) == shown.picture(sha256, ROW) and asked == [1]


@pytest.mark.parametrize(
    ("width", "height", "strips"),
    [
        (3, 3, SMALL.strips),
        (2, 2, SMALL.strips),
        (2, 3, ()),
        (2, 3, SMALL.strips * 2),
        (2, 3, ("eA==",)),
        (0, 0, ()),
        (1 << 14, 1 << 14, SMALL.strips * 256),
    ],
)
def test_an_image_of_other_pixels_than_it_says_is_refused(width, height, strips):
    with pytest.raises(ValueError):
        PageImage(width, height, 1.0, strips).pixels()


@pytest.mark.parametrize(("top", "bottom"), [(0, 200), (0, 1), (63, 65), (64, 128), (199, 200), (5, 190)])
def test_rows_are_unpacked_from_the_strips_that_have_them(top, bottom):
    pixels = bytes(number % 251 for number in range(3 * 200))
    assert PageImage.of(3, 200, 1.0, pixels).pixels(top, bottom) == pixels[3 * top : 3 * bottom]
