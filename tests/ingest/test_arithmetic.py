"""What was read of each document adds up to its printed totals.

The sums are computed here without ingest.checks, so that a fault in the checks is not repeated.
"""

from collections import defaultdict
from decimal import Decimal

import pytest

from tests.ingest.truth import CORPUS_PDFS, SAMPLE_FILES, extraction_of, in_wan, needs_corpus

ROWS = {
    "GK02": (
        "total",
        [
            "fiscal_appropriation",
            "superior_subsidy",
            "institutional",
            "operating",
            "subordinate_remittance",
            "other",
        ],
    ),
    "GK03": ("total", ["basic", "project", "remitted_to_superior", "operating", "subsidy_to_subordinates"]),
    "GK04": ("total", ["general_public_budget", "government_fund", "state_capital"]),
    "GK05": ("total", ["basic", "project"]),
    "GK07": ("total", ["basic", "project"]),
    "GK08": ("total", ["basic", "project"]),
    "GK09": ("final_total", ["final_overseas", "final_vehicle_total", "final_reception"]),
}
TREES = ("GK02", "GK03", "GK05", "GK07", "GK08", "GK06")


def values(path, table):
    """Row → measure → value in 万元; a blank is 0."""
    rows = defaultdict(dict)
    for amount in extraction_of(path).amounts:
        if amount.table_code == table:
            rows[amount.row_key][amount.measure] = in_wan(amount) or Decimal(0)
    return rows


def adds_up(total, parts):
    """The sum of n rounded numbers may differ from the printed total by (n + 1) × 0.005."""
    return abs(total - sum(parts)) <= (len(parts) + 1) * Decimal("0.005")


samples = pytest.mark.parametrize("path", SAMPLE_FILES, ids=lambda path: path.name)


@samples
@pytest.mark.parametrize("table", ROWS)
def test_rows_add_up(path, table):
    total, parts = ROWS[table]
    for key, row in values(path, table).items():
        if not key.startswith("income:"):
            assert adds_up(row[total], [row.get(part, 0) for part in parts]), key


def children(rows):
    found = defaultdict(list)
    for key in rows:
        if key.isdigit():
            found[key[:-2] if len(key) > 3 else "TOTAL"].append(key)
    return found


@samples
@pytest.mark.parametrize("table", TREES)
def test_parent_codes_are_the_sums_of_their_children(path, table):
    rows = values(path, table)
    for parent, below in children(rows).items():
        for measure, total in rows.get(parent, {}).items():
            assert adds_up(total, [rows[key][measure] for key in below]), (parent, measure)


@samples
def test_basic_expenditure_is_personnel_and_public(path):
    rows = values(path, "GK06")
    classes = [key for key in rows if key.isdigit() and len(key) == 3]
    people = [key for key in classes if key in ("301", "303")]
    others = [key for key in classes if key not in people]
    assert adds_up(rows["PERSONNEL_TOTAL"]["final"], [rows[key]["final"] for key in people])
    assert adds_up(rows["PUBLIC_TOTAL"]["final"], [rows[key]["final"] for key in others])


@samples
@pytest.mark.parametrize(
    ("table", "measure"), [("GK01", "final"), ("GK04", "total"), ("GK04", "general_public_budget")]
)
def test_expenditure_items_add_up_to_the_expenditure_of_the_year(path, table, measure):
    rows = values(path, table)
    names = [key for key in rows if key.startswith("expenditure:")]
    items = names[: names.index("expenditure:本年支出合计")]
    assert adds_up(rows["expenditure:本年支出合计"][measure], [rows[key][measure] for key in items])


@samples
def test_both_sides_balance(path):
    for table, income, expenditure in (("GK01", "final", "final"), ("GK04", "amount", "total")):
        rows = values(path, table)
        assert rows["income:总计"][income] == rows["expenditure:总计"][expenditure]


@needs_corpus
@pytest.mark.parametrize("path", CORPUS_PDFS, ids=lambda path: path.stem)
@pytest.mark.parametrize("table", ("GK02", "GK03", "GK05"))
def test_tables_of_the_corpus_add_up(path, table):
    """A few sums are wrong, because publishers make errors; a lost or shifted column would make most of them wrong."""
    rows = values(path, table)
    total, parts = ROWS[table]
    wrong = [key for key, row in rows.items() if not adds_up(row[total], [row.get(part, 0) for part in parts])]
    assert rows and not wrong
