"""All examples of CONTRIBUTING.md are applied to one copy of the project. The copy upgrades a warehouse that has
documents already, and ingests others. The tests compare the views and files with what the recipes promise.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest

from ingest.pipeline import extract
from tests.mart_columns import in_database, recorded
from tests.recipes import documents, format_properties
from tests.recipes.contributing import apply, copied, examples
from warehouse.base.database import connect
from warehouse.base.sql_files import audit_queries, columns
from warehouse.export import export
from warehouse.load.document import load
from warehouse.schema.dictionary import render

CELLS = "table_code, row_key, measure, amount_wan, status"
HAVING_METRICS = """
select attrelid::regclass::text from pg_attribute join pg_class on pg_class.oid = attrelid
where relnamespace = 'mart'::regnamespace and relkind in ('r', 'v') and attname = 'metric'
-- unit_sum is of departments with documents of their units, the others of what was budgeted as well as spent
and relname not in ('unit_sum', 'execution_position', 'execution_ranking')
"""
COMMENTS = """
select attname, col_description(attrelid, attnum) from pg_attribute
where attrelid = 'mart.spending'::regclass and attnum > 0
"""
Items = list[tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Followed:
    """`project` is the copy, `said` the output of `juesuan ingest` there, `items` the items of rows that were loaded
    before the upgrade: before it, and directly after it."""

    project: Path
    files: dict[str, Path]
    said: str
    items: tuple[Items, Items]


def run(project: Path, *arguments: str | Path, url: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "JUESUAN_DATABASE_URL": url, "PYTHONPATH": str(project), "COLUMNS": "200"}
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)


def items(url: str) -> Items:
    """Row key and item of the row with another wording."""
    query = "select row_key, item_key from mart.amount where department = %s and row_key like 'income:上年度%%'"
    with connect(url) as connection:
        return connection.execute(query, [documents.WORDED]).fetchall()


@pytest.fixture(scope="module")
def followed(module_database: str, tmp_path_factory: pytest.TempPathFactory) -> Followed:
    folder = tmp_path_factory.mktemp("followed")
    project, files = copied(folder / "project"), made(folder)
    with connect(module_database) as connection:
        for file in (documents.ACCOUNTS[0], files["worded"]):
            load(connection, extract(file))
    before = items(module_database)
    for diff in (*examples().values(), blocking(examples()["A check"])):
        apply(diff, project)
    upgraded = run(project, "-m", "ingest.cli", "db", "upgrade", url=module_database)
    assert upgraded.returncode == 0, upgraded.stderr
    after = items(module_database)
    ingested = run(project, "-m", "ingest.cli", "ingest", *files.values(), url=module_database)
    return Followed(project, files, ingested.stdout + ingested.stderr, (before, after))


def made(folder: Path) -> dict[str, Path]:
    makers = (documents.worded, documents.carried_over, documents.blank, documents.in_json, documents.estimate)
    files = {maker.__name__: maker(folder) for maker in makers} | {"second year": documents.ACCOUNTS[1]}
    (folder / "damaged.json").write_text('{"lines": [1]}')
    (folder / "picture.json").write_bytes(b"GIF89a\0\0")
    return files | {"damaged": folder / "damaged.json", "picture": folder / "picture.json"}


def blocking(diff: str) -> str:
    """The same rule for the closing balance, but with the severity of the family: an error that blocks comparison."""
    lines = [line for line in diff.splitlines(keepends=True) if not line.startswith(("+severity", "+blocks"))]
    return "".join(lines).replace("A6", "A7").replace("opening", "closing").replace("/income/", "/expenditure/")


@pytest.fixture
def connection(followed: Followed, module_database: str) -> Iterator[psycopg.Connection]:
    with connect(module_database) as opened:
        yield opened
        opened.rollback()


@pytest.mark.long
def test_a_new_wording_applies_to_rows_that_were_loaded_before(followed):
    assert followed.items == ([("income:上年度结存", None)], [("income:上年度结存", "opening_balance")])


def test_a_new_wording_is_read_and_compared(connection):
    query = "select metric, amount_wan, is_sound from mart.metric_value where department = %s and metric = any(%s)"
    found = connection.execute(query, [documents.WORDED, ["basic", "opening_balance"]]).fetchall()
    assert sorted(found) == [("basic", Decimal(300), True), ("opening_balance", Decimal(12), True)]
    balance = "select opening_balance_wan from mart.balance where department = %s"
    assert connection.execute(balance, [documents.WORDED]).fetchall() == [(Decimal(12),)]


def test_a_new_format_is_recognised_by_content_and_read(followed, connection):
    shown = "select source_name, format from mart.disclosure where department = %s"
    assert connection.execute(shown, [documents.IN_JSON]).fetchall() == [("accounts.dat", "json")]
    amounts = f"select {CELLS} from mart.amount where department = %s and fiscal_year = 2024 order by 1, 2, 3"
    in_json, in_text = (
        connection.execute(amounts, [department]).fetchall() for department in (documents.IN_JSON, documents.BODY)
    )
    assert in_json == in_text and len(in_text) > 200


def test_a_new_format_is_named_in_messages(followed):
    assert re.search(r"picture\.json: is none of: PDF, .*, JSON, text \(it looks like a GIF image\)", followed.said)
    assert "damaged.json: the JSON is damaged: can only join an iterable" in followed.said


def test_fetching_and_limits_use_the_declaration_of_a_new_format(followed):
    asked = run(followed.project, format_properties.__file__, followed.files["in_json"])
    assert json.loads(asked.stdout) == [["application/json"], [".json"], 2048], asked.stderr


def test_a_new_format_is_shown_in_reports_and_documented(followed, tmp_path):
    page = tmp_path / "page.html"
    report = run(followed.project, "-m", "ingest.cli", "report", followed.files["in_json"], "-o", page)
    assert report.returncode == 0, report.stderr
    assert "公务接待费支出决算5.40万元" in page.read_text("utf-8")
    run(followed.project, "-m", "ingest.readers.documentation")
    formats = (followed.project / "docs" / "formats.md").read_text("utf-8")
    assert "| `json` | JSON | `.json` | `application/json` | × 2 | × 1 |\n| `text` |" in formats


def test_a_document_of_a_new_kind_is_in_the_views(connection):
    amounts = "select row_key, measure, amount_wan, item_key from mart.amount where table_code = 'GS01'"
    found = {(row, measure): rest for row, measure, *rest in connection.execute(amounts)}
    assert len(found) == 15
    assert found["TOTAL", "estimated"] == [Decimal(30), "total"]
    assert found["2220115", "beyond"] == [Decimal(4), None]
    covered = "select kind, status, official_name from mart.coverage where table_code = 'GS01'"
    assert connection.execute(covered).fetchall() == [("estimate", "present", "支出概算表")]


SPENDING = "select department, fiscal_year, spent_wan from {} where department = %s order by 2"


def test_a_new_view_has_comments_a_grant_and_an_as_of_function(connection):
    comments = dict(connection.execute(COMMENTS).fetchall())
    assert comments["spent_wan"] == "本年支出合计（万元）"
    assert comments["department"] == columns().comments["department"] and None not in comments.values()
    connection.execute("set local session authorization juesuan_reader")
    spent = [(documents.BODY, 2023, Decimal(490)), (documents.BODY, 2024, Decimal(500))]
    for name in ("mart.spending", "mart.spending_as_of(current_date + 1)"):
        assert connection.execute(SPENDING.format(name), [documents.BODY]).fetchall() == spent
    assert connection.execute("select * from mart.spending_as_of('2020-01-01')").fetchall() == []


def test_a_new_view_is_exported_audited_and_documented(followed, connection, tmp_path):
    export(connection, tmp_path / "out", formats=["csv"], views=["mart.spending"])
    assert documents.BODY in (tmp_path / "out" / "spending.csv").read_text("utf-8-sig")
    assert "### mart.spending\n\n本年支出。粒度：每个现行决算文件一行\n" in render(connection)
    assert {name for name, *_ in in_database(connection) - recorded()} == {"spending", "spending_as_of(day date)"}
    audits = audit_queries(followed.project / "sql")
    assert "from mart.spending group by document_id" in audits["010_grain_of_marts"]
    assert {name: rows for name, query in audits.items() if (rows := connection.execute(query).fetchall())} == {}


def test_a_new_check_has_its_outcome_and_severity(connection):
    query = "select department, outcome from mart.check_result where rule_id = 'A6' and fiscal_year = 2024"
    found = dict(connection.execute(query).fetchall())
    assert found.pop(documents.CARRIED_OVER) == "broken"
    assert found == {department: "exact" for department in found} and len(found) == 4
    said = "select explanation from mart.check_result where department = %s and rule_id = %s"
    warning, error = (connection.execute(said, [documents.CARRIED_OVER, rule]).fetchone()[0] for rule in ("A6", "A7"))
    assert warning.endswith("（仅为提示，不一定是差错）") and "提示" not in error


def test_a_new_check_blocks_comparison_if_declared(connection):
    query = "select metric, is_sound, why_not from mart.metric_value where department = %s and metric = any(%s)"
    asked = [documents.CARRIED_OVER, ["opening_balance", "closing_balance"]]
    found = {metric: rest for metric, *rest in connection.execute(query, asked)}
    assert found["opening_balance"] == [True, None]
    is_sound, why_not = found["closing_balance"]
    assert not is_sound and why_not.startswith("所涉勾稽关系不符（A7）")


def test_a_new_check_is_documented(followed):
    run(followed.project, "-m", "ingest.checks.documentation")
    lines = (followed.project / "docs" / "checks.md").read_text("utf-8").splitlines()
    assert (
        "| A6 | 年初结转和结余不超过本年收入合计(提示) | 公开01表 | 表内勾稽 | 提示 | 否 | 总数或其下级中有负数 |"
        in lines
    )


def test_a_new_metric_is_in_every_view_that_compares(connection):
    """The metric is also computed for the document of 2023, which was loaded before the upgrade."""
    views = [name for (name,) in connection.execute(HAVING_METRICS)]
    assert len(views) >= 7
    count = "select count(*) from {} where metric = 'fiscal_appropriation_income'"
    assert [name for name in views if not connection.execute(count.format(name)).fetchone()[0]] == []
    years = "select fiscal_year, amount_wan, prior_amount_wan from mart.year_over_year"
    years += " where department = %s and metric = %s"
    asked = [documents.BODY, "fiscal_appropriation_income"]
    assert sorted(connection.execute(years, asked)) == [(2023, Decimal(485), None), (2024, Decimal(508), Decimal(485))]
