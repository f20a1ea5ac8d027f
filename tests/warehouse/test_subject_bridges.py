"""The list of bridges between subjects of two years: its content, faulty lines, and loading it twice."""

from pathlib import Path

import pytest

from warehouse.base.errors import BadBridge
from warehouse.kinds.reference_lists import functional_subjects, periods
from warehouse.load import reference as loading
from warehouse.load.reference import load_reference
from warehouse.load.subject_bridges import Bridge, subject_bridges

HEADER = "classification,from_year,old_code,old_name,new_code,new_name,relation,source,note"
RENAMED = "functional,2025,21505,工业和信息产业监管,21505,工业和信息产业,renamed,参考表,"
MOVED = "functional,2030,2999901,甲,29998,乙,moved,某通知,"
SPLIT = "functional,2030,29999,甲,29998,乙,split,某通知,|functional,2030,29999,甲,29997,丙,split,某通知,"
MERGED = "economic,2030,39996,甲,39998,丙,merged,某通知,|economic,2030,39998,丙,39998,丙,merged,某通知,"


def listed(folder: Path, lines: str) -> Path:
    file = folder / "bridges.csv"
    file.write_text("\n".join([HEADER, *lines.split("|"), ""]), encoding="utf-8")
    return file


def bridge(**changed) -> Bridge:
    values = {
        "classification": "functional",
        "from_year": 2030,
        "old_code": "29999",
        "old_name": "甲",
        "new_code": "29998",
        "new_name": "乙",
        "relation": "moved",
        "source": "某通知",
        "note": None,
    }
    return Bridge(**values | changed)


def rows(connection) -> list[tuple]:
    return connection.execute(
        "select classification, from_year, old_code, old_name, new_code, new_name, relation, source, note"
        " from warehouse.subject_bridge order by classification, from_year, old_code, new_code"
    ).fetchall()


def test_the_bridges_of_the_list():
    assert {(b.from_year, b.relation, b.new_code, b.old_name, b.new_name) for b in subject_bridges()} == {
        (2021, "renamed", "20805", "行政事业单位离退休", "行政事业单位养老支出"),
        (2025, "renamed", "21505", "工业和信息产业监管", "工业和信息产业"),
        (2026, "renamed", "2100410", "突发公共卫生事件应急处理", "突发公共卫生事件应急处置"),
        (2026, "renamed", "2150599", "其他工业和信息产业监管支出", "其他工业和信息产业支出"),
    }


def test_a_rename_taken_from_the_list_has_both_names_from_several_publishers():
    confirmed = {(s.code, s.name) for s in functional_subjects() if s.status == "confirmed"}
    assert {(b.old_code, b.old_name) for b in subject_bridges()} <= confirmed
    assert {(b.new_code, b.new_name) for b in subject_bridges()} <= confirmed


def test_a_rename_begins_with_the_new_names_period():
    starts = {(p.subject.code, p.subject.name): p.valid_from_year for p in periods(functional_subjects())}
    assert [starts[b.new_code, b.new_name] for b in subject_bridges()] == [b.from_year for b in subject_bridges()]


@pytest.mark.parametrize("lines", [RENAMED, RENAMED.replace("renamed", "same"), MOVED, SPLIT, MERGED])
def test_every_relation_is_read(tmp_path, lines):
    assert len(subject_bridges(listed(tmp_path, lines))) == len(lines.split("|"))


def test_an_empty_note_is_none(tmp_path):
    assert subject_bridges(listed(tmp_path, RENAMED))[0].note is None


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (RENAMED.replace("functional", "functionel"), "the classification is functional or economic"),
        (RENAMED.replace("renamed", "alike"), "the relation is one of same, renamed, moved, split, merged"),
        (RENAMED.replace("2025", "25"), "from_year is a year, not “25”"),
        (RENAMED.replace("21505", "215050"), "the functional code “215050” has not 3, 5, 7 digits"),
        (MERGED.replace("39996", "3999601"), "the economic code “3999601” has not 3, 5 digits"),
        (SPLIT.replace("29998", "2999801"), "only a moved subject changes its level"),
        (RENAMED.replace("工业和信息产业监管", ""), "both names are given"),
        (RENAMED.replace("参考表", ""), "the source is given"),
        (MOVED.replace("moved", "renamed").replace("2999901", "29999"), "a renamed subject keeps its code"),
        (MOVED.replace("moved", "same").replace("2999901", "29999"), "a same subject keeps its code"),
        (RENAMED.replace("产业监管", "产业"), "a renamed subject has two names"),
        (RENAMED.replace("renamed", "moved"), "a moved subject has another code"),
        (f"{MOVED}|{MOVED}", "this bridge stands in one line only"),
        (SPLIT.split("|")[0], "a split subject has a line for each of its new codes"),
        (MERGED.split("|")[0], "a merged subject has a line for each of its old codes"),
        (RENAMED.replace("2025", "2026"), "in the list 工业和信息产业 follows 工业和信息产业监管 in 2025"),
        (
            "functional,2025,21505,工业和信息产业,21505,工业和信息产业监管,renamed,参考表,",
            "in the list 工业和信息产业监管 follows 工业和信息产业 in no year",
        ),
        (
            "functional,2024,29999,甲,21505,工业和信息产业,moved,某通知,",
            "工业和信息产业 is a name since 2025",
        ),
        (RENAMED.removesuffix(","), f"the columns are {HEADER.replace(',', ', ')}"),
    ],
)
def test_a_faulty_bridge_is_named_with_its_line(tmp_path, lines, said):
    with pytest.raises(BadBridge, match=r"bridges\.csv line 2\b") as refused:
        subject_bridges(listed(tmp_path, lines))
    assert str(refused.value).endswith(said)


def test_another_header_is_refused(tmp_path):
    file = tmp_path / "bridges.csv"
    file.write_text(HEADER.replace("note", "remark") + "\n", encoding="utf-8")
    with pytest.raises(BadBridge, match=r"bridges\.csv line 1: the columns are"):
        subject_bridges(file)


def test_the_list_is_in_the_warehouse(connection):
    keys = sorted(b.key for b in subject_bridges())
    assert [(row[0], row[1], row[2], row[4]) for row in rows(connection)] == keys


@pytest.mark.long
def test_loading_twice_changes_no_row(connection):
    query = "select xmin::text, b::text from warehouse.subject_bridge as b order by 2"
    before = connection.execute(query).fetchall()
    loaded = load_reference(connection)
    assert connection.execute(query).fetchall() == before
    assert loaded.subject_bridges == len(before) == len(subject_bridges())


def test_loading_a_changed_list_changes_the_bridges(connection, monkeypatch):
    monkeypatch.setattr(loading, "subject_bridges", lambda: (bridge(), bridge(new_code="29997", relation="split")))
    load_reference(connection)
    monkeypatch.setattr(loading, "subject_bridges", lambda: (bridge(note="改正"),))
    load_reference(connection)
    assert rows(connection) == [("functional", 2030, "29999", "甲", "29998", "乙", "moved", "某通知", "改正")]


def test_an_empty_list_leaves_no_bridge(connection, monkeypatch):
    monkeypatch.setattr(loading, "subject_bridges", tuple)
    load_reference(connection)
    assert rows(connection) == []
