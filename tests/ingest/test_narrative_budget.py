"""The narrative of budgets: its sections, what they state of the year, and of the change on last year's budget."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.document import Document, Line
from ingest.narrative import read_narrative
from ingest.narrative.figures import SubjectTables
from ingest.narrative.subject_codes import SubjectCodes
from tests.ingest.truth import CORPUS, document_of
from tests.kinds import BUDGET
from warehouse.records.places import Place
from warehouse.records.reading import Amount, Presence, Status

EXPECTED = sorted((Path(__file__).parents[1] / "expected" / "budget_stated").glob("*.csv"))
BUDGETS = CORPUS.parent / "corpus_budgets" if CORPUS else None
Stated = dict[tuple[str, str, str], Decimal | None]


def stated(*lines: str, year: int = 2026) -> Stated:
    document = Document("pdf", tuple(Line(line, Place(1)) for line in ("第三部分 部门预算情况说明", *lines)), pages=1)
    figures, _ = read_narrative(BUDGET, document, (), year)
    return {(one.kind, one.subject, one.measure): one.value for one in figures}


def test_totals_and_the_change_on_last_year() -> None:
    found = stated(
        "一、收支预算总体情况说明",
        "示范市粮食局2026年收入、支出预算总计50万元，比上年收、支预算总计各增加2万元，增长4.17%。其中：",
        "（1）教育支出（类）支出20万元，主要用于培训。与上年相比减少1万元，减少4.76%。",
    )
    total, education = ("year_over_year", "total_income_and_expenditure"), ("year_over_year", "教育支出")
    assert [found[*total, measure] for measure in ("current", "change", "change_pct")] == [50, 2, Decimal("4.17")]
    assert [found[*education, measure] for measure in ("current", "change", "change_pct")] == [20, -1, Decimal("-4.76")]


def test_a_change_on_what_was_spent_is_none_on_the_budget() -> None:
    found = stated(
        "七、一般公共预算支出预算情况说明",
        "1、教育支出（205类）进修及培训（08款）培训支出（03项）20万元。",
        "2025年当年预算执行数为25万元，2026年预算安排20万元，比2025年预算执行数减少20%。",
    )
    item = ("item_budget", "教育支出/进修及培训/培训支出")
    assert (found[*item, "budget"], found[*item, "prior_final"]) == (20, 25)
    assert found[*item, "change_on_final_pct"] == -20
    assert (*item, "change_pct") not in found


@pytest.mark.parametrize(
    ("heading", "text", "kind"),
    [
        (
            "一、支出预算情况说明",
            "示范市粮食局支出预算100万元，其中：教育支出预算20万元，城乡社区支出预算80万元。",
            "expenditure_composition",
        ),
        (
            "一、收入预算情况说明",
            "示范市社区服务中心2026年收入预算100万元，其中：事业收入预算20万元，财政拨款收入预算80万元。",
            "income_composition",
        ),
    ],
)
def test_the_budget_of_a_class_or_source_is_not_that_of_all(heading: str, text: str, kind: str) -> None:
    assert stated(heading, text)[kind, "total", "amount"] == 100
    parts = text.partition("其中：")[2]
    assert (kind, "total", "amount") not in stated(heading, parts)


@pytest.mark.parametrize(
    "item",
    ["进修及培训（款）培训支出（项）支出20万元", "培训支出（2050803）20万元", "进修及培训（款）培训支出（项）20万元"],
)
def test_items_in_the_words_of_several_publishers(item: str) -> None:
    found = stated("七、一般公共预算支出预算情况说明", f"1.{item}，较上年增加2万元，增长11.11%。")
    values = {measure: value for (kind, _, measure), value in found.items() if kind == "item_budget"}
    assert values == {"budget": 20, "change": 2, "change_pct": Decimal("11.11")}


def test_items_compared_with_what_was_spent() -> None:
    text = "1.教育支出（类）进修及培训（款）培训支出（项）2026年预算数为20万元，比2025年执行数减少5万元，下降20%。"
    found = stated("五、关于示范市粮食局2026年一般公共预算支出表的说明", text)
    values = {measure: value for (kind, _, measure), value in found.items() if kind == "item_budget"}
    assert values == {"budget": 20, "change_on_final": -5, "change_on_final_pct": -20}


def test_the_totals_of_a_text_that_explains_table_by_table() -> None:
    found = stated(
        "一、关于示范市粮食局2026年收支总表的说明",
        "示范市粮食局2026年收支总预算50万元。",
        "二、关于示范市粮食局2026年收入总表的说明",
        "示范市粮食局2026年收入预算50万元，其中：上年结转5万元，占10%；一般公共预算拨款收入45万元，占90%。",
        "三、关于示范市粮食局2026年支出总表的说明",
        "示范市粮食局2026年支出预算50万元，其中：基本支出30万元，占60%；项目支出20万元，占40%。",
    )
    assert found["year_over_year", "total_income_and_expenditure", "current"] == 50
    assert found["income_composition", "carry_over_in", "amount"] == 5
    assert found["income_composition", "general_public_budget", "share_pct"] == 90
    assert found["expenditure_composition", "project", "share_pct"] == 40


def test_income_of_the_year_and_what_is_carried_over() -> None:
    found = stated(
        "二、收入预算情况说明",
        "示范市粮食局2026年收入预算合计50万元，包括本年收入45万元，上年结转结余5万元。其中：",
        "本年一般公共预算收入45万元，占90%；",
        "上年结转结余的一般公共预算收入5万元，占10%。",
    )
    income = {(subject, measure): value for (kind, subject, measure), value in found.items()}
    assert income["total", "amount"] == 50
    assert income["general_public_budget", "amount"] == 45
    assert income["carry_over_in", "amount"] == income["carry_over_in.general_public_budget", "amount"] == 5
    assert income["carry_over_in.general_public_budget", "share_pct"] == 10


def test_the_three_public_with_shares_and_changes() -> None:
    found = stated(
        "第五部分 财政拨款“三公”经费预算情况",
        "2026年财政拨款“三公”经费预算10万元，较2025年年初预算减少2万元，下降16.67%。",
        "1.因公出国（境）费用。2026年预算数4万元，较2025年年初预算增加0.00万元。",
        "2.公务接待费支出6万元，占“三公”经费的60%。",
    )
    assert found["three_public_amount", "total", "budget"] == found["year_over_year", "three_public", "current"] == 10
    assert found["year_over_year", "three_public", "change"] == -2
    assert found["three_public_amount", "overseas", "budget"] == 4
    assert found["three_public_amount", "reception", "share_pct"] == 60


def test_operating_cost_purchases_cars_and_targets() -> None:
    found = stated(
        "十二、一般公共预算机关运行经费支出预算情况说明",
        "2026年本部门一般公共预算机关运行经费预算支出30万元，与上年相比减少3万元，减少9.09%。",
        "十三、政府采购支出预算情况说明",
        "2026年度政府采购支出预算总额15万元，其中：货物类采购5万元、工程类采购0万元、服务类采购10万元。",
        "十四、国有资产占用情况说明",
        "本部门共有车辆2辆，其中，其他按照规定配备的公务用车2辆；单价100万元（含）以上的设备0台（套）。",
        "十五、预算绩效目标设置情况说明",
        "本部门整体支出纳入绩效目标管理，涉及预算资金50万元；共7个项目纳入绩效目标管理，涉及预算资金15万元。",
    )
    assert found["operating_cost", "all", "budget"] == 30
    assert found["year_over_year", "operating_cost", "change"] == -3
    assert [found["procurement", "all", one] for one in ("total", "goods", "works", "services")] == [15, 5, 0, 10]
    assert [found["state_assets", "all", one] for one in ("vehicles_total", "vehicles_other")] == [2, 2]
    measures = ("department_targets_amount", "targets_projects", "targets_amount")
    assert [found["performance_summary", "all", one] for one in measures] == [50, 7, 15]


def test_items_named_without_their_class_have_its_code_where_one_has_that_name() -> None:
    education = ("205", "教育支出"), ("20508", "进修及培训"), ("2050803", "培训支出")
    others = ("208", "社会保障支出"), ("20899", "其他支出"), ("229", "其他支出")
    amounts = [_amount(code, name) for code, name in (*education, *others)]
    codes = SubjectCodes(amounts, SubjectTables(tables=frozenset({"YS05"}), class_ending="支出", may_lack_class=True))
    assert codes.code_of("进修及培训/培训支出") == codes.code_of("培训支出") == "2050803"
    assert codes.code_of("教育") == "205"
    assert codes.code_of("其他支出") == "229"  # the 类 is named in full
    without = SubjectCodes(amounts, SubjectTables(tables=frozenset({"YS05"}), class_ending="支出"))
    assert without.code_of("培训支出") is None


def _amount(code: str, name: str) -> Amount:
    return Amount(
        table_code="YS05",
        row_key=code,
        row_label=name,
        measure="total",
        value=Decimal(1),
        value_unit="元",
        presence=Presence.NUMBER,
        status=Status.AS_PRINTED,
        printed="1",
        printed_unit="元",
        row_no=1,
        column_no=1,
        functional_code=code,
    )


def test_the_narrative_may_begin_behind_the_glossary() -> None:
    lines = (
        "第四部分 名词解释",
        "2026年单位预算编制说明",
        "2026年，示范市粮食局收入预算50万元，其中：财政拨款收入50万元。",
    )
    assert stated(*lines)["income_composition", "total", "amount"] == 50


def test_the_glossary_states_nothing() -> None:
    assert stated("第四部分 名词解释", "一、收支预算总体情况说明", "2026年度收入、支出预算总计50万元。") == {}


@pytest.mark.skipif(BUDGETS is None or not BUDGETS.is_dir(), reason="no folder of budgets beside the corpus")
@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_figures_that_were_checked_by_hand(path: Path) -> None:
    assert BUDGETS
    with path.open(encoding="utf-8", newline="") as file:
        expected = {
            (r["kind"], r["subject"], r["measure"]): (Decimal(r["value"]), r["unit"]) for r in csv.DictReader(file)
        }
    figures, _ = read_narrative(BUDGET, document_of(BUDGETS / path.stem / f"{path.stem}.pdf"), (), 2026)
    assert {(one.kind, one.subject, one.measure): (one.value, one.unit) for one in figures} == expected


def test_the_change_of_all_income_and_of_all_expenditure_in_one_sentence() -> None:
    found = stated(
        "一、部门预算收支增减变化情况",
        "2026年本部门收入预算50万元，比上年增加2万元，增长4.17%，主要原因是业务增加；"
        "支出预算40万元，比上年减少3万元，下降6.98%，主要原因是厉行节约。",
    )
    values = {key[1:]: value for key, value in found.items() if key[0] == "year_over_year"}
    assert [values["income", one] for one in ("current", "change", "change_pct")] == [50, 2, Decimal("4.17")]
    assert [values["expenditure", one] for one in ("current", "change", "change_pct")] == [40, -3, Decimal("-6.98")]


def test_a_change_of_the_income_in_another_sentence_is_that_of_nothing() -> None:
    found = stated("一、收入预算情况说明", "本部门收入预算50万元。事业收入20万元，比上年增加2万元。")
    assert ("year_over_year", "income", "change") not in found


@pytest.mark.parametrize(
    ("heading", "words", "subject"),
    [
        ("一、收支预算情况说明", "收支预算总数", "total_income_and_expenditure"),
        ("二、财政拨款收支预算情况说明", "财政拨款收支预算总数", "fiscal_appropriation_total"),
        ("三、一般公共预算当年拨款情况说明", "一般公共预算当年拨款", "general_public_appropriation_of_the_year"),
    ],
)
def test_the_whole_is_called_by_the_same_words_in_both_years(heading: str, words: str, subject: str) -> None:
    last = words if "总数" in words else "预算数"
    found = stated(heading, f"示范市粮食局2026年{words}50万元，比2025年{last}增加2万元，主要原因是业务增加。")
    assert [found["year_over_year", subject, one] for one in ("current", "change")] == [50, 2]


def test_what_follows_a_bracket_about_parts_is_said_of_the_whole_before_it() -> None:
    found = stated(
        "二、“三公”经费安排情况说明",
        "2026年“三公”经费预算安排9万元。其中：公务用车购置及运行费7万元（其中：公务用车购置费3万元，比上年增加1万元；"
        "公务用车运行费4万元，与上年持平），比上年减少2万元，下降22.22%；公务接待费2万元，比上年减少1万元。",
    )
    changes = {subject: value for (_, subject, measure), value in found.items() if measure == "change"}
    assert changes == {"vehicle_purchase": 1, "vehicle_total": -2, "reception": -1}


def test_a_bracket_that_is_not_closed_ends_nothing() -> None:
    found = stated("二、“三公”经费安排情况说明", "“三公”经费预算9万元（其中：公务接待费2万元，比上年减少1万元。")
    assert found["three_public_amount", "reception", "change"] == -1
