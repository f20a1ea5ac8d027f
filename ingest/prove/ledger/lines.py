"""Owners of the numbers outside every table: sentences, titles, captions, page numbers; or figures of a table
that the reader did not see as one."""

import re
from collections.abc import Iterable, Iterator

from ingest.document import PrintedNumber
from ingest.prove.ledger.digits import is_amount, is_dated
from ingest.prove.ledger.owners import Owned, Owner
from ingest.prove.ledger.places import InLine
from ingest.tables.figures_in_lines import FiguresInLines
from ingest.tables.sections import is_caption
from warehouse.kinds.characters import squeeze
from warehouse.records.places import Place

_CONTENTS = re.compile(r"[.·…．]{3,}\s*\d{1,3}$")
_NO_TEXT = re.compile(r"[\d\s\-—–.,/|第页共()（）]*$")


def owners_in_lines(
    found: Iterable[InLine], figures: Iterable[FiguresInLines], in_forms: frozenset[Place]
) -> Iterator[Owned]:
    """Figures below a title are refused by name, others are nobody's; what remains is a heading or a sentence."""
    owners = {id(line): _owner_of(block) for block in figures for line in block.lines}
    for one in found:
        owner = Owner.FORM if one.line.place in in_forms else owners.get(id(one.line))
        if owner is None:
            yield _of_words(one)
        else:
            yield from (Owned(_of_figure(number, owner), (number,), 1, one.line) for number in one.numbers)


def _owner_of(block: FiguresInLines) -> Owner:
    return Owner.DOUBTFUL if block.code else Owner.NOBODY


def _of_figure(number: PrintedNumber, owner: Owner) -> Owner:
    is_ours = owner is Owner.FORM or (not is_dated(number) and (is_amount(number) or len(number.text) > 3))
    return owner if is_ours else Owner.CLASS


def _of_words(found: InLine) -> Owned:
    is_heading = _is_heading(found.line.text) and not any(map(is_amount, found.numbers))
    owner = Owner.CLASS if is_heading else Owner.NARRATIVE
    return Owned(owner, found.numbers, len(found.numbers), found.line)


def _is_heading(text: str) -> bool:
    """A page number, a title, a caption or a line of the contents."""
    return bool(_NO_TEXT.match(text) or _CONTENTS.search(text) or is_caption(text) or squeeze(text).endswith("表"))
