"""All variants, by kind."""

from functools import cache

from tests.variants import (
    bodies,
    budgets,
    continuation,
    encodings,
    layouts,
    lines,
    marks,
    mixed,
    office,
    rows,
    text_layouts,
    titles,
    torn,
    units,
    visibility,
)
from tests.variants.look import Look
from tests.variants.variant import Variant

KINDS = (
    marks,
    visibility,
    lines,
    rows,
    units,
    titles,
    continuation,
    encodings,
    layouts,
    text_layouts,
    mixed,
    office,
    torn,
    bodies,
    budgets,
)


@cache
def variants() -> tuple[Variant, ...]:
    plain = [Variant("plain", "pdf", Look()), Variant("plain", "text", Look(), format="text")]
    found = [*plain, *(variant for kind in KINDS for variant in kind.variants())]
    assert len({one.id for one in found}) == len(found)
    return tuple(found)
