"""The benchmarks of reading: which amounts count as right, what a tool reports, and which functions are timed."""

import json
import subprocess
import sys
from decimal import Decimal
from importlib import import_module

import pytest

from benchmarks.cell_accuracy import in_place, true_numbers
from benchmarks.reading_costs import TASKS
from ingest.readers import read
from tests.ingest.truth import FIGURES, SAMPLES

TRUTH = {("GK03", "20805", "total"): Decimal("12.34"), ("GK03", "20805", "basic"): Decimal("5.60")}
HEAD = ["科目编码", "科目名称", "合计", "基本支出"]


@pytest.mark.parametrize(
    ("row", "right"),
    [
        (["20805", "养老支出", "12.34", "5.60"], 2),
        (["208", "05", "养老支出", "12.34", "5.60"], 2),
        (["20805", "养老支出", "123,400.00", "56000"], 2),
        (["20805", "养老支出", "12.34 5.60", ""], 0),
        (["20806", "养老支出", "12.34", "5.60"], 0),
        (["12.34", "5.60", "20805", "养老支出"], 0),
        (["20805", "养老支出", None, "5.60"], 1),
    ],
)
def test_a_number_counts_if_it_is_right_of_the_key_of_its_row(row, right):
    assert in_place([[HEAD, row]], TRUTH) == right


def test_a_number_in_the_column_of_another_measure_does_not_count():
    rows = [["20805", "养老", "12.34", ""], ["20806", "其他", "2.00", ""], ["20807", "就业", "", "3.00"]]
    codes = {("GK03", "20805", "total"): "12.34", ("GK03", "20806", "total"): "2.00", ("GK03", "20807", "total"): "3"}
    assert in_place([rows], {key: Decimal(value) for key, value in codes.items()}) == 2


def test_our_reader_puts_every_amount_of_a_sample_into_the_right_cell():
    truth = true_numbers(FIGURES / "nanyang_gongxin_2024")
    tables = [[row.texts() for row in table.rows] for table in read(SAMPLES / "nanyang_gongxin_2024.pdf").tables()]
    assert in_place(tables, truth) == len(truth)


def test_every_function_whose_time_is_measured_exists():
    timed = [function for functions in TASKS.values() for function in functions]
    assert [one for one in timed if not callable(getattr(import_module(one[0]), one[1], None))] == []


def test_a_tool_reports_what_it_read_and_whether_pdfplumber_was_imported():
    file = str(SAMPLES / "putuo_guihua_2024.pdf")
    command = [sys.executable, "-m", "benchmarks.tools", "juesuan read", file]
    answer = json.loads(subprocess.run(command, cwd=SAMPLES.parent, capture_output=True, check=True).stdout)
    assert list(answer["tables"]) == [file] and answer["tables"][file]
    assert (answer["fallen_back"], answer["refused"]) == (0, [])
    assert answer["seconds"] > 0 and answer["peak_mib"] > 0
