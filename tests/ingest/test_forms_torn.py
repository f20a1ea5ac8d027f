"""Forms whose cells are cut by phantom borders: values that arithmetic proves are read, others stay blank."""

from dataclasses import replace
from decimal import Decimal as D

import pytest

from ingest.document import Cell, Document, GridKind, Line, RawRow, RawTable
from ingest.forms import read_forms
from ingest.forms.form_spec import load_specs
from ingest.forms.head.damaged_names import listed_names, name_in_list
from ingest.forms.torn.labels import is_level
from ingest.forms.torn.levels import centred_groups
from ingest.forms.torn.points import by_deviation, candidates, settled
from ingest.forms.torn.targets import proved_target
from warehouse.records.places import Place
from warehouse.records.reading import Status


@pytest.mark.parametrize(
    ("printed", "actual", "proved"),
    [
        ("≥60¦00册", "600册", "≥600册"),  # the 0 at the border is in both pieces
        ("≤7¦2万元", "72万元", "≤72万元"),
        ("≥8¦85%", "85%", "≥85%"),  # the last character before the border was misread
        ("≤37¦万元", "3万元", "≤3万元"),
        ("=10¦00%", "100%", "=100%"),
        ("≥¦:75%", "81%", "≥75%"),
        ("≪6¦6场", "6场", "≤6场"),
        ("≤10¦万元", "8万元", "≤10万元"),  # 1万元 would not be met, but the score is full
        ("≤6¦8万元", "6万元", None),  # 6, 68 or 8: all of them are met
        ("€6¦万元", "6万元", None),
        ("≥4¦5件", "99件", None),
        ("≥60册", "600册", "≥60册"),  # not cut
    ],
)
def test_a_cut_number_is_proved_by_the_actual_value_or_has_no_value(printed, actual, proved):
    assert proved_target(printed, actual, "", is_met=True) == proved


@pytest.mark.parametrize(
    ("printed", "evidence", "proved"),
    [
        ("明显¦显改善", "改善村容", "明显改善"),
        ("支¦时", "报送及时性", "及时"),
        ("明显¦湿提高", "提高质量", "明显提高"),
        ("明显¦动", "带动就业", "明显带动"),
        ("湿提高", "提高质量", None),
        ("规¦範", "程序", None),
    ],
)
def test_a_cut_word_is_proved_by_the_words_of_the_indicator(printed, evidence, proved):
    assert proved_target(printed, "100%", evidence, is_met=True) == proved


@pytest.mark.parametrize(
    ("head", "whole"),
    [("满意度指", "满意度指标"), ("年度", "年度指标值"), ("(一)", "(一)资金总额"), ("分值1", "分值10分")],
)
def test_a_piece_from_which_a_label_can_go_on_may_begin_it(head, whole):
    generic = load_specs()[-1]
    assert (generic.knows(whole) or is_level(whole, generic)) and generic.may_begin(head)


@pytest.mark.parametrize("text", ["河道清淤", "≥", "指标满意"])
def test_a_text_with_which_no_label_begins_is_no_part_of_one(text):
    assert not load_specs()[-1].may_begin(text)


def test_cut_points_are_proved_by_their_sum_only():
    assert candidates("3. 5¦5") == [D("3.5"), D("3.55"), D("5")]
    assert candidates("10)") == [D("10")]
    assert settled([[D("3.5"), D("3.55")], [D("6.5")]], D("10")) == [D("3.5"), D("6.5")]
    assert settled([[D("3.5"), D("3.55")], [D("6.5")]], D("11")) == [None, D("6.5")]
    assert settled([[D("3.5"), D("3.55")], [D("6.5")]], None) == [None, D("6.5")]


def test_cut_points_are_proved_by_the_deviation_too():
    assert by_deviation([D("20")], [D("9.6"), D("19.6")], D("-2.00")) == ([D("20")], [D("19.6")])
    assert by_deviation([D("20")], [D("9.6"), D("19.6")], None) == ([D("20")], [D("9.6"), D("19.6")])


def test_a_label_in_the_middle_of_its_cell_covers_the_rows_above_it_too():
    assert centred_groups(5, [1, 3], [1.0, 3.5]) == [0, 0, 0, 1, 1]
    assert centred_groups(6, [4], [4.0]) == [-1, -1, 0, 0, 0, 0]  # the label of the first rows is lost
    assert centred_groups(2, [], []) == [-1, -1]


def test_a_name_that_is_cut_is_completed_from_the_list_of_the_narrative():
    document = Document(
        "text",
        (
            Line("1.2021年河湖巡查经费12.5万元,项目自评得分91分。"),
            Line("2.2021年水质监测设备购置80万元,项目自评得分88分。"),
        ),
    )
    listed = listed_names(document)
    assert listed == ("2021年河湖巡查经费", "2021年水质监测设备购置")
    assert name_in_list("水质监测设备贝勾置", listed) == "水质监测设备购置"  # the form itself prints no year
    assert name_in_list("完全另一个项目", listed) is None


ROWS = """
项目名称||||河道保|洁经费||||
主管部门|||水利局||实|施单位|水政所||
||年初预|算数|全年预|算数|全年执行数|分值|执行率|得分
项目资金|年度资金|总额:|40|4||38|10|95. 0 %|9. 5
(万元)|财政拨|款|40|40||38|-|95. 0 %|-
|财政专户管|理资金|0|0||0|-|0.00%|-
|单位资|金|0|0||0|-|0.00%|-
||||具|体情况|分值(20)|得分||存在问题及改进措施
|安排科学|性||论证充分||5|5||无
资金管理情|况|拨付合规性|||审批完整|9|5||无
|使用规范|性|||符合规定|5|5||无
|预算绩效管理|情况|||目标完整|5|5||无
一级指标|二级指标|三级指标|年度|指标值|实际值完成值|分值|得分|偏差度|偏差原因及改进措施
成本指标|经济成本指标|保洁费用|≤4|0万元|38万元|10|10|0.00|
|数量指标|保洁里程|≥31|16公里|316公里|15|15|0.00|
产出指标|双里日小|打捞次数|€9|6次|96次|15|15|0.00|
效益指标|社会效益指标|河道环境|明显|显改善|96%|25|24|-4.00|继续改善河道环境
满意度指标|服务对象满意度指标|居民满意度|≥9|90%|90%|5|5|0.00|
||总分||||100|98. 5||
""".strip().splitlines()


def torn(*instead: str) -> Document:
    """The form, in which the rows of `instead` replace those that begin with the same label."""
    own = {row.partition("|")[0]: row for row in instead}
    lines = [own.get(row.partition("|")[0], row) for row in ROWS]
    rows = tuple(RawRow(tuple(map(Cell, row.split("|"))), Place(line_no=n)) for n, row in enumerate(lines, 1))
    return Document("text", (Line("项目支出绩效自评情况表"), RawTable(rows, GridKind.CONVERTED)))


def test_proved_values_of_a_torn_form_are_read():
    (project,), doubts = read_forms(torn())
    assert (project.project, project.is_whole, project.total_score) == ("河道保洁经费", False, D("98.5"))
    assert (project.initial_budget, project.adjusted_budget, project.executed) == (D(40), D(40), D(38))
    assert (project.execution_rate_pct, project.execution_score) == (D(95), D("9.5"))
    assert (project.funds[0].source, project.funds[0].executed) == ("财政拨款", D(38))
    assert [(m.item, m.weight) for m in project.management][1] == ("拨付合规性", D(5))
    assert [i.level2 for i in project.indicators][1:3] == ["数量指标", "数量指标"]
    assert [i.target for i in project.indicators] == ["≤40万元", "≥316公里", None, "明显改善", "≥90%"]
    assert project.indicators[1].status is Status.REPAIRED
    assert {"form_cell_repaired", "form_cell_open", "form_amount_repaired"} <= {doubt.what for doubt in doubts}
    assert all(doubt.row_key == "河道保洁经费" and doubt.table_code is None for doubt in doubts)


def test_names_and_levels_have_a_doubt_of_their_own_beside_proved_numbers():
    (project,), doubts = read_forms(torn())
    unproved = [doubt.reason for doubt in doubts if doubt.what == "form_indicators_unproved"]
    assert project.indicators[1].status is Status.REPAIRED  # its target
    assert any(
        "第2项指标的" in reason and "二级指标、三级指标、实际完成值" in reason and "指标值" not in reason.split("、")
        for reason in unproved
    )
    assert any("第3项指标的" in reason and "分值、得分" in reason for reason in unproved)  # its target stays open


@pytest.mark.parametrize(
    ("total", "amounts", "rate"),
    [
        ("项目资金|年度资金|总额:|40|40||38|10|5. 0 %|9. 5", (D(40), D(40), D(38)), D("95.0")),
        ("项目资金|年度资金|总额:|40|40||40|10|00.0 %|10. 00", (D(40), D(40), D(40)), D("100.0")),
        ("项目资金|年度资金|总额:|40|40||38|10|00.0 %|10. 00", (None, None, None), None),
        ("项目资金|年度资金|总额:|40|40||0|10|0.0 %|10. 00", (D(40), D(40), D(0)), D("0.0")),  # points for a rate of 0
        ("项目资金|年度资金|总额:|40|40||40|10|00.0 %|-", (None, None, None), None),
        (
            "项目资金|年度资金|年初预算数 40|4|全年预算数 40||全年执行数 38|分值 10|执行率 95. 0 %|得分 9. 5",
            (D(40), D(40), D(38)),
            D(95),
        ),
        ("项目资金|年度资金|总额:|40|40||3 38|10|95. 0 %|9. 5", (D(40), D(40), D(38)), D(95)),
        ("项目资金|年度资金|总额:|40|40||3 36|10|95. 0 %|9. 5", (None, None, None), D(95)),
    ],
)
def test_money_cut_by_a_border_is_read_if_rate_or_score_prove_it(total, amounts, rate):
    (project,), _ = read_forms(torn(total))
    assert (project.initial_budget, project.adjusted_budget, project.executed) == amounts
    assert project.execution_rate_pct == rate


def test_a_torn_department_is_named_only_if_the_document_names_it_elsewhere():
    (project,), doubts = read_forms(torn())
    assert project.competent_department is None  # 水利局 is joined with the label 实施单位
    assert project.implementing_unit is None
    assert any("主管部门" in doubt.reason and "留空" in doubt.reason for doubt in doubts)
    document = torn()
    whole = torn("主管部门|||某县水利局|||实施单位|某县水利局||")
    named = Document(document.format, (Line("某县水利局2021年部门决算"), *whole.blocks))
    (project,), _ = read_forms(named)
    assert (project.competent_department, project.implementing_unit) == ("某县水利局", "某县水利局")


def test_a_row_of_a_torn_form_with_only_a_contact_is_removed():
    (plain,), _ = read_forms(torn())
    document = torn()
    table = document.blocks[-1]
    contact = RawRow((Cell("填报人"), Cell("甄有财")), Place(line_no=99))
    for place in (4, 9, 12):  # in the money, the management and the indicators
        rows = (*table.rows[:place], contact, *table.rows[place:])
        assert read_forms(replace(document, blocks=(document.blocks[0], RawTable(rows, GridKind.CONVERTED))))[0] == (
            plain,
        )


TORN_WHOLE = (
    "  |  | 部门整体支出 | 绩效自诩 | 平情况表 |  |  |  |  |  | ",
    "  | 剖 | 『门(単位)名称 | 2025 | 年09月 | 临川市园林 | 和绿化局 |  |  |  | ",
    "部门整体 |  |  | 年初预算 200. 00 |  |  | 全年执行数 240.00 | 分值 10 | 执行率 80.00 % | 得分 8.89 | ",
    "支出情况 | 资金 | 来源: (1) 财政拨款 | 200.00 |  | 280.00 | 240.00 |  | 85.71 % | - | ",
    "(万元) | (2 | 2) 财政专户管理资金 (3) 单位资金 | 0 0 |  | 0 20. 00 | 0 |  | 0.00% | - | ",
    " | | | | | | 绩效 | 指标 | | | | | | ",
    "一级 | 指标 | 二级指标 | 三级指标 |  | 年度指标值 | | | 实际完成值 | 分值 | 得分 | 偏差度 | 偏差原因 | 及改进措施",
    " | | 工作目标管理 | 工作任务科学性 | | 科学 | | | 100% | 30 |  | 0.00 | | ",
    "投入管理指标 | | | 绩效指标合理性 | | ≥90% | | | 100% | 40 | 40 | 0.00 | | ",
    " | | | 预算调整率 | | ≤30% | | | 687. 21% |  | {score} | 2190.70 | 年中追 | 年中追加项目。",
    " | | | 积极开展 | 积极开展苗木普查 | 按计划 | | | 100% | 10 | 10 | 0.00 | | ",
    " | | | - | 总分 | - | | | - | 100 | 88. 89 | | | ",
)  # fmt: skip
ELSEWHERE = "临川市园林和绿化局编制。临川市园林和绿化局是政府部门。临川市园林和绿化局设三个科。"


def torn_whole(score: str):
    rows = [RawRow(tuple(Cell(text.strip()) for text in row.format(score=score).split("|")), Place(line_no=n))
            for n, row in enumerate(TORN_WHOLE, 1)]  # fmt: skip
    (project,), doubts = read_forms(Document("text", (Line(ELSEWHERE), RawTable(tuple(rows), GridKind.CONVERTED))))
    return project, [doubt.what for doubt in doubts]


def test_in_a_torn_form_of_the_whole_body_sums_prove_single_numbers():
    """88.89 − 8.89 = 80 = 30 + 40 + 0 + 10, so the single 30 is weight and score; the remaining weight is 90 − 80."""
    project, doubts = torn_whole("0")
    assert (project.project, project.kind, project.fiscal_year) == ("临川市园林和绿化局", "department", None)
    assert (project.initial_budget, project.adjusted_budget, project.executed) == (D(200), D(300), D(240))
    assert (project.execution_rate_pct, project.execution_score, project.total_score) == (D(80), D("8.89"), D("88.89"))
    assert [(fund.source, fund.initial_budget, fund.adjusted_budget) for fund in project.funds] == [
        ("财政拨款", D(200), D(280)), ("财政专户管理资金", D(0), D(0)), ("单位资金", D(0), D(20)),
    ]  # fmt: skip
    assert [(one.level3, one.weight, one.score) for one in project.indicators] == [
        ("工作任务科学性", D(30), D(30)), ("绩效指标合理性", D(40), D(40)), ("预算调整率", D(10), D(0)),
        ("积极开展苗木普查", D(10), D(10)),
    ]  # fmt: skip
    assert project.indicators[2].reason == "年中追加项目。"
    assert "form_name_repaired" in doubts


def test_a_single_number_without_proof_is_read_as_the_weight_only():
    project, doubts = torn_whole("5")
    assert [(one.weight, one.score) for one in project.indicators][::2] == [(D(30), None), (None, D(5))]
    assert "form_cell_open" in doubts
