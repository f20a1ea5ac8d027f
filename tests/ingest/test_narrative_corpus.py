"""Stated figures of the documents of the corpus, PDF and text, have their known values."""

import csv
from decimal import Decimal

import pytest

from tests.ingest.truth import CORPUS_PDFS, CORPUS_TEXTS, comparable_text, extraction_of, needs_corpus

pytestmark = needs_corpus
ENOUGH = Decimal("0.98")
STATED = [path for path in (*CORPUS_PDFS, *CORPUS_TEXTS) if (path.parent / "stated.csv").exists()]
every_stated = pytest.mark.parametrize("path", STATED, ids=lambda path: path.name)


def truth_of(path):
    """(kind, subject, measure) → value, without rows that are stated without a digit."""
    with (path.parent / "stated.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["note"].startswith("[verbal]")]
    return {(row["kind"], comparable_text(row["subject"]), row["measure"]): row["value"] for row in rows}


def is_right(figure, expected):
    if figure.measure == "reason":
        return comparable_text(figure.text)[:12] == comparable_text(expected)[:12]
    return figure.value == Decimal(expected)


@every_stated
def test_recall_and_precision(path):
    figures = extraction_of(path).stated
    truth = truth_of(path)
    kinds = {kind for kind, _, _ in truth}
    asked = [figure for figure in figures if figure.kind in kinds]
    keyed = {(figure.kind, comparable_text(figure.subject), figure.measure): figure for figure in asked}
    wrong = {key: keyed.get(key) for key, value in truth.items() if key not in keyed or not is_right(keyed[key], value)}
    right = len(truth) - len(wrong)
    assert Decimal(right) / len(truth) >= ENOUGH, wrong
    assert Decimal(right) / len(asked) >= ENOUGH, [figure for key, figure in keyed.items() if key not in truth]


@every_stated
def test_every_figure_has_its_place_and_its_words(path):
    for figure in extraction_of(path).stated:
        assert 0 < len(figure.printed) <= 200, figure
        assert (figure.page or figure.line_no) is not None, figure
        assert (figure.value is None) == (figure.text is not None), figure
