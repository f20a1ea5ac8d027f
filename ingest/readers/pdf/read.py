"""PDF → Document. PDFium reads the objects, `grid` finds the tables, this module puts the text into cells and lines."""

import logging
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from itertools import pairwise
from operator import itemgetter
from pathlib import Path

import pypdfium2 as pdfium

from ingest import errors
from ingest.document import Block, Cell, Document, GridKind, Laid, Line, PrintedNumber, RawRow, RawTable, Remark
from ingest.readers.formats import MAX_PAGES
from ingest.readers.pdf.grid import find_tables
from ingest.readers.pdf.hidden_text import cells_without_number, is_text_layer, remarks_on
from ingest.readers.pdf.missing_lines import Drawn, Grid, damage, missing_lines
from ingest.readers.pdf.numbers import numbers_on_page
from ingest.readers.pdf.objects import read_page
from ingest.readers.pdf.open_tables import with_column_lines
from ingest.readers.pdf.page_objects import Char, PageObjects
from ingest.readers.pdf.pages_with_text import Tally, is_a_picture
from ingest.readers.pdf.placed_cells import PlacedCells
from ingest.readers.pdf.scan.pictures import PageRead, page_of_picture
from ingest.readers.pdf.side_by_side import in_reading_order
from ingest.readers.pdf.text_layer import held_against_layer, remarks_on_layers
from ingest.readers.pdf.text_lines import lines_of, text_line
from warehouse.base.messages import N_
from warehouse.kinds import characters
from warehouse.kinds.characters import OVERFLOW, OVERPRINTED, as_printed
from warehouse.records.places import Box, Place

END_WITHIN = 2048  # bytes; some producers append other bytes after %%EOF
KINDS_OF_MISSING_LINES = 4  # a table may lack lines of each kind, so the search is repeated this often
DIGITS = frozenset("0123456789.,-")
IDEOGRAPHS = "\u4e00"  # the first code point of the CJK ideographs
TOUCHING = 0.05  # of the character height: characters closer than this are drawn as one word
_AMOUNT = re.compile(r"\d\.\d|\d[\d,]{4,}")
_TEXT = itemgetter(0)
_LEFT, _TOP, _RIGHT, _BOTTOM = map(itemgetter, (1, 2, 3, 4))  # of a Char
ON_BORDER = 0.2  # of a digit's width: what stands farther over the border of a cell stands on it
OVERLAP = -1.0  # points: characters that overlap by more may be overprinted
CLOSE = 0.2  # of the height: two digits whose left edges are closer are overprinted
MOST_OF_STREAM = 1 << 22  # bytes of a compressed object stream that are unpacked
_OBJECT_STREAM = re.compile(rb"/ObjStm\b.{0,300}?>>\s*stream\r?\n", re.DOTALL)
WORD_GAP = 0.3  # of the character height: a wider gap is a blank


def read_pdf(path: Path, data: bytes, max_pages: int = MAX_PAGES) -> Document:
    """Read a digital PDF from its bytes; errors name `path`, which is not opened: a reading process may not.

    Raises Encrypted, Damaged, NoPages, TooManyPages, Scanned, ScannedWithText, HiddenText, NoUnicode or NoText
    (ingest.errors).
    """
    pdf = open_pdf(path, data)
    has_layers = _may_have_layers(data)
    try:
        show_forms(pdf)
        count = _page_count(pdf, path, max_pages)
        blocks: list[Block] = []
        numbers: list[PrintedNumber] = []
        remarks: list[Remark] = []
        layers: list[int] = []
        recognised: dict[tuple[int, int | None], Laid] = {}
        tally = Tally(count)
        turn = 0
        for number in range(1, count + 1):
            page = _read(pdf, number, path, turn, has_layers)
            turn = page.turn
            if is_a_picture(page) and (seen := page_of_picture(data, number, partial(_recognised, pdf, page))):
                blocks += held_against_layer(seen, page).blocks
                numbers += seen.numbers
                layers += [number] * is_text_layer(page)
                recognised[1, number] = seen.laid
                continue
            numbers += numbers_on_page(page.chars, number)
            blocks += page_blocks(page)
            remarks += remarks_on(page)
            tally.add(page)
    finally:
        pdf.close()
    tally.refuse_what_is_not_text(path)
    return Document(
        "pdf",
        tuple(blocks),
        pages=count,
        notes=tuple(tally.notes()),
        numbers=tuple(numbers),
        remarks=(*remarks_on_layers(layers), *remarks),
        recognised=recognised,
        unread=frozenset((1, number) for number in tally.unread()),
    )


def _may_have_layers(data: bytes) -> bool:
    """Whether the file may have optional content: its catalog has /OCProperties, plain or in a compressed object."""
    return b"/OCProperties" in data or any(b"/OCProperties" in found for found in _object_streams(data))


def _object_streams(data: bytes) -> Iterator[bytes]:
    """The compressed objects of a file, unpacked; b"/OCProperties" for one that cannot be unpacked here."""
    for found in _OBJECT_STREAM.finditer(data):
        unpacked = zlib.decompressobj()
        try:
            yield unpacked.decompress(data[found.end() : found.end() + MOST_OF_STREAM], MOST_OF_STREAM)
        except zlib.error:
            yield b"/OCProperties"
            return
        if unpacked.unconsumed_tail:
            yield b"/OCProperties"
            return


def open_pdf(path: Path, data: bytes) -> pdfium.PdfDocument:
    """Raises Truncated, Encrypted, Damaged and NoPages."""
    if b"%%EOF" not in data[-END_WITHIN:]:
        # PDFium repairs a truncated file as far as it can and reports no error
        raise errors.Truncated(path.name, size=len(data))
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        # PDFium's last error may belong to an earlier file, so it cannot give the reason
        if b"/Encrypt" in data:
            raise errors.Encrypted(path.name, label="PDF") from error
        raise _reason_by_pdfminer(path, data) from error


def _reason_by_pdfminer(path: Path, data: bytes) -> errors.PublisherError:
    """The reason why PDFium cannot open a file that is not encrypted, found by pdfminer."""
    # imported here because the import takes longer than reading a document, and few files need it
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # the caller prints one line of its own
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            pages = len(pdf.pages)
    except Exception:  # pdfminer raises errors of any type on a damaged file
        pages = 1
    return (
        errors.Damaged(path.name, label="PDF", cause=N_("PDFium cannot open it"))
        if pages
        else errors.NoPages(path.name)
    )


def show_forms(pdf: pdfium.PdfDocument) -> None:
    """Lets PDFium load the form fields, if there are any, so that their values can be read."""
    try:
        pdf.init_forms()
    except pdfium.PdfiumError:  # the form is damaged; the pages can be read without its values
        return


def _page_count(pdf: pdfium.PdfDocument, path: Path, limit: int) -> int:
    count = len(pdf)
    if count == 0:
        raise errors.NoPages(path.name)
    if count > limit:
        raise errors.TooManyPages(path.name, pages=count, limit=limit)
    return count


def _read(pdf: pdfium.PdfDocument, number: int, path: Path, turn: int, has_layers: bool) -> PageObjects:
    page = page_of(pdf, number, path)
    try:
        return read_page(page, number, turn, has_layers)
    finally:
        page.close()


def page_of(pdf: pdfium.PdfDocument, number: int, path: Path) -> pdfium.PdfPage:
    """Raises Damaged."""
    try:
        return pdf[number - 1]
    except pdfium.PdfiumError as error:
        raise errors.Damaged(path.name, label="PDF", page=number, cause=str(error).rstrip(".")) from error


def _recognised(pdf: pdfium.PdfDocument, page: PageObjects) -> PageRead:
    """What is recognised on a page that is a picture."""
    from ingest.readers.pdf.scan.page import read_scanned  # what it imports takes half a second and 200 MB

    opened = pdf[page.number - 1]
    try:
        return read_scanned(opened, page.number, page.turn)
    finally:
        opened.close()


def page_blocks(page: PageObjects) -> list[Block]:
    """The tables of a page and the lines between them, from top to bottom."""
    tables, lines = _tables_and_lines(page)
    found = in_reading_order(tables, lines)
    return [block.raw if isinstance(block, Grid) else _line(block, page.number) for block in found]


def _tables_and_lines(page: PageObjects) -> tuple[list[Grid], list[list[Char]]]:
    """The tables, with missing lines added if then fewer amounts lack a cell, and the lines of text outside them."""
    drawn = with_column_lines(page.chars, page.verticals, page.horizontals)
    grids, lines = _as_drawn(page, drawn)
    for _ in range(KINDS_OF_MISSING_LINES):
        outside = [text_line(line) for line in lines] if _may_lack_lines(grids, lines) else []
        before = damage(grids, outside) if outside or grids else 0
        more = missing_lines(grids, outside) if before else None
        if not more:
            break
        drawn = Drawn(drawn.verticals + more.verticals, drawn.horizontals + more.horizontals)
        completed = _as_drawn(page, drawn)
        if damage(completed[0], map(text_line, completed[1])) >= before:
            break
        grids, lines = completed
    return grids, lines


def _as_drawn(page: PageObjects, drawn: Drawn) -> tuple[list[Grid], list[list[Char]]]:
    tables = find_tables(drawn.verticals, drawn.horizontals)
    inside, outside = _share_out(page.chars, tables)
    grids: list[Grid] = []
    for boxes, chars in zip(tables, inside, strict=True):
        places = PlacedCells(boxes)
        cell_of = places.cell_numbers(chars)
        without_cell = (
            [char for char, number in zip(chars, cell_of, strict=True) if number is None] if None in cell_of else []
        )
        outside = outside + without_cell if without_cell else outside
        grids.append(Grid(boxes, chars, _raw_table(places, chars, cell_of, page), without_cell))
    return grids, list(lines_of(outside))


def _may_lack_lines(grids: list[Grid], lines: list[list[Char]]) -> bool:
    """Whether the page has tables and, outside of them, an amount or 合计."""
    return bool(grids) and any(line[0].text in "合总" or _prints_amounts(line) for line in lines)


def _prints_amounts(line: list[Char]) -> bool:
    text = "".join(map(_TEXT, line))
    return bool(_AMOUNT.search(text))


def _line(chars: list[Char], page: int) -> Line:
    text = characters.without_marks(_line_text(chars))
    return Line(text, Place(page, box=_box_of(chars)))


def _box_of(chars: list[Char]) -> Box:
    return Box(min(map(_LEFT, chars)), min(map(_TOP, chars)), max(map(_RIGHT, chars)), max(map(_BOTTOM, chars)))


def _share_out(chars: list[Char], tables: list[list[Box]]) -> tuple[list[list[Char]], list[Char]]:
    """The characters inside the frame of each table, and those outside all of them."""
    if not tables:
        return [], chars
    inside: list[list[Char]] = [[] for _ in tables]
    outside: list[Char] = []
    frames = [
        (
            min(b.x0 for b in boxes),
            min(b.top for b in boxes),
            max(b.x1 for b in boxes),
            max(b.bottom for b in boxes),
            held,
        )
        for boxes, held in zip(tables, inside, strict=True)
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


def _raw_table(grid: PlacedCells, chars: list[Char], cell_of: list[int | None], page: PageObjects) -> RawTable:
    """Rows of cells like pdfplumber's Table.rows, with the spans of merged cells."""
    boxes = grid.boxes
    texts = _cell_texts(boxes, chars, cell_of)
    for number, mark in cells_without_number(grid, chars, page):
        texts[number] = mark + texts[number]
    rows: list[list[Cell | None]] = [[None] * len(grid.xs) for _ in grid.tops]
    for box, (column, right, row, below), text in zip(boxes, grid.places, texts, strict=True):
        rows[row][column] = Cell(text, right - column, below - row, box.x0, box.x1)
    start, end = min(box.x0 for box in boxes), max(box.x1 for box in boxes)
    return RawTable(
        tuple(
            RawRow(tuple(row), Place(page.number, box=Box(start, top, end, bottom)))
            for row, top, bottom in zip(rows, grid.tops, grid.bottoms, strict=True)
        ),
        GridKind.RULED,
    )


def _cell_texts(boxes: list[Box], chars: list[Char], cell_of: list[int | None]) -> list[str]:
    changes = [n for n, (before, number) in enumerate(pairwise(cell_of), 1) if number != before]
    cell_of = _with_words_whole(chars, cell_of, changes)
    held: list[list[Char]] = [[] for _ in boxes]
    for char, number in zip(chars, cell_of, strict=True):
        if number is not None:
            held[number].append(char)
    texts = ["\n".join(map(_line_text, lines_of(mine))) if mine else "" for mine in held]
    overflowing = dict(_overflowing(chars, cell_of, changes, texts))
    reached = {number: OVERFLOW + texts[number] for number in _reached_into(boxes, chars, cell_of, changes)}
    for number, text in (reached | overflowing).items():
        texts[number] = text
    return texts


def _reached_into(boxes: list[Box], chars: list[Char], cell_of: list[int | None], changes: list[int]) -> Iterator[int]:
    """The cells on both sides of a border on which a digit stands: of which of their numbers it is one is not told,
    also where each of the two looks whole."""
    for n in changes:
        before, after = cell_of[n - 1], cell_of[n]
        if before is None or after is None or not (chars[n - 1].text in DIGITS and chars[n].text in DIGITS):
            continue
        if _follows(chars[n - 1], chars[n]) and (
            _stands_on(boxes[before].x1, chars[n - 1]) or _stands_on(boxes[after].x0, chars[n])
        ):
            yield from (before, after)


def _stands_on(border: float, char: Char) -> bool:
    margin = ON_BORDER * (char.x1 - char.x0)
    return char.x0 + margin < border < char.x1 - margin


def _overflowing(
    chars: list[Char], cell_of: list[int | None], changes: list[int], texts: list[str]
) -> list[tuple[int, str]]:
    """Keeps together the numbers that are wider than their cell and reach into the next.

    By position their digits would form two wrong numbers. Digits that are drawn one after the other are one number.
    Every cell it touches is marked with OVERFLOW, so that what is read there must be proved. A cell of words before or
    behind it has its words.
    """
    if not _is_a_number_cut(chars, changes):
        return []
    reached: set[int] = set()
    whole: dict[int, str] = {}
    worded: dict[int, str] = {}
    for start, end in _runs_of_digits(chars):
        touched = list(dict.fromkeys(number for number in cell_of[start:end] if number is not None))
        if len(touched) > 1:
            words = {number: _words_beside(chars, cell_of, number, start, end) for number in touched}
            free = [number for number in touched if not words[number]]
            worded.update({number: text for number, text in words.items() if text and free})
            reached.update(free or touched)
            # Amounts are aligned right, so a number belongs to the cell in which it ends; before words it is a code.
            whole.update({number: "".join(char.text for char in chars[start:end]) for number in (free or touched)[-1:]})
    marked = [(number, OVERFLOW + (whole.get(number) or texts[number] + OVERFLOW)) for number in reached]
    return [*marked, *((number, text) for number, text in worded.items() if number not in reached)]


def _words_beside(chars: list[Char], cell_of: list[int | None], number: int, start: int, end: int) -> str:
    """The text of a cell of words without the digits from `start` to `end`, which do not touch the words."""
    others = [char for n, char in enumerate(chars) if cell_of[n] == number and not start <= n < end]
    is_apart = not any(_follows(char, chars[start]) or _follows(chars[end - 1], char) for char in others)
    has_words = is_apart and any(char.text >= IDEOGRAPHS for char in others)
    return "\n".join(map(_line_text, lines_of(others))) if has_words else ""


def _with_words_whole(chars: list[Char], cell_of: list[int | None], changes: list[int]) -> list[int | None]:
    """A word that crosses the border of its cell into an otherwise empty cell is assigned to its own cell."""
    cuts = [n for n in changes if _is_a_word_cut(chars, n)]
    held = Counter(cell_of) if cuts else {}
    for n in cuts:
        after = (m for m in range(n, len(chars)) if cell_of[m] != cell_of[n] or (m > n and not _touch(chars, m)))
        end = next(after, None)
        end = len(chars) if end is None else end
        if cell_of[n] is not None and cell_of[n - 1] is not None and held[cell_of[n]] == end - n:
            cell_of = [*cell_of[:n], *[cell_of[n - 1]] * (end - n), *cell_of[end:]]
    return cell_of


def _is_a_word_cut(chars: list[Char], n: int) -> bool:
    return chars[n].text >= IDEOGRAPHS and chars[n - 1].text >= IDEOGRAPHS and _touch(chars, n)


def _touch(chars: list[Char], n: int) -> bool:
    """Whether character n follows the one before without the margin between two cells."""
    before, char = chars[n - 1], chars[n]
    return _follows(before, char) and char.x0 - before.x1 < TOUCHING * (char.bottom - char.top)


def _is_a_number_cut(chars: list[Char], changes: list[int]) -> bool:
    """Whether two consecutive digits are in different cells. `changes` are the indexes at which the cell changes."""
    return any(
        chars[n].text in DIGITS and chars[n - 1].text in DIGITS and _follows(chars[n - 1], chars[n]) for n in changes
    )


def _runs_of_digits(chars: list[Char]) -> Iterator[tuple[int, int]]:
    """The half-open ranges of digits and separators that are drawn one after the other on one line."""
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
    """Whether character n belongs to the run that began at `start`. A run ends after two decimals: 12.34 before another
    digit is a whole amount, and the digit begins that of the next cell.
    """
    is_complete = n - start > 3 and chars[n - 3].text == "." and chars[n].text != "."
    return not is_complete and _follows(chars[n - 1], chars[n])


def _follows(before: Char, char: Char) -> bool:
    height = char.bottom - char.top
    return abs(char.top - before.top) < 0.2 * height and -0.1 * height < char.x0 - before.x1 < 0.2 * height


def _line_text(line: list[Char]) -> str:
    parts: list[str] = []
    mark = ""
    left, reach = -math.inf, math.inf
    for text, x0, top, x1, bottom in line:
        gap = x0 - reach
        if gap > WORD_GAP * (bottom - top):
            parts.append(" ")
        elif gap < OVERLAP and x0 - left < CLOSE * (bottom - top) and text.isdigit() and parts[-1].isdigit():
            mark = OVERPRINTED
        parts.append(text)
        left, reach = x0, x1
    return mark + as_printed("".join(parts))
