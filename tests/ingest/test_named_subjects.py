"""Tables that print the names of subjects and no codes: the code is found by the name within its 类 and 款."""

import pytest

from ingest.tables.shapes.named_subjects import code_by_name
from tests.ingest.made_documents import SOUND_TABLE, amounts_of, doubts_of, read_disclosure
from warehouse.records.reading import Status

GK05 = "一般公共预算财政拨款支出决算表\n单位：万元\n项目\t合计\t基本支出\t项目支出\n"
ROWS = """\
合计\t30.00\t10.00\t20.00
社会保障和就业支出\t30.00\t10.00\t20.00
行政事业单位养老支出\t30.00\t10.00\t20.00
行政单位离退休\t30.00\t10.00\t20.00
"""
GK06 = "一般公共预算财政拨款基本支出决算明细表\n单位：万元\n科目名称\t决算数\t科目名称\t决算数\n"
GROUPS = "工资福利支出\t5.00\t商品和服务支出\t4.00\n基本工资\t3.00\t办公费\t4.00\n津贴补贴\t2.00\t\t\n"


@pytest.mark.parametrize(
    ("name", "before", "code"),
    [
        ("社会保障和就业支出", [], "208"),
        ("行政事业单位养老支出", ["208"], "20805"),
        ("行政运行", ["201", "20101"], "2010101"),
        ("行政运行", ["201", "20101", "2010101"], ""),  # there already
        ("行政运行", ["201"], ""),  # of many 款, and none of them is printed
        ("卫生健康支出", ["208", "20805", "2080501"], "210"),
        ("其他支出", ["221"], "229"),
        ("其他支出", ["229"], "22999"),
        ("其他支出", ["229", "22999"], "2299999"),
        ("杂项支出", ["208"], ""),
    ],
)
def test_a_code_by_the_name_and_the_rows_before(name, before, code):
    assert code_by_name("functional_code", name, before, before) == code


def test_rows_without_codes_are_read_by_their_names(tmp_path):
    read = amounts_of(read_disclosure(tmp_path, SOUND_TABLE + GK05 + ROWS), "GK05")
    assert {row for row, _ in read} == {"TOTAL", "208", "20805", "2080501"}
    found = read["2080501", "project"]
    assert found.status is Status.REPAIRED and "按名称" in (found.repair_reason or "")


def test_a_name_that_tells_no_code_is_a_doubt(tmp_path):
    extraction = read_disclosure(tmp_path, SOUND_TABLE + GK05 + ROWS.replace("行政单位离退休", "离退休杂项"))
    assert {row for row, _ in amounts_of(extraction, "GK05")} == {"TOTAL", "208", "20805"}
    assert "row_without_key" in doubts_of(extraction, "GK05")


def test_names_are_not_asked_where_codes_are_printed(tmp_path):
    rows = ROWS.replace("社会保障", "208社会保障").replace("行政单位", "行政 单位")
    extraction = read_disclosure(tmp_path, SOUND_TABLE + GK05 + rows)
    assert "20805" not in {row for row, _ in amounts_of(extraction, "GK05")}
    assert "row_without_key" in doubts_of(extraction, "GK05")


def test_groups_of_names_and_amounts_side_by_side(tmp_path):
    extraction = read_disclosure(tmp_path, SOUND_TABLE + GK06 + GROUPS)
    assert {row for row, _ in amounts_of(extraction, "GK06")} == {"301", "30101", "30102", "302", "30201"}
    assert doubts_of(extraction, "GK06").count("row_without_key") == 0


def test_a_name_of_another_class_has_no_code(tmp_path):
    extraction = read_disclosure(tmp_path, SOUND_TABLE + GK06 + GROUPS.replace("津贴补贴", "印刷费"))
    assert "30202" not in {row for row, _ in amounts_of(extraction, "GK06")}
    assert "row_without_key" in doubts_of(extraction, "GK06")
