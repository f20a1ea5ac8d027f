"""The declarations of the kinds are valid; a faulty one is refused with the fault when it is loaded."""

import shutil
from pathlib import Path

import pytest

from ingest.tables.shapes import SHAPES as PARSED
from tests.kinds import ACCOUNTS
from warehouse.kinds.declared import DeclarationError, heading
from warehouse.kinds.kind import load_kinds, read_kind
from warehouse.kinds.tables import SHAPES, Identity, StandardTable, read_table

SOUND = """
code = "GK99"
number = "公开99表"
name = "试用表"
titles = ["试用决算表"]
shape = "keyed_rows"
key = "functional_code"
row_identity = "total = basic + project"
[[measures]]
name = "total"
label = "合计"
headers = ["合计"]
[[measures]]
name = "basic"
label = "基本支出"
headers = ["基本支出", "本年支出/基本"]
[[measures]]
name = "project"
label = "项目支出"
headers = ["项目支出"]
[[rows]]
key = "total"
row_key = "TOTAL"
label = "合计"
"""
WITH_SIDES = """
code = "GK98"
number = "公开98表"
name = "试用总表"
titles = ["试用总表"]
shape = "sides"
[[measures]]
name = "final"
label = "决算数"
side = "income"
headers = ["决算数"]
[[rows]]
key = "opening_balance"
side = "income"
label = "年初结转和结余"
wordings = ["上年结转"]
[[rows]]
key = "opening_fund"
side = "income"
under = "opening_balance"
label = "政府性基金"
[[rows]]
key = "fund"
side = "income"
label = "政府性基金"
"""

KIND = """
name = "trial"
label = "试用"
called = "a trial"
tables = ["GK99"]
[named]
words = ["试用"]
"""


def load(text: str, folder: Path, name: str = "GK99.toml") -> StandardTable:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_table(path)


def test_shapes_and_parsers_correspond():
    assert SHAPES.keys() == PARSED.keys()


def test_the_standard_tables():
    assert [one.code for one in ACCOUNTS.tables] == [f"GK{number:02}" for number in range(1, 11)]


@pytest.mark.parametrize("one", ACCOUNTS.tables, ids=lambda one: one.code)
def test_a_table_knows_its_own_name_as_a_title(one):
    assert heading(one.name) in one.titles


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
    table = ACCOUNTS.table(code)
    optional = {measure.name for measure in table.measures if measure.is_optional}
    assert table.measure_names[: len(measures)] == measures
    assert set(table.measure_names[len(measures) :]) == optional


def test_budget_and_final_of_every_item_are_the_measures_of_the_three_public():
    names = ACCOUNTS.table("GK09").measure_names
    assert len(names) == 18 and names[0] == "budget_total" and names[-1] == "final_grand_total"


def test_a_sound_table_loads(tmp_path):
    loaded = load(SOUND, tmp_path)
    assert loaded.row_identity == Identity("total", ("basic", "project"))
    assert loaded.measures[1].headers == {"基本支出", "本年支出/基本"}
    assert loaded.item_of("TOTAL") == "total"


@pytest.mark.parametrize(
    ("row_key", "item"),
    [
        ("income:年初结转和结余", "opening_balance"),
        ("income:年初结转与结余", "opening_balance"),
        ("income:上年结转", "opening_balance"),
        ("income:上年结转/政府性基金", "opening_fund"),
        ("income:政府性基金", "fund"),
        ("income:年初结转及结余", None),
        ("expenditure:上年结转", None),
        ("2080501", None),
    ],
)
def test_the_item_that_a_row_key_means(tmp_path, row_key, item):
    assert load(WITH_SIDES, tmp_path).item_of(row_key) == item


FAULTS = {
    'code = "GK99"': ("", "code: field required"),
    'name = "试用表"': ("", "name: field required"),
    'titles = ["试用决算表"]': ("", "titles: field required"),
    'shape = "keyed_rows"': ('shape = "keyed"', "shape: input should be 'keyed_rows', "),
    'key = "functional_code"': ("", "shape keyed_rows needs key"),
    'row_identity = "total': (
        'row_balance = "opening + total = basic + project"\nrow_identity = "total',
        "row_balance names opening, which is no measure",
    ),
    "[[measures]]\nname": ('colour = "red"\n[[measures]]\nname', "colour: extra inputs are not permitted"),
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
    "a measure without a label": ('label = "项目支出"\n', ""),
    "a key that is no classification": ('key = "functional_code"', 'key = "functional"'),
    "no TOML": ('code = "GK99"', "code = GK99"),
    "a side that is none": ('name = "project"', 'name = "project"\nside = "left"'),
    "an identity without an equals sign": ("total = basic + project", "total, basic, project"),
    "a row that stands under none": ('row_key = "TOTAL"', 'row_key = "TOTAL"\nunder = "sum"'),
}


@pytest.mark.parametrize("case", LATER_FAULTS)
def test_every_fault_is_refused(case, tmp_path):
    sound, faulty = LATER_FAULTS[case]
    assert sound in SOUND
    with pytest.raises(DeclarationError, match=r"^GK99\.toml: "):
        load(SOUND.replace(sound, faulty), tmp_path)


ROW_FAULTS = {
    "row opening_balance is declared twice": ('key = "fund"', 'key = "opening_balance"'),
    "row fund has no side": ('key = "fund"\nside = "income"', 'key = "fund"'),
    "row 上年结转 means both opening_balance and fund": ('label = "政府性基金"\n"""', 'label = "上年结转"\n"""'),
}


@pytest.mark.parametrize("message", ROW_FAULTS)
def test_a_row_that_contradicts_another_is_a_fault(message, tmp_path):
    sound, faulty = ROW_FAULTS[message]
    text = f'{WITH_SIDES}"""'.replace(sound, faulty).removesuffix('"""')
    with pytest.raises(DeclarationError, match=rf"^GK98\.toml: {message}"):
        load(text, tmp_path, "GK98.toml")


@pytest.fixture
def kind(tmp_path: Path) -> Path:
    """A folder that declares a kind of one table."""
    (tmp_path / "tables").mkdir()
    (tmp_path / "kind.toml").write_text(KIND, "utf-8")
    (tmp_path / "tables" / "GK99.toml").write_text(SOUND, "utf-8")
    return tmp_path


def test_a_folder_declares_a_kind(kind):
    read = read_kind(kind)
    assert (read.name, read.label, read.titles) == ("trial", "试用", {"试用决算表": "GK99"})
    assert read.has("GK99") and not read.has("GK01")


def test_the_kinds_of_the_project_load():
    assert ACCOUNTS in load_kinds()


def test_two_tables_of_a_kind_may_not_share_a_title(kind):
    (kind / "tables" / "GK98.toml").write_text(SOUND.replace("GK99", "GK98"), "utf-8")
    with pytest.raises(DeclarationError, match=r"^GK99\.toml: title 试用决算表 belongs to both GK98 and GK99"):
        read_kind(kind)


def test_a_title_is_the_same_whatever_its_quotes(kind):
    quoted = SOUND.replace("试用决算表", "“三公”决算表")
    (kind / "tables" / "GK99.toml").write_text(quoted, "utf-8")
    (kind / "tables" / "GK98.toml").write_text(quoted.replace("“三公”", "三公").replace("GK99", "GK98"), "utf-8")
    with pytest.raises(DeclarationError, match="belongs to both"):
        read_kind(kind)


def test_two_tables_may_not_share_a_code(kind):
    shutil.copy(kind / "tables" / "GK99.toml", kind / "tables" / "another.toml")
    with pytest.raises(DeclarationError, match=r"^another\.toml: GK99 is declared in GK99\.toml as well"):
        read_kind(kind)


def test_a_table_that_the_kind_does_not_list_is_a_fault(kind):
    (kind / "kind.toml").write_text(KIND.replace("GK99", "GK98"), "utf-8")
    with pytest.raises(DeclarationError, match=r"^kind\.toml: tables and the files of .* differ in GK98, GK99"):
        read_kind(kind)


WHOLE = 'whole_of = { tables = ["GK98"], measure = "total" }\n'
PART = 'part_of = { whole = ["GK99/sum"], rule = "Z1" }\n'


@pytest.mark.parametrize(
    ("added", "fault"),
    [
        (WHOLE, "GK99: GK98 is no table of trial"),
        (PART, "GK99: part_of names row sum, which GK99 does not have"),
        (PART.replace("sum", "total"), "GK99: part_of names Z1, which is no rule"),
    ],
)
def test_names_that_refer_to_other_tables_must_exist(kind, added, fault):
    (kind / "tables" / "GK99.toml").write_text(SOUND.replace("row_identity", added + "row_identity"), "utf-8")
    with pytest.raises(DeclarationError, match=f"^{fault}$"):
        read_kind(kind)


def test_the_tables_that_a_kind_names_are_its_own(kind):
    (kind / "kind.toml").write_text(KIND.replace("[named]", 'projects_named_in = ["GK03"]\n[named]'), "utf-8")
    with pytest.raises(DeclarationError, match=r"^kind\.toml: GK03 is no table of trial$"):
        read_kind(kind)


def test_a_classification_is_one_that_is_declared(tmp_path):
    with pytest.raises(DeclarationError, match=r"project_code is none of the classifications in codes\.toml"):
        load(SOUND.replace("functional_code", "project_code"), tmp_path)
