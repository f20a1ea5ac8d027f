"""Prints the intermediate results of reading a file. Needs no database."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from rich.cells import cell_len

from ingest.about.document_kind import kind_of
from ingest.cli.disclosures import Files, disclosures_of
from ingest.cli.language import coded
from ingest.document import Document, Line, RawTable
from ingest.pipeline import extract, understand
from ingest.readers.formats import MAX_PAGES
from ingest.readers.parts import Part, joined, read_parts
from ingest.tables.recognise import recognise
from ingest.tables.sections import sections, with_headers_rejoined
from warehouse.base.messages import _
from warehouse.kinds.kind import load_kind, load_kinds
from warehouse.kinds.names import FINAL_ACCOUNTS
from warehouse.records.places import NOWHERE, Place
from warehouse.records.reading import Extraction

WIDEST_CELL = 24


def show(files: Files, stage: str) -> Iterator[str]:
    """The lines of one stage, of an archive those of each disclosure in it. Raises an IngestError if a file cannot be
    read that far."""
    with disclosures_of(files) as disclosures:
        for number, disclosure in enumerate(disclosures, start=1):
            if len(disclosures) > 1:
                named = ", ".join(path.name for path in disclosure)
                yield _("disclosure {number}: {named}").format(number=number, named=named)
            yield from STAGES[stage](disclosure)


def show_document(files: Files) -> Iterator[str]:
    """Lines and tables in reading order, with their places."""
    for block in _document(files).blocks:
        if isinstance(block, Line):
            yield f"{_place(block.place):>8}  {block.text}"
        else:
            said = _("[table of {rows} rows, {columns} columns]").format(rows=len(block.rows), columns=block.width)
            yield f"{_place(block.place):>8}  {said}"


def show_tables(files: Files) -> Iterator[str]:
    """Every raw table, cell by cell; · is a cell that another covers."""
    for number, table in enumerate(_document(files).tables(), start=1):
        yield _("table {number}, {place}").format(number=number, place=_place(table.place))
        yield from _rows(table)
        yield ""


def show_matches(files: Files) -> Iterator[str]:
    """Which standard table each raw table was taken for, and on what evidence."""
    document = _document(files)
    kind = kind_of(document, load_kinds()).kind or load_kind(FINAL_ACCOUNTS)
    recognition = recognise(with_headers_rejoined(sections(document)), kind)
    for code, match in sorted(recognition.matches.items()):
        yield f"{code} {match.form.name}" + (_(" — printed “{title}”").format(title=match.title) if match.title else "")
        for part in match.parts:
            yield f"    {_place(part.section.place)}: {part.how}"
        for section in match.refused:
            yield _("    {place}: header not understood").format(place=_place(section.place))
        for section in match.repeated:
            yield _("    {place}: same title again, left out").format(place=_place(section.place))
    for section in recognition.contradictory:
        yield _("codes of another table than the title says, {place}").format(place=_place(section.place))
    for section in recognition.by_unit:
        yield _("table by unit, left out, {place}").format(place=_place(section.place))
    for section in recognition.unknown:
        yield _("unknown table, {place}").format(place=_place(section.place))


def show_items(files: Files) -> Iterator[str]:
    """The profile, the tables, every amount and every doubt, as a load would store them."""
    extraction = _extraction(files)
    yield from _profile(extraction)
    for table in extraction.tables:
        status = _wide("status", table.status.value, 22)
        yield f"{table.table_code} {status} {table.title or ''}  {'; '.join(table.evidence)}".rstrip()
    for amount in extraction.amounts:
        value = (
            coded("presence", amount.presence.value) if amount.value is None else f"{amount.value} {amount.value_unit}"
        )
        note = (
            "" if amount.repair_reason is None else f"  {coded('status', amount.status.value)}: {amount.repair_reason}"
        )
        stored = "" if amount.stored_value is None else _(" (stored {value:f})").format(value=amount.stored_value)
        printed, where = f"“{amount.printed}”{stored}", _place(amount.place)
        yield f"{amount.table_code} {amount.row_key} {amount.measure} = {value}  {printed} {where}{note}"
    for doubt in extraction.doubts:
        where = f" ({_place(doubt.place)})" if doubt.place != NOWHERE else ""
        named = " ".join(filter(None, (coded("what", doubt.what), doubt.table_code, doubt.row_key)))
        yield _("doubt {named}: {reason}{where}").format(named=named, reason=doubt.reason, where=where)


def show_stated(files: Files) -> Iterator[str]:
    """Every figure of the narrative with its printed words."""
    for figure in _extraction(files).stated:
        value = figure.text if figure.value is None else f"{figure.value}{figure.unit or ''}"
        code = f" [{figure.functional_code}]" if figure.functional_code else ""
        note = (
            "" if figure.repair_reason is None else f"  {coded('status', figure.status.value)}: {figure.repair_reason}"
        )
        where = _place(figure.place)
        yield f"{figure.kind} | {figure.subject}{code} | {figure.measure} = {value}  {where} “{figure.printed}”{note}"


def show_units(files: Files) -> Iterator[str]:
    """The units whose accounts are summed, institutions and staff, each with its printed words."""
    extraction = _extraction(files)
    for unit in extraction.units:
        said = ", ".join(filter(None, (unit.kind, _("head office") if unit.is_head_office else None)))
        named = _("unit {number}. {name}").format(number=unit.unit_no, name=unit.unit)
        yield f"{named}{f' ({said})' if said else ''}  {_place(unit.place)} “{unit.printed}”"
    for fact in extraction.facts:
        names = f" ({fact.text})" if fact.text else ""
        yield f"{coded('fact', fact.fact)} = {_figure(fact.value)}{names}  {_place(fact.place)} “{fact.printed}”"


def show_performance(files: Files) -> Iterator[str]:
    """Every self-evaluation form: its money, management items and indicators."""
    for project in _extraction(files).projects:
        yield f"{_place(project.place)} {project.project} ({coded('kind', project.kind)}), " + _(
            "total {score}"
        ).format(score=project.total_score)
        money = (project.initial_budget, project.adjusted_budget, project.executed)
        yield _("    initial {} adjusted {} executed {} 万元").format(*map(_figure, money))
        for fund in project.funds:
            amounts = (fund.initial_budget, fund.adjusted_budget, fund.executed)
            yield _("    fund {source}: ").format(source=fund.source) + " / ".join(map(_figure, amounts))
        for item in project.management:
            yield _("    management {item}: {figure} of {figure_2}").format(
                item=item.item, figure=_figure(item.score), figure_2=_figure(item.weight)
            )
        for one in project.indicators:
            points = _("{score} of {weight}").format(score=_figure(one.score), weight=_figure(one.weight))
            yield f"    {one.seq}. {one.level1} | {one.level2} | {one.level3}: {one.target} → {one.actual}, {points}"


def show_checks(files: Files) -> Iterator[str]:
    """Every identity that was checked, broken ones first."""
    order = ["broken", "undetermined", "withheld", "rounding", "exact", "not_applicable"]
    for check in sorted(_extraction(files).checks, key=lambda check: order.index(check.outcome.value)):
        also = f" ({check.also_fits})" if check.also_fits else ""
        yield f"{_wide('outcome', check.outcome.value, 14)} {check.rule_id:4} {check.explanation}{also}"


def show_numbers(files: Files) -> Iterator[str]:
    """The counts of printed numbers by use, then the unaccounted ones with their places."""
    account = understand(files[0], attachments=_attachments(files)).account
    yield from (f"{name:26}{getattr(account.counts, name):>8}" for name in account.counts.__dataclass_fields__)
    for number in account.unaccounted:
        yield _("unaccounted, {place}: {text}").format(place=_place(number.place), text=number.text)
    for doubt in account.doubts:
        named = f"{coded('what', doubt.what)}, {_place(doubt.place)}"
        where = f" “{doubt.printed}”"
        yield _("doubt {named}: {reason}{where}").format(named=named, reason=doubt.reason, where=where)


def _document(files: Files) -> Document:
    others = _attachments(files)
    return joined(read_parts(Part.of(files[0]), others, MAX_PAGES), others)


def _extraction(files: Files) -> Extraction:
    return extract(files[0], attachments=_attachments(files))


def _attachments(files: Files) -> list[Part]:
    return [Part.of(path) for path in files[1:]]


def _figure(value: Decimal | None) -> str:
    return "—" if value is None else f"{value:f}"


def _profile(extraction: Extraction) -> Iterator[str]:
    profile = extraction.profile
    place = " ".join(filter(None, (profile.province, profile.city, profile.county))) or _("place unknown")
    scope = coded("scope", profile.scope.value) if profile.scope else _("scope unknown")
    yield f"{profile.department} ({profile.department_kind}), {place}, {profile.fiscal_year}, {scope}"
    yield _("parser {parser_version}, sha256 {identity}").format(
        parser_version=extraction.parser_version, identity=extraction.source.identity
    )


def _rows(table: RawTable) -> Iterator[str]:
    for row in table.rows:
        yield "  | " + " | ".join("·" if cell is None else _short(cell.text) for cell in row.cells)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= WIDEST_CELL else text[: WIDEST_CELL - 1] + "…"


def _place(place: Place) -> str:
    said = ""
    if place.page:
        said = _("p. {page}").format(page=place.page)
    elif place.line_no:
        said = _("line {line}").format(line=place.line_no)
    said = " ".join(filter(None, (said, place.sheet, place.cell)))
    return said if place.file_no == 1 else _("file {number} {place}").format(number=place.file_no, place=said)


def _wide(column: str, code: str, width: int) -> str:
    """As wide as so many columns; a Chinese character takes two."""
    said = coded(column, code)
    return said + " " * (width - cell_len(said))


STAGES: dict[str, Callable[[Files], Iterator[str]]] = {
    "document": show_document,
    "tables": show_tables,
    "matches": show_matches,
    "items": show_items,
    "units": show_units,
    "stated": show_stated,
    "performance": show_performance,
    "checks": show_checks,
    "numbers": show_numbers,
}
