"""The table of the variants at the end of the run."""

from collections.abc import Callable

import pytest

from tests.judged import Judged
from tests.variants.judged_variants import figures, judged_variant, summary
from tests.variants.variant import Variant
from tests.workers import kept

VARIANT = "variant"


@pytest.fixture
def judged(record_property: Callable[[str, object], None]) -> Callable[[Variant], Judged]:
    """What came of a variant, which is counted in the table with it."""

    def judged(variant: Variant) -> Judged:
        found = judged_variant(variant)
        record_property(VARIANT, (variant.id, figures(found)))
        return found

    return judged


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if counted := dict(kept(terminalreporter, VARIANT)):
        terminalreporter.section("variants")
        for line in summary(counted):
            terminalreporter.write_line(line)
