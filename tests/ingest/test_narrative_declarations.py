"""The wordings are declarations: a fault in them is named when they load, not when they fail to match."""

import shutil

import pytest

from ingest.narrative.patterns import read_patterns
from ingest.narrative.template import compile_template, slot_types
from tests.kinds import ACCOUNTS
from warehouse.kinds.declared import DeclarationError

TYPES = slot_types("增加|增长", "减少|下降")


def compiled(source, **words):
    return compile_template(source, words, TYPES)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("收入合计[为|是]{amount:万元}", "收入合计为12.50万元"),
        ("收入合计[为|是]{amount:万元}", "收入合计12.50元"),
        ("<收|支>总计{current:万元}", "支总计3亿元"),
        ("因公出国（境）费", "因公出国(境)费"),
        ("完成~{completion_pct:%}", "完成年初预算的100%"),
        ("比上年{change:±万元}", "比上年减少了3万元"),
        ("下称{change_pct:±%}", "下称下降(增长)5.1%"),
    ],
)
def test_a_template_matches(template, text):
    assert compiled(template).regex.fullmatch(text)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("完成~{completion_pct:%}", "完成。预算的100%"),
        ("完成~{completion_pct:%}", "完成2023年预算的100%"),
        ("决算~{final:万元}", "决算原因是增加5万元"),
        ("收入{amount:万元}", "收入12.50"),
    ],
)
def test_a_gap_ends_where_another_statement_begins(template, text):
    assert not compiled(template).regex.search(text)


@pytest.mark.parametrize(
    "template",
    ["收入[合计", "收入合计]", "<收|支", "{amount:吨}", "{amount}", "{amount:万元", "<nowhere_declared>合计"],
)
def test_a_faulty_template_is_named(template):
    with pytest.raises(DeclarationError) as error:
        compiled(template)
    assert template in str(error.value)


FIGURE = '[[figure]]\nkind = "procurement"\nsubject = "all"\ntexts = ["采购{total:万元}"]\n'


@pytest.mark.parametrize(
    ("section", "fault"),
    [
        (FIGURE, "section is missing"),
        ('section = "x"\n', "figure is missing"),
        ('section = "x"\ncolour = 1\n' + FIGURE, "unknown key colour in section"),
        ('section = "x"\n' + FIGURE.replace("procurement", "purchases"), "'purchases' is no kind"),
        ('section = "x"\n' + FIGURE.replace("total", "sum"), "sum is no measure of procurement"),
        ('section = "x"\n' + FIGURE.replace('subject = "all"', ""), "neither subject nor topics"),
        ('section = "x"\n' + FIGURE.replace('subject = "all"', 'topics = ["nobody"]'), "topic nobody"),
        ('section = "x"\n' + FIGURE + '[[also]]\nof = "a b"\ngives = "c d e"\n', "no kind, subject and measure"),
        ('section = "x"\n' + FIGURE.replace("采购", "采购["), "] is missing"),
        ('section = "x', "x.toml"),
    ],
)
def test_a_faulty_file_is_named_with_its_fault(tmp_path, section, fault):
    folder = shutil.copytree(ACCOUNTS.folder / "narrative", tmp_path / "patterns")
    (folder / "x.toml").write_text(section, "utf-8")
    with pytest.raises(DeclarationError) as error:
        read_patterns(folder)
    assert "x.toml" in str(error.value) and fault in str(error.value)


@pytest.mark.parametrize(
    ("headings", "fault"),
    [("", "declares no heading"), ('[[heading]]\nsections = ["y"]\nsays = ["z"]', "no section y")],
)
def test_faulty_headings_are_named(tmp_path, headings, fault):
    folder = shutil.copytree(ACCOUNTS.folder / "narrative", tmp_path / "patterns")
    (folder / "headings.toml").write_text(headings, "utf-8")
    with pytest.raises(DeclarationError, match=fault):
        read_patterns(folder)


def test_no_declaration_names_a_place():
    for path in (ACCOUNTS.folder / "narrative").glob("*.toml"):
        templates = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
        assert not [line for line in templates if "市" in line or "县" in line or "区" in line], path.name
