"""What people type for kinds of department and for metrics leads to what there is."""

import csv

import pytest

from warehouse.kinds.kind import load_kind
from warehouse.kinds.names import FINAL_ACCOUNTS, FOLDER
from warehouse.kinds.synonyms import synonyms


def test_every_synonym_stands_for_a_kind_or_a_metric_that_there_is():
    with (FOLDER / "reference" / "department_kinds.csv").open(encoding="utf-8", newline="") as lines:
        kinds = {line["kind"] for line in csv.DictReader(lines)}
    metrics = {metric.key for metric in load_kind(FINAL_ACCOUNTS).metrics.metrics}
    assert set(synonyms().kinds.values()) <= kinds
    assert set(synonyms().metrics.values()) <= metrics


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("工信局", "工业和信息化局"),
        ("示范市发改委", "示范市发展和改革委"),
        ("国资委", "国有资产监督管理"),
        ("甲市", "甲市"),
    ],
)
def test_a_kind_in_a_name_is_written_out(typed, meant):
    assert synonyms().in_name(typed) == meant
