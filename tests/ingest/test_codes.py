"""Classification codes and their levels."""

import pytest

from ingest.values import codes


@pytest.mark.parametrize("code", ["208", "20805", "2080501", "201", "2340299"])
def test_functional_codes(code):
    assert codes.is_code(code, "functional_code")


@pytest.mark.parametrize(
    "text", ["", "20", "2080", "208050", "20805011", "301", "2080a", "２０８", "-208", "20.8", "208 "]
)
def test_no_functional_codes(text):
    assert not codes.is_code(text, "functional_code")


@pytest.mark.parametrize("code", ["301", "30101", "399", "39999"])
def test_economic_codes(code):
    assert codes.is_code(code, "economic_code")


@pytest.mark.parametrize("text", ["", "30", "3010", "3010101", "208", "20805", "401"])
def test_no_economic_codes(text):
    assert not codes.is_code(text, "economic_code")


def test_the_parents_of_a_code():
    assert [codes.parent(code) for code in ("2080501", "20805", "208", "30101")] == ["20805", "208", None, "301"]


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        ("2080501行政单位离退休", ("2080501", "行政单位离退休")),
        ("208社会保障和就业支出", ("208", "社会保障和就业支出")),
        ("[30101]基本工资", ("30101", "基本工资")),
        ("（301）工资福利支出", ("301", "工资福利支出")),
        ("2080501", ("2080501", "")),
        ("合计", ("", "合计")),
        ("20805011行政", ("", "20805011行政")),
        ("20项目", ("", "20项目")),
        ("", ("", "")),
    ],
)
def test_a_cell_with_code_and_name_is_split(printed, parts):
    assert codes.split(printed) == parts


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (["208"], "208"),
        (["208", "05"], "20805"),
        (["208", "05", "01"], "2080501"),
        (["208", "20805", "2080501"], "2080501"),
        (["208", "20805"], "20805"),
        (["208", "08", "08"], "2080808"),
        (["201", "20106", "2010601"], "2010601"),
    ],
)
def test_three_columns_make_one_code(parts, code):
    assert codes.join_parts(parts) == code
