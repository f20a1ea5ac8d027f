"""What the catalogue of messages has to hold: `python -m tests.catalogue` adds what is new, without a translation.

Babel finds the messages in the sources; help texts are those of the commands, messages of errors the docstrings of
their classes, and click has words of its own.
"""

import inspect
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from ingest import errors
from ingest.cli.language import texts
from ingest.cli.main import main as command
from ingest.nightly.night import Night  # noqa: F401  # the night's modules are loaded
from warehouse.base import errors as warehouse_errors
from warehouse.base.messages import DOMAIN, FOLDER
from warehouse.kinds.kind import load_kinds
from warehouse.load.document import Outcome
from warehouse.records.sources import FetchOutcome

ROOT = Path(__file__).parents[1]
CHINESE = FOLDER / "zh" / "LC_MESSAGES" / f"{DOMAIN}.po"
KEYWORDS = {"_": None, "N_": None}
CLICK = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")


@cache
def found() -> tuple[str, ...]:
    """Every message of the project, in English."""
    return tuple(_found())


def _found() -> Iterator[str]:
    for file in (file for package in ("ingest", "warehouse") for file in (ROOT / package).rglob("*.py")):
        if "messages import" in file.read_text("utf-8"):  # reading all of them takes seconds
            for _line, message, *_rest in extract_from_file("python", file, keywords=KEYWORDS):
                assert isinstance(message, str)
                yield message
    yield from texts(command)
    for name in CLICK:
        yield from _of_click(Path(click.__file__).with_name(f"{name}.py"))
    for module in (errors, warehouse_errors):
        for _name, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, Exception) and kind.__doc__ and kind.__module__ == module.__name__:
                yield kind.__doc__ if module is errors else " ".join(kind.__doc__.split())
    yield from (outcome.value.replace("_", " ") for outcome in Outcome)
    yield from map(str, FetchOutcome)
    for kind in load_kinds():
        yield kind.called
        yield from (government.called for government in [kind.government] if government)


def _of_click(file: Path) -> Iterator[str]:
    for _line, message, *_rest in extract_from_file("python", file, keywords={"_": None, "ngettext": (1, 2)}):
        yield message if isinstance(message, str) else message[0]


def translated() -> Catalog:
    with CHINESE.open("rb") as source:
        return read_po(source, locale="zh")


def main() -> None:
    known = translated() if CHINESE.exists() else Catalog(locale="zh", domain=DOMAIN)
    wanted = Catalog(locale="zh", domain=DOMAIN, project="juesuan", charset="utf-8")
    wanted.creation_date = known.creation_date
    for message in dict.fromkeys(found()):
        old = known.get(message)
        wanted.add(message, old.string if old else "")
    with CHINESE.open("wb") as target:
        write_po(target, wanted, width=120, sort_output=True, omit_header=False)


if __name__ == "__main__":
    main()
