"""Reads the examples of CONTRIBUTING.md and applies them to a copy of the project.

An example is a block ```diff below the heading of its recipe. `+++ path` begins a file, `@@` a place in it. If a place
has lines to keep or to remove, these must occur once in the file. A place of new lines only is a new file, or is added
at the end of an existing one.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from shutil import copy2, copytree, ignore_patterns

ROOT = Path(__file__).parents[2]
PROJECT = ("ingest", "warehouse", "sql", "migrations", "docs", "alembic.ini")
_RECIPE = re.compile(r"^### (.+?)\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
_DIFF = re.compile(r"^```diff\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def examples() -> dict[str, str]:
    """Recipe → its diff."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    return {name: "".join(_DIFF.findall(recipe)) for name, recipe in _RECIPE.findall(text)}


def copied(folder: Path) -> Path:
    """Copies the parts of the project that a recipe may change or that its tests run."""
    for name in PROJECT:
        source = ROOT / name
        if source.is_dir():
            copytree(source, folder / name, ignore=ignore_patterns("__pycache__"))
        else:
            copy2(source, folder / name)
    return folder


def apply(diff: str, folder: Path) -> list[Path]:
    """Changes the files in `folder` and returns their paths. AssertionError if a place does not occur exactly once."""
    changed = list(_files(diff))
    for path, places in changed:
        for place in places:
            _change(folder / path, place)
    return [folder / path for path, _ in changed]


def _files(diff: str) -> Iterator[tuple[str, list[list[str]]]]:
    for part in diff.split("+++ ")[1:]:
        path, *lines = part.splitlines()
        groups = groupby(lines, key=lambda line: line.startswith("@@"))
        yield path, [list(place) for is_mark, place in groups if not is_mark]


def _change(file: Path, place: list[str]) -> None:
    before = "".join(f"{line[1:]}\n" for line in place if not line.startswith("+"))
    after = "".join(f"{line[1:]}\n" for line in place if not line.startswith("-"))
    present = file.read_text("utf-8") if file.exists() else ""
    if before:
        assert present.count(before) == 1, f"{file.name} has {present.count(before)} times\n{before}"
        text = present.replace(before, after)
    else:
        text = f"{present}\n{after}" if present else after
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
