"""Compiles the catalogues of messages, warehouse/base/locale/*/LC_MESSAGES/juesuan.po, to .mo files beside them.

A build or an installation does it (`warehouse.schema.packaging`); `python -m warehouse.schema.catalogues` does it after
a change in a checkout.
"""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parents[1] / "base" / "locale"


def compile_catalogues(folder: Path = FOLDER) -> list[Path]:
    """Writes the .mo files that are missing or older than their source, each at once. Returns those written."""
    stale = [source for source in sorted(folder.glob("*/LC_MESSAGES/*.po")) if _is_stale(source)]
    return [_compile(source) for source in stale]


def _is_stale(source: Path) -> bool:
    made = source.with_suffix(".mo")
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> Path:
    made = source.with_suffix(".mo")
    unfinished = made.with_name(f".{made.name}.{os.getpid()}")
    with source.open("rb") as read, unfinished.open("wb") as written:
        write_mo(written, read_po(read))
    unfinished.replace(made)
    return made


if __name__ == "__main__":
    print(*compile_catalogues(), sep="\n")
