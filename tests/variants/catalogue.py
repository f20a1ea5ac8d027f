"""All variants, by kind."""

from functools import cache

from tests.variants import marks
from tests.variants.look import Look
from tests.variants.variant import Variant


@cache
def variants() -> tuple[Variant, ...]:
    plain = [Variant("plain", "pdf", Look()), Variant("plain", "text", Look(), format="text")]
    found = [*plain, *marks.variants()]
    assert len({one.id for one in found}) == len(found)
    return tuple(found)
