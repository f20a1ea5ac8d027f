"""Every layout is read as it is printed: rows, columns, amounts; and no number is left over."""

from decimal import Decimal
from pathlib import Path

import pytest

from ingest.pipeline import extract
from tests.budgets.families import FAMILIES
from tests.budgets.typeset import Family, drawn, written
from tests.kinds import BUDGET
from warehouse.records.reading import Extraction

FORMATS = {"pdf": drawn, "text": written}
Values = dict[tuple[str, str, str], Decimal | None]


def expected_of(family: Family) -> Values:
    return {
        (table.code, row, measure): None if value is None else Decimal(value)
        for table in family.tables
        for (row, measure), value in table.expected.items()
    }


def read_of(extraction: Extraction) -> Values:
    return {
        (one.table_code, one.row_key, one.measure): None if one.value is None else one.value / 10_000
        for one in extraction.amounts
    }


@pytest.mark.parametrize("made", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_a_budget_is_read_as_it_is_printed(tmp_path: Path, family: Family, made) -> None:
    read = extract(made(family, tmp_path))
    assert read.profile.kind == BUDGET.name
    assert read_of(read) == expected_of(family)
    assert read.counts.amounts_unaccounted == 0
    assert {amount.status.value for amount in read.amounts} == {"as_printed"}
