"""Each variant read once, and the table of what came of all."""

import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tests.judged import Judged, Reading, judge, reading_of
from tests.variants.catalogue import variants
from tests.variants.variant import Variant

HEADS = ("variants", "right", "doubtful", "missing", "wrong", "repaired", "broken", "unacc.", "silent", "refused")
Figures = tuple[int, ...]  # as many as `HEADS`


@cache
def reading_of_variant(variant: Variant) -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / variant.file_name
        path.write_bytes(variant.document())
        return reading_of(path)


@cache
def judged_variant(variant: Variant) -> Judged:
    return judge(reading_of_variant(variant), variant.look.truth(), variant.breaks)


def figures(found: Judged) -> Figures:
    """A 1 and the counts of `HEADS` that follow; of a refused one nothing but that."""
    if found.refused:
        return (1, 0, 0, 0, 0, 0, 0, 0, 0, 1)
    return (
        1,
        found.right,
        found.doubtful,
        found.missing,
        len(found.wrong_as_printed),
        len(found.wrong_repaired),
        len(found.false_broken),
        found.unaccounted or 0,
        len(found.silent),
        0,
    )


def line(name: str, found: Iterable[Figures]) -> str:
    sums = [sum(column) for column in zip(*found, strict=True)] or [0] * len(HEADS)
    return f"{name:44}" + "".join(f"{figure:>9}" for figure in sums)


def summary(found: dict[str, Figures]) -> list[str]:
    """One line a kind, and one for all; `found` by the id of the variant."""
    known = [variant for variant in variants() if variant.id in found]
    kinds = dict.fromkeys(variant.kind for variant in known)
    lines = [f"{'':44}" + "".join(f"{head:>9}" for head in HEADS)]
    lines += [line(kind, (found[v.id] for v in known if v.kind == kind)) for kind in kinds]
    lines.append(line("legible", (found[v.id] for v in known if v.legible and not v.is_refused)))
    return [*lines, line("all", found.values())]
