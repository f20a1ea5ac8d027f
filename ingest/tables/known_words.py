"""Words of a picture that differ by one character from a wording of the forms or the name of a subject: taken as it.

教肓支出 is 教育支出, of which a model misread one character. It is taken so only where no other wording is as near, and
where no wording at all has the character that was read: 上年支出 is not 本年支出. What was read is told in a remark.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from ingest.document import Block, Cell, Document, GridKind, Line, RawRow, RawTable, Remark
from warehouse.kinds.characters import comparable, without_numbering
from warehouse.kinds.naming import Kinds
from warehouse.kinds.reference_lists import subjects_of
from warehouse.records.doubts import DoubtKind
from warehouse.records.places import Place

SHORTEST = 4  # characters: two words as short may differ by one
SHARP = 0.98  # a text of which a model is as sure is what is printed
_ANY = "\0"  # in place of one character


class Wordings(NamedTuple):
    """A wording with one character left open → the wordings that it may be; and every character that they have."""

    nearest: Mapping[str, frozenset[str]]
    characters: frozenset[str]


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
    known = _known(text, wordings)
    if known is None:
        return text
    reason = f"图像识别作“{text}”,与所知的写法只差一字,取作“{known}”"
    remarks.append(Remark(DoubtKind.WORD_MATCHED, reason, place, text))
    return known


def _known(text: str, wordings: Wordings) -> str | None:
    """The text with its one wrong character replaced; None where it is a wording itself, or near none or several."""
    read = comparable(without_numbering(text))
    if len(read) < SHORTEST:
        return None
    near = frozenset[str]().union(*(wordings.nearest.get(form, frozenset()) for form in _with_one_open(read)))
    if len(near) != 1 or read in near:
        return None
    (meant,) = near
    (wrong, right) = next((a, b) for a, b in zip(read, meant, strict=True) if a != b)
    return text.replace(wrong, right) if text.count(wrong) == 1 and wrong not in wordings.characters else None


def _with_one_open(word: str) -> Iterator[str]:
    return (word[:n] + _ANY + word[n + 1 :] for n in range(len(word)))


@cache  # made once per set of kinds
def _titles(kinds: Kinds) -> Wordings:
    return _indexed({title for kind in kinds for table in kind.tables for title in table.titles})


@cache  # made once per set of kinds
def _wordings(kinds: Kinds) -> Wordings:
    """Names of items and headings of the forms, and names of subjects."""
    tables = [table for kind in kinds for table in kind.tables]
    names = (comparable(one.name) for kind in kinds for key in kind.classifications for one in subjects_of(key))
    headings = [measure.headers for table in tables for measure in table.measures]
    headings += [group.headers for table in tables for group in table.column_groups]
    headings += [headers for table in tables for headers in table.items.values()]
    return _indexed({*names}.union(*(table.item_wordings for table in tables), *headings))


def _indexed(words: Collection[str]) -> Wordings:
    nearest: dict[str, set[str]] = defaultdict(set)
    for word in words:
        for form in _with_one_open(word):
            nearest[form].add(word)
    return Wordings({form: frozenset(found) for form, found in nearest.items()}, frozenset("".join(words)))
