"""Reads each variant once, compares it with its figures, and makes the table of the counts."""

import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tests.assessment import Assessment, Reading, assess, reading_of
from tests.variants.catalogue import variants
from tests.variants.variant import Variant

HEADS = ("variants", "right", "doubtful", "missing", "wrong", "repaired", "broken", "unacc.", "silent", "refused")
Figures = tuple[int, ...]  # one for each of `HEADS`


@cache
def reading_of_variant(variant: Variant) -> Reading:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / variant.file_name
        path.write_bytes(variant.document())
        return reading_of(path)


@cache
def assessed_variant(variant: Variant) -> Assessment:
    return assess(reading_of_variant(variant), variant.look.truth(), variant.breaks)


def figures(found: Assessment) -> Figures:
    """The counts in the order of `HEADS`; the first is 1. A refused variant has only that and the last."""
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
    """A line for each kind and one for all; `found` maps the id of a variant to its counts."""
    known = [variant for variant in variants() if variant.id in found]
    kinds = dict.fromkeys(variant.kind for variant in known)
    lines = [f"{'':44}" + "".join(f"{head:>9}" for head in HEADS)]
    lines += [line(kind, (found[v.id] for v in known if v.kind == kind)) for kind in kinds]
    lines.append(line("legible", (found[v.id] for v in known if v.legible and not v.is_refused)))
    return [*lines, line("all", found.values())]
