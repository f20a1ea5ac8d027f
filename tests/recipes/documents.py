"""Makes the documents for the tests of the recipes: accounts of an invented body, each with one change."""

import json
from pathlib import Path

from tests.example_kinds.documents import trial_text

BODY = "示范市科学技术局"
WORDED, CARRIED_OVER, IN_JSON, BLANK = "模范市科学技术局", "样板市科学技术局", "典范市科学技术局", "榜样市科学技术局"
DOCUMENTS = Path(__file__).parents[1] / "cookbook" / "documents"
ACCOUNTS = (DOCUMENTS / "shifan_keji_2023.txt", DOCUMENTS / "shifan_keji_2024.txt")
BALANCES = "年初结转和结余\t12.00\t年末结转和结余\t20.00\n总计\t520.00\t总计\t520.00\n"
LARGER = "年初结转和结余\t600.00\t年末结转和结余\t608.00\n总计\t1,108.00\t总计\t1,108.00\n"
HEADING = "本年支出合计\t基本支出\t项目支出\t"


def worded(folder: Path) -> Path:
    """Accounts with another name of a row of 公开01表 and another heading in 公开03表."""
    text = _of(WORDED).replace("年初结转和结余\t12.00", "上年度结存\t12.00")
    return _written(folder / "worded.txt", text.replace(HEADING, HEADING.replace("基本支出", "基本性支出")))


def carried_over(folder: Path) -> Path:
    """Accounts with an opening balance greater than the income of the year; all sums hold."""
    return _written(folder / "carried_over.txt", _of(CARRIED_OVER).replace(BALANCES, LARGER))


def blank(folder: Path) -> Path:
    """Accounts with a blank instead of the total of 财政拨款收入 in 公开02表."""
    return _written(folder / "blank.txt", _of(BLANK).replace("合计\t\t508.00\t508.00\t", "合计\t\t508.00\t\t"))


def in_json(folder: Path) -> Path:
    """Accounts as JSON, in a file whose suffix is not .json."""
    lines = [line.split("\t") if "\t" in line else line for line in _of(IN_JSON).split("\n")]
    return _written(folder / "accounts.dat", json.dumps({"lines": lines}, ensure_ascii=False))


def estimate(folder: Path) -> Path:
    """A document of the kind that the recipe declares: that of `tests.example_kinds` under another name."""
    return _written(folder / "estimate.txt", trial_text(folder).read_text("utf-8").replace("试算", "概算"))


def _of(body: str) -> str:
    return ACCOUNTS[1].read_text("utf-8").replace(BODY, body)


def _written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path
