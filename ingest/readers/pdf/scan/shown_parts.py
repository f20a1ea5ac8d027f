"""What strangers see of a page that is a picture: what was recognised on it and names no person, and nothing else.

Where the text is not known, it may be a name: handwriting, what no model read, a page that was never recognised.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import pairwise
from typing import NamedTuple

from PIL import Image

from ingest.document import Line, RawTable
from ingest.readers.crops import Shown, shown_rows
from ingest.readers.pdf.marks import NOT_KNOWN, painted, placed
from ingest.readers.pdf.placed_cells import cells_of
from ingest.readers.pdf.scan.pictures import PageRead
from warehouse.kinds.characters import UNREAD
from warehouse.kinds.form_declarations import wordings
from warehouse.records.places import Box

AROUND_SHOWN, AROUND_HIDDEN = 1.5, 2.5  # points
SOMEONE = "王某"  # stands for what is written behind a label
_TELEPHONE = re.compile(r"(?<!\d)(?:1[3-9]\d{8,10}|0\d{2,3}[-—－ ]?\d{6,9}|\d{3,4}[-—－]\d{6,9})(?!\d)")
_WHOLE = "13800000000"
_DIGITS = str.maketrans("OoQDlI|ZSB", "0000111258")  # what a model reads in place of a digit


class Parts(NamedTuple):
    """Boxes on the page as it is seen."""

    shown: tuple[Box, ...]
    hidden: tuple[Box, ...]


def only_recognised(picture: Image.Image, read: PageRead | None, shown: Shown, top: float, scale: float) -> Image.Image:
    """The grey picture of a page, or of a band that begins `top` points below its upper edge, as strangers see it."""
    seen = Image.new("L", picture.size, NOT_KNOWN)
    parts = parts_of(read, shown) if read else Parts((), ())
    for box in parts.shown:
        edges = placed(box, top, scale, AROUND_SHOWN)
        seen.paste(picture.crop(edges), edges)
    return painted(seen, parts.hidden, top, scale, AROUND_HIDDEN)


def parts_of(read: PageRead, shown: Shown) -> Parts:
    """A cell of which a line was not read is in neither."""
    told = [(read.laid.as_seen(box), is_shown) for block in read.blocks for box, is_shown in _told(block, shown)]
    lines = [block for block in read.blocks if isinstance(block, Line)]
    split = [read.laid.as_seen(line.place.box) for line in _split(lines, shown) if line.place.box]
    return Parts(
        tuple(box for box, is_shown in told if is_shown), (*(box for box, is_shown in told if not is_shown), *split)
    )


def _told(block: Line | RawTable, shown: Shown) -> Iterator[tuple[Box, bool]]:
    """Boxes of the page as it was laid, and whether strangers see them."""
    if isinstance(block, RawTable):
        texts = [[_as_meant(" ".join(text.split())) for text in row.texts()] for row in block.rows]
        filled = [[text or SOMEONE for text in cells] for cells in texts]
        rows = zip(cells_of(block.rows), texts, filled, shown_rows(filled, shown), strict=True)
        for (_, boxes), *cells in rows:
            yield from _cells(boxes, *cells)
    elif block.place.box:
        yield block.place.box, not _names_someone(block.text.split(), shown)


def _cells(
    boxes: Sequence[Box | None], texts: Sequence[str], filled: Sequence[str], seen: Sequence[str]
) -> Iterator[tuple[Box, bool]]:
    """A blank cell behind or below the label of a person counts as what stands in it: its ink may be too faint."""
    for box, text, filler, instead in zip(boxes, texts, filled, seen, strict=True):
        is_hidden = filler != instead or _is_labelled(text)
        if box and (is_hidden or UNREAD not in text):
            yield box, not is_hidden


def _names_someone(words: Sequence[str], shown: Shown) -> bool:
    """Whether a line names a person or telephone, or has a label for one: what is written there need not be read."""
    texts = [_as_meant(word) for word in words]
    is_label = any(list(shown([text, SOMEONE]))[1] != SOMEONE for text in texts)
    return is_label or list(shown(texts)) != texts or any(map(_is_labelled, [*texts, "".join(texts)]))


def _split(lines: Sequence[Line], shown: Shown) -> Iterator[Line]:
    """Lines of which each alone names nobody, and that do when the next goes on with them."""
    for line, following in pairwise(lines):
        texts = [_as_meant("".join(one.text.split())) for one in (line, following)]
        if "".join(shown(["".join(texts)])) != "".join("".join(shown([text])) for text in texts):
            yield from (line, following)


def _as_meant(text: str) -> str:
    """The text with labels of persons in place of what differs from one by a single character, and telephone numbers
    of which a digit may be misread or missing as whole ones."""
    for pattern, role in _near_labels():
        text = pattern.sub(partial(_role, instead=role), text)
    digits = text.translate(_DIGITS)
    return _TELEPHONE.sub(_WHOLE, digits) if _TELEPHONE.search(digits) else text


def _is_labelled(text: str) -> bool:
    return bool(_labelled().search(text))


def _role(found: re.Match[str], instead: str) -> str:
    return found[0] if found[0] in _roles() else instead


def _roles() -> tuple[str, ...]:
    return tuple(wordings().contacts.roles)


@cache  # compiled once per process
def _labelled() -> re.Pattern[str]:
    """A label with a colon, behind which someone is named."""
    words = wordings().contacts
    return re.compile(rf"(?:{'|'.join(words.roles)})(?:[(（]?(?:{'|'.join(words.signed)})[)）]?)?\s*[:：]")


@cache  # compiled once per process
def _near_labels() -> tuple[tuple[re.Pattern[str], str], ...]:
    """A label of two characters is known by its colon only."""
    return tuple(
        (
            re.compile(
                re.escape(role[:n]) + r"[^\s:：]" + re.escape(role[n + 1 :]) + ("" if len(role) > 2 else "(?=[:：])")
            ),
            role,
        )
        for role in _roles()
        for n in range(len(role))
    )
