"""The reference lists are read without a database; loading them twice changes no row."""

import pytest

from tests.warehouse.factory import cell, extraction
from warehouse.base.errors import ReferenceConflict
from warehouse.base.sql_files import audit_queries
from warehouse.kinds.reference_lists import Subject, divisions, economic_subjects, functional_subjects
from warehouse.load import reference as loading
from warehouse.load.document import load
from warehouse.load.reference import load_reference, periods
from warehouse.records.reading import Level


def named(code: str, name: str, first: int, last: int | None) -> Subject:
    return Subject(code, name, "category", code[:3], first, last, 2, "confirmed")


def snapshot(connection) -> list:
    tables = (
        "jurisdiction",
        "functional_subject",
        "functional_subject_name",
        "economic_subject",
        "economic_subject_name",
    )
    return [
        row for t in tables for row in sorted(connection.execute(f"select xmin::text, t::text from warehouse.{t} as t"))
    ]


def test_divisions_form_a_tree():
    codes = {division.code: division for division in divisions()}
    assert all(codes[d.parent_code].level < d.level or d.parent_code for d in divisions() if d.parent_code)
    assert {d.level for d in divisions() if d.parent_code is None} == {Level.PROVINCE}
    assert codes["411300"].name == "南阳市"


@pytest.mark.parametrize("subjects", [functional_subjects, economic_subjects])
def test_a_subjects_parent_is_its_prefix_and_is_listed(subjects):
    codes = {subject.code for subject in subjects()}
    for subject in subjects():
        assert subject.parent_code == (subject.code[:-2] if len(subject.code) > 3 else None)
        assert subject.parent_code is None or subject.parent_code in codes


def test_a_name_is_valid_until_the_next_name_is_first_printed():
    followed = periods((named("20805", "新名", 2021, 2026), named("20805", "旧名", 2017, 2019)))
    assert [(p.subject.name, p.valid_from_year, p.valid_to_year) for p in followed] == [
        ("旧名", None, 2020),
        ("新名", 2021, None),
    ]


def test_loading_twice_changes_no_row(connection):
    before = snapshot(connection)
    loaded = load_reference(connection)
    assert snapshot(connection) == before
    assert (loaded.divisions, loaded.functional_subjects) == (len(divisions()), len(functional_subjects()))


def test_a_subject_from_a_document_is_confirmed_when_the_list_has_it(connection, monkeypatch):
    load(connection, extraction(amounts=(cell("GK03", "29999", "total", "1", row_label="文件所印"),)))
    new = (*functional_subjects(), named("29999", "表列名称", 2024, 2024))
    monkeypatch.setattr(loading, "functional_subjects", lambda: new)
    load_reference(connection)
    row = connection.execute(
        "select name, status, names_printed from mart.functional_subject where functional_code = '29999'"
    )
    assert row.fetchall() == [("表列名称", "confirmed", ["文件所印", "表列名称"])]
    assert connection.execute("select functional_code from mart.amount").fetchone() == ("29999",)


def test_a_new_name_of_a_code_begins_a_new_period(connection, monkeypatch):
    monkeypatch.setattr(
        loading, "functional_subjects", lambda: (*functional_subjects(), named("20801", "更名后", 2027, 2027))
    )
    load_reference(connection)
    rows = connection.execute(
        "select valid_from_year, valid_to_year from mart.functional_subject"
        " where functional_code = '20801' order by 1 nulls first"
    )
    assert rows.fetchall() == [(None, 2026), (2027, None)]
    assert connection.execute(audit_queries()["060_subject_periods_do_not_overlap"]).fetchall() == []


def test_a_list_that_lacks_a_loaded_entry_is_refused(connection, monkeypatch):
    monkeypatch.setattr(loading, "economic_subjects", lambda: economic_subjects()[1:])
    with pytest.raises(ReferenceConflict, match=economic_subjects()[0].code):
        load_reference(connection)
