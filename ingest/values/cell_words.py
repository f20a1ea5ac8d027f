"""Words that stand in an amount cell in place of a number. The wordings stand in `cell_words.toml`."""

import tomllib
from pathlib import Path

_WORDS = {
    kind: frozenset(words)
    for kind, words in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).items()
}
_MEANT = _WORDS["none"] | _WORDS["unsaid"]


def says_none(squeezed: str) -> bool:
    """无, 零: there is no amount."""
    return squeezed in _WORDS["none"]


def stands_for_amount(squeezed: str) -> bool:
    """无, 略, N/A: what is printed where a number is expected."""
    return squeezed.lower() in _MEANT


def is_empty(text: str) -> bool:
    """nan, None: what a program writes for a cell without a value."""
    return len(text) < 5 and text.isascii() and text.lower() in _WORDS["empty"]
