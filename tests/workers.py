"""How pytest-xdist shares the tests out, and what they print together at the end."""

from collections.abc import Iterator

import pytest
from xdist.scheduler import LoadScopeScheduling

VARIANTS = "tests/variants/"


class ByModule(LoadScopeScheduling):
    """The tests of a module stay on one worker: they share what its fixtures made. A variant shares with itself only.

    Modules of many tests begin first, so that the variants, which are short, fill the end of every worker.
    """

    def _split_scope(self, nodeid: str) -> str:
        module, _, test = nodeid.partition("::")
        return f"{module}::{test.partition('[')[2]}" if module.startswith(VARIANTS) else module


def kept(reporter: pytest.TerminalReporter, name: str) -> Iterator[object]:
    """What tests appended to their user_properties under the name, whichever worker ran them."""
    reports = (report for of_one_kind in reporter.stats.values() for report in of_one_kind)
    for report in reports:
        if isinstance(report, pytest.TestReport) and report.when == "teardown":
            yield from (value for key, value in report.user_properties if key == name)
