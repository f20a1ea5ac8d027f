"""Specs: those of the project are sound, and a wrong one says what is wrong when it loads."""

import pytest

from ingest.errors import DeclarationError
from ingest.tables import specs
from ingest.tables.shapes import SHAPES

SOUND = """
code = "GK99"
name = "试用表"
titles = ["试用决算表"]
shape = "keyed_rows"
key = "functional_code"
row_identity = "total = basic + project"
[[measures]]
name = "total"
headers = ["合计"]
[[measures]]
name = "basic"
headers = ["基本支出", "本年支出/基本"]
[[measures]]
name = "project"
headers = ["项目支出"]
"""


def load(text, folder, name="GK99.toml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return specs._load(path)


def test_every_shape_has_a_parser_and_the_other_way_round():
    assert specs.SHAPES.keys() == SHAPES.keys()


def test_the_standard_tables():
    assert [one.code for one in specs.load_specs()] == [f"GK{number:02}" for number in range(1, 11)]


@pytest.mark.parametrize("one", specs.load_specs(), ids=lambda one: one.code)
def test_a_spec_knows_its_own_name_as_a_title(one):
    assert specs.heading(one.name) in one.titles


@pytest.mark.parametrize(
    ("code", "measures"),
    [
        ("GK01", ("final",)),
        ("GK03", ("total", "basic", "project", "remitted_to_superior", "operating", "subsidy_to_subordinates")),
        ("GK04", ("amount", "total", "general_public_budget", "government_fund", "state_capital")),
        ("GK05", ("total", "basic", "project")),
        ("GK07", ("opening_balance", "income", "total", "basic", "project", "closing_balance")),
    ],
)
def test_measures_in_the_order_of_the_form(code, measures):
    assert specs.spec_of(code).measure_names == measures


def test_budget_and_final_of_every_item_are_the_measures_of_the_three_public():
    names = specs.spec_of("GK09").measure_names
    assert len(names) == 12 and names[0] == "budget_total" and names[-1] == "final_reception"


def test_a_sound_spec_loads(tmp_path):
    loaded = load(SOUND, tmp_path)
    assert loaded.row_identity == specs.Identity("total", ("basic", "project"))
    assert loaded.measures[1].headers == {"基本支出", "本年支出/基本"}


FAULTS = {
    'code = "GK99"': ("", "code is missing"),
    'name = "试用表"': ("", "name is missing"),
    'titles = ["试用决算表"]': ("", "titles is missing"),
    'shape = "keyed_rows"': ('shape = "keyed"', "shape 'keyed' is none of keyed_rows, "),
    'key = "functional_code"': ("", "shape keyed_rows needs key"),
    "[[measures]]\nname": ('colour = "red"\n[[measures]]\nname', "unknown key colour"),
    'headers = ["项目支出"]': ('headers = ["项目支出", "合计"]', "heading 合计 means both total and project"),
    '"total = basic + project"': ('"total = basic + projects"', "row_identity names projects, which is no measure"),
    '"total = basic': ('"sum = basic', "row_identity names sum, which is no measure"),
}


@pytest.mark.parametrize("sound", FAULTS)
def test_a_fault_is_named_with_its_file(sound, tmp_path):
    faulty, message = FAULTS[sound]
    assert sound in SOUND
    with pytest.raises(DeclarationError, match=rf"^GK99\.toml: {message}"):
        load(SOUND.replace(sound, faulty, 1), tmp_path)


LATER_FAULTS = {
    "a measure without headings": ('headers = ["项目支出"]', 'header = ["项目支出"]'),
    "a measure without a name": ('name = "project"', 'names = "project"'),
    "a key that is no classification": ('key = "functional_code"', 'key = "functional"'),
    "no TOML": ('code = "GK99"', "code = GK99"),
    "a side that is none": ('name = "project"', 'name = "project"\nside = "left"'),
    "an identity without an equals sign": ("total = basic + project", "total, basic, project"),
}


@pytest.mark.parametrize("case", LATER_FAULTS)
def test_no_fault_gets_by(case, tmp_path):
    sound, faulty = LATER_FAULTS[case]
    with pytest.raises(DeclarationError, match=r"^GK99\.toml: "):
        load(SOUND.replace(sound, faulty), tmp_path)


@pytest.fixture
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(specs, "FOLDER", tmp_path)
    specs.load_specs.cache_clear()
    yield tmp_path
    specs.load_specs.cache_clear()


def test_two_specs_may_not_share_a_title(own_folder):
    (own_folder / "GK98.toml").write_text(SOUND.replace("GK99", "GK98"), encoding="utf-8")
    (own_folder / "GK99.toml").write_text(SOUND, encoding="utf-8")
    with pytest.raises(DeclarationError, match="title 试用决算表 belongs to both GK98 and GK99"):
        specs.load_specs()


def test_two_specs_may_not_share_a_code(own_folder):
    (own_folder / "a.toml").write_text(SOUND, encoding="utf-8")
    (own_folder / "b.toml").write_text(SOUND.replace("试用决算表", "另一决算表"), encoding="utf-8")
    with pytest.raises(DeclarationError, match="GK99"):
        specs.load_specs()


def test_a_title_is_the_same_whatever_its_quotes(own_folder):
    (own_folder / "a.toml").write_text(SOUND.replace("试用决算表", "“三公”决算表"), encoding="utf-8")
    other = SOUND.replace("GK99", "GK98").replace("试用决算表", "三公决算表")
    (own_folder / "b.toml").write_text(other, encoding="utf-8")
    with pytest.raises(DeclarationError, match="belongs to both"):
        specs.load_specs()
