"""Renders the extraction of one document by a template, for the person who decides whether it is right."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from ingest.pages.document.places import FigurePlaces
from ingest.pages.template import page
from ingest.pipeline import Understood, understand
from ingest.readers import format_named
from ingest.readers.crops import Crop, Crops
from ingest.readers.parts import Part
from warehouse.kinds.kind import DocumentKind
from warehouse.records.reading import Amount, CheckOutcome, CheckResult, Doubt, Profile, Scope, Status, TableFound

TEMPLATES = Path(__file__).parent
WAN = Decimal(10_000)
PLACES_AT_MOST = 24  # of one check, which may compare cells of many forms
PROFILE_FIELDS = {
    "department": "部门",
    "department_kind": "部门类别",
    "fiscal_year": "年度",
    "scope": "口径",
    "province": "省",
    "city": "市",
    "county": "县",
    "published_printed": "公开时间",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubt or a broken check with pictures of the places that it is about."""

    title: str
    text: str
    facts: tuple[tuple[str, str], ...]
    crops: tuple[Crop, ...]


@dataclass(frozen=True, slots=True)
class TableShown:
    """A standard table as it was read."""

    found: TableFound
    name: str
    status: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Amount | None, ...]], ...]


def render(path: Path, attachments: Sequence[Part] = ()) -> str:
    """The HTML of the page about a disclosure.

    :raises IngestError: a file of it cannot be read
    """
    understood = understand(path, attachments=attachments)
    paths = [path, *(part.path for part in attachments)]
    files = list(enumerate(understood.extraction.source.files, start=1))
    with ExitStack() as opened:
        cutters = {n: opened.enter_context(format_named(file.format).crops(paths[n - 1])) for n, file in files}
        crops = Crops(cutters, {n: file.name for n, file in files})
        return page(TEMPLATES, _view(understood, crops), {"wan": _in_wan})


def _view(understood: Understood, crops: Crops) -> dict[str, Any]:
    extraction = understood.extraction
    places = FigurePlaces(understood)
    broken = [check for check in extraction.checks if check.outcome is CheckOutcome.BROKEN]
    return {
        "source": extraction.source,
        "parser_version": extraction.parser_version,
        "title": _title(understood.kind, extraction.profile),
        "profile": list(_profile(understood)),
        "grids": [_grid(understood.kind, table, extraction.amounts) for table in extraction.tables],
        "doubts": [_doubt(doubt, places, crops) for doubt in extraction.doubts],
        "broken": [_check(check, places, crops) for check in broken],
        "withheld": [check.explanation for check in extraction.checks if check.outcome is CheckOutcome.WITHHELD],
        "outcomes": Counter(check.outcome.value for check in extraction.checks),
        "statuses": Counter(amount.status.value for amount in extraction.amounts),
        "stated": extraction.stated,
        "projects": extraction.projects,
    }


def _title(kind: DocumentKind, about: Profile) -> str:
    year = f"{about.fiscal_year}年度" if about.fiscal_year else "年度未明"
    return f"{about.department or '部门未明'} {year}{kind.label}"


def _profile(understood: Understood) -> Iterator[tuple[str, str, str]]:
    about = understood.extraction.profile
    for field, name in PROFILE_FIELDS.items():
        value = getattr(about, field)
        yield name, _shown(value), about.evidence.get(field, "")


def _shown(value: object) -> str:
    if value is None:
        return "—"
    return value.label if isinstance(value, Scope) else str(value)


def _grid(kind: DocumentKind, found: TableFound, amounts: Iterable[Amount]) -> TableShown:
    table = kind.table(found.table_code)
    mine = [amount for amount in amounts if amount.table_code == found.table_code]
    measures = [name for name in table.measure_names if any(amount.measure == name for amount in mine)]
    by_row: dict[str, dict[str, Amount]] = defaultdict(dict)
    for amount in mine:
        by_row[amount.row_key][amount.measure] = amount
    rows = tuple((key, tuple(cells.get(name) for name in measures)) for key, cells in by_row.items())
    return TableShown(found, table.name, found.status.label, tuple(measures), rows)


def _doubt(doubt: Doubt, places: FigurePlaces, crops: Crops) -> Finding:
    facts = (
        ("表", doubt.table_code),
        ("行", doubt.row_key),
        ("栏", doubt.measure),
        ("印作", doubt.printed),
        ("读作", doubt.taken_as),
    )
    return Finding(doubt.what, doubt.reason, _known(facts), tuple(crops.crops(places.of_doubt(doubt))))


def _check(check: CheckResult, places: FigurePlaces, crops: Crops) -> Finding:
    facts = (
        ("左", _number(check.left)),
        ("右", _number(check.right)),
        ("差", _number(check.difference)),
        ("容许", _number(check.envelope)),
        ("单位", check.unit),
        ("另见", check.also_fits),
    )
    shown = tuple(crops.crops(places.of_check(check)[:PLACES_AT_MOST]))
    return Finding(f"{check.rule_id} {check.rule}", check.explanation, _known(facts), shown)


def _known(facts: Iterable[tuple[str, str | None]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in facts if value)


def _number(value: Decimal | None) -> str | None:
    if value is None:
        return None
    shown = f"{value:,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _in_wan(amount: Amount | None) -> str:
    """An amount in 万元, a count with its unit, nothing for a blank, —— for a dash, ? for a doubt without a value."""
    if amount is None or amount.value is None:
        return (
            "——" if amount and amount.presence == "dash" else "?" if amount and amount.status == Status.DOUBTFUL else ""
        )
    return f"{amount.value / WAN:,.2f}" if amount.value_unit == "元" else f"{amount.value:f}{amount.value_unit}"
