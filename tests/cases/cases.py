"""Which inputs the cases have, and what their truth is."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from tests.ingest.truth import CORPUS, FIGURES
from tests.judged import Judged, Key, Reading, Truth, judge, reading_of, truth_of_csv, truth_of_figures

CASES = CORPUS.parent / "cases" if CORPUS else None
needs_cases = pytest.mark.skipif(
    CASES is None or not CASES.is_dir(), reason="no folder `cases` beside the one JUESUAN_CORPUS names"
)
# They are about rights, sources and the night, not about what a document says.
OF_AUTHORITY_AND_RIGHTS = {
    "another_source_replaces_a_department",
    "reader_locks_and_alters",
    "same_name_two_cities",
    "seccomp_tgkill",
    "sync_bad_xn_host_ends_the_night",
    "terminal_escape_in_file_name",
}
READABLE = (".pdf", ".txt", ".md")
# Rows that are no part of their parent, by construction of the case.
KNOWN_BROKEN: dict[str, frozenset[Key]] = {"minus_sign_other_mark": frozenset({("B4", "GK03", "20126")})}
# What the page shows otherwise than the sample it is a variant of.
CHANGED: dict[str, Truth] = {
    "gk06_number_with_note_becomes_blank": {("GK06", "31001", "final"): Decimal("10.00")},
    "pdf_covered_number": {("GK06", "30103", "final"): None},
}
SAME_TRUTH = {
    "fonts_without_unicode": "tables_one_and_two",
    "poor_reading_replaces_good": "unread_rows_counted_as_zero",
}


@dataclass(frozen=True, slots=True)
class Input:
    """One file of a case, with its truth."""

    case: str
    path: Path
    truth: Truth

    @property
    def name(self) -> str:
        return f"{self.case}/{self.path.name}"

    def reading(self) -> Reading:
        return _reading(self.path)

    def judged(self) -> Judged:
        return judge(self.reading(), self.truth, KNOWN_BROKEN.get(self.case, frozenset()))


@cache
def _reading(path: Path) -> Reading:
    return reading_of(path)


def inputs() -> list[Input]:
    """Every document of every case about reading; none without the folder."""
    folders = sorted(folder for folder in CASES.iterdir() if folder.is_dir()) if CASES and CASES.is_dir() else []
    return [one for folder in folders if folder.name not in OF_AUTHORITY_AND_RIGHTS for one in _inputs(folder)]


def _inputs(folder: Path) -> Iterator[Input]:
    for path in sorted(folder.iterdir()):
        if path.suffix in READABLE and path.name != "expected.md":
            yield Input(folder.name, path, _truth(folder, path))


def _truth(folder: Path, path: Path) -> Truth:
    for name in (f"expected_{path.stem}.csv", "expected.csv"):
        if (folder / name).exists():
            return truth_of_csv(folder / name)
    if folder.name in SAME_TRUTH:
        return truth_of_csv(folder.parent / SAME_TRUTH[folder.name] / "expected.csv")
    return truth_of_figures(FIGURES / _base(folder)) | CHANGED.get(folder.name, {})


def _base(folder: Path) -> str:
    """The sample of which the case is a variant, named in its expected.md."""
    said = (folder / "expected.md").read_text("utf-8")
    return next((folder.name for folder in FIGURES.iterdir() if f"samples/{folder.name}." in said), "")


def input_of(name: str) -> Input:
    return next(one for one in inputs() if one.name == name)
