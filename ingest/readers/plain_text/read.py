"""Text converted from a disclosure → Document: rows become tables, everything else lines.

A row is a line with tabs or one with pipes, one of several with commas or aligned columns, or a <tr> of HTML.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from ingest.document import Block, Cell, Document, GridKind, Line, RawRow, RawTable
from ingest.readers.markup import with_raised_signs, without_tags
from ingest.readers.numbers import numbers_in_lines
from ingest.readers.plain_text.aligned_columns import with_tabs_for_blanks
from ingest.readers.plain_text.converted_rows import as_printed_cells
from ingest.readers.plain_text.encoding import decode
from ingest.readers.plain_text.html_tables import HtmlRow, HtmlTable, without_html_tables
from ingest.readers.plain_text.repeated_cells import merged_again
from ingest.readers.plain_text.separated_values import with_tabs_for_commas
from warehouse.kinds.characters import INVISIBLE, as_printed
from warehouse.records.places import Place

# Markdown marks and inline HTML that converters add.
_UNSEEN = str.maketrans("", "", INVISIBLE)  # invisible characters are removed; PostgreSQL refuses NUL
_LINE_END = re.compile(r"\r\n|\n|\r")
# str.splitlines() splits at these too. In prose they may mean a line end or a new page. Within a number, a word or a
# row of cells they are left over from a conversion and mean nothing.
_OTHER_END = r"[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]"
_PERHAPS_LINE_END = re.compile(rf"(?<![0-9.,]){_OTHER_END}|{_OTHER_END}(?![0-9.,])")
_QUOTED = re.compile(r'(?:^|(?<=\t))"((?:[^"\t]|"")*)"(?=\t|$)')  # a quoted cell, as a spreadsheet exports it
_LINE_MARK = re.compile(r"^\s*(?:#{1,6}\s+|[-*]\s+(?=\S))")


Printed = list[tuple[Place, str]]  # rows and lines as printed, tabs between cells


def read_text(path: Path, data: bytes) -> Document:
    """Read text in UTF-8, UTF-16 or GB18030. Raises UnknownEncoding."""
    blocks: list[Block] = []
    printed: Printed = []
    for piece in without_html_tables("\n".join(lines_of(with_raised_signs(decode(data, path.name))))):
        made, as_printed_there = _of_html(piece) if isinstance(piece, HtmlTable) else _of_lines(*piece)
        blocks += made
        printed += as_printed_there
    return Document("text", tuple(blocks), numbers=tuple(numbers_in_lines(printed)))


def lines_of(text: str) -> list[str]:
    return _LINE_END.split(text)


def _of_lines(first: int, text: str) -> tuple[list[Block], Printed]:
    """Blocks of a text that begins in line `first`."""
    lines = with_tabs_for_blanks(list(enumerate(text.split("\n"), start=first)))
    parts = ((number, part) for number, line in lines if not _is_rule(line) for part in _parts(line))
    numbered = with_tabs_for_commas([(number, _tabs_for_pipes(_clean(part))) for number, part in parts])
    blocks: list[Block] = []
    printed: Printed = []
    for is_row, group in groupby(numbered, key=lambda item: "\t" in item[1]):
        run = [(Place(line_no=number), line) for number, line in group]
        run = as_printed_cells(run) if is_row else run
        printed += run
        blocks.extend([_table(run)] if is_row else _lines(run))
    return blocks, printed


def _of_html(table: HtmlTable) -> tuple[list[Block], Printed]:
    outside = [(Place(line_no=number), _clean(text)) for number, text in table.outside]
    blocks: list[Block] = list(_lines(outside))
    if not table.rows:
        return blocks, outside
    texts = [[_clean(cell.text) if cell else "" for cell in row.cells] for row in table.rows]
    rows = as_printed_cells([(row.place, "\t".join(cells)) for row, cells in zip(table.rows, texts, strict=True)])
    made = _table(rows)
    if table.is_whole and [row.texts() for row in made.rows] == [line.split("\t") for _, line in rows]:
        made = RawTable(tuple(map(_with_spans, made.rows, table.rows)), GridKind.SPREADSHEET)
    return [*blocks, made], [*outside, *rows]


def _with_spans(row: RawRow, printed: HtmlRow) -> RawRow:
    """The row with None in the places that a merged cell covers."""
    pairs = zip(row.cells, printed.cells, strict=True)
    cells = (cell._replace(colspan=of.colspan, rowspan=of.rowspan) if cell and of else None for cell, of in pairs)
    return replace(row, cells=tuple(cells))


def _parts(line: str) -> list[str]:
    """The line, split at other line ends if it is prose."""
    is_row = "\t" in line or line.lstrip().startswith("|")
    return [line] if is_row else _PERHAPS_LINE_END.split(line)


def _clean(line: str) -> str:
    line = without_tags(as_printed(line.translate(_UNSEEN))).replace("**", "")
    return _QUOTED.sub(_unquoted, line) if "\t" in line else _LINE_MARK.sub("", line)


def _unquoted(cell: re.Match[str]) -> str:
    return cell[1].replace('""', '"')


def _tabs_for_pipes(line: str) -> str:
    """| a | b |, a row of a Markdown table, as a tab-separated row."""
    bare = line.strip()
    if not (len(bare) > 2 and bare.startswith("|") and bare.endswith("|")):
        return line
    return "\t".join(cell.strip() for cell in bare[1:-1].split("|"))


def _is_rule(line: str) -> bool:
    """|---|---|, the rule of a Markdown table below its first row."""
    bare = line.strip()
    return len(bare) > 2 and bare[0] == bare[-1] == "|" and set(bare) <= set("|-: ") and "-" in bare


def _table(run: Printed) -> RawTable:
    return RawTable(merged_again(tuple(_row(place, line) for place, line in run)), GridKind.CONVERTED)


def _row(place: Place, line: str) -> RawRow:
    return RawRow(tuple(Cell(text.strip()) for text in line.split("\t")), place)


def _lines(run: Printed) -> Iterator[Line]:
    for place, text in run:
        if text.strip():
            yield Line(text.strip(), place)
