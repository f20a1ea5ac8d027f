"""Fuzz target: a few rows of standard tables of samples, with changed cells, tabs and lines.

usage: python -m tests.hostile.fuzz_tables --seconds 120
"""

import unicodedata
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

from tests.hostile.fuzz import Broken, main
from tests.kinds import ACCOUNTS

SAMPLES = Path(__file__).parents[2] / "samples"
COVER = "海州市粮食局2024年度部门决算\n"
ROWS = 8  # of each table, including its header
TWO = 224  # if the first byte is greater, two tables are used
TOKENS = (
    "", " ", "0.00", "1.00", "-5.00", "12.34", "1,234.56", "1.234,56", "——", "/", "合计", "208", "20805", "2080501",
    "301", "30101", "栏次", "行次", "1", "2", "项目", "一、", "（一）", "基本支出", "本年收入合计", "总计", "小计",
    "\t", "\n", "\t\t", "9" * 30, "1 0.99", "0.002080501", "٣", "２.００", "=1+1", "'", "\u202e", "公开05表", "单位:元",
    "单位:万元", "本表无数据", "三公经费", "科目编码", "2080501行政运行", "12.34 56.78", "(1.00)", "l.00", "1.00元",
)  # fmt: skip


@cache
def tables() -> tuple[tuple[str, ...], ...]:
    """The first rows of each table of the text samples, with its title and caption."""
    from ingest.readers.plain_text.encoding import decode

    found = []
    for path in sorted(SAMPLES.glob("*.txt")):
        lines = decode(path.read_bytes(), path.name).splitlines()
        starts = [n for n, line in enumerate(lines) if "\t" in line and "\t" not in lines[n - 1]]
        found += [tuple(line for line in lines[max(0, n - 7) : n + ROWS] if line.strip()) for n in starts]
    return tuple(table for table in found if "\t" not in table[0])  # without the parts after a page break


def text_of(data: bytes) -> str:
    """The first byte selects a table, or one and the next; every three further bytes are a change."""
    first = data[0] % len(tables())
    lines = [line for table in tables()[first : first + 1 + (data[0] > TWO)] for line in table]
    for row, column, change in zip(data[1::3], data[2::3], data[3::3], strict=False):
        at = row % len(lines)
        lines[at] = _changed(lines[at], column, change)
    return COVER + "\n".join(lines) + "\n"


def _changed(line: str, column: int, change: int) -> str:
    cells = line.split("\t")
    at = column % len(cells)
    if change < 4 * len(TOKENS):
        token = TOKENS[change // 4]
        cells[at] = (token, token + cells[at], cells[at] + token, cells[at][:1] + token)[change % 4]
    elif change % 4 == 0:
        del cells[at]
    else:
        cells.insert(at, cells[change % len(cells)])
    return "\t".join(cells)


def check(data: bytes) -> None:
    if data:
        check_text(text_of(data))


def check_text(text: str) -> None:
    from ingest.readers.plain_text.encoding import decode

    amounts, doubts = read(text)
    lines = dict(enumerate(decode(text.encode(), "made").splitlines(), start=1))
    keys = Counter((amount.table_code, amount.row_key, amount.measure) for amount in amounts)
    _require(max(keys.values(), default=1) == 1, "a cell that is there twice", keys)
    for amount in amounts:
        _require(bool(amount.repair_reason) or amount.status == "as_printed", "no reason", amount)
        if amount.status == "as_printed" and amount.value is not None:
            _require(_says_so(amount), "not what is printed", amount)
            line = _plain(lines[amount.line_no])
            _require(_plain(amount.printed) in line, "not printed there", amount)
            _require(not amount.row_key.isdigit() or amount.row_key in line, "of another row", amount)
        _require(amount.value is None or amount.value.is_finite(), "no number", amount)
    _require(all(doubt.reason for doubt in doubts), "a doubt without a reason", doubts)


def read(text: str):
    """Amounts and doubts of the text; only the steps of the pipeline that read tables are run."""
    from ingest.prove.amounts import settle
    from ingest.prove.codes import repair_codes
    from ingest.readers.plain_text.read import read_text
    from ingest.tables.found import found_tables
    from ingest.tables.read import read_tables
    from ingest.tables.recognise import recognise
    from ingest.tables.sections import sections, with_headers_rejoined
    from ingest.tables.units import units_of

    document = read_text(Path("made.txt"), text.encode())
    matches = recognise(with_headers_rejoined(sections(document)), ACCOUNTS).matches
    read_rows = read_tables(matches)
    repair_codes(read_rows)
    units, unit_doubts = units_of(ACCOUNTS, {code: matches[code] for code in read_rows})
    amounts, doubts = settle(ACCOUNTS, read_rows, units)
    _, table_doubts = found_tables(ACCOUNTS, document, matches, read_rows, units)
    return amounts, [
        *unit_doubts,
        *doubts,
        *table_doubts,
        *(d for _, table in read_rows.values() for d in table.doubts),
    ]


def _says_so(amount) -> bool:
    from ingest.values.amounts import UNITS

    bare = "".join(char for char in _plain(amount.printed) if char in "0123456789.-")
    return Decimal(bare) * UNITS.get(amount.printed_unit, 1) == amount.value


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).translate(str.maketrans("−‐‑", "---")).split())


def _require(holds: bool, what: str, shown: object) -> None:
    if not holds:
        raise Broken(f"{what}: {shown}"[:600])


def _import() -> None:
    import ingest.pipeline  # noqa: F401


if __name__ == "__main__":
    main(check, _import, 24)
