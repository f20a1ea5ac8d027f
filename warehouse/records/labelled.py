"""Enums whose members carry the Chinese words by which people are shown them."""

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """`PRESENT = "present", "有数"`: the value is stored, the label is shown."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:  # a call with a value alone looks a member up
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
