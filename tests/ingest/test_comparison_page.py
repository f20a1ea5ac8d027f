"""The page of a comparison: it loads no other file, has its data below the charts, and is readable on a telephone."""

import base64
import hashlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.cli.main import main
from ingest.pages.comparison import render
from ingest.pages.comparison.charts import Scale, cut
from tests.ingest.browser import english_words, in_a_browser, laid_out
from tests.ingest.comparison_data import LONG_NAME, WHY, load_compared
from tests.ingest.truth import SAMPLES
from tests.warehouse.budgets import budget
from tests.warehouse.factory import extraction, of_two_files, profile
from warehouse.base.database import connect, snapshot
from warehouse.comparison import queries
from warehouse.comparison.choices import question
from warehouse.comparison.overview import Overview
from warehouse.comparison.rows import Group
from warehouse.load.document import load


@pytest.fixture(scope="module")
def url(module_database: str) -> str:
    load_compared(module_database)
    return module_database


@pytest.fixture(scope="module")
def page(url: str, tmp_path_factory) -> str:
    file = tmp_path_factory.mktemp("compare") / "page.html"
    asked = ["report", "compare", "--kind", "工业和信息化", "--year", "2024", "-o", str(file)]
    done = CliRunner(env={"JUESUAN_DATABASE_URL": url}).invoke(main, asked)
    assert done.exit_code == 0, done.output
    return file.read_text("utf-8")


@pytest.fixture
def told(url: str) -> Iterator[Overview]:
    with snapshot(url) as connection:
        yield queries.overview(connection, question(connection, "工业和信息化", 2024))


def block(page: str, title: str) -> str:
    """The text of the article with this title, without tags and with single blanks."""
    (found,) = (part for part in re.findall(r"<article>.*?</article>", page, re.DOTALL) if f"<h3>{title}</h3>" in part)
    return " ".join(re.sub(r"<title>.*?</title>|<[^>]+>", " ", found).split())


def test_the_page_loads_no_other_file_and_runs_its_own_script_only(page):
    assert "default-src 'none'" in page and "http://" not in page and "https://" not in page
    addresses = re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?([^"')\s>]+)""", page)
    assert [address for address in addresses if not address.startswith("#")] == []
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in page and "@import" not in page


def test_the_page_has_no_english_words(page):
    assert english_words(page, " ".join(re.findall(r">([^<>]+\.pdf)<", page))) == set()


def test_every_section_is_there(page):
    assert re.findall(r"<h2>(.*?)</h2>", page) == [
        "排名", "占本部门支出合计的比重", "“三公”经费", "与上年相比",
        "绩效自评得分与预算执行率", "数据质量", "未参加排名者及其理由",
    ]  # fmt: skip


def test_every_chart_has_its_data_below_it(page):
    charted = [part for part in re.findall(r"<article>.*?</article>", page, re.DOTALL) if "<svg" in part]
    assert len(charted) > 15
    assert [part for part in charted if part.find("<table") < part.find("<svg")] == []


def test_a_ranking_shows_its_bodies_in_order_and_its_median(page):
    text = block(page, "本年支出合计 · 县级 · 部门口径（含所属单位）")
    assert "中位数 711.66 万元" in text
    assert "申县 申县工业和信息化局 1 / 12 15,000.00 100.00% 21.0775 100.00 公开03表 第1页" in text
    assert f"寅县 寅县工业和信息化局 — 910.25 — — — 公开03表 第1页 所涉勾稽关系不符（B4）：{WHY}" in text
    assert "未参加本排名：不可比 1 个，另一口径 1 个，文件中没有此数 0 个。" in text


def test_bars_are_as_long_as_their_amounts(page):
    (found,) = (part for part in re.findall(r"<article>.*?</article>", page, re.DOTALL)
                if "<h3>本年支出合计 · 县级 · 部门口径（含所属单位）</h3>" in part)  # fmt: skip
    widths = re.findall(r'class="part l-a" x="0.00%" y="\d+" width="([\d.]+)%"', found)
    assert widths[:3] == ["100.00", "10.00", "8.00"] and len(widths) == 12  # 15000.00, 1500.40, 1200.00
    assert set(re.findall(r'class="rule" x1="([\d.]+%)"', found)) == {"4.74%"}  # 711.66


def test_shares_three_public_and_changes(page):
    assert "申县 申县工业和信息化局 60.00% 40.00% 48.00% 1.00%" in block(page, "占比 · 县级 · 部门口径（含所属单位）")
    assert "酉县 酉县工业和信息化局 2 / 13 15.00 24.00 15.00" in block(
        page, "“三公”经费 · 县级 · 部门口径（含所属单位）"
    )
    changes = block(page, "本年支出合计 增减率 · 县级 · 部门口径（含所属单位）")
    assert (
        "巳县 巳县工业和信息化局 1,200.00 1,260.00 -60.00 -4.76% -40.12 19.88 上年文件所印 不符 上年文件印 1260.00"
        in changes
    )


def test_performance_against_execution(page):
    text = block(page, "得分与执行率 · 县级 · 部门口径（含所属单位）")
    assert "98.00 / 50.00%" in text and "午县 午县工业和信息化局 1 98.00 50.00% 100.00%" in text


def test_data_quality_and_who_is_left_out(page):
    assert "寅县工业和信息化局 0 / 0 / 0" not in page
    assert "寅县 寅县工业和信息化局 0 0 1 0 0 0 寅县_2024.pdf" in block(
        page, "不符、无法判定与存疑 · 县级 · 部门口径（含所属单位）"
    )
    assert f"寅县 寅县工业和信息化局 本年支出合计 所涉勾稽关系不符（B4）：{WHY}" in block(
        page, "县级 · 部门口径（含所属单位）"
    )


def test_a_long_name_is_cut_in_the_chart_and_whole_in_the_table(page):
    assert f'<td class="name">{LONG_NAME}</td>' in page
    assert cut(LONG_NAME) == LONG_NAME[:17] + "…" and cut("1 申县") == "1 申县"


def test_printed_texts_are_escaped(told):
    rows = tuple(replace(row, department="<img src=x onerror=alert(1)>局") for row in told.comparison.rows)
    assert "<img" not in render(replace(told, comparison=replace(told.comparison, rows=rows)))


def test_a_scale_includes_negative_values_and_works_without_values():
    scale = Scale.of([Decimal(30), Decimal(-10)])
    falling = scale.bar(Decimal(-10), "less", "")
    assert (falling.start, falling.width, scale.bar(Decimal(30), "more", "").start) == ("0.00%", "25.00%", "25.00%")
    assert Scale.of([]).bar(Decimal(0), "a", "").width == "0.00%"


@pytest.mark.takes(1)
@in_a_browser
@pytest.mark.parametrize("width", [1280, 390])
def test_in_a_browser_no_element_extends_beyond_the_page(page, width, tmp_path):
    """Wide tables scroll inside their own box; no label of a chart overlaps its number."""
    scroll_width, sticking_out, overlapping, lines = laid_out(page, width, tmp_path)
    assert (sticking_out, overlapping) == (0, 0) and scroll_width <= width and lines > 100


def test_a_document_with_the_name_of_a_command_is_given_by_its_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(SAMPLES / "shifan_gongxin_2023.txt", tmp_path / "compare")
    done = CliRunner().invoke(main, ["report", "./compare", "-o", "page.html"])
    assert done.exit_code == 0 and "示范市工业和信息化局" in Path("page.html").read_text("utf-8")


@pytest.mark.parametrize("before", [[], ["document"]])
def test_the_word_document_may_be_left_out_in_the_command_report(before, tmp_path):
    output = ["-o", str(tmp_path / "page.html")]
    file = [str(SAMPLES / "shifan_gongxin_2023.txt")]
    assert CliRunner().invoke(main, ["report", *before, *file, *output]).exit_code == 0
    assert CliRunner().invoke(main, ["report", *before, *output, *file]).exit_code == 0


def test_a_figure_of_an_attachment_has_its_file_beside_its_page(connection):
    load(connection, of_two_files())
    shown = render(queries.overview(connection, question(connection, "工业和信息化", 2024)))
    assert "公开03表 tables.pdf 第1页" in shown


def test_a_group_of_one_body_is_one_table_and_no_ranking(page):
    text = block(page, "各项指标 · 县级 · 单位口径（本级）")
    assert "卯县 卯县工业和信息化局 本年支出合计 1 / 1 455.00 100.00%" in text and "项目支出" in text
    assert "<h3>本年支出合计 · 县级 · 单位口径（本级）</h3>" not in page


def test_every_change_that_a_document_states_is_shown(page, url):
    text = block(page, "各文件自己所述的增减 · 县级 · 部门口径（含所属单位）")
    assert "巳县 巳县工业和信息化局 支出 1,200.00 万元 -40.12 万元" in text
    with connect(url) as connection:
        asked = "kind = 'year_over_year' and measure in ('change', 'change_pct') and fiscal_year = 2024"
        stated = connection.execute(f"select count(*) from mart.stated_figure where {asked}").fetchone()
    shown = re.findall(r'<td class="number">[+-][\d.,]+ (?:万元|%)</td>', page)
    assert stated == (len(shown),)


def test_budgets_are_shown_beside_accounts(connection):
    load(connection, budget())
    load(connection, extraction())
    shown = render(queries.overview(connection, question(connection, "工业和信息化", 2024)))
    plans = block(shown, f"预算与决算 · {Group('prefecture', 'department')}")
    assert f"{profile().department} 功能分类（类）" in plans and "行政" not in plans
    executed = block(shown, f"各项指标执行率 · {Group('prefecture', 'department')}")
    assert (
        executed.count(profile().department) > 1 and "<svg" not in shown.partition("预算执行</h2>")[2].split("<h2>")[0]
    )
    assert "tiles figures" not in shown  # one body: each of its amounts stands in the table
    assert re.search(r"<h2>预算执行</h2>.*<h2>预算与决算</h2>.*<h2>项目：目标、预算、执行与得分</h2>", shown, re.DOTALL)
