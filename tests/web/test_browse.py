"""The pages of bodies and places, rankings, the search and the feed, of documents in several years and places."""

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from html import unescape

import pytest
from lxml import etree
from psycopg.errors import QueryCanceled

from ingest.isolation import Limits
from ingest.pages.web import application, paging
from ingest.pages.web.answers import page_address
from ingest.pages.web.originals import Originals
from ingest.pages.web.readers import Readers
from tests.ingest.browser import in_a_browser, laid_out
from tests.reader_role import as_reader
from tests.warehouse.factory import extraction, profile
from tests.warehouse.peers import accounts
from tests.web.conftest import SCRIPT, TestClient
from warehouse.base.database import connect
from warehouse.load.document import load
from warehouse.records.reading import Extraction
from warehouse.work import withdrawals
from warehouse.work.stored_documents import find

OWN, OTHER = "甲市工业和信息化局", "乙市工业和信息化局"
NANYANG, LUOYANG = "411300", "410300"
KIND = "工业和信息化"
ATOM = "{http://www.w3.org/2005/Atom}"


def spent(name: str, wan: str, year: int = 2024, **changes) -> Extraction:
    own = profile(fiscal_year=year, **changes)
    return extraction(name, profile=own, amounts=accounts(Decimal(wan), 0), checks=())


@pytest.fixture(scope="module")
def documents(module_database: str) -> dict[str, int]:
    """Two years of a body, the second with a correction; a peer; a body whose name is a script; one withdrawn."""
    made = {
        "before": spent("before", "80.00", 2023),
        "old": spent("old", "90.00"),
        "new": spent("new", "95.00"),
        "peer": spent("peer", "120.00", department=OTHER, city="洛阳市", division_code=LUOYANG),
        "script": spent("script", "10.00", department=f"{SCRIPT}局", department_kind=None),
        "withdrawn": spent("withdrawn", "70.00", 2022),
    }
    with connect(module_database) as connection:
        stored = {name: load(connection, read).document_id for name, read in made.items()}
        withdrawals.withdraw(connection, find(connection, str(stored["withdrawn"])), "金额有误")
    return stored


@pytest.fixture(scope="module")
def bodies(module_database: str, documents: dict[str, int]) -> dict[str, int]:
    with connect(module_database) as connection:
        return dict(connection.execute("select department, department_id from mart.department").fetchall())


@pytest.fixture(scope="module")
def readers(module_database: str) -> Readers:
    return Readers(as_reader(module_database), connections=2)


@pytest.fixture(scope="module")
def client(
    readers: Readers, documents: dict[str, int], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestClient]:
    archive = tmp_path_factory.mktemp("archive")
    with TestClient(application(readers, Originals(archive, Limits(seconds=20)))) as opened:
        yield opened


def body_page(bodies: dict[str, int], **asked: str) -> str:
    return page_address("zh", "bodies", bodies[OWN], **asked)


def compare_page(metric: str = "expenditure", year: int = 2024, **asked: str) -> str:
    return page_address("zh", "compare", metric, year, **asked)


def test_a_body_shows_its_years_side_by_side_each_number_with_its_print(client, documents, bodies):
    shown = client.get(body_page(bodies)).text
    headings = re.findall(r"<th class=\"number\"><a [^>]+>(\d{4})</a>", shown)
    assert headings == ["2024", "2023"]
    row = re.search(r"本年支出合计</td>(.*?)</tr>", shown)[1]
    links = re.findall(r'href="(/evidence/[^"]+)">([\d.,]+)<', row)
    assert links == [
        (f"/evidence/{documents['new']}/GK03/TOTAL/total", "95.00"),
        (f"/evidence/{documents['before']}/GK03/TOTAL/total", "80.00"),
    ]
    assert [client.get(link).status_code for link, _ in links] == [200, 200]
    assert "70.00" not in row and "2022" not in shown  # withdrawn


def test_a_body_has_a_chart_peers_staff_and_its_documents(client, documents, bodies):
    shown = client.get(body_page(bodies)).text
    assert (
        "<figcaption>本年支出合计</figcaption>" in shown
        and '<svg role="img" aria-label="本年支出合计"' in shown
        and "style=" not in shown
    )
    staff = re.search(r'href="([^"]+/fact/staff_authorised)">30<', shown)[1]
    evidence = client.get(staff)
    assert evidence.status_code == 200 and "编制30名" in evidence.text
    assert page_address("zh", "documents", documents["old"]) in shown
    assert page_address("zh", "places", NANYANG) in shown


def test_one_or_two_peers_stand_beside_the_body_each_number_with_its_print(client, documents, bodies):
    """On the page of the body, and by all usual metrics on that of a ranking."""
    links = [f"/evidence/{documents[name]}/GK03/TOTAL/total" for name in ("new", "peer")]
    for address, names in ((body_page(bodies), [OWN, OTHER]), (compare_page("basic", kind=KIND), [OTHER, OWN])):
        shown = client.get(address).text
        table = next(part for part in re.findall(r"<table>.*?</table>", shown, re.S) if f">{OTHER}</a></th>" in part)
        assert re.findall(r"<th class=\"number\"><a [^>]+>([^<]+)</a></th>", table) == names
        row = re.search(r'<td class="name"><a href="([^"]+)">本年支出合计</a>(.*?)</tr>', table)
        assert sorted(re.findall(r'href="([^"]+)"', row[2])) == sorted(links)
        assert client.get(unescape(row[1])).status_code == 200 and "<ul class=" not in shown


def test_of_more_peers_the_rank_and_the_median_are_shown(client, documents, bodies, monkeypatch):
    monkeypatch.setattr("ingest.pages.web.body.FEW", 1)
    monkeypatch.setattr("ingest.pages.web.ranking.FEW", 1)
    assert ">2/2<" in client.get(body_page(bodies)).text
    shown = client.get(compare_page(kind=KIND)).text
    assert '<ul class="tiles">' in shown and "各项指标" not in shown


def test_english_pages_say_units_in_english(client, documents, bodies):
    body = client.get(body_page(bodies, lang="en")).text
    ranking = client.get(compare_page(kind=KIND, lang="en")).text
    assert "<figcaption>expenditure</figcaption>" in body and '<svg role="img" aria-label="expenditure"' in body
    assert [unit for unit in (">万元<", ">人<", ">元/人<") if unit in body + ranking] == []


@pytest.mark.parametrize(
    "path", ["body", "/places/411300", "/compare/expenditure/2024", "/search?q=扶持", "/", "/documents", "/bodies"]
)
def test_each_page_is_there_as_json_and_csv(client, bodies, path):
    address = body_page(bodies) if path == "body" else path
    sign = "&" if "?" in address else "?"
    as_json = client.get(f"{address}{sign}format=json")
    lines = list(csv.DictReader(io.StringIO(client.get(f"{address}{sign}format=csv").text[1:])))
    rows = sum(len(value) for value in as_json.json().values() if isinstance(value, list))
    assert as_json.status_code == 200 and rows and lines[0]["part"] == "this" and len(lines) > 1


def test_a_place_shows_its_bodies_of_a_year_in_the_order_that_is_asked_for(client, documents, bodies):
    newest = client.get(f"/places/{NANYANG}").text
    largest = client.get(f"/places/{NANYANG}?sort=expenditure").text
    assert "2024年度各部门" in newest and ">95.00<" in newest and ">80.00<" not in newest
    by_name, by_amount = (
        re.findall(
            r'<td class="name"><a href="/bodies/(\d+)"', text.partition("<section>")[2].partition("</section>")[0]
        )
        for text in (newest, largest)
    )
    assert by_amount == [str(bodies[OWN]), str(bodies[f"{SCRIPT}局"])] and sorted(by_name) == sorted(by_amount)
    assert ">80.00<" in client.get(f"/places/{NANYANG}?year=2023").text
    assert client.get(f"/places/{NANYANG}?year=x&sort=x").text.count("<tr>") == newest.count("<tr>")


@pytest.fixture
def short(monkeypatch) -> None:
    """Parts of lists have one row."""
    monkeypatch.setattr(paging, "MOST", 1)


@pytest.mark.parametrize(
    ("path", "rows"),
    [
        ("/documents", "documents"),
        ("/bodies", "bodies"),
        (f"/places/{NANYANG}?year=2024&sort=expenditure", "bodies"),
        (compare_page(kind=KIND), "bodies"),
    ],
)
def test_parts_of_a_list_lead_to_each_other_and_have_each_row_once(client, documents, bodies, short, path, rows):
    """Forwards by the links to the next part, and backwards again. Of six documents one is old and one withdrawn."""
    there = walked(client, path, "next")
    back = walked(client, there[-1][0], "prev")
    first = [re.search(rf'<tr>.*?<td class="name"><a href="/{rows}/(\d+)"', page)[1] for _, page in there]
    assert len(set(first)) == len(there) == (4 if rows == "documents" else len(bodies) - (rows not in path))
    assert [page for _, page in back] == [page for _, page in reversed(there)]


def walked(client: TestClient, path: str, rel: str) -> list[tuple[str, str]]:
    """(address, page) of each part from this one on."""
    parts = [(path, client.get(path).text)]
    while led := re.search(rf'rel="{rel}" href="([^"]+)"', parts[-1][1]):
        parts.append((unescape(led[1]), client.get(unescape(led[1])).text))
    return parts


def test_a_place_says_which_bodies_published_what(client, documents):
    coverage = client.get(f"/places/{NANYANG}").text.partition("公开情况")[2]
    assert page_address("zh", "documents", documents["before"]) in coverage
    assert page_address("zh", "documents", documents["withdrawn"]) not in coverage


def test_places_lead_to_those_below_them(client, documents):
    assert '<a href="/places/411300">' in client.get("/places/410000").text
    assert client.get("/places/410400").status_code == 404


def test_a_ranking_has_the_largest_first_with_its_print(client, documents, bodies):
    shown = client.get(compare_page(kind=KIND, level="prefecture", scope="department")).text
    ranked = re.findall(r'<td class="number">(\d)</td><td class="name"><a href="/bodies/(\d+)"', shown)
    assert ranked == [("1", str(bodies[OTHER])), ("2", str(bodies[OWN]))]
    assert f"/evidence/{documents['peer']}/GK03/TOTAL/total" in shown and f"{SCRIPT}局" not in shown
    assert client.get(compare_page()).text.count("<tr>") == shown.count("<tr>")  # the largest group


@pytest.mark.parametrize(
    "address",
    [
        compare_page("nothing"),
        compare_page(year=1999),
        compare_page(kind="x' or '1'='1"),
        compare_page(level="\0"),
        compare_page("\0"),
        compare_page(year=10**30),
        "/compare/expenditure/x",
        "/bodies/0",
        "/bodies/99999999999999999999",
        "/bodies/x",
        "/places/999999",
        "/places/411300'%20or%20'1'='1",
        "/places/%00",
        "/places/..%2f..%2fetc%2fpasswd",
        "/search/x",
        "/documents?page=2",
        "/bodies?page=0",
        f"/places/{NANYANG}?page=2",
        compare_page(page="2"),
    ],
)
def test_what_is_not_there_is_not_found(client, documents, address):
    assert client.get(address).status_code == 404


def test_the_first_page_and_documents_lead_to_bodies_and_places(client, documents, bodies):
    first = client.get("/").text
    assert page_address("zh", "places", NANYANG) in first and page_address("zh", "places", LUOYANG) in first
    shown = client.get(page_address("zh", "documents", documents["new"])).text
    assert page_address("zh", "bodies", bodies[OWN]) in shown and page_address("zh", "places", NANYANG) in shown


def test_an_old_version_says_so_and_leads_to_the_others(client, documents):
    shown = client.get(page_address("zh", "documents", documents["old"])).text
    assert (
        "这是旧版本" in shown
        and '<span class="status">金额单位' in shown
        and page_address("zh", "documents", documents["new"]) in shown
    )
    assert "这是旧版本" not in client.get(page_address("zh", "documents", documents["new"])).text


def test_the_feed_is_atom_with_an_entry_for_each_version_and_withdrawal(client, documents):
    answer = client.get("/feed.atom")
    feed = etree.fromstring(answer.content)
    entries = feed.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    titles = [entry.findtext(f"{ATOM}title") for entry in entries]
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert len(entries) == len(documents) == len(set(ids)) and all(one.startswith("urn:uuid:") for one in ids)
    assert f"{OWN} 2024年度决算（第2版）" in titles and titles[0].startswith("已撤回：")
    assert f"{SCRIPT}局 2024年度决算" in titles
    for entry in [feed, *entries]:
        assert entry.findtext(f"{ATOM}updated") and entry.find(f"{ATOM}link").get("href").startswith(
            "http://testserver/"
        )
    again = etree.fromstring(client.get("/feed.atom").content)
    assert [entry.findtext(f"{ATOM}id") for entry in again.findall(f"{ATOM}entry")] == ids


@pytest.mark.parametrize(
    ("words", "part", "link"),
    [
        ("乙市", "部门", "/bodies/"),
        ("扶持", "项目", "/documents/"),
        ("满意", "绩效指标", "/form/"),
        ("12家", "绩效指标", "/form/1/1"),
        ("人员", "情况说明", "/reason"),
    ],
)
def test_two_characters_are_found_and_marked(client, documents, words, part, link):
    shown = client.get("/search", params={"q": words}).text
    assert f"<h2>{part}</h2>" in shown and f"<mark>{words}</mark>" in shown
    hits = shown.partition(f"<h2>{part}</h2>")[2].partition("</section>")[0]
    found = re.findall(r'href="([^"]+)"', hits)
    assert any(link in one for one in found) and client.get(found[0]).status_code == 200


@pytest.mark.parametrize("words", ["%%", "__", "x' or '1'='1", "没有这样的词", "\0\0"])
def test_words_are_texts_and_no_patterns(client, documents, words):
    assert "没有找到" in client.get("/search", params={"q": words}).text


@pytest.mark.parametrize("words", ["", "人", "人" * 41, "  "])
def test_words_that_are_too_short_or_long_are_not_searched(client, documents, words):
    shown = client.get("/search", params={"q": words})
    assert shown.status_code == 200 and "请输入2至40个字" in shown.text


def test_a_withdrawn_document_is_on_no_page(client, documents, bodies):
    link = page_address("zh", "documents", documents["withdrawn"])
    addresses = (body_page(bodies), f"/places/{NANYANG}", "/", "/search?q=工业", "/search?q=扶持", "/feed.atom")
    assert [address for address in addresses if link in client.get(address).text] == []
    assert client.get(compare_page(year=2022)).status_code == 404


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_have_no_script_or_style_of_their_own_and_escape_names(client, documents, bodies, language):
    asked = {"lang": language}
    pages = [f"/bodies/{bodies[f'{SCRIPT}局']}", f"/places/{NANYANG}", "/compare/expenditure/2024", "/", "/search"]
    for page in pages:
        shown = client.get(page, params=asked | ({"q": "<script>"} if page == "/search" else {})).text
        assert shown.count("<script") == 1 and "style=" not in shown and "onclick" not in shown
    assert "&lt;script&gt;" in client.get(pages[0]).text


def test_a_query_that_takes_too_long_is_stopped_and_the_next_is_answered(client, readers):
    with pytest.raises(QueryCanceled):
        readers.rows_within(0.05, "select pg_sleep(5)")
    assert readers.rows("select current_setting('statement_timeout') as limit") == [{"limit": "10s"}]


@pytest.mark.long
@in_a_browser
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "page",
    [
        "body",
        f"/places/{NANYANG}",
        "/compare/expenditure/2024",
        "/search?q=企业",
        f"/search?q={'W' * 40}",
        "/",
        "/bodies",
    ],
)
def test_in_a_browser_no_element_extends_beyond_the_page(client, bodies, page, width, tmp_path):
    shown = client.get(body_page(bodies) if page == "body" else page).text
    linked = '<link rel="stylesheet" href="/static/style.css">'
    assert linked in shown
    styled = shown.replace(linked, f"<style>{client.get('/static/style.css').text}</style>")
    page_width, beyond, overlapping, lines = laid_out(styled, width, tmp_path)
    assert page_width <= width and (beyond, overlapping, lines) == (0, 0, 2 if page == "body" else 0)
