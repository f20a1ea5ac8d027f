"""Whether two printed names are those of one body, as far as the names can tell."""

import re

from warehouse.kinds.characters import comparable
from warehouse.kinds.places import may_be_one_place, place_of
from warehouse.kinds.wordings import body_words

_REMARK = re.compile(r"\([^()]*\)")  # 甲市财政局(本级)


def is_same_body(one: str, other: str) -> bool:
    """The same name, where a place in front of it may stand in one of the two only, and brackets say nothing.

    A unit is not its department: 审计局 and 审计局审计中心 are two bodies. So are 甲市审计局 and 乙市审计局.
    """
    shorter, longer = sorted((bare_name(one), bare_name(other)), key=len)
    if not shorter or not longer.endswith(shorter):
        return False
    before = longer.removesuffix(shorter)
    return not before or (before.endswith(body_words().place_endings) and _agree(shorter, longer))


def bare_name(name: str) -> str:
    """A name as it is compared: without remarks in brackets, blanks and different forms of one character."""
    return _REMARK.sub("", comparable(name))


def _agree(shorter: str, longer: str) -> bool:
    """丙省|乙市财政局 but not 丁省|乙市财政局: the places that both begin with contain each other."""
    return may_be_one_place(place_of(shorter, longer).code, place_of(longer, longer).code)
