"""What was not read of a folder of documents, by frequency: what to declare or to teach the reader next.

Everything is taken from what a reading says itself: its doubts, its tables, the rows that are no item of theirs, or
the reason for which a file was refused.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from ingest.about.department_kinds import is_listed
from ingest.cli.terminal import say
from ingest.errors import IngestError
from ingest.isolation import start_reading, unconfined
from ingest.nightly.batch import MOST_JOBS
from ingest.nightly.read_files import Read, default_jobs, read_each
from ingest.readers.folders import look_in
from warehouse.base.messages import N_, _
from warehouse.kinds.characters import comparable, squeeze
from warehouse.kinds.declared import heading
from warehouse.kinds.kind import DocumentKind, load_kinds
from warehouse.kinds.reference_lists import functional_subjects
from warehouse.records.doubts import DoubtKind
from warehouse.records.places import Place
from warehouse.records.reading import Doubt, Extraction

TITLES, HEADINGS, ROWS = N_("titles"), N_("headings"), N_("rows")
LAYOUTS, BODIES, PLACES = N_("layouts"), N_("bodies"), N_("places")
LONGEST = 60  # characters of a wording
NONE_FOUND = 1
_NO_STANDARD_TABLE = {
    DoubtKind.TABLE_UNKNOWN,
    DoubtKind.TABLE_LEFT_OUT,
    DoubtKind.TABLE_CONTRADICTORY,
    DoubtKind.TABLE_BY_UNIT,
}
_HEADINGS_UNKNOWN = {DoubtKind.TABLE_NOT_UNDERSTOOD, DoubtKind.PART_NOT_UNDERSTOOD}
_ROWS_UNKNOWN = {
    DoubtKind.ROW_WITHOUT_KEY,
    DoubtKind.ROW_NOT_UNDERSTOOD,
    DoubtKind.ROW_ABOVE_BODY,
    DoubtKind.ROW_UNREADABLE,
    DoubtKind.SUBJECT_UNRESOLVED,
}
_LAYOUTS_UNKNOWN = {
    *_HEADINGS_UNKNOWN,
    DoubtKind.TABLE_NOT_FOUND,
    DoubtKind.TABLE_IN_LINES,
    DoubtKind.TABLE_INCOMPLETE,
    DoubtKind.ROW_OUTSIDE_TABLE,
    DoubtKind.ROW_MISALIGNED,
    DoubtKind.SEVERAL_ROWS,
    DoubtKind.COLUMN_LEFT_OUT,
    DoubtKind.NUMBER_UNACCOUNTED,
    DoubtKind.PAGE_NOT_READ,
    DoubtKind.FORM_PART_UNREAD,
    DoubtKind.FORM_HEADER_UNKNOWN,
}
_BODY_UNKNOWN = {DoubtKind.DEPARTMENT_UNKNOWN, DoubtKind.SEVERAL_BODIES, DoubtKind.SCOPE_UNKNOWN}
_FIGURES = re.compile(r"-?[\d,]*\d(?:[.·]\d+)?%?")


@dataclass(frozen=True, slots=True)
class Unread:
    """One wording or layout that was not read; `place` is where it is printed in its document."""

    what: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Survey:
    """`counts`: what → text → documents that have it; `examples`: of each the first document and its place."""

    documents: int
    refused: int
    counts: dict[str, Counter[str]]
    examples: dict[tuple[str, str], tuple[str, Place]]


def survey(readings: Iterable[tuple[str, Read]]) -> Survey:
    """`readings` are names of files and what was read of each."""
    documents = refused = 0
    counts: dict[str, Counter[str]] = {what: Counter() for what in (TITLES, HEADINGS, ROWS, LAYOUTS, BODIES, PLACES)}
    examples: dict[tuple[str, str], tuple[str, Place]] = {}
    for name, reading in readings:
        documents += 1
        refused += isinstance(reading, IngestError)
        seen: set[tuple[str, str]] = set()
        for one in unread(reading):
            if (key := (one.what, one.text)) not in seen:
                seen.add(key)
                counts[one.what][one.text] += 1
                examples.setdefault(key, (name, one.place))
    return Survey(documents, refused, counts, examples)


def unread(reading: Read) -> Iterator[Unread]:
    """Everything of one document that was not read."""
    if isinstance(reading, IngestError):
        said = str(reading).partition(": ")[2]
        yield Unread(LAYOUTS, f"{type(reading).__name__}: {said}"[:LONGEST], Place(reading.page))
        return
    for doubt in reading.doubts:
        yield from _of_doubt(doubt, reading)
    for table in reading.tables:
        for column in table.unread_columns:
            yield Unread(HEADINGS, f"{table.table_code} {column}"[:LONGEST], Place(table.first_page))
    yield from _rows_that_are_no_item(reading)
    if (kind := reading.profile.department_kind) and not is_listed(kind):
        yield Unread(
            BODIES,
            _("not listed: {kind} ({department})").format(kind=kind, department=reading.profile.department)[:LONGEST],
            Place(),
        )


def _of_doubt(doubt: Doubt, reading: Extraction) -> Iterator[Unread]:
    printed, code = doubt.printed or "", doubt.table_code
    if doubt.what in _NO_STANDARD_TABLE:
        title = printed.partition(": ")[0] if ": " in printed else _("without a title")
        yield Unread(TITLES, squeeze(title)[:LONGEST] or _("without a title"), doubt.place)
    if doubt.what in _HEADINGS_UNKNOWN:
        cells = (squeeze(cell) for cell in printed.split(" | "))
        unknown = (cell for cell in cells if cell and not _FIGURES.fullmatch(cell) and not _is_heading(cell))
        yield from (Unread(HEADINGS, f"{code} {cell}"[:LONGEST], doubt.place) for cell in unknown)
    if doubt.what in _ROWS_UNKNOWN and (words := squeeze(_FIGURES.sub("", printed))):
        yield Unread(ROWS, f"{code or ''} {words}".strip()[:LONGEST], doubt.place)
    if doubt.what in _LAYOUTS_UNKNOWN:
        yield Unread(LAYOUTS, " ".join(filter(None, (code, doubt.what.value))), doubt.place)
    if doubt.what in _BODY_UNKNOWN:
        yield Unread(BODIES, f"{doubt.what.value}: {squeeze(printed)}"[:LONGEST].rstrip(": "), doubt.place)
    if doubt.what == DoubtKind.PLACE_UNKNOWN:
        yield Unread(PLACES, reading.profile.department or _("without a name"), doubt.place)


def _is_heading(text: str) -> bool:
    """Whether some table has such a heading, on any level."""
    tables = [table for kind in load_kinds() for table in kind.tables]
    named = (names for table in tables for names in (*(measure.headers for measure in table.measures), table.ignored))
    return any(comparable(text) in name.split("/") for names in named for name in names)


def _rows_that_are_no_item(reading: Extraction) -> Iterator[Unread]:
    """Rows of tables with names in place of codes that were loaded under their printed name alone."""
    kind = next((kind for kind in load_kinds() if kind.name == reading.profile.kind), None)
    if kind is None:
        return
    classes = {heading(subject.name) for subject in functional_subjects()}
    for amount in reading.amounts:
        form = _form(kind, amount.table_code)
        if form is None or form.key or form.row_key or form.item_of(amount.row_key):
            continue
        name = heading(amount.row_key.partition(":")[2] or amount.row_key)
        if name not in classes | form.class_rows:
            yield Unread(ROWS, f"{amount.table_code} {amount.row_key}"[:LONGEST], amount.place)


def _form(kind: DocumentKind, code: str) -> Any:
    return next((table for table in kind.tables if table.code == code), None)


def lines(found: Survey, top: int) -> Iterator[str]:
    """The survey as text: of each kind the `top` most frequent, with the number of documents and one example."""
    yield _("{documents} documents, {refused} of them refused").format(documents=found.documents, refused=found.refused)
    for what, counted in found.counts.items():
        yield ""
        yield f"{_(what)} ({len(counted)})"
        for text, count in sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:top]:
            yield f"{count:>6}  {text}  — {_shown(*found.examples[what, text])}"
        if len(counted) > top:
            yield _("        and {more} more").format(more=len(counted) - top)


def _shown(name: str, place: Place) -> str:
    where = (
        _("page {page}").format(page=place.page)
        if place.page
        else _("line {line}").format(line=place.line_no)
        if place.line_no
        else ""
    )
    return ", ".join(filter(None, (name, where)))


def add_survey_command(main: click.Group, plain_errors: Callable[..., Any]) -> None:
    @main.command("survey")
    @click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
    @click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="How many of each are printed.")
    @click.option(
        "--jobs",
        type=click.IntRange(1, MOST_JOBS),
        default=lambda: default_jobs(),
        show_default="number of cores, at most 4",
        help="How many files are read at a time.",
    )
    @plain_errors
    def survey_command(folder: Path, top: int, jobs: int) -> None:
        """Say what is not read of the documents in FOLDER, by frequency; no database is needed.

        Titles of tables, headings, names of rows, layouts, bodies and places that the reader does not know, each with
        the number of documents that print it and one of them. Every document is read in a process of its own, as
        `ingest` reads it, and nothing is stored.
        """
        start_reading()
        documents = look_in(folder).documents
        every = (one for _, files in read_each(documents, jobs) for one in files)
        readings = ((str(one.path.relative_to(folder)), one.read) for one in every)
        for line in lines(survey(readings), top):
            say(line)
        for respect in unconfined():
            say(
                _("juesuan: readers are not confined in every respect: {respect}; see docs/isolation.md").format(
                    respect=_(respect)
                ),
                err=True,
            )
        if not documents:
            sys.exit(NONE_FOUND)
