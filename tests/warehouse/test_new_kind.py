"""A new kind of document needs declarations only. After an upgrade its documents are loaded, checked, compared, counted
in the coverage and written as workbooks."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from shutil import copytree

import psycopg
import pytest
from openpyxl import load_workbook

from ingest.pipeline import extract
from tests.example_kinds.documents import BROKEN, KINDS_AND_TRIAL, TRIAL, trial_pdf, trial_text
from tests.warehouse.factory import extraction
from warehouse.base.database import connect
from warehouse.base.errors import UnknownMeasure
from warehouse.base.sql_files import audit_queries
from warehouse.comparison.choices import question
from warehouse.kinds.kind import DocumentKind, load_kinds, read_kind
from warehouse.load.bulk import rebuild
from warehouse.load.document import load
from warehouse.load.reference import load_reference
from warehouse.schema.upgrade import upgrade
from warehouse.workbook import document as stored
from warehouse.workbook.write import workbook

METRICS = """
[[families]]
key = "trial"
label = "试算"

[[metrics]]
key = "tried"
label = "试算数合计"
family = "trial"
table = "TT01"
item = "total"
measure = "tried"
is_usual = true
"""


@pytest.fixture
def trial(empty_database: str) -> Iterator[psycopg.Connection]:
    """An upgraded database with the kind `trial`."""
    upgrade(empty_database, kinds=KINDS_AND_TRIAL)
    with connect(empty_database) as connection:
        load_reference(connection)
        connection.commit()
        yield connection


@pytest.fixture
def own_trial(tmp_path: Path) -> Path:
    return Path(copytree(TRIAL.folder, tmp_path / "kinds" / "trial"))


def declaring(folder: Path, line: str) -> list[DocumentKind]:
    """The declared kinds, with one more line in the table of the kind `trial`."""
    table = folder / "tables" / "TT01.toml"
    shape = 'shape = "keyed_rows"'
    table.write_text(table.read_text("utf-8").replace(shape, f"{shape}\n{line}"), "utf-8")
    return [*load_kinds(), read_kind(folder)]


def test_a_document_of_the_kind_is_in_every_view(trial, tmp_path):
    load(trial, extract(trial_pdf(tmp_path), kinds=KINDS_AND_TRIAL))
    load(trial, extraction())
    amounts = (
        "select row_key, measure, amount_wan, functional_code, item_key from mart.amount where table_code = 'TT01'"
    )
    found = {(row, measure): rest for row, measure, *rest in trial.execute(amounts)}
    assert len(found) == 15
    assert found["TOTAL", "tried"] == [Decimal(30), None, "total"]
    assert found["2220115", "beyond"] == [Decimal(4), "2220115", None]
    tables = "select kind, array_agg(table_code order by table_code) from mart.coverage group by kind"
    covered = dict(trial.execute(tables).fetchall())
    assert covered["trial"] == ["TT01"]
    assert covered["final_accounts"] == [f"GK{number:02}" for number in range(1, 11)]
    said = "select status, official_name from mart.coverage where table_code = 'TT01'"
    assert trial.execute(said).fetchall() == [("present", "支出试算表")]
    outcomes = "select rule_id, outcome, count(*) from mart.check_result where table_code = 'TT01' group by 1, 2"
    assert trial.execute(outcomes).fetchall() == [("T1", "exact", 5)]
    assert trial.execute("select kind, tables_found from mart.disclosure where kind = 'trial'").fetchall() == [
        ("trial", ["TT01"])
    ]
    assert trial.execute("select count(*) from mart.metric_value where department = '沁水县粮食局'").fetchone() == (0,)
    for name, query in audit_queries().items():
        assert trial.execute(query).fetchall() == [], name


def test_its_broken_identities_exclude_numbers_from_comparison(trial, tmp_path):
    load(trial, extract(trial_text(tmp_path, BROKEN), kinds=KINDS_AND_TRIAL))
    broken = "select rule_id, row_key from mart.check_result where outcome = 'broken'"
    assert trial.execute(broken).fetchall() == [("T1", "2220115")]
    blocking = "select why_not from intermediate.unsound_check where outcome = 'broken'"
    ((why_not,),) = trial.execute(blocking).fetchall()
    assert why_not.startswith("所涉勾稽关系不符（T1）")


def test_the_workbook_has_the_table_of_the_kind(trial, tmp_path):
    load(trial, extract(trial_text(tmp_path), kinds=KINDS_AND_TRIAL))
    contents = stored.read(trial, stored.find(trial, "trial.txt"))
    book = load_workbook(BytesIO(workbook(contents, TRIAL)))
    assert book.sheetnames == ["试算01表", "说明"]
    cells = [cell.value for row in book["试算01表"].iter_rows() for cell in row]
    assert {"粮食风险基金", 12} <= set(cells)


@pytest.mark.long
def test_the_metric_of_the_kind_is_compared(empty_database, own_trial, tmp_path):
    (own_trial / "metrics.toml").write_text(METRICS, "utf-8")
    kind = read_kind(own_trial)
    upgrade(empty_database, kinds=[*load_kinds(), kind])
    with connect(empty_database) as connection:
        load_reference(connection)
        load(connection, extract(trial_text(tmp_path), kinds=KINDS_AND_TRIAL))
        load(connection, extraction())
        compared = "select metric, amount_wan, is_sound from mart.metric_value where department = '沁水县粮食局'"
        assert connection.execute(compared).fetchall() == [("tried", Decimal(30), True)]
        years = "select metric, amount_wan, prior_amount_wan from mart.year_over_year where metric = 'tried'"
        assert connection.execute(years).fetchall() == [("tried", Decimal(30), None)]
        others = "select count(*) from mart.metric_value where metric = 'tried' and department <> '沁水县粮食局'"
        assert connection.execute(others).fetchone() == (0,)
        kinds = "select department_kind, fiscal_year from mart.published_document order by kind = 'trial'"
        accounts, trial = (
            [one.metric for one in question(connection, *of).metrics] for of in connection.execute(kinds)
        )
        assert trial == ["tried"] and "expenditure" in accounts and "tried" not in accounts


@pytest.mark.long
def test_columns_that_no_form_fixes_become_measures_at_load(empty_database, own_trial, tmp_path):
    kinds = declaring(own_trial, 'open_measures = ["other:"]')
    upgrade(empty_database, kinds=kinds)
    read = extract(trial_text(tmp_path), kinds=KINDS_AND_TRIAL)
    more = replace(read.amounts[0], measure="other:粮食储备", column_no=9)
    opened = replace(read, amounts=(*read.amounts, more))
    with connect(empty_database) as connection:
        load_reference(connection)
        load(connection, opened)
        shown = "select label, sort_order from mart.measure where measure = 'other:粮食储备'"
        assert connection.execute(shown).fetchall() == [("粮食储备", 4)]
        found = "select amount_wan from mart.amount where measure = 'other:粮食储备'"
        assert connection.execute(found).fetchall() == [(Decimal(30),)]
        again = replace(opened, source=replace(read.source, sha256="b" * 64), parser_version="another")
        load(connection, again)
        assert connection.execute("select count(*) from warehouse.measure where label = '粮食储备'").fetchone() == (1,)
        strange = replace(read, amounts=(replace(more, measure="another:粮食储备"),), parser_version="third")
        with pytest.raises(UnknownMeasure, match="another:粮食储备"):
            load(connection, strange)
        connection.commit()
    upgrade(empty_database, kinds=kinds)
    with connect(empty_database) as connection:
        assert connection.execute(shown).fetchall() == [("粮食储备", 4)]


@pytest.mark.long
def test_a_bulk_load_registers_measures_too(empty_database, own_trial, tmp_path):
    kinds = declaring(own_trial, 'open_measures = ["other:"]')
    upgrade(empty_database, kinds=kinds)
    read = extract(trial_text(tmp_path), kinds=KINDS_AND_TRIAL)
    more = replace(read.amounts[0], measure="other:粮食储备", column_no=9)
    with connect(empty_database) as connection:
        load_reference(connection)
        connection.commit()
        assert rebuild(connection, [replace(read, amounts=(*read.amounts, more))]).refused == []
        found = "select measure, amount_wan from mart.amount where measure like 'other:%'"
        assert connection.execute(found).fetchall() == [("other:粮食储备", Decimal(30))]
        assert connection.execute("select count(*) from mart.measure where label = '粮食储备'").fetchone() == (1,)


def test_rows_may_have_other_keys_than_codes(empty_database, own_trial):
    kinds = declaring(own_trial, 'row_kind = "unit+project"')
    upgrade(empty_database, kinds=kinds)
    with connect(empty_database) as connection:
        kind = "select row_key_kind from mart.standard_table where table_code = 'TT01'"
        assert connection.execute(kind).fetchone() == ("unit+project",)
