"""Reading tables from PDFs: juesuan compared with other tools on the same pages, in one run.

Each tool runs in a new process, one after the other in every round, so that a change in the speed of the machine
affects all. The ratio of a tool is pdfplumber's time divided by the tool's, the median over the rounds, by elapsed time
and by CPU time. On a machine with other users only the CPU time is steady. The tools other than juesuan are installed
in a separate environment (BENCH_PYTHON). A tool that cannot run is listed with the reason.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2 as pdfium

from benchmarks.cell_accuracy import in_place, true_numbers
from benchmarks.machine import ROOT, machine, page_count, pdfs

BENCH_PYTHON = os.environ.get("BENCH_PYTHON", str(ROOT / ".venv-bench/bin/python"))
SLOW = ("PyMuPDF", "camelot", "tabula", "img2table")
PLAIN = "pdfplumber"
TARGETS = {"juesuan read": 15, "juesuan extract": 8}
MEMORY = {30: 45, 300: 100}  # pages of a file → MiB that reading may add to the memory after the imports


@dataclass
class Tool:
    name: str
    version: str = "-"
    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)
    cpu_ratios: list[float] = field(default_factory=list)
    tables: dict[str, list] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    fallen_back: int = 0  # pages of files during which pdfplumber was imported; the maximum over the rounds
    failure: str = ""


def measure(asked: argparse.Namespace) -> list[str]:
    before, files = machine(), pdfs()
    pages = page_count(files)
    tools = {name: Tool(name) for name in asked.tools}
    for round_ in range(max(asked.rounds, asked.slow_rounds)):
        run_round(
            tools, files, [name for name in tools if round_ < (asked.slow_rounds if name in SLOW else asked.rounds)]
        )
    return [
        f"{before}; {len(files)} PDFs, {pages} pages.",
        "",
        *speed_table(tools, files, pages),
        "",
        *memory_table(),
    ]


def truth_folder(file: Path) -> Path:
    return file.parent if (file.parent / "amounts.csv").exists() else ROOT / "samples/figures" / file.stem


def run_round(tools: dict[str, Tool], files: list[Path], names: list[str]) -> None:
    """Run every tool once and note its ratio to pdfplumber's run in this round."""
    for name in names:
        tool = tools[name]
        if not tool.failure:
            take(tool, run(name, files))
    plain = tools.get(PLAIN, Tool(PLAIN))
    for tool in (tools[name] for name in names):
        if plain.seconds and not tool.failure:
            tool.ratios.append(plain.seconds[-1] / tool.seconds[-1])
            tool.cpu_ratios.append(plain.cpu[-1] / tool.cpu[-1])


def take(tool: Tool, answer: dict) -> None:
    if "failure" in answer:
        tool.failure = answer["failure"]
        return
    tool.seconds.append(answer["seconds"])
    tool.cpu.append(answer["cpu"])
    tool.fallen_back = max(tool.fallen_back, answer["fallen_back"])
    tool.version, tool.tables, tool.refused = answer["version"], answer["tables"], answer["refused"]


def run(name: str, files: list[Path]) -> dict:
    """The JSON that benchmarks/tools.py prints, or the last line of its error as `failure`."""
    python = sys.executable if name.startswith("juesuan") else BENCH_PYTHON
    command = [python, "-m", "benchmarks.tools", name, *map(str, files)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    except FileNotFoundError:
        return {"failure": "not installed: make bench installs it"}
    except subprocess.CalledProcessError as error:
        return {"failure": (error.stderr.strip().splitlines() or ["no reason given"])[-1][:80]}
    return json.loads(done.stdout.splitlines()[-1])


def speed_table(tools: dict[str, Tool], files: list[Path], pages: int) -> list[str]:
    truth = {str(file): true_numbers(truth_folder(file)) for file in files}
    return [
        "| tool | version | rounds | pages/s | times pdfplumber (min–max) | by CPU time | target | amounts in place |"
        " pages that fell back to pdfplumber |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|",
        *(speed_line(tool, truth, pages) for tool in tools.values() if tool.seconds or tool.failure),
    ]


def speed_line(tool: Tool, truth: dict[str, dict], pages: int) -> str:
    if tool.failure:
        return f"| {tool.name} | - | 0 | did not run: {tool.failure} | | | | | |"
    speed = pages / statistics.median(tool.seconds)
    target = f"≥ {TARGETS[tool.name]}" if tool.name in TARGETS else ""
    expected = sum(map(len, truth.values()))
    found = sum(in_place(tables, truth[file]) for file, tables in tool.tables.items())
    share = f"{found} of {expected} = {found / expected:.2%}" if any(tool.tables.values()) else "as read"
    share += f"; failed on {', '.join(tool.refused)}" if tool.refused else ""
    fallback = f"{tool.fallen_back} of {pages}" if tool.name.startswith("juesuan") else ""
    return (
        f"| {tool.name} | {tool.version} | {len(tool.seconds)} | {speed:.1f} | {spread(tool.ratios)} | "
        f"{spread(tool.cpu_ratios)} | {target} | {share} | {fallback} |"
    )


def spread(ratios: list[float]) -> str:
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})" if ratios else "-"


def memory_table() -> list[str]:
    lines = ["| reading a file of | peak above start, MiB | target |", "|--:|--:|--:|"]
    with tempfile.TemporaryDirectory() as folder:
        for pages, limit in MEMORY.items():
            file = repeated(ROOT / "samples/nanyang_gongxin_2024.pdf", pages, Path(folder) / f"{pages}.pdf")
            peaks = [run(name, [file])["peak_mib"] for name in ("juesuan read", "juesuan extract")]
            lines.append(f"| {pages} pages | {peaks[0]:.1f} (read), {peaks[1]:.1f} (extract) | ≤ {limit} |")
    return lines


def repeated(source: Path, pages: int, into: Path) -> Path:
    """A file of so many pages, made by repeating the pages of `source`."""
    with pdfium.PdfDocument(source) as old, pdfium.PdfDocument.new() as new:
        count = len(old)
        new.import_pages(old, [n % count for n in range(pages)])
        new.save(into)
    return into
