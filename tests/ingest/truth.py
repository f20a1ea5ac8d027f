"""Documents with known figures: their files, their figures, what was read of them, and counts of agreement."""

import csv
import json
import os
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from ingest.document import Document
from ingest.readers import read
from tests.read_once import read_once
from warehouse.records.reading import Extraction, Presence

SAMPLES = Path(__file__).parents[2] / "samples"
FIGURES, BAD = SAMPLES / "figures", SAMPLES / "bad"
SAMPLE_FILES = sorted(path for path in SAMPLES.iterdir() if path.suffix in (".pdf", ".txt"))
SAMPLE_PDFS = [path for path in SAMPLE_FILES if path.suffix == ".pdf"]
WITHOUT_SUFFIX = BAD / "disclosure_without_suffix"  # the only disclosure in samples/bad/

BUDGET_SAMPLE = SAMPLES / "budgets" / "shifan_gongxin_2024.txt"

CORPUS = Path(os.environ["JUESUAN_CORPUS"]) if os.environ.get("JUESUAN_CORPUS") else None
CORPUS_PDFS = sorted(CORPUS.glob("*/*.pdf")) if CORPUS else []
CORPUS_TEXTS = sorted(CORPUS.glob("*/*.txt")) if CORPUS else []
needs_corpus = pytest.mark.skipif(CORPUS is None, reason="JUESUAN_CORPUS does not name the folder of the corpus")

PROFILE_FIELDS = ("province", "city", "county", "jurisdiction_level", "department", "fiscal_year")


@cache
def extraction_of(path: Path) -> Extraction:
    return read_once(path)


@cache
def document_of(path: Path) -> Document:
    return read(path)


def figures_of(path: Path) -> Path:
    other = {WITHOUT_SUFFIX: "shifan_dangan_2024", BUDGET_SAMPLE: "shifan_gongxin_2024_budget"}
    return FIGURES / other.get(path, path.stem)


@dataclass(frozen=True)
class TrueAmount:
    """`value` in 万元, or a count; None for a blank or a dash."""

    table: str
    row: str
    column: str
    presence: Presence
    value: Decimal | None


def true_amounts(folder: Path) -> list[TrueAmount]:
    with (folder / "amounts.csv").open(encoding="utf-8-sig", newline="") as file:
        return [_true_amount(row) for row in csv.DictReader(file)]


def _true_amount(row: dict[str, str]) -> TrueAmount:
    presence = {"": Presence.BLANK, "--": Presence.DASH}.get(row["value"], Presence.NUMBER)
    value = Decimal(row["value"]) if presence is Presence.NUMBER else None
    return TrueAmount(row["table"], row["row"], row["col"], presence, value)


def true_profile(folder: Path) -> dict:
    return json.loads((folder / "profile.json").read_text("utf-8"))


def in_wan(amount) -> Decimal | None:
    """The value in the unit of the figures: 万元, or a count."""
    return amount.value / 10_000 if amount.value is not None and amount.value_unit == "元" else amount.value


def comparable_row(key: str) -> str:
    """A row key without punctuation, which publishers print differently."""
    side, mark, name = str(key or "").rpartition(":")
    return f"{side.strip()}{mark}{comparable_text(re.sub(r'[（(][^（）()]*[）)]', '', name) if mark else name)}"


def comparable_text(text) -> str:
    text = unicodedata.normalize("NFKC", str(text or ""))
    return re.sub(r"[\s\"'“”‘’《》<>·、,，。:：;；\-—_/]", "", text).replace("与", "和").lower()


@dataclass
class Score:
    right: int = 0
    expected: int = 0
    found: int = 0
    misses: tuple[str, ...] = ()

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else float(not self.expected)


def score(extraction: Extraction, folder: Path) -> dict[str, Score]:
    """Standard table → how many of the known numbers were read, and how many of the read numbers are right."""
    read_values = {_key(a.table_code, a.row_key, a.measure): in_wan(a) for a in extraction.amounts}
    read_values = {key: value for key, value in read_values.items() if value is not None}
    truth = {_key(t.table, t.row, t.column): t.value for t in true_amounts(folder)}
    scores: dict[str, Score] = {}
    for key in truth.keys() | read_values.keys():
        true, was_read = truth.get(key), read_values.get(key)
        tally = scores.setdefault(key[0], Score())
        tally.expected += true is not None
        tally.found += was_read is not None
        tally.right += true is not None and true == was_read
        if true != was_read:
            tally.misses += (f"{key}: {true} printed, {was_read} read",)
    return scores


def _key(table: str, row: str, column: str) -> tuple[str, str, str]:
    return table, comparable_row(row), column


def profile_misses(extraction: Extraction, folder: Path) -> list[str]:
    truth = true_profile(folder)
    pairs = [(name, truth.get(name), getattr(extraction.profile, name)) for name in PROFILE_FIELDS]
    return [f"{n}: {t} printed, {r} read" for n, t, r in pairs if comparable_text(t) != comparable_text(r)]
