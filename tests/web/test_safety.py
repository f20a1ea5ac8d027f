"""What strangers may send: paths, scripts, injections, lengths. No address reaches the file system."""

import pytest

from ingest.pages.web.answers import address
from tests.web.conftest import PDF, kept

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


def test_what_is_asked_for_is_escaped(client, documents):
    shown = client.get(f"{address(documents[PDF], 'GK03/2210201/total', 'zh')}?lang=zh&x=%22><script>alert(1)</script>")
    assert "<script>alert" not in shown.text


def test_a_file_that_was_changed_in_the_archive_is_not_shown(client, documents, archive, tmp_path):
    """A picture must be of the file that was read."""
    data = client.get(address(documents[PDF], "GK03/TOTAL/basic", "zh", format="json")).json()
    sha256 = data["file"][0]["sha256"]
    before = archive.path(sha256).read_bytes()
    other = tmp_path / "other.pdf"
    other.write_bytes(before + b"\n% changed")
    kept(archive, sha256, other)
    assert client.get(address(documents[PDF], "GK03/TOTAL/basic", "zh", picture="row")).status_code == 404
    archive.path(sha256).write_bytes(before)
