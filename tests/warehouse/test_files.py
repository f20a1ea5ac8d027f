"""A disclosure of several files is one document version, and every number has the number of its file."""

from dataclasses import replace

import psycopg
import pytest

from tests.warehouse.factory import attachment, cell, extraction, of_two_files, profile, small_accounts, source
from tests.warehouse.factory_statements import said, small_form
from tests.warehouse.test_loader import one, snapshot, violations
from warehouse.base.errors import UnknownMeasure
from warehouse.load.bulk import rebuild
from warehouse.load.document import Outcome, load
from warehouse.records.places import Box, Place
from warehouse.records.reading import Doubt
from warehouse.schema.upgrade import downgrade, upgrade

FILES = "select file_no, source_name, sha256, format, pages, role from mart.document_file order by document_id, file_no"


def files_named_by(connection, view: str, where: str = "true") -> set:
    """The names of the files in the rows of a public view."""
    rows = connection.execute(
        f"select distinct document_file.source_name from mart.{view} as shown"
        f" join mart.document_file using (document_id, file_no) where {where}"
    )
    return {name for (name,) in rows}


def test_two_files_are_one_version_of_one_slot(connection):
    loaded = load(connection, of_two_files())
    assert (loaded.outcome, loaded.version) == (Outcome.NEW_DOCUMENT, 1)
    assert connection.execute(FILES).fetchall() == [
        (1, "narrative.pdf", source("narrative").sha256, "pdf", 12, "main"),
        (2, "tables.pdf", attachment().sha256, "pdf", 9, "attachment"),
    ]
    assert violations(connection) == {}


def test_a_disclosure_shows_its_main_file_and_counts_the_others(connection):
    load(connection, of_two_files())
    load(connection, extraction("alone", profile=profile(fiscal_year=2023)))
    shown = connection.execute("select source_name, sha256, pages, files from mart.disclosure order by fiscal_year")
    assert shown.fetchall() == [
        ("first.pdf", source("alone").sha256, 12, 1),
        ("narrative.pdf", source("narrative").sha256, 12, 2),
    ]
    identities = {sha256 for (sha256,) in connection.execute("select sha256 from warehouse.document_version")}
    assert identities == {source("alone").sha256, of_two_files().source.identity}


@pytest.mark.parametrize(
    ("view", "name"),
    [
        ("amount", "tables.pdf"),
        ("doubt", "tables.pdf"),
        ("check_result", "tables.pdf"),
        ("coverage", "tables.pdf"),
        ("stated_figure", "narrative.pdf"),
        ("performance_project", "narrative.pdf"),
        ("performance_indicator", "narrative.pdf"),
        ("budget_execution", "narrative.pdf"),
    ],
)
def test_every_number_names_its_file(connection, view, name):
    load(connection, of_two_files())
    assert files_named_by(connection, view) == {name}


@pytest.mark.parametrize("view", ["metric_value", "city_comparison", "year_over_year"])
def test_a_metric_names_the_file_of_its_table_or_of_its_sentence(connection, view):
    load(connection, of_two_files())
    assert files_named_by(connection, view, "table_code is not null") == {"tables.pdf"}
    assert files_named_by(connection, view, "metric = 'staff_authorised'") == {"narrative.pdf"}


def test_a_budget_and_its_final_figure_may_be_in_two_files(connection):
    load(connection, of_two_files(amounts=(*small_accounts(), cell("GK05", "2150501", "total", "45.00"))))
    shown = "select page, file_no, final_page, final_file_no from mart.budget_execution where subject = '行政运行'"
    assert connection.execute(shown).fetchall() == [(8, 1, 1, 2)]


def test_an_absent_table_has_no_file(connection):
    load(connection, of_two_files(amounts=(cell("GK03", "TOTAL", "total", "90.00"),)))
    shown = "select status, file_no from mart.coverage where table_code in ('GK02', 'GK03', 'GK08') order by table_code"
    assert connection.execute(shown).fetchall() == [("absent", None), ("present", 2), ("empty_with_statement", 2)]


def test_the_same_files_twice_change_no_row(connection):
    load(connection, of_two_files())
    before = snapshot(connection)
    assert load(connection, of_two_files()).outcome is Outcome.UNCHANGED
    assert snapshot(connection) == before


@pytest.mark.takes(1)
@pytest.mark.parametrize(
    "corrected", [of_two_files(tables="corrected tables"), of_two_files("corrected narrative"), extraction("narrative")]
)
def test_another_file_among_them_makes_another_version(connection, corrected):
    """The last version is the main file alone, without its attachment."""
    first = load(connection, of_two_files())
    second = load(connection, corrected)
    assert (second.outcome, second.slot_id, second.version) == (Outcome.NEW_VERSION, first.slot_id, 2)
    current = connection.execute("select sha256 from mart.document_file where is_current order by file_no").fetchall()
    assert current == [(file.sha256,) for file in corrected.source.files]
    assert violations(connection) == {}


def test_a_newer_parser_reads_the_same_files_again(connection):
    first = load(connection, of_two_files())
    again = load(connection, of_two_files(parser_version="2"))
    assert (again.outcome, again.document_id) == (Outcome.REPARSED, first.document_id)
    assert one(connection, "select count(*) from warehouse.document_file") == 2


@pytest.mark.long
def test_files_of_an_unknown_body_have_a_slot_of_their_own(connection):
    unknown = profile(department=None)
    slots = {
        load(connection, of_two_files(tables=tables, profile=unknown)).slot_id for tables in ("tables", "other tables")
    }
    assert len(slots) == 2
    assert violations(connection) == {}


def test_as_of_functions_show_a_disclosure_of_two_files(connection):
    load(connection, of_two_files())
    shown = "select file_no, source_name from mart.document_file_as_of(current_date + 1) order by file_no"
    assert connection.execute(shown).fetchall() == [(1, "narrative.pdf"), (2, "tables.pdf")]


@pytest.mark.long
def test_a_bulk_load_counts_the_same_files_once(connection):
    done = rebuild(
        connection, [of_two_files(), extraction("narrative", profile=profile(fiscal_year=2023)), of_two_files()]
    )
    assert (done.documents, done.repeated, done.refused) == (2, 1, [])
    assert [row[:2] for row in connection.execute(FILES)] == [(1, "narrative.pdf"), (2, "tables.pdf"), (1, "first.pdf")]
    assert violations(connection) == {}


def test_the_public_views_have_every_part_of_a_place(connection):
    box, sheet = Place(3, box=Box(72, 100.1234567, 200.5, 112)), Place(sheet="收支总表", cell="B4")
    form = small_form(place=box, indicators=tuple(replace(one, place=sheet) for one in small_form().indicators[:1]))
    load(
        connection,
        extraction(
            amounts=(
                cell("GK03", "TOTAL", "total", "90.00", place=box),
                cell("GK03", "215", "total", "1", place=sheet),
            ),
            stated=(said("three_public_detail", "all", "vehicles_owned", "0", "辆", place=box),),
            doubts=(Doubt("number_unreadable", "数字无法辨认", place=sheet),),
            projects=(form,),
        ),
    )
    on_page, in_sheet = (3, 1, None, None, [72, 100.123, 200.5, 112]), (None, 1, "收支总表", "B4", None)
    assert places(connection, "amount") == [on_page, in_sheet]
    assert places(connection, "stated_figure") == places(connection, "performance_project") == [on_page]
    assert places(connection, "doubt") == places(connection, "performance_indicator") == [in_sheet]


def places(connection, view: str) -> list[tuple]:
    return connection.execute(f"select page, file_no, sheet, cell, box from mart.{view} order by page").fetchall()


@pytest.mark.parametrize(
    "place", [Place(file_no=0), Place(sheet="表", cell="4"), Place(sheet="表", cell="a1")], ids=["file", "row", "small"]
)
def test_the_database_refuses_an_impossible_place(connection, place):
    with pytest.raises(psycopg.errors.CheckViolation):
        load(connection, extraction(amounts=(cell("GK03", "TOTAL", "total", "1.00", place=place),)))


def test_a_box_has_four_numbers(connection):
    for box in ("{1,2,3}", "{1,2,3,null}"):
        with pytest.raises(psycopg.errors.CheckViolation), connection.transaction():
            connection.execute(
                "insert into warehouse.doubt (parse_id, doubt_no, what, reason, box) values (1, 1, 'x', 'x', %s)", [box]
            )


@pytest.mark.long
def test_the_audit_finds_a_place_in_a_missing_file(connection):
    read = of_two_files()
    load(connection, replace(read, stated=tuple(replace(each, place=Place(1, file_no=3)) for each in read.stated)))
    parse_id = one(connection, "select parse_id from mart.disclosure")
    assert violations(connection) == {"120_places_are_in_a_file": [(parse_id, 3)]}


@pytest.mark.takes(1)
@pytest.mark.parametrize(
    "spoilt",
    [
        "insert into warehouse.document_file select version_id, 4, sha256, source_name, source_url, format, size_bytes,"
        " pages, role from warehouse.document_file where file_no = 2",
        "insert into warehouse.document_file select version_id, 3, sha256, source_name, source_url, format, size_bytes,"
        " pages, role from warehouse.document_file where file_no = 2",
        "update warehouse.document_version set pages = 13",
        "update warehouse.document_version set sha256 = repeat('0', 64)",
    ],
    ids=["gap", "one more", "main file", "identity"],
)
def test_the_audit_finds_a_version_whose_files_do_not_agree_with_it(connection, spoilt):
    loaded = load(connection, of_two_files())
    connection.execute(spoilt)
    assert violations(connection) == {"110_files_identify_their_version": [(loaded.document_id, "narrative.pdf")]}


def test_a_refused_load_leaves_no_file(connection):
    with pytest.raises(UnknownMeasure):
        load(connection, of_two_files(amounts=(cell("GK03", "TOTAL", "surprise", "1"),)))
    assert one(connection, "select count(*) from warehouse.document_file") == 0


@pytest.mark.long
def test_a_downgrade_is_refused_if_a_disclosure_has_several_files(database, connection):
    """The tables of revision 0009 have no column for the SHA-256 of the main file."""
    load(connection, of_two_files())
    connection.commit()
    with pytest.raises(Exception, match="revision 0009 knows one file of a disclosure"):
        downgrade(database, "0009")
    upgrade(database)
    assert violations(connection) == {}
