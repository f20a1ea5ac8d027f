"""What is read of scans, held against the truth: `python -m tests.scans FILE…`, with JUESUAN_CORPUS set.

FILE lies in a folder named after its document, beside `<its name>.words.json`, which lists every number on its pages.
Of the amounts of the document (amounts.csv) those count whose number stands on the pages. A line per file says how many
are right, in the right table, row and column; how many that are not zero are confirmed; and how many are confirmed and
wrong, which must be none.
"""

import csv
import json
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from ingest.errors import IngestError
from ingest.pipeline import extract
from warehouse.kinds.tables import comparable_row
from warehouse.records.reading import Amount, Status

Key = tuple[str, str, str]
CORPUS = Path(os.environ.get("JUESUAN_CORPUS", "/nonexistent"))
SHOWN = 8  # cells that are shown of a kind


class Score(NamedTuple):
    """Cells of the truth whose numbers are on the pages."""

    expected: dict[Key, Decimal]
    right: list[Key]
    confirmed: list[Key]
    confirmed_wrong: list[Key]

    def line(self) -> str:
        other_than_zero = [key for key, value in self.expected.items() if value]
        confirmed = [key for key in other_than_zero if key in set(self.confirmed)]
        return (
            f"{len(self.right)} of {len(self.expected)} right ({_share(self.right, self.expected)}), "
            f"{len(confirmed)} of {len(other_than_zero)} not zero confirmed ({_share(confirmed, other_than_zero)}), "
            f"confirmed and wrong {len(self.confirmed_wrong)}"
        )


def _share(some, of) -> str:
    return f"{100 * len(some) / max(1, len(of)):.1f} %"


def truth_of(document: str) -> dict[Key, Decimal]:
    """The amounts of a document in 万元, by table, comparable row and measure."""
    with (CORPUS / document / "amounts.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["value"] not in ("", "--")]
    return {_key(row["table"], row["row"], row["col"]): Decimal(row["value"]) for row in rows}


def _key(table: str, row: str, measure: str) -> Key:
    return table, comparable_row(row), measure


def on_pages(truth: Mapping[Key, Decimal], words: list[dict]) -> dict[Key, Decimal]:
    """The amounts whose number stands on the pages, each number for as many amounts as it stands there."""
    left = Counter(value for page in words for word in page["words"] if (value := _number(word[0])) is not None)
    found = {}
    for key, value in truth.items():
        if left[value] > 0:
            left[value] -= 1
            found[key] = value
    return found


def _number(text: str) -> Decimal | None:
    bare = text.replace(",", "")
    return Decimal(bare) if bare.replace(".", "", 1).removeprefix("-").isdecimal() else None


def score(truth: Mapping[Key, Decimal], words: list[dict], amounts: tuple[Amount, ...]) -> Score:
    expected = on_pages(truth, words)
    read = {_key(one.table_code, one.row_key, one.measure): one for one in amounts}
    right = [key for key, value in expected.items() if key in read and _wan(read[key]) == value]
    confirmed = [key for key, one in read.items() if one.status is Status.CONFIRMED]
    wrong = [key for key in confirmed if _wan(read[key]) is not None and _wan(read[key]) != truth.get(key)]
    return Score(expected, right, confirmed, wrong)


def _wan(amount: Amount) -> Decimal | None:
    return amount.value / 10_000 if amount.value is not None and amount.value_unit == "元" else amount.value


def lines(path: Path) -> Iterator[str]:
    """The score of a file, and the first of its cells that are wrong."""
    started = time.process_time()
    truth, words = truth_of(path.parent.name), json.loads(path.with_suffix(".words.json").read_text("utf-8"))
    name = f"{path.parent.name}/{path.name}"
    try:
        amounts = extract(path).amounts
    except IngestError as error:
        yield f"{name}: {error}"
        return
    found = score(truth, words, amounts)
    seconds = (time.process_time() - started) / len(words)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    yield f"{name}: {found.line()}; {seconds:.1f} s of CPU per page, {memory} MB"
    read = {_key(one.table_code, one.row_key, one.measure): one for one in amounts}
    wrong = [key for key in found.expected if key not in found.right]
    for key in [*found.confirmed_wrong[:SHOWN], *wrong[:SHOWN]]:
        one = read.get(key)
        yield f"    {'/'.join(key)}: {truth.get(key)}, read {one and one.printed} ({one and one.repair_reason})"


def main() -> None:
    for file in sys.argv[1:]:
        for line in lines(Path(file)):
            print(line, flush=True)


if __name__ == "__main__":
    main()
