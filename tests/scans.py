"""What is read of scans, held against the truth: `python -m tests.scans FILE…`, with JUESUAN_CORPUS set.

FILE lies in a folder named after its document, beside `<its name>.words.json`, which names the pages that it shows and
every number on them. The same pages of the digital document say which amounts of the truth (amounts.csv) are there, and
which of them a reader without a fault would confirm. A line per file says how many are right, in the right table, row
and column; how many that are not zero are confirmed, and the ceiling, what a reader without a fault confirms of them;
how many are confirmed and wrong, which must be none; and of the rows with a code, how many codes are in the reference
list, and how many have a name that the list has for their code. Pictures page_1.png … of one folder are one document.
"""

import csv
import json
import os
import resource
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pypdfium2 as pdfium

from ingest.document import STRAIGHT, Cell, Document, RawTable
from ingest.errors import IngestError
from ingest.pipeline import extract, understand_document
from ingest.readers.parts import Part
from ingest.readers.pdf.read import read_pdf
from warehouse.kinds.characters import comparable
from warehouse.kinds.reference_lists import subjects_of
from warehouse.kinds.tables import comparable_row
from warehouse.records.reading import Amount, CheckOutcome, CheckResult, Extraction, Status

Key = tuple[str, str, str]
Check = tuple[str | None, ...]
Outcomes = dict[Check, CheckOutcome]
Coded = tuple[str, str, str]  # which list, a code, and the name printed beside it
CORPUS = Path(os.environ.get("JUESUAN_CORPUS", "/nonexistent"))
_OFF = (CheckOutcome.BROKEN, CheckOutcome.ROUNDING)
SHOWN = 8  # cells that are shown of a kind


class Score(NamedTuple):
    """Cells of the truth that are on the pages. `readable` are those that the digital pages give: a table whose title
    is on another page is none of them; `provable` those that a reader without a fault confirms."""

    expected: dict[Key, Decimal]
    readable: set[Key]
    provable: set[Key]
    right: set[Key]
    confirmed: set[Key]
    confirmed_wrong: list[Key]
    off: Outcomes  # identities that do not come out exactly in the digital document, on these pages
    outcomes: Outcomes  # of all identities in what was read
    coded: set[Coded]  # rows that were read with a code of a reference list
    listed: set[Coded]  # those whose code the list holds
    named: set[Coded]  # those that have one of the names of this code

    def line(self) -> str:
        other_than_zero = {key for key, value in self.expected.items() if value}
        confirmed, provable = self.confirmed & other_than_zero, self.provable & other_than_zero
        return (
            f"right {_share(self.right, set(self.expected))}, of the readable {_share(self.right, self.readable)}; "
            f"confirmed of those not zero {_share(confirmed, other_than_zero)}, "
            f"ceiling {_percent(provable, other_than_zero)}, of the provable {_share(confirmed & provable, provable)}; "
            f"confirmed and wrong {len(self.confirmed_wrong)}; "
            f"{self.identities()}; "
            f"codes listed {_share(self.listed, self.coded)}, names listed {_share(self.named, self.coded)}"
        )

    def identities(self) -> str:
        """Those that the publisher's numbers break, or miss by no more than rounding explains, through pictures."""
        through = [(outcome, self.outcomes.get(check)) for check, outcome in self.off.items()]
        alike, exact = sum(one == other for one, other in through), sum(one is CheckOutcome.EXACT for _, one in through)
        broken = {check for check, outcome in self.outcomes.items() if outcome is CheckOutcome.BROKEN}
        return (
            f"identities off {len(through)}: as in the digital document {alike}, exact {exact}, "
            f"undetermined {len(through) - alike - exact}; broken in pictures alone {len(broken - self.off.keys())}"
        )


def _share(some: set[Key], of: set[Key]) -> str:
    return f"{len(some & of)}/{len(of)} ({_percent(some, of)})"


def _percent(some: set[Key], of: set[Key]) -> str:
    return f"{100 * len(some & of) / max(1, len(of)):.1f} %"


def truth_of(document: str) -> dict[Key, Decimal]:
    """The amounts of a document in 万元, by table, comparable row and measure."""
    with (CORPUS / document / "amounts.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["value"] not in ("", "--")]
    return {_key(row["table"], row["row"], row["col"]): Decimal(row["value"]) for row in rows}


def _key(table: str, row: str, measure: str) -> Key:
    return table, comparable_row(row), measure


def keyed(amounts: Iterable[Amount]) -> dict[Key, Amount]:
    return {_key(one.table_code, one.row_key, one.measure): one for one in amounts}


def digital_pages(document: str, pages: Sequence[int]) -> Document:
    """These pages of the digital document, as if they had been read from pictures without a fault."""
    path = CORPUS / document / f"{document}.pdf"
    whole, part, data = pdfium.PdfDocument(path), pdfium.PdfDocument.new(), BytesIO()
    part.import_pages(whole, [page - 1 for page in pages])
    part.save(data)
    read = read_pdf(path, data.getvalue())
    blocks = tuple(_read_twice(block) if isinstance(block, RawTable) else block for block in read.blocks)
    return replace(read, blocks=blocks, recognised={(1, page + 1): STRAIGHT for page in range(len(pages))})


def _read_twice(table: RawTable) -> RawTable:
    rows = (replace(row, cells=tuple(map(_sharp, row.cells))) for row in table.rows)
    return RawTable(tuple(rows), table.kind)


def _sharp(cell: Cell | None) -> Cell | None:
    return cell and cell._replace(confidence=1.0, read_again=cell.text)


def score(document: str, pages: Sequence[int], found: Extraction) -> Score:
    whole, truth, read = extract(CORPUS / document / f"{document}.pdf"), truth_of(document), keyed(found.amounts)
    there = {key for key, one in keyed(whole.amounts).items() if one.place.page in pages}
    expected = {key: value for key, value in truth.items() if key in there}
    digital = keyed(
        understand_document(digital_pages(document, pages), Path(document), whole.source).extraction.amounts
    )
    readable = {key for key in expected if key in digital and _wan(digital[key]) == truth[key]}
    provable = {key for key in readable if digital[key].status is Status.CONFIRMED}
    right = {key for key, value in expected.items() if key in read and _wan(read[key]) == value}
    confirmed = {key for key, one in read.items() if one.status is Status.CONFIRMED}
    wrong = [key for key in confirmed if _wan(read[key]) is not None and _wan(read[key]) != truth.get(key)]
    off = {_check(one): one.outcome for one in whole.checks if one.outcome in _OFF and one.place.page in pages}
    outcomes = {_check(one): one.outcome for one in found.checks}
    return Score(expected, readable, provable, right, confirmed, wrong, off, outcomes, *coded_rows(found.amounts))


def coded_rows(amounts: Iterable[Amount]) -> tuple[set[Coded], set[Coded], set[Coded]]:
    """The rows with a code; of these, those whose code is listed, and those that have a listed name of this code."""
    coded = {
        (key, code, comparable(one.row_label))
        for one in amounts
        for key in ("functional_code", "economic_code")
        if (code := getattr(one, key))
    }
    names = {(key, one.code, comparable(one.name)) for key in {key for key, *_ in coded} for one in subjects_of(key)}
    codes = {name[:2] for name in names}
    return coded, {one for one in coded if one[:2] in codes}, coded & names


def _broken(extraction: Extraction) -> list[CheckResult]:
    return [one for one in extraction.checks if one.outcome is CheckOutcome.BROKEN]


def _check(one: CheckResult) -> Check:
    return one.rule_id, one.table_code, one.row_key, one.measure


def _wan(amount: Amount) -> Decimal | None:
    return amount.value / 10_000 if amount.value is not None and amount.value_unit == "元" else amount.value


def lines(paths: Sequence[Path]) -> Iterator[str]:
    """The score of a document in one file or in several pictures, and the first of its cells that are wrong."""
    path = paths[0]
    document = next(part for part in path.parts if (CORPUS / part / "amounts.csv").is_file())
    pages = [page for one in paths for page in pages_shown(one)]
    name = "/".join(path.parts[path.parts.index(document) :]) + (f" and {len(paths) - 1} more" if paths[1:] else "")
    started = time.process_time()
    try:
        extraction = extract(path, attachments=[Part.of(one) for one in paths[1:]])
    except IngestError as error:
        yield f"{name}: {error}"
        return
    seconds = (time.process_time() - started) / len(pages)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    found = score(document, pages, extraction)
    yield f"{name}: {found.line()}; {seconds:.1f} s of CPU per page, {memory} MB"
    read = keyed(extraction.amounts)
    wrong = sorted(found.expected.keys() - found.right)
    unproved = sorted(key for key in found.provable - found.confirmed - set(wrong) if found.expected[key])
    for key in [*found.confirmed_wrong, *wrong[:SHOWN], *unproved[:SHOWN]]:
        one = read.get(key)
        printed, why = (one.printed, one.repair_reason) if one else ("nothing", "")
        yield f"    {'/'.join(key)}: {found.expected.get(key)}, read {printed} ({why})"
    for check in _broken(extraction):
        yield f"    {check.rule_id} {check.explanation}"


def pages_shown(path: Path) -> Iterator[int]:
    """The pages of the digital document that a scan shows: a picture is one page of those in page.words.json."""
    own = path.with_suffix(".words.json")
    listed = json.loads((own if own.is_file() else path.with_name("page.words.json")).read_text("utf-8"))
    for one in listed:
        if own.is_file() or path.stem == f"page_{one['page']}":
            yield from one["source_pages"]


def documents(paths: Iterable[Path]) -> Iterator[list[Path]]:
    """Pictures in one folder are the pages of one document; every other file is one by itself."""
    together = groupby(paths, lambda path: path.parent if path.with_name("page.words.json").is_file() else path)
    return (list(group) for _, group in together)


def main() -> None:
    for paths in documents(map(Path, sys.argv[1:])):
        for line in lines(paths):
            print(line, flush=True)


if __name__ == "__main__":
    main()
