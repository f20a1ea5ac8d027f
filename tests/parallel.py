"""How pytest-xdist distributes the tests over its workers, and how their results are collected for one table."""

from collections.abc import Iterator

import pytest
from xdist.scheduler import LoadScopeScheduling

VARIANTS = "tests/variants/"


class ByModule(LoadScopeScheduling):
    """Runs all tests of a module on one worker, because they share its fixtures. Variants are distributed one by one.

    Modules with many tests begin first; the variants, which are short, come last, so that all workers end together.
    """

    def _split_scope(self, nodeid: str) -> str:
        module, _, test = nodeid.partition("::")
        return f"{module}::{test.partition('[')[2]}" if module.startswith(VARIANTS) else module


def recorded_values(reporter: pytest.TerminalReporter, name: str) -> Iterator[object]:
    """The values that tests of all workers recorded under this name in their user_properties."""
    reports = (report for of_one_kind in reporter.stats.values() for report in of_one_kind)
    for report in reports:
        if isinstance(report, pytest.TestReport) and report.when == "teardown":
            yield from (value for key, value in report.user_properties if key == name)
