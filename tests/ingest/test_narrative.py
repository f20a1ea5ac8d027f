"""Figures that are read from sentences of each kind, in invented wordings and in those of several provinces."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Document, Line
from ingest.narrative import read_narrative
from tests.ingest.truth import SAMPLE_FILES, document_of, extraction_of
from tests.kinds import ACCOUNTS
from warehouse.records.places import Place
from warehouse.records.reading import Amount, Presence, Status

D = Decimal
TOTALS = "一、收入支出决算总体情况说明"
INCOME = "二、收入决算情况说明"
SPENDING = "三、支出决算情况说明"
FISCAL = "四、财政拨款收入支出决算总体情况说明"
GENERAL = "五、一般公共预算财政拨款支出决算情况说明"
BASIC = "六、一般公共预算财政拨款基本支出决算情况说明"
FUND = "七、政府性基金预算财政拨款支出决算情况说明"
STATE = "八、国有资本经营预算财政拨款支出决算情况说明"
THREE = "九、财政拨款“三公”经费支出决算情况说明"
COST = "（一）机关运行经费支出情况"
BUYING = "（二）政府采购支出情况说明"
ASSETS = "（三）国有资产占用情况"
RESULTS = "十三、预算绩效情况说明"


def document(*lines, pages=None):
    pages = pages or [None] * len(lines)
    blocks = (Line(text, Place(page, n)) for n, (text, page) in enumerate(zip(lines, pages, strict=True), 1))
    return Document("text", tuple(blocks))


def read(*lines, amounts=(), year=2024, pages=None):
    return read_narrative(
        ACCOUNTS, document("第三部分 决算情况说明", *lines, pages=pages and [pages[0], *pages]), amounts, year
    )


def said(*lines, **options):
    """{(kind, subject, measure): value or text}"""
    figures, _ = read(*lines, **options)
    return {(f.kind, f.subject, f.measure): f.text if f.value is None else f.value for f in figures}


def amount(code, name, value, table="GK05"):
    return Amount(table, code, name, "total", D(value), "元", Presence.NUMBER, Status.AS_PRINTED, value, "元", 1, 1,
                  functional_code=code)  # fmt: skip


def changes(subject, current, change, change_pct):
    measures = {"current": current, "change": change, "change_pct": change_pct}
    return {("year_over_year", subject, name): D(value) for name, value in measures.items()}


@pytest.mark.parametrize(
    "sentence",
    [
        "本年度收、支总计均是90.00万元，同上年度相比，收、支总计各减少10.00万元，降幅一致，下降10.00%。",
        "收入支出总计 90.00 万元。与 2023 年度相比，收入支出总计降低10万元，下降10%。",
        "收入总计90.00万元，支出总计90.00万元。较2023年，收入总计减少10万元，降低10%；支出总计同样减少10万元。",
        "总收入900,000元，比上年决算数下降10%，减少100,000元。",
        "收支总计0.009亿元，较去年减少了10万元,下降（增长）10%。",
    ],
)
def test_totals_and_their_change(sentence):
    assert said(TOTALS, sentence) == changes("total_income_and_expenditure", "90", "-10", "-10")


def test_a_comparison_with_a_budget_is_no_change_on_last_year():
    assert said(COST, "机关运行经费支出8万元，比年初预算数减少2万元，下降20%。") == {
        ("operating_cost", "all", "final"): D(8),
        ("year_over_year", "operating_cost", "current"): D(8),
    }
    assert ("year_over_year", "operating_cost", "change") not in said(
        COST, "机关运行经费8万元，比2024年预计减少2万元。"
    )


def test_a_statement_without_a_digit_gives_no_figure():
    assert said(FUND, "本年度没有政府性基金收入，也没有使用其安排的支出。") == {}
    assert ("year_over_year", "three_public", "change") not in said(THREE, "“三公”经费支出决算1万元，与上年持平。")


def test_composition():
    found = said(INCOME, "收入合计50万元，其中：财政拨款收入40万元，占80%；事业收入10万元，占比20.0%。", SPENDING,
                 "支出合计48万元，其中：", "基本支出12万元，占25%；", "项目支出36万元，占75%。")  # fmt: skip
    assert found == {
        ("income_composition", "total", "amount"): 50,
        ("income_composition", "fiscal_appropriation", "amount"): 40,
        ("income_composition", "fiscal_appropriation", "share_pct"): 80,
        ("income_composition", "institutional", "amount"): 10,
        ("income_composition", "institutional", "share_pct"): 20,
        ("expenditure_composition", "total", "amount"): 48,
        ("expenditure_composition", "basic", "amount"): 12,
        ("expenditure_composition", "basic", "share_pct"): 25,
        ("expenditure_composition", "project", "amount"): 36,
        ("expenditure_composition", "project", "share_pct"): 75,
    }


def test_fiscal_and_general_totals():
    found = said(FISCAL, "财政拨款收、支总计8万元，比上年增加2万元，增长33.33%。", GENERAL,
                 "一般公共预算财政拨款支出决算6万元，占总支出的75%。比上年增加1万元，增长20%。")  # fmt: skip
    assert found == {
        **changes("fiscal_appropriation_total", "8", "2", "33.33"),
        **changes("general_public_expenditure", "6", "1", "20"),
        ("year_over_year", "general_public_expenditure", "share_pct"): 75,
    }


def test_structure_with_the_mark_before_or_behind_and_without():
    found = said(
        GENERAL, "主要用于以下方面：教育（类）支出1万元，占10%；卫生健康支出(类)2万元,占20%；国防支出7万元，占70%。"
    )
    assert found == {
        ("structure", "教育", "amount"): 1,
        ("structure", "教育", "share_pct"): 10,
        ("structure", "卫生健康支出", "amount"): 2,
        ("structure", "卫生健康支出", "share_pct"): 20,
        ("structure", "国防支出", "amount"): 7,
        ("structure", "国防支出", "share_pct"): 70,
    }


ITEM = "教育支出/普通教育/小学教育"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["1.教育支出（类）普通教育（款）小学教育（项）。年初预算安排为4万元，年末支出决算为5万元，完成年初预算的125%。"
             "决算数高出预算数的主要原因是：学生增加，", "校舍维修。"],
            {"initial_budget": 4, "final": 5, "completion_pct": 125, "reason": "学生增加，校舍维修"},
        ),
        (
            ["-2、教育支出(类)普通教育(款)小", "学教育(项)。主要用于：办学。",
             "全年预算是4万元,决算为5万元,完成全年预算的125%。",
             "决算数同预算数持平。"],
            {"adjusted_budget": 4, "final": 5, "completion_pct": 125},
        ),
        (
            ["教育支出（类）普通教育（款）小学教育（项）年初预算数0万元，决算数5万元，主要是年中追加。"],
            {"initial_budget": 0, "final": 5, "reason": "年中追加"},
        ),
    ],
)  # fmt: skip
def test_item_by_item(lines, expected):
    assert said(GENERAL, *lines) == {("budget_vs_final", ITEM, name): value for name, value in expected.items()}


def test_the_opening_sentence_is_the_total_and_its_reason_may_name_an_item():
    found = said(GENERAL, "一般公共预算财政拨款支出的年初预算为9万元，支出决算为8万元，完成预算的88.89%。"
                 "决算低于预算的主要原因：教育支出（类）项目结余。其中：")  # fmt: skip
    assert {key[2]: value for key, value in found.items() if key[:2] == ("budget_vs_final", "TOTAL")} == {
        "initial_budget": 9, "final": 8, "completion_pct": D("88.89"), "reason": "教育支出（类）项目结余",
    }  # fmt: skip


def test_items_by_class_alone_with_their_change():
    found = said(
        GENERAL, "教育支出年初预算4万元,决算5万元,完成年初预算的125%,供办学之需。较上年决算减少2万元,下降28.57%。"
    )
    assert found[("budget_vs_final", "教育支出", "initial_budget")] == 4
    assert found[("budget_vs_final", "教育支出", "final")] == 5
    assert found[("year_over_year", "教育支出", "change")] == -2
    assert found[("year_over_year", "教育支出", "change_pct")] == D("-28.57")


def test_basic_expenditure_and_its_parts():
    found = said(BASIC, "基本支出9万元。一是人员经费7万元，较上年度，人员经费支出增加1万元，增长16.67%。",
                 "公用经费2万元，主要包括：办公费1万元、水费1万元。")  # fmt: skip
    assert found == {
        ("year_over_year", "basic_expenditure", "current"): 9,
        **changes("personnel", "7", "1", "16.67"),
        ("year_over_year", "public_funds", "current"): 2,
    }


def test_funds():
    assert said(FUND, "政府性基金支出的年初预算为0万元，支出决算为3万元。") == {
        ("fund_budget_vs_final", "government_fund", "initial_budget"): 0,
        ("fund_budget_vs_final", "government_fund", "final"): 3,
        ("year_over_year", "government_fund", "current"): 3,
    }
    assert said(STATE, "国有资本经营预算支出，年初预算为2万元，决算数为1万元。") == {
        ("fund_budget_vs_final", "state_capital", "initial_budget"): 2,
        ("fund_budget_vs_final", "state_capital", "final"): 1,
    }  # fmt: skip


def test_three_public_amounts():
    found = said(THREE, "“三公”经费支出全年预算5万元，支出决算为4万元，完成预算的80%，比上年减少1万元，下降20%。",
                 "分项看：因公出国（境）费决算0万元，占0%；公务用车购置及运行维护费决算3万元，占75%；",
                 "公务接待费支出决算减少0.5万元，下降33.33%。", "3.公务接待费支出1万元，完成预算的50%。")  # fmt: skip
    assert found == {
        ("three_public_amount", "total", "budget"): 5,
        ("three_public_amount", "total", "final"): 4,
        ("three_public_amount", "total", "completion_pct"): 80,
        ("three_public_amount", "overseas", "final"): 0,
        ("three_public_amount", "overseas", "share_pct"): 0,
        ("three_public_amount", "vehicle_total", "final"): 3,
        ("three_public_amount", "vehicle_total", "share_pct"): 75,
        ("three_public_amount", "reception", "final"): 1,
        ("three_public_amount", "reception", "completion_pct"): 50,
        **changes("three_public", "4", "-1", "-20"),
        **changes("three_public_reception", "1", "-0.5", "-33.33"),
    }


@pytest.mark.parametrize(
    "lines",
    [
        ["出国（境）团组2个，累计9人次。购置车辆1台。公务用车保有量为4辆。",
         "接待国（境）外来访团组1个、来访外宾3人次。", "接待国内来访团组8个、来宾72人次。"],
        ["因公出国（境）费决算0万元，出国（境）团组共2个，9人次。共购置公务用车1辆，公务用车保有量共4辆。",
         "国内接待费用0万元，共接待8批次，72人次；外事接待费用0万元，共接待1批次，3人次。"],
        ["因公出国（境）团组2次，出国（境）9人。公务用车购置数1辆，公务用车保有量4辆。",
         "公务接待8批次、72人次，其中：接待外宾1批次、3人次。"],
    ],
)  # fmt: skip
def test_three_public_counts(lines):
    counts = {key[2]: value for key, value in said(THREE, *lines).items() if key[0] == "three_public_detail"}
    assert counts == {
        "overseas_groups": 2, "overseas_persons": 9, "vehicles_purchased": 1, "vehicles_owned": 4,
        "domestic_reception_batches": 8, "domestic_reception_persons": 72,
        "foreign_reception_batches": 1, "foreign_reception_persons": 3,
    }  # fmt: skip


def test_operating_cost_with_its_budget():
    found = said(COST, "机关运行经费的年初预算为5万元，决算为4万元，完成年初预算的80%。较上年度增长1万元，增长33.33%。")
    assert found == {
        ("operating_cost", "all", "initial_budget"): 5,
        ("operating_cost", "all", "final"): 4,
        ("operating_cost", "all", "completion_pct"): 80,
        **changes("operating_cost", "4", "1", "33.33"),
    }


def test_procurement_in_two_forms():
    common = said(BUYING, "政府采购支出总额9万元，按类别为：政府采购货物支出4万元、"
                  "工程支出0万元，另有政府采购服务支出5万元。"
                  "授予中小企业合同总额9万元，占全部合同的100%，"
                  "授予小微企业的合同金额3万元，占33.33%。")  # fmt: skip
    assert {key[2]: value for key, value in common.items()} == {
        "total": 9, "goods": 4, "works": 0, "services": 5, "sme_contracts": 9, "sme_share_pct": 100,
        "micro_contracts": 3, "micro_share_pct": D("33.33"),
    }  # fmt: skip
    reserved = said(BUYING, "政府采购金额（按合同）为9万元，其中：货物采购金额9万元。"
                    "面向中小企业预留政府采购项目预算金额7万元，"
                    "面向小微企业预留政府采购项目预算金额6万元。"
                    "在其他政府采购项目中，由中小企业供应商成交的，采购金额1万元。")  # fmt: skip
    assert {key[2]: value for key, value in reserved.items()} == {
        "total": 9, "goods": 9, "sme_reserved_budget": 7, "micro_reserved_budget": 6, "other_sme_contracts": 1,
    }  # fmt: skip


def test_state_assets():
    found = said(ASSETS, "共有车辆6辆，其中，副部（省）级及以上领导用车0辆、主要负责人用车1辆、"
                 "机要通信用车2辆、其他用车3辆；",
                 "单价50万元以上通用设备7台（套），单价100万元（含）以上设备（不含车辆）4台（套）。")  # fmt: skip
    assert {key[2]: value for key, value in found.items()} == {
        "vehicles_total": 6, "vehicles_provincial_leader": 0, "vehicles_main_leader": 1,
        "vehicles_confidential_comm": 2, "vehicles_other": 3, "equipment_over_1m": 4,
    }  # fmt: skip


@pytest.mark.parametrize(
    "sentence",
    [
        "开展绩效自评，涵盖项目5个，涉及预算资金8万元。自评结果，2个项目自评为优，1个项目自评结果为良，1个项目自评等级为中，1个项目自评为差。",
        "共自评5个项目，涉及金额8万元。“优”的项目2个，评价等级为“良”的项目1个，“合格”的项目1个；评级为“不合格”的项目1个。",
    ],
)
def test_performance_summary(sentence):
    assert {key[2]: value for key, value in said(RESULTS, sentence).items()} == {
        "projects_self_evaluated": 5, "amount": 8,
        "grade_excellent": 2, "grade_good": 1, "grade_medium": 1, "grade_poor": 1,
    }  # fmt: skip


def test_scores_of_named_projects():
    found = said(RESULTS, "自评项目2个，分别为：", "1.2024河道清理经费5万元，项目自评得分98.5分。发现问题：进度慢。",
                 "-2、2024年路灯维护费，预算8万元，实际支出6万元，执行率75%，自评得分90。",
                 "灯会项目绩效自评综述：自评得分为99分。全年预算数3万元，全年执行数为3万元，完成预算的100%。",
                 )  # fmt: skip
    assert {key[1:]: value for key, value in found.items() if key[0] == "project_score"} == {
        ("2024河道清理经费", "amount"): 5, ("2024河道清理经费", "score"): D("98.5"),
        ("2024年路灯维护费", "budget"): 8, ("2024年路灯维护费", "executed"): 6,
        ("2024年路灯维护费", "execution_rate_pct"): 75, ("2024年路灯维护费", "score"): 90,
        ("灯会项目", "budget"): 3, ("灯会项目", "executed"): 3, ("灯会项目", "execution_rate_pct"): 100,
        ("灯会项目", "score"): 99,
    }  # fmt: skip


def test_a_sentence_runs_over_a_page_break_with_page_number_and_running_title():
    lines = [TOTALS, "收、支总计均为90.", "12", "某局决算", "50万元。", FISCAL, "财政拨款收、支总计", "13",
             "某局决算", "8万元。", "14",
             "某局决算", "完"]  # fmt: skip
    found = said(*lines, pages=[1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 4, 4])
    assert found[("year_over_year", "total_income_and_expenditure", "current")] == D("90.50")
    assert found[("year_over_year", "fiscal_appropriation_total", "current")] == 8


def test_contents_tables_and_glossary_give_no_figure():
    found = said(
        "一、收入支出决算总体情况说明……12", "二、收入决算情况说明……13", "第四部分 名词解释", "第二部分 决算表",
        "五、一般公共预算财政拨款支出决算表", "一般公共预算财政拨款支出5万元", "第四部分 名词解释",
        TOTALS, "收、支总计均为9万元。",
    )  # fmt: skip
    assert found == {}


def test_a_torn_number_is_repaired_where_the_ratio_proves_it():
    figures, doubts = read(
        GENERAL, "教育支出（类）普通教育（款）小学教育（项）。年初预算为4 0.00万元，支出决算为50. 00万元，完成125%。"
    )
    initial, final = figures[0], figures[1]
    assert (initial.value, initial.status) == (40, Status.REPAIRED) and initial.repair_reason
    assert (final.value, final.status) == (50, Status.AS_PRINTED)
    assert not doubts


def test_a_point_for_a_comma_is_repaired_where_a_table_shows_the_amount():
    tables = [amount("205", "教育支出", "45960100")]
    figures, doubts = read(INCOME, "收入合计4.596.01万元。", amounts=tables)
    assert (figures[0].value, figures[0].status, doubts) == (D("4596.01"), Status.REPAIRED, ())
    figures, doubts = read(INCOME, "收入合计4.596.01万元。")
    assert figures[0].status is Status.DOUBTFUL and doubts[0].what == "number_unproved"


def test_a_missing_per_cent_sign_is_proved_by_the_change():
    figures, doubts = read(TOTALS, "收、支总计12万元，比上年增加2万元，增长20。")
    assert (figures[-1].value, figures[-1].unit, figures[-1].status) == (20, "%", Status.REPAIRED)
    assert not doubts


def test_subjects_become_codes_where_the_tables_print_the_same_names():
    tables = [amount("205", "教育支出", "1"), amount("20502", "普通教育", "1"), amount("2050202", "小学教育", "1")]
    figures, doubts = read(GENERAL, "教育支出（类）普通教育（款）小学教育（项）。年初预算为4万元。",
                           "教育支出（类）普通教育（款）初中教育（项）。年初预算为4万元。",
                           "主要用于：教育（类）支出4万元，占100%。", amounts=tables)  # fmt: skip
    codes = {figure.subject: figure.functional_code for figure in figures}
    assert codes == {ITEM: "2050202", "教育支出/普通教育/初中教育": None, "教育": "205"}
    assert [(doubt.what, doubt.row_key) for doubt in doubts] == [("subject_unresolved", "教育支出/普通教育/初中教育")]


def test_two_statements_of_one_figure_that_differ_are_a_doubt():
    figures, doubts = read(THREE, "公务接待费支出决算1万元。", "3.公务接待费支出决算2万元。")
    assert figures[0].value == 1 and [doubt.what for doubt in doubts] == ["stated_twice"]


@pytest.mark.parametrize(
    "other",
    ["其中本级公务接待费支出决算2万元。", "2023年公务接待费支出决算2万元。", "所属单位的公务接待费支出决算2万元。"],
)
def test_two_statements_about_different_things_are_no_doubt(other):
    figures, doubts = read(THREE, "2024年公务接待费支出决算1万元。", other)
    assert figures[0].value == 1 and not doubts


def test_statements_about_evaluations_and_their_budgets():
    lines = (
        "我局对2024年度全部项目支出做了自评，涵盖项目6个，机关项目5个，另有二级机构项目1个，共涉及预算资金90.00万元。"
        "按来源分，涉及一般公共预算项目4个，涉及金额30.00万元；涉及政府性基金项目2个，涉及金额60.00万元。",
        "我局组织对“苗木普查”、“绿道养护”等6个项目开展了部门评价。",
        "我局还完成了部门整体支出绩效自评，预算资金95.00元，分别涉及一般公共预算35.00万元、政府性基金60.00万元。",
        "我局绩效自评情况：对照目标，“苗木普查”项目绩效自评得分为99分。该项目全年预算数8.00万元，实际执行数为7.00万元，"
        "完成预算的87.50%。",
        "我局挑选“苗木普查”项目开展部门评价。评价结果为优秀；评价得分98.50分，已报财政部门。",
    )
    summary = {key[2]: value for key, value in said(RESULTS, *lines).items() if key[0] == "performance_summary"}
    assert summary == {
        "projects_self_evaluated": 6, "projects_headquarters": 5, "projects_subordinate": 1, "amount": 90,
        "projects_general_public": 4, "amount_general_public": 30, "projects_government_fund": 2,
        "amount_government_fund": 60, "department_evaluation_projects": 6, "department_amount_general_public": 35,
        "department_amount_government_fund": 60, "department_evaluation_score": D("98.50"),
    }  # fmt: skip
    scores = {key[2]: value for key, value in said(RESULTS, *lines).items() if key[:2] == ("project_score", "苗木普查")}
    assert scores == {"score": 99, "budget": 8, "executed": 7, "execution_rate_pct": D("87.50")}


@pytest.mark.parametrize(("mark", "subjects"), [("（项）", {ITEM}), ("", set())])
def test_an_item_without_its_mark_is_not_taken_for_the_group_above_it(mark, subjects):
    found = said(GENERAL, f"教育支出（类）普通教育（款）小学教育{mark}。年初预算为4万元，支出决算为3万元。")
    assert {subject for kind, subject, _ in found if kind == "budget_vs_final"} == subjects


FUND_ITEM = "城乡社区支出/国有土地使用权出让收入安排的支出/征地和拆迁补偿支出"


def test_an_item_of_the_fund_is_none_of_the_general_budget():
    item = FUND_ITEM.replace("/", "（类）", 1).replace("/", "（款）") + "（项）"
    found = said(FUND, f"1.{item}。年初预算为4万元，决算数3万元，完成年初预算的75.00%。")
    assert found == {
        ("fund_budget_vs_final", FUND_ITEM, "initial_budget"): 4,
        ("fund_budget_vs_final", FUND_ITEM, "final"): 3,
        ("fund_budget_vs_final", FUND_ITEM, "completion_pct"): D("75.00"),
    }


@pytest.mark.parametrize(("table", "kind"), [("GK05", "budget_vs_final"), ("GK07", "fund_budget_vs_final")])
def test_the_table_that_prints_a_code_decides_the_budget_of_an_item(table, kind):
    """An item of the fund in the list of the general budget, or below a heading of the general budget."""
    names = FUND_ITEM.split("/")
    tables = [amount(code, name, "1", table) for code, name in zip(("212", "21208", "2120801"), names, strict=True)]
    figures, _ = read(GENERAL, "{}（类）{}（款）{}（项）。年初预算为4万元。".format(*names), amounts=tables)
    assert [(figure.kind, figure.functional_code) for figure in figures] == [(kind, "2120801")]


def test_names_of_persons_in_a_reason_are_masked():
    item = "教育支出（类）普通教育（款）小学教育（项）。年初预算为4万元，"
    figures, _ = read(GENERAL, f"{item}主要原因是支付陈小明等2人抚恤金。")
    assert {figure.measure for figure in figures} == {"initial_budget", "reason"}
    assert "陈小明" not in "".join(figure.printed + (figure.text or "") for figure in figures)


def test_place_and_words_of_a_figure():
    (figure,) = read(INCOME, "", "本年度", "收入合计 9.50 万元。")[0]
    assert (figure.line_no, figure.printed, figure.unit) == (5, "本年度收入合计 9.50 万元", "万元")


amounts_in_wan = st.decimals(min_value=0, max_value=D("9999999.99"), places=2)


@given(amounts_in_wan, st.sampled_from(["增加", "增长", "提高", "上升"]), st.sampled_from(["减少", "下降", "降低"]))
def test_the_direction_word_is_the_sign(value, up, down):
    for word, sign in ((up, 1), (down, -1)):
        found = said(COST, f"机关运行经费1万元，比上年{word}{value:,}万元。")
        assert found[("year_over_year", "operating_cost", "change")] == sign * value


@given(amounts_in_wan, st.sampled_from([("元", D("0.0001")), ("万元", D(1)), ("亿元", D(10_000))]), st.booleans())
def test_every_unit_becomes_wan(value, unit, wide):
    text = f"{value:,}{unit[0]}"
    text = text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789.,"}) if wide else text
    assert said(INCOME, f"收入合计{text}。")[("income_composition", "total", "amount")] == value * unit[1]


@given(st.integers(0, 10**7), st.integers(1, 6))
def test_a_blank_in_a_number_does_not_change_it(number, at):
    text = f"{number / 100:.2f}"
    torn = f"{text[:at]} {text[at:]}"
    assert said(INCOME, f"收入合计{torn}万元。")[("income_composition", "total", "amount")] == D(text)


@given(st.text(alphabet="一、财政拨款(类)项。：,;1.0%万元\n比上年增加绩效自评", max_size=300))
def test_any_text_is_read_without_an_error(text):
    for heading in (TOTALS, GENERAL, THREE, RESULTS):
        read(heading, *text.split("\n"))


@pytest.mark.parametrize("path", SAMPLE_FILES, ids=lambda path: path.name)
def test_samples_state_what_their_tables_show(path):
    extraction = extraction_of(path)
    shown = {cell.value / 10_000 for cell in extraction.amounts if cell.value is not None and cell.value_unit == "元"}
    figures, _ = read_narrative(ACCOUNTS, document_of(path), extraction.amounts, extraction.profile.fiscal_year)
    assert figures
    for figure in figures:
        if figure.measure in ("current", "final", "amount") and figure.kind != "operating_cost":
            assert figure.value in shown or figure.subject == "operating_cost", figure


@pytest.mark.parametrize("mark", "·。’")
def test_a_foreign_mark_for_the_point_is_part_of_the_number(mark):
    """Neither 50.00, the digits after the mark, nor 138550.00 is read."""
    figures, doubts = read(INCOME, f"2024年度收入合计1,385{mark}50万元。")
    (figure,) = [one for one in figures if one.measure == "amount"]
    assert (figure.value, figure.status) == (D("1385.50"), Status.DOUBTFUL)
    assert [doubt.what for doubt in doubts] == ["number_unproved"]


def test_a_foreign_mark_is_proved_by_a_table():
    total = amount("TOTAL", "合计", "13855000.00", table="GK02")
    figures, doubts = read(INCOME, "2024年度收入合计1,385·50万元。", amounts=[total])
    assert [(one.value, one.status) for one in figures] == [(D("1385.50"), Status.REPAIRED)]
    assert doubts == ()


@pytest.mark.parametrize("printed", ["△5.00", "▲5.00", "负5.00"])
def test_a_minus_of_another_shape_is_never_dropped(printed):
    total = amount("TOTAL", "合计", "50000.00", table="GK02")
    figures, _ = read(INCOME, f"2024年度收入合计为{printed}万元。", amounts=[total])
    assert [(one.value, one.status) for one in figures] == [(D("-5.00"), Status.DOUBTFUL)]
