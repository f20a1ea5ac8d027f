"""What is stored of a place: its bodies with their headline figures of a year, and which of them published what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.pages.web import listings
from ingest.pages.web.paging import Part, part_of
from ingest.pages.web.readers import Readers, Row
from ingest.pages.web.stated_places import with_places
from warehouse.kinds.names import FINAL_ACCOUNTS

BY_NAME = "name"


@dataclass(frozen=True, slots=True)
class Accounts:
    """The headline figures of a document: metric → value."""

    document: Row
    values: Mapping[str, Row]


@dataclass(frozen=True, slots=True)
class Published:
    """What a body published in one scope: for each year the slots it has, or should have, a document in."""

    body: Row
    slots: Sequence[Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Place:
    """`year` is the one shown, of `years`; `metrics` are the columns; `sort` is one of them or BY_NAME.

    `part` is what is shown of `accounts` and of `published`, which may be long.
    """

    about: Row
    below: Sequence[Row]
    years: Sequence[int]
    year: int | None
    sort: str
    metrics: Sequence[Row]
    values: Sequence[Row]
    accounts: Sequence[Accounts]
    coverage: Sequence[Row]
    slot_years: Sequence[int]
    published: Sequence[Published]
    part: Part


def place_of(readers: Readers, code: str, year: str, sort: str, page: str) -> Place | None:
    """`year`, `sort` and `page` as they were asked for.

    None where no body of the place, or below it, has a document, or it has no such page.
    """
    about, below, coverage = readers.several(
        listings.PLACE, listings.PLACES_BELOW, listings.COVERAGE_OF_PLACE, place=code
    )
    if not about or not (below or coverage):
        return None
    years = _years(coverage)
    shown = next((one for one in years if str(one) == year), years[0] if years else None)
    values = with_places(readers, readers.rows(listings.VALUES_OF_PLACE, place=code, year=shown))
    metrics = list({value["metric"]: value for value in values}.values())
    by = sort if any(metric["metric"] == sort for metric in metrics) else BY_NAME
    accounts, slot_years = _accounts(values, by), _years_of(coverage)
    published = _published(coverage, slot_years)
    part = part_of(page, max(len(accounts), len(published)))
    if part is None:
        return None
    return Place(about[0], below, years, shown, by, metrics, values, accounts, coverage, slot_years, published, part)


def _years(coverage: Iterable[Row]) -> list[int]:
    """Of final accounts that are stored, the newest first."""
    return _years_of(slot for slot in coverage if slot["document_id"] and slot["kind"] == FINAL_ACCOUNTS)


def _years_of(slots: Iterable[Row]) -> list[int]:
    return sorted({slot["fiscal_year"] for slot in slots if slot["fiscal_year"]}, reverse=True)


def _accounts(values: Iterable[Row], sort: str) -> list[Accounts]:
    """By name, or from the largest number of a metric; those without it stand last."""
    of_document: dict[int, dict[str, Row]] = defaultdict(dict)
    for value in values:
        of_document[value["document_id"]][value["metric"]] = value
    accounts = [Accounts(next(iter(known.values())), known) for known in of_document.values()]
    accounts.sort(key=lambda one: (one.document["department"] or "", one.document["scope"] or ""))
    return accounts if sort == BY_NAME else sorted(accounts, key=lambda one: _falling(one.values.get(sort)))


def _falling(value: Row | None) -> tuple[bool, float]:
    amount = value["value"] if value else None
    return amount is None, -(amount or 0)


def _published(coverage: Iterable[Row], years: Sequence[int]) -> list[Published]:
    bodies: dict[tuple[str, str | None], list[Row]] = defaultdict(list)
    for slot in coverage:
        bodies[slot["department"], slot["scope"]].append(slot)
    return [Published(slots[0], _by_year(slots, years)) for slots in bodies.values()]


def _by_year(slots: Iterable[Row], years: Iterable[int]) -> list[list[Row]]:
    of_year: dict[int, list[Row]] = defaultdict(list)
    for slot in slots:
        of_year[slot["fiscal_year"]].append(slot)
    return [of_year[year] for year in years]
