"""The declared wordings of the narrative: a fault in them is reported when they are loaded."""

import re
import shutil

import pytest

from ingest.narrative import read_narrative
from ingest.narrative.figures import read_figures
from ingest.narrative.patterns import patterns_of, read_patterns
from ingest.narrative.template import compile_template
from ingest.narrative.words import WordsDeclared, language_of
from tests.ingest.made_documents import document
from tests.kinds import ACCOUNTS
from warehouse.kinds.declared import DeclarationError, read_declaration
from warehouse.kinds.kind import read_kind

NARRATIVE = ACCOUNTS.folder / "narrative"
LANGUAGE = language_of(read_declaration(NARRATIVE / "words.toml", WordsDeclared))


def compiled(source):
    return compile_template(source, LANGUAGE)


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
def test_a_gap_in_a_template_ends_where_another_statement_begins(template, text):
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
        (FIGURE, "section: field required"),
        ('section = "x"\n', "figure: field required"),
        ('section = "x"\ncolour = 1\n' + FIGURE, "colour: extra inputs are not permitted"),
        ('section = "x"\n' + FIGURE + "colour = 1\n", "figure.0.colour: extra inputs are not permitted"),
        ('section = "x"\n' + FIGURE.replace('["采购{total:万元}"]', "[]"), "figure.0.texts: "),
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
    folder = shutil.copytree(NARRATIVE, tmp_path / "patterns")
    (folder / "x.toml").write_text(section, "utf-8")
    with pytest.raises(DeclarationError) as error:
        read_patterns(folder)
    assert "x.toml" in str(error.value) and fault in str(error.value)


OTHER = """
[other]
parts = ["附表"]
glossary = ["名词解释"]
tables = ["表"]
ends_surely = ["说明"]
ends_perhaps = ["说明"]
"""


@pytest.mark.parametrize(
    ("headings", "fault"),
    [
        ("", "heading: field required"),
        (OTHER, "heading: field required"),
        ('[[heading]]\nsections = ["y"]\nsays = ["z"]\n' + OTHER, "no section y"),
        ('[[heading]]\nsections = ["fund"]\nsays = ["z]"]\n' + OTHER, "] without its opening mark"),
    ],
)
def test_faulty_headings_are_named(tmp_path, headings, fault):
    folder = shutil.copytree(NARRATIVE, tmp_path / "patterns")
    (folder / "headings.toml").write_text(headings, "utf-8")
    with pytest.raises(DeclarationError, match=rf"^headings\.toml: .*{re.escape(fault)}"):
        read_patterns(folder)


SOUND_FIGURES = """
[subjects]
tables = ["GK03"]
[[kind]]
name = "structure"
of_fund = "structure"
measures = ["amount", "share_pct"]
[[ratio]]
part = ["amount"]
base = ["amount"]
per_cent = ["share_pct"]
says = "占比"
"""


def test_sound_figures_load(tmp_path):
    (tmp_path / "figures.toml").write_text(SOUND_FIGURES, "utf-8")
    figures = read_figures(tmp_path / "figures.toml")
    assert figures.has("structure", "amount") and not figures.has("structure", "score")
    assert not figures.kinds["structure"].is_stated_once and figures.ratios[0].says == "占比"


@pytest.mark.parametrize(
    ("sound", "faulty", "fault"),
    [
        ('measures = ["amount", "share_pct"]', "measures = []", "kind.0.measures: "),
        ('name = "structure"', 'names = "structure"', "kind.0.name: field required"),
        (
            "[[ratio]]",
            '[[kind]]\nname = "structure"\nmeasures = ["amount"]\n[[ratio]]',
            "kind structure is declared twice",
        ),
        ('of_fund = "structure"', 'of_fund = "fund"', "of_fund of structure names fund, which is no kind"),
        ('base = ["amount"]', 'base = ["final"]', "ratio names final, which is no measure of any kind"),
        ('tables = ["GK03"]', 'tables = ["GK03"]\nfund = ["GK07"]', "subjects names GK07, which is none of its tables"),
    ],
)
def test_a_faulty_kind_of_figure_is_named(tmp_path, sound, faulty, fault):
    assert sound in SOUND_FIGURES
    (tmp_path / "figures.toml").write_text(SOUND_FIGURES.replace(sound, faulty, 1), "utf-8")
    with pytest.raises(DeclarationError, match=rf"^figures\.toml: {re.escape(fault)}"):
        read_figures(tmp_path / "figures.toml")


def test_a_table_that_the_kind_does_not_have_gives_no_codes(tmp_path):
    folder = shutil.copytree(ACCOUNTS.folder, tmp_path / "kind")
    figures = folder / "narrative" / "figures.toml"
    figures.write_text(figures.read_text("utf-8").replace('tables = ["GK03"', 'tables = ["GK99"'), "utf-8")
    with pytest.raises(DeclarationError, match=r"^figures\.toml: subjects names GK"):
        patterns_of(read_kind(folder))


def test_a_kind_without_a_narrative_states_nothing(tmp_path):
    folder = shutil.copytree(ACCOUNTS.folder, tmp_path / "kind", ignore=shutil.ignore_patterns("narrative"))
    said = document("三、收入决算情况说明", "收入合计为12.50万元。")
    assert read_narrative(ACCOUNTS, said)[0]
    assert read_narrative(read_kind(folder), said) == ((), ())


def test_no_template_contains_the_name_of_a_place():
    for path in NARRATIVE.glob("*.toml"):
        templates = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
        assert not [line for line in templates if "市" in line or "县" in line or "区" in line], path.name
