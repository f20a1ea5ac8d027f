"""A warehouse of every earlier head is upgraded with its data.

old_heads/NUMBER.sql.xz is a dump for each revision that was the newest of some commit (0005 never was): two samples,
loaded by the last such commit, with its views. 0003_without_….sql.xz are of early versions that ran revision 0003 with
other contents; they have the reference lists, and an earlier reading that had put the first sample into another year.
NUMBER_unfinished.sql.xz are of commits between two versions, whose revisions were not finished: the tables alone, with
the first sample. Each dump was made by the code of its own commit; `python -m tests.old_head` makes the next.
"""

import lzma
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.pipeline import extract
from tests.conftest import new_database
from tests.ingest.truth import SAMPLES
from tests.long import rest_long
from tests.schema_file import FILE, schema
from tests.warehouse.test_loader import violations
from warehouse.base.database import connect
from warehouse.base.project_files import ROOT
from warehouse.load.document import Outcome, load
from warehouse.schema.upgrade import upgrade

OLD = Path(__file__).parent / "old_heads"
DUMPS = sorted(path.name.partition(".")[0] for path in OLD.iterdir())
# `make test` takes the newest and one whose revision was not finished.
SHORT = (DUMPS[-1],)
REPAIRED = {
    "0003_without_line_no": ["warehouse.doubt had no line_no", "warehouse.stated_figure had no half_unit"],
    "0003_without_half_unit": ["warehouse.stated_figure had no half_unit"],
    "0004_unfinished": [
        "warehouse.doubt had no line_no",
        "warehouse.stated_figure had no half_unit",
        "the tables of nights were numbered 0004 and 0005, those of sources were missing",
        "warehouse.reading had no error",
    ],
    "0005_unfinished": [
        "warehouse.doubt had no line_no",
        "warehouse.stated_figure had no half_unit",
        "the tables of nights were numbered 0004 and 0005, those of sources were missing",
        "warehouse.reading had no error",
    ],
    "0008_unfinished": [
        "warehouse.parse had form_numbers_unaccounted, a count that was never made",
        "warehouse.held_parse required a prior_parse_id",
        "warehouse.amount had no is_unit_certain",
    ],
    "0009_unfinished": [
        "the tables of metrics and rules were missing",
        "warehouse.standard_table had no open_measures",
        "warehouse.document_kind had no due_years_later",
    ],
    "0010": ["statistics were made of the elements of boxes"],
}
DOCUMENTS = ("shifan_gongxin_2023.txt", "shifan_gongxin_2024.pdf")
# Tables whose rows belong to a document, with the columns they have in every later revision.
FACTS = """
select table_name, string_agg(quote_ident(column_name), ', ' order by ordinal_position)
from information_schema.columns
where table_schema = 'warehouse' and table_name in (
    select table_name from information_schema.columns where column_name in ('version_id', 'parse_id')
    ) and table_name <> 'publication' and column_name <> 'form_numbers_unaccounted'
group by table_name
"""
# An early revision 0003 took an earlier reading for public in the year of the later one.
MISPLACED = """
select publication_id from warehouse.publication
join warehouse.parse using (parse_id)
join warehouse.document on document.document_id = publication.slot_id
where parse.fiscal_year <> document.fiscal_year
"""
# Ids depend on the order of loading, versions and times on when it was done.
INCIDENTAL = """
select coalesce(array_agg(distinct column_name::text), '{}') from information_schema.columns
where table_schema = 'mart' and column_name <> 'rule_id' and column_name ~ '_id$|_at$|^version$|^published_on$'
"""
PUBLIC = "select table_name from information_schema.tables where table_schema = 'mart' order by table_name"


@pytest.fixture(scope="module")
def readings() -> list:
    """What today's reader reads in the documents of the dumps, as a version that has not read them yet."""
    return [replace(extract(SAMPLES / name), parser_version="new") for name in DOCUMENTS]


@pytest.fixture(scope="module")
def fresh(server_url, readings) -> dict[str, list[str]]:
    """The public views after a load of the readings."""
    with new_database(server_url) as url:
        upgrade(url)
        with connect(url) as connection:
            return loaded(connection, readings)


@pytest.fixture(scope="module")
def fresh_with_reference(module_database, readings) -> dict[str, list[str]]:
    """The same with reference lists and an earlier reading of the first document, of another year."""
    first = readings[0]
    earlier = replace(first, parser_version="0", profile=replace(first.profile, fiscal_year=2022))
    with connect(module_database) as connection:
        return loaded(connection, [earlier, *readings])


@pytest.fixture
def restored(server_url, dump):
    """The URL of a database with the contents of the dump."""
    with new_database(server_url) as url:
        with connect(url, autocommit=True) as connection:
            connection.execute(lzma.decompress((OLD / f"{dump}.sql.xz").read_bytes()))
        yield url


def test_every_revision_before_the_newest_has_a_dump():
    revisions = {path.name[:4] for path in (ROOT / "migrations" / "versions").glob("*.py")}
    missing = revisions - set(DUMPS) - {"0005", max(revisions)}
    assert missing == set(), "at the commit before the new revision: python -m tests.old_head"


@pytest.mark.parametrize("dump", rest_long([name for name in DUMPS if "unfinished" not in name], SHORT.__contains__))
def test_an_old_head_is_upgraded_with_its_data(restored, dump, readings, fresh, fresh_with_reference):
    """No row is lost, and after the documents are read again, the public views are those of a new warehouse."""
    upgraded_without_loss(restored, dump)
    expected = fresh_with_reference if "without" in dump else fresh
    with connect(restored) as connection:
        assert schema(connection) == FILE.read_text("utf-8")
        assert differences(loaded(connection, readings), expected) == {}
        assert violations(connection) == {}


@pytest.mark.parametrize("dump", rest_long([name for name in DUMPS if "unfinished" in name], SHORT.__contains__))
def test_an_unfinished_revision_is_completed(restored, dump):
    """The tables are those of a new warehouse, but for the order of their columns."""
    upgraded_without_loss(restored, dump)
    with connect(restored) as connection:
        assert sorted(schema(connection).splitlines()) == sorted(FILE.read_text("utf-8").splitlines())
        assert violations(connection) == {}


def upgraded_without_loss(url: str, dump: str) -> None:
    """Upgrades, and asserts what was repaired and that every row of a document is as it was."""
    with connect(url) as connection:
        columns = dict(connection.execute(FACTS).fetchall())
        before = facts(connection, columns)
    repaired = [said.rpartition(": ")[2] for said in upgrade(url).repaired if said.startswith("revision")]
    assert repaired == REPAIRED.get(dump, [])
    assert len(before["amount"]) >= 712
    with connect(url) as connection:
        assert facts(connection, columns) == before
        assert connection.execute(MISPLACED).fetchall() == []


def facts(connection, columns: dict[str, str]) -> dict[str, list[tuple]]:
    """The rows of each table in these columns."""
    return {
        table: sorted(connection.execute(f"select {names} from warehouse.{table}").fetchall(), key=repr)
        for table, names in columns.items()
    }


def loaded(connection, readings) -> dict[str, list[str]]:
    """Loads the readings, and returns what is public after it."""
    outcomes = {load(connection, reading).outcome for reading in readings}
    assert not outcomes & {Outcome.HELD, Outcome.UNCHANGED}
    return shown(connection)


def shown(connection) -> dict[str, list[str]]:
    """The rows of every public view and table, without incidental columns."""
    (incidental,) = connection.execute(INCIDENTAL).fetchone()
    return {
        name: sorted(
            row
            for (row,) in connection.execute(
                f"select (to_jsonb(t) - %s::text[])::text from mart.{name} as t", [incidental]
            )
        )
        for (name,) in connection.execute(PUBLIC).fetchall()
    }


def differences(found: dict[str, list[str]], expected: dict[str, list[str]]) -> dict[str, list[str]]:
    """For each view that is not as expected, some rows that only one of the two has."""
    return {
        name: sorted(set(found.get(name, [])) ^ set(rows))[:4]
        for name, rows in expected.items()
        if found.get(name) != rows
    }
