"""Words of a picture that nearly are a wording of the forms or the name of a subject: taken as it.

教肓支出 is 教育支出, of which a model misread one character; of a long word it may lose one too. They are taken so only
where no other wording is as near, and where no wording at all has a character that was read wrong: 上年支出 is not
本年支出. What was read is told in a remark.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

from ingest.document import Block, Cell, Document, GridKind, Line, RawRow, RawTable, Remark
from warehouse.kinds.characters import comparable, squeeze, without_numbering
from warehouse.kinds.naming import Kinds
from warehouse.kinds.reference_lists import subjects_of
from warehouse.records.doubts import DoubtKind
from warehouse.records.places import Place

SHORTEST, LONG = 4, 9  # characters: words that may differ by one, and those that may differ by two or lack one
SHARP = 0.98  # a text of which a model is as sure is what is printed


class Wordings(NamedTuple):
    words: frozenset[str]  # comparable
    characters: frozenset[str]  # all that they have


def with_known_words(document: Document, kinds: Kinds) -> Document:
    """The document with such words in its tables and its titles, where pages of it are pictures."""
    if not document.recognised:
        return document
    remarks: list[Remark] = []
    blocks = tuple(_block(block, document, kinds, remarks) for block in document.blocks)
    return replace(document, blocks=blocks, remarks=(*document.remarks, *remarks)) if remarks else document


def _block(block: Block, document: Document, kinds: Kinds, remarks: list[Remark]) -> Block:
    if isinstance(block, RawTable):
        if block.kind is not GridKind.RECOGNISED:
            return block
        return replace(block, rows=tuple(_row(row, kinds, remarks) for row in block.rows))
    if block.place.page_of_file not in document.recognised:
        return block
    text = _told(block.text, _titles(kinds), block.place, remarks)
    return Line(text, block.place) if text != block.text else block


def _row(row: RawRow, kinds: Kinds, remarks: list[Remark]) -> RawRow:
    cells = tuple(cell and _cell(cell, row.place, kinds, remarks) for cell in row.cells)
    return replace(row, cells=cells) if cells != row.cells else row


def _cell(cell: Cell, place: Place, kinds: Kinds, remarks: list[Remark]) -> Cell:
    if cell.confidence is None or cell.confidence >= SHARP:
        return cell
    return cell._replace(text=_told(cell.text, _wordings(kinds), place, remarks))


def _told(text: str, wordings: Wordings, place: Place, remarks: list[Remark]) -> str:
    bare = squeeze(text)
    name = without_numbering(bare)
    meant = _meant(comparable(name), wordings)
    if meant is None:
        return text
    known = bare.removesuffix(name) + meant
    remarks.append(Remark(DoubtKind.WORD_MATCHED, f"图像识别作“{bare}”,与所知的写法相近,取作“{known}”", place, text))
    return known


def _meant(read: str, wordings: Wordings) -> str | None:
    """The nearest wording; None where it is a wording itself, or near none or several."""
    if len(read) < SHORTEST or read in wordings.words:
        return None
    near = sorted(_near(read, wordings))
    is_alone = len(near) == 1 or (len(near) > 1 and near[0][0] < near[1][0])
    return near[0][1] if is_alone else None


def _near(read: str, wordings: Wordings) -> Iterator[tuple[int, str]]:
    """Wordings that differ by few characters, and by how many."""
    most = 2 if len(read) >= LONG else 1
    for word in wordings.words:
        if 0 <= len(word) - len(read) < most and len(set(read) - set(word)) <= most:
            edits = SequenceMatcher(None, read, word, autojunk=False).get_opcodes()
            changes = [(read[a:b], word[c:d]) for kind, a, b, c, d in edits if kind != "equal"]
            number = sum(max(len(wrong), len(right)) for wrong, right in changes)
            if number <= most and wordings.characters.isdisjoint("".join(wrong for wrong, _ in changes)):
                yield number, word


@cache  # made once per set of kinds
def _titles(kinds: Kinds) -> Wordings:
    return _wordings_of({title for kind in kinds for table in kind.tables for title in table.titles})


@cache  # made once per set of kinds
def _wordings(kinds: Kinds) -> Wordings:
    """Names of items and headings of the forms, and names of subjects."""
    tables = [table for kind in kinds for table in kind.tables]
    names = (comparable(one.name) for kind in kinds for key in kind.classifications for one in subjects_of(key))
    headings = [measure.headers for table in tables for measure in table.measures]
    headings += [group.headers for table in tables for group in table.column_groups]
    headings += [headers for table in tables for headers in table.items.values()]
    return _wordings_of({*names}.union(*(table.item_wordings for table in tables), *headings))


def _wordings_of(words: Collection[str]) -> Wordings:
    return Wordings(frozenset(words), frozenset("".join(words)))
