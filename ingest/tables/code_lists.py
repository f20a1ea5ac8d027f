"""Lists of codes, names and amounts that a converter ran into lines of text, made tables of the kind LISTED.

    公开06表 单位:万元 301 工资福利支出 1,060.50 302 商品和服务支出 102.21 30101 基本工资 405.50 …

Below the title of a table of such groups, a line with codes of its classification and amounts is a row of a table.
Each code, word and amount is one of its cells, in the order in which they are printed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.document import Block, Cell, Document, GridKind, Line, RawRow, RawTable
from ingest.tables.sections import title_of
from ingest.values import codes
from warehouse.kinds.characters import comparable, squeeze
from warehouse.kinds.naming import Kinds
from warehouse.kinds.tables import StandardTable
from warehouse.kinds.wordings import table_words

MIN_CODES = 5  # fewer may stand in a sentence
LONGEST_CAPTION = 40  # characters; a longer line above a table is taken for a sentence
_CODE = r"[235]\d{2}(?:\d{2})?"
_CENTS = r"-?(?:0|[1-9]\d{0,2}(?:[,，.] ?\d{3})*)[.,，] ?\d{2}"
_CELL = re.compile(
    rf"{_CENTS}(?:{_CODE})?(?!\d)"  # 405, 50; 0.0030213 is an amount and the code printed next to it
    rf"|{_CENTS}(?={_CENTS}(?!\d))"  # 0.000.00: two amounts
    rf"|\d[\d,，.]*|[^\s\d]+"
)
_AMOUNT = re.compile(rf"{_CENTS}(?:{_CODE})?")
_WORDS = table_words()


def with_code_lists(document: Document, kinds: Kinds) -> Document:
    """The document with a table in place of the lines that hold such a list.

    Only where the reader says line by line what is printed: on a page a row has to say where its cells stand.
    """
    forms = {title: table for kind in kinds for table in kind.tables for title in table.titles}
    blocks = tuple(block for of_file in document.by_file() for block in _of_file(of_file, forms))
    is_changed = any(isinstance(block, RawTable) and block.kind is GridKind.LISTED for block in blocks)
    return replace(document, blocks=blocks) if is_changed else document


def _of_file(of_file: Iterable[Block], forms: Mapping[str, StandardTable]) -> Iterator[Block]:
    titles = {title: title for title in forms}
    form: StandardTable | None = None
    run: list[Line] = []
    for block in of_file:
        if isinstance(block, Line) and form and _is_listed(block, form):
            run.append(block)
            continue
        yield from _list_of(run, form)
        run = []
        if isinstance(block, Line):
            form = _form_after(block, form, titles, forms)
        yield block
    yield from _list_of(run, form)


def _form_after(
    line: Line, form: StandardTable | None, titles: Mapping[str, str], forms: Mapping[str, StandardTable]
) -> StandardTable | None:
    """The table of codes whose title stands last above; another title or a heading of the text ends it."""
    if named := title_of(line.text, titles):
        found = forms[named[0]]
        return found if found.shape == "code_groups" else None
    return None if _WORDS.other_part.match(squeeze(line.text)) else form


def _is_listed(line: Line, form: StandardTable) -> bool:
    """Whether codes, or totals, and amounts stand in a line that is no sentence."""
    if line.place.line_no is None or not any(map(str.isdecimal, line.text)) or "。" in line.text:
        return False
    texts = cells_of(line.text)
    has_key = any(codes.is_code(text, form.key) or is_total_of(form, text) for text in texts)
    return has_key and any(map(_AMOUNT.fullmatch, texts))


def is_total_of(form: StandardTable, text: str) -> str | None:
    """The key of the total that a text names."""
    bare = comparable(text)
    return next((key for key, names in form.totals.items() if bare in names), None)


def cells_of(text: str) -> list[str]:
    """`405, 50 30201 办公费` → `405, 50`, `30201`, `办公费`."""
    return _CELL.findall(text)


def _list_of(run: Sequence[Line], form: StandardTable | None) -> Iterator[Block]:
    """One table, or the lines as they are where they hold few codes."""
    rows = [RawRow(tuple(map(Cell, cells_of(line.text))), line.place) for line in run]
    found = sum(codes.is_code(text, form.key) for row in rows for text in row.texts()) if form else 0
    if form is None or found < MIN_CODES:
        yield from run
        return
    yield from _captions(form, rows[0])
    yield RawTable(tuple(rows), GridKind.LISTED)


def _captions(form: StandardTable, row: RawRow) -> Iterator[Line]:
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
    known = set().union(*form.key_columns.values(), *(measure.headers for measure in form.measures))
    return any(name.startswith(bare) for name in known)
