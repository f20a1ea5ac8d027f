"""The common declarations of wordings: each file is valid, and a faulty file is refused with the fault."""

from pathlib import Path

import pytest

from ingest.tables.headings import column_paths
from ingest.values import codes
from tests.ingest.made_documents import row
from tests.kinds import ACCOUNTS, BUDGET, KINDS
from warehouse.kinds import wordings
from warehouse.kinds.declared import DeclarationError
from warehouse.kinds.naming import kind_named, names_a_kind
from warehouse.kinds.wordings import FOLDER, CellWords, TitleWords, read_wordings, title_words

READERS = [
    wordings.body_words,
    wordings.cell_words,
    wordings.classifications,
    wordings.document_words,
    wordings.table_words,
]
CELLS = 'none = ["无"]\nunsaid = ["略"]\nempty = ["nan"]\n'


def wrong(folder: Path, text: str, model: type = CellWords) -> str:
    """The message about a file with this text."""
    path = folder / "made.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(DeclarationError) as caught:
        read_wordings(path, model)
    return str(caught.value)


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
def test_every_file_is_valid(read):
    read.cache_clear()
    assert read()


def test_an_unknown_or_missing_key_is_refused(tmp_path):
    assert wrong(tmp_path, CELLS + 'other = ["空"]\n').startswith("made.toml: other")
    assert wrong(tmp_path, 'none = ["无"]\nunsaid = ["略"]\n').startswith("made.toml: empty")


def test_an_invalid_regular_expression_is_refused(tmp_path):
    text = (FOLDER / "titles.toml").read_text("utf-8").replace("ends_in_kind = '(?:", "ends_in_kind = '(?:(")
    path = tmp_path / "titles.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(DeclarationError, match=r"^titles\.toml: ends_in_kind"):
        read_wordings(path, TitleWords, {"kinds": "决算"})


def test_an_undeclared_or_recursive_part_is_refused(tmp_path):
    assert wrong(tmp_path, CELLS.replace("略", "<<gone>>")) == "made.toml: <<gone>> is none of no parts"
    parts = '[parts]\na = "x<<b>>"\nb = "<<a>>"\n'
    assert wrong(tmp_path, CELLS.replace("略", "<<a>>") + parts) == "made.toml: <<a>> refers to itself"


def test_parts_are_put_together(tmp_path):
    path = tmp_path / "made.toml"
    path.write_text(CELLS.replace("略", "<<a>>") + '[parts]\na = "另<<b>>"\nb = "见"\n', "utf-8")
    assert read_wordings(path, CellWords).unsaid == {"另见"}


def test_the_longest_word_of_a_kind_is_looked_for_first():
    said = title_words(("决算", "决算草案")).ends_in_kind
    assert said.search("部门决算草案")[0] == "决算草案"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("2025年部门预算表", BUDGET),
        ("一般公共预算财政拨款支出决算表", ACCOUNTS),
        ("一般公共预算财政拨款支出表", None),
        ("2024年度部门决算和2025年部门预算", None),
        ("上年决算数", None),
    ],
)
def test_a_text_names_one_kind_or_none(text, named):
    assert kind_named(text, KINDS) is named


def test_a_phrase_with_the_word_of_a_kind_names_none():
    assert names_a_kind("部门预算表") and not names_a_kind("一般公共预算支出表")


def test_the_year_of_a_table_is_that_of_the_columns_of_its_kind():
    header = [row("科目", "2025年决算数", "2026年预算数")]
    assert column_paths(header, 3, False, ACCOUNTS.named.words) == [("科目",), ("决算数",), ("下年预算数",)]
    assert column_paths(header, 3, False, BUDGET.named.words) == [("科目",), ("上年决算数",), ("预算数",)]


def test_the_deepest_level_of_each_classification():
    assert codes.is_item("2080501", "functional_code") and codes.is_item("30101", "economic_code")
    assert not codes.is_item("20805", "functional_code") and not codes.is_item("3010101", "economic_code")
