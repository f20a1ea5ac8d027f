"""Level 1 of a torn form by the weights of its rows: forms of one document share the weights of each level 1.

成本 10, 产出 30, 效益 25, 满意度 5: where most forms print so, a form whose weights add up to the same sums in the same
order has its borders there, whatever is left of the labels.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

FORMS_AT_LEAST = 3  # that agree
LevelWeight = tuple[str | None, Decimal | None]  # of one row
LevelWeights = tuple[tuple[str, Decimal], ...]  # level 1 → the weight of its rows, in printed order


def shared_weights(forms: Iterable[Iterable[LevelWeight]]) -> LevelWeights:
    """What most of the forms say; empty where no three agree, or as many say otherwise."""
    said = Counter(weights for form in forms if (weights := _weights(form)))
    ranked = said.most_common(2)
    if not ranked or ranked[0][1] < FORMS_AT_LEAST or (len(ranked) > 1 and ranked[0][1] <= 2 * ranked[1][1]):
        return ()
    return ranked[0][0]


def _weights(form: Iterable[LevelWeight]) -> LevelWeights | None:
    found: list[tuple[str, Decimal]] = []
    for level1, rows in groupby(form, key=itemgetter(0)):
        weights = [weight for _, weight in rows]
        if level1 is None or None in weights:
            return None
        found.append((level1, sum((weight for weight in weights if weight is not None), Decimal(0))))
    names = [level1 for level1, _ in found]
    return tuple(found) if len(set(names)) == len(names) > 1 else None


def groups_by_weight(weights: Sequence[Decimal | None], shared: LevelWeights) -> list[tuple[str, range]]:
    """(level 1, its rows) where the weights add up to those of each level 1 in turn, with no row left; else empty."""
    groups: list[tuple[str, range]] = []
    start = 0
    for level1, wanted in shared:
        end, reached = start, Decimal(0)
        while end < len(weights) and reached < wanted:
            weight = weights[end]
            if not weight:
                return []
            reached += weight
            end += 1
        if reached != wanted:
            return []
        groups.append((level1, range(start, end)))
        start = end
    return groups if start == len(weights) else []
