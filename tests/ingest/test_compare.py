"""`juesuan compare` and `juesuan trend`: groups of equal level and scope, exact numbers, reasons for what is left
out."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from click.testing import CliRunner
from rich.console import Console

from ingest.cli.main import main
from ingest.cli.output import print_comparison
from tests.ingest.comparison_data import LONG_NAME, WHY, load_compared
from tests.ingest.conftest import Juesuan
from tests.ingest.truth import SAMPLES
from tests.read_once import read_once
from tests.stated_changes import counted
from tests.warehouse.budgets import budget
from tests.warehouse.factory import extraction, profile
from tests.warehouse.factory_statements import changed, said
from warehouse.base.database import connect, snapshot
from warehouse.comparison import queries
from warehouse.comparison.choices import department_like, question
from warehouse.comparison.files import csv_of
from warehouse.comparison.number_text import number, wan
from warehouse.comparison.rows import ComparedRow
from warehouse.load.document import load

STATED_CHANGES = """
select subject, amount_wan from mart.stated_figure where kind = 'year_over_year' and measure = 'change' and is_current
"""
ASKED = ("--kind", "工业和信息化", "--year", "2024")


@pytest.fixture(scope="module")
def compared(module_database: str) -> str:
    load_compared(module_database)
    return module_database


@pytest.fixture
def run(compared: str) -> Juesuan:
    runner = CliRunner(env={"JUESUAN_DATABASE_URL": compared})
    return lambda *arguments: runner.invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def connection(compared: str) -> Iterator:
    with snapshot(compared) as opened:
        yield opened


def tables(output: str) -> dict[str, list[str]]:
    """Title → the lines below it, with single blanks."""
    found: dict[str, list[str]] = {}
    for block in output.strip().split("\n\n"):
        title, *lines = block.splitlines()
        found[title] = [" ".join(line.split()) for line in lines]
    return found


def test_the_table_of_the_demo_shows_total_basic_and_project_expenditure(connection):
    out = Console(file=io.StringIO(), width=120)
    print_comparison(connection, out)
    lines = [" ".join(line.split()) for line in out.file.getvalue().splitlines()]
    assert lines[1:4] == [
        "mart.metric_value: expenditure of each body, 万元",
        "city department year expenditure basic project project %",
        "申县 申县工业和信息化局 2024 15,000.00 9,000.00 6,000.00 40.00",
    ]


def test_a_ranking_prints_place_amount_share_rank_ratio_and_percentile(run):
    result = run("compare", *ASKED, "--metric", "expenditure", "--level", "county")
    assert result.exit_code == 0, result.output
    department, unit = tables(result.stdout).values()
    assert department[:3] == [
        "place department amount 万元 share % rank × median percentile",
        "申县 申县工业和信息化局 15,000.00 100.00 1 / 12 21.0775 100.00",
        "酉县 酉县工业和信息化局 1,500.40 100.00 2 / 12 2.1083 90.91",
    ]
    assert department[12:] == [
        "未县 未县工业和信息化局 98.76 100.00 12 / 12 0.1388 0.00",
        "寅县 寅县工业和信息化局 910.25 — — — —",
        "median 711.66 万元",
        "left out: 1 not comparable, 1 of another scope",
        f"寅县工业和信息化局: 所涉勾稽关系不符（B4）：{WHY}",
    ]
    assert unit[1:] == [
        "卯县 卯县工业和信息化局 455.00 100.00 1 / 1 — —",
        "no median or ratio: 可比部门仅 1 个，不足 5 个",
        "left out: 0 not comparable, 13 of another scope",
    ]


def test_there_is_a_table_for_every_level_and_scope(run):
    titles = list(tables(run("compare", *ASKED, "--metric", "project").stdout))
    groups = ("地级 · 部门口径（含所属单位）", "县级 · 部门口径（含所属单位）", "县级 · 单位口径（本级）")
    assert titles == [f"项目支出 (project) · 工业和信息化 2024 · {group}" for group in groups]


def test_level_and_scope_narrow_the_question(run):
    (title,) = tables(run("compare", *ASKED, "--metric", "basic", "--scope", "unit").stdout)
    assert title.endswith("县级 · 单位口径（本级）")


def test_the_default_metrics_are_five(run):
    titles = tables(run("compare", *ASKED, "--scope", "unit").stdout)
    named = [title.partition(" ")[0] for title in titles]
    assert named == ["本年支出合计", "基本支出", "项目支出", "人员经费", "“三公”经费支出合计"]


@pytest.mark.parametrize(
    "name",
    ["personnel", "人员经费", "人员", "三公经费", "三公经费支出合计", "functional:2150501", "支出:2150501行政运行"],
)
def test_a_metric_is_found_by_its_key_or_its_chinese_name(run, name):
    result = run("compare", *ASKED, "--metric", name)
    assert result.exit_code == 0, result.output
    assert len(tables(result.stdout)) >= 2


def test_a_body_without_the_figure_is_named(run):
    lines = tables(run("compare", *ASKED, "--metric", "functional:208", "--level", "county", "--scope", "unit").stdout)
    assert next(iter(lines.values()))[-1] == "no such figure: 卯县工业和信息化局"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (("--kind", "工业"), "kind “工业”; there is 工业和信息化"),
        (("--year", "2020"), "year of 工业和信息化 “2020”; there is 2023, 2024"),
        (
            ("--metric", "三公费用"),
            "metric “三公费用”; there is three_public",
        ),
        (("--metric", "2150501"), "there is functional:2150501 (支出：2150501 行政运行), general_public:2150501"),
        (("--level", "province"), "province; there is county/department, county/unit, prefecture/department"),
    ],
)
def test_an_unknown_value_gives_a_message_with_the_known_ones(run, changes, told):
    result = run("compare", *ASKED, *changes)
    assert result.exit_code == 1
    assert result.stderr.startswith("juesuan: ") and told in result.stderr


def test_an_empty_warehouse_gives_a_message(juesuan):
    result = juesuan("compare", *ASKED)
    assert result.exit_code == 1 and "no document that tells one is loaded" in result.stderr


def test_json_keeps_every_digit_as_text(run):
    answer = json.loads(run("compare", *ASKED, "--metric", "基本支出", "--format", "json").stdout)
    assert (answer["kind"], answer["fiscal_year"], answer["metrics"][0]["metric"]) == ("工业和信息化", 2024, "basic")
    found = {row["department"]: row for row in answer["rows"]}
    row = found["申县工业和信息化局"]
    assert (row["amount_wan"], row["ratio_to_median"], row["rank"], row["peers"]) == ("9000.000000", "20.4545", 1, 13)
    assert (row["table_code"], row["row_key"], row["measure"], row["printed"]) == ("GK03", "TOTAL", "basic", "9000.00")
    assert len(found) == len(answer["rows"]) == 16 and answer["no_such_figure"] == []


def test_csv_can_be_opened_in_a_spreadsheet(run, tmp_path):
    file = tmp_path / "out.csv"
    result = run("compare", *ASKED, "--metric", "expenditure", "-o", file)
    assert (result.exit_code, result.stdout.strip()) == (0, str(file))
    written = file.read_bytes().decode("utf-8")
    assert written.startswith("\ufeffdocument_id,") or written.startswith('\ufeff"document_id",')
    rows = {row["department"]: row for row in csv.DictReader(io.StringIO(written.removeprefix("\ufeff")))}
    assert (rows["酉县工业和信息化局"]["amount_wan"], rows["酉县工业和信息化局"]["percentile"]) == (
        "1500.400000",
        "90.91",
    )
    assert rows["寅县工业和信息化局"]["is_comparable"] == "false" and WHY in rows["寅县工业和信息化局"]["why_not"]


def test_no_text_of_a_csv_acts_as_a_formula(connection):
    row = queries.compare(connection, question(connection, "工业和信息化", 2024, ["basic"])).rows[0]
    hostile = replace(row, department="=HYPERLINK(1)", printed="-1.00", amount_wan=Decimal("-1.00"))
    (read,) = csv.DictReader(io.StringIO(csv_of(ComparedRow, [hostile])))
    assert (read["department"], read["printed"], read["amount_wan"]) == ("'=HYPERLINK(1)", "'-1.00", "-1.00")


def test_a_table_goes_to_a_file_as_it_is_printed(run, tmp_path):
    file = tmp_path / "out.txt"
    asked = ("compare", *ASKED, "--metric", "basic")
    assert run(*asked, "-o", file).exit_code == 0
    assert file.read_text("utf-8") == run(*asked).stdout


def test_a_trend_has_the_years_and_the_difference_between_documents(run):
    result = run("trend", "巳县工业和信息化局", "--metric", "expenditure", "--metric", "basic")
    assert result.exit_code == 0, result.output
    side_by_side, changes = tables(result.stdout).values()
    assert side_by_side == [
        "metric 2023 2024",
        "本年支出合计 1,260.00 1,200.00",
        "基本支出 756.00 720.00",
    ]
    assert changes[2] == "本年支出合计 2024 1,200.00 1,260.00 published -60.00 -4.76 -40.12 19.88 broken"
    assert changes[4] == "基本支出 2024 720.00 756.00 published -36.00 -4.76 — — not_applicable"
    assert changes[5] == "本年支出合计 2023, 基本支出 2023: 上年文件未入库，本年文件也未述此数的增减"
    assert changes[6].startswith(
        "本年支出合计 2024: 上年文件印 1260.00 万元，本年所述推算为 1240.12 万元，相差 19.88 万元"
    )


@pytest.mark.parametrize("words", ["子县", "子县 工业", "子县 工信局", "990101", "子县工业和信息化局"])
def test_a_department_is_found_by_words_that_only_its_name_contains(connection, words):
    assert department_like(connection, words).department == "子县工业和信息化局"


def test_an_ambiguous_department_gives_a_message_with_the_candidates(run):
    result = run("trend", "县工业")
    assert result.exit_code == 1 and "More than one department fits" in result.stderr
    assert "寅县工业和信息化局 (寅县, 990103)" in result.stderr and "and 4 more" in result.stderr


def test_an_unknown_department_gives_a_message_with_similar_names(run):
    result = run("trend", "兵团第十三师工业和信息化局")
    assert result.exit_code == 1 and f"there is {LONG_NAME} (南阳市, 411300), " in result.stderr


def test_a_trend_as_json_holds_both_years_and_both_priors(run):
    answer = json.loads(run("trend", "巳县", "--metric", "expenditure", "--format", "json").stdout)
    assert answer["department"]["division_code"] == "990106"
    old, new = answer["rows"]
    assert (old["fiscal_year"], old["prior_amount_wan"]) == (2023, None)
    assert (new["published_prior_wan"], new["stated_prior_wan"]) == ("1260.000000", "1240.120000")
    assert (new["published_minus_stated_wan"], new["outcome"]) == ("19.880000", "broken")


def test_the_years_of_a_sample(juesuan):
    files = [SAMPLES / "shifan_gongxin_2023.txt", SAMPLES / "shifan_gongxin_2024.pdf"]
    assert juesuan("ingest", *files).exit_code == 0
    side_by_side, changes = tables(juesuan("trend", "示范市", "--metric", "三公经费支出合计").stdout).values()
    assert side_by_side[1] == "“三公”经费支出合计 5.67 5.00"
    assert changes[2] == "“三公”经费支出合计 2024 5.00 5.67 published -0.67 -11.82 -0.67 0.00 exact"


def test_a_trend_of_one_document_shows_every_change_that_it_states(juesuan, database):
    """None of the five is a usual metric; the change and last year's amount are the document's own."""
    assert juesuan("ingest", SAMPLES / "shifan_gongxin_2024.pdf").exit_code == 0
    rows = json.loads(juesuan("trend", "示范市", "--format", "json").stdout)["rows"]
    shown = {row["metric"]: Decimal(row["stated_change_wan"]) for row in rows if row["stated_change_wan"]}
    with connect(database) as connection:
        stated = dict(connection.execute(STATED_CHANGES).fetchall())
    assert shown == stated and len(stated) == 5
    assert {row["prior_source"] for row in rows if row["metric"] in stated} == {"stated"}
    assert {"expenditure", "basic", "project"} <= {row["metric"] for row in rows}


@pytest.mark.parametrize(
    ("value", "shown"), [("1234.5", "1,234.50"), ("0.123456", "0.123456"), ("-3.000000", "-3.00"), ("1E+3", "1,000.00")]
)
def test_an_amount_is_never_rounded(value, shown):
    assert wan(Decimal(value)) == shown


def test_a_sign_is_shown_where_it_matters():
    assert (number(Decimal("4.76"), sign=True), number(Decimal("-4.76"), sign=True), number(None)) == (
        "+4.76",
        "-4.76",
        "—",
    )


SAID = (
    said("item_budget", "教育支出/进修及培训/培训支出", "budget", "20.00"),
    said("item_budget", "教育支出/进修及培训/培训支出", "prior_final", "25.00"),
    said("item_budget", "教育支出/进修及培训/培训支出", "change_on_final", "-5.00"),
    said("three_public_amount", "reception", "budget", "2.00"),
    said("three_public_amount", "reception", "change", "0.50"),
    said("three_public_amount", "reception", "change_pct", "33.33", "%"),
    said("three_public_amount", "overseas", "budget", "0.00"),
)


def test_every_change_that_one_sample_states_is_in_trend_and_on_the_page(database):
    with connect(database) as connection:
        load(connection, read_once(SAMPLES / "shifan_gongxin_2023.txt"))
    found = counted(database)
    assert found.stated == 2 and found.in_trend == found.on_page == found.stated


def test_where_there_are_budgets_only_they_are_compared_with_the_changes_they_state(database):
    with connect(database) as connection:
        load(connection, budget(stated=SAID))
        asked = question(connection, "工业和信息化", 2024)
        compared = queries.compare(connection, asked)
    assert {metric.kind for metric in asked.metrics} == {"budget"}
    assert {row.metric: row.value for row in compared.rows}["budget_expenditure"] == Decimal("100.00")
    assert counted(database) == (3, 3, 3)
    done = CliRunner(env={"JUESUAN_DATABASE_URL": database}).invoke(main, ["trend", profile().department])
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert "2024 “三公”经费金额：公务接待费 2.00 万元 +0.50 万元 +33.33 % —" in lines
    item = "科目预算：教育支出/进修及培训/培训支出"
    assert any(line.startswith(f"2024 {item} 20.00 万元 — — ") and line.endswith("-5.00 万元") for line in lines)


@pytest.mark.long
def test_a_document_without_figures_to_compare_still_says_its_changes(database):
    with connect(database) as connection:
        load(connection, extraction("words", amounts=(), stated=changed("three_public", None, "-1.00"), checks=()))
    assert counted(database) == (1, 1, 1)
