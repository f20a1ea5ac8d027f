"""YN: this year's budget less the change that it states is what last year's own budget printed."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from ingest.pipeline import extract
from tests.ingest.budget_records import page
from warehouse.base.database import connect
from warehouse.load.document import load
from warehouse.records.reading import Extraction

STATED = (
    "第三部分 2025年部门预算情况说明",
    "一、收支预算总体情况说明",
    "示范市公安局2025年收入、支出预算总计1060.00万元，比上年收、支预算总计各增加60.00万元。",
)
QUERY = """
select rule_id, row_key, left_wan, right_wan, outcome from mart.check_result
where rule_id like 'Y_' and outcome <> 'not_applicable'
"""


def budget(folder: Path, year: int, total: str, *says: str) -> Extraction:
    rows: Sequence[str] = (
        "收入||支出|",
        "项目|预算数|项目|预算数",
        f"一、一般公共预算拨款收入|{total}|一、公共安全支出|{total}",
        f"本年收入合计|{total}|本年支出合计|{total}",
        f"收入总计|{total}|支出总计|{total}",
    )
    return extract(page(folder / f"{year}.html", year, {"收支总表": rows}, says))


@pytest.mark.parametrize(("last", "outcome"), [("1000.00", "exact"), ("1010.00", "broken")])
def test_the_stated_change_leads_to_last_years_own_total(database, tmp_path, last, outcome):
    with connect(database) as connection:
        load(connection, budget(tmp_path, 2024, last))
        load(connection, budget(tmp_path, 2025, "1060.00", *STATED))
        connection.commit()
        found = connection.execute(QUERY).fetchall()
    assert found == [("YN", "total_income_and_expenditure", Decimal(1000), Decimal(last), outcome)]
