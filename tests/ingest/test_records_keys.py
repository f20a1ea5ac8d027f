"""No two records of an extraction have the same key fields."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import fields, replace

import pytest

from tests.ingest.truth import SAMPLE_FILES, extraction_of
from warehouse.records.keys import Keyed, key_of
from warehouse.records.places import Place
from warehouse.records.reading import (
    Amount,
    BodyFact,
    CheckResult,
    DepartmentUnit,
    Extraction,
    Indicator,
    StatedFigure,
    TableFound,
)
from warehouse.records.successions import StatedSuccession

KEYED = (Amount, BodyFact, CheckResult, DepartmentUnit, Indicator, StatedFigure, StatedSuccession, TableFound)


def repeated(records: Iterable[Keyed]) -> list[tuple[object, ...]]:
    return [same for same, times in Counter(map(key_of, records)).items() if times > 1]


def repeated_in(read: Extraction) -> list[tuple[object, ...]]:
    lists = (
        read.tables,
        read.amounts,
        read.stated,
        read.units,
        read.facts,
        read.successions,
        read.checks,
        *(project.indicators for project in read.projects),
    )
    return [same for records in lists for same in repeated(records)]


@pytest.mark.parametrize("record", KEYED)
def test_the_key_fields_of_a_record_are_fields_of_it(record):
    assert set(record.KEY_FIELDS) <= {field.name for field in fields(record)}


@pytest.mark.parametrize("path", SAMPLE_FILES, ids=lambda path: path.name)
def test_no_record_of_a_sample_is_repeated(path):
    assert repeated_in(extraction_of(path)) == []


def test_a_repeated_record_is_found():
    read = extraction_of(SAMPLE_FILES[0])
    other = replace(read.amounts[0], printed="another", place=Place(99))
    assert repeated_in(replace(read, amounts=(*read.amounts, other))) == [key_of(other)]
