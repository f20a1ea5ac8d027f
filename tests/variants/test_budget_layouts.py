"""Budgets in the layouts of several families of publishers: every value is right, every number has its owner."""

import pytest

from ingest.errors import IngestError
from tests.variants.assessed_variants import assessed_variant, reading_of_variant
from tests.variants.budget_layouts import layouts
from tests.variants.variant import Variant

EVERY = pytest.mark.parametrize("variant", layouts(), ids=lambda variant: variant.name)


@EVERY
def test_every_value_is_right(variant: Variant) -> None:
    found = assessed_variant(variant)
    printed = [value for value in variant.look.truth().values() if value is not None]
    assert found.falsehoods == []
    assert (found.right, found.missing, found.doubtful, found.unaccounted) == (len(printed), 0, 0, 0)


@EVERY
def test_it_is_a_budget_of_its_year(variant: Variant) -> None:
    reading = reading_of_variant(variant)
    assert not isinstance(reading, IngestError)
    about = reading.profile
    assert (about.kind, about.fiscal_year, about.department) == ("budget", 2026, variant.look.body)
