"""Words that stand in an amount cell in place of a number, as `warehouse/kinds/common/cells.toml` declares them."""

from warehouse.kinds.wordings import cell_words

_WORDS = cell_words()
_MEANT = _WORDS.none | _WORDS.unsaid


def says_none(squeezed: str) -> bool:
    """无, 零: there is no amount."""
    return squeezed in _WORDS.none


def stands_for_amount(squeezed: str) -> bool:
    """无, 略, N/A: what is printed where a number is expected."""
    return squeezed.lower() in _MEANT


def is_empty(text: str) -> bool:
    """nan, None: what a program writes for a cell without a value."""
    return len(text) < 5 and text.isascii() and text.lower() in _WORDS.empty
