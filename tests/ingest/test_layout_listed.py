"""Groups of code, name and amount that a converter ran into lines of text."""

import pytest

from ingest.errors import PublisherError
from ingest.pipeline import extract
from ingest.tables.run_together import cells_of_lines
from tests.ingest.made_documents import COVER, SOUND_TABLE, amounts_of, doubts_of, numbers, read_disclosure, table_of
from warehouse.records.reading import Status, TableStatus

GK05 = """一般公共预算财政拨款支出决算表
单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t180.00\t150.00\t30.00

"""
TITLE = "一般公共预算财政拨款基本支出决算明细表\n公开06表\n"
HEAD = "部门：示范市水务局 单位：万元 科目编码 科目名称 决算数 科目编码 科目名称 决算数 "
IN_ORDER = (
    "301 工资福利支出 90.00 302 商品和服务支出 40.00 30101 基本工资 60.00 30201 办公费 25.00 "
    "30102 津贴补贴 30.00 30202 印刷费 15.00 303 对个人和家庭的补助 20.00 30301 离休费 20.00 "
    "人员经费合计 110.00 公用经费合计 40.00\n"
)
EXPECTED = {
    "301": ["90.00"], "302": ["40.00"], "30101": ["60.00"], "30201": ["25.00"], "30102": ["30.00"], "30202": ["15.00"],
    "303": ["20.00"], "30301": ["20.00"], "PERSONNEL_TOTAL": ["110.00"], "PUBLIC_TOTAL": ["40.00"],
}  # fmt: skip


def read(tmp_path, text):
    return read_disclosure(tmp_path, GK05 + TITLE + text + "\n\n" + SOUND_TABLE)


def changed(*pairs):
    text = IN_ORDER
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


READ = {
    "in order": IN_ORDER,
    "over several lines": IN_ORDER.replace(" 30101", "\n30101").replace(" 303 ", "\n303 ").replace(" 人员", "\n人员"),
    "decimal point read as comma": changed(("60.00", "60, 00"), ("110.00", "110,00")),
    "a name pulled away": changed(("30101 基本工资 60.00 30201 办公费", "基本工资 30101 60.00 30201 办公费")),
    "a code pulled away": changed(("30102 津贴补贴 30.00", "津贴补贴 30.00 30102")),
    "an amount pulled away": changed(("津贴补贴 30.00 30202 印刷费 15.00", "津贴补贴 30202 印刷费 15.00 30.00")),
    "an amount glued to the next code": changed(("60.00 30201", "60.0030201")),
    "a letter of the border": changed(("60.00", "60. 00l")),
}  # fmt: skip


@pytest.mark.parametrize("case", READ)
def test_a_list_is_read_and_proved_by_its_sums(tmp_path, case):
    extraction = read(tmp_path, HEAD + READ[case])
    amounts = amounts_of(extraction, "GK06")
    assert numbers(amounts) == EXPECTED
    assert {amount.status for amount in amounts.values()} == {Status.REPAIRED}
    assert doubts_of(extraction, "GK06") == []
    assert extraction.counts.amounts_unaccounted == 0


def test_a_table_below_goes_on_with_the_list(tmp_path):
    rest = "\n\n303\t对个人和家庭的补助\t20.00\n30301\t离休费\t20.00\n\t人员经费合计\t110.00\n\t公用经费合计\t40.00\n"
    head = "\n科目编码\t科目名称\t决算数"
    extraction = read(
        tmp_path, HEAD + IN_ORDER.partition(" 303 ")[0] + "\n" + head + rest.lstrip("\n").join(["\n", ""])
    )
    amounts = amounts_of(extraction, "GK06")
    assert numbers(amounts) == EXPECTED
    assert amounts["303", "final"].status is Status.AS_PRINTED
    assert amounts["301", "final"].status is Status.REPAIRED


REFUSED = {
    "款 that do not add up to their 类": changed(("60.00", "66.00")),
    "amounts of two 类 exchanged": changed(("基本工资 60.00", "基本工资 25.00"), ("办公费 25.00", "办公费 60.00")),
    "no 类": "30101 基本工资 60.00 30201 办公费 25.00 30102 津贴补贴 30.00 30202 印刷费 15.00 30301 离休费 20.00\n",
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_list_whose_sums_do_not_hold_is_refused(tmp_path, case):
    extraction = read(tmp_path, HEAD + REFUSED[case])
    assert amounts_of(extraction, "GK06") == {}
    assert table_of(extraction, "GK06").status is TableStatus.UNRECOGNISED
    assert doubts_of(extraction, "GK06") == ["table_not_understood"]
    assert extraction.counts.amounts_unaccounted == 0


def test_amounts_that_no_sum_tells_apart_are_left_open(tmp_path):
    text = changed(("30201 办公费 25.00 30102 津贴补贴 30.00 30202 印刷费 15.00",
                    "30102 津贴补贴 30.00 办公费 印刷费 30201 30202 25.00 15.00"))  # fmt: skip
    extraction = read(tmp_path, HEAD + text)
    amounts = amounts_of(extraction, "GK06")
    assert [amounts[code, "final"].value for code in ("30201", "30202")] == [None, None]
    assert doubts_of(extraction, "GK06").count("number_unreadable") == 2


def test_a_list_alone_is_no_document_for_nothing_else_in_it_can_prove_the_list(tmp_path):
    path = tmp_path / "made.txt"
    path.write_text(COVER + TITLE + HEAD + IN_ORDER, "utf-8")
    with pytest.raises(PublisherError):
        extract(path)


RUN_TOGETHER = {
    "301140.00302130.0030101基本工资": ["30114", "0.00", "30213", "0.00", "30101", "基本工资"],  # 301 stands elsewhere
    "1,060,50303印刷费手续费1.02": ["1,060,50", "303", "印刷费", "手续费", "1.02"],
    "其他某项支出0.000.00": ["其他某项支出", "0.00", "0.00"],
}


@pytest.mark.parametrize("text", RUN_TOGETHER)
def test_what_was_run_together_is_parted_in_the_one_possible_way(text):
    assert cells_of_lines([text, "301 302"], "economic_code")[0] == RUN_TOGETHER[text]


@pytest.mark.parametrize("text", ["1.38302112.79", "7712345.67"])
def test_digits_that_part_in_several_ways_or_in_none_stay_together(text):
    assert cells_of_lines([text, "0.0030201"], "economic_code")[0] == [text]


def test_codes_in_a_sentence_are_no_list(tmp_path):
    extraction = read(tmp_path, "基本工资30101、津贴补贴30102、办公费30201、印刷费30202、离休费30301共110.00万元。\n")
    assert amounts_of(extraction, "GK06") == {}
