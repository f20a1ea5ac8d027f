"""The workbook of a document has the values of the database, as three programs read it."""

import csv
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import psycopg
import pytest
from python_calamine import CalamineWorkbook

from ingest.pipeline import extract
from tests.download.conftest import HOSTILE, LONGEST, NAMES
from tests.download.workbooks import NUMBERS, PLACES, shown, stored, value
from tests.example_kinds.documents import KINDS_AND_TRIAL, TRIAL, trial_text
from tests.kinds import ACCOUNTS, BUDGET
from tests.warehouse.factory import attachment, of_two_files
from warehouse.load.document import load
from warehouse.records.reading import FileRole, TableStatus
from warehouse.schema.declarations import fill
from warehouse.workbook import find, read, workbook
from warehouse.workbook.document import StoredDocument, StoredFile, StoredTable, WorkbookContents

NINE = [NUMBERS[table] for table in sorted(NUMBERS)[:9]]
MARKED = """
select table_code, printed, repair_reason from mart.amount where document_id = %s and status <> 'as_printed'
"""


def made(connection: psycopg.Connection, name: str) -> bytes:
    return workbook(read(connection, find(connection, name)), ACCOUNTS)


def opened(connection: psycopg.Connection, name: str) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(made(connection, name)))


def by_openpyxl(file: Path) -> dict[str, list]:
    book = openpyxl.load_workbook(file)
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def by_calamine(file: Path) -> dict[str, list]:
    book = CalamineWorkbook.from_path(file)
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def by_libreoffice(file: Path) -> dict[str, list]:
    """Each sheet as CSV with the stored numbers, not the displayed ones."""
    if shutil.which("localc") is None:  # soffice without it converts and computes nothing
        pytest.skip("LibreOffice Calc is not installed: the workbook is not opened in it")
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", options, "--outdir", file.parent, file]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return dict(_sheets_of_libreoffice(file))


def _sheets_of_libreoffice(file: Path) -> Iterator[tuple[str, list]]:
    for sheet in file.parent.glob(f"{file.stem}-*.csv"):
        with sheet.open(encoding="utf-8", newline="") as lines:
            yield sheet.stem.removeprefix(f"{file.stem}-"), list(csv.reader(lines))


@pytest.mark.takes(5)
@pytest.mark.parametrize("reader", [by_openpyxl, by_calamine, by_libreoffice])
@pytest.mark.parametrize("name", [*NAMES, HOSTILE])
def test_every_cell_is_the_one_in_the_database(reading, tmp_path, name, reader):
    document = find(reading, name)
    file = tmp_path / "book.xlsx"
    file.write_bytes(made(reading, name))
    sheets = reader(file)
    for table in PLACES:
        expected = stored(reading, document.document_id, table)
        found: dict[tuple, list] = {}
        for code, label, measure, amount in shown(table, sheets.get(NUMBERS[table], [])):
            found.setdefault((code, label, measure), []).append(amount)
        unprinted = {place: amounts for place, amounts in found.items() if place not in expected}
        assert {place: found.get(place) for place in expected} == {
            place: [value(str(amount)) if str(amount) == LONGEST else amount for amount in amounts]
            for place, amounts in expected.items()
        }, table
        assert not [place for place, amounts in unprinted.items() if any(amount is not None for amount in amounts)]


def test_codes_and_rows_are_in_printed_order(reading):
    sheet = opened(reading, NAMES[1])["公开03表"]
    document = find(reading, NAMES[1])
    printed = reading.execute(
        "select row_key from mart.amount where document_id = %s and table_code = 'GK03' and measure = 'total'"
        " order by row_no",
        [document.document_id],
    ).fetchall()
    codes = [sheet.cell(row, 1).value for row in range(7, 7 + len(printed))]
    assert codes == ["合计", *(key for (key,) in printed if key != "TOTAL")]


def test_the_sheets_and_their_heads(reading):
    book = opened(reading, NAMES[0])
    assert book.sheetnames == [*NINE, "公开10表", "说明"]
    assert opened(reading, NAMES[2]).sheetnames == [*NINE, "说明"]
    sheet = book["公开03表"]
    assert [sheet["A1"].value, sheet["A2"].value, sheet["A3"].value] == ["支出决算表", "公开03表", "部门：示范市财政局"]
    assert {cell.value for cell in sheet[3]} == {"部门：示范市财政局", "2024年度", "金额单位：万元", None}
    assert [cell.value for cell in sheet[4]][:4] == ["项目", None, "本年支出合计", "基本支出"]
    assert [cell.value for cell in sheet[5]][:2] == ["科目代码", "科目名称"]
    assert {"A4:B4", "C4:C5", "A1:H1"} <= {str(merged) for merged in sheet.merged_cells.ranges}
    assert (sheet.freeze_panes, sheet.page_setup.orientation) == ("C7", "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0


def test_income_and_expenditure_are_side_by_side(reading):
    sheet = opened(reading, NAMES[0])["公开01表"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_row=36)]
    assert lines[0][:4] == ["收入", None, None, "支出"]
    assert lines[3] == ["一、一般公共预算财政拨款收入", "1", 4415.98, "一、一般公共服务支出", "31", 3932.32]
    assert lines[11] == [None, "9", None, "九、卫生健康支出", "39", 88.89]
    assert lines[29] == ["本年收入合计", "27", 4415.98, "本年支出合计", "57", 4415.98]
    assert lines[32] == ["总计", "30", 4415.98, "总计", "60", 4415.98]


@pytest.mark.takes(1)
@pytest.mark.parametrize(
    ("name", "groups", "last"),
    [(NAMES[0], 3, (2393.20, 277.76)), (NAMES[1], 4, (546.35, 58.24)), (NAMES[2], 2, (4884.09, 480.66))],
)
def test_groups_are_side_by_side_as_printed(reading, name, groups, last):
    sheet = opened(reading, name)["公开06表"]
    assert sheet.max_column == 3 * groups
    assert [cell.value for cell in sheet[4] if cell.value] == ["人员经费", "公用经费"]
    assert [cell.value for cell in sheet[5]] == ["科目代码", "科目名称", "决算数"] * groups
    totals = next(row for row in sheet.iter_rows() if row[0].value == "人员经费合计")
    assert [cell.value for cell in totals if cell.value is not None] == [
        "人员经费合计",
        last[0],
        "公用经费合计",
        last[1],
    ]


def test_repaired_and_doubtful_cells_are_marked(reading):
    book = opened(reading, NAMES[0])
    for table in NUMBERS:
        noted = [cell for row in book[NUMBERS[table]].iter_rows() for cell in row if cell.comment]
        marked = [line for line in reading.execute(MARKED, [find(reading, NAMES[0]).document_id]) if line[0] == table]
        assert len(noted) == len(marked)
        for _, printed, reason in marked:
            assert any(
                f"原文印作：{printed or '（空白）'}" in cell.comment.text and reason in cell.comment.text
                for cell in noted
            )
        assert {cell.fill.start_color.rgb for cell in noted} <= {"FFFFF2CC", "FFF8CBAD"}
        assert all(cell.fill.fill_type == "solid" for cell in noted)
    doubtful = [cell for row in book["公开10表"].iter_rows() for cell in row if cell.comment]
    assert [(cell.value, cell.fill.start_color.rgb) for cell in doubtful] == [(123.45, "FFF8CBAD")]


def test_numbers_are_numbers_and_show_all_their_decimals(reading):
    sheet = opened(reading, NAMES[0])["公开03表"]
    assert [(cell.data_type, cell.number_format) for cell in sheet[7][2:8]] == [("n", "#,##0.00")] * 6
    counts = opened(reading, NAMES[0])["公开10表"]
    vehicles = next(row for row in counts.iter_rows() if "车辆数合计" in str(row[0].value))
    assert [(cell.value, cell.number_format) for cell in vehicles[1:]] == [("辆", "General"), (4, "#,##0")]


def test_blank_dash_and_zero_are_shown_differently(reading):
    sheet = opened(reading, NAMES[1])["公开06表"]
    shown = {row[7].value: row[8].value for row in sheet.iter_rows(min_row=6)}
    assert (shown["国内债务付息"], shown["资本性支出（基本建设）"]) == (None, "——")
    zero = opened(reading, NAMES[0])["公开01表"]["C10"]
    assert (zero.value, zero.data_type) == (0, "n")


def test_hostile_texts_stay_texts_and_long_numbers_exact(reading):
    sheet = opened(reading, HOSTILE)["公开03表"]
    assert [(sheet[f"B{row}"].value, sheet[f"B{row}"].data_type) for row in (8, 9, 10)] == [
        ('=1+1,"quoted"', "s"),
        ("＝2+2", "s"),
        ("@行\n\t二", "s"),
    ]
    assert (sheet["C7"].value, sheet["C8"].value, sheet["C9"].value, sheet["C10"].value) == (-5, LONGEST, "——", None)
    assert "15位有效数字" in sheet["C8"].comment.text
    assert (sheet["E8"].value, sheet["E8"].fill.start_color.rgb) == ("7,8.9", "FFF8CBAD")
    assert sheet["E8"].comment.text.splitlines() == ["存疑（第1页）", "原文印作：7,8.9", "数字无法辨认"]
    assert opened(reading, HOSTILE)["说明"]["B2"].data_type == "s"


@pytest.mark.takes(2)
@pytest.mark.parametrize(
    ("name", "sheet", "said"),
    [
        (NAMES[1], "公开08表", "说明：本表无数据"),
        (
            NAMES[2],
            "公开07表",
            "说明：上海市普陀区规划和自然资源局2024年度未发生政府性基金预算财政拨款收支，故本表无数据。",
        ),
        (HOSTILE, "公开01表", "未公开"),
        (HOSTILE, "公开08表", "本表无数据"),
    ],
)
def test_the_sheet_of_a_table_without_figures_gives_the_reason(reading, name, sheet, said):
    texts = [row[0].value for row in opened(reading, name)[sheet].iter_rows(min_row=6)]
    assert said in texts


def test_the_last_sheet_has_the_source_and_the_doubts(reading):
    document = find(reading, NAMES[0])
    rows = [[cell.value for cell in row] for row in opened(reading, NAMES[0])["说明"].iter_rows()]
    told = {row[0]: row[1] for row in rows}
    assert (told["文件"], told["SHA-256"], told["年度"]) == (NAMES[0], document.sha256, "2024")
    assert told["公开03表"] == "支出决算表" and "疑点（3）" in told
    reasons = reading.execute("select reason from mart.doubt where document_id = %s", [document.document_id]).fetchall()
    assert {reason for (reason,) in reasons} <= {row[5] for row in rows}


def test_the_same_document_gives_the_same_bytes(reading):
    assert made(reading, NAMES[0]) == made(reading, NAMES[0])


def test_the_sheets_of_another_kind_are_those_of_its_own_tables(connection, tmp_path):
    """The kind is declared for tests only: its declarations are sufficient for a workbook."""
    fill(connection, KINDS_AND_TRIAL)
    load(connection, extract(trial_text(tmp_path), kinds=KINDS_AND_TRIAL))
    document = find(connection, "trial.txt")
    book = openpyxl.load_workbook(BytesIO(workbook(read(connection, document), TRIAL)))
    sheet = book["试算01表"]
    assert (document.kind, book.sheetnames) == ("trial", ["试算01表", "说明"])
    assert [sheet["A1"].value, sheet["A2"].value] == ["支出试算表", "试算01表"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_row=7)] == [
        ["项目", None, "试算数", "限内", "限外"],
        ["科目代码", "科目名称", None, None, None],
        ["合计", None, 30, 20, 10],
        ["222", "粮油物资储备支出", 30, 20, 10],
    ]
    assert ["试算01表", "支出试算表", "有数"] in [[cell.value for cell in row][:3] for row in book["说明"].iter_rows()]


def test_pages_of_two_files_have_the_name_of_their_file(connection):
    loaded = load(connection, of_two_files())
    book = opened(connection, str(loaded.document_id))
    rows = [[cell.value for cell in row] for row in book["说明"].iter_rows()]
    told = {row[0]: row[1:] for row in rows}
    assert (told["文件"][0], told["附件"][0]) == ("narrative.pdf", f"tables.pdf，SHA-256 {attachment().sha256}")
    assert [row[3] for row in rows if row[1] == "支出决算表"] == ["tables.pdf"]
    assert [row[6] for row in rows if row[5] == "数字无法辨认"] == ["tables.pdf 3"]
    notes = [cell.comment.text for row in book["公开03表"].iter_rows() for cell in row if cell.comment]
    assert any("存疑（tables.pdf 第1页）" in note for note in notes)


def test_a_table_without_a_number_has_a_sheet_of_its_chinese_name():
    about = StoredDocument(1, "a.pdf", "budget", *[None] * 6, "0" * 64, 1, None, 1, True, datetime(2026, 1, 1), "1", 1)
    tables = {table.code: StoredTable(table.code, TableStatus.BLANK) for table in BUDGET.tables}
    contents = WorkbookContents(about, (StoredFile("a.pdf", "0" * 64, FileRole.MAIN),), tables, (), (), ())
    sheets = openpyxl.load_workbook(BytesIO(workbook(contents, BUDGET))).sheetnames
    assert {"基本支出总表", "一般公共预算支出表（按经济分类）"} <= set(sheets) and len(sheets) == len(BUDGET.tables) + 1
    assert [name for name in sheets if re.search("[A-Za-z]", name)] == []
