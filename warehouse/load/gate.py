"""Decides whether a reading may become public at once, or is held until a person decides.

Every load holds a reading of a fiscal year that has not ended, one whose publisher may not publish for the body (see
warehouse.load.authority), and one by another file that moves the totals further than its narrative says (see
warehouse.load.totals), or that is markedly worse (see warehouse.load.quality) than the public reading that it would
replace. A load with a `Gate`, as in the nightly run, also holds a reading that drops
too large a share of the public amounts, or that changes public amounts although the file is the same.

A held reading is stored like any other, with the reason in `warehouse.held_parse`. The public views keep showing the
earlier reading. `warehouse.work.decisions` publishes or rejects it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from psycopg import Connection

from warehouse.base.database import one_value
from warehouse.base.messages import N_, _
from warehouse.load import authority, quality, totals
from warehouse.load.authority import PublicBody
from warehouse.load.identity import Claim
from warehouse.load.versions import Prior, StoredFile
from warehouse.records.reading import Extraction, PerformanceFund, PerformanceProject

Key = tuple[str, ...]  # (table, row, measure), (project, measure), (project, fund, measure) or (kind, subject, measure)
Amounts = Mapping[Key, Decimal]  # in 元; those of self-evaluation forms in 万元; or a count
KINDS = (
    N_("amounts"),
    N_("performance amounts"),
    N_("stated amounts"),
)  # the dropped share is computed for each separately
MONEY = ("initial_budget", "adjusted_budget", "executed")  # of a form and of its funds
UNITS = ("元", "万元", "亿元")  # of stated figures that are amounts
EXAMPLES = 3
PRIOR = """
select 'amounts', array[measure.table_code, amount.row_key, measure.measure], amount.value
from warehouse.amount
join warehouse.measure using (measure_id)
where amount.parse_id = %(parse_id)s and amount.value is not null
union all
select 'stated amounts', array[kind, subject, measure], value from warehouse.stated_figure
where parse_id = %(parse_id)s and value is not null and unit = any(%(units)s)
"""
PRIOR_FORMS = """
select project, initial_budget, adjusted_budget, executed from warehouse.performance_project
where parse_id = %s order by form_no
"""
PRIOR_FUNDS = """
select project, source, fund.initial_budget, fund.adjusted_budget, fund.executed
from warehouse.performance_fund as fund
join warehouse.performance_project using (parse_id, form_no)
where parse_id = %s order by form_no, fund_no
"""
LATEST_YEARS = """
select name, extract(year from clock_timestamp() at time zone 'Asia/Shanghai')::integer - due_years_later
from warehouse.document_kind
"""
PUBLISHED_BY_A_PERSON = """
select exists (
    select from warehouse.held_parse
    join warehouse.parse using (parse_id)
    where version_id = %s and fiscal_year = %s and decision = 'published'
)
"""
HELD_FOR = """
select reason from warehouse.held_parse
join warehouse.parse using (parse_id)
where version_id = %s and parser_version = %s and decision is null
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
    """Why a reading is held, how many public amounts it drops or changes, and the public reading, if there is one."""

    prior_parse_id: int | None
    reason: str
    dropped: int = 0
    changed: int = 0


def objection(
    connection: Connection,
    gate: Gate | None,
    claim: Claim,
    known: StoredFile | None,
    prior: Prior | None,
    body: PublicBody,
) -> Objection | None:
    """None where the reading may be published. Without a gate only the rules for every load are applied."""
    extraction = claim.extraction
    stays = prior is not None and prior.is_same_file and prior.is_same_slot
    of_every_load = [
        _too_early(connection, extraction, known),
        None if stays else authority.objection(claim, body),
    ]
    reasons = [reason for reason in of_every_load if reason]
    if prior is None:
        return Objection(None, "; ".join(reasons)) if reasons else None
    of_gate, counts = _reasons_of_gate(connection, gate, extraction, prior) if gate else ([], Counter())
    public, read = quality.of_parse(connection, prior.parse_id), quality.of_extraction(extraction)
    reasons += [*of_gate, *quality.markedly_worse(public, read, quality.warnings(connection), prior.is_same_file)]
    if not prior.is_same_file:
        reasons += _totals_moved(connection, extraction, prior)
    dropped = counts["dropped"] if gate else max(0, public.amounts - read.amounts)
    return Objection(prior.parse_id, "; ".join(reasons), dropped, counts["changed"]) if reasons else None


def _totals_moved(connection: Connection, extraction: Extraction, prior: Prior) -> Iterator[str]:
    public = totals.of_parse(connection, prior.parse_id, extraction.profile.kind)
    return totals.moved(public, totals.of_extraction(connection, extraction), extraction.stated)


def latest_years(connection: Connection) -> dict[str, int]:
    """Kind of document → the last fiscal year of which there can be one: accounts are made after their year."""
    return dict(connection.execute(LATEST_YEARS).fetchall())


def too_early(extraction: Extraction, latest_years: Mapping[str, int]) -> str | None:
    """The reason to hold a reading of a year of which there is no such document yet; None for earlier years."""
    year, latest = extraction.profile.fiscal_year, latest_years.get(extraction.profile.kind)
    if year is None or latest is None or year <= latest:
        return None
    return _("fiscal year {year} has not ended: it has no accounts yet").format(year=year)


def _too_early(connection: Connection, extraction: Extraction, known: StoredFile | None) -> str | None:
    """The same, but None where a person has published this file for this year before."""
    early = too_early(extraction, latest_years(connection))
    asked = known and [known.document_id, extraction.profile.fiscal_year]
    return None if early and asked and one_value(connection.execute(PUBLISHED_BY_A_PERSON, asked)) else early


def _reasons_of_gate(
    connection: Connection, gate: Gate, extraction: Extraction, prior: Prior
) -> tuple[list[str], Counter[str]]:
    public, read = _public_amounts(connection, prior.parse_id), _read_amounts(extraction)
    reasons: list[str] = []
    counts: Counter[str] = Counter()
    for kind in KINDS:
        dropped = sorted(public[kind].keys() - read[kind].keys())
        changed = sorted(key for key in public[kind].keys() & read[kind].keys() if public[kind][key] != read[kind][key])
        reasons.extend(_lost(gate, kind, public[kind], dropped))
        counts["dropped"] += len(dropped)
        if prior.is_same_file:
            reasons.extend(_changed(kind, public[kind], read[kind], changed))
            counts["changed"] += len(changed)
    if prior.is_same_file and not prior.is_same_slot:
        reasons.append(_("the same file would be taken for another body, year or scope"))
    return reasons, counts


def held_for(connection: Connection, known: StoredFile, parser_version: str) -> str | None:
    """Why this reading of a file is held; None where it is not."""
    row = connection.execute(HELD_FOR, [known.document_id, parser_version]).fetchone()
    return row[0] if row else None


def hold(connection: Connection, parse_id: int, why: Objection) -> None:
    connection.execute(HOLD, [parse_id, why.prior_parse_id, why.reason, why.dropped, why.changed])


def _public_amounts(connection: Connection, parse_id: int) -> dict[str, Amounts]:
    found: defaultdict[str, dict[Key, Decimal]] = defaultdict(dict)
    for kind, key, value in connection.execute(PRIOR, {"parse_id": parse_id, "units": list(UNITS)}):
        found[kind][tuple(key)] = value
    forms, funds = (connection.execute(query, [parse_id]).fetchall() for query in (PRIOR_FORMS, PRIOR_FUNDS))
    found["performance amounts"] = _of_forms(forms) | _of_forms(funds)
    return {kind: found[kind] for kind in KINDS}


def _read_amounts(extraction: Extraction) -> dict[str, Amounts]:
    forms = [(form.project, *_money(form)) for form in extraction.projects]
    funds = [(form.project, fund.source, *_money(fund)) for form in extraction.projects for fund in form.funds]
    return {
        "amounts": {(a.table_code, a.row_key, a.measure): a.value for a in extraction.amounts if a.value is not None},
        "performance amounts": _of_forms(forms) | _of_forms(funds),
        "stated amounts": {
            (figure.kind, figure.subject, figure.measure): figure.value
            for figure in extraction.stated
            if figure.value is not None and figure.unit in UNITS
        },
    }


def _money(printed: PerformanceProject | PerformanceFund) -> list[Decimal | None]:
    return [getattr(printed, name) for name in MONEY]


def _of_forms(rows: Iterable[tuple[Any, ...]]) -> dict[Key, Decimal]:
    """Amounts by key. Of several forms or funds with one name, the second and later ones get a number in the key."""
    found: dict[Key, Decimal] = {}
    seen: Counter[Key] = Counter()
    for row in rows:
        names, values = row[: -len(MONEY)], row[-len(MONEY) :]
        seen[names] += 1
        which = names if seen[names] == 1 else (*names, f"({seen[names]})")
        found |= {(*which, measure): value for measure, value in zip(MONEY, values, strict=True) if value is not None}
    return found


def _lost(gate: Gate, kind: str, public: Amounts, dropped: list[Key]) -> Iterator[str]:
    if len(dropped) > gate.drop_share * len(public):
        share, allowed = Decimal(len(dropped)) / len(public), gate.drop_share
        examples = ", ".join(" ".join(key) for key in dropped[:EXAMPLES])
        yield _("{count} of {count_2} {kind} would go ({share:.1%}, at most {allowed:.1%}): {examples}").format(
            count=len(dropped), count_2=len(public), kind=_(kind), share=share, allowed=allowed, examples=examples
        )


def _changed(kind: str, public: Amounts, read: Amounts, changed: list[Key]) -> Iterator[str]:
    if changed:
        examples = ", ".join(f"{' '.join(key)} {public[key]} → {read[key]}" for key in changed[:EXAMPLES])
        yield _("{count} public {kind} would change without a new file: {examples}").format(
            count=len(changed), kind=_(kind), examples=examples
        )
