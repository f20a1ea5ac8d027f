"""Bodies that follow others: the list, what documents state, and year_over_year over the change. Every expectation is
computed by hand from two or three small documents."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.warehouse.factory import cell, row
from tests.warehouse.factory_statements import changed
from tests.warehouse.test_loader import violations
from tests.warehouse.test_year_checks import year
from tests.warehouse.test_year_over_year import HEADLINE, compared, pick
from warehouse.base.errors import BadSuccessions
from warehouse.load.body_successions import load_successions, read_successions
from warehouse.load.document import load
from warehouse.publish import refresh
from warehouse.records.reading import Scope, TableFound, TableStatus
from warehouse.records.successions import Relation, StatedSuccession
from warehouse.work.forgetting import forget, to_forget

HEADER = "division_code,predecessor,successor,relation,effective,source,note"
OLD, OTHER, NEW = "甲市工业局", "甲市信息化局", "甲市工业和信息化局"
RENAMED = f"411300,{OLD},{NEW},renamed,2024-03-18,甲市机构改革方案,"
MERGED = (f"411300,{OLD},{NEW},merged,2024,甲市机构改革方案,", f"411300,{OTHER},{NEW},merged,2024,甲市机构改革方案,")
SPLIT = (f"411300,{NEW},{OLD},split,2024,甲市机构改革方案,", f"411300,{NEW},{OTHER},split,2024,甲市机构改革方案,")
MARK = ("prior_amount_wan", "continued", "previous_department", "is_comparable")


def spent(body: str, fiscal_year: int, wan: str, *stated, successions=(), amounts=(), **changes):
    """Accounts of a body with one headline, and with what else is given."""
    made = year(
        fiscal_year,
        [cell("GK05", "TOTAL", "total", wan), *amounts],
        stated,
        content=f"{body}{fiscal_year}{wan}",
        profile={"department": body, **changes.pop("profile", {})},
        **changes,
    )
    return replace(made, successions=tuple(successions))


def states(
    predecessor: str, successor: str, relation=Relation.RENAMED, effective_year: int | None = 2024
) -> StatedSuccession:
    words = f"{predecessor}{relation.label}为{successor}"
    return StatedSuccession(predecessor, successor, relation, effective_year, None, words)


def listed(folder: Path, *lines: str) -> Path:
    file = folder / "bodies.csv"
    file.write_text("\n".join([HEADER, *lines, ""]), "utf-8")
    return file


def fill(connection, *extractions) -> None:
    for one in extractions:
        load(connection, one)


# --- the list


def test_a_list_is_read(tmp_path):
    (read,) = read_successions(listed(tmp_path, RENAMED))
    assert (read.key, read.relation, read.effective_on) == (
        ("411300", OLD, NEW, 2024), Relation.RENAMED, date(2024, 3, 18)
    )  # fmt: skip
    assert [one.effective_on for one in read_successions(listed(tmp_path, *MERGED))] == [None, None]


@pytest.mark.parametrize(
    ("lines", "line", "said"),
    [
        ([RENAMED.replace("2024-03-18", "2024-02-30")], 2, "effective is a year, month or day such as 2024-03-18"),
        ([RENAMED.replace("2024-03-18", "去年")], 2, "not “去年”"),
        ([RENAMED, RENAMED.replace("2024-03-18", "")], 3, "not “”"),
        ([RENAMED.replace("renamed", "changed")], 2, "relation changed is none of renamed, merged, split, transferred"),
        ([RENAMED.replace("411300", "4113")], 2, "division_code has six digits"),
        ([RENAMED.replace(OLD, "")], 2, "both names are given"),
        ([RENAMED.replace("甲市机构改革方案", "")], 2, "a succession needs its source"),
        ([RENAMED.replace(OLD, NEW)], 2, "a renamed body has another name"),
        ([RENAMED, RENAMED], 2, "this succession stands in one line only"),
        (MERGED[:1], 2, "merged needs a line for each of its predecessors"),
        (SPLIT[1:], 2, "split needs a line for each of its successors"),
    ],
)
def test_a_faulty_line_is_named(tmp_path, lines, line, said):
    with pytest.raises(BadSuccessions, match=rf"bodies\.csv line {line}: .*{said}"):
        read_successions(listed(tmp_path, *lines))


def test_a_list_without_a_column_is_refused(tmp_path):
    file = tmp_path / "bodies.csv"
    file.write_text(HEADER.replace(",effective", ""), "utf-8")
    with pytest.raises(BadSuccessions, match=r"bodies\.csv: column effective is missing"):
        read_successions(file)


def test_an_unknown_division_is_refused_and_nothing_changes(connection, tmp_path):
    load_successions(connection, listed(tmp_path, RENAMED))
    with pytest.raises(BadSuccessions, match="no division has the code 999999"):
        load_successions(connection, listed(tmp_path, RENAMED.replace("411300", "999999")))
    assert connection.execute("select count(*) from mart.body_history").fetchone() == (1,)


def test_a_list_replaces_the_list_before(connection, tmp_path):
    assert load_successions(connection, listed(tmp_path, *MERGED)) == 2
    assert load_successions(connection, listed(tmp_path, RENAMED)) == 1
    query = "select predecessor, successor, relation, effective_on, predecessor_id from mart.body_history"
    assert connection.execute(query).fetchall() == [(OLD, NEW, "renamed", date(2024, 3, 18), None)]


# --- the year before, over a change


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_a_renamed_body_is_compared_with_its_former_name(connection, tmp_path, order):
    """2023: 70 under the old name; 2024: 77 under the new one. In any order of loading."""
    steps = [
        lambda: load(connection, spent(OLD, 2023, "70.00")),
        lambda: load(connection, spent(NEW, 2024, "77.00", *changed(HEADLINE, "77.00", "7.00"))),
        lambda: load_successions(connection, listed(tmp_path, RENAMED)),
    ]
    for step in order:
        steps[step]()
    found = compared(connection)
    assert pick(found, *MARK) == (70, "renamed", OLD, True)
    assert pick(found, "change_wan", "change_pct", "outcome", "prior_source") == (7, 10, "exact", "published")
    assert pick(found, "succession", "succession_source") == (f"{OLD} → {NEW}（2024 年更名）", "甲市机构改革方案")
    assert violations(connection) == {}


def test_without_a_succession_another_name_is_another_body(connection):
    fill(connection, spent(OLD, 2023, "70.00"), spent(NEW, 2024, "77.00"))
    assert pick(compared(connection), *MARK) == (None, "same", None, False)


@pytest.mark.parametrize(
    ("first_of_new", "effective"),
    [(2023, "2024-03-18"), (2025, "2024-12-30"), (2024, "2024")],
)
def test_a_new_name_may_be_used_a_year_earlier_or_later(connection, tmp_path, first_of_new, effective):
    """The accounts of 2023 appear in 2024, under the name of that year."""
    load_successions(connection, listed(tmp_path, RENAMED.replace("2024-03-18", effective)))
    fill(connection, spent(OLD, first_of_new - 1, "70.00"), spent(NEW, first_of_new, "77.00"))
    assert pick(compared(connection, fiscal_year=first_of_new), *MARK) == (70, "renamed", OLD, True)


def test_a_body_that_goes_on_under_its_old_name_is_not_followed(connection, tmp_path):
    load_successions(connection, listed(tmp_path, RENAMED))
    fill(connection, spent(OLD, 2023, "70.00"), spent(OLD, 2024, "71.00"), spent(NEW, 2024, "77.00"))
    found = connection.execute(
        "select department, prior_amount_wan, continued from mart.year_over_year"
        " where metric = %s and fiscal_year = 2024 order by 2 nulls last",
        [HEADLINE],
    ).fetchall()
    assert found == [(OLD, 70, "same"), (NEW, None, "same")]


def test_a_renamed_body_without_its_former_document_has_what_it_states(connection, tmp_path):
    load_successions(connection, listed(tmp_path, RENAMED))
    load(connection, spent(NEW, 2024, "77.00"))
    found = compared(connection)
    assert pick(found, *MARK, "why_not") == (
        None, "renamed", OLD, False, f"“{OLD}”的上年文件未入库，本年文件也未述增减"
    )  # fmt: skip
    load(connection, spent(NEW, 2024, "77.10", *changed(HEADLINE, "77.10", "7.00")))
    assert pick(compared(connection), *MARK, "prior_source") == (Decimal("70.10"), "renamed", OLD, True, "stated")


def test_another_scope_is_not_followed(connection, tmp_path):
    load_successions(connection, listed(tmp_path, RENAMED))
    fill(connection, spent(OLD, 2023, "70.00", profile={"scope": Scope.UNIT}), spent(NEW, 2024, "77.00"))
    assert pick(compared(connection), *MARK) == (None, "renamed", OLD, False)


def test_the_body_of_another_place_is_not_followed(connection, tmp_path):
    load_successions(connection, listed(tmp_path, RENAMED.replace("411300", "410300")))
    fill(connection, spent(OLD, 2023, "70.00"), spent(NEW, 2024, "77.00"))
    assert pick(compared(connection), *MARK) == (None, "same", None, False)


def test_a_merged_body_is_compared_with_the_sum_of_all_predecessors(connection, tmp_path):
    """2023: 70 and 20; 2024: 99. Code 215: 40 and 10, then 55; code 208: 5 in one of the two, then 6."""
    load_successions(connection, listed(tmp_path, *MERGED))
    first = row("GK03", "215", total="40.00") + row("GK03", "208", total="5.00")
    fill(
        connection,
        spent(OLD, 2023, "70.00", amounts=first),
        spent(OTHER, 2023, "20.00", amounts=row("GK03", "215", total="10.00")),
        spent(NEW, 2024, "99.00", amounts=row("GK03", "215", total="55.00") + row("GK03", "208", total="6.00")),
    )
    found = compared(connection)
    assert pick(found, *MARK) == (90, "merged", "、".join(sorted((OLD, OTHER))), True)
    assert pick(found, "change_wan", "change_pct", "prior_document_id") == (9, 10, None)
    assert pick(compared(connection, "functional:215"), "prior_amount_wan", "is_comparable") == (50, True)
    assert pick(compared(connection, "functional:208"), "prior_amount_wan", "is_comparable") == (5, True)
    assert violations(connection) == {}


def test_a_merged_body_without_the_document_of_one_predecessor_has_no_prior_amount(connection, tmp_path):
    load_successions(connection, listed(tmp_path, *MERGED))
    fill(connection, spent(OLD, 2023, "70.00"), spent(NEW, 2024, "99.00", *changed(HEADLINE, "99.00", "9.00")))
    found = compared(connection)
    assert pick(found, "prior_amount_wan", "published_prior_wan", "stated_prior_wan", "change_wan") == (
        None, None, 90, None
    )  # fmt: skip
    assert pick(found, "continued", "is_comparable") == ("merged", False)
    assert f"“{OTHER}”的上年文件未入库，无从相加" in found["why_not"]


@pytest.mark.parametrize("printed", ["", "——"])
def test_a_predecessor_without_the_number_gives_no_sum(connection, tmp_path, printed):
    load_successions(connection, listed(tmp_path, *MERGED))
    fill(
        connection, spent(OLD, 2023, "70.00"), spent(OTHER, 2023, printed), spent(NEW, 2024, "99.00")
    )  # fmt: skip
    found = compared(connection)
    assert pick(found, "prior_amount_wan", "published_prior_wan", "is_comparable") == (None, None, False)
    assert found["why_not"].startswith("上年数：单元格")


def test_a_code_is_not_summed_where_the_table_of_a_predecessor_is_not_known(connection, tmp_path):
    """The second predecessor prints no 公开03表: nobody knows its 215."""
    load_successions(connection, listed(tmp_path, *MERGED))
    tables = (TableFound("GK03", TableStatus.ABSENT), TableFound("GK05", TableStatus.PRESENT))
    fill(
        connection,
        spent(OLD, 2023, "70.00", amounts=row("GK03", "215", total="40.00")),
        spent(OTHER, 2023, "20.00", tables=tables),
        spent(NEW, 2024, "99.00", amounts=row("GK03", "215", total="55.00")),
    )
    assert compared(connection)["prior_amount_wan"] == 90
    found = compared(connection, "functional:215")
    assert pick(found, "prior_amount_wan", "published_prior_wan", "is_comparable") == (None, None, False)


def test_a_sentence_that_disagrees_with_the_sum_of_predecessors_proves_no_fault(connection, tmp_path):
    load_successions(connection, listed(tmp_path, *MERGED))
    fill(
        connection,
        spent(OLD, 2023, "70.00"),
        spent(OTHER, 2023, "20.00"),
        spent(NEW, 2024, "99.00", *changed(HEADLINE, "99.00", "29.00")),
    )
    assert pick(compared(connection), "prior_amount_wan", "stated_prior_wan", "outcome") == (90, 70, "undetermined")


def test_a_body_that_keeps_its_name_in_a_merger_is_one_of_its_predecessors(connection, tmp_path):
    """2023: 70 and 20 in the other; 2024: 99 under the name of the first."""
    lines = [line.replace(NEW, OLD) for line in MERGED]
    load_successions(connection, listed(tmp_path, *lines))
    fill(connection, spent(OLD, 2023, "70.00"), spent(OTHER, 2023, "20.00"), spent(OLD, 2024, "99.00"))
    assert pick(compared(connection), "prior_amount_wan", "continued", "is_comparable") == (90, "merged", True)


def test_a_merged_body_whose_own_former_accounts_the_list_forgets_has_no_prior_amount(connection, tmp_path):
    load_successions(connection, listed(tmp_path, *MERGED))
    bodies = ((OLD, "70.00"), (OTHER, "20.00"), (NEW, "5.00"))
    fill(connection, *(spent(body, 2023, wan) for body, wan in bodies), spent(NEW, 2024, "99.00"))
    found = compared(connection)
    assert pick(found, "prior_amount_wan", "continued", "is_comparable") == (None, "merged", False)
    assert found["why_not"].endswith("而上年已有本部门的文件，承继所载未及其内容")


def test_the_parts_of_a_split_body_are_not_compared(connection, tmp_path):
    load_successions(connection, listed(tmp_path, *SPLIT))
    stated = changed(HEADLINE, "30.00", "1.00")
    fill(connection, spent(NEW, 2023, "90.00"), spent(OLD, 2024, "70.00"), spent(OTHER, 2024, "30.00", *stated))
    found = connection.execute(
        "select distinct prior_amount_wan, change_wan, continued, previous_department, is_comparable, why_not"
        " from mart.year_over_year where metric = %s and fiscal_year = 2024",
        [HEADLINE],
    ).fetchall()
    assert found == [(None, None, "split", NEW, False, f"由“{NEW}”拆分而来，上年数无从分列")]


def test_duties_that_were_transferred_keep_the_prior_amount_and_are_not_comparable(connection, tmp_path):
    load_successions(connection, listed(tmp_path, f"411300,{OLD},{OTHER},transferred,2024,甲市机构改革方案,"))
    for body in (OLD, OTHER):
        fill(connection, *(spent(body, fiscal_year, "70.00") for fiscal_year in (2023, 2024, 2025)))
    found = connection.execute(
        "select fiscal_year, prior_amount_wan, continued, is_comparable, why_not, count(*) from mart.year_over_year"
        " where metric = %s and fiscal_year > 2023 group by 1, 2, 3, 4, 5 order by 1",
        [HEADLINE],
    ).fetchall()
    reason = f"部门职责有进出：{OLD} → {OTHER}（2024 年职责划转）"
    assert found == [(2024, 70, "transferred", False, reason, 2), (2025, 70, "same", True, None, 2)]


# --- what documents state


@pytest.mark.parametrize("by", [OLD, NEW])
@pytest.mark.parametrize("effective_year", [2024, None])
def test_a_document_may_state_the_change_of_its_own_body(connection, by, effective_year):
    said = [states(OLD, NEW, effective_year=effective_year)]
    fill(
        connection,
        spent(NEW, 2024, "77.00", successions=said if by == NEW else ()),
        spent(OLD, 2023, "70.00", successions=said if by == OLD else ()),
    )
    assert pick(compared(connection), *MARK) == (70, "renamed", OLD, True)
    assert violations(connection) == {}
    query = "select origin, printed, is_used, why_not_used from mart.body_history"
    assert connection.execute(query).fetchall() == [("document", f"{OLD}更名为{NEW}", True, None)]


def test_a_change_of_long_ago_is_history_and_changes_no_comparison(connection):
    old = [states("甲市经贸局", NEW, effective_year=None)]
    fill(connection, spent(NEW, 2023, "70.00"), spent(NEW, 2024, "77.00", successions=old))
    assert pick(compared(connection), *MARK) == (70, "same", None, True)


def test_what_a_forgotten_document_said_is_taken_back(connection):
    fill(connection, spent(NEW, 2024, "77.00"), spent(OLD, 2023, "70.00", successions=[states(OLD, NEW)]))
    fill(connection, spent(OLD, 2022, "60.00"))
    assert compared(connection)["continued"] == "renamed"
    query = "select left(sha256, 12) from mart.disclosure where fiscal_year = 2023"
    (digest,) = connection.execute(query).fetchone()
    forget(connection, to_forget(connection, digest), "test")
    assert pick(compared(connection), *MARK) == (None, "same", None, False)
    assert connection.execute("select count(*) from mart.body_history").fetchone() == (0,)
    assert violations(connection) == {}


def test_the_list_outweighs_a_document_and_a_doubt_says_so(connection, tmp_path):
    """The document says that the body has a new name, the list that it was merged of two."""
    fill(
        connection,
        spent(OLD, 2023, "70.00"),
        spent(OTHER, 2023, "20.00"),
        spent(NEW, 2024, "99.00", successions=[states(OLD, NEW)]),
    )
    assert pick(compared(connection), "prior_amount_wan", "continued") == (70, "renamed")
    load_successions(connection, listed(tmp_path, *MERGED))
    assert pick(compared(connection), "prior_amount_wan", "continued") == (90, "merged")
    query = "select what, printed, reason from mart.doubt where what = 'succession_differs'"
    ((_, printed, reason),) = connection.execute(query).fetchall()
    assert printed == f"{OLD}更名为{NEW}"
    assert f"{OTHER} → {NEW}（2024，merged）" in reason
    assert violations(connection) == {}


def test_a_document_that_says_what_the_list_says_is_no_doubt(connection, tmp_path):
    load_successions(connection, listed(tmp_path, RENAMED))
    fill(connection, spent(OLD, 2023, "70.00"), spent(NEW, 2024, "77.00", successions=[states(OLD, NEW)]))
    assert pick(compared(connection), "prior_amount_wan", "succession_source") == (70, "甲市机构改革方案")
    assert connection.execute("select from mart.doubt where what = 'succession_differs'").fetchall() == []
    query = "select why_not_used from mart.body_history where origin = 'document'"
    assert connection.execute(query).fetchall() == [("承继表所载相同",)]


def test_documents_that_name_different_predecessors_give_no_prior_amount(connection):
    fill(
        connection,
        spent(OLD, 2023, "70.00", successions=[states(OLD, NEW)]),
        spent(OTHER, 2023, "20.00", successions=[states(OTHER, NEW)]),
        spent(NEW, 2024, "99.00"),
    )
    found = compared(connection)
    assert pick(found, "prior_amount_wan", "continued", "is_comparable") == (None, "renamed", False)
    assert found["why_not"].startswith("所述前身不一：")


def test_rebuilding_changes_nothing(connection, tmp_path):
    load_successions(connection, listed(tmp_path, *MERGED))
    fill(connection, *(spent(body, 2023, "70.00") for body in (OLD, OTHER)), spent(NEW, 2024, "99.00"))
    query = "select y::text from mart.year_over_year as y order by 1"
    at_once = connection.execute(query).fetchall()
    refresh.rebuild(connection)
    assert connection.execute(query).fetchall() == at_once


def test_the_comparison_of_a_day_before_the_documents_has_no_row(connection, tmp_path):
    load_successions(connection, listed(tmp_path, RENAMED))
    fill(connection, spent(OLD, 2023, "70.00"), spent(NEW, 2024, "77.00"))
    today = "(now() at time zone 'Asia/Shanghai')::date"
    query = """
        select continued, prior_amount_wan from mart.year_over_year_as_of({})
        where metric = %s and fiscal_year = 2024
    """
    assert connection.execute(query.format(today), [HEADLINE]).fetchall() == [("renamed", 70)]
    assert connection.execute(query.format("'2001-01-01'"), [HEADLINE]).fetchall() == []
