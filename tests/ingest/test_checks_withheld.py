"""Rows left out as secret have an outcome of their own; what only looks like them is a mistake, or not told."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.pipeline import extract
from tests.ingest.budget_records import NAMES, TABLES, changed, checks_of_budget, page, without_rows
from tests.ingest.test_checks_records import stated
from tests.kinds import ACCOUNTS, BUDGET
from warehouse.records.reading import Amount, CheckOutcome, CheckResult

BROKEN, UNDETERMINED, WITHHELD = CheckOutcome.BROKEN, CheckOutcome.UNDETERMINED, CheckOutcome.WITHHELD
TABLES_READ = ("YS02", "YS03", "YS05")
SECRET = "2040220"  # 执法办案, 200.00 of projects


def of(results: tuple[CheckResult, ...], *outcomes: CheckOutcome) -> set[tuple[str, str | None, str | None]]:
    return {(one.rule_id, one.table_code, one.row_key) for one in results if one.outcome in outcomes}


def secret(*tables: str) -> dict[tuple[str, str, str], Amount]:
    return without_rows(*((table, SECRET) for table in (*tables, "YS16")))


def test_the_same_row_is_missing_in_every_table():
    results = checks_of_budget(secret(*TABLES_READ))
    assert of(results, WITHHELD) == {("YB7", table, "20402") for table in (*TABLES_READ, "YS16")}
    assert of(results, BROKEN, UNDETERMINED) == set()
    (of_all,) = [
        one for one in results if one.outcome is WITHHELD and (one.table_code, one.measure) == ("YS03", "total")
    ]
    assert (of_all.left, of_all.right, of_all.difference) == (750, 550, 200)
    assert "各表均少列 200.00 万元" in of_all.explanation
    assert "不补数" in of_all.explanation
    assert of_all.also_fits is None


def test_names_without_codes_leave_out_the_same():
    below = {"公安": "750.00", "公安/行政运行": "400.00", "公安/信息化建设": "100.00", "公安/事业运行": "50.00"}
    named = changed(**{f"YS01/expenditure:公共安全支出/{name}/budget": text for name, text in below.items()})
    amounts = secret(*TABLES_READ) | {key: one for key, one in named.items() if key[0] == "YS01"}
    results = checks_of_budget(amounts)
    assert ("YA2", "YS01", "expenditure:公共安全支出/公安") in of(results, WITHHELD)
    assert of(results, BROKEN, UNDETERMINED) == set()


def test_all_that_a_column_holds_may_be_left_out():
    """The only row with 事业收入 and 经营支出, whose columns are blank in the rows that are printed."""
    own_money = [(table, "2040250") for table in ("YS02", "YS03")]
    results = checks_of_budget(without_rows(*own_money))
    assert of(results, WITHHELD) == {("YB7", table, "20402") for table, _ in own_money}
    assert {one.measure for one in results if one.outcome is WITHHELD} >= {"institutional", "operating"}
    assert of(results, BROKEN, UNDETERMINED) == set()
    results = checks_of_budget(without_rows(*own_money[:1]))
    assert of(results, WITHHELD) == set()
    assert ("YB7", "YS02", "20402") in of(results, BROKEN) & of(results, UNDETERMINED)


def test_a_row_that_is_missing_in_one_table_only_is_no_secret():
    results = checks_of_budget(secret("YS03"))
    assert of(results, WITHHELD) == set()
    assert ("YB7", "YS03", "20402") in of(results, BROKEN)


def test_different_gaps_are_no_secret():
    amounts = secret(*TABLES_READ)
    fewer = changed(**{"YS05/2040219/total": "90.00", "YS05/2040219/project": "90.00"})
    amounts |= {key: fewer[key] for key in fewer if key[:2] == ("YS05", "2040219")}
    results = checks_of_budget(amounts)
    assert of(results, WITHHELD) == set()
    assert ("YB7", "YS03", "20402") in of(results, BROKEN)


def test_children_above_their_row_are_no_secret():
    cells = {f"{table}/{SECRET}/total": "210.00" for table in (*TABLES_READ, "YS16")}
    results = checks_of_budget(changed(**cells))
    assert of(results, WITHHELD) == set()
    assert ("YB7", "YS03", "20402") in of(results, BROKEN)


def test_nothing_is_a_secret_where_children_of_another_row_are_above_it():
    amounts = secret(*TABLES_READ)
    more = changed(**{"YS03/2080505/total": "201.00", "YS03/2080505/basic": "201.00"})
    amounts |= {key: more[key] for key in more if key[:2] == ("YS03", "2080505")}
    assert of(checks_of_budget(amounts), WITHHELD) == set()


def test_a_row_that_was_lost_in_reading_stays_open():
    results = checks_of_budget(secret(*TABLES_READ), partial=["YS03"])
    assert of(results, WITHHELD) == set()
    assert ("YB7", "YS03", "20402") in of(results, UNDETERMINED)


def test_a_figure_that_the_narrative_states_is_no_secret():
    told = [stated("structure", "执法办案", "amount", "200.00")]
    assert of(checks_of_budget(secret(*TABLES_READ), told), WITHHELD) == set()


def test_final_accounts_have_no_such_outcome():
    assert not any(rule.may_be_withheld for rule in ACCOUNTS.rules)
    assert {rule.id for rule in BUDGET.rules if rule.may_be_withheld} == {"YA2", "YB7"}


HEADINGS = {
    "YS02": ("收入总表", "合计|财政拨款收入|一般公共预算|政府性基金预算|事业收入"),
    "YS03": ("支出总表", "合计|基本支出|项目支出|事业单位经营支出"),
    "YS05": ("一般公共预算支出表", "合计|基本支出|人员经费|公用经费|项目支出"),
}


def typeset(folder: Path, without: Sequence[str], damaged: Sequence[str] = ()) -> Path:
    """A page with three tables of a budget that leave out rows. In the tables `damaged` the secret row has no code."""
    tables = {}
    for table, (title, headings) in HEADINGS.items():
        codes = {"TOTAL": "", SECRET: "204◇220" if table in damaged else SECRET}
        rows = {code: texts for code, texts in TABLES[table][1].items() if code not in without}
        printed = ("|".join([codes.get(code, code), NAMES[code], *texts]) for code, texts in rows.items())
        tables[title] = [f"科目编码|科目名称|{headings}", *printed]
    return page(folder / "budget.html", 2025, tables)


def test_a_typeset_budget_with_a_row_left_out(tmp_path):
    read = extract(typeset(tmp_path, [SECRET]))
    assert of(read.checks, WITHHELD) == {("YB7", table, "20402") for table in TABLES_READ}
    assert of(read.checks, BROKEN, UNDETERMINED) == set()
    assert not [one for one in read.amounts if one.row_key == SECRET]  # nothing is filled in


def test_a_typeset_budget_is_whole_with_the_row(tmp_path):
    assert of(extract(typeset(tmp_path, [])).checks, WITHHELD, BROKEN, UNDETERMINED) == set()


@pytest.mark.parametrize("damaged", [["YS03"], TABLES_READ], ids=["one table", "all tables"])
def test_a_row_whose_code_cannot_be_read_is_no_secret(tmp_path, damaged):
    read = extract(typeset(tmp_path, [], damaged))
    assert of(read.checks, WITHHELD) == set()
    assert {("YB7", table, "20402") for table in damaged} <= of(read.checks, UNDETERMINED)
