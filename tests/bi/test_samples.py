"""The charts of budgets have both sides in the samples that `make bi` loads."""

from decimal import Decimal

import pytest

from tests.bi.scripts import DECLARED, declared
from tests.ingest.truth import BUDGET_SAMPLE, SAMPLES
from tests.read_once import read_once
from warehouse.base.database import connect
from warehouse.load.document import load


@pytest.mark.long
def test_the_charts_of_budgets_have_both_sides(database):
    cards = DECLARED["cards"]
    with connect(database) as connection:
        for path in (SAMPLES / "shifan_gongxin_2024.pdf", BUDGET_SAMPLE):
            load(connection, read_once(path))
        shown = {
            key: connection.execute(declared.query(cards[key])).fetchall()
            for key in ("budget_and_outcome", "execution", "budget_three_public", "budget_restated")
        }
    both = {name: amount for _, name, amount, *_ in shown["budget_and_outcome"]}
    assert both == {"年初预算": Decimal("1515.00"), "本年支出": Decimal("1518.02")}
    assert len(shown["execution"]) == 1 and len(shown["budget_three_public"]) > 2 and not shown["budget_restated"]
