"""Each raw table with the lines that belong to it: those above (titles, captions) and below (notes)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ingest.characters import comparable, squeeze
from ingest.document import Document, Line, RawTable

HEADER_ROWS_AT_MOST = 5
ABOVE_AT_MOST = 12  # lines between a title and its table: 公开0N表, 部门, 年度, 单位, page numbers
_AMOUNT = re.compile(r"\d\.\d|^[235]\d{2}(?:\d\d){0,2}$")
_SENTENCE = re.compile(r"[。;；]|.{41,}")
_NOTE = re.compile(r"^(?:注|备注|说明|附注)[:：1-9一]")
_TABLE_CODE = re.compile(r"(?:财决)?公开\d{1,2}表?|附?表\d{1,2}|附件\d{1,2}")
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_CAPTION = re.compile(
    r"^(?:[^,。:]{0,12}(?:部门|单位|编制|填报|预算)[^,。:]{0,8}:|金额单位|单位:|\d{1,3}$|-\d{1,3}-$|第\d+页)"
)
_FOREIGN = re.compile(r"基金|资本|预算|拨款|经费|基本|项目|社会保险|绩效|情况说明|情况$")


@dataclass(frozen=True, slots=True)
class Section:
    """A raw table; `above` reaches back to the table before or to the last sentence, nearest line last."""

    table: RawTable
    above: tuple[Line, ...]
    below: tuple[Line, ...]
    broken_off: bool  # a sentence or a note stands between this table and the one before

    @property
    def page(self) -> int | None:
        return self.table.page


def sections(document: Document) -> Iterator[Section]:
    """Every raw table in order, with its surroundings."""
    blocks = document.blocks
    places = [n for n, block in enumerate(blocks) if isinstance(block, RawTable)]
    for nth, place in enumerate(places):
        start = places[nth - 1] + 1 if nth else 0
        end = places[nth + 1] if nth + 1 < len(places) else len(blocks)
        before = [block for block in blocks[start:place] if isinstance(block, Line)]
        after = [block for block in blocks[place + 1 : end] if isinstance(block, Line)]
        above = _since_last_sentence(before)
        yield Section(
            blocks[place], tuple(above[-ABOVE_AT_MOST:]), tuple(after[:ABOVE_AT_MOST]), len(above) < len(before)
        )


def with_headers_rejoined(found: Iterable[Section]) -> Iterator[Section]:
    """A header that a page break cut from its table is put back on top of it."""
    header: Section | None = None
    for section in found:
        if header and _belongs_on_top(header, section):
            rows = header.table.rows + section.table.rows
            section = replace(header, table=replace(section.table, rows=rows), below=section.below)
        elif header:
            yield header
        header = section if _is_header_only(section.table) else None
        if header is None:
            yield section
    if header:
        yield header


def _is_header_only(table: RawTable) -> bool:
    has_amount = any(_AMOUNT.search(squeeze(text)) for row in table.rows for text in row.texts())
    return len(table.rows) <= HEADER_ROWS_AT_MOST and not has_amount


def _belongs_on_top(header: Section, body: Section) -> bool:
    adjacent = header.page is None or body.page is None or body.page - header.page == 1
    captions_only = all(is_caption(line.text) for line in body.above)
    return adjacent and captions_only and not body.broken_off and header.table.width == body.table.width


def _since_last_sentence(lines: list[Line]) -> list[Line]:
    last = max((n for n, line in enumerate(lines) if _SENTENCE.search(line.text) or is_note(line.text)), default=-1)
    return lines[last + 1 :]


def is_note(text: str) -> bool:
    """注：… or 说明：… below a table."""
    return bool(_NOTE.match(squeeze(text)))


def title_of(text: str, titles: dict[str, str]) -> tuple[str, str] | None:
    """(code, title) if a line ends in a known title; `titles` maps comparable titles to codes.

    What stands before the title may name body and year, not another fund or budget: 社会保险基金收入
    支出决算总表 is no 收入支出决算总表.
    """
    bare = re.sub(r"\([^()]*\)$", "", squeeze(text))
    bare = comparable(_TABLE_CODE.sub("", bare))
    for title in sorted(titles, key=len, reverse=True):
        if bare.endswith(title):
            rest = _YEAR.sub("", bare[: -len(title)])
            return (titles[title], title) if len(rest) <= 30 and not _FOREIGN.search(rest) else None
    return None


def is_caption(text: str) -> bool:
    """Lines that stand around every table and say nothing about which it is."""
    bare = squeeze(text)
    rest = _YEAR.sub("", _TABLE_CODE.sub("", bare))
    return not rest.strip("年度月日表()") or bool(_CAPTION.match(bare))


def has_other_title(section: Section) -> bool:
    """A title of some other table stands above: 财政拨款支出决算表 is neither GK03 nor GK05."""
    return any(comparable(line.text).endswith("表") for line in section.above if not is_caption(line.text))


def titles_above(section: Section, titles: dict[str, str]) -> Iterator[tuple[str, str, Line]]:
    """Titles among the lines above a table, nearest first; one may be broken over two lines."""
    lines = [line for line in section.above if not is_caption(line.text)]
    for n in range(len(lines) - 1, -1, -1):
        found = title_of(lines[n].text, titles)
        if not found and n:
            found = title_of(lines[n - 1].text + lines[n].text, titles)
        if found:
            yield *found, lines[n]
