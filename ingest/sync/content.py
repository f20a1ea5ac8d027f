"""What came over the line: unpacked within bounds, and told apart by its bytes, never by its name."""

import zlib
from collections.abc import Iterable, Iterator

PDF, TEXT = "application/pdf", "text/plain"
PIECE = 64 * 1024  # bytes unpacked at a time
_PDF_WITHIN = 1024  # bytes; ISO 32000 lets rubbish stand before %PDF-
_PAGES = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<!--", b"<?xml")
_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


class Unusable(ValueError):
    """Why content is not taken."""


class BrokenOff(ValueError):
    """The content ends before its end."""


def media_type(head: bytes, said: str = "") -> str:
    """PDF or TEXT, from the first bytes. Raises Unusable, with the type its server `said`."""
    came = f" (sent as {said.split(';')[0].strip()[:60]})" if said else ""
    if not head:
        raise Unusable("is empty (0 bytes)")
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return PDF
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:100].lower().startswith(_PAGES):
        raise Unusable(f"is a web page, no document{came}")
    if any(byte < 9 or 13 < byte < 27 for byte in head[:4096]):
        raise Unusable(f"is neither PDF nor text{came}")
    return TEXT


def unpacked(raw: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The content in pieces of at most PIECE bytes, or as they came where nothing was packed.

    Raises Unusable and BrokenOff. Nothing packed was asked for, yet some servers send it.
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


def _pieces(inflater, packed: bytes) -> Iterator[bytes]:
    try:
        while piece := inflater.decompress(packed, PIECE):
            yield piece
            packed = inflater.unconsumed_tail
    except zlib.error as error:
        raise Unusable(f"came packed and damaged: {error}") from None
