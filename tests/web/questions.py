"""Twenty questions to the search with the answers that the samples have."""

from tests.web.conftest import LOST, PDF, PLANTED

OF_A_YEAR = "stated/year_over_year"
GENERAL_AFFAIRS = "stated/budget_vs_final/一般公共服务支出/政府办公厅(室)及相关机构事务/专项业务及机关事务管理"
EQUIPMENT, CONDITION = (PLANTED, "form/1/1"), (PLANTED, "form/1/2")
QUESTIONS = [
    ("平顶山", "bodies", {"平顶山市工业和信息化局"}),
    ("示范", "bodies", {"示范市工业和信息化局"}),
    ("信息化局", "bodies", {"平顶山市工业和信息化局", "甲市工业和信息化局", "示范市工业和信息化局"}),
    ("设备更新", "projects", {(PLANTED, "设备更新示范项目")}),
    ("产业", "projects", {(LOST, "产业扶持资金")}),
    ("设备", "indicators", {EQUIPMENT, CONDITION}),
    ("完好", "indicators", {CONDITION}),
    ("≥5台", "indicators", {EQUIPMENT}),
    ("12家", "indicators", {(LOST, "form/1/1"), (LOST, "form/2/1")}),
    ("企业满意度", "indicators", {(LOST, "form/1/2"), (LOST, "form/2/2")}),
    ("调离", "said", {(PLANTED, f"{GENERAL_AFFAIRS}/reason")}),
    (
        "机关事务管理",
        "said",
        {(PLANTED, f"{GENERAL_AFFAIRS}/{one}") for one in ("reason", "final", "completion_pct", "initial_budget")},
    ),
    ("事业收入", "said", {(PDF, "stated/income_composition/institutional/amount")}),
    (
        "1,510.77",
        "said",
        {(PDF, f"{OF_A_YEAR}/fiscal_appropriation_total/{one}") for one in ("current", "change", "change_pct")},
    ),
    ("下降25", "said", {(PDF, f"{OF_A_YEAR}/government_fund/change_pct")}),
    ("增长2.74%", "said", {(PDF, f"{OF_A_YEAR}/total_income_and_expenditure/change_pct")}),
    (
        "总计都是",
        "said",
        {(PLANTED, f"{OF_A_YEAR}/total_income_and_expenditure/{one}") for one in ("change", "change_pct")},
    ),
    (
        "人员经费",
        "said",
        {(one, f"{OF_A_YEAR}/{what}/current") for one in (PDF, PLANTED) for what in ("personnel", "public_funds")},
    ),
    (
        "项目支出648",
        "said",
        {(PDF, f"stated/expenditure_composition/project/{one}") for one in ("amount", "share_pct")},
    ),
    ("财政拨款占100.00%", "said", {(PLANTED, "stated/income_composition/fiscal_appropriation/share_pct")}),
]
