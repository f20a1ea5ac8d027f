"""PDF → Document. PDFium reads the objects, `grid` finds the tables, here text goes into cells and lines."""

import logging
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from operator import attrgetter
from pathlib import Path

import pypdfium2 as pdfium

from ingest import errors
from ingest.characters import OVERFLOW, as_printed
from ingest.document import Block, Cell, Document, Line, RawRow, RawTable
from ingest.readers.grid import Box, find_tables
from ingest.readers.pdf_objects import Char, PageObjects, read_page

END_WITHIN = 2048  # bytes; some producers append rubbish after %%EOF
MAX_PAGES = 2000  # the longest disclosures seen run to some 300 pages
SAME_LINE = 0.5  # share of the smaller height by which two characters of one line overlap
DIGITS = frozenset("0123456789.,-")
_LEFT, _TOP, _BOTTOM = attrgetter("x0"), attrgetter("top"), attrgetter("bottom")
WORD_GAP = 0.3  # of the character height: a wider gap is a blank


def read_pdf(path: Path, max_pages: int = MAX_PAGES) -> Document:
    """Read a digital PDF.

    Raises Encrypted, Damaged, NoPages, TooManyPages, Scanned or NoText (ingest.errors).
    """
    pdf = _open(path)
    try:
        count = _page_count(pdf, path, max_pages)
        pages = [_read(pdf, number, path) for number in range(1, count + 1)]
    finally:
        pdf.close()
    _require_text(pages, path)
    blocks = tuple(chain.from_iterable(map(page_blocks, pages)))
    return Document("pdf", blocks, pages=len(pages), notes=tuple(_image_notes(pages)))


def _open(path: Path) -> pdfium.PdfDocument:
    data = path.read_bytes()
    if b"%%EOF" not in data[-END_WITHIN:]:
        # PDFium rebuilds what it can of a cut file and says nothing of what is missing
        raise errors.Truncated(path.name, size=len(data))
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        # PDFium's last error may be that of the file before, so it is not asked for the reason
        if b"/Encrypt" in data:
            raise errors.Encrypted(path.name) from error
        raise _second_opinion(path) from error


def _second_opinion(path: Path) -> errors.PublisherError:
    """Why PDFium refuses a file that is not encrypted, as pdfminer sees it."""
    # imported here because it takes longer than reading a document, and few files need it
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # the one clear line is ours to write
    try:
        with pdfplumber.open(path) as pdf:
            pages = len(pdf.pages)
    except Exception:  # a damaged file leads pdfminer into errors of every type; all say the same
        pages = 1
    return errors.Damaged(path.name, cause="PDFium cannot open it") if pages else errors.NoPages(path.name)


def _page_count(pdf: pdfium.PdfDocument, path: Path, limit: int) -> int:
    count = len(pdf)
    if count == 0:
        raise errors.NoPages(path.name)
    if count > limit:
        raise errors.TooManyPages(path.name, pages=count, limit=limit)
    return count


def _read(pdf: pdfium.PdfDocument, number: int, path: Path) -> PageObjects:
    try:
        page = pdf[number - 1]
    except pdfium.PdfiumError as error:
        raise errors.Damaged(path.name, page=number, cause=str(error).rstrip(".")) from error
    try:
        return read_page(page, number)
    finally:
        page.close()


def _require_text(pages: list[PageObjects], path: Path) -> None:
    if any(page.chars for page in pages):
        return
    scanned = sum(page.images > 0 for page in pages)
    if scanned:
        raise errors.Scanned(path.name, scanned=scanned, pages=len(pages))
    raise errors.NoText(path.name, pages=len(pages))


def _image_notes(pages: Iterable[PageObjects]) -> Iterator[str]:
    for page in pages:
        if page.images and not page.chars:
            yield f"第{page.number}页只有图像,未读(需要OCR)"


def page_blocks(page: PageObjects) -> list[Block]:
    """The tables of a page and the lines between them, from top to bottom."""
    grids = find_tables(page.edges)
    inside, outside = _share_out(page.chars, grids)
    placed: list[tuple[float, Block]] = [
        (boxes[0].top, _raw_table(boxes, chars, page.number)) for boxes, chars in zip(grids, inside, strict=True)
    ]
    placed += [(line[0].top, _line(line, page.number)) for line in (_lines(outside) if outside else ())]
    return [block for _, block in sorted(placed, key=lambda item: item[0])]


def _line(chars: list[Char], page: int) -> Line:
    return Line(_line_text(chars), page, None, min(map(_TOP, chars)), max(map(_BOTTOM, chars)))


def _share_out(chars: Iterable[Char], grids: list[list[Box]]) -> tuple[list[list[Char]], list[Char]]:
    inside: list[list[Char]] = [[] for _ in grids]
    outside: list[Char] = []
    frames = [
        (min(b.x0 for b in g), min(b.top for b in g), max(b.x1 for b in g), max(b.bottom for b in g), held)
        for g, held in zip(grids, inside, strict=True)
    ]
    for char in chars:
        _, x0, top, x1, bottom = char
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        for left, upper, right, lower, held in frames:
            if left <= x < right and upper <= y < lower:
                held.append(char)
                break
        else:
            outside.append(char)
    return inside, outside


def _raw_table(boxes: list[Box], chars: list[Char], page: int) -> RawTable:
    """Rows of cells as pdfplumber's Table.rows, with the spans of merged cells beside."""
    xs = sorted({box.x0 for box in boxes})
    tops = sorted({box.top for box in boxes})
    texts = _cell_texts(boxes, chars, xs, tops)
    rows: dict[float, list[Cell | None]] = {top: [None] * len(xs) for top in tops}
    for box in boxes:
        column = bisect_right(xs, box.x0) - 1
        colspan = bisect_right(xs, box.x1 - 0.01) - column
        rowspan = bisect_right(tops, box.bottom - 0.01) - bisect_right(tops, box.top) + 1
        rows[box.top][column] = Cell(texts.get(box, ""), colspan, rowspan, box.x0, box.x1)
    bottoms = [*tops[1:], max(box.bottom for box in boxes)]
    return RawTable(
        tuple(RawRow(tuple(rows[top]), page, None, top, bottom) for top, bottom in zip(tops, bottoms, strict=True)),
        has_spans=True,
    )


def _cell_texts(boxes: list[Box], chars: list[Char], xs: list[float], tops: list[float]) -> dict[Box, str]:
    homes = _homes(boxes, chars, xs, tops)
    held: dict[Box, list[Char]] = defaultdict(list)
    for char, box in zip(chars, homes, strict=True):
        if box:
            held[box].append(char)
    texts = {box: "\n".join(map(_line_text, _lines(mine))) for box, mine in held.items()}
    return texts | _overflowing(chars, homes, texts)


def _homes(boxes: list[Box], chars: list[Char], xs: list[float], tops: list[float]) -> list[Box | None]:
    """For each character the cell in which its middle lies."""
    squares: dict[tuple[int, int], Box] = {}
    for box in boxes:
        for i in range(bisect_right(xs, box.x0) - 1, bisect_right(xs, box.x1 - 0.01)):
            for j in range(bisect_right(tops, box.top) - 1, bisect_right(tops, box.bottom - 0.01)):
                squares[i, j] = box
    homes: list[Box | None] = []
    for _, x0, top, x1, bottom in chars:
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        box = squares.get((bisect_right(xs, x) - 1, bisect_right(tops, y) - 1))
        homes.append(box if box and x < box.x1 and y < box.bottom else None)
    return homes


def _overflowing(chars: list[Char], homes: list[Box | None], texts: dict[Box, str]) -> dict[Box, str]:
    """Numbers too wide for their cell, which reach into the next: by position their digits would make two
    wrong numbers. As characters are drawn one after the other, a run of digits is one number; every cell
    it touches is marked with OVERFLOW, so that what is read there must be proved.
    """
    reached: set[Box] = set()
    whole: dict[Box, str] = {}
    for start, end in _runs_of_digits(chars):
        touched = list(dict.fromkeys(filter(None, homes[start:end])))
        if len(touched) > 1:  # amounts are set flush right: a number belongs where it ends
            reached.update(touched)
            whole[touched[-1]] = "".join(char.text for char in chars[start:end])
    return {box: OVERFLOW + (whole.get(box) or texts[box] + OVERFLOW) for box in reached}


def _runs_of_digits(chars: list[Char]) -> Iterator[tuple[int, int]]:
    """Where digits and separators are drawn one after the other, side by side on one line: from, up to."""
    start: int | None = None
    for n, char in enumerate(chars):
        is_digit = char.text in DIGITS
        if start is not None and not (is_digit and _goes_on(chars, start, n)):
            yield start, n
            start = None
        if is_digit and start is None:
            start = n
    if start is not None:
        yield start, len(chars)


def _goes_on(chars: list[Char], start: int, n: int) -> bool:
    """Whether character n belongs to the run that began at `start`. 12.34 before another digit is
    complete: amounts of touching cells, each with its two decimals.
    """
    is_complete = n - start > 3 and chars[n - 3].text == "." and chars[n].text != "."
    return not is_complete and _follows(chars[n - 1], chars[n])


def _follows(before: Char, char: Char) -> bool:
    height = char.bottom - char.top
    return abs(char.top - before.top) < 0.2 * height and -0.1 * height < char.x0 - before.x1 < 0.2 * height


def _lines(chars: list[Char]) -> Iterator[list[Char]]:
    """Characters of one text line, left to right; lines top to bottom.

    Characters overlap vertically by half or more if they share a line, so that digits set on
    slightly different baselines stay one number.
    """
    _, _, top, _, bottom = chars[0]
    if all(char.top == top and char.bottom == bottom for char in chars):
        yield sorted(chars, key=_LEFT)
        return
    line: list[Char] = []
    for char in sorted(chars, key=lambda char: (char[2] + char[4], char[1])):
        _, _, upper, _, lower = char
        overlap = (bottom if bottom < lower else lower) - (top if top > upper else upper)
        if line and overlap < SAME_LINE * min(bottom - top, lower - upper):
            yield sorted(line, key=_LEFT)
            line = []
        if not line:
            top, bottom = upper, lower
        line.append(char)
    if line:
        yield sorted(line, key=_LEFT)


def _line_text(line: list[Char]) -> str:
    parts = [line[0].text]
    for before, char in pairwise(line):
        if char.x0 - before.x1 > WORD_GAP * (char.bottom - char.top):
            parts.append(" ")
        parts.append(char.text)
    return as_printed("".join(parts))
