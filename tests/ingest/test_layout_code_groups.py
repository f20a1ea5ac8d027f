"""Economic codes in groups side by side: GK06."""

import pytest

from tests.ingest.made_documents import SOUND_TABLE, amounts_of, doubts_of, numbers, read_disclosure, table_of
from warehouse.records.reading import Presence, Status, TableStatus

GK06 = "一般公共预算财政拨款基本支出决算明细表\n单位：万元\n"
GROUP = "科目编码\t科目名称\t决算数"
TWO = f"""人员经费\t\t\t公用经费\t\t
{GROUP}\t{GROUP}
301\t工资福利支出\t9.00\t302\t商品和服务支出\t3.00
30101\t基本工资\t5.00\t30201\t办公费\t1.00
30102\t津贴补贴\t4.00\t30202\t印刷费\t2.00
303\t对个人和家庭的补助\t1.00\t310\t资本性支出\t0.50
30305\t生活补助\t1.00\t31002\t办公设备购置\t0.50
人员经费合计\t\t10.00\t公用经费合计\t\t3.50
"""
EXPECTED = {
    "301": ["9.00"], "30101": ["5.00"], "30102": ["4.00"], "303": ["1.00"], "30305": ["1.00"],
    "302": ["3.00"], "30201": ["1.00"], "30202": ["2.00"], "310": ["0.50"], "31002": ["0.50"],
    "PERSONNEL_TOTAL": ["10.00"], "PUBLIC_TOTAL": ["3.50"],
}  # fmt: skip
THREE = f"""人员经费\t\t\t公用经费\t\t\t\t\t
{GROUP}\t{GROUP}\t{GROUP}
301\t工资福利支出\t9.00\t302\t商品和服务支出\t3.00\t310\t资本性支出\t0.50
30101\t基本工资\t5.00\t30201\t办公费\t1.00\t31002\t办公设备购置\t0.50
30102\t津贴补贴\t4.00\t30202\t印刷费\t2.00\t\t\t
303\t对个人和家庭的补助\t1.00\t\t\t\t\t\t
30305\t生活补助\t1.00\t\t\t\t\t\t
人员经费合计\t\t10.00\t公用经费合计\t\t\t\t\t3.50
"""
FOUR = f"""{GROUP}\t{GROUP}\t{GROUP}\t{GROUP}
301\t工资福利支出\t9.00\t303\t对个人和家庭的补助\t1.00\t302\t商品和服务支出\t3.00\t310\t资本性支出\t0.50
30101\t基本工资\t5.00\t30305\t生活补助\t1.00\t30201\t办公费\t1.00\t31002\t办公设备购置\t0.50
30102\t津贴补贴\t4.00\t\t\t\t30202\t印刷费\t2.00\t\t\t
\t人员经费合计\t10.00\t\t\t\t\t公用经费合计\t3.50\t\t\t
"""
LAYOUTS = {
    "two groups": TWO,
    "three groups": THREE,
    "four groups": FOUR,
    "totals in the name column": TWO.replace("人员经费合计\t", "\t人员经费合计").replace(
        "公用经费合计\t", "\t公用经费合计"
    ),
    "a total each in a row": TWO.replace("\t公用经费合计\t\t3.50", "\t\t\t").strip() + "\n公用经费合计\t\t3.50\t\t\t\n",
    "金额 for 决算数": TWO.replace("决算数", "金额"),
    "经济分类科目编码": TWO.replace("科目编码", "经济分类科目编码"),
    "the header again": TWO.replace("303\t", f"\n12\n\n{GROUP}\t{GROUP}\n303\t", 1),
    "no header on the next page": TWO.replace("303\t", "\n12\n\n303\t", 1),
    "a number row": TWO.replace("301\t", "栏次\t\t1\t栏次\t\t2\n301\t", 1),
    "blank groups": TWO.replace("31002\t办公设备购置\t0.50", "\t\t") + "\t\t\t31002\t办公设备购置\t0.50\n",
}  # fmt: skip


@pytest.fixture
def gk06(tmp_path):
    return lambda text: read_disclosure(tmp_path, GK06 + text)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_is_read(layout, gk06):
    extraction = gk06(LAYOUTS[layout])
    assert numbers(amounts_of(extraction, "GK06")) == EXPECTED
    assert doubts_of(extraction, "GK06") == []
    assert {amount.status for amount in extraction.amounts} == {Status.AS_PRINTED}


def test_dash_blank_and_zero_in_one_table(gk06):
    text = (
        TWO.replace("办公费\t1.00", "办公费\t——")
        .replace("印刷费\t2.00", "印刷费\t")
        .replace("生活补助\t1.00", "生活补助\t0.00")
    )
    amounts = amounts_of(gk06(text), "GK06")
    presences = [amounts[code, "final"].presence for code in ("30201", "30202", "30305")]
    assert presences == [Presence.DASH, Presence.BLANK, Presence.NUMBER]


DISPLACED = {
    "to the right": TWO.replace("津贴补贴\t4.00\t30202", "津贴补贴\t\t4.00\t30202"),
    "to the left": TWO.replace("30305\t生活补助\t1.00\t31002", "30305\t生活补助\t1.0031002"),
    "of three groups": THREE.replace("4.00\t30202\t印刷费", "4.00\t\t30202\t印刷费"),
}  # fmt: skip


@pytest.mark.parametrize("case", DISPLACED)
def test_a_displaced_row_is_read_by_the_order_of_code_name_and_amount(case, gk06):
    amounts = amounts_of(gk06(DISPLACED[case]), "GK06")
    assert numbers(amounts) == EXPECTED
    assert Status.REPAIRED in {amount.status for amount in amounts.values()}
    assert all(amount.repair_reason for amount in amounts.values() if amount.status is not Status.AS_PRINTED)


def test_an_amount_joined_to_the_next_code_is_split(gk06):
    amounts = amounts_of(gk06(TWO.replace("4.00\t30202", "4.0030202\t")), "GK06")
    assert numbers(amounts) == EXPECTED
    assert amounts["30102", "final"].printed == "4.0030202"
    assert amounts["30102", "final"].status is Status.REPAIRED


def test_a_displaced_figure_that_nothing_proves_is_doubtful(gk06):
    wrong = TWO.replace("301\t工资福利支出\t9.00", "301\t工资福利支出\t8.00").replace(
        "津贴补贴\t4.00\t30202", "津贴补贴\t\t4.00\t30202"
    )
    extraction = gk06(wrong)
    assert amounts_of(extraction, "GK06")["30102", "final"].status is Status.DOUBTFUL
    assert "number_unproved" in doubts_of(extraction, "GK06")


def test_a_figure_without_a_code_is_a_doubt(gk06):
    extraction = gk06(TWO.replace("30102\t津贴补贴\t4.00", "\t津贴补贴\t4.00"))
    assert "30102" not in numbers(amounts_of(extraction, "GK06"))
    assert "row_without_key" in doubts_of(extraction, "GK06")
    assert not table_of(extraction, "GK06").is_whole


def test_a_table_with_an_unknown_header_is_refused(tmp_path):
    extraction = read_disclosure(tmp_path, SOUND_TABLE + GK06 + TWO.replace("决算数", "某数"))
    assert table_of(extraction, "GK06").status is TableStatus.UNRECOGNISED
    assert amounts_of(extraction, "GK06") == {}


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1.00（含追加）", "1.00"),
        ("其中：1.00", "1.00"),
        ("1.00①", "1.00"),
        ("赤字1.00", None),
        ("略", None),
        ("见附表", None),
    ],
)
def test_a_note_in_an_amount_cell_never_makes_it_blank(tmp_path, printed, value):
    """302 prints 5.00, so that no sum proves the amount without the note."""
    text = TWO.replace("办公费\t1.00", f"办公费\t{printed}").replace("服务支出\t3.00", "服务支出\t5.00")
    read = read_disclosure(tmp_path, GK06 + text)
    amount = amounts_of(read, "GK06")["30201", "final"]
    assert (amount.presence, amount.status, amount.printed) == (Presence.NUMBER, Status.DOUBTFUL, printed)
    assert numbers({("30201", "final"): amount}) == {"30201": [value]}
    assert any(doubt.row_key == "30201" for doubt in read.doubts)
    others = {row: values for row, values in EXPECTED.items() if row not in ("30201", "302")}
    assert {row: values for row, values in numbers(amounts_of(read, "GK06")).items() if row in others} == others


def test_in_a_row_without_blank_cells_totals_follow_their_names(tmp_path):
    read = read_disclosure(tmp_path, GK06 + TWO.replace("合计\t\t", "合计\t"))
    assert numbers(amounts_of(read, "GK06")) == EXPECTED


def test_codes_stored_as_numbers_in_groups(tmp_path):
    read = read_disclosure(tmp_path, GK06 + TWO.replace("30101\t", "30101.0\t").replace("302\t", "302.0\t"))
    assert numbers(amounts_of(read, "GK06")) == EXPECTED
    assert "印作30101.0" in amounts_of(read, "GK06")["30101", "final"].repair_reason


def test_an_unknown_word_in_place_of_an_amount_is_no_part_of_the_name(gk06):
    read = gk06(TWO.replace("印刷费\t2.00", "印刷费\t未编报"))
    amounts = amounts_of(read, "GK06")
    unread, beside = amounts["30202", "final"], amounts["30102", "final"]
    assert (unread.row_label, unread.status, unread.printed) == ("印刷费", Status.DOUBTFUL, "未编报")
    assert (beside.status, beside.printed) == (Status.AS_PRINTED, "4.00")
