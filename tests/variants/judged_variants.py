"""Each variant read once, and the table of what came of all."""

import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tests.judged import Judged, Reading, judge, reading_of
from tests.variants.variant import Variant

HEADS = ("variants", "right", "doubtful", "missing", "wrong", "repaired", "broken", "unacc.", "silent", "refused")
ALL_JUDGED: dict[str, tuple[Variant, Judged]] = {}


@cache
def reading_of_variant(variant: Variant) -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / variant.file_name
        path.write_bytes(variant.document())
        return reading_of(path)


def judged(variant: Variant) -> Judged:
    if variant.id not in ALL_JUDGED:
        found = judge(reading_of_variant(variant), variant.look.truth(), variant.breaks)
        ALL_JUDGED[variant.id] = variant, found
    return ALL_JUDGED[variant.id][1]


def figures(found: Iterable[Judged]) -> tuple[int, ...]:
    found = list(found)
    read = [one for one in found if not one.refused]
    return (
        len(found),
        sum(one.right for one in read),
        sum(one.doubtful for one in read),
        sum(one.missing for one in read),
        sum(len(one.wrong_as_printed) for one in read),
        sum(len(one.wrong_repaired) for one in read),
        sum(len(one.false_broken) for one in read),
        sum(one.unaccounted or 0 for one in read),
        sum(len(one.silent) for one in read),
        len(found) - len(read),
    )


def line(name: str, found: Iterable[Judged]) -> str:
    return f"{name:44}" + "".join(f"{figure:>9}" for figure in figures(found))


def summary() -> list[str]:
    """One line a kind, and one for all."""
    kinds = dict.fromkeys(variant.kind for variant, _ in ALL_JUDGED.values())
    lines = [f"{'':44}" + "".join(f"{head:>9}" for head in HEADS)]
    lines += [line(kind, (j for v, j in ALL_JUDGED.values() if v.kind == kind)) for kind in kinds]
    lines.append(line("legible", (j for v, j in ALL_JUDGED.values() if v.legible and not v.is_refused)))
    return [*lines, line("all", (j for _, j in ALL_JUDGED.values()))]
