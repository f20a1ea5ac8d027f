"""Weights and scores that a phantom border has cut: 2.5 | 5 is 2.5 or 2.55; the sums of the form tell."""

import re
from decimal import Decimal
from itertools import product

from ingest.forms.cells.fragments import BORDER, overlapped, whole
from ingest.forms.values import numbers
from warehouse.kinds.form_weights import form_weights

_STRAY = re.compile(r"^[(（]+|[)）;:]+$")


def candidates(printed: str | None) -> list[Decimal]:
    """What a cell may print: one number if it is whole, several if it is cut, none if it is illegible."""
    if not printed:
        return []
    parts = [_STRAY.sub("", "".join(part.split())) for part in printed.split(BORDER)]
    if parts[0].endswith("."):
        parts = ["".join(parts)]
    texts = [parts[0]] if len(parts) == 1 else [overlapped(parts[0], parts[1]), whole("".join(parts)), parts[-1]]
    values = [numbers.points(text) for text in texts if text]
    return list(
        dict.fromkeys(value for value in values if value is not None and value <= form_weights().proofs.full_mark)
    )


def by_deviation(
    weights: list[Decimal], scores: list[Decimal], deviation: Decimal | None
) -> tuple[list[Decimal], list[Decimal]]:
    """weight × (1 + deviation) = score: the pairs for which it holds, if there is just one."""
    if deviation is None or (len(weights) == 1 and len(scores) == 1):
        return weights, scores
    envelope = form_weights().proofs.deviation_envelope
    pairs = [(w, s) for w in weights for s in scores if abs(w * (100 + deviation) / 100 - s) <= envelope]
    return ([pairs[0][0]], [pairs[0][1]]) if len(pairs) == 1 else (weights, scores)


def settled(choices: list[list[Decimal]], total: Decimal | None) -> list[Decimal | None]:
    """One value per cell. Where cells are cut, only the combination whose sum is the total, if it is the only one."""
    if all(len(choice) == 1 for choice in choices):
        return [choice[0] for choice in choices]
    single = [choice[0] if len(choice) == 1 else None for choice in choices]
    if total is None or not all(choices):
        return single
    fitting = []
    for nth, combination in enumerate(product(*choices)):
        if nth >= form_weights().torn.combinations_at_most:
            return single
        fitting += [combination] if sum(combination) == total else []
    return list(fitting[0]) if len(fitting) == 1 else single
