"""Whatever dress the department wears: nothing false, nothing lost in silence, and what is legible is read."""

import os

import pytest

from ingest.errors import AnotherKind, GovernmentAccounts
from tests.variants.catalogue import variants
from tests.variants.judged_variants import reading_of_variant
from tests.variants.known_open import KNOWN_OPEN
from tests.variants.variant import Variant, is_read_or_refused_by_name
from warehouse.kinds.kind import FINAL_ACCOUNTS
from warehouse.records.reading import CheckOutcome


def marked(chosen: list[Variant]) -> pytest.MarkDecorator:
    """Each variant, those that are known to fail marked so."""
    return pytest.mark.parametrize(
        "variant",
        [
            pytest.param(
                one,
                id=one.id,
                marks=[pytest.mark.xfail(reason=KNOWN_OPEN[one.id], strict=True)] if one.id in KNOWN_OPEN else [],
            )
            for one in chosen
        ],
    )


EVERY = 1 if os.environ.get("JUESUAN_LONG") else 2  # `make long` reads all, `make test` every second of the accounts
ACCOUNTS = [one for one in variants() if not one.is_refused][::EVERY]
OTHERS = [one for one in variants() if one.is_refused]


@marked(ACCOUNTS)
def test_nothing_false_and_nothing_lost_in_silence(variant, judged):
    found = judged(variant)
    assert found.falsehoods == []
    assert found.silent == ()
    assert found.unaccounted == 0
    if variant.legible:
        assert is_read_or_refused_by_name(variant, found, reading_of_variant(variant)), found


@marked([one for one in ACCOUNTS if one.kind in ("titles", "bodies", "plain")])
def test_whose_accounts_of_which_year(variant):
    about = reading_of_variant(variant).profile
    assert (about.department, about.kind) == (variant.look.body, FINAL_ACCOUNTS)
    says_year = any("4年" in line or "四年" in line for line in (*variant.look.cover, *variant.look.before_tables))
    assert about.fiscal_year == (2024 if says_year else None)


@marked([one for one in ACCOUNTS if one.look.more])
def test_a_second_body_in_the_file_is_named(variant):
    said = [f"{doubt.reason}{doubt.printed}" for doubt in reading_of_variant(variant).doubts]
    bodies = (variant.look.body, *(other.body for other in variant.look.more))
    assert any(all(body in text for body in bodies) for text in said)


@marked([one for one in ACCOUNTS if one.breaks])
def test_what_the_publisher_broke_is_called_broken(variant):
    broken = {
        (check.rule_id, check.table_code, check.row_key)
        for check in reading_of_variant(variant).checks
        if check.outcome is CheckOutcome.BROKEN
    }
    assert variant.breaks <= broken


@marked(OTHERS)
def test_what_is_no_final_accounts_is_refused_for_it(variant, judged):
    found = judged(variant)
    assert isinstance(reading_of_variant(variant), (AnotherKind, GovernmentAccounts)), found


def test_there_are_enough_of_each_kind():
    read = [*ACCOUNTS, *OTHERS]
    assert sum(one.format == "pdf" for one in read) >= 150
    assert sum(one.format == "text" for one in read) >= 50
    assert sum(one.legible for one in ACCOUNTS) >= 120
    assert {one.kind for one in read} == {one.kind for one in variants()}
