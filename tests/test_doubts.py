"""Every kind of doubt is declared once, used by a reader, a check or a load, and explained in docs/doubts.md."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from warehouse.records.doubts import DoubtKind
from warehouse.records.reading import Doubt

ROOT = Path(__file__).parents[1]
LISTED = re.compile(r"^\| `(\w+)` \| (.+) \|$", re.M)


def nodes() -> Iterator[ast.AST]:
    """The syntax tree nodes of all modules that read or load."""
    for path in sorted([*(ROOT / "ingest").rglob("*.py"), *(ROOT / "warehouse" / "load").rglob("*.py")]):
        yield from ast.walk(ast.parse(path.read_text("utf-8")))


@cache
def members_and_texts() -> tuple[frozenset[str], frozenset[object]]:
    """The members of DoubtKind that these modules name, and the constants in them."""
    members, texts = set(), set()
    for node in nodes():
        if is_member(node):
            members.add(node.attr)
        elif isinstance(node, ast.Constant):
            texts.add(node.value)
    return frozenset(members), frozenset(texts)


def is_member(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "DoubtKind"


def test_every_kind_of_doubt_is_used():
    of_a_kind_of_document = {DoubtKind.TABLE_OF_BUDGET.name}  # by the name of the kind
    members = members_and_texts()[0] - {"__members__"}
    of_a_view = {DoubtKind.SUCCESSION_DIFFERS.name}  # mart.doubt: it depends on the list that is loaded
    assert members | of_a_kind_of_document | of_a_view == {kind.name for kind in DoubtKind}


def test_no_kind_of_doubt_is_written_as_a_text():
    assert members_and_texts()[1] & {kind.value for kind in DoubtKind} == set()


def test_the_document_explains_every_kind_of_doubt():
    listed = LISTED.findall((ROOT / "docs" / "doubts.md").read_text("utf-8"))
    assert listed == [(kind.value, kind.label) for kind in DoubtKind]


def test_a_doubt_is_of_a_kind_that_is_declared():
    assert Doubt("table_unknown", "原因").what is DoubtKind.TABLE_UNKNOWN
    with pytest.raises(ValueError, match="table_unkown"):
        Doubt("table_unkown", "原因")
