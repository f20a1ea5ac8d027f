"""Whatever dress the department wears: nothing false, nothing lost in silence, and what is legible is read."""

import pytest

from ingest.errors import AnotherKind
from tests.variants.catalogue import variants
from tests.variants.judged_variants import judged, reading_of_variant
from tests.variants.known_open import KNOWN_OPEN
from tests.variants.variant import Variant, is_read_or_refused_by_name

IS_STRICT = False  # while the mends of this issue land


def marked(chosen: list[Variant]) -> pytest.MarkDecorator:
    """Each variant, those that are known to fail marked so."""
    return pytest.mark.parametrize(
        "variant",
        [
            pytest.param(
                one,
                id=one.id,
                marks=[pytest.mark.xfail(reason=KNOWN_OPEN[one.id], strict=IS_STRICT)] if one.id in KNOWN_OPEN else [],
            )
            for one in chosen
        ],
    )


ACCOUNTS = [one for one in variants() if not one.is_refused]
OTHERS = [one for one in variants() if one.is_refused]


@marked(ACCOUNTS)
def test_nothing_false_and_nothing_lost_in_silence(variant):
    found = judged(variant)
    assert found.falsehoods == []
    assert found.silent == ()
    if variant.legible:
        assert is_read_or_refused_by_name(variant, found, reading_of_variant(variant)), found


@marked(OTHERS)
def test_what_is_no_final_accounts_is_refused_for_it(variant):
    assert isinstance(reading_of_variant(variant), AnotherKind), judged(variant)
