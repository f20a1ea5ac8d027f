"""The loader is idempotent, keeps versions, and loads a document completely or not at all."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import psycopg
import pytest

from tests.warehouse.factory import cell, extraction, found, profile, small_accounts
from warehouse.base.database import connect
from warehouse.base.errors import UnknownMeasure
from warehouse.base.sql_files import audit_queries
from warehouse.load.document import Outcome, load
from warehouse.records.places import Place
from warehouse.records.reading import Presence, Status

TABLES = [
    "jurisdiction",
    "department",
    "department_alias",
    "fiscal_year",
    "functional_subject",
    "functional_subject_name",
    "economic_subject",
    "economic_subject_name",
    "document",
    "document_version",
    "document_file",
    "parse",
    "parse_table",
    "amount",
    "doubt",
    "stated_figure",
    "department_unit",
    "body_fact",
    "stated_succession",
    "performance_project",
    "performance_fund",
    "performance_management",
    "performance_indicator",
    "check_result",
]


def snapshot(connection) -> dict[str, list]:
    """Every row with the transaction that wrote it, so that a row that was written again differs."""
    return {
        t: sorted(connection.execute(f"select xmin::text, t::text from warehouse.{t} as t").fetchall()) for t in TABLES
    }


def violations(connection) -> dict[str, list]:
    return {name: rows for name, query in audit_queries().items() if (rows := connection.execute(query).fetchall())}


def with_total(wan: str) -> tuple:
    """The small accounts with another total expenditure."""
    others = [a for a in small_accounts() if (a.table_code, a.row_key, a.measure) != ("GK03", "TOTAL", "total")]
    return cell("GK03", "TOTAL", "total", wan), *others


def one(connection, query: str, *values):
    return connection.execute(query, values).fetchone()[0]


def test_a_document_is_loaded_whole(connection):
    loaded = load(connection, extraction())
    assert (loaded.outcome, loaded.version, loaded.amounts, loaded.doubts) == (Outcome.NEW_DOCUMENT, 1, 58, 1)
    assert (loaded.stated, loaded.projects, loaded.indicators, loaded.checks) == (8, 2, 4, 6)
    assert one(connection, "select count(*) from mart.amount where document_id = %s", loaded.document_id) == 58
    assert violations(connection) == {}


def test_the_same_file_twice_changes_no_row(connection):
    first = load(connection, extraction())
    before = snapshot(connection)
    again = load(connection, extraction())
    assert (again.outcome, again.document_id, again.amounts) == (Outcome.UNCHANGED, first.document_id, 0)
    assert (again.stated, again.projects, again.indicators, again.checks) == (0, 0, 0, 0)
    assert snapshot(connection) == before


def test_a_corrected_file_is_a_new_version_and_the_old_one_stays_readable(connection):
    old = load(connection, extraction())
    new = load(connection, extraction("corrected file", amounts=with_total("91.00")))
    assert (new.outcome, new.slot_id, new.version) == (Outcome.NEW_VERSION, old.slot_id, 2)
    rows = connection.execute(
        "select document_id, amount_wan, is_current from mart.amount"
        " where table_code = 'GK03' and row_key = 'TOTAL' and measure = 'total' order by document_id"
    ).fetchall()
    assert rows == [(old.document_id, Decimal(90), False), (new.document_id, Decimal(91), True)]
    assert [r[0] for r in connection.execute("select document_id from mart.balance")] == [new.document_id]
    assert violations(connection) == {}


def test_a_newer_parser_publishes_a_new_parse_of_the_same_version(connection):
    first = load(connection, extraction())
    again = load(connection, extraction(parser_version="2", amounts=with_total("90.01")))
    assert (again.outcome, again.document_id, again.version) == (Outcome.REPARSED, first.document_id, 1)
    assert one(connection, "select count(*) from warehouse.parse") == 2
    total = "select amount_wan from mart.amount where (table_code, row_key, measure) = ('GK03', 'TOTAL', 'total')"
    assert connection.execute(total).fetchall() == [(Decimal("90.01"),)]
    assert load(connection, extraction(parser_version="1")).outcome == Outcome.UNCHANGED


@pytest.mark.long
def test_a_better_reading_may_move_the_file_to_another_slot(connection):
    wrong = load(connection, extraction(profile=profile(fiscal_year=2023)))
    right = load(connection, extraction(parser_version="2"))
    assert right.slot_id != wrong.slot_id and right.document_id == wrong.document_id
    assert one(connection, "select count(*) from warehouse.document") == 1
    assert violations(connection) == {}


def test_a_file_that_moves_to_a_slot_with_a_version_becomes_its_next_version(connection):
    load(connection, extraction("occupant"))
    load(connection, extraction("mover", profile=profile(fiscal_year=None)))
    moved = load(connection, extraction("mover", parser_version="2"))
    assert (moved.version, one(connection, "select count(*) from warehouse.document")) == (2, 1)


@pytest.mark.takes(1)
@pytest.mark.parametrize("unknown", [{"department": None}, {"fiscal_year": None}])
def test_files_of_unknown_body_or_year_never_share_a_slot(connection, unknown):
    one_file = load(connection, extraction("a", profile=profile(**unknown)))
    another = load(connection, extraction("b", profile=profile(**unknown)))
    assert one_file.slot_id != another.slot_id
    assert {one_file.outcome, another.outcome} == {Outcome.NEW_DOCUMENT}
    assert violations(connection) == {}


def test_department_and_unit_accounts_are_two_slots(connection):
    assert (
        load(connection, extraction("a")).slot_id
        != load(connection, extraction("b", profile=profile(scope="unit"))).slot_id
    )


def test_a_former_name_means_the_same_body_in_its_years(connection):
    load(connection, extraction("a"))
    connection.execute(
        "insert into warehouse.department_alias"
        " select department_id, '甲市经济委员会', 2015, 2019 from warehouse.department"
    )
    connection.commit()
    load(connection, extraction("b", profile=profile(department="甲市经济委员会", fiscal_year=2018)))
    load(connection, extraction("c", profile=profile(department="甲市经济委员会", fiscal_year=2022)))
    assert one(connection, "select count(*) from warehouse.department") == 2
    assert one(connection, "select department from mart.disclosure where fiscal_year = 2018") == "甲市工业和信息化局"


def test_a_place_that_is_not_in_the_list_is_added(connection):
    load(connection, extraction(profile=profile(division_code="419999", county="新设区", jurisdiction_level="county")))
    assert one(connection, "select name from warehouse.jurisdiction where division_code = '419999'") == "新设区"


def test_a_code_that_is_not_in_the_list_is_loaded_with_its_printed_name(connection):
    amounts = (cell("GK03", "2999901", "total", "1.00", row_label="新科目"),)
    load(connection, extraction(amounts=amounts))
    found_row = connection.execute(
        "select name, level, parent_code, status from mart.functional_subject where functional_code = '2999901'"
    ).fetchone()
    assert found_row == ("新科目", "item", "29999", "as_published")
    assert violations(connection) == {}


def test_a_row_with_a_damaged_code_is_loaded_without_a_subject(connection):
    amounts = (cell("GK03", "208050", "total", "1.00", status=Status.DOUBTFUL, repair_reason="代码缺位"),)
    load(connection, extraction(amounts=amounts))
    assert connection.execute("select row_key, functional_code, level from mart.amount").fetchone() == (
        "208050",
        None,
        None,
    )


def test_every_printed_name_is_kept_with_its_years(connection):
    for year in (2022, 2024):
        amounts = (cell("GK03", "2150501", "total", "1.00", row_label="行政运行费"),)
        load(connection, extraction(str(year), profile=profile(fiscal_year=year), amounts=amounts))
    rows = connection.execute(
        "select name, first_year, last_year from warehouse.functional_subject_name where source = 'document'"
    ).fetchall()
    assert rows == [("行政运行费", 2022, 2024)]


def test_a_code_means_the_subject_of_its_year(connection):
    for year in (2018, 2024):
        load(
            connection,
            extraction(str(year), profile=profile(fiscal_year=year), amounts=(cell("GK06", "30311", "final", "1"),)),
        )
    rows = connection.execute(
        "select fiscal_year, subject.name from mart.amount join mart.economic_subject as subject"
        " using (economic_subject_id) order by fiscal_year"
    ).fetchall()
    assert rows == [(2018, "住房公积金"), (2024, "代缴社会保险费")]


def test_blank_zero_and_dash_are_loaded_differently(connection):
    amounts = tuple(cell("GK03", key, "total", wan) for key, wan in (("TOTAL", ""), ("208", "0.00"), ("215", "——")))
    load(connection, extraction(amounts=amounts))
    rows = dict(connection.execute("select row_key, (presence, amount_wan)::text from mart.amount").fetchall())
    assert rows == {"TOTAL": "(blank,)", "208": "(number,0.000000)", "215": "(dash,)"}


def test_an_undeclared_measure_is_refused_and_nothing_is_loaded(connection):
    with pytest.raises(UnknownMeasure, match="GK03 surprise"):
        load(connection, extraction(amounts=(cell("GK03", "TOTAL", "surprise", "1"),)))
    assert one(connection, "select count(*) from warehouse.document_version") == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"presence": Presence.BLANK},
        {"value": None},
        {"status": Status.REPAIRED},
        {"place": Place(0)},
    ],
    ids=["blank with value", "number without value", "repair without reason", "page zero"],
)
def test_the_database_refuses_impossible_amounts(connection, wrong):
    with pytest.raises(psycopg.errors.CheckViolation):
        load(connection, extraction(amounts=(cell("GK03", "TOTAL", "total", "1.00", **wrong),)))


@pytest.mark.takes(4)
@pytest.mark.parametrize(
    "statement",
    [
        "update warehouse.amount set value = 1",
        "delete from warehouse.parse",
        "truncate warehouse.doubt",
        "update warehouse.stated_figure set value = 1",
        "update warehouse.department_unit set unit = body",
        "delete from warehouse.body_fact",
        "update warehouse.stated_succession set successor = predecessor",
        "delete from warehouse.performance_project",
        "update warehouse.performance_fund set executed = 1",
        "delete from warehouse.performance_management",
        "update warehouse.performance_indicator set score = weight",
        "truncate warehouse.check_result",
        "update warehouse.document_file set pages = 1",
    ],
)
def test_a_parse_never_changes(connection, statement):
    load(connection, extraction())
    with pytest.raises(psycopg.errors.RestrictViolation, match="a parse never changes"):
        connection.execute(statement)


def test_ten_concurrent_loads_leave_exactly_one_copy(database):
    start = threading.Barrier(10, timeout=20)

    def load_once(_) -> Outcome:
        with connect(database) as own:
            start.wait()
            return load(own, extraction()).outcome

    with ThreadPoolExecutor(10) as pool:
        outcomes = sorted(pool.map(load_once, range(10)))
    assert outcomes == [Outcome.NEW_DOCUMENT, *[Outcome.UNCHANGED] * 9]
    with connect(database) as own:
        assert one(own, "select count(*) from warehouse.amount") == 58
        assert violations(own) == {}


@pytest.mark.long
def test_concurrent_versions_of_one_slot_are_numbered_without_gaps(database):
    start = threading.Barrier(8, timeout=20)

    def load_own(number: int) -> int:
        with connect(database) as own:
            start.wait()
            return load(own, extraction(f"file {number}", amounts=(cell("GK03", f"29{number}", "total", "1"),))).version

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(load_own, range(8))) == list(range(1, 9))


def test_a_backend_killed_in_mid_load_leaves_the_old_state(database, connection):
    load(connection, extraction())
    before = snapshot(connection)
    with connect(database) as victim, pytest.raises(psycopg.OperationalError):
        load(victim, replace(extraction("corrected"), doubts=_KillsBackend(victim, connection)))
    connection.commit()
    assert snapshot(connection) == before
    assert load(connection, extraction("corrected")).version == 2


class _KillsBackend(tuple):
    """A tuple of doubts that ends the server process of the load when it is read, which is after the amounts."""

    def __new__(cls, victim, killer):
        made = super().__new__(cls)
        made.victim, made.killer = victim, killer
        return made

    def __iter__(self):
        self.killer.execute("select pg_terminate_backend(%s, 5000)", [self.victim.info.backend_pid])
        self.killer.commit()
        yield from extraction().doubts


def test_a_load_inside_a_transaction_of_the_caller_is_rolled_back_with_it(connection):
    with connection.transaction(force_rollback=True):
        load(connection, extraction())
    assert one(connection, "select count(*) from warehouse.document_version") == 0


def test_empty_tables_are_kept_apart_from_absent_ones(connection):
    load(connection, extraction())
    assert [table.status for table in found(())] == ["absent"] * 10
    assert one(connection, "select status from mart.coverage where table_code = 'GK08'") == "empty_with_statement"
