"""Bytes of a text → characters: UTF-8, UTF-16 with or without a byte order mark, or GB18030."""

import re

from ingest import errors
from ingest.readers.formats import HEAD

_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
_LEAST_UNITS = 4
_USUAL = re.compile("[\t\r\n\x20-\x7e\u2000-\u206f\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_MOSTLY = 0.95  # of the characters of a text are usual ones; of binary data, or of the wrong order, about a third


def decode(data: bytes, name: str) -> str:
    """The text of the bytes. Raises UnknownEncoding with the position of the first bad byte."""
    encoding = utf_16_of(data[:HEAD])
    try:
        return data.decode(encoding or "utf-8-sig")
    except UnicodeDecodeError as other:
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            raise errors.UnknownEncoding(name, position=other.start) from other


def utf_16_of(head: bytes) -> str | None:
    """Which UTF-16 a file that begins with these bytes is written in; None if in none.

    Without a byte order mark it is told by its characters. Digits and line ends have a zero byte in UTF-16, and a
    text in another encoding has none.
    """
    if head.startswith(_ORDER_MARKS):
        return "utf-16"
    if b"\x00" not in head:
        return None
    return next((order for order in ("utf-16-le", "utf-16-be") if _is_text(head.decode(order, "ignore"))), None)


def _is_text(text: str) -> bool:
    return len(text) >= _LEAST_UNITS and len(_USUAL.findall(text)) >= _MOSTLY * len(text)
