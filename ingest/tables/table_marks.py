"""Words around a table that are no title of it: what says that it goes on, or that it is ordered by unit.

The wordings stand in `table_marks.toml`. Texts are squeezed (half width, no blanks).
"""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

_MARKS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_SIGNS = re.compile(_MARKS["continuation"]["signs"])
_WORDS = re.compile(_MARKS["continuation"]["words"])
_CAPTION = re.compile(_MARKS["continuation"]["caption"])
_BEFORE_TITLE = re.compile(_MARKS["continuation"]["before_title"])
_AFTER_TITLE = re.compile(_MARKS["continuation"]["after_title"])
_RUNNING_HEAD = re.compile(_MARKS["running_head"]["line"])
_BY_UNIT = re.compile(_MARKS["by_unit"]["title"])
_UNIT_HEADING = re.compile(_MARKS["by_unit"]["heading"])
_SUBJECT_HEADING = re.compile(_MARKS["by_unit"]["subject"])


@lru_cache(maxsize=4096)
def says_it_continues(text: str) -> bool:
    """续表, （续上表）, 续公开05表, 接上页; also with a caption behind it."""
    if "续" not in text and "接" not in text and "转" not in text:
        return False
    words = _SIGNS.sub("", _CAPTION.split(text, maxsplit=1)[0])
    return any(mark in words for mark in "续接转") and bool(_WORDS.fullmatch(words))


def without_continuation(title: str) -> str:
    """支出决算表（续1） → 支出决算表."""
    if "续" not in title and "接" not in title:
        return title
    return _AFTER_TITLE.sub("", _BEFORE_TITLE.sub("", title))


def is_running_head(text: str) -> bool:
    return text.endswith("表") and bool(_RUNNING_HEAD.search(text))


def is_by_unit(title: str) -> bool:
    return bool(_BY_UNIT.search(title))


def names_a_unit(heading: str) -> bool:
    return bool(_UNIT_HEADING.search(heading))


def names_a_subject(heading: str) -> bool:
    return bool(_SUBJECT_HEADING.search(heading))
