"""The red frame in the picture of a page encloses the printed text of the number, also where the page is turned."""

import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from ingest.isolation import cut_isolated, extract_isolated
from ingest.pages.web.excerpt import excerpt_rows
from ingest.pipeline import extract
from ingest.readers.crops import Band
from ingest.readers.pdf.crops import pictures
from tests.ingest.pdfs import turned
from tests.ingest.truth import CORPUS, CORPUS_PDFS, CORPUS_TEXTS, extraction_of, needs_corpus
from tests.web.conftest import PDF, SAMPLES
from tests.web.frames import drawn_in, framed
from warehouse.kinds.characters import squeeze
from warehouse.records.reading import Amount, Presence

NUMBERS, IN_LINES, SEED = 200, 50, 17
SUFFIXES = (".xlsx", ".xls", ".docx", ".doc", ".html")
OF_A_LINE = "文字行"  # in the reason of an amount that was read from a line of text, whose box is that of the line
FORMATS = CORPUS.resolve().parent / "corpus_formats" if CORPUS else None
OFFICE_AND_PAGES = [path for path in sorted(FORMATS.glob("*/*")) if path.suffix in SUFFIXES] if FORMATS else []


def in_frames(path: Path, amounts: list[Amount], rotation: int = 0) -> Iterator[tuple[Amount, str]]:
    """Each amount with the characters inside its frame."""
    with pictures(path) as cutter, pdfium.PdfDocument(path) as pdf:
        for amount in amounts:
            crop = cutter.cut(Band(amount.page).marking(amount.place))
            yield amount, squeeze(drawn_in(pdf[amount.page - 1], framed(crop), rotation))


def holds(amount: Amount, text: str) -> bool:
    printed = squeeze(amount.printed)
    return printed in text if OF_A_LINE in (amount.repair_reason or "") else printed == text


def numbers(path: Path) -> list[Amount]:
    return [one for one in extraction_of(path).amounts if one.presence is Presence.NUMBER and one.page]


@pytest.mark.parametrize("rotation", [0, 90, 270])
def test_the_frame_is_right_on_a_page_whose_text_is_turned(rotation, tmp_path):
    """The text runs upwards or downwards, and /Rotate does not turn it: the reader does, and so does the picture."""
    sample = SAMPLES / PDF
    page = next(one.page for one in numbers(sample) if one.table_code == "GK03")
    path = turned(sample, page - 1, rotation, tmp_path / "turned.pdf")
    with pdfium.PdfDocument(path) as pdf:
        pdf[0].set_rotation(0)
        pdf.save(tmp_path / "sideways.pdf")
    amounts = [one for one in extract(tmp_path / "sideways.pdf").amounts if one.presence is Presence.NUMBER][:5]
    assert len(amounts) == 5
    for amount, text in in_frames(tmp_path / "sideways.pdf", amounts, rotation):
        assert holds(amount, text), (amount.printed, text)


@needs_corpus
@pytest.mark.long
def test_two_hundred_random_numbers_of_the_corpus_are_in_their_frames():
    known = [(path, amount) for path in CORPUS_PDFS for amount in numbers(path)]
    chosen = defaultdict(list)
    for path, amount in random.Random(SEED).sample(known, NUMBERS):
        chosen[path].append(amount)
    outside = [
        (path.name, amount.page, amount.printed, text)
        for path, amounts in chosen.items()
        for amount, text in in_frames(path, amounts)
        if not holds(amount, text)
    ]
    assert outside == []


@needs_corpus
@pytest.mark.long
@pytest.mark.parametrize("files", [CORPUS_TEXTS, OFFICE_AND_PAGES], ids=["texts", "office files and pages"])
def test_fifty_random_numbers_are_in_the_marked_cell_or_line(files):
    """Shown by the confined process; the line where its numbers were told apart by their order only."""
    if not files:
        pytest.skip("no folder corpus_formats beside the corpus")
    known = [
        (path, amount)
        for path in files
        for amount in extract_isolated(path).amounts
        if amount.presence is Presence.NUMBER and amount.line_no
    ]
    not_marked = []
    for path, amount in random.Random(SEED).sample(known, IN_LINES):
        lines = cut_isolated(path, Band.of(amount.place)).excerpt
        rows = excerpt_rows(lines, amount.printed, amount.column_no)
        marked = [squeeze(cell.text) for row in rows for cell in row.cells if cell.is_marked]
        meant = "".join(squeeze(cell.text) for row in rows if row.is_meant for cell in row.cells)
        is_only_line = not marked and OF_A_LINE in (amount.repair_reason or "") and squeeze(amount.printed) in meant
        if marked != [squeeze(amount.printed)] and not is_only_line:
            not_marked.append((path.name, amount.line_no, amount.printed, marked))
    assert len({path for path, _ in known}) == len(files) and not_marked == []
