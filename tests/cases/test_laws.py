"""What holds of every document of the cases: nothing false is shown, said or left out in silence."""

import pytest

from ingest.errors import IngestError
from tests.cases.cases import Input, inputs, needs_cases
from tests.judged import Judged

pytestmark = needs_cases
ALL = inputs()
every_input = pytest.mark.parametrize("one", ALL, ids=lambda one: one.name)


@every_input
def test_nothing_false_is_shown_or_said(one: Input):
    assert one.judged().falsehoods == []
    assert one.judged().unaccounted == 0


@every_input
def test_nothing_is_lost_in_silence(one: Input):
    assert one.judged().silent == ()


@every_input
def test_a_refusal_names_its_reason(one: Input):
    reading = one.reading()
    if isinstance(reading, IngestError):
        assert one.path.name in str(reading) and len(str(reading)) > len(one.path.name) + 20


def test_every_case_about_reading_has_an_input():
    judged = [one.judged() for one in ALL]
    assert len({one.case for one in ALL}) >= 29 and all(isinstance(one, Judged) for one in judged)
