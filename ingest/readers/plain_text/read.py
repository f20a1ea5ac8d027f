"""Text converted from a disclosure → Document: tab-separated rows become tables, everything else lines."""

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from ingest import errors
from ingest.document import Block, Cell, Document, GridKind, Line, RawRow, RawTable
from ingest.readers.numbers import numbers_in_lines
from ingest.readers.plain_text.converted_rows import as_printed_cells
from ingest.readers.plain_text.repeated_cells import merged_again
from warehouse.kinds.characters import INVISIBLE, as_printed
from warehouse.records.places import Place

# Markdown marks and inline HTML that converters add.
_MARKUP = re.compile(r"</?(?:b|u|i|sup|sub|br|strong|em|span|p|div)\b[^>]*>|\*\*")
_UNSEEN = str.maketrans("", "", INVISIBLE)  # invisible characters are removed; PostgreSQL refuses NUL
_LINE_END = re.compile(r"\r\n|\n|\r")
# str.splitlines() splits at these too. In prose they may mean a line end or a new page. Within a number, a word or a
# row of cells they are left over from a conversion and mean nothing.
_OTHER_END = r"[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]"
_PERHAPS_LINE_END = re.compile(rf"(?<![0-9.,]){_OTHER_END}|{_OTHER_END}(?![0-9.,])")
_QUOTED = re.compile(r'(?:^|(?<=\t))"((?:[^"\t]|"")*)"(?=\t|$)')  # a quoted cell, as a spreadsheet exports it
_LINE_MARK = re.compile(r"^\s*(?:#{1,6}\s+|[-*]\s+(?=\S))")


def read_text(path: Path, data: bytes) -> Document:
    """Read text in UTF-8 or GB18030. Raises UnknownEncoding."""
    lines = enumerate(_LINE_END.split(decode(data, path.name)), start=1)
    parts = ((number, part) for number, line in lines if not _is_rule(line) for part in _parts(line))
    numbered = [(number, _tabs_for_pipes(_clean(part))) for number, part in parts]
    blocks: list[Block] = []
    printed: list[tuple[int, str]] = []
    for is_row, group in groupby(numbered, key=lambda item: "\t" in item[1]):
        run = list(group)
        run = as_printed_cells(run) if is_row else run
        printed += run
        blocks.extend([_table(run)] if is_row else _lines(run))
    return Document("text", tuple(blocks), numbers=tuple(numbers_in_lines(printed)))


def _parts(line: str) -> list[str]:
    """The line, split at other line ends if it is prose."""
    is_row = "\t" in line or line.lstrip().startswith("|")
    return [line] if is_row else _PERHAPS_LINE_END.split(line)


def decode(data: bytes, name: str) -> str:
    """The text of the bytes in UTF-8 or GB18030. Raises UnknownEncoding with the position of the first bad byte."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as not_utf8:
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            raise errors.UnknownEncoding(name, position=not_utf8.start) from not_utf8


def _clean(line: str) -> str:
    line = _MARKUP.sub("", as_printed(line.translate(_UNSEEN)))
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


def _table(run: list[tuple[int, str]]) -> RawTable:
    return RawTable(merged_again(tuple(_row(number, line) for number, line in run)), GridKind.CONVERTED)


def _row(number: int, line: str) -> RawRow:
    return RawRow(tuple(Cell(text.strip()) for text in line.split("\t")), Place(line_no=number))


def _lines(run: list[tuple[int, str]]) -> Iterator[Line]:
    for number, text in run:
        if text.strip():
            yield Line(text.strip(), Place(line_no=number))
