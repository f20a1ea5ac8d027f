"""The documents of the cases and their expected values."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from tests.assessment import Assessment, Key, Reading, Truth, assess, reading_of, truth_of_csv, truth_of_figures
from tests.ingest.truth import CORPUS, FIGURES

CASES = CORPUS.parent / "cases" if CORPUS else None
needs_cases = pytest.mark.skipif(
    CASES is None or not CASES.is_dir(), reason="no folder `cases` beside the one JUESUAN_CORPUS names"
)
# Cases about rights, sources and nightly runs. Other tests cover them; here only the content of documents is compared.
OF_AUTHORITY_AND_RIGHTS = {
    "another_source_replaces_a_department",
    "reader_locks_and_alters",
    "same_name_two_cities",
    "seccomp_tgkill",
    "sync_bad_xn_host_ends_the_night",
    "terminal_escape_in_file_name",
}
READABLE = (".pdf", ".txt", ".md")
# Identities that do not hold in the document: its rows do not add up to their parent.
KNOWN_BROKEN: dict[str, frozenset[Key]] = {"minus_sign_other_mark": frozenset({("B4", "GK03", "20126")})}
# Values in which a case differs from the sample that it was made from.
# Case → the case whose expected values it has.
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
    """One file of a case with its expected values."""

    case: str
    path: Path
    truth: Truth

    @property
    def name(self) -> str:
        return f"{self.case}/{self.path.name}"

    def reading(self) -> Reading:
        return _reading(self.path)

    def assessed(self) -> Assessment:
        return assess(self.reading(), self.truth, KNOWN_BROKEN.get(self.case, frozenset()))


@cache
def _reading(path: Path) -> Reading:
    return reading_of(path)


def inputs() -> list[Input]:
    """All documents of the cases about reading; empty if the folder does not exist."""
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
    """The name of the sample from which the case was made; its expected.md names it."""
    said = (folder / "expected.md").read_text("utf-8")
    return next((folder.name for folder in FIGURES.iterdir() if f"samples/{folder.name}." in said), "")


def input_of(name: str) -> Input:
    return next(one for one in inputs() if one.name == name)
