"""Reading tables out of PDFs: juesuan beside other tools, on the same pages, in one run.

usage: python -m benchmarks.reading [--rounds N] [--slow-rounds N] [--into FILE.md] [FILE.pdf…]

Without files: the PDFs of JUESUAN_CORPUS, else samples/*.pdf. Each tool runs in a process of its own, all in turn
in every round, so that a drift of the machine meets them all; the ratio of a tool is the median over the rounds of
plain pdfplumber's seconds by its own, once of the clock and once of the processor: on a machine that others use
only the second is steady. The tools other than juesuan live in an environment of their own
(BENCH_PYTHON); one that cannot run is named with its reason.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2 as pdfium

from benchmarks.cells import in_place, true_numbers
from benchmarks.tools import TOOLS

ROOT = Path(__file__).parents[1]
BENCH_PYTHON = os.environ.get("BENCH_PYTHON", str(ROOT / ".venv-bench/bin/python"))
SLOW = ("PyMuPDF", "camelot", "tabula", "img2table")
PLAIN = "pdfplumber"
TARGETS = {"juesuan read": 15, "juesuan extract": 8}
MEMORY = {30: 45, 300: 100}  # pages → MiB above start


@dataclass
class Tool:
    name: str
    version: str = "-"
    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)
    cpu_ratios: list[float] = field(default_factory=list)
    tables: dict[str, list] = field(default_factory=dict)
    used_pdfplumber: bool = False  # in any round: the reader of juesuan fell back to it
    failure: str = ""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--slow-rounds", type=int, default=1, help=f"of {', '.join(SLOW)}")
    arguments.add_argument("--into", type=Path, help="keep the tables in this file")
    arguments.add_argument("files", type=Path, nargs="*")
    asked = arguments.parse_args()
    files = [file.resolve() for file in asked.files] or corpus_files()
    tools = {name: Tool(name) for name in TOOLS}
    for round_ in range(max(asked.rounds, asked.slow_rounds)):
        run_round(
            tools, files, [name for name in TOOLS if round_ < (asked.slow_rounds if name in SLOW else asked.rounds)]
        )
    pages = sum(map(page_count, files))
    text = "\n\n".join((machine(files, pages), speed_table(tools, files, pages), memory_table()))
    print(text)
    if asked.into:
        asked.into.write_text(f"# Reading\n\n{text}\n", encoding="utf-8")


def corpus_files() -> list[Path]:
    corpus = os.environ.get("JUESUAN_CORPUS")
    return sorted(Path(corpus).glob("*/*.pdf") if corpus else (ROOT / "samples").glob("*.pdf"))


def truth_folder(file: Path) -> Path:
    return file.parent if (file.parent / "amounts.csv").exists() else ROOT / "samples/figures" / file.stem


def page_count(file: Path) -> int:
    with pdfium.PdfDocument(file) as pdf:
        return len(pdf)


def run_round(tools: dict[str, Tool], files: list[Path], names: list[str]) -> None:
    """Every tool once; each ratio is to the run of plain pdfplumber in the same round."""
    for name in names:
        tool = tools[name]
        if not tool.failure:
            take(tool, run(name, files))
    plain = tools[PLAIN]
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
    tool.used_pdfplumber |= answer["used_pdfplumber"]
    tool.version, tool.tables = answer["version"], answer["tables"]


def run(name: str, files: list[Path]) -> dict:
    """What tools.py prints, or the last line of its error as `failure`."""
    python = sys.executable if name.startswith("juesuan") else BENCH_PYTHON
    command = [python, "-m", "benchmarks.tools", name, *map(str, files)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    except FileNotFoundError:
        return {"failure": "not installed: make bench installs it"}
    except subprocess.CalledProcessError as error:
        return {"failure": (error.stderr.strip().splitlines() or ["no reason given"])[-1][:80]}
    return json.loads(done.stdout.splitlines()[-1])


def machine(files: list[Path], pages: int) -> str:
    model = next((line.partition(":")[2].strip() for line in cpu_lines() if line.startswith("model name")), "?")
    cores, python = os.cpu_count(), platform.python_version()
    return f"{model}, {cores} cores, Python {python}; {len(files)} PDFs, {pages} pages"


def cpu_lines() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text().splitlines() if path.exists() else []


def speed_table(tools: dict[str, Tool], files: list[Path], pages: int) -> str:
    lines = [
        "| tool | version | pages/s | times pdfplumber (min–max) | by CPU | target | amounts in place | fell back |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    truth = {str(file): true_numbers(truth_folder(file)) for file in files}
    expected = sum(map(len, truth.values()))
    for tool in tools.values():
        if tool.failure:
            lines.append(f"| {tool.name} | - | did not run: {tool.failure} | | | | | |")
        if not tool.seconds:
            continue
        speed = pages / statistics.median(tool.seconds)
        ratio, by_cpu = spread(tool.ratios), spread(tool.cpu_ratios)
        target = f"≥ {TARGETS[tool.name]}" if tool.name in TARGETS else ""
        found = sum(in_place(tables, truth[file]) for file, tables in tool.tables.items())
        share = f"{found} of {expected} = {found / expected:.2%}" if any(tool.tables.values()) else "as read"
        fallback = ("yes" if tool.used_pdfplumber else "never") if tool.name.startswith("juesuan") else ""
        lines.append(
            f"| {tool.name} | {tool.version} | {speed:.1f} | {ratio} | {by_cpu} | {target} | {share} | {fallback} |"
        )
    return "\n".join(lines)


def spread(ratios: list[float]) -> str:
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})" if ratios else "-"


def memory_table() -> str:
    lines = ["| reading a file of | peak above start, MiB | target |", "|--:|--:|--:|"]
    with tempfile.TemporaryDirectory() as folder:
        for pages, limit in MEMORY.items():
            file = repeated(ROOT / "samples/nanyang_gongxin_2024.pdf", pages, Path(folder) / f"{pages}.pdf")
            peaks = [run(name, [file])["peak_mib"] for name in ("juesuan read", "juesuan extract")]
            lines.append(f"| {pages} pages | {peaks[0]:.1f} (read), {peaks[1]:.1f} (extract) | ≤ {limit} |")
    return "\n".join(lines)


def repeated(source: Path, pages: int, into: Path) -> Path:
    """The pages of a file again and again until there are so many."""
    with pdfium.PdfDocument(source) as old, pdfium.PdfDocument.new() as new:
        count = len(old)
        new.import_pages(old, [n % count for n in range(pages)])
        new.save(into)
    return into


if __name__ == "__main__":
    main()
