"""What is read of every sample is exactly the figures from which it was typeset."""

import csv

import pytest

from tests.ingest.truth import (
    BUDGET_SAMPLE,
    FIGURES,
    PROFILE_FIELDS,
    SAMPLE_FILES,
    WITHOUT_SUFFIX,
    extraction_of,
    figures_of,
    in_wan,
    true_amounts,
    true_profile,
)
from warehouse.kinds.kind import load_kind
from warehouse.records.reading import Presence, Status, TableStatus

ALL = [*SAMPLE_FILES, WITHOUT_SUFFIX, BUDGET_SAMPLE]
DAMAGED = [path for path in ALL if (figures_of(path) / "expected_status.csv").exists()]
every_sample = pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)


def test_every_sample_is_tested():
    folders = {folder.name for folder in FIGURES.iterdir() if folder.is_dir()}
    assert folders == {figures_of(path).name for path in ALL}


def unsettled(path):
    """Cells that must be doubtful without a value."""
    return {key for key, status in expected_statuses(path).items() if status is Status.DOUBTFUL}


def expected_statuses(path):
    file = figures_of(path) / "expected_status.csv"
    if not file.exists():
        return {}
    with file.open(encoding="utf-8", newline="") as opened:
        return {(row["table"], row["row"], row["col"]): Status(row["status"]) for row in csv.DictReader(opened)}


@every_sample
def test_every_value_is_that_of_the_figures(path):
    read = {(a.table_code, a.row_key, a.measure): in_wan(a) for a in extraction_of(path).amounts}
    true = {(t.table, t.row, t.column): t.value for t in true_amounts(figures_of(path))}
    open_cells = unsettled(path)
    assert {key: value for key, value in read.items() if key not in open_cells} == {
        key: value for key, value in true.items() if key not in open_cells
    }


@every_sample
def test_a_number_a_blank_and_a_dash_are_kept_apart(path):
    read = {(a.table_code, a.row_key, a.measure): a.presence for a in extraction_of(path).amounts}
    assert read == {(t.table, t.row, t.column): t.presence for t in true_amounts(figures_of(path))}


@every_sample
def test_every_status_is_that_of_the_figures(path):
    read = {(a.table_code, a.row_key, a.measure): a.status for a in extraction_of(path).amounts}
    assert {key: status for key, status in read.items() if status is not Status.AS_PRINTED} == expected_statuses(path)


@every_sample
def test_a_repaired_or_doubtful_amount_has_a_reason(path):
    for amount in extraction_of(path).amounts:
        assert bool(amount.repair_reason) == (amount.status is not Status.AS_PRINTED), amount


@every_sample
def test_a_doubtful_amount_has_a_doubt(path):
    doubted = {(d.table_code, d.row_key, d.measure) for d in extraction_of(path).doubts}
    doubtful = {
        (a.table_code, a.row_key, a.measure) for a in extraction_of(path).amounts if a.status is Status.DOUBTFUL
    }
    assert doubtful <= doubted


@every_sample
def test_profile(path):
    true, read = true_profile(figures_of(path)), extraction_of(path).profile
    fields = (*PROFILE_FIELDS, "kind", "scope")
    assert {name: getattr(read, name) for name in fields} == {name: true[name] for name in fields}


@every_sample
def test_month_of_publication(path):
    published = extraction_of(path).profile.published_on
    assert (published and f"{published:%Y-%m}") == true_profile(figures_of(path))["published"]


@every_sample
def test_only_unknown_places_and_damaged_cells_are_doubted(path):
    knows_place = true_profile(figures_of(path))["province"] is not None
    expected = [] if knows_place else ["place_unknown"]
    found = [doubt.what for doubt in extraction_of(path).doubts]
    assert [what for what in found if what == "place_unknown"] == expected
    assert unsettled(path) or found == expected


@every_sample
def test_every_standard_table_is_accounted_for(path):
    tables = {table.table_code: table for table in extraction_of(path).tables}
    kind = load_kind(extraction_of(path).profile.kind)
    assert tables.keys() == {table.code for table in kind.tables}
    with_numbers = {t.table for t in true_amounts(figures_of(path)) if t.presence is Presence.NUMBER}
    assert {code for code, table in tables.items() if table.status is TableStatus.PRESENT} == with_numbers
    assert not [table for table in tables.values() if table.status is TableStatus.UNRECOGNISED]


@every_sample
def test_every_amount_has_its_place(path):
    extraction = extraction_of(path)
    for amount in extraction.amounts:
        assert amount.row_no >= 1 and amount.column_no >= 1 and amount.row_label
        assert (amount.page is None) == (extraction.source.pages is None)
        assert (amount.line_no is None) == (extraction.source.format == "pdf")


@every_sample
def test_one_amount_per_cell(path):
    keys = [(a.table_code, a.row_key, a.measure) for a in extraction_of(path).amounts]
    assert len(keys) == len(set(keys))


def test_a_repair_keeps_the_printed_text():
    by_place = {(a.table_code, a.row_key, a.measure): a for path in DAMAGED for a in extraction_of(path).amounts}
    assert by_place["GK05", "2010601", "total"].printed == "1, 819, 88"
    assert by_place["GK06", "30114", "final"].printed == "0.0030213"


def test_a_table_without_data_keeps_its_statement():
    found = [t for path in ALL for t in extraction_of(path).tables if t.status is TableStatus.EMPTY_WITH_STATEMENT]
    assert found and all(table.statement for table in found)


def test_a_table_may_be_printed_in_another_unit_than_its_neighbours():
    units = {table.printed_unit for path in ALL for table in extraction_of(path).tables if table.printed_unit}
    assert units == {"元", "万元"}
