"""For every document of the cases: no wrong value, no false accusation, nothing missing without a doubt."""

import pytest

from ingest.errors import IngestError
from tests.assessment import Assessment
from tests.cases.cases import Input, inputs, needs_cases

pytestmark = needs_cases
ALL = inputs()
every_input = pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)


@every_input
def test_no_value_is_wrong_and_no_identity_is_falsely_broken(one: Input):
    assert one.assessed().falsehoods == []
    assert one.assessed().unaccounted == 0


@every_input
def test_nothing_is_missing_without_a_doubt(one: Input):
    assert one.assessed().silent == ()


@every_input
def test_a_refusal_names_its_reason(one: Input):
    reading = one.reading()
    if isinstance(reading, IngestError):
        assert one.path.name in str(reading) and len(str(reading)) > len(one.path.name) + 20


def test_every_case_about_reading_has_an_input():
    assessed = [one.assessed() for one in ALL]
    assert len({one.case for one in ALL}) >= 29 and all(isinstance(one, Assessment) for one in assessed)
