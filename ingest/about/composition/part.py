"""The part 概况 of a document: its paragraphs as running text, and the tables between them."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from ingest.about.composition.declared import composition_words
from ingest.document import Block, Document, Line, RawTable
from ingest.narrative.joined import Joined, join, without_page_marks
from warehouse.kinds.characters import squeeze

_PART = composition_words().part
Passage = Joined | RawTable


def overview(document: Document, first_table: RawTable | None) -> list[Passage]:
    """What stands between the heading 第一部分 and the next part, or the first standard table, in reading order."""
    marked = list(_without_marks(document))
    end = next((n for n, block in enumerate(marked) if block is first_table), len(marked))
    begins = [n for n, block in enumerate(marked[:end]) if _is_heading(block, of_next_part=False)]
    start = begins[-1] if begins else 0
    rest = marked[start:end]
    stop = next((n for n, block in enumerate(rest) if begins and _is_heading(block, of_next_part=True)), len(rest))
    return list(_passages(rest[:stop]))


def _without_marks(document: Document) -> Iterator[Block]:
    for blocks in document.by_file():
        lines = [block for block in blocks if isinstance(block, Line)]
        kept = {id(line) for line in without_page_marks(lines)}
        yield from (block for block in blocks if isinstance(block, RawTable) or id(block) in kept)


def _is_heading(block: Block, of_next_part: bool) -> bool:
    pattern = _PART.ends if of_next_part else _PART.begins
    return isinstance(block, Line) and bool(pattern.match(squeeze(block.text).lstrip("#")))


def _passages(blocks: Sequence[Block]) -> Iterator[Passage]:
    for is_table, group in groupby(blocks, key=lambda block: isinstance(block, RawTable)):
        if is_table:
            yield from (block for block in group if isinstance(block, RawTable))
        else:
            yield join([[block for block in group if isinstance(block, Line)]])
