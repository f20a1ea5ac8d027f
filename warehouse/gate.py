"""What a night may not publish by itself: a reading that loses much that is public, or changes it without a new file.

Such a reading is stored like any other and held: `warehouse.held_parse` says why, the public views go on
showing what they showed, and a person publishes it or rejects it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from psycopg import Connection

from warehouse.load_versions import Prior
from warehouse.records import Extraction

Amounts = Mapping[tuple[str, str, str], Decimal]  # (table, row, measure) → value in 元 or a count
EXAMPLES = 3
PRIOR = """
select measure.table_code, amount.row_key, measure.measure, amount.value
from warehouse.amount
join warehouse.measure using (measure_id)
where amount.parse_id = %s and amount.value is not null
"""
HOLD = """
insert into warehouse.held_parse (parse_id, prior_parse_id, reason, dropped, changed, held_at)
values (%s, %s, %s, %s, %s, clock_timestamp())
"""


@dataclass(frozen=True, slots=True)
class Gate:
    """`drop_share`: the largest share (0 to 1) of the public amounts of a document that a reading may drop."""

    drop_share: Decimal


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a reading is held, in words, and by how many amounts."""

    prior_parse_id: int
    reason: str
    dropped: int
    changed: int


def objection(connection: Connection, gate: Gate, extraction: Extraction, prior: Prior) -> Objection | None:
    """None where the reading may be published."""
    public = {tuple(key): value for *key, value in connection.execute(PRIOR, [prior.parse_id])}
    read = {(a.table_code, a.row_key, a.measure): a.value for a in extraction.amounts if a.value is not None}
    dropped = sorted(public.keys() - read.keys())
    changed = sorted(key for key in public.keys() & read.keys() if public[key] != read[key])
    reasons = [*_lost(gate, public, dropped), *(_changed(public, read, changed) if prior.is_same_file else ())]
    if prior.is_same_file and not prior.is_same_slot:
        reasons.append("the same file would be taken for another body, year or scope")
    if not reasons:
        return None
    return Objection(prior.parse_id, "; ".join(reasons), len(dropped), len(changed) if prior.is_same_file else 0)


def hold(connection: Connection, parse_id: int, why: Objection) -> None:
    connection.execute(HOLD, [parse_id, why.prior_parse_id, why.reason, why.dropped, why.changed])


def _lost(gate: Gate, public: Amounts, dropped: list[tuple]) -> Iterator[str]:
    if len(dropped) > gate.drop_share * len(public):
        share, allowed = Decimal(len(dropped)) / len(public), gate.drop_share
        examples = ", ".join(" ".join(key) for key in dropped[:EXAMPLES])
        yield f"{len(dropped)} of {len(public)} amounts would go ({share:.1%}, at most {allowed:.1%}): {examples}"


def _changed(public: Amounts, read: Amounts, changed: list[tuple]) -> Iterator[str]:
    if changed:
        examples = ", ".join(f"{' '.join(key)} {public[key]} → {read[key]}" for key in changed[:EXAMPLES])
        yield f"{len(changed)} public amounts would change without a new file: {examples}"
