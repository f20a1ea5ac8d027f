"""Received content: decompressed up to a limit; its format is recognised by its bytes, not by its name."""

import zlib
from collections.abc import Iterable, Iterator

from ingest.readers import format_of, labels
from ingest.readers.formats import WEB_PAGE, Ends, Format, NoFormat
from warehouse.base.messages import _

PIECE = 64 * 1024  # bytes decompressed at a time
NO_DOCUMENT = f"is {WEB_PAGE}, no document"
_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


class Unusable(ValueError):
    """Content that is not archived; the message says why."""


class BrokenOff(ValueError):
    """The content ends before its end."""


def format_sent(ends: Ends, said: str = "", with_pages: bool = False) -> Format:
    """The format of content. Raises Unusable, naming the media type that the server `said`."""
    came = _(" (sent as {strip})").format(strip=said.split(";")[0].strip()[:60]) if said else ""
    if not ends.head:
        raise Unusable(_("is empty (0 bytes)"))
    try:
        found = format_of(ends)
    except NoFormat:
        raise Unusable(_("is none of: {labels}{came}").format(labels=labels(), came=came)) from None
    if found.is_page and not with_pages:
        raise Unusable(f"{NO_DOCUMENT}{came}")
    return found


def unpacked(raw: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The decompressed content in pieces of at most PIECE bytes; uncompressed content is passed on unchanged.

    Raises Unusable and BrokenOff. No compression is requested, but some servers compress all the same.
    """
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return iter(raw)
    if encoding not in _WINDOWS:
        raise Unusable(_("came packed as {encoding}, which was not asked for").format(encoding=encoding[:60]))
    return _inflated(raw, _WINDOWS[encoding])


def _inflated(raw: Iterable[bytes], window: int) -> Iterator[bytes]:
    inflater, is_begun = zlib.decompressobj(window), False
    for packed in raw:
        while packed:
            is_begun = True
            if inflater.eof:  # gzip may hold several members
                inflater = zlib.decompressobj(window)
            yield from _pieces(inflater, packed)
            packed = inflater.unused_data
    if is_begun and not inflater.eof:
        raise BrokenOff(_("the packed content ends before its end"))


def _pieces(inflater: "zlib._Decompress", packed: bytes) -> Iterator[bytes]:
    try:
        while piece := inflater.decompress(packed, PIECE):
            yield piece
            packed = inflater.unconsumed_tail
    except zlib.error as error:
        raise Unusable(_("came packed and damaged: {error}").format(error=error)) from None
