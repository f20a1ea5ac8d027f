"""What is sent before and behind an answer, and answers as files: without a database."""

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from ingest.isolation import Limits
from ingest.pages.web import application
from ingest.pages.web.answers import Data, data
from ingest.pages.web.guard import Guard
from ingest.pages.web.originals import Originals
from ingest.pages.web.readers import Readers
from tests.web.conftest import TestClient

FORMULAS = ["=cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "＝1+1", "\t=1", " @SUM(1)", "\ufeff=1", '="a""b"']


@pytest.fixture(scope="module")
def client() -> TestClient:
    said = [Route("/said", lambda _: PlainTextResponse("said")), Route("/not", lambda _: PlainTextResponse("", 404))]
    return TestClient(Starlette(routes=said, middleware=[Middleware(Guard)]))


@pytest.mark.parametrize("given", ["{tag}", "W/{tag}", '"other", {tag}'])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_a_browser_has_is_not_sent_again(client, given, method):
    tag = client.get("/said").headers["etag"]
    again = client.request(method, "/said", headers={"If-None-Match": given.format(tag=tag)})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert "content-security-policy" in again.headers and "content-type" not in again.headers


@pytest.mark.parametrize("given", ["", '"other"', "*x", "\xff", '"' + "a" * 5000])
def test_another_tag_or_none_gets_the_answer(client, given):
    answer = client.get("/said", headers={"If-None-Match": given.encode("latin-1")})
    assert (answer.status_code, answer.text) == (200, "said")


def test_what_is_not_found_has_no_tag(client):
    assert "etag" not in client.get("/not").headers


@pytest.fixture(scope="module")
def without_database(tmp_path_factory) -> TestClient:
    readers = Readers("postgresql://nobody@127.0.0.1:1/none", connections=1)
    folder = tmp_path_factory.mktemp("archive")
    return TestClient(application(readers, Originals(folder, Limits())), follow_redirects=False)


@pytest.mark.parametrize("method", ["OPTIONS", "POST", "DELETE", "X"])
def test_another_method_is_told_which_are_allowed(without_database, method):
    answer = without_database.request(method, "/documents/1")
    assert answer.status_code == 405 and "GET" in answer.headers["allow"]
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/documents/", "/search/?q=1", "/places/411300/"])
def test_no_request_is_sent_on_to_the_host_it_names(without_database, path):
    answer = without_database.get(path, headers={"Host": "evil.example"})
    assert answer.status_code == 404 and "location" not in answer.headers


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_a_formula_in_csv_and_all_are_themselves_in_json(text):
    content = Data({"text": text, "names": [text]}, {"rows": [{"text": text}]})
    lines = list(csv.DictReader(io.StringIO(data("csv", content).body.decode().removeprefix("\ufeff"))))
    assert [line["text"] for line in lines] == [f"'{text}"] * 2
    assert lines[0]["names"][0] == "["
    assert json.loads(data("json", content).body) == {"text": text, "names": [text], "rows": [{"text": text}]}


def test_data_have_every_digit_and_nothing_is_not_an_empty_text():
    one = {
        "amount": Decimal("12345678901234567890.123456"),
        "none": Decimal("0E-6"),
        "day": date(2024, 1, 2),
        "at": datetime(2024, 1, 2, 3, 4, tzinfo=UTC),
        "is": True,
        "blank": "",
        "unknown": None,
    }
    written = data("csv", Data(one, {})).body.decode().splitlines()[1].split(",")
    assert written[1:3] == ["12345678901234567890.123456", "0.000000"] and written[5:] == ["true", '""', ""]
    told = json.loads(data("json", Data(one, {})).body)
    assert told["amount"] == "12345678901234567890.123456" and (told["blank"], told["unknown"]) == ("", None)
