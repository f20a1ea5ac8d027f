"""Received content: decompressed up to a limit; its format is recognised by its bytes, not by its name."""

import zlib
from collections.abc import Iterable, Iterator

from ingest.readers import format_of, labels
from ingest.readers.formats import WEB_PAGE, Format, NoFormat

PIECE = 64 * 1024  # bytes decompressed at a time
_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


class Unusable(ValueError):
    """Content that is not archived; the message says why."""


class BrokenOff(ValueError):
    """The content ends before its end."""


def format_sent(head: bytes, said: str = "") -> Format:
    """The format of content by its first bytes. Raises Unusable, naming the media type that the server `said`."""
    came = f" (sent as {said.split(';')[0].strip()[:60]})" if said else ""
    if not head:
        raise Unusable("is empty (0 bytes)")
    try:
        return format_of(head)
    except NoFormat as other:
        what = "a web page, no document" if str(other) == WEB_PAGE else f"neither {labels()}"
        raise Unusable(f"is {what}{came}") from None


def unpacked(raw: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The decompressed content in pieces of at most PIECE bytes; uncompressed content is passed on unchanged.

    Raises Unusable and BrokenOff. No compression is requested, but some servers compress all the same.
    """
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return iter(raw)
    if encoding not in _WINDOWS:
        raise Unusable(f"came packed as {encoding[:60]}, which was not asked for")
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
        raise BrokenOff("the packed content ends before its end")


def _pieces(inflater: "zlib._Decompress", packed: bytes) -> Iterator[bytes]:
    try:
        while piece := inflater.decompress(packed, PIECE):
            yield piece
            packed = inflater.unconsumed_tail
    except zlib.error as error:
        raise Unusable(f"came packed and damaged: {error}") from None
