"""Whose accounts a document sums, and what it says of institutions: each wording, and a near miss."""

from pathlib import Path

import pytest

from ingest.about.composition import composition
from ingest.document import Document
from ingest.readers.plain_text.read import read_text
from warehouse.kinds.names import FINAL_ACCOUNTS
from warehouse.records.reading import Profile, Scope

ABOUT = Profile("示范市粮食局", None, 2024, FINAL_ACCOUNTS, Scope.DEPARTMENT)


def document(*lines: str) -> Document:
    text = "\n\n".join(("第一部分 示范市粮食局概况", *lines, "第二部分 2024年度部门决算表"))
    return read_text(Path("made.txt"), text.encode())


def read(*lines: str):
    return composition(document(*lines), ABOUT, None)


def units(*lines: str) -> list[str]:
    return [unit.unit for unit in read(*lines).units]


def doubts(*lines: str) -> list[str]:
    return [doubt.what.value for doubt in read(*lines).doubts]


LIST = ("1. 示范市粮食局本级。", "2. 示范市粮食质量检测中心。")
BOTH = ["示范市粮食局本级", "示范市粮食质量检测中心"]


@pytest.mark.parametrize(
    "lines",
    [
        ("纳入本部门2024年度部门决算编制范围的单位共2个，具体是：", *LIST),
        ("纳入本部门决算编报范围的单位共二个。其中二级预算单位包括：", *LIST),
        ("纳入本部门决算汇编范围的单位包括：示范市粮食局本级、示范市粮食质量检测中心。",),
        ("纳入部门决算编制范围的单位包括示范市粮食局本级和示范市粮食质量检测中心。",),
        ("纳入部门决算编制范围的单位如下表：", "序号\t单位名称\n1\t示范市粮食局本级\n2\t示范市粮食质量检测中心"),
        ("部门决算包括：示范市粮食局本级决算、示范市粮食质量检测中心决算。",),
    ],
)
def test_units_are_read(lines):
    assert units(*lines) == BOTH
    assert doubts(*lines) == []
