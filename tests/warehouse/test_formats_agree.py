"""One document as PDF, workbook, Word file and page: the views show the same amounts, each with a place of its own."""

from decimal import Decimal

import pytest

from ingest.pipeline import extract
from tests.variants.look import Look
from tests.variants.office import with_more_digits
from tests.variants.variant import WRITERS
from warehouse.base.database import connect
from warehouse.load.document import load

FORMATS = {
    "pdf": "示例市水务局",
    "xlsx": "示例市林业局",
    "docx": "示例市气象局",
    "html": "示例市体育局",
}  # body by format
LOOKS = {"xlsx": {"stored": with_more_digits}}
AMOUNTS = """
    select table_code, row_key, measure, amount_yuan, presence, page, sheet, cell, line_no, box
    from mart.amount where source_name = %s order by table_code, row_key, measure
"""
STATED = "select kind, subject, measure, value from mart.stated_figure where source_name = %s order by 1, 2, 3, 4"


@pytest.fixture(scope="module")
def loaded(module_database, tmp_path_factory):
    folder = tmp_path_factory.mktemp("formats")
    with connect(module_database, autocommit=True) as connection:
        for name, body in FORMATS.items():
            path = folder / f"made.{name}"
            path.write_bytes(WRITERS[name](Look(body=body, **LOOKS.get(name, {}))))
            load(connection, extract(path))
        yield connection


def rows(connection, query: str, name: str) -> list[tuple]:
    return connection.execute(query, [f"made.{name}"]).fetchall()


@pytest.mark.parametrize("name", ["xlsx", "docx", "html"])
def test_the_views_show_the_same_amounts_row_by_row(loaded, name):
    of_pdf, own = (rows(loaded, AMOUNTS, one) for one in ("pdf", name))
    assert len(of_pdf) > 400
    assert [row[:5] for row in own] == [row[:5] for row in of_pdf]
    assert rows(loaded, STATED, name) == rows(loaded, STATED, "pdf")


@pytest.mark.parametrize("name", FORMATS)
def test_each_amount_has_a_place_of_its_own(loaded, name):
    of_pdf = name == "pdf"
    found = rows(loaded, AMOUNTS, name)
    places = [(row[5], tuple(row[9])) if of_pdf else row[6:8] for row in found]
    assert all(place[0] is not None and place[1] is not None for place in places)
    assert len(set(places)) == len(places)


def test_what_a_sheet_stores_stands_beside_what_it_shows(loaded):
    stored = "select amount_yuan / 10000, stored_value from mart.amount where source_name = %s and amount_yuan <> 0"
    assert {own is None for _, own in rows(loaded, stored, "pdf")} == {True}
    of_book = rows(loaded, stored, "xlsx")
    assert len(of_book) > 200
    assert {own - shown for shown, own in of_book} == {Decimal("0.0037")}


def test_a_stored_number_that_is_shown_is_not_kept_twice(loaded):
    zeros = "select stored_value from mart.amount where source_name = %s and (amount_yuan = 0 or presence <> 'number')"
    assert set(rows(loaded, zeros, "xlsx")) == {(None,)}
