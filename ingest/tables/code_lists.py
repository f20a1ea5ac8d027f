"""Lists of codes, names and amounts that a converter ran into lines of text, made tables of the kind LISTED.

    公开06表 单位:万元 301 工资福利支出 1,060.50 302 商品和服务支出 102.21 30101 基本工资 405.50 …

Below the title of a table of such groups, lines with codes of its classification and amounts are the rows of a table.
Each code, word and amount is one of its cells, in the order in which they are printed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from ingest.document import Block, Cell, Document, GridKind, Line, RawRow, RawTable
from ingest.tables.run_together import cells_of_lines, is_cents
from ingest.tables.sections import title_of
from ingest.values import codes
from warehouse.kinds.characters import comparable, squeeze
from warehouse.kinds.naming import Kinds
from warehouse.kinds.tables import StandardTable, Titles
from warehouse.kinds.wordings import table_words

MIN_CODES = 5  # fewer may stand in a sentence
MOST_CODES, MOST_CELLS = 400, 2000  # the form has some 120 codes, and three cells for each
LONGEST_LINE = 20_000  # characters
LONGEST_CAPTION = 40  # characters; a longer line above a table is taken for a sentence
_WORDS = table_words()
_RUN = re.compile(r"\d[\d.,，]{7,}")
_BROKEN_WORD = re.compile(r"[^\s\d.,，]+$")


def with_code_lists(document: Document, kinds: Kinds) -> Document:
    """The document with a table in place of the lines that hold such a list."""
    titles, forms = _titled(kinds)
    blocks = tuple(block for of_file in document.by_file() for block in _of_file(of_file, titles, forms))
    is_changed = any(isinstance(block, RawTable) and block.kind is GridKind.LISTED for block in blocks)
    return replace(document, blocks=blocks) if is_changed else document


@cache  # made once per set of kinds
def _titled(kinds: Kinds) -> tuple[Titles, Mapping[str, StandardTable]]:
    """The titles of all kinds, and the table of each."""
    forms = {title: table for kind in kinds for table in kind.tables for title in table.titles}
    return Titles({title: title for title in forms}), forms


def _of_file(of_file: Iterable[Block], titles: Titles, forms: Mapping[str, StandardTable]) -> Iterator[Block]:
    """Lines below the title of such a table wait until it is known whether a list follows."""
    form: StandardTable | None = None
    waiting: list[Line] = []
    for block in of_file:
        if not isinstance(block, Line):
            yield from _lists(form, waiting)
            yield block
            waiting = []
            continue
        after = _form_after(block, form, titles, forms)
        if after is None or after is not form or title_of(block.text, titles):
            yield from _lists(form, waiting)
            yield block
            form, waiting = after, []
        else:
            waiting.append(block)
    yield from _lists(form, waiting)


def _form_after(
    line: Line, form: StandardTable | None, titles: Titles, forms: Mapping[str, StandardTable]
) -> StandardTable | None:
    """The table of codes whose title stands last above; another title or a heading of the text ends it."""
    if named := title_of(line.text, titles):
        found = forms[named[0]]
        return found if found.shape == "code_groups" else None
    return None if _WORDS.other_part.match(squeeze(line.text)) else form


def _lists(form: StandardTable | None, lines: Sequence[Line]) -> Iterator[Block]:
    """The lines below a title, those that follow each other and hold a list as one table."""
    start = 0
    while form and start < len(lines):
        first = next((n for n in range(start, len(lines)) if _is_listed(form, lines[n])), len(lines))
        end = next((n for n in range(first, len(lines)) if not _goes_on(form, lines[n])), len(lines))
        rows = _rows(form, lines[first:end])
        if _has_codes_of_a_list(form, rows):
            yield from (_without_headings(form, line) for line in lines[start:first])
            yield from _caption(form, rows[0])
            yield RawTable(tuple(rows), GridKind.LISTED)
        else:
            yield from lines[start:end]
        start = end
    yield from lines[start:]


def _has_codes_of_a_list(form: StandardTable, rows: Sequence[RawRow]) -> bool:
    found = sum(codes.is_code(text, form.key) for row in rows for text in row.texts())
    return MIN_CODES <= found <= MOST_CODES and sum(len(row.cells) for row in rows) <= MOST_CELLS


def _is_listed(form: StandardTable, line: Line) -> bool:
    """Whether codes, or totals, and amounts stand in a line that is no sentence."""
    texts = _cells(form, line)
    return any(map(is_cents, texts)) and any(_is_key(form, text) for text in texts)


def _goes_on(form: StandardTable, line: Line) -> bool:
    """Codes, totals or amounts, or digits run together that only the other lines tell apart."""
    return any(is_cents(text) or _is_key(form, text) or _RUN.fullmatch(text) for text in _cells(form, line))


def _cells(form: StandardTable, line: Line) -> list[str]:
    is_short = len(line.text) <= LONGEST_LINE
    has_figures = is_short and any(map(str.isdecimal, line.text)) and "。" not in line.text
    return cells_of_lines([line.text], form.key or "")[0] if has_figures else []


def _is_key(form: StandardTable, text: str) -> bool:
    return codes.is_code(text, form.key) or any(comparable(text) in names for names in form.totals.values())


def _rows(form: StandardTable, lines: Sequence[Line]) -> list[RawRow]:
    cells = cells_of_lines(_with_words_joined([line.text for line in lines]), form.key or "")
    return [RawRow(tuple(map(Cell, texts)), line.place) for texts, line in zip(cells, lines, strict=True)]


def _with_words_joined(texts: Sequence[str]) -> list[str]:
    """A word at the end of a line that goes on in the next one stands in the next one: 办公设备购置 0.09 电 / 费."""
    joined = list(texts)
    for n, (text, after) in enumerate(pairwise(texts)):
        broken = _BROKEN_WORD.search(text)
        if broken and not after[:1].isdecimal():
            joined[n] = joined[n][: -len(broken[0])]
            joined[n + 1] = broken[0] + joined[n + 1]
    return joined


def _without_headings(form: StandardTable, line: Line) -> Line:
    """A caption into which the headings below it were run: 部门:… 单位:万元 科目编码 科目名称 决算数."""
    first = min((line.text.find(name) for name in _headings(form) if name in line.text), default=-1)
    return replace(line, text=line.text[:first].strip()) if first > 0 and len(line.text) > LONGEST_CAPTION else line


def _headings(form: StandardTable) -> Iterator[str]:
    headers = (*form.key_columns.values(), *(measure.headers for measure in form.measures))
    return (name for names in headers for name in names if len(name) > 2)


def _caption(form: StandardTable, row: RawRow) -> Iterator[Line]:
    """部门 and 单位 in front of the first heading or code of the list."""
    words: list[str] = []
    for text in row.texts():
        if codes.is_code(text, form.key) or _is_heading(form, text):
            break
        words.append(text)
    caption = " ".join(words)
    if words and len(caption) <= LONGEST_CAPTION:
        yield Line(caption, row.place)


def _is_heading(form: StandardTable, text: str) -> bool:
    """科目编码, 决算数, or the beginning of one: 经济分类 / 科目编码."""
    bare = comparable(text)
    return any(name.startswith(bare) for name in _headings(form))
