"""The table of the variants at the end of the run."""

import pytest

from tests.variants.judged_variants import ALL_JUDGED, summary


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if ALL_JUDGED:
        terminalreporter.section("variants")
        for line in summary():
            terminalreporter.write_line(line)
