"""The text of a page in the encoding that its bytes are in, not only in the one that it names."""

import codecs
import re

from ingest import errors

_NAMED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.I)
_DECLARED = re.compile(rb"""^<\?xml[^>]+encoding\s*=\s*["']([\w-]+)""")
_HEAD = 8192  # bytes in which a page names its encoding
# A page that names gb2312 or gbk holds characters of gb18030 too; what is named latin is often something else.
_GB = frozenset({"gb2312", "gbk", "gb18030", "hz-gb-2312", "x-gbk", "gb_2312-80", "chinese"})
_OTHERS = {"utf-8": "utf-8", "utf8": "utf-8", "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "utf-16": "utf-16"}
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode_page(data: bytes, name: str) -> str:
    """Raises UnknownEncoding with the position of the first byte that does not fit.

    UTF-8 comes first, whatever is named: hardly any text in another encoding is UTF-8 by chance.
    """
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    encodings = [marked] if marked else [*dict.fromkeys(["utf-8", *_named(data[:_HEAD]), "gb18030"])]
    position = 0
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            position = position or error.start
    raise errors.UnknownEncoding(name, position=position)


def _named(head: bytes) -> list[str]:
    found = _DECLARED.search(head) or _NAMED.search(head)
    if not found:
        return []
    name = found[1].decode("ascii", "replace").lower()
    return ["gb18030"] if name in _GB else [_OTHERS[name]] if name in _OTHERS else []
