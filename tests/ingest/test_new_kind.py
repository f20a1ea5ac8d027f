"""A new kind of document is one folder of declarations: it is recognised, read and checked without new code."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from ingest import errors
from ingest.pipeline import extract
from tests.example_kinds.documents import BROKEN, KINDS_AND_TRIAL, TRIAL, trial_pdf, trial_text
from tests.ingest.made_documents import amounts_of, doubts_of, table_of
from tests.ingest.truth import SAMPLE_FILES
from tests.kinds import ACCOUNTS
from warehouse.records.reading import CheckOutcome, Scope, TableStatus

MADE = [trial_text, trial_pdf]


@pytest.mark.parametrize("made", MADE)
def test_the_kind_is_recognised_by_its_cover(tmp_path, made: Callable[[Path], Path]):
    about = extract(made(tmp_path), kinds=KINDS_AND_TRIAL).profile
    assert (about.kind, about.department, about.fiscal_year) == ("trial", "沁水县粮食局", 2025)
    assert about.scope is Scope.DEPARTMENT


@pytest.mark.parametrize("made", MADE)
def test_its_table_is_found_and_its_amounts_are_read(tmp_path, made: Callable[[Path], Path]):
    read = extract(made(tmp_path), kinds=KINDS_AND_TRIAL)
    assert [(table.table_code, table.status) for table in read.tables] == [("TT01", TableStatus.PRESENT)]
    assert table_of(read, "TT01").printed_unit == "万元"
    values = {key: amount.value for key, amount in amounts_of(read, "TT01").items()}
    assert len(values) == 15
    assert values["TOTAL", "tried"] == Decimal(300_000)
    assert (values["2220115", "within"], values["2220115", "beyond"]) == (Decimal(80_000), Decimal(40_000))
    assert (read.doubts, read.counts.amounts_unaccounted) == ((), 0)


@pytest.mark.parametrize("made", MADE)
def test_its_rule_holds(tmp_path, made: Callable[[Path], Path]):
    checks = extract(made(tmp_path), kinds=KINDS_AND_TRIAL).checks
    assert {check.rule_id for check in checks} == {"T1"}
    assert [check.outcome for check in checks] == [CheckOutcome.EXACT] * 5


@pytest.mark.parametrize("made", MADE)
def test_a_sum_that_is_wrong_is_broken(tmp_path, made: Callable[[Path, tuple], Path]):
    checks = extract(made(tmp_path, BROKEN), kinds=KINDS_AND_TRIAL).checks
    (broken,) = [check for check in checks if check.outcome is CheckOutcome.BROKEN]
    assert (broken.rule_id, broken.table_code, broken.row_key) == ("T1", "TT01", "2220115")
    assert set(broken.cells) == {f"TT01/2220115/{measure}" for measure in ("tried", "within", "beyond")}
    assert {broken.left, broken.right} == {Decimal("15.00"), Decimal("12.00")}


def test_a_title_may_be_the_same_as_one_of_final_accounts(tmp_path):
    read = extract(trial_text(tmp_path, title="支出总表"), kinds=KINDS_AND_TRIAL)
    assert (read.profile.kind, table_of(read, "TT01").title) == ("trial", "支出总表")


def test_final_accounts_are_recognised_if_the_new_kind_is_declared():
    for path in SAMPLE_FILES[:2]:
        assert extract(path, kinds=KINDS_AND_TRIAL) == extract(path)


def test_a_kind_that_is_not_looked_for_is_not_taken_for_another(tmp_path):
    with pytest.raises(errors.NotADisclosure):
        extract(trial_text(tmp_path))


WITHOUT_BUDGETS = (ACCOUNTS, TRIAL)


def unsaid(folder: Path) -> Path:
    """A document of the kind in which no cover or title names the kind."""
    path = trial_text(folder, cover=("沁水县粮食局",), title="支出总表")
    path.write_text(path.read_text("utf-8").replace("试算数", "数额"), "utf-8")
    return path


def test_a_kind_that_is_not_named_is_recognised_by_its_tables(tmp_path):
    read = extract(unsaid(tmp_path), kinds=WITHOUT_BUDGETS)
    assert (read.profile.kind, "kind_by_tables" in doubts_of(read)) == ("trial", True)


def test_of_several_kinds_the_message_names_all_that_were_looked_for(tmp_path):
    path = trial_text(tmp_path, cover=("沁水县粮食局",), title="人员名册")
    path.write_text(path.read_text("utf-8").split("科目编码")[0], "utf-8")
    with pytest.raises(errors.NotADisclosure, match="is not taken for final accounts or a department trial"):
        extract(path, kinds=WITHOUT_BUDGETS)


def test_of_several_kinds_the_title_of_any_is_named_if_its_header_is_not_understood(tmp_path):
    """The title is one of the last kind only."""
    title = "国有资本经营预算财政拨款支出表"
    path = trial_text(tmp_path, cover=("沁水县粮食局",), title=title)
    path.write_text(path.read_text("utf-8").replace("试算数\t限内\t限外", "甲\t乙\t丙"), "utf-8")
    with pytest.raises(errors.NotUnderstood, match=f"prints {title}, but"):
        extract(path, kinds=WITHOUT_BUDGETS[::-1])


def test_a_kind_without_tables_cannot_be_ruled_out(tmp_path):
    with pytest.raises(errors.NothingSaysAccounts, match="final accounts or a department trial"):
        extract(unsaid(tmp_path), kinds=(*WITHOUT_BUDGETS, replace(TRIAL, name="untold", tables=())))


def test_a_kind_without_tables_is_refused_by_name(tmp_path):
    with pytest.raises(errors.AnotherKind, match=r"is a department trial .*, not final accounts"):
        extract(trial_text(tmp_path), kinds=(ACCOUNTS, replace(TRIAL, tables=())))


def test_its_name_in_a_title_outweighs_a_misprinted_cover(tmp_path):
    """Three places print 试算, and none prints 决算."""
    path = trial_text(tmp_path, cover=("沁水县粮食局2025年度部门决算",))
    path.write_text(path.read_text("utf-8") + "\n第二部分 2025年度部门试算情况说明\n一、支出试算情况说明\n", "utf-8")
    read = extract(path, kinds=KINDS_AND_TRIAL)
    assert (read.profile.kind, "kind_differs" in doubts_of(read)) == ("trial", True)


HEADINGS = "第二部分 2025年度部门决算情况说明\n第三部分 2025年度部门试算情况说明\n"


def headed(text: str) -> str:
    """The text with one heading of each kind below its cover."""
    return text.replace("目录\n", f"目录\n{HEADINGS}")


def named_alike(folder: Path) -> Path:
    """A document with the tables of both kinds and one heading of each; its cover names no kind."""
    path = unsaid(folder)
    accounts = (
        "国有资本经营预算财政拨款支出表\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
        "\t合计\t1.00\t0.00\t1.00\n"
    )
    path.write_text(headed(path.read_text("utf-8")) + "\n" + accounts, "utf-8")
    return path


def test_kinds_that_are_named_equally_often_with_equally_many_tables_are_refused(tmp_path):
    with pytest.raises(errors.SeveralKinds, match="names 决算、试算 equally often"):
        extract(named_alike(tmp_path), kinds=KINDS_AND_TRIAL)


def test_of_kinds_that_are_named_equally_often_the_one_with_more_tables_is_read(tmp_path):
    path = unsaid(tmp_path)
    path.write_text(headed(path.read_text("utf-8")), "utf-8")
    read = extract(path, kinds=KINDS_AND_TRIAL)
    (doubt,) = [one for one in read.doubts if one.what == "kind_by_tables"]
    assert (read.profile.kind, doubt.taken_as) == ("trial", "试算")
    assert "作决算、试算之处一样多" in doubt.reason
