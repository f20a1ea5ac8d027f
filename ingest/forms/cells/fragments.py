"""Texts that a phantom border has cut: the pieces of one cell joined, with a mark where the border stood."""

import re
from functools import lru_cache

from warehouse.kinds.characters import name_of
from warehouse.kinds.form_weights import form_weights

_name = lru_cache(maxsize=32768)(name_of)  # pieces of a form are named by every rule: 50 calls per text
BORDER = "¦"
_LEAST = form_weights().torn.repeated_beginning
_WORDS = re.compile("[\u4e00-\u9fff]+")


def joined(texts: list[str]) -> str:
    """The pieces of one cell with the borders between them; a text printed twice over is the text."""
    kept = texts[:1]
    for text in texts[1:]:
        if begins_again(kept[-1], text):
            kept[-1] = text
        elif _name(text) != _name(kept[-1]):
            kept.append(text)
    return BORDER.join(kept)


def begins_again(head: str, text: str) -> bool:
    """支付进 | 支付进度较慢: the border printed the beginning of the cell once more."""
    begun = _name(head)
    return len(begun) >= _LEAST and _name(text).startswith(begun) and bool(_WORDS.fullmatch(begun))


def whole(text: str) -> str:
    """The text as if there were no borders in it."""
    return text.replace(BORDER, "")


def is_cut(text: str | None) -> bool:
    return BORDER in (text or "")


def overlapped(head: str, tail: str) -> str | None:
    """≥40 and 00人 are ≥400人 if the border printed a character of both; None if they share none."""
    for length in range(min(len(head), len(tail)), 0, -1):
        if head.endswith(tail[:length]):
            return head + tail[length:]
    return None
