"""Pages that are pictures are recognised one by one, each by a process of its own, and what was recognised is kept."""

import os
from pathlib import Path

import pytest

from ingest import errors
from ingest.about.files import Said
from ingest.document import STRAIGHT, Cell, GridKind, Line, PrintedNumber, RawRow, RawTable
from ingest.isolation import KeptPages, Limits, Pages, PicturesWait, extract_isolated, parent, said_at_once
from ingest.isolation.kept_pages import RECOGNISED
from ingest.isolation.messages import Answer, Ended, Recognised, Refusal, Request, decode, encode
from ingest.nightly import read_files
from ingest.nightly.read_files import recognise_packed
from ingest.pages.document.places import FigurePlaces
from ingest.readers.parts import Part
from ingest.readers.pdf.scan.pictures import PageRead, PictureOf
from ingest.sync.archive import Archive
from tests.ingest.archives import zip_of
from tests.ingest.truth import SAMPLES
from tests.warehouse.factory import extraction
from warehouse.records.doubts import DoubtKind
from warehouse.records.places import Box, Place
from warehouse.records.reading import Doubt

SOUND = SAMPLES / "shifan_gongxin_2023.txt"
PICTURES = tuple(PictureOf("ab" + 62 * "0", number) for number in (1, 2, 3))
REFUSED = Refusal("Scanned", details={"scanned": "3", "pages": "3"})


def page_read(number: int) -> PageRead:
    place = Place(number, box=Box(10.0, 20.5, 300.0, 31.0))
    cells = (Cell("合计", 2, 1, 10.0, 60.0, confidence=0.99), None, Cell("1.50", confidence=0.97, read_again="1.50"))
    table = RawTable((RawRow(cells, place),), GridKind.RECOGNISED)
    return PageRead((Line("收入决算表", place), table), (PrintedNumber("1.50", Place(number), 60.0, 80.0),), STRAIGHT)


class Played:
    """A server whose readers meet three pictures. `broken` are pages at which one ends as if it was killed."""

    unconfined = ()

    def __init__(self, first: Answer, broken: tuple[int, ...] = (), said: Said | None = None):
        self.first, self.broken, self.said = first, broken, said
        self.wanted: list[int] = []
        self.limits: list[Limits] = []
        self.given: list[PageRead] = []

    def read(self, request: Request, file: str, answer: int, output: int) -> Ended:
        self.limits.append(request.limits)
        if request.wanted and request.wanted.number in self.broken:
            return Ended(9, False, 1.0, 1000)
        os.write(answer, encode(self._answer(request)))
        return Ended(0, False, 1.0, 1000)

    def _answer(self, request: Request) -> Answer:
        if request.wanted:
            self.wanted.append(request.wanted.number)
            return Answer(page=page_read(request.wanted.number))
        if (results := request.results()) is None:
            return self.first
        self.given = [page for _, page in decode(Recognised, results.read_bytes()).pages]
        return Answer(said=self.said) if request.only_said else Answer(extraction())


def heard(played: Played, pages: Pages | None = None) -> Answer:
    reader = parent.Reader("scan.pdf", server=played)
    return parent._with_pictures(reader, Request.to_read(Path("scan.pdf"), None, Limits()), pages or Pages())


@pytest.fixture(autouse=True)
def with_models(monkeypatch):
    monkeypatch.setattr(parent, "is_installed", lambda: True)


@pytest.mark.parametrize("first", [Answer(refusal=REFUSED, pictures=PICTURES), Answer(extraction(), pictures=PICTURES)])
def test_each_page_is_recognised_by_a_process_of_its_own_and_the_document_is_read_with_all(first):
    played = Played(first)
    assert heard(played).extraction is not None
    assert played.wanted == [1, 2, 3]
    assert repr(played.given) == repr([page_read(number) for number in (1, 2, 3)])
    found, *of_pages, last = played.limits
    assert last == found == Limits()
    assert {limits.memory_mb for limits in of_pages} == {1536}


def test_a_reading_that_was_broken_off_goes_on_from_the_page_it_reached(tmp_path):
    first = Answer(refusal=REFUSED, pictures=PICTURES)
    reached = []
    pages = Pages(KeptPages(tmp_path), lambda done, of: reached.append((done, of)))
    with pytest.raises(errors.ReaderKilled):
        heard(Played(first, broken=(3,)), pages)
    again = Played(first)
    heard(again, pages)
    assert again.wanted == [3]
    assert len(again.given) == 3
    assert reached == [(0, 3), (1, 3), (2, 3), (0, 3), (1, 3), (2, 3), (3, 3)]


def test_what_was_kept_of_another_version_or_only_in_part_is_recognised_anew(tmp_path, monkeypatch):
    kept = KeptPages(tmp_path)
    kept.keep(PICTURES[0], page_read(1))
    kept.keep(PICTURES[1], page_read(2))
    (second,) = tmp_path.rglob("2-*.json")
    second.write_bytes(second.read_bytes()[:100])
    assert (kept.get(PICTURES[0]) is None, kept.get(PICTURES[1]) is None) == (False, True)
    monkeypatch.setattr("ingest.isolation.kept_pages.version", lambda: "another")
    assert KeptPages(tmp_path).get(PICTURES[0]) is None


def test_a_digital_document_is_read_once():
    played = Played(Answer(extraction()))
    heard(played)
    assert (played.wanted, len(played.limits)) == ([], 1)


def test_without_the_models_a_scan_is_refused_and_the_rest_of_a_mixed_document_read(monkeypatch):
    monkeypatch.setattr(parent, "is_installed", lambda: False)
    mixed = Played(Answer(extraction(), pictures=PICTURES))
    assert heard(mixed).extraction is not None and mixed.wanted == []
    with pytest.raises(errors.Scanned):
        heard(Played(Answer(refusal=REFUSED, pictures=PICTURES)))


@pytest.fixture
def saying(monkeypatch):
    """A server in place of the process that reads."""

    def given(first: Answer) -> Played:
        played = Played(first, said=Said("示范市审计局"))
        monkeypatch.setattr(parent, "_server", played)
        return played

    return given


def test_what_a_scan_says_of_itself_is_told_once_its_pages_are_recognised(saying, tmp_path):
    kept, played = KeptPages(tmp_path), saying(Answer(refusal=REFUSED, pictures=PICTURES))
    kept.keep(PICTURES[0], page_read(1))
    with pytest.raises(PicturesWait):
        said_at_once(SOUND, kept)
    for picture in PICTURES:
        kept.keep(picture, page_read(picture.number))
    assert said_at_once(SOUND, kept).body == "示范市审计局"
    assert (played.wanted, len(played.given)) == ([], 3)


def test_pages_of_a_mixed_file_are_not_waited_for_to_say_whose_it_is(saying, tmp_path):
    saying(Answer(said=Said("示范市司法局"), pictures=PICTURES))
    assert said_at_once(SOUND, KeptPages(tmp_path)).body == "示范市司法局"


def test_scans_of_an_archive_are_recognised_and_counted_together(tmp_path, monkeypatch):
    archive = tmp_path / "x.zip"
    archive.write_bytes(zip_of({"a.pdf": b"%PDF-1 a %%EOF", "b.pdf": b"%PDF-1 b %%EOF"}))

    def said(path, limits, pages):
        for number in range(3):
            pages.reached(number, 2)
        raise errors.NoPages(path.name)

    monkeypatch.setattr(read_files, "said_isolated", said)
    reached = []
    assert recognise_packed(Part.of(archive), Limits(), Pages(reached=lambda *told: reached.append(told))) == 4
    assert reached == [(0, 2), (1, 2), (2, 2), (2, 4), (3, 4), (4, 4)]


def test_a_process_notes_the_pictures_that_it_meets(tmp_path, monkeypatch):
    """Read by real processes, without the models: the pages are noted, and the file is refused."""
    asked = []
    monkeypatch.setattr(parent, "_recognised", lambda *given: asked.append(given[2]) or [])
    with pytest.raises(errors.Scanned):
        extract_isolated(SAMPLES / "bad" / "scanned.pdf")
    ((first, second),) = asked
    assert (first.number, second.number, first.sha256 == second.sha256) == (1, 2, True)


def test_of_the_doubts_about_a_picture_the_least_sure_come_first():
    cells = (
        Cell("合计"),
        Cell("1.50", confidence=0.95, read_again="1.50"),
        Cell("7.50", confidence=0.99, read_again="1.50"),
    )
    places = object.__new__(FigurePlaces)
    places._rows = {("GK03", 1): RawRow((*cells, Cell("2.50", confidence=0.7, read_again="2.50")), Place(1))}
    doubts = [Doubt(DoubtKind.NUMBER_NOT_CONFIRMED, "", "GK03", row_no=1, column_no=column) for column in (1, 2, 3, 4)]
    assert [doubt.column_no for doubt in sorted(doubts, key=places.sureness)] == [3, 4, 2, 1]


def test_what_was_recognised_goes_when_the_file_is_forgotten(tmp_path):
    kept = KeptPages(tmp_path / RECOGNISED)
    kept.keep(PICTURES[0], page_read(1))
    Archive(tmp_path).remove(PICTURES[0].sha256)
    assert kept.get(PICTURES[0]) is None
