"""The units of a department: their own documents are parts of its document, and a list that changes is shown."""

from decimal import Decimal

import pytest
from psycopg.rows import dict_row

from tests.ingest.made_documents import read_disclosure
from tests.warehouse.factory import cell, extraction, profile, unit
from tests.warehouse.test_loader import violations
from warehouse.base.database import connect
from warehouse.load.document import load
from warehouse.records.reading import Scope

DEPARTMENT = "甲市工业和信息化局"
CENTRE, STATION = "甲市企业服务中心", "甲市节能监察站"
LISTED = (unit(1, f"{DEPARTMENT}本级", is_head_office=True), unit(2, CENTRE), unit(3, STATION))


def document(body: str, expenditure: str, units=(), scope: Scope = Scope.UNIT, year: int = 2024, **changes):
    """The accounts of a body that prints its totals alone: the same income as expenditure."""
    cells = (
        cell("GK01", "income:本年收入合计", "final", expenditure),
        cell("GK03", "TOTAL", "total", expenditure),
    )
    of_body = profile(department=body, scope=scope, fiscal_year=year, **changes)
    name = f"{body}{scope}{year}"
    return extraction(
        name, profile=of_body, amounts=cells, projects=(), checks=(), stated=(), units=tuple(units), facts=()
    )


def department(expenditure: str, units=LISTED, year: int = 2024):
    return document(DEPARTMENT, expenditure, units, Scope.DEPARTMENT, year)


@pytest.fixture(scope="module")
def loaded(module_database):
    """The department's document of 2024 beside those of two of its three units."""
    with connect(module_database) as connection:
        for one in (department("100.00"), document(DEPARTMENT, "40.00"), document(CENTRE, "35.00")):
            load(connection, one)
        yield connection
        connection.rollback()


@pytest.fixture
def filled(loaded):
    with loaded.transaction(force_rollback=True):
        yield loaded


def printed(folder, body: str, wan: str, overview: str, says: str = "单位", year: int = 2024):
    """The reading of a text that prints a body's overview, and the same total of income and of expenditure."""
    text = (
        f"第一部分 {body}概况\n二、决算单位构成\n{overview}\n第二部分 {year}年度{says}决算表\n"
        f"收入支出决算总表\n部门：{body}\n单位：万元\n项目\t决算数\t项目\t决算数\n"
        f"一、一般公共预算财政拨款收入\t{wan}\t一、一般公共服务支出\t{wan}\n"
        f"本年收入合计\t{wan}\t本年支出合计\t{wan}\n总计\t{wan}\t总计\t{wan}\n"
        f"支出决算表\n部门：{body}\n单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n"
        f"201\t一般公共服务支出\t{wan}\t{wan}\t\n\t合计\t{wan}\t{wan}\t\n"
    )
    return read_disclosure(folder, text, f"{body}{year}年度{says}决算\n目录\n", f"{body}{says}{year}.txt")


def rows(connection, query: str) -> list[dict]:
    return connection.cursor(row_factory=dict_row).execute(query).fetchall()


def sums(connection) -> dict:
    (row,) = rows(connection, "select * from mart.unit_sum where metric = 'expenditure'")
    return row


def own_documents(connection, year: int = 2024) -> dict[str, str | None]:
    """Unit → whose document is shown as its own."""
    query = """
        select unit.unit, own.department from mart.department_unit as unit
        left join mart.disclosure as own on own.document_id = unit.own_document_id
        where unit.scope = 'department' and unit.fiscal_year = %s
    """
    return dict(connection.execute(query, [year]).fetchall())


def test_units_and_facts_are_shown_as_printed_with_their_place(filled):
    load(filled, extraction("2020", profile=profile(fiscal_year=2020)))
    first, second = rows(filled, "select * from mart.department_unit where fiscal_year = 2020 order by unit_no")
    assert (first["unit"], first["is_head_office"], first["kind"], first["page"]) == (
        f"{DEPARTMENT}本级",
        True,
        None,
        2,
    )
    assert (second["unit"], second["is_head_office"], second["kind"]) == (CENTRE, False, "公益一类事业单位")
    institutions, staff = rows(filled, "select * from mart.body_fact where fiscal_year = 2020 order by fact")
    assert (institutions["fact"], institutions["value"]) == ("internal_institutions", 2)
    assert institutions["text"] == "办公室、运行监测科"
    assert (staff["fact"], staff["value"], staff["printed"]) == ("staff_authorised", 30, "编制30名")


def test_the_documents_of_two_of_three_units_are_parts_of_the_departments(loaded):
    """100 of the department; 40 of the office itself and 35 of the centre are part of it. The station has none."""
    assert own_documents(loaded) == {f"{DEPARTMENT}本级": DEPARTMENT, CENTRE: CENTRE, STATION: None}
    found = sums(loaded)
    assert (found["amount_wan"], found["units_sum_wan"], found["difference_wan"]) == (100, 75, 25)
    assert (found["units_listed"], found["units_with_document"], found["is_complete"]) == (3, 2, False)
    assert (found["outcome"], found["is_above"], found["why_not"]) == ("below", False, None)
    assert violations(loaded) == {}


@pytest.mark.parametrize(
    ("of_station", "outcome", "is_above"),
    [("25.00", "exact", False), ("25.02", "rounding", False), ("25.03", "above", True), ("24.00", "below", False)],
)
def test_the_sum_of_all_units_is_not_above_the_department(filled, of_station, outcome, is_above):
    """The rounding of four printed numbers can amount to 0.02."""
    load(filled, document(STATION, of_station))
    found = sums(filled)
    assert (found["outcome"], found["is_above"], found["is_complete"]) == (outcome, is_above, True)
    assert found["envelope_wan"] == Decimal("0.02")


@pytest.mark.parametrize(
    "other",
    [
        document(STATION, "35.00", year=2023),
        document(STATION, "35.00", division_code="411500", city="信阳市"),
        document(STATION, "35.00", scope=Scope.DEPARTMENT),
        document(f"{STATION}分站", "35.00"),
    ],
    ids=["another year", "another place", "a department", "another name"],
)
def test_a_document_of_another_body_place_or_year_is_no_part(filled, other):
    load(filled, other)
    assert own_documents(filled)[STATION] is None


def test_a_body_is_found_whatever_the_brackets_of_its_name(filled):
    load(filled, department("100.00", (unit(1, CENTRE, body="甲市企业服务和融资中心"),), 2022))
    load(filled, document("甲市企业服务与融资中心（本级）", "35.00", year=2022))
    assert own_documents(filled, 2022) == {CENTRE: "甲市企业服务与融资中心（本级）"}


def test_an_amount_that_is_not_certain_leaves_the_sum_undetermined(filled):
    load(filled, document(STATION, ""))
    found = sums(filled)
    assert (found["outcome"], found["is_above"]) == ("undetermined", False)
    assert found["why_not"] == f"{STATION}的数：单元格为空白"


def test_a_list_that_changes_between_two_years(filled):
    """2024 has the station anew and the old institute no more; the head office changed its name."""
    before = (
        unit(1, "甲市经济和信息化委员会（本级）", body="甲市经济和信息化委员会", is_head_office=True),
        unit(2, CENTRE),
        unit(3, "甲市工业研究所"),
    )
    load(filled, department("90.00", before, 2023))
    (found,) = rows(filled, "select * from mart.department_unit_change")
    assert (found["fiscal_year"], found["prior_units"], found["units"], found["units_kept"]) == (2024, 3, 3, 2)
    assert (found["units_added"], found["units_removed"], found["is_changed"]) == ([STATION], ["甲市工业研究所"], True)


def test_an_unchanged_list_is_shown_as_such_and_a_missing_one_is_no_change(filled):
    load(filled, department("90.00", LISTED, 2023))
    load(filled, department("110.00", (), 2025))
    (found,) = rows(filled, "select * from mart.department_unit_change")
    assert (found["fiscal_year"], found["is_changed"]) == (2024, False)
    assert (found["units_added"], found["units_removed"], found["units_kept"]) == ([], [], 3)


def test_a_department_beside_two_of_its_units_from_file_to_view(connection, tmp_path):
    """The department's 100 hold the office's 60 and the centre's 30. In 2023 the institute stood for the station."""
    named = f"1. {DEPARTMENT}本级。\n2. {CENTRE}（公益一类事业单位）。\n3. {STATION}。"
    before = f"1. {DEPARTMENT}本级。\n2. {CENTRE}。\n3. 甲市工业研究所。"
    announced = "纳入本部门决算编制范围的单位共3个，具体是："
    alone = "本单位无下属单位。"
    for one in (
        printed(tmp_path, DEPARTMENT, "100.00", f"{announced}\n{named}", "部门"),
        printed(tmp_path, DEPARTMENT, "60.00", alone),
        printed(tmp_path, CENTRE, "30.00", alone),
        printed(tmp_path, DEPARTMENT, "90.00", f"{announced}\n{before}", "部门", 2023),
    ):
        load(connection, one)
    assert own_documents(connection) == {
        f"{DEPARTMENT}本级": DEPARTMENT,
        f"{CENTRE}（公益一类事业单位）": CENTRE,
        f"{STATION}": None,
    }
    query = "select metric, amount_wan, units_sum_wan, units_listed, units_with_document, outcome from mart.unit_sum"
    assert sorted(connection.execute(query).fetchall()) == [
        ("expenditure", 100, 90, 3, 2, "below"), ("income", 100, 90, 3, 2, "below"),
    ]  # fmt: skip
    query = "select fiscal_year, units_added, units_removed, units_kept from mart.department_unit_change"
    assert connection.execute(query).fetchall() == [(2024, [STATION], ["甲市工业研究所"], 2)]
    query = "select scope, amount_wan from mart.metric_value where metric = 'income' and department = %s order by 2"
    assert connection.execute(query, [DEPARTMENT]).fetchall() == [("unit", 60), ("department", 90), ("department", 100)]


def test_the_office_is_found_where_its_own_document_says_so_in_its_name(filled):
    """But not a body with another remark in brackets."""
    load(filled, department("100.00", year=2022))
    load(filled, document(f"{DEPARTMENT}(南区)", "30.00", year=2022))
    assert set(own_documents(filled, 2022).values()) == {None}
    load(filled, document(f"{DEPARTMENT}(本级)", "40.00", year=2022))
    found = own_documents(filled, 2022)
    assert [unit for unit, own in found.items() if own] == [f"{DEPARTMENT}本级"]
    assert violations(filled) == {}
