"""How `juesuan workbook` finds a document, and its message if none or several match."""

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from ingest.cli.main import main
from tests.download.conftest import HOSTILE, NAMES
from tests.kinds import ACCOUNTS, BUDGET
from tests.warehouse.factory import cell, extraction
from warehouse.base.errors import AmbiguousDocument, AmountWithoutPlace, UnknownDocument
from warehouse.kinds.declared import DeclarationError
from warehouse.kinds.tables import StandardTable, read_table
from warehouse.load.document import load
from warehouse.workbook import find
from warehouse.workbook.arrange import arrange
from warehouse.workbook.document import StoredAmount

MADE_UP = """
code = "GK99"
number = "公开99表"
name = "试用表"
titles = ["试用表"]
shape = "keyed_rows"
key = "functional_code"
[[measures]]
name = "total"
label = "合计"
headers = ["合计"]
[sheet]
header = [["科目", "<", "数"]]
widths = { amount = 9 }
"""


def juesuan(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_a_document_is_found_by_number_name_and_sha256(reading):
    document = find(reading, NAMES[1])
    assert document.source_name == NAMES[1]
    for asked in (str(document.document_id), document.sha256, document.sha256[:6], document.sha256[:12].upper()):
        assert find(reading, asked) == document


@pytest.mark.parametrize("asked", ["nothing.pdf", "", "99", "abc", "ffffffffffff"])
def test_an_unknown_document_gives_a_message_with_the_loaded_documents(reading, asked):
    with pytest.raises(UnknownDocument) as raised:
        find(reading, asked)
    assert all(name in str(raised.value) for name in (*NAMES, HOSTILE)) and f"“{asked}”" in str(raised.value)


def test_a_name_of_two_documents_gives_a_message_with_both(connection):
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


def test_the_command_prints_the_fault(warehouse, tmp_path, monkeypatch):
    monkeypatch.setenv("JUESUAN_DATABASE_URL", warehouse)
    result = juesuan("workbook", "nothing.pdf", "-o", tmp_path / "book.xlsx")
    assert result.exit_code == 1 and result.stderr.startswith("juesuan: No document of the warehouse has this number")
    result = juesuan("workbook", NAMES[0], "-o", tmp_path / "missing" / "book.xlsx")
    assert result.stderr == f"juesuan: {tmp_path / 'missing'}: No such file or directory\n"
    assert list(tmp_path.iterdir()) == []


def test_the_layouts_have_a_column_for_every_measure(reading):
    measures = "select table_code, array_agg(measure) from mart.measure where table_code = any(%s) group by table_code"
    layouts = {table.code: table.sheet for table in ACCOUNTS.tables}
    declared = reading.execute(measures, [list(layouts)]).fetchall()
    assert {code: layout.measures for code, layout in layouts.items()} == {code: set(names) for code, names in declared}
    names = "select table_code, official_name from mart.standard_table where table_code = any(%s)"
    titles = dict(reading.execute(names, [list(layouts)]).fetchall())
    assert {code: layout.title for code, layout in layouts.items()} == titles


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('"<", "数"', '"数"'), "sheet: a line of the header has 2 cells for 3 columns"),
        (("widths", "width"), "sheet.width: extra inputs are not permitted"),
        (("amount = 9", "colour = 9"), "sheet.widths.colour.* input should be 'code'"),
        (("widths", 'groups = [{ heading = "人员经费" }]\nwidths'), "sheet: a table of shape keyed_rows has no groups"),
    ],
)
def test_a_sheet_that_contradicts_its_table_does_not_load(tmp_path, change, said):
    assert declared(tmp_path, MADE_UP).sheet.header == (("科目", "<", "数"),)
    assert change[0] in MADE_UP
    with pytest.raises(DeclarationError, match=rf"^GK99\.toml: {said}"):
        declared(tmp_path, MADE_UP.replace(*change))


def declared(folder: Path, text: str) -> StandardTable:
    file = folder / "GK99.toml"
    file.write_text(text, "utf-8")
    return read_table(file)


@pytest.mark.parametrize(
    ("table", "header"),
    [
        (MADE_UP.partition("[sheet]")[0], (("科目代码", "科目名称", "合计"),)),
        (
            MADE_UP.partition("[[measures]]")[0].replace("keyed_rows", "sides").replace('key = "functional_code"', "")
            + '[[measures]]\nname = "amount"\nlabel = "金额"\nside = "income"\nheaders = ["金额"]\n'
            + '[[measures]]\nname = "total"\nlabel = "合计"\nside = "expenditure"\nheaders = ["合计"]\n',
            (("收入", "<", "<", "支出", "<", "<"), ("项目", "行次", "金额", "项目", "行次", "合计")),
        ),
        (
            MADE_UP.partition("[sheet]")[0].replace("keyed_rows", "items").replace('key = "functional_code"', ""),
            (("项目", "计量单位", "合计"),),
        ),
    ],
)
def test_a_table_that_declares_no_sheet_has_the_labels_of_its_measures(tmp_path, table, header):
    assert declared(tmp_path, table).sheet.header == header


def amount(measure: str, column_no: int, row_no: int = 1, key: str = "30101") -> StoredAmount:
    printed = cell("GK06", key, measure, "1.00")
    return StoredAmount(
        "GK06", key, printed.row_label, "category", measure, printed.value, "元", "number", "as_printed", "1.00",
        "万元", None, 1, row_no, column_no,
    )  # fmt: skip


def test_an_amount_without_a_column_in_the_layout_is_not_left_out():
    with pytest.raises(AmountWithoutPlace, match="GK06 30101 budget"):
        arrange(ACCOUNTS.table("GK06").sheet, [amount("budget", 3)])


def test_a_shifted_amount_stays_in_its_group():
    """Three rows of three groups; the second row is shifted by a column, the third has no middle group."""
    places = [(3, 6, 9), (4, 7, 10), (3, 8)]
    amounts = [
        amount("final", column, row_no=10 * line + number, key=f"3{line}{number:03}")
        for line, columns in enumerate(places)
        for number, column in enumerate(columns)
    ]
    form = arrange(ACCOUNTS.table("GK06").sheet, amounts)
    assert [sorted(line) for line in form.lines] == [[0, 1, 2], [0, 1, 2], [0, 2]]


def test_columns_that_few_publishers_print_are_shown_where_something_is_in_them():
    sheet = ACCOUNTS.table("GK09").sheet
    amounts = [amount(name, 3 + n, key="all") for n, name in enumerate(("final_total", "final_meeting"))]
    alone, beside = (arrange(sheet, amounts[:count]) for count in (1, 2))
    assert [len(form.columns) for form in (alone, beside)] == [12, 13]
    assert [len(line) for form in (alone, beside) for line in form.header] == [12] * 4 + [13] * 4
    assert "会议费" in beside.header[1] and "会议费" not in alone.header[1]


def test_columns_and_lists_of_a_publishers_own_are_all_shown():
    """A budget with a column of no form, and one with a third list: each row is a line, each measure a column."""
    of_codes = arrange(BUDGET.table("YS03").sheet, [amount("total", 3, key="206"), amount("other:用途", 4, key="206")])
    assert [column.shows for column in of_codes.columns] == ["code", "name", "total", "other:用途"]
    lists = [amount("budget", 2, 1, "income:甲"), amount("budget", 6, 1, "use:乙")]
    of_lists = arrange(BUDGET.table("YS01").sheet, lists)
    assert [line[0].key for line in of_lists.lines] == ["income:甲", "use:乙"]
