"""What `make bench` runs: each part prints its table and keeps it in results/<part>.md.

usage: python -m benchmarks [PART…] [--rounds N] [--slow-rounds N] [--tools A,B] [--documents N] [--amounts N…]
    [--beside FOLDER] [--into FOLDER]

A part is a module of this package with `measure(asked) -> list[str]`: the lines of its Markdown, the machine first.
"""

import argparse
from importlib import import_module
from pathlib import Path

from benchmarks.tools import TOOLS

PARTS = ("reading", "duties", "ingest", "loading", "queries")
RESULTS = Path(__file__).parent / "results"


def main() -> None:
    asked = arguments().parse_args()
    asked.into.mkdir(parents=True, exist_ok=True)
    for part in asked.parts or PARTS:
        lines = import_module(f"benchmarks.{part}").measure(asked)
        text = "\n".join([f"# {part.capitalize()}", "", *lines, ""])
        print(text, flush=True)
        (asked.into / f"{part}.md").write_text(text, encoding="utf-8")


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Speed, measured.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--rounds", type=int, default=3, help="of everything that takes seconds")
    parser.add_argument("--slow-rounds", type=int, default=1, help="of the tools that take minutes; 0 leaves them out")
    parser.add_argument(
        "--tools", type=lambda text: text.split(","), default=list(TOOLS), help="of: " + ",".join(TOOLS)
    )
    parser.add_argument("--documents", type=int, default=200, help="for one worker against two")
    parser.add_argument(
        "--amounts", type=int, nargs="+", default=[1_000_000], help="for the queries; 20000000 takes 25 GB and its time"
    )
    parser.add_argument("--beside", type=Path, help="another checkout that reads the same files, for duties")
    parser.add_argument("--into", type=Path, default=RESULTS, help="the folder the tables are kept in")
    return parser


if __name__ == "__main__":
    main()
