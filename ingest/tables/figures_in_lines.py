"""Figures of a table that stand in lines of text, because no grid was seen or a converter ran the cells together.

A sentence says what its numbers are: 4,415.98万元, 12.5%. Where many stand in lines that follow each other and
nothing says what they are, they are the cells of a table.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from ingest.document import Block, Document, Line
from ingest.tables.sections import is_note, title_of
from warehouse.kinds.characters import squeeze
from warehouse.kinds.tables import Titles
from warehouse.kinds.wordings import table_words
from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt

MIN_AMOUNTS = 5  # in consecutive lines: so many and more are a table, whether or not it is a known one
LONGEST_PRINTED = 200  # characters of a doubt
_FIGURE = r"(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:[.,，·．‧•]\d+)+)"
_LARGE = r"(?!(?:19|20)\d\d(?!\d))[1-9]\d{3,}"
_ALONE = re.compile(rf"(?<!\S)[-△▲(]?(?:{_FIGURE}|{_LARGE})\)?(?!\S)")
_SIDE_BY_SIDE = re.compile(rf"{_ALONE.pattern}\s+{_ALONE.pattern}")
# A reader keeps several blanks beside one another only in rows of columns that it could not tell apart.
_IN_COLUMNS = re.compile(r"\S {2,}(?:\S.*)?(?<!\S)-?[\d,]*\d(?:\.\d+)?(?!\S)")
_AT_THE_END = re.compile(rf"(?:^|\S\s+)[-△▲(]?{_FIGURE}\)?$")
_IN_TEXT = re.compile(rf"(?<![\d.,]){_FIGURE}(?P<after>.{{0,3}})")
_STOPS = re.compile(r"[。；;，,：:？！]\s*\S*[\u4e00-\u9fff]|[。；;]$")
_WORDS = table_words()


@dataclass(frozen=True, slots=True, eq=False)
class FiguresInLines:
    """`code`: the standard table whose title stands above them, with no other table or heading between."""

    lines: tuple[Line, ...]
    amounts: int
    code: str | None

    def doubt(self) -> Doubt:
        """Refused by name; only for figures below the title of a standard table."""
        first = self.lines[0]
        return Doubt(
            DoubtKind.TABLE_IN_LINES,
            f"表题之下有{self.amounts}个数字散在文字行中,不成表格,未入库",
            table_code=self.code,
            printed=printed(self.lines),
            place=first.place,
        )


def printed(lines: Sequence[Line]) -> str:
    return "；".join(" ".join(line.text.split()) for line in lines)[:LONGEST_PRINTED]


def figures_in_lines(document: Document, titles: Titles) -> list[FiguresInLines]:
    """Every run of lines that holds figures of a table; `titles` maps titles to the codes of their tables."""
    return [found for blocks in document.by_file() for found in _in_file(blocks, titles)]


def _in_file(of_file: Iterable[Block], titles: Titles) -> Iterator[FiguresInLines]:
    code: str | None = None
    behind: str | None = None  # the title above a table after which rows may follow that are no grid
    for is_line, group_of in groupby(of_file, key=lambda block: isinstance(block, Line)):
        blocks = list(group_of)
        if not is_line:
            code, behind = None, code or behind
            continue
        of_text = [block for block in blocks if isinstance(block, Line)]
        for is_row, group in groupby(_counted(of_text), key=lambda pair: pair[1] > 0):
            pairs = list(group)
            lines, amounts = tuple(line for line, _ in pairs), sum(count for _, count in pairs)
            if not is_row:
                code, behind = _code_after(lines, titles, code), _code_after(lines, titles, behind)
            elif amounts >= MIN_AMOUNTS or any(map(_is_row, lines)):
                in_columns = any(_IN_COLUMNS.search(line.text) for line in lines)
                yield FiguresInLines(lines, amounts, code or (behind if in_columns else None))


def _code_after(lines: Sequence[Line], titles: Titles, code: str | None) -> str | None:
    """The table that the last title among these lines names; a heading of the text or a note ends the one before."""
    for line in lines:
        named = title_of(line.text, titles)
        if named:
            code = named[0]
        elif _is_heading(line.text) or is_note(line.text):
            code = None
    return code


def _is_row(line: Line) -> bool:
    return bool(_SIDE_BY_SIDE.search(line.text) or _IN_COLUMNS.search(line.text))


def _is_heading(text: str) -> bool:
    """二、收入决算情况说明. 一、一般公共预算财政拨款 1 1,200.00 is a row."""
    return bool(_WORDS.other_part.match(squeeze(text))) and not text.rstrip()[-1:].isdecimal()


def _counted(lines: Sequence[Line]) -> Iterator[tuple[Line, int]]:
    """Each line with the number of its figures that are printed as cells of a table are."""
    for line, after in zip_longest(lines, lines[1:]):
        has_digits = any(map(str.isdecimal, line.text))
        yield line, _figures(line.text, after.text if after else "") if has_digits else 0


def _figures(text: str, after: str) -> int:
    if _IN_COLUMNS.search(text):
        return max(len(_ALONE.findall(text)), 1)
    if _SIDE_BY_SIDE.search(text):
        return len(_ALONE.findall(text))
    if _AT_THE_END.search(text) and not _STOPS.search(text) and not _WORDS.says_what.match(after):
        return 1
    unsaid = sum(not _WORDS.says_what.match(found["after"] or after) for found in _IN_TEXT.finditer(text))
    return unsaid if unsaid > 1 else 0
