"""Loads a warehouse for tests of comparisons: fourteen counties, one with a broken identity, one of another scope, and
two prefectures."""

from dataclasses import replace
from decimal import Decimal

from tests.warehouse.factory import extraction, profile
from tests.warehouse.factory_statements import changed, checked, small_form
from tests.warehouse.peers import peer, peers
from warehouse.base.database import connect
from warehouse.load.document import load
from warehouse.records.reading import CheckOutcome, Extraction, Scope

LONG_NAME = "新疆生产建设兵团第十二师工业和信息化发展改革委员会"
WHY = "款之和 900.25，类 910.25，相差 10.00 万元"


def load_compared(url: str) -> None:
    with connect(url) as connection:
        for one in disclosures():
            load(connection, one)


def disclosures() -> list[Extraction]:
    """The documents. 巳县 printed 1260.00 for 2023; its sentence of 2024 implies 1240.12 for 2023, 19.88 less."""
    bodies = peers()
    bodies[2] = peer(2, checks=(checked("B4", CheckOutcome.BROKEN, explanation=WHY),))
    bodies[3] = peer(3, profile={"scope": Scope.UNIT})
    bodies[5] = peer(5, stated=changed("expenditure", "1200.00", "-40.12"))
    form = small_form(executed=Decimal("5.00"), execution_rate_pct=Decimal("50.00"), total_score=Decimal("98.00"))
    bodies[6] = peer(6, projects=(form,))
    return [*bodies, peer(5, 2023, "1260.00"), prefecture("甲市工业和信息化局", "first"), prefecture(LONG_NAME, "long")]


def prefecture(department: str, content: str) -> Extraction:
    """A prefecture with an expenditure of 90.00; some of its figures are not sound."""
    made = extraction(content, profile=profile(department=department))
    return replace(made, source=replace(made.source, name=f"{content}.pdf"))
