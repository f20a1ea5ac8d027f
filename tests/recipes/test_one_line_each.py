"""A heading, a row and a title that were not met before are read after one line more in a declaration, and not before.

Every diff is applied to a copy of the declarations; the accounts of the synthetic department print the new words.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copytree

import pytest

from ingest.pipeline import extract
from tests.assessment import Assessment, Key, assess
from tests.recipes.contributing import ROOT, apply
from tests.variants.changes import each_word
from tests.variants.forms import Form
from tests.variants.look import Look
from tests.variants.text import text_of
from warehouse.kinds.kind import DocumentKind, load_kinds, read_kind
from warehouse.kinds.names import FINAL_ACCOUNTS
from warehouse.records.reading import CheckOutcome, Extraction

FOLDER = Path("warehouse") / "kinds" / FINAL_ACCOUNTS


@dataclass(frozen=True, slots=True)
class NewWords:
    """`table` prints `printed` in place of `usual`; `lines` are what its declaration gains, as a diff."""

    table: str
    usual: str
    printed: str
    lines: str

    @property
    def diff(self) -> str:
        return f"+++ {FOLDER / 'tables' / self.table}.toml\n@@\n{self.lines}"


HEADINGS = (
    NewWords(
        "GK02",
        "财政拨款收入",
        "财政补助拨入",
        """\
-headers = ["财政拨款收入", "财政拨款", "财政拨款收入/小计"]
+headers = ["财政拨款收入", "财政拨款", "财政拨款收入/小计", "财政补助拨入"]
""",
    ),
    NewWords(
        "GK03",
        "项目支出",
        "专项业务开支",
        """\
-headers = ["项目支出", "项目支出/小计", "项目支出/合计"]
+headers = ["项目支出", "项目支出/小计", "项目支出/合计", "专项业务开支"]
""",
    ),
    NewWords(
        "GK04",
        "政府性基金预算财政拨款",
        "基金类拨款",
        """\
-headers = ["政府性基金预算财政拨款", "政府性基金预算", "政府性基金", "政府性基金预算支出"]
+headers = ["政府性基金预算财政拨款", "政府性基金预算", "政府性基金", "政府性基金预算支出", "基金类拨款"]
""",
    ),
    NewWords(
        "GK07",
        "本年收入",
        "当年拨入",
        """\
-headers = ["本年收入/合计", "本年收入/小计", "本年收入", "本年收入合计"]
+headers = ["本年收入/合计", "本年收入/小计", "本年收入", "本年收入合计", "当年拨入"]
""",
    ),
    NewWords(
        "GK09",
        "公务接待费",
        "来宾招待开支",
        """\
-headers = ["公务接待费", "公务接待费用", "公务接待", "公务接待支出"]
+headers = ["公务接待费", "公务接待费用", "公务接待", "公务接待支出", "来宾招待开支"]
""",
    ),
)
ROWS = (
    NewWords("GK01", "年初结转和结余", "上年滚存资金", '     "上年年末结转结余",\n+    "上年滚存资金",\n'),
    NewWords("GK01", "结余分配", "盈余分派", '     "本年结余分配",\n+    "盈余分派",\n'),
    NewWords(
        "GK04", "年末财政拨款结转和结余", "年底财政资金滚存", '     "年末财政拨款结转结余",\n+    "年底财政资金滚存",\n'
    ),
    NewWords(
        "GK06",
        "人员经费合计",
        "人员类开支共计",
        """\
-wordings = ["人员经费小计", "人员支出合计", "人员经费"]
+wordings = ["人员经费小计", "人员支出合计", "人员经费", "人员类开支共计"]
""",
    ),
    NewWords(
        "GK06",
        "公用经费合计",
        "运转类开支共计",
        """\
-wordings = ["公用经费小计", "公用支出合计", "日常公用经费合计", "公用经费", "日常公用经费"]
+wordings = ["公用经费小计", "公用支出合计", "日常公用经费合计", "公用经费", "日常公用经费", "运转类开支共计"]
""",
    ),
)
TITLES = (
    NewWords(
        "GK01",
        "收入支出决算总表",
        "全年资金来去决算一览表",
        '     "收入支出决算总表",\n+    "全年资金来去决算一览表",\n',
    ),
    NewWords(
        "GK04",
        "财政拨款收入支出决算总表",
        "财政资金来去决算一览表",
        '     "财政拨款收入支出决算总表",\n+    "财政资金来去决算一览表",\n',
    ),
    NewWords(
        "GK05",
        "一般公共预算财政拨款支出决算表",
        "公共资金去向决算表",
        '     "一般公共预算财政拨款支出决算表",\n+    "公共资金去向决算表",\n',
    ),
    NewWords(
        "GK07",
        "政府性基金预算财政拨款收入支出决算表",
        "专门基金来去决算表",
        '     "政府性基金预算财政拨款收入支出决算表",\n+    "专门基金来去决算表",\n',
    ),
    NewWords(
        "GK09",
        "财政拨款“三公”经费支出决算表",
        "三项公务费用决算表",
        '     "财政拨款三公经费支出决算表",\n+    "三项公务费用决算表",\n',
    ),
)


def look(words: tuple[NewWords, ...]) -> Look:
    """The accounts without numbers of columns, with the new words in titles, headings and rows of their tables."""

    def changed(form: Form) -> Form:
        mine = [new for new in words if new.table == form.code]
        headings = {new.usual: new.printed for new in mine if "headers" in new.lines}
        others = {new.usual: new.printed for new in mine if new.usual not in headings}
        form = _without_numbers(form)
        head = tuple(
            tuple(headings.get(cell, cell) if isinstance(cell, str) else cell for cell in r) for r in form.head
        )
        form = replace(form, title=others.get(form.title, form.title), head=head)
        return each_word(lambda word: others.get(word.split("、")[-1], word))(form)

    return Look(form=changed)


def _without_numbers(form: Form) -> Form:
    """The numbers of the columns alone tell what a heading says otherwise."""
    return replace(form, head=tuple(row for row in form.head if not {"1", "2"} <= set(row)))


def told(words: tuple[NewWords, ...], folder: Path) -> DocumentKind:
    """The kind whose declarations have the lines more."""
    copytree(ROOT / FOLDER, folder / FOLDER)
    for new in words:
        apply(new.diff, folder)
    return read_kind(folder / FOLDER)


def open_rules(read: Extraction) -> set[str]:
    return {check.rule_id for check in read.checks if check.outcome is CheckOutcome.UNDETERMINED}


def assessed(words: tuple[NewWords, ...], path: Path, kind: DocumentKind) -> tuple[Assessment, set[str]]:
    """What is right of the accounts, rows under the printed words, and the rules that could not be decided."""
    read = extract(path, kinds=(kind, *(one for one in load_kinds() if one.name != kind.name)))
    truth = look(words).truth()
    for new in words:
        truth = {_renamed(key, new): value for key, value in truth.items()}
    return assess(read, truth), open_rules(read)


def _renamed(key: Key, new: NewWords) -> Key:
    table, row, measure = key
    is_row = table == new.table and "headers" not in new.lines
    return (table, row.replace(new.usual, new.printed), measure) if is_row else key


def usual() -> DocumentKind:
    return next(kind for kind in load_kinds() if kind.name == FINAL_ACCOUNTS)


ALONE = [pytest.param((new,), marks=pytest.mark.long) for new in (*HEADINGS, *ROWS, *TITLES)]


@pytest.mark.parametrize("words", [HEADINGS, ROWS, TITLES, *ALONE], ids=lambda words: words[-1].printed)
def test_new_words_are_read_after_one_line_each_and_not_before(words: tuple[NewWords, ...], tmp_path: Path):
    path = tmp_path / "accounts.txt"
    path.write_bytes(text_of(look(words)))
    before, open_before = assessed(words, path, usual())
    after, open_after = assessed(words, path, told(words, tmp_path))
    assert before.falsehoods == after.falsehoods == []
    assert before.missing or open_before > open_after
    assert (after.missing, after.doubtful, open_after) == (0, 0, set())


def test_each_declaration_gains_one_line():
    for new in (*HEADINGS, *ROWS, *TITLES):
        assert sum(line.startswith("+") for line in new.lines.splitlines()) == 1
