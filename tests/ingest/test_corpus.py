"""What is read of the documents of the corpus agrees with their known values. JUESUAN_CORPUS is the folder of the
corpus, which is not part of the project."""

import re

import pytest

from tests.ingest.truth import (
    CORPUS_PDFS,
    CORPUS_TEXTS,
    comparable_row,
    extraction_of,
    in_wan,
    needs_corpus,
    profile_misses,
    score,
    true_amounts,
)
from warehouse.records.reading import Presence, Status

pytestmark = needs_corpus
every_document = pytest.mark.parametrize("path", [*CORPUS_PDFS, *CORPUS_TEXTS], ids=lambda path: path.name)


@every_document
def test_recall_and_precision_of_every_table(path):
    scores = score(extraction_of(path), path.parent)
    misses = [miss for tally in scores.values() for miss in tally.misses]
    assert {table: (tally.recall, tally.precision) for table, tally in scores.items()} == {
        table: (1.0, 1.0) for table in scores
    }, "\n".join(misses)


@every_document
def test_profile(path):
    assert profile_misses(extraction_of(path), path.parent) == []


@every_document
def test_a_value_that_is_not_the_printed_text_has_a_status_and_a_reason(path):
    for amount in extraction_of(path).amounts:
        if amount.presence is Presence.NUMBER and not says_the_same(amount):
            assert amount.status is not Status.AS_PRINTED and amount.repair_reason, amount


@every_document
def test_no_value_with_the_status_as_printed_is_wrong(path):
    true = {(t.table, comparable_row(t.row), t.column): t.value for t in true_amounts(path.parent)}
    for amount in extraction_of(path).amounts:
        if amount.status is Status.AS_PRINTED and amount.presence is Presence.NUMBER:
            assert in_wan(amount) == true.get((amount.table_code, comparable_row(amount.row_key), amount.measure)), (
                amount
            )


def says_the_same(amount):
    """Whether the printed text, without white space and thousands separators, is the stored value."""
    printed = re.sub(r"[\s,，]", "", amount.printed)
    factor = {"元": 1, "万元": 10_000, "亿元": 100_000_000}.get(amount.printed_unit, 1)
    if amount.value is None or not re.fullmatch(r"-?\d+(\.\d+)?", printed):
        return False
    return amount.value == type(amount.value)(printed) * factor
