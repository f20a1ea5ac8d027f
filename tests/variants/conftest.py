"""Prints the table of the variants at the end of the run."""

from collections.abc import Callable

import pytest

from tests.assessment import Assessment
from tests.parallel import recorded_values
from tests.variants.assessed_variants import assessed_variant, figures, summary
from tests.variants.variant import Variant

VARIANT = "variant"


@pytest.fixture
def assessed(record_property: Callable[[str, object], None]) -> Callable[[Variant], Assessment]:
    """A function that compares a variant with its figures and records the result for the table."""

    def assessed(variant: Variant) -> Assessment:
        found = assessed_variant(variant)
        record_property(VARIANT, (variant.id, figures(found)))
        return found

    return assessed


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if counted := dict(recorded_values(terminalreporter, VARIANT)):
        terminalreporter.section("variants")
        for line in summary(counted):
            terminalreporter.write_line(line)
