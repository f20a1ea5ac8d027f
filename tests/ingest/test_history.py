"""What documents say of the history of their own body; the sentences are made up."""

from datetime import date

import pytest

from ingest.document import Document, Line
from ingest.narrative.history import read_history
from warehouse.records.places import Place

OLD, OTHER, NEW = "示范市工业局", "示范市信息化局", "示范市工业和信息化局"


def stated(text: str, department: str = NEW):
    lines = tuple(Line(part, Place(line_no=number)) for number, part in enumerate(text.split("|"), start=1))
    return read_history(Document(format="text", pages=None, blocks=lines), department)


def changes(text: str, department: str = NEW) -> list[tuple]:
    return [
        (one.predecessor, one.successor, one.relation.value, one.effective_year) for one in stated(text, department)
    ]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (f"2024年3月,{OLD}更名为{NEW}。", 2024),
        (f"2024年3月18日,{OLD}正式更名为{NEW},加挂示范市中小企业局牌子。", 2024),
        (f"根据示范市机构改革方案,原{OLD}于2024年3月更名为{NEW}。", 2024),
        (f"根据示范市机构改革方案，2024年3月{OLD}改名为{NEW}（以下简称市工信局）。", 2024),
        (f"{NEW}由原{OLD}更名而来。", None),
        (f"{NEW}前身为{OLD},2024年正式更名。", 2024),
        (f"{NEW}（原名{OLD}）是市政府工作部门。", None),
        (f"{OLD}更名为“{NEW}”。", None),
        ("2024年,市工业局更名为市工业和信息化局。", 2024),
        ("2024年,我局由原工业局更名而来。", 2024),
        (f"一、2024年起,{OLD}更|名为示范市工业和|信息化局。", 2024),
    ],
)
def test_a_body_says_that_it_was_renamed(text, year):
    assert changes(text) == [(OLD, NEW, "renamed", year)]


def test_the_body_before_says_it_too():
    assert changes(f"2024年4月,我局更名为{NEW}。", OLD) == [(OLD, NEW, "renamed", 2024)]


def test_the_day_and_the_place_are_kept():
    (one,) = stated(f"机构沿革。|2024年3月18日,{OLD}更名为{NEW}。")
    assert (one.effective_on, one.place.line_no) == (date(2024, 3, 18), 2)
    assert one.printed == f"2024年3月18日,{OLD}更名为{NEW}"


@pytest.mark.parametrize(
    "text",
    [
        f"2024年,{OLD}、{OTHER}合并组建{NEW}。",
        f"2024年,将原{OLD}和原{OTHER}合并,组建为{NEW}。",
        f"2024年,{NEW}由{OLD}与{OTHER}合并而成。",
        f"2024年,将{OLD}、{OTHER}的职责整合,组建{NEW},不再保留{OLD}、{OTHER}。",
    ],
)
def test_a_body_says_of_which_it_was_merged(text):
    assert changes(text) == [(OLD, NEW, "merged", 2024), (OTHER, NEW, "merged", 2024)]


def test_a_body_that_took_another_in_is_one_of_its_predecessors():
    assert changes(f"2024年,{OTHER}整体并入{OLD}。", OLD) == [(OTHER, OLD, "merged", 2024), (OLD, OLD, "merged", 2024)]


def test_a_body_says_that_it_was_split():
    assert changes(f"2024年,{NEW}分设为{OLD}和{OTHER}。") == [(NEW, OLD, "split", 2024), (NEW, OTHER, "split", 2024)]
    assert changes(f"2024年,我局从{NEW}分设出来。", OTHER) == [(NEW, OTHER, "split", 2024)]


def test_duties_that_were_transferred():
    text = f"2024年,原{OTHER}承担的大数据管理职责划入{NEW}。"
    assert changes(text) == [(OTHER, NEW, "transferred", 2024)]


@pytest.mark.parametrize(
    "text",
    [
        "2024年,示范市商务局更名为示范市商务和粮食局。",  # of another body
        f"2024年,{OLD}信息中心更名为{OLD}数据中心。",  # a unit of the body
        "2024年,我局下属信息中心更名为数据中心。",
        f"2024年,{NEW}科技科更名为科技与质量科。",
        f"2024年,{OLD}等三个单位合并组建{NEW}。",  # not all are named
        f"2024年,{OLD}合并组建{NEW}。",  # one alone
        f"2024年,将{OLD}、{OTHER}的职责整合,组建{NEW}。",  # whether both have ended is not said
        f"2024年,将{OLD}、{OTHER}的职责整合,组建{NEW},不再保留{OTHER}。",
        f"根据批复{OLD}更名为{NEW}。",  # where the name begins is not printed
        f"机构沿革|{OLD}更名为{NEW}。",
        f"{NEW}(原{OLD})",  # what happened is not said
        f"{NEW}负责国有资产划转。",
        f"2024年,{OLD}更名为{NEW}办公室主任会议制度。",
        f"2024年,{OTHER}并入{OLD},{OLD}更名为{NEW}。",  # a step of two
        f"2024年,{OTHER}并入{OLD}。|{OLD}更名为{NEW}。",
    ],
)
def test_what_does_not_say_it_for_certain_is_not_read(text):
    assert changes(text) == []


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (f"根据2018年印发的方案,{OLD}更名为{NEW}。", None),  # the date of the plan
        (f"2024年度部门职责调整,{OLD}更名为{NEW}。", None),
        (f"2024年2月30日,{OLD}更名为{NEW}。", None),
    ],
)
def test_a_date_that_is_not_that_of_the_change_is_not_taken(text, year):
    assert changes(text) == [(OLD, NEW, "renamed", year)]


def test_of_a_document_without_a_body_nothing_is_read():
    assert stated(f"{OLD}更名为{NEW}。", None) == ()
