"""After a document was forgotten every public view is as if it had never been loaded, and it is not taken again."""

from dataclasses import replace

import pytest

from tests.warehouse.factory import cell, extraction, of_two_files, profile, small_accounts, source
from tests.warehouse.public_rows import Rows, differing, public_rows, public_rows_as_of
from tests.warehouse.test_loader import violations
from tests.warehouse.test_withdrawals import TODAY, accounts, with_peers
from warehouse.base.database import connect
from warehouse.base.errors import NotForgotten, UnknownDocument
from warehouse.load.document import Outcome, load
from warehouse.load.tombstones import Forgotten, tombstones
from warehouse.publish import refresh
from warehouse.work import withdrawals
from warehouse.work.forgetting import Files, forget, lift, to_forget

STATE = ("warehouse.department", "warehouse.department_alias", "warehouse.fiscal_year", "warehouse.jurisdiction")
STATE += ("warehouse.functional_subject", "warehouse.functional_subject_name", "warehouse.economic_subject_name")
STATE += ("warehouse.economic_subject", "warehouse.measure", "warehouse.document", "warehouse.publication")
OF_DOCUMENTS = """
select conrelid::regclass::text, attname from pg_constraint
join pg_attribute on attrelid = conrelid and attnum = conkey[1]
where contype = 'f' and connamespace = 'warehouse'::regnamespace
    and confrelid in ('warehouse.parse'::regclass, 'warehouse.document_version'::regclass,
        'warehouse.performance_project'::regclass)
"""


@pytest.fixture(scope="module")
def loaded(module_database):
    with connect(module_database) as connection:
        yield with_peers(connection)
        connection.rollback()


@pytest.fixture
def filled(loaded):
    with loaded.transaction(force_rollback=True):
        yield loaded


def forgotten(connection, content: str, why: str = "姓名与身份证号") -> Files:
    return forget(connection, to_forget(connection, source(content).sha256[:8]), why)


def everything(connection) -> Rows:
    """All rows of the public views, of yesterday's too, and of the tables that documents share."""
    shared = {name: sorted(map(str, connection.execute(f"select * from {name}"))) for name in STATE}
    return public_rows(connection) | public_rows_as_of(connection, TODAY) | shared


def rows_of(connection) -> dict[str, int]:
    """Tables of schema warehouse that refer to documents → their number of rows."""
    tables = {name for name, _ in connection.execute(OF_DOCUMENTS)} | {"warehouse.document", "warehouse.reading"}
    return {name: connection.execute(f"select count(*) from {name}").fetchone()[0] for name in tables}


def strange(content: str, **changes):
    """Prints codes and names that no other document has."""
    cells = (
        cell("GK03", "2158888", "total", "5.00", row_label="只此一家的支出"),
        cell("GK03", "2150501", "total", "45.00", row_label="行政运行（只此一家）"),
        cell("GK06", "30188", "final", "1.00", row_label="只此一家的工资"),
        cell("GK06", "30101", "final", "50.00", row_label="基本工资（只此一家）"),
    )
    printed = {(one.table_code, one.row_key, one.measure) for one in cells}
    others = [one for one in small_accounts() if (one.table_code, one.row_key, one.measure) not in printed]
    return extraction(content, amounts=(*others, *cells), **changes)


@pytest.mark.long
@pytest.mark.parametrize(
    "later",
    (
        accounts("95.00"),
        strange("95.00"),
        strange("95.00", profile=profile(fiscal_year=2019, department_kind="只此一类")),
        strange("95.00", profile=profile(fiscal_year=2021, department_kind="只此一类")),
        strange("95.00", profile=profile(department="丙局", county="丙县", city=None, division_code="990101")),
        strange("95.00", profile=profile(department=None, fiscal_year=None)),
        of_two_files("95.00"),
        extraction("95.00", amounts=(cell("GK03", "TOTAL", "total", "95.00"),)),
    ),
    ids=["version", "names", "first_year", "middle_year", "body_and_place", "unknown", "two_files", "held"],
)
def test_everything_is_as_it_was_before(filled, later):
    before, counted = everything(filled), rows_of(filled)
    load(filled, later)
    assert rows_of(filled) != counted
    forgotten(filled, "95.00")
    assert differing(before, everything(filled)) == {}
    assert rows_of(filled) == counted
    assert violations(filled) == {}
    refresh.rebuild(filled)
    assert differing(before, everything(filled)) == {}


@pytest.mark.long
def test_years_and_names_that_other_documents_have_stay(filled):
    """The forgotten document is the first that prints a code, under another name than the next."""
    load(filled, strange("first"))
    other = tuple(replace(one, row_label=one.row_label.replace("只此一家", "别家")) for one in strange("x").amounts)
    load(filled, extraction("other", amounts=other, profile=profile(fiscal_year=2022)))
    forgotten(filled, "first")
    names = "select name, names_printed from mart.functional_subject where functional_code = '2158888'"
    assert filled.execute(names).fetchall() == [("别家的支出", ["别家的支出"])]
    years = "select first_year, last_year from warehouse.functional_subject_name where name = '行政运行（别家）'"
    assert filled.execute(years).fetchall() == [(2022, 2022)]
    assert violations(filled) == {}


@pytest.mark.long
def test_the_first_version_of_a_slot_can_go_and_a_withdrawn_one(filled):
    load(filled, accounts("95.00"))
    forgotten(filled, "91.00")
    slot = "select version, is_current from mart.disclosure where fiscal_year = 2024 and sha256 = %s"
    assert filled.execute(slot, [source("95.00").sha256]).fetchall() == [(2, True)]
    before = everything(filled)
    load(filled, accounts("96.00"))
    withdrawals.withdraw(filled, to_forget(filled, source("96.00").sha256).stored, "金额有误")
    forgotten(filled, "96.00")
    assert differing(before, everything(filled)) == {}
    assert violations(filled) == {}


def test_it_is_not_loaded_again_until_that_is_lifted(filled):
    sha256 = source("91.00").sha256
    assert forgotten(filled, "91.00") == Files((sha256,), ())
    with pytest.raises(Forgotten, match=rf"first.pdf was forgotten on .*--lift {sha256[:12]}.*: 姓名与身份证号"):
        load(filled, accounts("91.00"))
    with pytest.raises(UnknownDocument):
        to_forget(filled, sha256)
    assert lift(filled, sha256[:8]).sha256 == sha256 and tombstones(filled) == {}
    with pytest.raises(NotForgotten):
        lift(filled, sha256)
    assert load(filled, accounts("91.00")).outcome is Outcome.NEW_DOCUMENT


def test_a_file_of_another_disclosure_stays_one_of_its_files(filled):
    """The narrative of a disclosure of two files was loaded as a document of its own before."""
    of_its_own = profile(fiscal_year=2021)
    load(filled, extraction("narrative", profile=of_its_own))
    together = of_two_files(profile=of_its_own)
    load(filled, together)
    narrative = source("narrative").sha256
    assert forget(filled, to_forget(filled, narrative), "重复") == Files((narrative,), (narrative,))
    assert load(filled, together).outcome is Outcome.UNCHANGED
    with pytest.raises(Forgotten):
        load(filled, extraction("narrative", "2", profile=of_its_own))
    files = forget(filled, to_forget(filled, together.source.identity), "重复")
    assert set(files.gone) == {together.source.identity, source("tables").sha256, narrative} and files.needed == ()
    assert [one.is_file_kept for one in tombstones(filled).values()] == [False, False, False]
    assert violations(filled) == {}


def test_a_reading_is_deleted_in_no_other_way(filled):
    forgotten(filled, "91.00")
    with pytest.raises(Exception, match="a parse never changes"), filled.transaction():
        filled.execute("delete from warehouse.amount")


def test_all_tables_of_documents_are_known(filled):
    assert len(rows_of(filled)) >= 15 and small_accounts()
