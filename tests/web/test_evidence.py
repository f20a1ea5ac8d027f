"""The page of a number: what is printed, where, and what uses it."""

import csv
import io
import tomllib

import pytest
from PIL import Image

from ingest.pages.web.answers import address
from ingest.pages.web.excerpt import excerpt_rows
from ingest.pages.web.words import FILE
from ingest.readers.crops import ExcerptLine
from tests.web.conftest import LOST, PDF, TEXT

CELL = "GK03/2210201/total"
FRAME = (200, 30, 20)


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
    shown = client.get(address(documents[TEXT], "GK03/TOTAL/total", "zh")).text
    data = client.get(address(documents[TEXT], "GK03/TOTAL/total", "zh", format="json")).json()
    assert f"<mark>{data['printed']}</mark>" in shown and shown.count("<mark>") == 1


def test_a_file_that_is_not_at_hand_is_said_and_the_stored_number_shown(client, documents):
    shown = client.get(address(documents[LOST], "GK03/TOTAL/total", "zh"))
    assert shown.status_code == 200 and "原文件已不在档案中" in shown.text and "印出的原文" in shown.text


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
