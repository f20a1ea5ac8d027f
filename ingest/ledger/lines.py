"""Owners of the numbers outside every table: sentences, titles, captions, page numbers; or rows of a table
that the reader did not see as one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest

from ingest.characters import squeeze
from ingest.document import Line
from ingest.ledger.digits import is_amount
from ingest.ledger.owners import Owned, Owner, Place, place_of
from ingest.ledger.places import InLine
from ingest.sections import is_caption

MIN_AMOUNTS = 5
_FIGURE = r"[-△▲(]?(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+\.\d+)\)?"
_LARGE = r"(?!(?:19|20)\d\d(?!\d))[1-9]\d{3,}"
_SIDE_BY_SIDE = re.compile(rf"(?<!\S)(?:{_FIGURE}|{_LARGE})\s+(?:{_FIGURE}|{_LARGE})(?!\S)")
_AT_THE_END = re.compile(rf"(?:^|\S\s+){_FIGURE}$")
_STOPS = re.compile(r"[。；;，,：:？！]\s*\S*[\u4e00-\u9fff]|[。；;]$")
_GOES_ON = re.compile(r"^\s*(?:[百千万亿]?元|[%％‰个人辆台次批项，,。；;、)）])")
_CONTENTS = re.compile(r"[.·…．]{3,}\s*\d{1,3}$")
_NO_TEXT = re.compile(r"[\d\s\-—–.,/|第页共()（）]*$")


def owners_in_lines(lines: Iterable[Line], found: Iterable[InLine], in_forms: frozenset[Place]) -> Iterator[Owned]:
    """Rows of figures are nobody's if they are many; what remains is a heading, a page number or a sentence.

    `lines` are all lines of the document, of which `found` hold numbers.
    """
    holding = {id(one.line): one for one in found}
    for is_row, group in groupby(_counted(list(lines)), key=lambda pair: pair[1] > 0):
        block = list(group)
        is_table = is_row and (sum(n for _, n in block) >= MIN_AMOUNTS or any(n > 1 for _, n in block))
        for line, _ in block:
            if one := holding.get(id(line)):
                yield from _of_row(one, in_forms) if is_table else [_of_words(one, in_forms)]


def _counted(lines: Sequence[Line]) -> Iterator[tuple[Line, int]]:
    """Each line with the number of amounts that it prints as a row of a table does."""
    for line, after in zip_longest(lines, lines[1:]):
        has_digits = any(map(str.isdecimal, line.text))
        yield line, _figures(line.text, after.text if after else "") if has_digits else 0


def _figures(text: str, after: str) -> int:
    """How many amounts a line prints as a row of a table does: side by side, or one at its end."""
    if _SIDE_BY_SIDE.search(text):
        return len(re.findall(rf"(?<!\S)(?:{_FIGURE}|{_LARGE})(?!\S)", text))
    alone = _AT_THE_END.search(text) and not _STOPS.search(text) and not _GOES_ON.search(after)
    return 1 if alone else 0


def _of_row(found: InLine, in_forms: frozenset[Place]) -> Iterator[Owned]:
    owner = Owner.FORM if place_of(found.line) in in_forms else Owner.NOBODY
    for number in found.numbers:
        yield Owned(owner if is_amount(number) or len(number.text) > 3 else Owner.CLASS, (number,), 1, found.line)


def _of_words(found: InLine, in_forms: frozenset[Place]) -> Owned:
    text = found.line.text
    if place_of(found.line) in in_forms:
        owner = Owner.FORM
    elif _is_heading(text) and not any(map(is_amount, found.numbers)):
        owner = Owner.CLASS
    else:
        owner = Owner.NARRATIVE
    return Owned(owner, found.numbers, len(found.numbers), found.line)


def _is_heading(text: str) -> bool:
    """A page number, a title, a caption or a line of the contents."""
    return bool(_NO_TEXT.match(text) or _CONTENTS.search(text) or is_caption(text) or squeeze(text).endswith("表"))
