"""Words printed in an amount cell instead of a number, as `warehouse/kinds/common/cells.toml` declares them."""

from warehouse.kinds.wordings import cell_words

_WORDS = cell_words()
_MEANT = _WORDS.none | _WORDS.unsaid


def says_none(squeezed: str) -> bool:
    """Whether the words say that there is no amount: 无, 零."""
    return squeezed in _WORDS.none


def stands_for_amount(squeezed: str) -> bool:
    """Whether the words are printed where a number is expected: 无, 略, N/A."""
    return squeezed.lower() in _MEANT


def is_empty(text: str) -> bool:
    """Whether the text is what a program writes for an empty cell: nan, None."""
    return len(text) < 5 and text.isascii() and text.lower() in _WORDS.empty
