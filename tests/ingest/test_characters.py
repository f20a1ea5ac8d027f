"""Normalised characters: which texts become equal, and which stay different."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.kinds.characters import (
    as_printed,
    comparable,
    name_of,
    simplified,
    squeeze,
    without_footnote,
    without_numbering,
)


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("部⻔", "部门"),
        ("⻋辆", "车辆"),
        ("⼯业", "工业"),
        ("账⼾", "账户"),
        ("⻓期", "长期"),
        ("⾏政", "行政"),
        ("金額\uf90a", "金額金"),
        ("１２", "１２"),  # full-width characters are not changed
        ("——", "——"),
    ],
)
def test_a_radical_becomes_the_character_that_it_resembles(printed, shown):
    assert as_printed(printed) == shown


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("项　目", "项目"),
        ("合\n计", "合计"),
        ("（１）", "(1)"),
        ("〔2024〕", "(2024)"),
        ("【项】", "(项)"),
        ("“三公”", "＂三公＂"),
        ("－", "-"),
        ("−", "-"),
    ],
)
def test_full_width_and_half_width_texts_are_equal_when_squeezed(one, other):
    assert squeeze(one) == squeeze(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("工业与信息化", "工业和信息化"),
        ("“三公”经费", "三公经费"),
        ("其中：教育收费", "其中教育收费"),
        ("规划、自然资源", "规划自然资源"),
        ("财政——拨款", "财政拨款"),
    ],
)
def test_comparable_names_ignore_marks(one, other):
    assert comparable(one) == comparable(other)


@pytest.mark.parametrize(("one", "other"), [("收入决算表", "支出决算表"), ("(1)", "(2)"), ("基本支出", "项目支出")])
def test_comparable_names_keep_different_names_apart(one, other):
    assert comparable(one) != comparable(other)


def test_a_name_keeps_its_marks_and_loses_its_line_breaks():
    assert name_of("住房公积金\n（补贴） 等") == "住房公积金（补贴）等"


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("一、教育支出", "教育支出"),
        ("二十三、其他支出", "其他支出"),
        ("（一）行政单位", "行政单位"),
        ("(12)其他", "其他"),
        ("1.货物", "货物"),
        ("1．货物", "货物"),
        ("2、工程", "工程"),
        ("一、（一）1.货物", "货物"),
        ("12.5万元", "12.5万元"),
        ("2024年支出", "2024年支出"),
        ("三公经费", "三公经费"),
        ("十项制度", "十项制度"),
        ("", ""),
    ],
)
def test_numbering_is_taken_off_and_nothing_else(printed, name):
    assert without_numbering(printed) == name


@given(st.text(st.characters(categories=("L", "N", "P", "Zs", "Cc"))))  # combining marks may be in several orders
def test_the_forms_for_comparing_are_stable(text):
    for form in (as_printed, squeeze, comparable, name_of):
        assert form(form(text)) == form(text)


@given(st.text())
def test_squeezed_text_has_no_white_space(text):
    assert not any(char.isspace() for char in squeeze(text))


def test_traditional_letters_are_compared_as_simplified_and_stay_as_printed():
    assert (
        squeeze("收入支出決算總表")
        == comparable("收入支出決算總表")
        == simplified("收入支出決算總表")
        == "收入支出决算总表"
    )
    assert as_printed("決算") == name_of("決算") == "決算"


@pytest.mark.parametrize("printed", ["乾县", "錶"])
def test_a_letter_that_is_in_no_wording_stays(printed):
    assert squeeze(printed)[0] == printed[0]


@pytest.mark.parametrize(
    "printed", ["示范市一中①", "示范市一中[1]", "示范市一中注1", "示范市一中（注2）", "示范市一中*"]
)
def test_a_footnote_mark_is_no_part_of_a_name(printed):
    assert without_footnote(printed) == "示范市一中"


@pytest.mark.parametrize("printed", ["示范市一中1", "示范市一中（一）", "A*", "备注"])
def test_what_may_be_part_of_a_name_stays(printed):
    assert without_footnote(printed) == printed
