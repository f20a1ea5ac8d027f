"""Every recipe of CONTRIBUTING.md has an example; it can be applied to the project, and its declarations are valid."""

from pathlib import Path

import pytest

from ingest.pipeline import extract
from tests.kinds import ACCOUNTS
from tests.recipes import documents
from tests.recipes.contributing import ROOT, apply, copied, examples
from warehouse.kinds.kind import read_kind
from warehouse.records.reading import Amount, CheckOutcome, Extraction

RECIPES = ["A wording", "A format of files", "A kind of document", "A public view", "A check", "A metric"]
ONE_LINE = "+++ one.toml\n@@\n-old = 1\n+new = 1\n"


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the kinds in a copy of the project to which all examples were applied."""
    folder = copied(tmp_path_factory.mktemp("recipes"))
    for diff in examples().values():
        apply(diff, folder)
    return folder / "warehouse" / "kinds"


def amounts_of(read: Extraction, table: str) -> dict[tuple[str, str], Amount]:
    return {(one.row_key, one.measure): one for one in read.amounts if one.table_code == table}


def test_each_recipe_has_an_example():
    assert list(examples()) == RECIPES
    assert [recipe for recipe, diff in examples().items() if not diff] == []


@pytest.mark.parametrize("recipe", ["A kind of document", "A public view", "A check", "A metric"])
def test_an_example_of_one_folder_file_or_entry_changes_nothing_else(recipe):
    diff = examples()[recipe]
    assert [line for line in diff.splitlines() if line.startswith(("-", " ", "@@"))] == []
    assert len({Path(line[4:]).parts[:3] for line in diff.splitlines() if line.startswith("+++ ")}) == 1


def test_the_example_of_a_wording_is_one_line_in_one_file():
    for change in examples()["A wording"].split("+++ ")[1:]:
        assert len([line for line in change.splitlines() if line.startswith("+")]) == 1


@pytest.mark.parametrize("text", ["", "old = 1\nold = 1\n"])
def test_a_place_that_does_not_occur_exactly_once_is_an_error(tmp_path, text):
    (tmp_path / "one.toml").write_text(text, "utf-8")
    with pytest.raises(AssertionError, match=r"one\.toml has [02] times\s+old = 1"):
        apply(ONE_LINE, tmp_path)


def test_the_example_of_a_view_is_that_of_the_readme_of_sql():
    _, _, file = examples()["A public view"].partition("\n")
    view = "".join(line.removeprefix("+") for line in file.splitlines(keepends=True))
    assert f"```sql\n{view}```" in (ROOT / "sql" / "README.md").read_text("utf-8")


def test_a_new_wording_is_recognised(kinds, tmp_path):
    file = documents.worded(tmp_path)
    own = read_kind(kinds / "final_accounts")
    before, after = (amounts_of(extract(file, kinds=(kind,)), "GK03") for kind in (ACCOUNTS, own))
    assert ("TOTAL", "basic") not in before and after["TOTAL", "basic"].printed == "300.00"
    assert [kind.table("GK01").item_of("income:上年度结存") for kind in (ACCOUNTS, own)] == [None, "opening_balance"]


def test_a_new_check_is_exact_or_broken(kinds, tmp_path):
    own = read_kind(kinds / "final_accounts")
    outcomes = [
        [check.outcome for check in extract(file, kinds=(own,)).checks if check.rule_id == "A6"]
        for file in (documents.ACCOUNTS[1], documents.carried_over(tmp_path))
    ]
    assert outcomes == [[CheckOutcome.EXACT], [CheckOutcome.BROKEN]]


def test_a_document_of_a_new_kind_is_recognised_and_read(kinds, tmp_path):
    own = read_kind(kinds / "estimate")
    read = extract(documents.estimate(tmp_path), kinds=(ACCOUNTS, own))
    assert (read.profile.kind, read.doubts, len(amounts_of(read, "GS01"))) == ("estimate", (), 15)
