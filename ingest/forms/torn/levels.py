"""Level labels of a torn form: printed in the middle of their merged cell, so some rows stand above their label."""

from functools import cache

from warehouse.kinds.form_weights import form_weights


def centred_groups(rows: int, labels: list[int], middles: list[float]) -> list[int]:
    """For every row, which label covers it: groups follow each other, each label in the middle of its group.

    `labels` are the rows that print one, `middles` where their cells have their middle. Without labels: -1.
    """
    if not 0 < len(labels) <= form_weights().torn.labels_at_most:
        return [-1] * rows

    @cache  # one place is reached on several ways, and is worked out once
    def best(nth: int, start: int) -> tuple[float, tuple[int, ...]]:
        """Cost and ends of the groups from the nth on, the nth beginning at `start`."""
        if nth == len(labels) - 1:
            return _off_centre(start, rows - 1, middles[nth]), (rows,)
        options = []
        for end in range(labels[nth] + 1, labels[nth + 1] + 1):
            cost, ends = best(nth + 1, end)
            options.append((cost + _off_centre(start, end - 1, middles[nth]), (end, *ends)))
        return min(options)

    ends = best(0, 0)[1]
    groups = [next(nth for nth, end in enumerate(ends) if row < end) for row in range(rows)]
    return [nth if _is_within(row, groups, nth, middles[nth]) else -1 for row, nth in enumerate(groups)]


def _is_within(row: int, groups: list[int], nth: int, middle: float) -> bool:
    """A row so far from the middle that the other side of the group cannot match it has lost its own label."""
    own = [row for row, group in enumerate(groups) if group == nth]
    return abs(row - middle) <= min(middle - own[0], own[-1] - middle) + 1


def _off_centre(first: int, last: int, middle: float) -> float:
    return ((first + last) / 2 - middle) ** 2
