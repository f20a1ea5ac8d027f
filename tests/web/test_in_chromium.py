"""All kinds of pages as Chromium shows them: nothing extends beyond them, and axe-core finds nothing grave."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.cli.main import main
from ingest.isolation import Limits
from ingest.pages.web import application
from ingest.pages.web.answers import address
from ingest.pages.web.originals import Originals
from ingest.pages.web.readers import Readers
from ingest.pages.web.words import LANGUAGES
from tests.ingest.browser import in_a_browser
from tests.reader_role import as_reader
from tests.web.axe import axe, findings
from tests.web.chromium import Chromium, chromium
from tests.web.conftest import LOST, PDF, PLANTED, SAMPLES
from tests.web.served import served
from tests.web.test_browse import NANYANG, OWN, spent
from warehouse.base.database import connect
from warehouse.load.document import load

pytestmark = [pytest.mark.long, in_a_browser]
WIDTHS = (390, 1280)
# Elements that extend beyond the page, but not those that scroll in a box of their own.
BEYOND = """(() => {
  const scrolls = element => ["auto", "scroll", "hidden"].includes(getComputedStyle(element).overflowX)
  const inside = element => element.parentElement && (scrolls(element.parentElement) || inside(element.parentElement))
  const isOut = element => element.getBoundingClientRect().right > innerWidth + 0.5
  const out = [...document.body.querySelectorAll("*")].filter(one => isOut(one) && !inside(one))
  return out.map(one => one.outerHTML.slice(0, 120))
    .concat(document.documentElement.scrollWidth > innerWidth ? [`${document.documentElement.scrollWidth} wide`] : [])
})()"""
A_CELL = """
select document_id, concat_ws('/', table_code, row_key, measure) from mart.amount
where document_id = %s and line_no is not null and presence = 'number' limit 1
"""
OPENED = 'for (const part of document.querySelectorAll("details")) part.open = true; 0'


@pytest.fixture(scope="module")
def pages(module_database: str, documents: dict[str, int], archive, tmp_path_factory) -> Iterator[dict[str, str]]:
    """Name → address of a page of each kind."""
    with connect(module_database) as connection:
        for read in (
            spent("before", "80.00", 2023),
            spent("own", "90.00"),
            spent("peer", "120.00", department="乙市工业和信息化局", city="洛阳市", division_code="410300"),
        ):
            load(connection, read)
        bodies = dict(connection.execute("select department, department_id from mart.department").fetchall())
        doubt = connection.execute("select document_id, concat('doubt/', doubt_no) from mart.doubt limit 1").fetchone()
        in_text = connection.execute(A_CELL, [documents[PLANTED]]).fetchone()
    report = tmp_path_factory.mktemp("report") / "report.html"
    assert CliRunner().invoke(main, ["report", str(SAMPLES / PDF), "-o", str(report)]).exit_code == 0
    readers = Readers(as_reader(module_database), connections=2)
    with served(application(readers, Originals(archive.folder, Limits(seconds=60)))) as base:
        shown = {
            "start": "/",
            "body": f"/bodies/{bodies[OWN]}",
            "place": f"/places/{NANYANG}",
            "document": f"/documents/{documents[PDF]}",
            "evidence of a PDF": address(documents[PDF], "GK03/2210201/total", "zh"),
            "evidence of a text": address(*in_text, "zh"),
            "evidence of a lost file": address(documents[LOST], "GK03/TOTAL/total", "zh"),
            "doubt": address(*doubt, "zh"),
            "comparison": "/compare/expenditure/2024",
            "search": "/search?q=%E5%B7%A5%E4%B8%9A",
            "nothing there": "/documents/999999",
        }
        in_each = {
            f"{name} {language}": f"{base}{path}{'&' if '?' in path else '?'}lang={language}"
            for name, path in shown.items()
            for language in LANGUAGES
        }
        yield in_each | {"report": report.as_uri()}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with chromium(tmp_path_factory.mktemp("chromium")) as opened:
        yield opened


@pytest.mark.parametrize("width", WIDTHS)
def test_no_element_extends_beyond_the_page(pages, browser, width, tmp_path):
    """With JUESUAN_PICTURES, a folder, the pages are pictures there to be looked at."""
    beyond = {}
    for name, page in pages.items():
        browser.open(page, width)
        browser.value(OPENED)
        beyond[name] = browser.value(BEYOND)
        if folder := os.environ.get("JUESUAN_PICTURES"):
            browser.picture(Path(folder, f"{name} {width}.png"))
    assert {name: found for name, found in beyond.items() if found} == {}


def test_axe_finds_nothing_grave(pages, browser, tmp_path):
    script, found = axe(tmp_path), {}
    for name, page in pages.items():
        browser.open(page, WIDTHS[0])
        found[name] = findings(browser, script)
    assert {name: grave for name, grave in found.items() if grave} == {}


def test_axe_finds_a_picture_without_words(browser, tmp_path):
    page = tmp_path / "page.html"
    page.write_text('<html lang="zh"><title>x</title><main><h1>x</h1><img src="data:,"></main>', "utf-8")
    browser.open(page.as_uri(), WIDTHS[0])
    assert [one.partition(":")[0] for one in findings(browser, axe(tmp_path))] == ["image-alt"]
