"""The comparison views for the documents of the corpus have the known values; see tests/ingest/truth.py."""

import csv
from decimal import Decimal

import pytest
from psycopg.rows import dict_row

from tests.ingest.truth import CORPUS, CORPUS_PDFS, extraction_of, needs_corpus
from warehouse.base.database import connect
from warehouse.base.sql_files import audit_queries
from warehouse.load.document import load

pytestmark = needs_corpus
KIND = "工业和信息化"
DAMAGED = "jiaozuo_2024.pdf"  # phantom borders cut its cells: some figures are doubtful
# metric → table, row and column of amounts.csv
CELLS = {
    "expenditure": ("GK03", "TOTAL", "total"),
    "basic": ("GK03", "TOTAL", "basic"),
    "project": ("GK03", "TOTAL", "project"),
    "personnel": ("GK06", "PERSONNEL_TOTAL", "final"),
    "three_public": ("GK09", "all", "final_total"),
}


@pytest.fixture(scope="module")
def corpus(module_database):
    """A connection to a database with the PDFs of the corpus."""
    with connect(module_database) as connection:
        for path in CORPUS_PDFS:
            load(connection, extraction_of(path))
        yield connection.cursor(row_factory=dict_row)


def truth_of(source_name: str, table: str) -> list[dict[str, str]]:
    with (CORPUS / source_name.removesuffix(".pdf") / table).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("metric", CELLS)
def test_each_figure_of_the_comparison_is_the_true_one(corpus, metric):
    query = "select * from mart.city_comparison where department_kind = %s and metric = %s"
    found = corpus.execute(query, [KIND, metric]).fetchall()
    assert len(found) == 5
    for row in found:
        assert row["is_comparable"] or row["source_name"] == DAMAGED, row["why_not"]
        if row["is_comparable"]:
            assert row["amount_wan"] == _true_value(row["source_name"], metric), row["source_name"]


def _true_value(source_name: str, metric: str) -> Decimal:
    """The value of the cell, or that of the narrative if the table has no row (本表无数据)."""
    cells = {(true["table"], true["row"], true["col"]): true["value"] for true in truth_of(source_name, "amounts.csv")}
    said = {(true["kind"], true["subject"], true["measure"]): true["value"] for true in _stated(source_name)}
    return Decimal(cells[CELLS[metric]] or said["three_public_amount", "total", "final"])


def test_nothing_of_different_level_year_or_scope_is_ranked_together(corpus):
    query = (
        "select * from mart.city_comparison where department_kind = %s and metric = 'expenditure' and source_name <> %s"
    )
    groups = {
        (row["fiscal_year"], row["jurisdiction_level"], row["scope"]): (
            row["department"],
            row["peers"] + row["left_out"],
        )
        for row in corpus.execute(query, [KIND, DAMAGED])
    }
    assert groups == {
        (2024, "prefecture", "department"): ("南阳市工业和信息化局", 2),
        (2024, "county", "department"): ("洛阳市洛龙区工业和信息化局", 2),
        (2024, "county", "unit"): ("阳城县工业和信息化局", 2),
        (2023, "prefecture", "department"): ("平顶山市工业和信息化局", 1),
    }


def test_a_change_from_one_document_is_the_change_it_states(corpus):
    held = 0
    for path in CORPUS_PDFS:
        for true in filter(_is_change, _stated(path.name)):
            row = _compared(corpus, path.name, true["subject"])
            assert row["stated_change_wan"] == Decimal(true["value"]), (path.name, true)
            if row["amount_wan"] is not None:
                assert (row["change_wan"], row["prior_source"]) == (Decimal(true["value"]), "stated"), (path.name, true)
                held += path.name != DAMAGED
    assert held == 35


def _stated(source_name: str) -> list[dict[str, str]]:
    folder = CORPUS / source_name.removesuffix(".pdf")
    return truth_of(source_name, "stated.csv") if (folder / "stated.csv").exists() else []


def _is_change(true: dict[str, str]) -> bool:
    """Whether the statement is a change with a figure; 与上年相同 is marked as verbal in the file."""
    is_figure = not true["note"].startswith("[verbal]")
    return true["kind"] == "year_over_year" and true["measure"] == "change" and is_figure


def _compared(connection, source_name: str, subject: str) -> dict:
    """The row of a total, or of the class of this name."""
    query = (
        "select * from mart.year_over_year where source_name = %s"
        " and (metric = %s or (metric_family = 'general_public' and row_label = %s and row_key ~ '^...$'))"
    )
    (row,) = connection.execute(query, [source_name, subject, subject]).fetchall()
    return row


def test_the_corpus_violates_no_audit(corpus):
    broken = {name: corpus.execute(query).fetchall() for name, query in audit_queries().items()}
    assert {name: found for name, found in broken.items() if found} == {}
