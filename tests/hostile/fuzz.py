"""Runs a fuzz target for some seconds with atheris (libFuzzer), which varies the inputs that reach new code.

A target is a function of bytes that raises Broken if an invariant does not hold. Every other exception is a finding
too. A finding is printed once, with an input that causes it, and fuzzing continues.
"""

import argparse
import os
import sys
import time
import traceback
from collections.abc import Callable

Target = Callable[[bytes], None]


class Broken(AssertionError):
    """An invariant does not hold."""


class Findings:
    """Calls the target, catches its exceptions and counts them by place and message."""

    def __init__(self, target: Target):
        self.target, self.known, self.runs, self.began = target, set(), 0, time.monotonic()

    def __call__(self, data: bytes) -> None:
        self.runs += 1
        try:
            self.target(data)
        except Exception as error:  # every exception is a finding
            self._note(error, data)

    def _note(self, error: Exception, data: bytes) -> None:
        place = traceback.extract_tb(error.__traceback__)[-1]
        key = (type(error).__name__, place.name, place.lineno, str(error)[:40])
        if key not in self.known and len(self.known) < 50:
            self.known.add(key)
            print(f"finding {len(self.known)}: {error!r} in {place.name}:{place.lineno}, input {data!r}", flush=True)

    def summary(self) -> str:
        seconds = time.monotonic() - self.began
        rate = f"{self.runs} executions in {seconds:.0f} s, {self.runs / seconds:.0f} per second"
        return f"{rate}, {len(self.known)} findings"


def main(target: Target, instrument: Callable[[], None], longest: int) -> None:
    """`instrument` imports the modules that are fuzzed; `longest` is the maximal size of an input in bytes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-v", "--verbose", action="store_true", help="how much is covered, as libFuzzer reports it")
    asked = parser.parse_args()
    import atheris

    with atheris.instrument_imports(include=["ingest"]):
        instrument()
    findings = Findings(target)
    options = [
        f"-seed={asked.seed}",
        f"-max_len={longest}",
        f"-verbosity={int(asked.verbose)}",
        "-len_control=0",
        "-rss_limit_mb=4096",
        "-timeout=30",
    ]

    def until_time_is_up(data: bytes) -> None:
        findings(data)
        if time.monotonic() - findings.began >= asked.seconds:
            print(findings.summary(), flush=True)
            os._exit(bool(findings.known))  # libFuzzer would report sys.exit as a finding

    atheris.Setup([sys.argv[0], *options], until_time_is_up)
    atheris.Fuzz()
