"""Which row of a table is part of which, as their keys tell: codes, codes of units, names below one another.

`201` takes in `20101`, `301/501` takes in `30101/50101`, `unit:A` what its unit prints, `name:A` takes in `name:A/B`.
A part whose row is not printed belongs to the nearest row above that is; what nothing takes in, to the whole table.
"""

from collections.abc import Iterator, Mapping, Sequence

from warehouse.kinds.characters import comparable
from warehouse.kinds.wordings import table_words

UNIT = "unit:"


def children_of_rows(rows: Mapping[str, str], whole: str | None, lengths: Sequence[int]) -> dict[str, list[str]]:
    """Row → the rows that add up to it. `whole` is the row of the whole table, `lengths` are those of codes, the
    deepest first."""
    unit = _only_unit(rows)
    children: dict[str, list[str]] = {}
    for row in (one for one in rows if one != whole):
        parent = _parent(row, rows, lengths) or _of_the_whole(row, rows, whole, unit)
        if parent and parent != row:
            children.setdefault(parent, []).append(row)
    return children


def _of_the_whole(row: str, rows: Mapping[str, str], whole: str | None, unit: str | None) -> str | None:
    """Units make up the table; where it is that of one unit, everything else makes up the unit."""
    if row.startswith(UNIT) or not any(one.startswith(UNIT) for one in rows):
        return whole
    return unit


def _only_unit(rows: Mapping[str, str]) -> str | None:
    """The unit that the table is about: one, or one below another."""
    units = [row for row in rows if row.startswith(UNIT) and not row.rpartition("/")[2].isdigit()]
    deepest = [row for row in units if not any(other.startswith(f"{row}/") for other in units)]
    return deepest[0] if len(deepest) == 1 else None


def whole_of_units(rows: Mapping[str, str]) -> str | None:
    """The whole of a table of units: the single row that is no unit, or else that of the one unit there is."""
    units = [row for row in rows if row.startswith(UNIT) and "/" not in row]
    others = [row for row in rows if not row.startswith(UNIT)] if units else []
    return others[0] if len(others) == 1 else units[0] if len(units) == 1 else None


def _parent(row: str, rows: Mapping[str, str], lengths: Sequence[int]) -> str | None:
    if row.isdigit():
        return _nearest_code(row, rows, lengths)
    return next((one for one in _above(row, lengths) if one in rows and one != row), _subtotal(row, rows))


def _nearest_code(row: str, rows: Mapping[str, str], lengths: Sequence[int]) -> str | None:
    """The closest printed level above; a code cut to six digits (208050) belongs below what it starts with."""
    return next((row[:length] for length in lengths if length < len(row) and row[:length] in rows), None)


def _above(row: str, lengths: Sequence[int]) -> Iterator[str]:
    """What may take in a row, the nearest first."""
    parts = row.split("/")
    n = next((n for n in range(len(parts)) if all(part.isdigit() for part in parts[n:])), len(parts))
    for codes in _wider(parts[n:], lengths):
        yield "/".join((*parts[:n], *codes))
    for end in range(min(n, len(parts) - 1), 0, -1):
        yield "/".join(parts[:end])


def _wider(codes: Sequence[str], lengths: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """30101/50101 → 30101, 301/501, 301."""
    if not codes:
        return
    if len(codes) > 1:
        yield tuple(codes[:-1])
    head = codes[0]
    for length in (length for length in lengths if length < len(head)):
        if len(codes) > 1:
            yield from ((head[:length], codes[1][:other]) for other in lengths if other <= len(codes[1]))
        yield (head[:length],)


def _subtotal(row: str, rows: Mapping[str, str]) -> str | None:
    """The row 小计 of a list of names is the sum of its neighbours."""
    above, slash, name = row.rpartition("/")
    if not slash or comparable(name) in table_words().subtotals:
        return None
    return next((f"{above}/{word}" for word in table_words().subtotals if f"{above}/{word}" in rows), None)
