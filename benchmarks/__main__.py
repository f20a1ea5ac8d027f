"""What `make bench` runs: each part prints its table and writes it to results/<part>.md.

usage: python -m benchmarks [PART…] [--rounds N] [--slow-rounds N] [--tools A,B] [--documents N] [--amounts N…]
    [--sentences N] [--readers N] [--seconds N] [--budgets SHARE] [--other-checkout FOLDER] [--into FOLDER]

A part is a module of this package with `measure(asked) -> list[str]`. `asked` are the parsed arguments; the lines are
Markdown, the first one describes the machine.
"""

import argparse
from importlib import import_module
from pathlib import Path

from benchmarks.tools import TOOLS

PARTS = ("reading", "reading_costs", "pages", "formats", "scans", "ingest", "loading", "queries", "search", "readers")
RESULTS = Path(__file__).parent / "results"


def main() -> None:
    asked = arguments().parse_args()
    asked.into.mkdir(parents=True, exist_ok=True)
    for part in asked.parts or PARTS:
        lines = import_module(f"benchmarks.{part}").measure(asked)
        text = "\n".join([f"# {part.replace('_', ' ').capitalize()}", "", *lines, ""])
        print(text, flush=True)
        (asked.into / f"{part}.md").write_text(text, encoding="utf-8")


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measures speed and memory.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--rounds", type=int, default=3, help="how often what takes seconds is measured")
    parser.add_argument(
        "--slow-rounds", type=int, default=1, help="how often the tools that take minutes run; 0 leaves them out"
    )
    parser.add_argument(
        "--tools", type=lambda text: text.split(","), default=list(TOOLS), help="of: " + ",".join(TOOLS)
    )
    parser.add_argument("--documents", type=int, default=200, help="documents that one and two workers load")
    parser.add_argument(
        "--amounts", type=int, nargs="+", default=[1_000_000], help="rows that are queried; 20000000 take 25 GB of disk"
    )
    parser.add_argument("--sentences", type=int, default=1_000_000, help="texts that are searched")
    parser.add_argument("--readers", type=int, default=50, help="who ask for pages at the same time")
    parser.add_argument("--seconds", type=int, default=60, help="how long the readers ask")
    parser.add_argument("--budgets", type=float, default=0, help="the share of queried documents that are budgets")
    parser.add_argument(
        "--other-checkout", type=Path, help="reads the same files, so that reading_costs compares the two"
    )
    parser.add_argument("--into", type=Path, default=RESULTS, help="the folder to write the tables to")
    return parser


if __name__ == "__main__":
    main()
