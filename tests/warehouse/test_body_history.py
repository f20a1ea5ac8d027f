"""Bodies that follow others: the list, what documents state, and year_over_year over the change. Every expectation is
computed by hand from two or three small documents; each case stands in a city of its own, all in one warehouse."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from ingest.cli.compare_tables import note
from ingest.pipeline import extract
from tests.ingest.truth import SAMPLES
from tests.warehouse.factory import cell, row, source
from tests.warehouse.factory_statements import changed
from tests.warehouse.test_loader import violations
from tests.warehouse.test_year_checks import year
from tests.warehouse.test_year_over_year import HEADLINE
from warehouse.base.database import connect
from warehouse.base.errors import BadSuccessions
from warehouse.comparison.choices import chosen_metrics, department_like
from warehouse.comparison.queries import trend
from warehouse.kinds.reference_lists import divisions
from warehouse.load.body_successions import load_successions, read_successions
from warehouse.load.document import load
from warehouse.publish import refresh
from warehouse.records.reading import Extraction, Level, Scope, TableFound, TableStatus
from warehouse.records.successions import Relation, StatedSuccession
from warehouse.work.forgetting import forget, to_forget

HEADER = "division_code,predecessor,successor,relation,effective,source,note"
OLD, OTHER, NEW = "甲市工业局", "甲市信息化局", "甲市工业和信息化局"
BOTH = "、".join(sorted((OLD, OTHER)))
QUOTED = "".join(f"“{name}”" for name in sorted((OLD, OTHER)))
PLAN = "甲市机构改革方案"
CITIES = [one.code for one in divisions() if one.level is Level.PREFECTURE]
RENAMED = f"411300,{OLD},{NEW},renamed,2024-03-18,{PLAN},"


def line(predecessor: str, successor: str, relation: str, effective: str = "2024") -> str:
    return f"CITY,{predecessor},{successor},{relation},{effective},{PLAN},"


MERGED = (line(OLD, NEW, "merged"), line(OTHER, NEW, "merged"))
SPLIT = (line(NEW, OLD, "split"), line(NEW, OTHER, "split"))


def spent(body: str, fiscal_year: int, wan: str, *stated, says=(), amounts=(), **changes) -> Extraction:
    """Accounts of a body with one headline, and with what else is given."""
    cells = [cell("GK05", "TOTAL", "total", wan), *amounts]
    made = year(fiscal_year, cells, stated, profile={"department": body, **changes.pop("profile", {})}, **changes)
    return replace(made, successions=tuple(says))


def states(
    predecessor: str, successor: str, relation: Relation = Relation.RENAMED, effective_year: int | None = 2024
) -> StatedSuccession:
    words = f"{predecessor}{relation.label}为{successor}"
    return StatedSuccession(predecessor, successor, relation, effective_year, None, words)


@dataclass(frozen=True)
class Case:
    """What is listed and loaded; then, of the headline, or of `metric`, of the body in 2024: prior amount, `continued`,
    previous department, whether comparable; and the beginning of the reason, or what else is expected."""

    listed: tuple[str, ...]
    documents: tuple[Extraction, ...]
    expected: tuple[object, ...]
    why_not: str | None = None
    metric: str = HEADLINE
    body: str = NEW
    fiscal_year: int = 2024
    more: tuple[tuple[str, object], ...] = ()


TWO = (spent(OLD, 2023, "70.00"), spent(NEW, 2024, "77.00", *changed(HEADLINE, "77.00", "7.00")))
THREE = (spent(OLD, 2023, "70.00"), spent(OTHER, 2023, "20.00"), spent(NEW, 2024, "99.00"))
WITH_CODES = (
    spent(OLD, 2023, "70.00", amounts=row("GK03", "215", total="40.00") + row("GK03", "208", total="5.00")),
    spent(OTHER, 2023, "20.00", amounts=row("GK03", "215", total="10.00")),
    spent(NEW, 2024, "99.00", amounts=row("GK03", "215", total="55.00") + row("GK03", "208", total="6.00")),
)
ABSENT = (TableFound("GK03", TableStatus.ABSENT), TableFound("GK05", TableStatus.PRESENT))
WITHOUT_A_TABLE = (WITH_CODES[0], spent(OTHER, 2023, "20.00", tables=ABSENT), WITH_CODES[2])
FOLLOWED, NOT_FOLLOWED = (70, "renamed", OLD, True), (None, "same", None, False)
MOVED = f"部门职责有进出：{OLD} → {OTHER}（2024 年职责划转）"
FIVE_YEARS = tuple(spent(body, y, "70.00") for body in (OLD, OTHER) for y in (2023, 2024, 2025))
CASES = {
    # the list
    "renamed": Case(
        (line(OLD, NEW, "renamed", "2024-03-18"),), TWO, FOLLOWED,
        more=(("change_wan", 7), ("change_pct", 10), ("outcome", "exact"), ("prior_source", "published"),
              ("succession", f"{OLD} → {NEW}（2024 年更名）"), ("succession_source", PLAN)),
    ),
    "another name and no succession": Case((), (*TWO[:1], spent(NEW, 2024, "77.00")), NOT_FOLLOWED),
    "the new name is used for the accounts of the year before": Case(
        (line(OLD, NEW, "renamed"),), (spent(OLD, 2022, "70.00"), spent(NEW, 2023, "77.00")), FOLLOWED, fiscal_year=2023
    ),
    "the new name is used a year late": Case(
        (line(OLD, NEW, "renamed", "2024-12-30"),),
        (spent(OLD, 2024, "70.00"), spent(NEW, 2025, "77.00")), FOLLOWED, fiscal_year=2025,
    ),
    "the old name is still used in the year": Case(
        (line(OLD, NEW, "renamed"),),
        (spent(OLD, 2023, "70.00"), spent(OLD, 2024, "71.00"), spent(NEW, 2024, "77.00")), NOT_FOLLOWED,
    ),
    "the year after a change": Case(
        (line(OLD, NEW, "renamed"),),
        (*TWO, spent(NEW, 2025, "80.00")), (77, "same", None, True), fiscal_year=2025,
    ),
    "renamed, the former document is not loaded": Case(
        (line(OLD, NEW, "renamed"),), (spent(NEW, 2024, "77.00"),), (None, "renamed", OLD, False),
        f"“{OLD}”的上年文件未入库，本年文件也未述此数的增减",
    ),
    "renamed, the narrative says the change": Case(
        (line(OLD, NEW, "renamed"),), TWO[1:], (70, "renamed", OLD, True), more=(("prior_source", "stated"),)
    ),
    "renamed, the former document is of another scope": Case(
        (line(OLD, NEW, "renamed"),),
        (spent(OLD, 2023, "70.00", profile={"scope": Scope.UNIT}), spent(NEW, 2024, "77.00")),
        (None, "renamed", OLD, False), f"“{OLD}”的上年文件未入库",
    ),
    "renamed, elsewhere": Case(
        (line(OLD, NEW, "renamed").replace("CITY", "310000"),),
        (spent(OLD, 2023, "70.00"), spent(NEW, 2024, "77.00")), NOT_FOLLOWED,
    ),
    "merged": Case(
        MERGED, THREE, (90, "merged", BOTH, True),
        more=(("change_wan", 9), ("change_pct", 10), ("prior_document_id", None)),
    ),
    "merged, a code of both": Case(MERGED, WITH_CODES, (50, "merged", BOTH, True), metric="functional:215"),
    "merged, a code of one": Case(MERGED, WITH_CODES, (5, "merged", BOTH, True), metric="functional:208"),
    "merged, one predecessor is not loaded": Case(
        MERGED, (THREE[0], spent(NEW, 2024, "99.00", *changed(HEADLINE, "99.00", "9.00"))),
        (None, "merged", BOTH, False), f"由{QUOTED}合并而来，其中“{OTHER}”的上年文件未入库，无从相加",
        more=(("published_prior_wan", None), ("stated_prior_wan", 90), ("change_wan", None)),
    ),
    "merged, one predecessor prints a blank": Case(
        MERGED, (THREE[0], spent(OTHER, 2023, ""), THREE[2]), (None, "merged", BOTH, False), "上年数：单元格为空白",
        more=(("published_prior_wan", None),),
    ),
    "merged, a table of one predecessor is not there": Case(
        MERGED, WITHOUT_A_TABLE, (None, "merged", BOTH, False), metric="functional:215",
        more=(("published_prior_wan", None),),
    ),
    "merged, the table of the headline is there": Case(MERGED, WITHOUT_A_TABLE, (90, "merged", BOTH, True)),
    "merged, the sentence may speak of one predecessor": Case(
        MERGED, (*THREE[:2], spent(NEW, 2024, "99.00", *changed(HEADLINE, "99.00", "29.00"))),
        (90, "merged", BOTH, True), more=(("stated_prior_wan", 70), ("outcome", "undetermined")),
    ),
    "merged, one keeps its name": Case(
        (line(OLD, OLD, "merged"), line(OTHER, OLD, "merged")),
        (*THREE[:2], spent(OLD, 2024, "99.00")), (90, "merged", BOTH, True), body=OLD,
    ),
    "merged, the list forgets the one that kept its name": Case(
        MERGED, (*THREE[:2], spent(NEW, 2023, "5.00"), THREE[2]), (None, "merged", BOTH, False),
        f"由{QUOTED}合并而来，而上年已有本部门的文件",
    ),
    "split": Case(
        SPLIT, (spent(NEW, 2023, "90.00"), spent(OTHER, 2024, "30.00", *changed(HEADLINE, "30.00", "1.00"))),
        (None, "split", NEW, False), f"由“{NEW}”拆分而来，上年数无从分列", body=OTHER, more=(("change_wan", None),),
    ),
    "duties went away": Case(
        (line(OLD, OTHER, "transferred"),), FIVE_YEARS, (70, "transferred", OLD, False), MOVED, body=OLD
    ),
    "duties came": Case(
        (line(OLD, OTHER, "transferred"),), FIVE_YEARS, (70, "transferred", OTHER, False), MOVED, body=OTHER
    ),
    "the year after duties came": Case(
        (line(OLD, OTHER, "transferred"),), FIVE_YEARS, (70, "same", None, True), body=OTHER, fiscal_year=2025
    ),
    # documents
    "stated by the successor": Case(
        (), (spent(OLD, 2023, "70.00"), spent(NEW, 2024, "77.00", says=[states(OLD, NEW)])), FOLLOWED
    ),
    "stated by the predecessor, without a year": Case(
        (), (spent(OLD, 2023, "70.00", says=[states(OLD, NEW, effective_year=None)]), TWO[1]), FOLLOWED
    ),
    "long ago": Case(
        (),
        (spent(NEW, 2023, "70.00"), spent(NEW, 2024, "77.00", says=[states("甲市经贸局", NEW, effective_year=None)])),
        (70, "same", None, True),
    ),
    "the list says otherwise": Case(
        MERGED, (*THREE[:2], spent(NEW, 2024, "99.00", says=[states(OLD, NEW)])), (90, "merged", BOTH, True)
    ),
    "the list says the same": Case(
        (line(OLD, NEW, "renamed"),), (TWO[0], spent(NEW, 2024, "77.00", says=[states(OLD, NEW)])), FOLLOWED,
        more=(("succession_source", PLAN),),
    ),
    "documents name different predecessors": Case(
        (),
        (
            spent(OLD, 2023, "70.00", says=[states(OLD, NEW)]),
            spent(OTHER, 2023, "20.00", says=[states(OTHER, NEW)]),
            THREE[2],
        ),
        (None, "renamed", min(OLD, OTHER), False), "所述前身不一：",
    ),
}  # fmt: skip
CITY = dict(zip(CASES, CITIES, strict=False))


def in_city(made: Extraction, code: str) -> Extraction:
    """The extraction as that of a body of this city."""
    own = f"{code}{made.profile.department}{made.profile.fiscal_year}"
    return replace(made, source=source(own, f"{own}.pdf"), profile=replace(made.profile, division_code=code))


def listed(folder: Path, *lines: str) -> Path:
    file = folder / "bodies.csv"
    file.write_text("\n".join([HEADER, *lines, ""]), "utf-8")
    return file


@pytest.fixture(scope="module")
def warehouse(module_database: str, tmp_path_factory) -> Iterator:
    """A connection to a warehouse with the lists and documents of all cases."""
    lines = [said.replace("CITY", CITY[name]) for name, case in CASES.items() for said in case.listed]
    with connect(module_database) as connection:
        for name, case in CASES.items():
            for made in case.documents:
                load(connection, in_city(made, CITY[name]), refresh=False)
        refresh.refresh_stale(connection)
        load_successions(connection, listed(tmp_path_factory.mktemp("lists"), *lines))
        yield connection


@pytest.mark.takes(10)
@pytest.mark.parametrize("name", CASES)
def test_the_year_before_a_change(warehouse, name):
    case = CASES[name]
    columns = ["prior_amount_wan", "continued", "previous_department", "is_comparable", "why_not"]
    query = f"""
        select {", ".join([*columns, *(column for column, _ in case.more)])}
        from mart.year_over_year where division_code = %s and department = %s and fiscal_year = %s and metric = %s
    """
    asked = [CITY[name], case.body, case.fiscal_year, case.metric]
    found = warehouse.execute(query, asked).fetchone()
    why_not = found[4]
    assert (found[:4], found[5:]) == (case.expected, tuple(value for _, value in case.more))
    assert why_not is None if case.expected[3] else why_not.startswith(case.why_not or "")


def test_the_list_outweighs_a_document_and_a_doubt_says_so(warehouse):
    """The document says that the body has a new name, the list that it was merged of two."""
    query = "select division_code, printed, reason from mart.doubt where what = 'succession_differs'"
    ((city, printed, reason),) = warehouse.execute(query).fetchall()
    assert (city, printed) == (CITY["the list says otherwise"], f"{OLD}更名为{NEW}")
    assert f"{OTHER} → {NEW}（2024，merged）" in reason


def test_the_history_says_what_is_used(warehouse):
    query = """
        select origin, relation, is_used, left(why_not_used, 8) from mart.body_history
        where division_code = %s order by origin desc, predecessor
    """
    assert warehouse.execute(query, [CITY["the list says the same"]]).fetchall() == [
        ("list", "renamed", True, None), ("document", "renamed", False, "承继表所载相同")
    ]  # fmt: skip
    found = warehouse.execute(query, [CITY["the list says otherwise"]]).fetchall()
    assert found[2:] == [("document", "renamed", False, "承继表就同一变更")]


# --- one document after another


def year_over_year(connection) -> list[tuple]:
    return connection.execute("select y::text from mart.year_over_year as y order by 1").fetchall()


@pytest.mark.long
def test_in_any_order_and_without_what_was_forgotten(connection):
    """The successor before its predecessors, and the one that states the change at last; then that one is forgotten."""
    says = [states(OLD, NEW, Relation.MERGED), states(OTHER, NEW, Relation.MERGED)]
    for made in (THREE[2], THREE[0], replace(THREE[1], successions=tuple(says))):
        load(connection, in_city(made, "411300"))
    query = "select prior_amount_wan, continued from mart.year_over_year where fiscal_year = 2024 and metric = %s"
    assert connection.execute(query, [HEADLINE]).fetchall() == [(90, "merged")]
    today = "(now() at time zone 'Asia/Shanghai')::date"
    for day, expected in ((today, [(90, "merged")]), ("'2001-01-01'", [])):
        shown = query.replace("mart.year_over_year", f"mart.year_over_year_as_of({day})")
        assert connection.execute(shown, [HEADLINE]).fetchall() == expected
    at_once = year_over_year(connection)
    refresh.rebuild(connection)
    assert year_over_year(connection) == at_once
    (number,) = connection.execute(
        "select document_id from mart.published_document where department = %s", [OTHER]
    ).fetchone()
    connection.commit()
    forget(connection, to_forget(connection, str(number)), "test")
    assert connection.execute(query, [HEADLINE]).fetchall() == [(None, "same")]
    assert connection.execute("select count(*) from mart.body_history").fetchone() == (0,)
    assert violations(connection) == {}


def written(folder: Path, body: str, fiscal_year: int, sentence: str = "") -> Path:
    """The text of a sample as that of another body and year, with a sentence below its duties."""
    text = (SAMPLES / "shifan_gongxin_2023.txt").read_text("gb18030")
    for known in (2023, 2022, 2021):  # the year after first
        text = text.replace(str(known), str(known + fiscal_year - 2023))
    text = text.replace("示范市工业和信息化局", body).replace("二、机构设置", f"{sentence}\n\n二、机构设置")
    file = folder / f"{fiscal_year}.txt"
    file.write_text(text, "utf-8")
    return file


def test_a_document_that_states_its_former_name_is_compared_with_it(connection, tmp_path):
    old, new = "示范市工业局", "示范市工业和科技局"
    load(connection, extract(written(tmp_path, old, 2023)))
    load(connection, extract(written(tmp_path, new, 2024, f"2024年3月，根据机构改革方案，{old}更名为{new}。")))
    query = """
        select count(*), count(*) filter (where change_wan = 0), min(previous_department), max(succession)
        from mart.year_over_year where fiscal_year = 2024 and continued = 'renamed' and prior_source = 'published'
    """
    (rows, unchanged, previous, succession) = connection.execute(query).fetchone()
    assert rows > 50 and rows == unchanged
    assert (previous, succession) == (old, f"{old} → {new}（2024 年更名）")
    department = department_like(connection, new)
    shown = trend(connection, department, chosen_metrics(connection, ("expenditure",)))
    assert [note(row) for row in shown.rows] == [f"机构承继：{old} → {new}（2024 年更名）"]


def test_a_list_replaces_the_list_before_and_an_unknown_division_is_refused(connection, tmp_path):
    merged = [said.replace("CITY", "411300") for said in MERGED]
    assert load_successions(connection, listed(tmp_path, *merged)) == 2
    assert load_successions(connection, listed(tmp_path, RENAMED)) == 1
    with pytest.raises(BadSuccessions, match="no division has the code 999999"):
        load_successions(connection, listed(tmp_path, RENAMED.replace("411300", "999999")))
    query = "select predecessor, successor, relation, effective_on, predecessor_id from mart.body_history"
    assert connection.execute(query).fetchall() == [(OLD, NEW, "renamed", date(2024, 3, 18), None)]


# --- the list as a file


def test_a_list_is_read(tmp_path):
    (read,) = read_successions(listed(tmp_path, RENAMED))
    assert (read.key, read.relation, read.effective_on) == (
        ("411300", OLD, NEW, 2024), Relation.RENAMED, date(2024, 3, 18)
    )  # fmt: skip
    (read,) = read_successions(listed(tmp_path, RENAMED.replace("-18", "")))
    assert (read.effective_year, read.effective_on) == (2024, None)


@pytest.mark.parametrize(
    ("lines", "number", "said"),
    [
        ([RENAMED.replace("2024-03-18", "2024-02-30")], 2, "effective is a year, month or day such as 2024-03-18"),
        ([RENAMED.replace("2024-03-18", "去年")], 2, "not “去年”"),
        ([RENAMED, RENAMED.replace("2024-03-18", "")], 3, "not “”"),
        ([RENAMED.replace("renamed", "changed")], 2, "relation changed is none of renamed, merged, split, transferred"),
        ([RENAMED.replace("411300", "4113")], 2, "division_code has six digits"),
        ([RENAMED.replace(OLD, "")], 2, "both names are given"),
        ([RENAMED.replace(PLAN, "")], 2, "a succession needs its source"),
        ([RENAMED.replace(OLD, NEW)], 2, "a renamed body has another name"),
        ([RENAMED, RENAMED], 2, "this succession stands in one line only"),
        ([MERGED[0].replace("CITY", "411300")], 2, "merged needs a line for each of its predecessors"),
        ([SPLIT[0].replace("CITY", "411300")], 2, "split needs a line for each of its successors"),
    ],
)
def test_a_faulty_line_is_named(tmp_path, lines, number, said):
    with pytest.raises(BadSuccessions, match=rf"bodies\.csv line {number}: .*{said}"):
        read_successions(listed(tmp_path, *lines))


def test_a_list_as_a_spreadsheet_program_in_chinese_saves_it(tmp_path):
    file = listed(tmp_path, RENAMED)
    file.write_bytes(file.read_text("utf-8").encode("gb18030"))
    (read,) = read_successions(file)
    assert (read.predecessor, read.successor) == (OLD, NEW)
    file.write_bytes(b"\xff\xff\xff")
    with pytest.raises(BadSuccessions, match=r"bodies\.csv: is text in neither UTF-8 nor GB18030$"):
        read_successions(file)


def test_a_list_without_a_column_is_refused(tmp_path):
    file = tmp_path / "bodies.csv"
    file.write_text(HEADER.replace(",effective", ""), "utf-8")
    with pytest.raises(BadSuccessions, match=r"bodies\.csv: column effective is missing"):
        read_successions(file)
