"""Which document is meant, and what the command says when none or several are."""

import openpyxl
import pytest
from click.testing import CliRunner

from ingest.cli.main import main
from tests.download.conftest import HOSTILE, NAMES
from tests.warehouse.factory import cell, extraction
from warehouse.base.errors import AmbiguousDocument, AmountWithoutPlace, BadLayout, UnknownDocument
from warehouse.load.document import load
from warehouse.workbook import find
from warehouse.workbook.arrange import arrange
from warehouse.workbook.document import Amount
from warehouse.workbook.layouts import layout, layouts

GOOD = {
    "number": "公开01表",
    "title": "表",
    "shape": "rows",
    "columns": ["code", "total"],
    "header": [["a", "b"]],
    "note": "",
}


def juesuan(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_a_document_is_found_by_number_name_and_sha256(reading):
    document = find(reading, NAMES[1])
    assert document.source_name == NAMES[1]
    for asked in (str(document.document_id), document.sha256, document.sha256[:6], document.sha256[:12].upper()):
        assert find(reading, asked) == document


@pytest.mark.parametrize("asked", ["nothing.pdf", "", "99", "abc", "ffffffffffff"])
def test_an_unknown_document_is_answered_with_those_there_are(reading, asked):
    with pytest.raises(UnknownDocument) as raised:
        find(reading, asked)
    assert all(name in str(raised.value) for name in (*NAMES, HOSTILE)) and f"“{asked}”" in str(raised.value)


def test_a_name_two_documents_bear_is_answered_with_both(connection):
    load(connection, extraction("first"))
    load(connection, extraction("second"))
    with pytest.raises(AmbiguousDocument) as raised:
        find(connection, "first.pdf")
    assert str(raised.value).count("first.pdf") == 3
    assert find(connection, "2").version == 2


def test_the_command_writes_a_workbook(warehouse, tmp_path, monkeypatch):
    monkeypatch.setenv("JUESUAN_DATABASE_URL", warehouse)
    result = juesuan("workbook", NAMES[0], "-o", tmp_path / "book.xlsx")
    assert result.exit_code == 0 and NAMES[0] in result.output
    assert "公开01表" in openpyxl.load_workbook(tmp_path / "book.xlsx").sheetnames
    assert [path.name for path in tmp_path.iterdir()] == ["book.xlsx"]


def test_the_command_says_what_is_wrong(warehouse, tmp_path, monkeypatch):
    monkeypatch.setenv("JUESUAN_DATABASE_URL", warehouse)
    result = juesuan("workbook", "nothing.pdf", "-o", tmp_path / "book.xlsx")
    assert result.exit_code == 1 and result.stderr.startswith("juesuan: No document of the warehouse has this number")
    result = juesuan("workbook", NAMES[0], "-o", tmp_path / "missing" / "book.xlsx")
    assert result.stderr == f"juesuan: {tmp_path / 'missing'}: No such file or directory\n"
    assert list(tmp_path.iterdir()) == []


def test_the_layouts_have_a_column_for_every_measure(reading):
    declared = reading.execute("select table_code, array_agg(measure) from mart.measure group by table_code").fetchall()
    assert {code: table.measures for code, table in layouts().items()} == {code: set(names) for code, names in declared}
    titles = dict(reading.execute("select table_code, official_name from mart.standard_table").fetchall())
    assert {code: table.title for code, table in layouts().items()} == titles


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"header": [["a"]]}, "1 cells for 2 columns"),
        ({"shape": "circle"}, "shape circle"),
        ({"columns": ["total", "total"]}, "named twice"),
    ],
)
def test_a_layout_that_contradicts_itself_does_not_load(change, said):
    assert layout("GK01", GOOD).measures == {"total"}
    with pytest.raises(BadLayout, match=said):
        layout("GK01", GOOD | change)


def amount(measure: str, column_no: int, row_no: int = 1, key: str = "30101") -> Amount:
    printed = cell("GK06", key, measure, "1.00")
    return Amount(
        "GK06", key, printed.row_label, "category", measure, printed.value, "元", "number", "as_printed", "1.00",
        "万元", None, 1, row_no, column_no,
    )  # fmt: skip


def test_an_amount_the_layout_has_no_column_for_is_not_left_out():
    with pytest.raises(AmountWithoutPlace, match="GK06 30101 budget"):
        arrange(layouts()["GK06"], [amount("budget", 3)])


def test_a_shifted_amount_stays_in_its_group():
    """Lines of three, the second shifted by a column, the third without its middle group."""
    places = [(3, 6, 9), (4, 7, 10), (3, 8)]
    amounts = [
        amount("final", column, row_no=10 * line + number, key=f"3{line}{number:03}")
        for line, columns in enumerate(places)
        for number, column in enumerate(columns)
    ]
    form = arrange(layouts()["GK06"], amounts)
    assert [sorted(line) for line in form.lines] == [[0, 1, 2], [0, 1, 2], [0, 2]]
