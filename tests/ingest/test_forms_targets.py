"""Forms and lists of targets (绩效目标): what is filled in before the year, without actual values and scores."""

from decimal import Decimal as D

import pytest

from ingest.document import Document
from ingest.forms import read_forms
from tests.ingest.test_forms import merged, pdf
from warehouse.records.reading import PerformanceProject

TITLE = "项目支出绩效目标表"
HEAD = (
    "项目名称     | < | < | 河道清淤 | < | <",
    "主管部门及代码 | < | < | 340_示范市水务局 | 实施单位 | 示范市河道所",
    "项目资金（万元） | < | < | 年度资金总额： | 25.00 | <",
    "^            | ^ | ^ | 其中：财政拨款 | 20.00 | <",
    "^            | ^ | ^ | 其他资金 | 5.00 | <",
    "总体目标     | 清淤12公里 | < | < | < | <",
)
INDICATORS = (
    "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 权重",
    "^ | 产出指标 | 数量指标 | 清淤长度 | ≥12公里 | 20",
    "^ | ^        | 质量指标 | 合格率   | 100% | 30",
    "^ | 效益指标 | 社会效益指标 | 防洪标准 | 有所提高 | 40",
)


def projects(*blocks) -> tuple[PerformanceProject, ...]:
    document: Document = pdf(*blocks)
    return read_forms(document)[0]


def only(*rows: str) -> PerformanceProject:
    (project,) = projects(TITLE, merged(*rows))
    return project


def test_money_goal_and_indicators_of_a_form() -> None:
    project = only(*HEAD, *INDICATORS)
    assert (project.project, project.kind, project.initial_budget) == ("河道清淤", "project", D("25.00"))
    assert (project.competent_department, project.implementing_unit) == ("示范市水务局", "示范市河道所")
    assert [(fund.source, fund.initial_budget) for fund in project.funds] == [("财政拨款", D(20)), ("其他资金", D(5))]
    assert project.target_text == "清淤12公里"
    first, second, third = project.indicators
    assert (first.level1, first.level2, first.level3, first.weight) == ("产出指标", "数量指标", "清淤长度", D(20))
    assert (first.target_operator, first.target_value, first.target_unit) == (">=", D(12), "公里")
    assert (second.level1, second.target_operator, second.target_value, second.target_unit) == (
        "产出指标",
        None,
        100,
        "%",
    )
    assert (third.target, third.target_value, third.actual, third.score) == ("有所提高", None, None, None)


def test_indicators_without_weights_are_read() -> None:
    rows = (row.rpartition("|")[0] for row in INDICATORS)
    assert [one.level3 for one in only(*HEAD, *rows).indicators] == ["清淤长度", "合格率", "防洪标准"]


def test_of_the_money_of_the_whole_term_and_of_the_year_that_of_the_year_counts() -> None:
    project = only(
        "项目名称 | < | 河道清淤 | < | < | <",
        "资金金额（万元） | < | 实施期资金总额： | 90.00 | 年度资金总额： | 30.00",
        "^ | < | 其中：财政拨款 | 90.00 | 其中：财政拨款 | 30.00",
        *INDICATORS,
    )
    assert project.initial_budget == D("30.00")


def test_the_form_of_a_whole_department_sums_its_tasks() -> None:
    (project,) = projects(
        "部门整体支出绩效目标表",
        merged(
            "部门（单位）名称 | < | 示范市水务局 | < | < | <",
            "年度主要任务 | 任务名称 | 主要内容 | 预算金额（万元） | < | <",
            "^ | ^ | ^ | 总额 | 财政拨款 | 其他资金",
            "^ | 河道清淤 | 清淤经费。 | 25.00 | 20.00 | 5.00",
            "^ | 道路养护 | 养护经费。 | 10.00 | 10.00 | ",
            "^ | 金额合计 | < | 35.00 | 30.00 | 5.00",
            *INDICATORS,
        ),
    )
    assert (project.kind, project.initial_budget) == ("department", D("35.00"))
    assert [(fund.source, fund.initial_budget) for fund in project.funds] == [("财政拨款", D(30)), ("其他资金", D(5))]


def test_levels_that_a_page_break_cut_from_their_rows() -> None:
    first = merged(
        *HEAD,
        "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 权重",
        "^ | 成本指标 | 经济成本指标 | 清淤成本 | ≤25万元 | 10",
        "^ |  |  | 清淤长度 | ≥12公里 | 20",
    )
    second = merged(
        " | 产出 | 数量指标 | 清淤次数 | 2 | 10",
        " | 指标 | 质量指标 | 合格率 | 100% | 10",
        page=2,
    )
    (project,) = projects(TITLE, first, second)
    assert [(one.level1, one.level2) for one in project.indicators] == [
        ("成本指标", "经济成本指标"),
        ("产出指标", "数量指标"),
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
    ]


def test_operator_value_and_unit_in_cells_of_their_own() -> None:
    project = only(
        *(f"{row} | <" for row in HEAD),
        "一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 计量单位 | 权重",
        "产出指标 | 数量指标 | 清淤长度 | ≥ | 12 | 公里 | 20",
        "^ | 质量指标 | 水质 | 定性 | 好 |  | 20",
    )
    first, second = project.indicators
    assert (first.target_operator, first.target_value, first.target_unit) == (">=", D(12), "公里")
    assert (second.target, second.target_operator, second.target_value) == ("好", None, None)


def test_levels_run_together_in_one_cell_are_parted() -> None:
    project = only(
        *HEAD,
        "绩效指标 | < | < | 三级指标 | 指标值 | 权重",
        " | < | < | 产出指标数量指标清淤长度 | ≥12公里 | 20",
    )
    assert [(one.level1, one.level2, one.level3) for one in project.indicators] == [
        ("产出指标", "数量指标", "清淤长度")
    ]


LIST = ("预算单位名称 | 项目名称 | 预算数（万元） | 绩效目标", "示范市水务局 | 河道清淤 | 25.00 | 清淤12公里，")


def test_a_list_of_projects_goes_on_over_a_page_break() -> None:
    rest = merged(" |  |  | 合格率100%。", "示范市水务局 | 道路养护 | 10.00 | 养护42公里", page=2)
    first, second = projects(merged(*LIST), rest)
    assert (first.project, first.implementing_unit, first.initial_budget) == ("河道清淤", "示范市水务局", D("25.00"))
    assert first.target_text == "清淤12公里，合格率100%。"
    assert (second.project, second.target_text) == ("道路养护", "养护42公里")


def test_one_table_of_all_projects_with_a_row_for_each_indicator() -> None:
    (first, second) = projects(
        merged(
            "项目名称 | 预算金额 | 绩效目标 | 一级指标 | 二级指标 | 三级指标 | 性质 | 指标值 | 计量单位 | 权重",
            "340100000000000001-河道清淤 | 25.00 | 清淤12公里 | 产出指标 | 数量指标 | 清淤长度 | ≥ | 12 | 公里 | 60",
            "^ | ^ | ^ | 效益指标 | 社会效益指标 | 防洪标准 | 定性 | 提高 |  | 30",
            "340100000000000002-道路养护 | 10.00 | 养护42公里 | 产出指标 | 数量指标 | 养护里程 | ≥ | 42 | 公里 | 90",
        )
    )
    assert (first.project, first.initial_budget, second.project) == ("河道清淤", D("25.00"), "道路养护")
    length, floods = first.indicators
    assert length.level1 == "产出指标"
    assert (length.target_operator, length.target_value, length.target_unit) == (">=", 12, "公里")
    assert (floods.level2, floods.target, floods.target_operator, floods.weight) == (
        "社会效益指标",
        "提高",
        None,
        D(30),
    )


@pytest.mark.parametrize("lacking", ["绩效目标", "预算数（万元）"])
def test_a_list_without_goals_or_money_is_no_list_of_targets(lacking: str) -> None:
    assert projects(merged(*(row.replace(lacking, "备注") for row in LIST))) == ()
