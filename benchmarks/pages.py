"""What a page costs in each kind of document: CPU time of `extract` per page, of budgets beside final accounts.

The PDFs are those of JUESUAN_CORPUS or samples/ and, where it is set, of JUESUAN_BUDGETS. In every round each file is
read once in the same process, so that a change in the speed of the machine affects all kinds.
"""

import argparse
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.machine import machine, page_count, pdfs, spread, table
from ingest.isolation.warm_up import warm_up
from ingest.pipeline import extract

BASE, TARGET = "final_accounts", 1.1  # a page of another kind costs at most so many times as much


@dataclass
class File:
    """`seconds` has one figure per round."""

    path: Path
    kind: str
    pages: int
    amounts: int
    seconds: list[float] = field(default_factory=list)

    @property
    def milliseconds(self) -> list[float]:
        return [1000 * seconds / self.pages for seconds in self.seconds]


def measure(asked: argparse.Namespace) -> list[str]:
    warm_up()
    before, files = machine(), list(map(_opened, (*pdfs(), *_budgets())))
    for _ in range(asked.rounds):
        for file in files:
            file.seconds.append(_cpu(lambda path=file.path: extract(path)))
    kinds = sorted({file.kind for file in files}, key=lambda kind: (kind != BASE, kind))
    groups = {kind: [file for file in files if file.kind == kind] for kind in kinds}
    return [
        f"{before}; {asked.rounds} rounds.",
        "",
        *table(
            ["kind", "documents", "pages", "CPU ms per page", f"times {BASE}", "target"],
            [_of_kind(kind, group, groups.get(BASE, group)) for kind, group in groups.items()],
        ),
        "",
        *table(
            ["file", "pages", "amounts", "CPU ms per page", "CPU ms per amount"],
            [_of_file(file) for group in groups.values() for file in group],
        ),
    ]


def _budgets() -> list[Path]:
    folder = os.environ.get("JUESUAN_BUDGETS")
    return sorted(Path(folder).resolve().glob("*/*.pdf")) if folder else []


def _opened(path: Path) -> File:
    found = extract(path)
    return File(path, found.profile.kind, page_count([path]), len(found.amounts))


def _cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _of_kind(kind: str, files: Sequence[File], base: Sequence[File]) -> list[str]:
    pages, found = sum(file.pages for file in files), _per_page(files)
    times = [own / other for own, other in zip(found, _per_page(base), strict=True)]
    target = "" if kind == BASE else f"≤ {TARGET}"
    return [kind, str(len(files)), str(pages), spread(found, 1), f"{median(times):.2f}", target]


def _per_page(files: Sequence[File]) -> list[float]:
    """Milliseconds per page in each round."""
    pages = sum(file.pages for file in files)
    return [1000 * sum(seconds) / pages for seconds in zip(*(file.seconds for file in files), strict=True)]


def _of_file(file: File) -> list[str]:
    per_amount = 1000 * median(file.seconds) / max(file.amounts, 1)
    return [file.path.name, str(file.pages), str(file.amounts), spread(file.milliseconds, 1), f"{per_amount:.2f}"]
