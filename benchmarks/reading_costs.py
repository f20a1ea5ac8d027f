"""The CPU time of two tasks within reading: finding text that is not visible, and accounting for every printed number.

A round reads every PDF in one new process and adds up the CPU seconds spent in the functions of each task. All other
work of `extract` is the remainder. With `--other-checkout FOLDER` a second checkout reads the same files in the same
round with the same interpreter. It may be older than the two tasks. Its total divided by the remainder here says
whether the other work became slower.
"""

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path

from benchmarks.machine import ROOT, machine, page_count, pdfs

# Task → the functions that do it, as (module that calls them, name there).
TASKS = {
    "visibility": (
        ("ingest.readers.pdf.read", "_may_have_layers"),
        ("ingest.readers.pdf.read", "show_forms"),
        ("ingest.readers.pdf.read", "remarks_on"),
        ("ingest.readers.pdf.read", "cells_without_number"),
        ("ingest.readers.pdf.objects", "annotations_on"),
        ("ingest.readers.pdf.objects", "unseen"),
        ("ingest.readers.pdf.objects", "printed_once"),
        ("ingest.readers.pdf.objects", "without_watermarks"),
        ("ingest.readers.pdf.objects", "without_footnote_marks"),
        ("ingest.readers.pdf.objects", "strikes"),
        ("ingest.readers.pdf.objects", "_on_the_page"),
        ("ingest.readers.pdf.objects", "_named"),
    ),
    "accounting": (
        ("ingest.readers.pdf.read", "numbers_on_page"),
        ("ingest.pipeline", "account_of"),
        ("ingest.pipeline", "figures_in_lines"),
    ),
}
READ = """
import importlib, json, sys, time
from inspect import isgeneratorfunction
from pathlib import Path

tasks, files = json.loads(sys.argv[1]), [Path(name) for name in sys.argv[2:]]
spent = dict.fromkeys(tasks, 0.0)

def timed(task, function):
    def run(*given, **named):
        began = time.process_time()
        found = function(*given, **named)
        found = list(found) if isgeneratorfunction(function) else found
        spent[task] += time.process_time() - began
        return found
    return run

for task, functions in tasks.items():
    for module, name in functions:
        try:
            caller = importlib.import_module(module)
            setattr(caller, name, timed(task, getattr(caller, name)))
        except (ImportError, AttributeError):
            pass  # an older checkout without this function
from ingest.pipeline import extract
for file in files[:1]:
    extract(file)
spent.update(dict.fromkeys(tasks, 0.0))
began = time.process_time()
for file in files:
    extract(file)
print(json.dumps({"whole": time.process_time() - began, **spent}))
"""


def measure(asked: argparse.Namespace) -> list[str]:
    before, files = machine(), pdfs()
    mine, others = [], []
    for _ in range(asked.rounds):
        mine.append(run(ROOT, files))
        if asked.other_checkout:
            others.append(run(asked.other_checkout, files))
    lines = [
        f"{before}; {len(files)} PDFs, {page_count(files)} pages, {asked.rounds} rounds.",
        "",
        "| CPU of `extract` | seconds | share of the whole |",
        "|---|--:|--:|",
        *(line(name, [one[name] / one["whole"] for one in mine], [one[name] for one in mine]) for name in mine[0]),
    ]
    return lines + (compared(mine, others) if others else [])


def run(checkout: Path, files: list[Path]) -> dict[str, float]:
    command = [sys.executable, "-c", READ, json.dumps(TASKS), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=checkout, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def line(name: str, shares: list[float], seconds: list[float]) -> str:
    return f"| {name} | {spread(seconds, 2)} | {statistics.median(shares):.1%} |"


def compared(mine: list[dict[str, float]], others: list[dict[str, float]]) -> list[str]:
    rests = [one["whole"] - sum(one[task] for task in TASKS) for one in mine]
    pairs = list(zip(mine, rests, others, strict=True))
    return [
        "",
        "| speed compared with the other checkout in the same round | times | target |",
        "|---|--:|--:|",
        f"| without the two tasks | {spread([other['whole'] / rest for _, rest, other in pairs], 3)} | ≥ 0.95 |",
        f"| with them | {spread([other['whole'] / one['whole'] for one, _, other in pairs], 3)} | |",
    ]


def spread(values: list[float], decimals: int) -> str:
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{middle:.{decimals}f} ({low:.{decimals}f}–{high:.{decimals}f})"
