"""Words around a table that are no title of it: what says that it goes on, or that it is ordered by unit.

The wordings stand in `warehouse/kinds/common`. Texts are squeezed (half width, no blanks).
"""

from warehouse.kinds.naming import titles_of_any
from warehouse.kinds.wordings import table_words

_WORDS = table_words()


def says_it_continues(text: str) -> bool:
    """续表, （续上表）, 续公开05表, 接上页; also with a caption behind it."""
    if "续" not in text and "接" not in text and "转" not in text:
        return False
    words = _WORDS.continued_signs.sub("", _WORDS.continued_caption.split(text, maxsplit=1)[0])
    return any(mark in words for mark in "续接转") and bool(_WORDS.continued_words.fullmatch(words))


def without_continuation(title: str) -> str:
    """支出决算表（续1） → 支出决算表."""
    if "续" not in title and "接" not in title:
        return title
    return _WORDS.continued_behind.sub("", _WORDS.continued_before.sub("", title))


def is_running_head(text: str) -> bool:
    return text.endswith("表") and bool(titles_of_any().running_head.search(text))


def is_by_unit(title: str) -> bool:
    return bool(_WORDS.by_unit.search(title))


def names_a_unit(heading: str) -> bool:
    return bool(_WORDS.unit_heading.search(heading))


def names_a_subject(heading: str) -> bool:
    return bool(_WORDS.subject_heading.search(heading))
