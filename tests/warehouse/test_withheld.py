"""A budget with rows left out as secret in the warehouse: its sums are sound, and the outcome is a public one."""

import dataclasses
from io import BytesIO

import psycopg
from openpyxl import load_workbook

from ingest.pages.comparison.reliability import quality
from ingest.pipeline import extract
from tests.ingest.test_checks_withheld import SECRET, typeset
from tests.kinds import BUDGET
from warehouse.base.database import connect
from warehouse.comparison.rows import Group, QualityRow
from warehouse.load.document import load
from warehouse.load.quality import of_extraction
from warehouse.records.reading import Level, Scope
from warehouse.workbook import find, read, workbook


def rows(connection: psycopg.Connection, query: str) -> list[tuple]:
    return connection.execute(query).fetchall()


def test_what_is_withheld_is_public_and_leaves_its_tables_sound(module_database, tmp_path):
    read = extract(typeset(tmp_path, [SECRET]))
    assert of_extraction(read).unsound == 0
    with connect(module_database) as connection:
        load(connection, read)
        connection.commit()
        outcome = "select distinct table_code, row_key from mart.check_result where outcome = 'withheld' order by 1"
        assert rows(connection, outcome) == [("YS02", "20402"), ("YS03", "20402"), ("YS05", "20402")]
        assert rows(connection, "select checks_withheld > 0, checks_broken from mart.disclosure") == [(True, 0)]
        assert rows(connection, "select place, why_not from intermediate.objection") == []


def test_the_workbook_says_what_is_withheld(database, tmp_path):
    read_again = extract(typeset(tmp_path, [SECRET]))
    with connect(database) as connection:
        load(connection, read_again)
        connection.commit()
        contents = read(connection, find(connection, "1"))
    sheet = load_workbook(BytesIO(workbook(contents, BUDGET)))["说明"]
    said = [cell.value for cell in sheet["A"]]
    assert len(contents.withheld) > 0
    start = said.index(f"未公开的下级（{len(contents.withheld)}，不是差错，也不补数）")
    assert said[start + 1 : start + 1 + len(contents.withheld)] == list(contents.withheld)


def test_the_comparison_has_a_column_of_what_is_withheld_where_there_is_some():
    fields = {field.name: None for field in dataclasses.fields(QualityRow)}
    counts = {name: 0 for name in fields if name.startswith("checks_")} | {"doubts": 0, "source_name": "budget.pdf"}
    row = QualityRow(**fields | counts | {"department": "示范市公安局", "document_id": 1})
    group = Group(Level.PREFECTURE, Scope.DEPARTMENT)
    with_some = quality(group, [row, dataclasses.replace(row, checks_withheld=3)]).grid
    assert [heading.name for heading in with_some.headings].count("未公开下级") == 1
    assert [line[-4] for line in with_some.rows] == ["0", "3"]
    assert "未公开下级" not in [heading.name for heading in quality(group, [row]).grid.headings]
