"""A body's budgets and accounts of two years, and those of its office, through a night: planned against spent."""

import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from shutil import copy

import pytest

from tests.cookbook.fill import DOCUMENTS
from tests.work.nights import asked, environment, manifest

BODY = "示范市科学技术局"
AGAINST = """
select scope, fiscal_year, basis, key, budget_document_wan, stated_initial_wan, final_wan, execution_pct_of_budget,
    budget_minus_stated_wan, outcome, is_sound
from mart.budget_against_account
where department = %s and basis = any (%s)
order by scope, fiscal_year, basis, key
"""
# Computed by hand from the figures printed. The budget of 2024 withholds 10.00 of 206. Its accounts state 100.00
# for 2060499, where it printed 90.00; those of 2023 state no budget.
EXPECTED = """
department 2023 class 206 405 - 415 102.47 - not_applicable
department 2023 class 208 47 - 47 100 - not_applicable
department 2023 class 221 28 - 28 100 - not_applicable
department 2023 function 2060101 185 - 205 110.81 - not_applicable
department 2023 function 2060404 125 - 120 96 - not_applicable
department 2023 function 2060499 95 - 90 94.74 - not_applicable
department 2023 function 2080505 47 - 47 100 - not_applicable
department 2023 function 2210201 28 - 28 100 - not_applicable
department 2023 project 技术研发补助 95 - - - - not_applicable
department 2023 project 科技成果转化专项 125 - - - - not_applicable
department 2024 class 206 360 - 420 116.67 - not_applicable
department 2024 class 208 50 - 50 100 - not_applicable
department 2024 class 221 30 - 30 100 - not_applicable
department 2024 function 2060101 200 200 220 110 0 exact
department 2024 function 2060404 60 60 150 250 0 exact
department 2024 function 2060499 90 100 50 55.56 -10 broken
department 2024 function 2080505 50 50 50 100 0 exact
department 2024 function 2210201 30 30 30 100 0 exact
department 2024 project 技术研发补助 90 100 50 55.56 -10 undetermined
department 2024 project 科技成果转化专项 60 60 150 250 0 exact
department 2024 project 科普场馆改造 10 100 0 0 -90 undetermined
unit 2024 class 206 225 - 300 133.33 - not_applicable
unit 2024 class 208 35 - 38 108.57 - not_applicable
unit 2024 class 221 20 - 22 110 - not_applicable
unit 2024 function 2060101 165 - 180 109.09 - not_applicable
unit 2024 function 2060404 60 - 120 200 - not_applicable
unit 2024 function 2080505 35 - 38 108.57 - not_applicable
unit 2024 function 2210201 20 - 22 110 - not_applicable
unit 2024 project 科技成果转化专项 60 - - - - not_applicable
"""


def expected() -> list[tuple]:
    rows = [line.split() for line in EXPECTED.strip().splitlines()]
    return [
        (scope, int(year), basis, key, *(None if one == "-" else Decimal(one) for one in amounts), outcome)
        for scope, year, basis, key, *amounts, outcome in rows
    ]


@pytest.mark.long
def test_both_kinds_of_two_years(database: str, tmp_path: Path):
    (tmp_path / "in").mkdir()
    for file in DOCUMENTS.glob("shifan_keji*.txt"):
        copy(file, tmp_path / "in")
    command = [sys.executable, "-m", "ingest.cli", "nightly", str(manifest(tmp_path / "in")), "--jobs", "1"]
    surroundings = environment(database, tmp_path / "archive")
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr

    rows = asked(database, AGAINST, [BODY, ["function", "class", "project"]])
    assert [row[:-1] for row in rows] == expected()
    assert {row[-1] for row in rows} == {True}
    withheld = """
        select distinct table_code from mart.check_result
        where outcome = 'withheld' and row_key = '206' and fiscal_year = 2024 order by 1
    """
    assert asked(database, withheld) == [("YS02",), ("YS03",), ("YS05",)]
    broken = "select row_key, difference_wan from mart.check_result where rule_id = 'YG1' and outcome = 'broken'"
    assert asked(database, broken) == [("2060499", Decimal(10))]
