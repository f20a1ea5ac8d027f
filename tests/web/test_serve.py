"""The web application: the page of a number, the addresses that views have of it, and what strangers may send."""

import csv
import hashlib
import io
import re
import tomllib

import pytest
from PIL import Image
from psycopg.sql import Literal
from pydantic import ValidationError
from structlog.testing import capture_logs

from ingest.errors import TooSlow
from ingest.isolation import Limits
from ingest.pages.web import application
from ingest.pages.web.answers import address, page_address
from ingest.pages.web.excerpt import excerpt_rows
from ingest.pages.web.originals import Originals
from ingest.pages.web.readers import Readers
from ingest.pages.web.recent import Recent
from ingest.pages.web.searches import PARTS
from ingest.pages.web.words import FILE
from ingest.readers.crops import Band, ExcerptLine
from ingest.sync.archive import Archive
from tests.english.pages import one_of_a_table, pages
from tests.english.words import Printed, of_page, of_views, of_workbook
from tests.ingest.test_personal_data import NAMES, NUMBERS
from tests.reader_role import as_reader
from tests.web import hostile
from tests.web.conftest import LOST, PDF, PLANTED, SAMPLES, SCRIPT, TestClient, kept
from tests.web.questions import QUESTIONS
from warehouse.base.config import Settings
from warehouse.base.database import connect
from warehouse.kinds.kind import load_kind
from warehouse.schema.evidence_urls import with_addresses
from warehouse.workbook import find, read, workbook

CELL = "GK03/2210201/total"
FRAME = (200, 30, 20)
BASE = "https://example.cn/juesuan"
VIEWS = (
    "amount",
    "metric_value",
    "city_comparison",
    "year_over_year",
    "check_result",
    "doubt",
    "stated_figure",
    "performance_indicator",
)
PLACES = ["GK03/2010301/total", "YS02/unit:示范市统计局/2010301/basic", "form/1/2", "GK07/name:a b?#&%\"'<x>/总 计"]
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}
BAD_ADDRESSES = [
    "/static/../../../etc/passwd",
    "/static/%2e%2e/%2e%2e/etc/passwd",
    "/static/style.css%00",
    "/evidence/1/..%2f..%2f..%2fetc%2fpasswd",
    "/evidence/1/GK03/201/total%00",
    "/evidence/1/GK03/201/%FF%FE",
    "/evidence/1' or '1'='1/GK03/201/total",
    "/evidence/1/GK03/201/total' or '1'='1",
    "/evidence/1/GK03/201/total'; drop table warehouse.amount; --",
    "/evidence/99999999999999999999999999/GK03/201/total",
    "/evidence/-1/GK03/201/total",
    "/evidence/2147483648/GK03/201/total",
    "/evidence/0/GK03/201/total",
    "/evidence/1/",
    "/evidence/1/%25s/%25(place)s/{place}",
    "/evidence/1/doubt/%E2%80%AE",
    "/evidence/1/check",
    "/evidence/1/form/1",
]


def test_the_page_of_a_cell_shows_number_picture_checks_and_citation(client, documents):
    shown = client.get(address(documents[PDF], CELL, "zh"))
    assert shown.status_code == 200 and shown.headers["content-type"].startswith("text/html")
    for text in ("公开03表 支出决算表 住房公积金 本年支出合计", "印出的原文", "picture=row", "picture=page", "SHA-256"):
        assert text in shown.text
    assert "勾稽关系" in shown.text and "/check/" in shown.text


def test_the_other_language_is_english(client, documents):
    shown = client.get(address(documents[PDF], CELL, "en")).text
    assert (
        'lang="en"' in shown and "Identities that use this number" in shown and "勾稽关系" not in shown.split("<h1>")[0]
    )


@pytest.mark.parametrize("which", ["row", "page"])
def test_a_pdf_is_shown_with_the_cell_in_a_red_frame(client, documents, which):
    answer = client.get(address(documents[PDF], CELL, "zh", picture=which))
    assert answer.status_code == 200 and answer.headers["content-type"] == "image/png"
    picture = Image.open(io.BytesIO(answer.content)).convert("RGB")
    colours = {colour for _, colour in picture.getcolors(1 << 20)}
    assert any(max(abs(a - b) for a, b in zip(colour, FRAME, strict=True)) < 12 for colour in colours)


def test_a_text_is_shown_as_rows_with_the_cell_marked(client, documents):
    shown = client.get(address(documents[PLANTED], "GK03/TOTAL/total", "zh")).text
    data = client.get(address(documents[PLANTED], "GK03/TOTAL/total", "zh", format="json")).json()
    assert f"<mark>{data['printed']}</mark>" in shown and shown.count("<mark>") == 1


def test_a_file_that_is_not_at_hand_is_said_and_the_stored_number_shown(client, documents):
    shown = client.get(address(documents[LOST], "GK03/TOTAL/total", "zh"))
    assert shown.status_code == 200 and "原文件已不在归档中" in shown.text and "印出的原文" in shown.text


def test_a_count_is_shown_as_a_number_and_no_amount(client, documents):
    data = client.get(address(documents[LOST], "GK10/其他用车/value", "zh", format="json")).json()
    assert (data["amount_wan"], data["value_unit"], float(data["value"])) == (None, "辆", 3)


def test_the_data_is_json_with_all_digits_and_csv(client, documents):
    as_json = client.get(address(documents[PDF], CELL, "zh", format="json")).json()
    lines = list(csv.DictReader(io.StringIO(client.get(address(documents[PDF], CELL, "zh", format="csv")).text[1:])))
    assert as_json["place"] == CELL and len(as_json["amount_wan"].partition(".")[2]) == 6
    assert lines[0]["part"] == "this" and lines[0]["printed"] == as_json["printed"]
    assert {line["part"] for line in lines} >= {"this", "file", "checks", "versions"}


@pytest.mark.parametrize("kind", ["stated", "check"])
def test_figures_and_identities_have_pages_too(client, documents, kind):
    data = client.get(address(documents[PDF], CELL, "zh", format="json")).json()
    places = {"check": data["checks"][0]["place"], "stated": "stated/structure/all/nothing"}
    status = {"check": 200, "stated": 404}
    assert client.get(address(documents[PDF], places[kind], "zh")).status_code == status[kind]


@pytest.mark.parametrize(
    ("cells", "printed", "column", "marked"),
    [
        (("合计", "5.00", "5.00"), "5.00", 3, 2),
        (("合计", "5.00", "6.00"), "6.00", 2, 2),  # the column of the table is not that of the line
        (("合计", "5.00", "5.00"), "5.00", 1, None),
        (("合计", "5.00"), "7.00", 2, None),
        (("合计", "5.00"), None, 2, None),
    ],
)
def test_only_a_cell_that_holds_the_printed_text_is_marked(cells, printed, column, marked):
    (row,) = excerpt_rows([ExcerptLine(7, cells, True)], printed, column)
    assert [n for n, cell in enumerate(row.cells) if cell.is_marked] == ([] if marked is None else [marked])


def test_every_word_is_there_in_both_languages():
    said = tomllib.loads(FILE.read_text("utf-8"))
    assert all(len(pair) == 2 and all(pair) for pair in said.values())
    assert [key for key, (zh, en) in said.items() if zh.count("{") != en.count("{")] == []


@pytest.mark.parametrize("view", VIEWS)
def test_without_the_setting_it_is_null(module_database, documents, view):
    with connect(module_database) as connection:
        rows, addresses = connection.execute(f"select count(*), count(evidence_url) from mart.{view}").fetchone()
    assert addresses == 0 and (rows > 0 or view in ("doubt", "performance_indicator"))


def test_with_the_setting_it_is_the_address_of_the_page(module_database, client, documents, monkeypatch):
    monkeypatch.setenv("JUESUAN_EVIDENCE_URL", f"{BASE}/")
    asked = f"select {with_addresses('{evidence_url(n, place)}')} from unnest({Literal(PLACES).as_string()}::text[])"
    with connect(module_database) as connection:
        made = [url for (url,) in connection.execute(f"{asked} with ordinality as one (place, n)").fetchall()]
    assert made[0] == f"{BASE}/evidence/1/GK03/2010301/total" and all(url.isascii() for url in made)
    for number, (url, place) in enumerate(zip(made, PLACES, strict=True), start=1):
        echoed = client.get(url.removeprefix(BASE))
        assert str(echoed.url.path) == f"/evidence/{number}/{place}"


def test_a_number_without_place_has_no_address(module_database, monkeypatch):
    monkeypatch.setenv("JUESUAN_EVIDENCE_URL", BASE)
    with connect(module_database) as connection:
        assert connection.execute(f"select {with_addresses('{evidence_url(1, null::text)}')}").fetchone() == (None,)


@pytest.mark.parametrize("view", ["amount", "stated_figure", "check_result"])
def test_every_number_of_a_document_has_a_page(module_database, client, documents, monkeypatch, view):
    """Some of the places of each view; the path is what the view would add to the setting."""
    places = {
        "amount": "concat_ws('/', table_code, row_key, measure)",
        "stated_figure": "concat_ws('/', 'stated', kind, subject, measure)",
        "check_result": "concat_ws('/', 'check', rule_id, table_code, row_key, measure)",
    }
    with connect(module_database) as connection:
        found = connection.execute(
            f"select {places[view]} from mart.{view} where document_id = %s order by md5({places[view]}) limit 4",
            [documents[PDF]],
        ).fetchall()
    assert [client.get(address(documents[PDF], place, "zh")).status_code for (place,) in found] == [200] * len(found)
    assert found


@pytest.mark.parametrize("given", ["javascript:alert(1)", "https://a'b", "ftp://a", "https://a b", "//a"])
def test_another_address_is_refused(monkeypatch, given):
    monkeypatch.setenv("JUESUAN_EVIDENCE_URL", given)
    with pytest.raises(ValidationError):
        Settings()


@pytest.mark.parametrize("path", BAD_ADDRESSES)
def test_a_bad_address_is_not_found(client, path):
    answer = client.get(path)
    assert answer.status_code == 404 and "root:" not in answer.text


@pytest.mark.parametrize("query", ["picture=../../etc/passwd", "picture=", "picture=both", "format=exe", "lang=../zh"])
def test_a_bad_parameter_gives_no_file(client, documents, query):
    answer = client.get(f"{address(documents[PDF], 'GK03/2210201/total', 'zh')}?{query}")
    assert answer.status_code in (200, 404) and answer.headers["content-type"].startswith("text/html")


def test_every_answer_says_what_a_page_may_do(client, documents):
    for path in (address(documents[PDF], "GK03/2210201/total", "zh"), "/nowhere", "/static/page.js"):
        headers = client.get(path).headers
        assert HEADERS.items() <= dict(headers).items()
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "unsafe-inline" not in headers["content-security-policy"]


def test_no_page_has_a_script_or_style_of_its_own(client, documents):
    shown = client.get(address(documents[PDF], "GK03/2210201/total", "zh")).text
    assert "style=" not in shown and "<style" not in shown and shown.count("<script") == 1 and "onclick" not in shown


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_is_changed(client, documents, method):
    assert client.request(method, address(documents[PDF], "GK03/2210201/total", "zh")).status_code == 405


def test_a_request_that_is_too_long_or_has_a_body_is_refused(client):
    assert client.get("/evidence/1/" + "a" * 3000).status_code == 414
    assert client.request("GET", "/evidence/1/GK03/201/total", content=b"x").status_code == 413


def test_what_a_document_prints_is_escaped(client, documents):
    shown = client.get(address(documents[LOST], "GK03/TOTAL/total", "zh")).text
    assert "<script>alert" not in shown and shown.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 3


def test_what_is_asked_for_is_escaped(client, documents):
    shown = client.get(f"{address(documents[PDF], 'GK03/2210201/total', 'zh')}?lang=zh&x=%22><script>alert(1)</script>")
    assert "<script>alert" not in shown.text


@pytest.fixture
def nothing_kept(monkeypatch, tmp_path):
    """Every page is drawn from its file."""
    monkeypatch.setattr(Archive, "pictures", lambda *_: tmp_path / "pictures")
    monkeypatch.setattr(Recent, "get", lambda *_: None)


def test_a_file_that_was_changed_in_the_archive_is_not_shown(client, documents, archive, tmp_path, nothing_kept):
    """A picture must be of the file that was read."""
    data = client.get(address(documents[PDF], "GK03/TOTAL/basic", "zh", format="json")).json()
    sha256 = data["file"][0]["sha256"]
    before = archive.path(sha256).read_bytes()
    other = tmp_path / "other.pdf"
    other.write_bytes(before + b"\n% changed")
    kept(archive, sha256, other)
    assert client.get(address(documents[PDF], "GK03/TOTAL/basic", "zh", picture="row")).status_code == 404
    archive.path(sha256).write_bytes(before)


def test_a_document_shows_its_tables_with_each_number_linked_to_its_evidence(client, documents):
    shown = client.get(page_address("zh", "documents", documents[PDF]))
    linked = re.findall(rf'href="(/evidence/{documents[PDF]}/GK03/[^"]+)"', shown.text)
    assert shown.status_code == 200 and "公开03表 支出决算表" in shown.text and len(linked) > 20
    assert [client.get(link).status_code for link in linked[:3]] == [200] * 3
    data = client.get(page_address("zh", "documents", documents[PDF]), params={"format": "json"}).json()
    assert sum(one["table_code"] == "GK03" for one in data["amounts"]) <= len(linked)


def test_a_document_says_what_was_not_read_and_escapes_what_is_printed(client, documents):
    shown = client.get(page_address("zh", "documents", documents[LOST])).text
    assert "<script>alert" not in shown and "&lt;script&gt;" in shown and "数字无法辨认" in shown


def test_the_first_page_lists_the_newest_documents(client, documents):
    shown = client.get("/").text
    assert all(page_address("zh", "documents", number) in shown for number in documents.values())
    assert "Documents retrieved last" in client.get("/?lang=en").text


@pytest.mark.parametrize(
    "path",
    [
        "/documents/0",
        "/documents/99999999999",
        "/documents/x",
        "/documents/1/..%2f",
        "/documents/",
        "/documents?page=2",
    ],
)
def test_a_document_that_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("asked", [{}, {"format": "json"}, {"format": "csv"}])
def test_persons_and_telephone_numbers_are_on_no_page(module_database, client, documents, asked):
    """Of the numbers whose rows stand beside them: those of the form, and of the sentence."""
    document = documents[PLANTED]
    with connect(module_database) as connection:
        figures = connection.execute(
            "select concat_ws('/', 'stated', kind, subject, measure) from mart.stated_figure where document_id = %s"
            " and line_no = (select max(line_no) from mart.stated_figure where document_id = %s) limit 2",
            [document, document],
        ).fetchall()
    places = ["form/1/1", "form/1/2", *(place for (place,) in figures)]
    assert len(places) == 4
    for place in places:
        shown = client.get(address(document, place, "zh", **asked))
        assert shown.status_code == 200
        assert [secret for secret in (*NAMES, *NUMBERS) if secret in shown.text] == []
    about = client.get(page_address("zh", "documents", document), params={"format": "json"}).json()
    pages = [("documents", document), ("bodies", about["department_id"]), ("places", about["division_code"])]
    for page in (*pages, ("feed.atom",), ("",)):
        shown = client.get(page_address("zh", *page), params=asked)
        assert shown.status_code == 200 and [secret for secret in (*NAMES, *NUMBERS) if secret in shown.text] == []


@pytest.mark.parametrize("asked", [{}, {"format": "json"}, {"format": "csv"}])
def test_the_search_finds_indicators_and_no_person(client, documents, asked):
    for words in ("原因", "调离", "设备"):
        shown = client.get("/search", params={"q": words, **asked}).text
        assert "form/1/1" in shown or words != "设备"
        assert [secret for secret in (*NAMES, *NUMBERS) if secret in shown] == []
    for secret in (*NAMES, *NUMBERS):
        data = client.get("/search", params={"q": secret, "format": "json"}).json()
        assert [name for name, hits in data.items() if name != "q" and hits] == []


@pytest.mark.parametrize(("words", "part", "expected"), QUESTIONS)
def test_a_question_has_its_answers(client, documents, words, part, expected):
    found = client.get("/search", params={"q": words, "format": "json"}).json()
    names = {number: name for name, number in documents.items()}
    answers = {
        hit["department"] if part == "bodies" else (names[hit["document_id"]], hit["place"] or hit["text"])
        for hit in found[part]
    }
    assert answers == expected
    assert all(words in hit["text"] for hits in found.values() if hits is not found["q"] for hit in hits)


@pytest.mark.parametrize("part", ["project", "indicator", "stated"])
def test_the_index_of_pairs_answers_the_search(module_database, documents, part):
    """The expression of the query is that of the index."""
    (query,) = (query for named, query in PARTS.values() if named == part)
    with connect(module_database) as connection:
        connection.execute("set enable_seqscan = off")
        plan = connection.execute(
            f"explain {query}", {"part": part, "pairs": [f"{part}设备"], "words": "设备", "most": 5}
        ).fetchall()
    assert "Bitmap Index Scan on document_text_searched_idx" in str(plan)


@pytest.fixture(scope="module")
def cells(client, documents) -> list[str]:
    """Addresses of pictures of different cells: each picture is made once."""
    data = client.get(page_address("zh", "documents", documents[PDF]), params={"format": "json"}).json()
    named = ("/".join((one["table_code"], one["row_key"], one["measure"])) for one in data["amounts"])
    return [address(documents[PDF], place, "zh", picture="page") for place in named]


@pytest.mark.parametrize("case", hostile.CASES)
def test_a_hostile_file_gives_a_small_picture_or_none_and_the_next_is_served(
    client, documents, archive, cells, case, monkeypatch, nothing_kept
):
    """Though the file has the digest that was read. The log says that the file is bad, not the reader."""
    data = client.get(cells[0].replace("picture=page", "format=json")).json()
    kept_file = archive.path(data["file"][0]["sha256"])
    before, number = kept_file.read_bytes(), list(hostile.CASES).index(case)
    monkeypatch.setattr(Archive, "is_sound", lambda *_: True)
    kept_file.write_bytes(hostile.CASES[case])
    with capture_logs() as logs:
        answer = client.get(cells[2 * number])
    kept_file.write_bytes(before)
    assert all("the reader has a fault" not in log["reason"] for log in logs), logs
    assert client.get(cells[2 * number].replace("?picture=page", "")).status_code == 200
    assert client.get(cells[2 * number + 1]).content.startswith(b"\x89PNG")
    if answer.status_code == 200:
        assert len(answer.content) < 100_000 and max(Image.open(io.BytesIO(answer.content)).size) <= 4001
    else:
        assert answer.status_code == 404 and "<img" not in answer.text


@pytest.mark.long
def test_a_page_that_is_drawn_without_end_is_given_up(tmp_path):
    archive, originals = Archive(tmp_path), Originals(tmp_path, Limits(seconds=2))
    for name, content in (("endless", hostile.hanging()), ("sound", (SAMPLES / PDF).read_bytes())):
        file = tmp_path / name
        file.write_bytes(content)
        sha256 = hashlib.sha256(content).hexdigest()
        kept(archive, sha256, file)
        if name == "endless":
            with pytest.raises(TooSlow):
                originals.picture(sha256, Band(1))
        else:
            assert originals.picture(sha256, Band(1))


@pytest.fixture(scope="module")
def printed() -> Printed:
    return Printed(SAMPLES / PDF)


PRINTED = f"{SCRIPT} {LOST} {PLANTED} first.pdf"


def test_no_page_has_an_english_word(module_database, documents, printed, tmp_path):
    readers = Readers(as_reader(module_database), connections=1)
    with TestClient(application(readers, Originals(tmp_path, Limits(seconds=20)))) as client:
        found = {address: printed.other_than(of_page(page), PRINTED) for address, page in pages(client, one_of_a_table)}
    assert len(found) > 20 and {address: seen for address, seen in found.items() if seen} == {}


def test_no_workbook_has_an_english_word(module_database, documents, printed):
    with connect(module_database) as connection:
        for number in documents.values():
            document = find(connection, str(number))
            book = workbook(read(connection, document), load_kind(document.kind))
            assert printed.other_than(of_workbook(book), PRINTED) == set()


def test_no_label_or_reason_has_an_english_word(module_database, documents, printed):
    with connect(module_database) as connection:
        found = {column: printed.other_than(seen, PRINTED) for column, seen in of_views(connection)}
    assert "label.label_zh" in found and {column: seen for column, seen in found.items() if seen} == {}
