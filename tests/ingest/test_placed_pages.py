"""Pages whose texts have places of their own: lines, columns and headings are told by where they stand."""

import pytest

from ingest.document import Line, RawTable
from ingest.readers import read

AMOUNTS = (("205", "教育支出", "12.00", "7.00", "5.00"), ("20502", "普通教育", "1,012.00", "1,007.00", "5.00"))
LEFT = (40, 100)  # of codes and names
RIGHT = (300, 400, 500)  # edges at which amounts end
HEADINGS = (
    (40, 20, "科目编码"),
    (110, 20, "科目名称"),
    (240, 0, "本年支出合计"),
    (340, 0, "基本支出"),
    (440, 0, "项目支出"),
)


def placed(x, top, text):
    return f'<div style="position:absolute;left:{x}px;top:{top}px;font-size:10px">{text}</div>'


def row(top, texts):
    words = [placed(x, top, text) for x, text in zip(LEFT, texts, strict=False)]
    return words + [placed(x - 5 * len(text), top, text) for x, text in zip(RIGHT, texts[2:], strict=True) if text]


def page(path, *parts, container='<div style="position:relative;height:800px">'):
    texts = "".join(text for part in parts for text in ([part] if isinstance(part, str) else part))
    path.write_text(f"<!DOCTYPE html><html><body>{container}{texts}</div></body></html>", "utf-8")
    return read(path)


def header(*others):
    return [placed(75, 0, "项目"), *(placed(x, 5 + down, text) for x, down, text in (*HEADINGS, *others))]


def tables_of(document):
    return [[row.texts() for row in table.rows] for table in document.tables()]


def test_words_stand_in_the_columns_of_their_headings(tmp_path):
    document = page(tmp_path / "made.html", header(), row(50, AMOUNTS[0]), row(70, AMOUNTS[1]))
    [table] = document.tables()
    assert [row.texts() for row in table.rows][-2:] == [list(texts) for texts in AMOUNTS]
    assert [cell and cell.colspan for cell in table.rows[0].cells] == [2, None, 1, 1, 1]
    assert table.rows[1].texts()[:2] == ["科目编码", "科目名称"]
    assert [number.text for number in document.numbers][-3:] == ["1,012.00", "1,007.00", "5.00"]
    assert (table.rows[-1].place.sheet, table.rows[-1].cells[2].address) == ("表1", "C4")


def test_a_column_that_is_blank_in_all_rows_has_a_heading(tmp_path):
    blank = [(*texts[:3], "", texts[4]) for texts in AMOUNTS]
    [rows] = tables_of(page(tmp_path / "made.html", header(), row(50, blank[0]), row(70, blank[1])))
    assert rows[-2:] == [list(texts) for texts in blank]


def test_a_name_in_several_lines_is_one_with_its_row(tmp_path):
    broken = row(70, ("20502", "", "1,012.00", "1,007.00", "5.00"))
    names = [placed(100, 64, "普通"), placed(100, 76, "教育")]
    [rows] = tables_of(page(tmp_path / "made.html", header(), row(45, AMOUNTS[0]), broken, names))
    assert rows[-1] == list(AMOUNTS[1])


COMMON = (("", "工程类", "12.00", "7.00", "5.00"), ("", "货物类", "1,012.00", "1,007.00", "5.00"))
BETWEEN = {
    "a name": ([placed(100, 90, "服务类")], ["服务类"]),
    "a name in two lines": ([placed(100, 90, "服务类（政府"), placed(100, 102, "购买）")], ["服务类（政府购买）"]),
    "two names": ([placed(100, 90, "服务类"), placed(100, 110, "其他类")], ["服务类", "其他类"]),
}


@pytest.mark.parametrize("case", BETWEEN)
def test_a_name_between_two_rows_is_a_row_without_amounts(tmp_path, case):
    lines, names = BETWEEN[case]
    rows = [*row(50, COMMON[0]), *row(70, COMMON[1]), *row(90 + 20 * len(lines), COMMON[0])]
    [found] = tables_of(page(tmp_path / "made.html", header(), rows, lines))
    assert [texts[1] for texts in found[2:]] == ["工程类", "货物类", *names, "工程类"]
    assert [texts[2:] for texts in found[4:-1]] == [["", "", ""]] * len(names)


@pytest.mark.parametrize("tops", [(84, 96), (90, 102), (78, 90, 102)])
def test_the_lines_of_one_name_are_no_rows(tmp_path, tops):
    names = ("办公设备", "专用设备", "车辆")[: len(tops)]
    rows = [*row(50, COMMON[0]), *row(90, ("", "", *COMMON[1][2:])), *row(130, COMMON[0])]
    lines = [placed(100, top, name) for top, name in zip(tops, names, strict=True)]
    [found] = tables_of(page(tmp_path / "made.html", header(), rows, lines))
    assert [texts[1] for texts in found[3:]] == ["".join(names), "工程类"]


WHOLE = {"whole": ("", "合计", "34496061", "34496060", "10000"), "commas": ("", "合计", "34,496", "34,495", "1,000")}


@pytest.mark.parametrize("case", WHOLE)
def test_a_row_whose_amounts_have_no_decimals_is_a_row(tmp_path, case):
    rows = [*row(50, AMOUNTS[0]), *row(70, AMOUNTS[1]), *row(90, WHOLE[case])]
    [found] = tables_of(page(tmp_path / "made.html", header(), rows))
    assert found[-1] == list(WHOLE[case])


def test_a_year_below_a_table_is_no_row_of_it(tmp_path):
    rows = [*row(50, AMOUNTS[0]), *row(70, AMOUNTS[1]), placed(100, 90, "批复"), placed(280, 90, "2024")]
    [found] = tables_of(page(tmp_path / "made.html", header(), rows))
    assert found[-1] == list(AMOUNTS[1])


def test_another_page_goes_on_with_the_table(tmp_path):
    pages = ['</div><div style="position:relative;height:800px">', *row(20, AMOUNTS[1]), placed(300, 780, "- 2 -")]
    more = [placed(300, 760, "第2页"), placed(300, 770, "共2页")]
    first, second = tables_of(
        page(tmp_path / "made.html", header(), row(50, AMOUNTS[0]), row(70, AMOUNTS[1]), *pages, more)
    )
    assert second == [list(AMOUNTS[1])]
    assert first[-1] == list(AMOUNTS[1])


NOT_TOLD = {
    "amounts between two headings": [*row(70, AMOUNTS[1]), placed(330, 90, "3.00"), placed(40, 90, "206")],
    "two amounts in one column": [*row(70, AMOUNTS[1]), placed(262, 70, "9.00"), placed(280, 50, "8.00")],
    "a name below a heading of amounts": [*row(70, AMOUNTS[1]), placed(345, 90, "无此项"), placed(40, 90, "206")],
}


@pytest.mark.parametrize("case", NOT_TOLD)
def test_what_stands_in_no_column_of_its_own_stays_lines(tmp_path, case):
    document = page(tmp_path / "made.html", header(), row(50, AMOUNTS[0]), NOT_TOLD[case])
    assert not list(document.tables())
    assert {"12.00", "1,012.00"} <= {number.text for number in document.numbers}


def test_sentences_among_placed_words_are_lines(tmp_path):
    parts = [
        placed(40, 20 * n, text) for n, text in enumerate(["一、收入决算情况", "本年收入合计", "12.00万元，其中："])
    ]
    more = [placed(120, 40, "财政拨款"), placed(40, 60, "收入12.00万元。"), placed(40, 80, "附件")]
    document = page(tmp_path / "made.html", parts, more)
    assert [line.text for line in document.blocks if isinstance(line, Line)][2:4] == [
        "12.00万元，其中：财政拨款",
        "收入12.00万元。",
    ]


@pytest.mark.parametrize(
    "element",
    [
        '<p style="left:30pt;bottom:52.5pt">教育</p>',
        '<p class="a">教育</p>',
        '<div style="left:10px;top:100px"><span style="left:30px;top:20px;position:absolute">教育</span></div>',
        '<span style="left:40px;top:120px">教</span><span style="left:50px;top:120px">育</span>',
    ],
)
def test_places_are_read_in_all_units_from_styles_classes_and_containers(tmp_path, element):
    style = "<style>.a{left:40px;top:120px;font-size:10px}</style>"
    others = [placed(90, 120, "支出"), *(placed(40, 20 * n, f"第{n}行") for n in range(4))]
    container = '<div style="position:relative;height:200px;font-size:10px">'
    document = page(tmp_path / "made.html", style, others, element, container=container)
    assert [line.text for line in document.lines()][-1] in ("教育 支出", "教育支出")


def test_what_is_printed_twice_is_read_once_and_what_stands_off_the_page_not_at_all(tmp_path):
    others = [placed(40, 20 * n, f"第{n}行") for n in range(5)]
    twice = [placed(40, 120, "12.00"), placed(40.5, 120, "12.00"), placed(-9000, 140, "99.00")]
    document = page(tmp_path / "made.html", others, twice)
    assert [number.text for number in document.numbers][-1] == "12.00"
    assert "99.00" not in {number.text for number in document.numbers}
    assert not any(isinstance(block, RawTable) for block in document.blocks)


UNIT_HEADINGS = [placed(40, 0, "序号"), placed(120, 0, "单位名称"), placed(300, 0, "备注")]
FIRST_UNIT = [placed(45, 20, "1"), placed(100, 20, "示范市教育局（本级）")]
AROUND = [placed(100, 40, "示范市教育考试院"), placed(45, 50, "2"), placed(100, 60, "（事业单位）")]
BESIDE = [placed(45, 40, "2"), placed(100, 40, "示范市教育"), placed(100, 52, "考试院"), placed(300, 40, "新设")]
AFTER_BESIDE = [placed(45, 70, "3"), placed(100, 70, "示范市第一小学")]


def test_units_are_a_table_though_it_has_no_amounts(tmp_path):
    [rows] = tables_of(page(tmp_path / "made.html", UNIT_HEADINGS, FIRST_UNIT, AROUND, placed(40, 90, "第二部分")))
    assert rows == [
        ["序号", "单位名称", "备注"],
        ["1", "示范市教育局（本级）", ""],
        ["2", "示范市教育考试院（事业单位）", ""],
    ]


def test_the_lines_of_a_name_may_begin_beside_its_number(tmp_path):
    [rows] = tables_of(page(tmp_path / "made.html", UNIT_HEADINGS, FIRST_UNIT, BESIDE, AFTER_BESIDE))
    assert rows[2:] == [["2", "示范市教育考试院", "新设"], ["3", "示范市第一小学", ""]]


def test_units_go_on_on_the_next_page(tmp_path):
    pages = [placed(300, 780, "- 2 -"), '</div><div style="position:relative;height:800px">']
    more = [
        placed(45, 20, "2"),
        placed(100, 20, "示范市教育考试院"),
        *(placed(40, 40 + 20 * n, "其他") for n in range(3)),
    ]
    first, second = tables_of(page(tmp_path / "made.html", UNIT_HEADINGS, FIRST_UNIT, pages, more))
    assert (first[-1][0], second) == ("1", [["2", "示范市教育考试院", ""]])


@pytest.mark.parametrize(
    "rest",
    [
        [placed(100, 10, "示范省"), placed(45, 50, "2"), placed(100, 50, "示范市教育考试院")],
        [
            placed(45, 40, "2"),
            placed(100, 40, "示范市教育考试院及其所属的各个事业单位全称如下所列"),
            placed(300, 20, "新设"),
        ],
    ],
)
def test_names_whose_row_or_column_is_not_told_stay_lines(tmp_path, rest):
    document = page(tmp_path / "made.html", UNIT_HEADINGS, FIRST_UNIT, rest)
    assert not any(isinstance(block, RawTable) and "2" in str(block.rows) for block in document.blocks)


def test_a_page_that_begins_with_the_rest_of_a_name_goes_on_with_the_table(tmp_path):
    pages = ['</div><div style="position:relative;height:800px">', placed(100, 20, "（续名）"), *row(40, AMOUNTS[0])]
    _, second = tables_of(page(tmp_path / "made.html", header(), row(50, AMOUNTS[0]), row(70, AMOUNTS[1]), pages))
    assert second == [["", "（续名）", "", "", ""], list(AMOUNTS[0])]
