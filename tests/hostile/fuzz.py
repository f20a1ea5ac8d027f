"""Drives a fuzz target for some seconds with atheris (libFuzzer): inputs that reach new lines breed further ones.

A target is a function of bytes that raises Broken where an invariant does not hold; any other exception is a
finding as well. Findings are printed once each, with an input that shows them, and fuzzing goes on.
"""

import argparse
import os
import sys
import time
import traceback
from collections.abc import Callable

Target = Callable[[bytes], None]


class Broken(AssertionError):
    """What must hold did not."""


class Findings:
    """The target with its exceptions caught and counted by place and message."""

    def __init__(self, target: Target):
        self.target, self.known, self.runs, self.began = target, set(), 0, time.monotonic()

    def __call__(self, data: bytes) -> None:
        self.runs += 1
        try:
            self.target(data)
        except Exception as error:  # whatever it is, it is what is looked for
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
    """`instrument` imports what is fuzzed; `longest` is the most bytes of an input."""
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
            os._exit(bool(findings.known))  # libFuzzer takes an exit for a finding

    atheris.Setup([sys.argv[0], *options], until_time_is_up)
    atheris.Fuzz()
