"""For every variant: no wrong value, no false accusation, nothing missing without a doubt; legible ones are read."""

import pytest

from ingest.errors import GovernmentAccounts, IngestError
from tests.kinds import BUDGET
from tests.variants import layout_table
from tests.variants.assessed_variants import reading_of_variant
from tests.variants.catalogue import variants
from tests.variants.known_failures import KNOWN_FAILURES
from tests.variants.variant import Variant, is_read_or_refused_by_name
from warehouse.kinds.names import FINAL_ACCOUNTS
from warehouse.records.reading import CheckOutcome


def marked(chosen: list[Variant]) -> pytest.MarkDecorator:
    """Parametrises with the variants; those of KNOWN_FAILURES are expected to fail."""
    return pytest.mark.parametrize("variant", [pytest.param(one, id=one.id, marks=marks(one)) for one in chosen])


def marks(variant: Variant) -> list[pytest.MarkDecorator]:
    reason = KNOWN_FAILURES.get(variant.id)
    failing = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
    return failing if variant.is_refused or variant.id in SHORT else [*failing, pytest.mark.long]


EVERY = 20  # `make test` reads every twentieth variant and one of each sort, `make long` the others
ACCOUNTS = [one for one in variants() if not one.is_refused]
OTHERS = [one for one in variants() if one.is_refused]
ONE_OF_EACH = {(one.kind, one.format, bool(one.breaks), bool(one.look.more)): one for one in ACCOUNTS}
SHORT = {one.id for one in (*ACCOUNTS[::EVERY], *ONE_OF_EACH.values())}


@marked(ACCOUNTS)
def test_no_value_is_wrong_and_none_is_missing_without_a_doubt(variant, assessed):
    found = assessed(variant)
    assert found.falsehoods == []
    assert found.silent == ()
    assert found.unaccounted == 0
    if variant.legible:
        assert is_read_or_refused_by_name(variant, found, reading_of_variant(variant)), found


@marked([one for one in ACCOUNTS if one.kind in ("titles", "bodies", "plain")])
def test_department_kind_and_year_are_right(variant):
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
def test_an_identity_that_the_document_breaks_is_reported_as_broken(variant):
    broken = {
        (check.rule_id, check.table_code, check.row_key)
        for check in reading_of_variant(variant).checks
        if check.outcome is CheckOutcome.BROKEN
    }
    assert variant.breaks <= broken


@marked(OTHERS)
def test_budgets_and_accounts_of_governments_are_not_taken_for_final_accounts(variant):
    reading = reading_of_variant(variant)
    if isinstance(reading, IngestError):
        assert isinstance(reading, GovernmentAccounts), reading
    else:
        assert reading.profile.kind == BUDGET.name


def test_there_are_enough_variants_of_each_kind():
    read = [*ACCOUNTS, *OTHERS]
    assert sum(one.format == "pdf" for one in read) >= 150
    assert sum(one.format == "text" for one in read) >= 50
    assert sum(one.legible for one in ACCOUNTS) >= 120
    assert {one.kind for one in read} == {one.kind for one in variants()}


def test_the_page_of_layouts_has_a_line_for_each():
    lines = [line for line in layout_table.TARGET.read_text("utf-8").splitlines() if line.startswith("| ")][1:]
    said = [(variant.id, says.replace("|", "\\|"), read_by) for variant, says, read_by in layout_table.described()]
    assert len(lines) == len(said)
    for line, (variant, says, read_by) in zip(lines, said, strict=True):
        assert line.startswith(f"| {says} | `{variant}` |") and line.endswith(f"| {read_by} |")


@pytest.mark.long
def test_the_page_of_layouts_is_up_to_date():
    assert layout_table.page() == layout_table.TARGET.read_text("utf-8")
