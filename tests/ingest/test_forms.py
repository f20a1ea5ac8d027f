"""Self-evaluation forms of several provinces, with invented texts and figures: cells are found by labels, not by
position."""

from decimal import Decimal as D

import pytest

from ingest.document import Cell, Document, GridKind, Line, RawRow, RawTable
from ingest.forms import read_forms
from warehouse.records.places import Place


def merged(*rows: str, page: int = 1) -> RawTable:
    """A table as the PDF reader gives it: `<` is merged with the cell on the left, `^` with the cell above."""
    grid = [[text.strip() for text in row.split("|")] for row in rows]
    return RawTable(tuple(RawRow(tuple(_cells(grid, n)), Place(page)) for n in range(len(grid))), GridKind.RULED)


def _cells(grid: list[list[str]], n: int) -> list[Cell | None]:
    out: list[Cell | None] = []
    for m, text in enumerate(grid[n]):
        right = next((k for k in range(m + 1, len(grid[n])) if grid[n][k] != "<"), len(grid[n]))
        below = next((k for k in range(n + 1, len(grid)) if grid[k][m : m + 1] != ["^"]), len(grid))
        out.append(None if text in ("<", "^") else Cell(text, right - m, below - n))
    return out


def converted(*rows: str, line_no: int = 1) -> RawTable:
    """A table as converted text gives it: no merged cells, but blank cells instead."""
    cells = [tuple(Cell(text.strip()) for text in row.split("|")) for row in rows]
    return RawTable(tuple(RawRow(row, Place(line_no=n)) for n, row in enumerate(cells, line_no)), GridKind.CONVERTED)


def pdf(*blocks: RawTable | str) -> Document:
    return Document("pdf", tuple(Line(b, Place(1)) if isinstance(b, str) else b for b in blocks), pages=9)


def text(*blocks: RawTable | str) -> Document:
    return Document("text", tuple(Line(b) if isinstance(b, str) else b for b in blocks))


def only(document: Document):
    (project,), _ = read_forms(document)
    return project


CENTRAL = (
    "项目名称            | <        | 绿道养护经费     | <      | <      | <     | <     | <      | <",
    "主管部门            | <        | 临川区园林局     | <      | <      | 实施单位 | <  | 绿化管护所 | <",
    "项目资金（万元）    | <        | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 | 备注",
    "^                   | 年度资金总额 | 300.00 | 320.50 | 310.25 | 10 | 96.80% | 9.68 | ",
    "^                   | 其中：当年财政拨款 | 280.00 | 300.50 | 290.25 | — | — | — | ",
    "^                   | 上年结转资金 | 20.00 | 20.00 | 20.00 | — | — | — | ",
    "^                   | 其他资金 | 0 | 0 | 0 | — | — | — | ",
    "年度总体目标        | 预期目标 | <        | <      | <      | 实际完成情况 | < | <   | <",
    "^                   | 养护绿道42公里 | <  | <      | <      | 养护绿道45公里 | < | < | <",
    "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因及改进措施",
    "^ | 产出指标（50分） | 数量指标 | 养护里程 | ≥42公里 | 45公里 | 30 | 30 | ",
    "^ | ^                | 时效指标 | 完成时间 | 2022年12月底前 | 12月 | 20 | 18 | 雨季延误",
    "^ | 效益指标（30分） | 社会效益指标 | 游客人次 | 不少于8万人次 | 9.5万人次 | 30 | 30 | ",
    "^ | 满意度指标（10分） | 服务对象满意度指标 | 市民满意度 | ≥90% | 92% | 10 | 10 | ",
    "总分 | < | < | < | < | < | 100 | 97.68 | ",
)  # fmt: skip


def test_a_form_with_other_money_rows_and_points_beside_level_1():
    project = only(pdf("项目支出绩效自评表", "（2022年度）", merged(*CENTRAL)))
    assert (project.project, project.kind, project.fiscal_year) == ("绿道养护经费", "project", 2022)
    assert (project.competent_department, project.implementing_unit) == ("临川区园林局", "绿化管护所")
    assert (project.initial_budget, project.adjusted_budget, project.executed) == (D("300"), D("320.5"), D("310.25"))
    assert (project.execution_rate_pct, project.execution_score, project.total_score) == (
        D("96.8"),
        D("9.68"),
        D("97.68"),
    )
    assert [(f.source, f.executed) for f in project.funds] == [
        ("当年财政拨款", D("290.25")), ("上年结转资金", D("20")), ("其他资金", D("0")),
    ]  # fmt: skip
    assert [i.level1 for i in project.indicators] == ["产出指标", "产出指标", "效益指标", "满意度指标"]
    assert (project.target_text, project.actual_text) == ("养护绿道42公里", "养护绿道45公里")


def test_the_same_form_as_converted_text_gives_the_same_record():
    rows = [row.replace("<", "").replace("^", "") for row in CENTRAL]
    from_text, from_pdf = only(text(converted(*rows))), only(pdf(merged(*CENTRAL)))
    assert (from_text.funds, from_text.total_score) == (from_pdf.funds, from_pdf.total_score)
    assert [(i.level1, i.level3, i.target, i.score) for i in from_text.indicators] == [
        (i.level1, i.level3, i.target, i.score) for i in from_pdf.indicators
    ]


DEPARTMENT = (
    "部门（单位）名称     | <            | 临川区园林局 | < | < | < | < | <",
    "部门整体支出情况（万元） | <        | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分",
    "^                   | 部门预算总额 | 300.00 | 320.00 | 310.00 | 10 | 96.88% | 9.69",
    "^                   | （1）财政拨款 | 280.00 | 300.00 | 290.00 | — | — | —",
    "^                   | （2）单位资金 | 20.00 | 20.00 | 20.00 | — | — | —",
    "{tasks}",
    "年度主要任务        | 绿道养护     | 250.00 | 260.00 | 255.00 | < | < | 任务完成",
    "^                   | 植树造林     | 50.00 | 60.00 | 55.00 | < | < | 任务完成",
    "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分",
    "^ | 产出指标 | 数量指标 | 养护里程 | ≥42公里 | 45公里 | 90 | 90",
    "总分 | < | < | < | < | < | 100 | 99.69",
)  # fmt: skip
TASKS = "年度主要任务 | 任务名称 | 年初预算数 | 全年预算数 | 全年执行数 | < | < | 实际完成情况"
STRUCTURE = "^ | （1）基本支出 | 200.00 | 220.00 | 210.00 | — | — | —"


@pytest.mark.parametrize("header", [TASKS, TASKS.replace("任务名称", "重点工作"), STRUCTURE])
def test_tasks_and_uses_of_the_money_are_no_sources_of_it(header):
    """Rule P6 adds up the sources of money: 280 + 20 = 300."""
    project = only(pdf("部门整体支出绩效自评表", merged(*(row.format(tasks=header) for row in DEPARTMENT))))
    assert [(fund.source, fund.initial_budget) for fund in project.funds] == [("财政拨款", D(280)), ("单位资金", D(20))]
    assert project.initial_budget == 300


def test_a_row_of_thousands_of_cells_is_no_indicator():
    rows = [row.replace("<", "").replace("^", "") for row in CENTRAL]
    long = "|".join(map(str, range(3000)))
    assert len(only(text(converted(*rows[:12], long, *rows[12:]))).indicators) == 4


def test_targets_are_split_into_operator_number_and_unit():
    first, second, third, _ = only(pdf(merged(*CENTRAL))).indicators
    assert (first.target_operator, first.target_value, first.target_unit) == (">=", D("42"), "公里")
    assert (second.target_operator, second.target_value) == (None, None)
    assert (third.target_operator, third.target_value, third.actual_value) == (">=", D("8"), D("9.5"))


def test_columns_in_another_order():
    project = only(
        pdf(
            merged(
                "项目名称 | 渔政巡查 | < | < | < | < | <",
                "项目单位 | 渔政支队 | < | < | 主管部门 | 农业局 | <",
                "资金情况（万元） | 执行数 | 预算数 | 年初预算 | 得分 | 执行率 | 权重",
                "资金总额 | 18 | 20 | 25 | 9 | 90% | 10",
                "财政资金 | 18 | 20 | 25 | | | ",
                "三级指标 | 二级指标 | 一级指标 | 权重 | 得分 | 完成值 | 目标值",
                "巡查次数 | 数量指标 | 产出指标 | 60 | 55 | 110次 | ≥120次",
                "渔民满意度 | 服务对象满意度 | 满意度指标 | 30 | 30 | 95% | ≥95%",
                "合计 | < | < | 100 | 94 | | ",
            )
        )
    )
    assert (project.initial_budget, project.adjusted_budget, project.executed) == (D(25), D(20), D(18))
    assert (project.execution_weight, project.execution_score, project.total_score) == (D(10), D(9), D(94))
    assert project.indicators[0].level3 == "巡查次数"
    assert (project.indicators[0].weight, project.indicators[0].score) == (D(60), D(55))


def test_amounts_in_yuan_are_converted_to_wan():
    rows = [
        row.replace("（万元）", "（元）").replace("320.50", "3205000").replace("310.25", "3102500") for row in CENTRAL
    ]
    project = only(pdf(merged(*rows)))
    assert (project.adjusted_budget, project.executed) == (D("320.5"), D("310.25"))


def test_the_unit_may_stand_above_the_form():
    rows = [row.replace("（万元）", "") for row in CENTRAL]
    assert only(pdf("项目支出绩效自评表", "金额单位：元", merged(*rows))).adjusted_budget == D("0.03205")


@pytest.mark.parametrize("cut", range(3, len(CENTRAL) - 1))
def test_a_form_continues_on_the_next_page_after_any_row(cut):
    rows = [row.replace("^", "", 2) if n == cut else row for n, row in enumerate(CENTRAL)]
    whole = only(pdf(merged(*CENTRAL)))
    parted = only(pdf(merged(*rows[:cut]), "- 7 -", merged(*rows[cut:], page=2)))
    assert (parted.adjusted_budget, parted.total_score) == (whole.adjusted_budget, whole.total_score)
    assert [(i.level1, i.level3, i.score) for i in parted.indicators] == [
        (i.level1, i.level3, i.score) for i in whole.indicators
    ]


def test_a_header_that_the_next_page_repeats_is_no_indicator():
    rows = [*CENTRAL[:12], CENTRAL[9], *CENTRAL[12:]]
    assert len(only(pdf(merged(*rows[:12]), merged(*rows[12:], page=2))).indicators) == 4


def test_two_forms_with_the_same_title_and_name_are_two_records():
    title = "项目支出绩效自评表"
    projects, _ = read_forms(pdf(title, merged(*CENTRAL), title, merged(*CENTRAL, page=2)))
    assert [(p.page, len(p.indicators)) for p in projects] == [(1, 4), (2, 4)]


def test_the_name_is_that_of_the_cell_and_not_that_of_the_title():
    assert only(pdf("河道清淤项目支出绩效自评表", merged(*CENTRAL))).project == "绿道养护经费"


def test_the_form_of_the_whole_department():
    project = only(
        pdf(
            "部门整体支出绩效自评表",
            merged(
                "部门（单位）名称 | <  | 临川区园林局 | < | < | < | < | <",
                "部门整体支出情况 | <  | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分",
                "^ | 年度预算总额（万元） | 910.4 | 955 | 859.5 | 10 | 90% | 10",
                "^ | 资金来源：（1）政府预算资金 | 900 | 940 | 850 | — | | —",
                "^ | （2）单位资金 | 10.4 | 15 | 9.5 | — | | —",
                "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因",
                "投入管理指标 | 绩效管理 | 绩效监控完成率 | 100% | 100% | 40 | 40 | ",
                "效益指标 | 满意度 | 服务对象满意度 | ≥90% | 88% | 50 | 45 | 问卷偏少",
                "总分 | < | < | < | < | 100 | 95 | ",
            ),
        )
    )
    assert (project.kind, project.project, project.total_score) == ("department", "临川区园林局", D(95))
    assert [f.source for f in project.funds] == ["政府预算资金", "单位资金"]
    assert project.indicators[1].level2 == "满意度"


SHANXI = (
    "项目名称 |  | 校舍加固 | | | | | | | ",
    "主管部门及代码 | | 301-教育局 | | | 预算单位 | 301002-第二小学 | | | ",
    "项目资金(万元) | 年初预算数 | | 全年预算数 | 全年执行数 | 资金结余 | 执行率 | 得分 | 偏差原因 | ",
    " | 目标申报数 | 预算编制数 | | | | | | | ",
    " | 资金总额: | 64,120 | 64,120 | 51.296 | 51.296 | 0 | 100 | 10 | ",
    "县级财政资金 | 64,120 | 64,120 | 51.296 | 51.296 | 0 | 100.00 | 10.00 | 无 | ",
    "项目年度绩效目标 | 年度目标 | | | | 实际完成情况 | | | | ",
    " | 加固教学楼两栋,预算641200元 | | | | 加固完成 | | | | ",
    "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年初指标值 | 调整后指标值 | 完成值 | 定性指标情况说明 | 分值 | 得分",
    " | 产出指标 | 数量指标 | 加固栋数 | ≥栋 | ≥2栋 | ≥2栋 | | 20 | 20",
    " | | 成本指标 | 每平方米造价 | -元 | -350元 | -350元 | | 30 | 28",
    " | 效益指标 | 社会效益 | 消除隐患 | | 消除 | 达成预期指标 | | 30 | 30",
    "满意度指标 | 服务对象满意度 | 家长满意度 | ≥% | ≥95% | ≥95% | | 10 | 10 | ",
    "总分 | | | | | | | | 98 | 优",
)


def test_shifted_rows_of_converted_text_are_read_by_their_content():
    project = only(text("校舍加固项目支出绩效自评表", converted(*SHANXI)))
    assert (project.total_score, project.grade, project.execution_rate_pct) == (D(98), "优", D(100))
    assert [i.level1 for i in project.indicators] == ["产出指标", "产出指标", "效益指标", "满意度指标"]
    assert [i.level3 for i in project.indicators] == ["加固栋数", "每平方米造价", "消除隐患", "家长满意度"]
    assert [i.score for i in project.indicators] == [D(20), D(28), D(30), D(10)]
    assert (project.indicators[0].target, project.indicators[3].target) == ("≥2栋", "≥95%")


def test_a_minus_is_an_equals_sign_where_the_template_of_the_form_shows_it():
    cost = only(text(converted(*SHANXI))).indicators[1]
    assert (cost.target, cost.actual, cost.target_operator, cost.target_value) == ("=350元", "=350元", "=", D(350))
    assert (cost.status, bool(cost.repair_reason)) == ("repaired", True)


def test_a_comma_is_read_as_a_point_if_another_number_of_the_form_proves_it():
    projects, doubts = read_forms(text(converted(*SHANXI)))
    assert projects[0].initial_budget == projects[0].funds[0].initial_budget == D("64.12")
    assert any(d.what == "form_amount_repaired" and d.printed == "64,120" for d in doubts)


def test_an_ambiguous_comma_without_proof_gives_no_value():
    rows = [row.replace("641200元", "若干") for row in SHANXI]
    projects, doubts = read_forms(text(converted(*rows)))
    assert projects[0].initial_budget is None
    assert any(d.what == "form_amount_open" and d.row_key == "校舍加固" for d in doubts)


def test_a_total_that_stands_in_the_cell_of_the_execution_score():
    rows = [row.replace("| 10 | 96.80% | 9.68", "| 10 | 96.80% | 97.68") for row in CENTRAL]
    project = only(pdf(merged(*rows)))
    assert (project.total_score, project.execution_score) == (D("97.68"), None)


def test_tables_that_are_no_forms_give_no_record():
    assert read_forms(pdf("收入决算表", merged("科目编码 | 科目名称 | 合计", "2010101 | 行政运行 | 12.50"))) == ((), ())


def test_contacts_of_a_form_are_in_no_record():
    rows = [
        CENTRAL[0],
        "填报人 | < | 甄有财 | < | < | 联系电话 | < | 13812345678 | <",
        "项目负责人及电话 | < | 贾大山 0391-6628134 | < | < | < | < | < | <",
        *CENTRAL[1:],
    ]
    rows = [row.replace("雨季延误", "雨季延误，联系人：甄有财，电话13812345678") for row in rows]
    said = repr(read_forms(pdf("填报人及联系方式：甄有财13812345678", merged(*rows))))
    assert "雨季延误" in said
    assert not any(secret in said for secret in ("甄有财", "贾大山", "13812345678", "6628134"))


def test_a_list_of_projects_before_the_forms_is_no_form():
    listing = merged("序号 | 项目名称 | 自评分数", "1 | 绿道养护经费 | 97.68", "2 | 苗木补植 | 91")
    assert only(pdf("项目绩效自评结果汇总", listing, "项目支出绩效自评表", merged(*CENTRAL))).total_score == D("97.68")


def test_a_total_and_a_grade_above_the_indicators():
    rows = [*CENTRAL[:7], "自评得分 | < | 97.68 | < | < | 自评等级 | < | 优 | <", *CENTRAL[7:14]]
    project = only(pdf(merged(*rows[:12]), merged(*rows[12:], page=2)))
    assert (project.total_score, project.grade, len(project.indicators)) == (D("97.68"), "优", 4)


def test_a_form_without_a_name_gets_that_of_its_title_or_a_doubt():
    assert only(pdf("苗木补植项目支出绩效自评表", merged(*CENTRAL[2:]))).project == "苗木补植"
    projects, doubts = read_forms(pdf("项目支出绩效自评表", merged(*CENTRAL[2:])))
    assert (projects, [doubt.what for doubt in doubts]) == ((), ["form_without_name"])


def test_names_of_department_and_project_below_each_other():
    rows = ["部门名称 | < | 临川区园林局 | < | < | < | < | < | <", *CENTRAL]
    assert (only(pdf(merged(*rows))).project, only(pdf(merged(*rows))).kind) == ("绿道养护经费", "project")


@pytest.mark.parametrize(("heading", "is_whole"), [("年初预算数", True), ("年初下达", False)])
def test_an_unknown_money_column_makes_a_converted_form_incomplete(heading, is_whole):
    rows = [row.replace("<", "").replace("^", "").replace("年初预算数", heading) for row in CENTRAL]
    (project,), doubts = read_forms(text(converted(*rows)))
    assert project.is_whole is is_whole
    assert ("form_header_unknown" in [doubt.what for doubt in doubts]) is not is_whole


MANAGEMENT = (
    " | 安排科学性 | 依据充分 | | | 5 | 5 | ",
    " | 拨付合规性 | 合规 | | | 5 | 4 | ",
)


@pytest.mark.parametrize(("heading", "is_whole"), [("情况说明 | | | 分值 | 得分", True), ("甲 | | | 乙 | 丙", False)])
def test_unread_management_items_make_a_form_incomplete(heading, is_whole):
    rows = [row.replace("<", "").replace("^", "") for row in CENTRAL]
    block = (f"资金管理情况 | | {heading} | 存在问题和改进措施", *MANAGEMENT)
    (project,), _ = read_forms(text(converted(*rows[:7], *block, *rows[7:])))
    assert [(one.item, one.score) for one in project.management] == (
        [("安排科学性", D(5)), ("拨付合规性", D(4))] if is_whole else []
    )
    assert project.is_whole is is_whole


@pytest.mark.parametrize(
    ("printed", "damaged"),
    [("30 | 30 | ", "30 | 3。0 | "), ("100 | 97.68 | ", "100 | 97·68 | "), ("320.50 | 310.25", "320.50 | +310.25")],
    ids=["score", "total", "money"],
)
@pytest.mark.parametrize("kind", ["pdf", "text"])
def test_a_form_that_prints_a_damaged_number_is_not_whole(printed, damaged, kind):
    rows = tuple(row.replace(printed, damaged, 1) for row in CENTRAL)
    assert rows != CENTRAL
    document = pdf(merged(*rows)) if kind == "pdf" else text(converted(*_without_marks(rows)))
    (project,), doubts = read_forms(document)
    assert not project.is_whole
    assert project.total_score in (D("97.68"), None)
    (doubt,) = (one for one in doubts if one.what == "form_number_open")
    assert damaged.strip(" |").split("|")[-1].strip() in doubt.printed
    (sound,), none = read_forms(pdf(merged(*CENTRAL)))
    assert sound.is_whole
    assert not [one for one in none if one.what == "form_number_open"]


def _without_marks(rows):
    return [row.replace("^", "").replace("<", "") for row in rows]
