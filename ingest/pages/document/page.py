"""Renders the extraction of one document by a template, for the person who decides whether it is right."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from ingest.checks.words import words_of
from ingest.pages.document.amounts import in_wan, number
from ingest.pages.document.headlines import headlines
from ingest.pages.document.places import FigurePlaces
from ingest.pages.template import page
from ingest.pipeline import Understood, understand
from ingest.readers import format_named
from ingest.readers.crops import Crop, Crops
from ingest.readers.parts import Part
from warehouse.kinds.kind import DocumentKind
from warehouse.kinds.labels import label_of, measure_label, row_label
from warehouse.records.labelled import Labelled
from warehouse.records.reading import (
    Amount,
    CheckOutcome,
    CheckResult,
    Doubt,
    Profile,
    StatedFigure,
    TableFound,
    TableStatus,
)

TEMPLATES = Path(__file__).parent
PLACES_AT_MOST = 24  # of one check, which may compare cells of many forms
# Of a table that may hold more than was read.
NOT_WHOLE = (TableStatus.PARTIAL, TableStatus.UNRECOGNISED)
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
    """A standard table as it was read. A row is its code, where it has one, its name and its cells."""

    found: TableFound
    number: str
    name: str
    pages: str
    is_whole: bool
    headings: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[Amount | None, ...]], ...]

    @property
    def has_codes(self) -> bool:
        return any(code for code, _, _ in self.rows)


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
        return page(TEMPLATES, _view(understood, crops), {"wan": in_wan})


def _view(understood: Understood, crops: Crops) -> dict[str, Any]:
    extraction, kind = understood.extraction, understood.kind
    places = FigurePlaces(understood)
    outcomes: dict[CheckOutcome, list[CheckResult]] = defaultdict(list)
    for check in extraction.checks:
        outcomes[check.outcome].append(check)
    grids = [_grid(kind, table, extraction.amounts) for table in extraction.tables]
    return {
        "source": extraction.source,
        "parser_version": extraction.parser_version,
        "title": _title(kind, extraction.profile),
        "headlines": headlines(understood),
        "profile": list(_profile(understood)),
        "grids": grids,
        "not_whole": [grid for grid in grids if not grid.is_whole],
        "doubts": _by_kind(extraction.doubts, kind, places, crops),
        "broken": [_check(check, places, crops) for check in outcomes[CheckOutcome.BROKEN]],
        "undetermined": outcomes[CheckOutcome.UNDETERMINED],
        "withheld": outcomes[CheckOutcome.WITHHELD],
        "agreeing": len(outcomes[CheckOutcome.EXACT]) + len(outcomes[CheckOutcome.ROUNDING]),
        "statuses": Counter(amount.status.value for amount in extraction.amounts),
        "stated": [(figure, *_called(figure)) for figure in extraction.stated],
        "units": extraction.units,
        "projects": extraction.projects,
        "form": words_of(kind).form,
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
    return value.label if isinstance(value, Labelled) else str(value)


def _grid(kind: DocumentKind, found: TableFound, amounts: Iterable[Amount]) -> TableShown:
    table = kind.table(found.table_code)
    by_row: dict[str, dict[str, Amount]] = defaultdict(dict)
    for amount in amounts:
        if amount.table_code == found.table_code:
            by_row[amount.row_key][amount.measure] = amount
    read = list(dict.fromkeys(measure for cells in by_row.values() for measure in cells))
    measures = [name for name in table.measure_names if name in read]
    measures += [name for name in read if name not in measures]  # columns that no form fixes
    by_side = sorted(by_row.items(), key=lambda row: row[0].startswith("expenditure:"))  # printed side by side
    rows = tuple((_code_of(key), _name_of(cells), tuple(map(cells.get, measures))) for key, cells in by_side)
    is_whole = found.status not in NOT_WHOLE and found.is_whole
    headings = tuple(map(table.label_of, measures))
    return TableShown(found, table.number, table.name, _pages(found), is_whole, headings, rows)


def _code_of(row_key: str) -> str:
    """The code in the key of a row, which a unit may stand before; nothing where it has none."""
    code = row_key.rpartition("/")[2]
    return code if code.isdigit() else ""


def _name_of(cells: dict[str, Amount]) -> str:
    return next(iter(cells.values())).row_label


def _pages(found: TableFound) -> str:
    if not found.first_page:
        return ""
    last = f"–{found.last_page}" if found.last_page != found.first_page else ""
    return f"第{found.first_page}{last}页"


def _by_kind(
    doubts: Iterable[Doubt], kind: DocumentKind, places: FigurePlaces, crops: Crops
) -> list[tuple[str, list[Finding]]]:
    """What each kind of doubt means, with its doubts; those of pictures that are least sure come first."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for doubt in sorted(doubts, key=places.sureness):
        found[doubt.what.label].append(_doubt(doubt, kind, places, crops))
    return list(found.items())


def _doubt(doubt: Doubt, kind: DocumentKind, places: FigurePlaces, crops: Crops) -> Finding:
    table = kind.find(doubt.table_code)
    facts = (
        ("表", table.number_or_name if table else None),
        ("行", row_label(table, doubt.row_key) if doubt.row_key else None),
        ("栏", measure_label(table, doubt.measure) if doubt.measure else None),
        ("印作", doubt.printed),
        ("读作", doubt.taken_as),
    )
    return Finding("", doubt.reason, _known(facts), tuple(crops.crops(places.of_doubt(doubt))))


def _check(check: CheckResult, places: FigurePlaces, crops: Crops) -> Finding:
    facts = (
        ("等号左边", number(check.left)),
        ("等号右边", number(check.right)),
        ("相差", number(check.difference)),
        ("四舍五入可容许", number(check.envelope)),
        ("单位", check.unit),
        ("另见", check.also_fits),
    )
    shown = tuple(crops.crops(places.of_check(check)[:PLACES_AT_MOST]))
    return Finding(f"{check.rule_id} {check.rule}", check.explanation, _known(facts), shown)


def _known(facts: Iterable[tuple[str, str | None]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in facts if value)


def _called(figure: StatedFigure) -> tuple[str, ...]:
    """Kind, subject and measure of a figure in words, and what it says."""
    said = figure.text or "" if figure.value is None else f"{_plain(figure.value)}{figure.unit or ''}"
    words = (label_of(field, getattr(figure, field), "stated_figure") for field in ("kind", "subject", "measure"))
    return *words, said


def _plain(value: Decimal) -> str:
    return f"{value:,f}"
