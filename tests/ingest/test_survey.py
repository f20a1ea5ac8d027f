"""`juesuan survey`: what was not read of a folder, counted by documents, with one example of each."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest.cli.main import main
from ingest.cli.survey import BODIES, HEADINGS, LAYOUTS, PLACES, ROWS, TITLES, lines, survey, unread
from ingest.errors import Scanned
from tests.ingest.made_documents import SOUND_TABLE, read_disclosure
from warehouse.records.places import Place

GK05 = "一般公共预算财政拨款支出决算表\n单位：万元\n"
HEAD = "科目编码\t科目名称\t合计\t基本支出\t项目支出\n"


def texts(folder: Path, text: str, what: str) -> list[str]:
    return [one.text for one in unread(read_disclosure(folder, SOUND_TABLE + text)) if one.what == what]


def test_a_table_that_is_none_of_the_standard_ones_is_named_by_its_title(tmp_path):
    text = "政府采购情况表\n名称\t货物\t工程\t服务\t合计\n甲\t1.00\t2.00\t3.00\t6.00\n"
    assert "政府采购情况表" in texts(tmp_path, text, TITLES)
    assert texts(tmp_path, "", TITLES) == []


def test_a_heading_that_is_not_known_is_named_and_a_known_one_is_not(tmp_path):
    text = f"{GK05}科目编码\t科目名称\t总量\t基本支出\t杂支\n201\t甲\t3.00\t1.00\t2.00\n合计\t\t3.00\t1.00\t2.00\n"
    found = texts(tmp_path, text, HEADINGS)
    assert {"GK05 总量", "GK05 杂支"} <= set(found) and "GK05 基本支出" not in found
    assert "GK05 table_not_understood" in texts(tmp_path, text, LAYOUTS)


def test_a_row_without_a_key_is_named_by_its_words(tmp_path):
    text = f"{GK05}{HEAD}201\t甲\t3.00\t1.00\t2.00\n\t杂项\t1.00\t1.00\t0.00\n\t合计\t3.00\t1.00\t2.00\n"
    assert "GK05 杂项" in texts(tmp_path, text, ROWS)
    assert texts(tmp_path, text.replace("\t杂项\t1.00\t1.00\t0.00\n", ""), ROWS) == []


def test_a_row_that_is_no_item_of_its_table_is_named(tmp_path):
    text = (
        "收入支出决算总表\n单位：万元\n项目\t决算数\t项目\t决算数\n"
        "一、一般公共预算财政拨款收入\t3.00\t一、教育支出\t3.00\n二、杂项收入\t0.00\t二、杂项支出\t0.00\n"
        "本年收入合计\t3.00\t本年支出合计\t3.00\n"
    )
    assert texts(tmp_path, text, ROWS) == ["GK01 income:杂项收入", "GK01 expenditure:杂项支出"]


def test_the_place_of_a_body_that_names_none_is_asked_for(tmp_path):
    found = [one for one in unread(read_disclosure(tmp_path, SOUND_TABLE)) if one.what == PLACES]
    assert [one.text for one in found] == ["海州市粮食局"]


def test_a_body_of_no_known_kind_is_named(tmp_path):
    found = list(unread(read_disclosure(tmp_path, SOUND_TABLE, cover="海州市甲乙丙中心2024年度部门决算\n目录\n")))
    assert any(one.what == BODIES and "海州市甲乙丙中心" in one.text for one in found)


def test_a_refused_file_is_a_layout():
    (found,) = unread(Scanned("a.pdf", 3, scanned=3, pages=3))
    assert found.what == LAYOUTS and found.text.startswith("Scanned: scanned, needs OCR") and found.place == Place(3)


def test_documents_are_counted_and_the_most_frequent_come_first(tmp_path):
    reading = read_disclosure(
        tmp_path, f"{SOUND_TABLE}{GK05}{HEAD}\t杂项\t1.00\t1.00\t0.00\n\t合计\t3.00\t1.00\t2.00\n"
    )
    refused = Scanned("c.pdf", scanned=1, pages=1)
    found = survey([("a.txt", reading), ("b.txt", reading), ("c.pdf", refused)])
    assert (found.documents, found.refused) == (3, 1)
    printed = list(lines(found, top=1))
    assert printed[0] == "3 documents, 1 of them refused"
    assert any(line.startswith("     2  ") and "a.txt, line" in line for line in printed)
    assert any("more" in line for line in printed)


def test_the_command_reads_a_folder_and_escapes_what_files_say(tmp_path):
    folder = tmp_path / "决算\x1b[31m"
    folder.mkdir()
    read_disclosure(folder, SOUND_TABLE + "采购\x1b[2J表\n名称\t一\t二\n甲\t1.00\t2.00\n", name="a.txt")
    (folder / "b.txt").write_bytes(b"")
    done = CliRunner().invoke(main, ["survey", str(tmp_path), "--top", "3", "--jobs", "1"])
    assert done.exit_code == 0, done.output
    assert "2 documents, 1 of them refused" in done.output and "EmptyFile" in done.output
    assert "\x1b" not in done.output


def test_a_folder_without_documents_is_status_1(tmp_path):
    done = CliRunner().invoke(main, ["survey", str(tmp_path)])
    assert done.exit_code == 1 and "0 documents" in done.output


@pytest.mark.parametrize("arguments", [["survey"], ["survey", "missing"], ["survey", ".", "--top", "0"]])
def test_wrong_usage_is_status_2(arguments):
    assert CliRunner().invoke(main, arguments).exit_code == 2
