"""Each raw table with the lines that belong to it: those above (titles, captions) and below (notes)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, pairwise

from ingest.document import Block, Document, Line, RawRow, RawTable
from ingest.tables.dotted_codes import with_plain_codes
from ingest.tables.double_rules import without_strips
from ingest.tables.table_marks import is_running_head, says_it_continues, without_continuation
from ingest.tables.unheaded_columns import with_amounts_below_headings
from ingest.values.crowded_cells import is_row_of_text
from warehouse.kinds.characters import comparable, squeeze, without_numbering
from warehouse.kinds.naming import names_a_kind, titles_of_any
from warehouse.kinds.tables import Titles
from warehouse.kinds.wordings import table_words
from warehouse.records.places import Place

HEADER_ROWS_AT_MOST = 5
CAPTION_ROWS_AT_MOST = 6
ABOVE_AT_MOST = 12  # lines between a title and its table: 公开0N表, 部门, 年度, 单位, page numbers
_AMOUNT = re.compile(r"\d\.\d|^[235]\d{2}(?:\d\d){0,2}$")
_TITLE_MARKS = str.maketrans("", "", "《》〈〉【】")
_IN_BRACKETS = re.compile(r"\(([^()]{4,}(?:\([^()]*\)[^()]*)*)\)")  # 【收入决算表】
_BRACKETS_AT_END = re.compile(r"\([^()]*\)$")
_WORDS = table_words()


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """A raw table; `above` reaches back to the table before or to the last sentence, nearest line last.

    Two sections are never the same: what was found out about one is remembered by it.
    """

    table: RawTable
    above: tuple[Line, ...]
    below: tuple[Line, ...]
    is_behind_text: bool  # a sentence or a note stands between this table and the one before
    unruled_rows: tuple[Line, ...] = ()  # of text, right above or below, that no line of the table encloses

    @property
    def place(self) -> Place:
        """Of its first row."""
        return self.table.place

    @property
    def page(self) -> int | None:
        return self.place.page


def sections(document: Document) -> Iterator[Section]:
    """Every raw table in order, with its surroundings."""
    return chain.from_iterable(map(_sections, document.by_file()))


def _sections(of_file: Iterable[Block]) -> Iterator[Section]:
    blocks = tuple(part for block in of_file for part in _parted(block))
    places = [n for n, block in enumerate(blocks) if isinstance(block, RawTable)]
    tables = list(zip(places, _cleaned(blocks), strict=True))
    for nth, (place, (captions, table)) in enumerate(tables):
        start = places[nth - 1] + 1 if nth else 0
        end = places[nth + 1] if nth + 1 < len(places) else len(blocks)
        before = [block for block in blocks[start:place] if isinstance(block, Line)]
        after = [block for block in blocks[place + 1 : end] if isinstance(block, Line)]
        above = _since_last_sentence(before)
        lines = tuple([*above, *captions][-ABOVE_AT_MOST:])
        unruled = (*_rows_of_text(reversed(before)), *_rows_of_text(after))
        yield Section(table, lines, tuple(after[:ABOVE_AT_MOST]), len(above) < len(before), unruled)


def _cleaned(blocks: Iterable[Block]) -> list[tuple[list[Line], RawTable]]:
    """Each table with the captions printed inside it."""
    bare = [_without_captions(with_plain_codes(without_strips(one))) for one in blocks if isinstance(one, RawTable)]
    joined = with_amounts_below_headings([table for _, table in bare])
    return [(captions, table) for (captions, _), table in zip(bare, joined, strict=True)]


def _rows_of_text(lines: Iterable[Line]) -> Iterator[Line]:
    """Rows of text that follow one another from the border of a table; page numbers may stand between."""
    for line in lines:
        if is_row_of_text(line.text):
            yield line
        elif not is_caption(line.text):
            return


def _parted(block: Block) -> list[Block]:
    """A grid in which a title stands in a row of its own is several tables printed without a gap."""
    if not isinstance(block, RawTable):
        return [block]
    cuts = [n for n, row in enumerate(block.rows) if n and _is_title_row(row)]
    edges = [0, *cuts, len(block.rows)]
    return [replace(block, rows=block.rows[a:b]) for a, b in pairwise(edges)]


def _is_title_row(row: RawRow) -> bool:
    texts = [text for text in row.bare if text]
    return len(texts) == 1 and texts[0].endswith("表") and len(texts[0]) > 5 and names_a_kind(texts[0])


def _without_captions(table: RawTable) -> tuple[list[Line], RawTable]:
    """Title, 部门, 年度 and 单位 that an office program printed as the first rows of the grid are lines."""
    captions: list[Line] = []
    taken = 0
    for row in table.rows[:CAPTION_ROWS_AT_MOST]:
        texts = [text for text in row.texts() if text.strip()]
        if not texts or not all(map(_is_above_a_table, texts)) or _heads_years(texts):
            break
        captions += [Line(" ".join(text.split()), row.place) for text in texts]
        taken += 1
    return (captions, replace(table, rows=table.rows[taken:])) if taken < len(table.rows) else ([], table)


def _heads_years(texts: Sequence[str]) -> bool:
    """2025年 | 2026年: the headings of columns."""
    return len(texts) > 1 and all(_WORDS.year.fullmatch(squeeze(text)) for text in texts)


def _is_above_a_table(text: str) -> bool:
    bare = squeeze(text)
    return (is_caption(text) and not bare.isdigit()) or (bare.endswith("表") and not _WORDS.sentence.search(bare))


def with_headers_rejoined(found: Iterable[Section]) -> Iterator[Section]:
    """A header that a page break cut from its table is put back on top of it."""
    header: Section | None = None
    for section in found:
        if header and _belongs_on_top(header, section):
            rows = header.table.rows + section.table.rows
            section = replace(header, table=replace(section.table, rows=rows), below=section.below)
        elif header:
            yield header
        header = section if is_header_only(section.table) else None
        if header is None:
            yield section
    if header:
        yield header


def is_header_only(table: RawTable) -> bool:
    has_amount = any(_AMOUNT.search(text) for row in table.rows for text in row.bare)
    return len(table.rows) <= HEADER_ROWS_AT_MOST and not has_amount


def _belongs_on_top(header: Section, body: Section) -> bool:
    captions_only = all(is_caption(line.text) for line in body.above)
    return (
        body.place.adjoins(header.place)
        and captions_only
        and not body.is_behind_text
        and header.table.width == body.table.width
    )


def goes_on_from(before: Section, section: Section) -> bool:
    """The next page of the table before: only captions between, as many columns, no header or the same."""
    fits = section.table.width == before.table.width or section.table.used_width == before.table.used_width
    is_headed_alike = _texts(section.table.rows[0]) == _texts(before.table.rows[0])
    return (fits and is_headed_alike and is_right_below(before, section)) or (fits and is_rest_of(before, section))


def is_rest_of(before: Section, section: Section) -> bool:
    """Rows with figures right below a table, without a header of their own."""
    return is_right_below(before, section) and any(map(_AMOUNT.search, _texts(section.table.rows[0])))


def is_right_below(before: Section, section: Section) -> bool:
    """Nothing but captions stands between two tables."""
    is_next = section.place.adjoins(before.place)
    return is_next and not section.is_behind_text and all(is_caption(line.text) for line in section.above)


def _texts(row: RawRow) -> list[str]:
    return list(row.bare)


def _since_last_sentence(lines: list[Line]) -> list[Line]:
    ends = (n for n, line in enumerate(lines) if _WORDS.sentence.search(line.text) or is_note(line.text))
    return lines[max(ends, default=-1) + 1 :]


def is_note(text: str) -> bool:
    """注：… or 说明：… below a table."""
    return bool(_WORDS.note.match(squeeze(text)))


def _without_marks(text: str) -> str:
    """《收入决算表》 → 收入决算表."""
    return squeeze(text).translate(_TITLE_MARKS)


def _ends_as_title(text: str) -> bool:
    return comparable(_without_marks(text)).endswith("表")


def title_of(text: str, titles: Titles) -> tuple[str, str] | None:
    """(code, title) if a line ends in a known title.

    What stands before the title may be a number, a year or the name of a body and nothing else:
    社会保险基金收入支出决算总表 is no 收入支出决算总表, 政府采购支出决算表 no 支出决算表. What stands in brackets
    behind it counts where a title has it: 一般公共预算支出表(按经济分类).
    """
    with_brackets, bare, name = _bare(text)
    return _titled(with_brackets, titles) or _titled(bare, titles) or _titled_without_ending(name, titles)


@lru_cache(maxsize=8192)  # every step asks it of the lines of a document
def _bare(text: str) -> tuple[str, str, str]:
    """A line without its number, with and without what stands in brackets at its end, "" where nothing does; and where
    it may be a title without its last word, the line without its year."""
    whole = _without_marks(text)
    bracketed = _IN_BRACKETS.fullmatch(whole)
    bare = without_continuation(without_numbering(bracketed[1] if bracketed else whole))
    with_brackets = _without_number(bare) if bare.endswith(")") else ""
    without = _without_number(_BRACKETS_AT_END.sub("", bare))
    lacks_ending = not without.endswith("表") and titles_of_any().ends_in_kind.search(without)
    return with_brackets, without, _WORDS.year.sub("", without) if lacks_ending else ""


def _without_number(title: str) -> str:
    """A title made comparable, without 公开05表 and without what it names beside the 三公."""
    return comparable(_WORDS.more_columns.sub("", _WORDS.table_number.sub("", title)))


def _titled(bare: str, titles: Titles) -> tuple[str, str] | None:
    if bare[-1:] not in titles.last_characters:
        return None
    ends = (bare[-length:] for length in titles.lengths if length <= len(bare))
    title = next(filter(titles.__contains__, ends), None)
    if title is None:
        return None
    rest = _WORDS.year.sub("", bare[: -len(title)])
    is_body = not rest or (len(rest) <= 30 and _WORDS.body_ending.search(rest) and not _WORDS.no_body.search(rest))
    return (titles[title], title) if is_body else None


def _titled_without_ending(name: str, titles: Titles) -> tuple[str, str] | None:
    """收入决算 in place of 收入决算表: the one title that it is without its last word, if nothing but a year stands
    before it."""
    if not name:
        return None
    found = [(titles[name + ending], name + ending) for ending in _WORDS.title_endings if name + ending in titles]
    return found[0] if len({code for code, _ in found}) == 1 else None


def is_caption(text: str) -> bool:
    """Lines that stand around every table and say nothing about which it is."""
    bare = _WORDS.unit_behind_title.sub("", squeeze(text))  # 收入决算表(单位:万元) is a title
    rest = _WORDS.year.sub("", _WORDS.table_number.sub("", bare))
    says_nothing = not rest.strip(_WORDS.caption_signs) or bool(_WORDS.caption.match(bare))
    return says_nothing or says_it_continues(bare) or is_running_head(rest)


def is_continued(section: Section) -> bool:
    """续表 or （续1） stands above: the table before goes on, whatever stands between."""
    return any(map(_continues, section.above))


def _continues(line: Line) -> bool:
    bare = squeeze(line.text)
    return says_it_continues(bare) or without_continuation(bare) != bare


def has_other_title(section: Section) -> bool:
    """A title of some other table stands above: 财政拨款支出决算表 is neither 支出决算表 nor another."""
    return any(_ends_as_title(line.text) for line in section.above if not is_caption(line.text))


def titles_above(section: Section, titles: Titles) -> Iterator[tuple[str, str, Line]]:
    """Titles among the lines above a table, nearest first.

    A title may be broken over two lines of which the second looks like another title: the longer counts.
    """
    lines = [line for line in section.above if not is_caption(line.text)]
    for n in range(len(lines) - 1, -1, -1):
        alone = title_of(lines[n].text, titles)
        joined = title_of(lines[n - 1].text + lines[n].text, titles) if n else None
        found = joined if joined and (not alone or len(joined[1]) > len(alone[1])) else alone
        if found:
            yield *found, lines[n]
        elif _ends_as_title(lines[n].text) or _WORDS.no_data.search(lines[n].text):
            return  # a title above another title, or above 本表无数据, is not the title of this table
