"""Where each form of a document begins and ends: it begins at its name cell and ends after its total row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.document import Block, Document, Line
from ingest.forms.form_spec import FormSpec, label, load_specs, spec_of
from ingest.forms.layout.contacts import without_contact_cells
from ingest.forms.layout.printed_labels import has_total, header_kind, name_key, name_row
from ingest.forms.layout.rows import FormRow, rows_of
from ingest.tables.sections import is_note, title_of
from warehouse.kinds.characters import squeeze
from warehouse.kinds.form_declarations import wordings
from warehouse.kinds.form_weights import form_weights
from warehouse.kinds.kind import load_kinds

_AT_MOST = form_weights().boundaries
_TITLES = wordings().titles


@dataclass(slots=True)
class RawForm:
    """The rows of one form, and the words above it that say what it is."""

    spec: FormSpec
    rows: list[FormRow] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    has_body: bool = False
    is_closed: bool = False
    torn: bool = False  # phantom borders cut its cells
    is_list: bool = False  # of projects with their targets, a row for each

    @property
    def title(self) -> str | None:
        return next((text for text in reversed(self.above) if _TITLES.form.search(text)), None)

    @property
    def name_in_title(self) -> str | None:
        """河道清淤 of 河道清淤项目支出绩效自评表."""
        stem = _TITLES.ending.sub("", self.title or "")
        return (
            stem if len(stem) >= _AT_MOST.shortest_name_in_title and not _TITLES.names_no_project.search(stem) else None
        )

    @property
    def year(self) -> int | None:
        found = [
            _TITLES.year.search(text)
            for text in self.above[-_AT_MOST.lines_of_year :]
            if len(text) <= _AT_MOST.longest_year_line
        ]
        years = [int(match[1]) for match in found if match]
        return years[-1] if years else None


def printed_forms(document: Document) -> list[RawForm]:
    """Every form of the document, in order, as printed; its contacts left out, its own spec chosen."""
    forms = [form for blocks in document.by_file() for form in _gathered(blocks) if _is_form(form)]
    for form in forms:
        texts = {piece.text for row in form.rows for piece in row.own if not piece.text.isascii()}
        form.spec = spec_of(word for text in texts for word in _words(text))
        form.rows = [without_contact_cells(row, form.spec) for row in form.rows]
    return forms


def _is_form(form: RawForm) -> bool:
    """It has indicators, or a title and any other part of a form: a list of projects has neither."""
    kinds = {header_kind(row, form.spec) for row in form.rows} - {None}
    return "indicators" in kinds or bool(kinds and form.title)


def _words(text: str) -> set[str]:
    return {label(text), *map(label, text.split())}


def _gathered(blocks: Iterable[Block]) -> Iterator[RawForm]:
    generic = load_specs()[-1]
    form: RawForm | None = None
    above: list[str] = []
    for block in blocks:
        waiting: list[FormRow] = []
        before = len(form.rows) if form else 0
        for row in rows_of(block):
            if _begins(row, form, generic) or _begins_nameless(row, form, above, generic):
                if form:
                    yield form
                form = RawForm(generic, rows=waiting[-_AT_MOST.head_rows :], above=above)
                above, before = [], 0
            elif form is None or form.is_closed:
                waiting.append(row)
            if form and not form.is_closed:
                _take(form, row, generic)
            elif not isinstance(block, Line):
                above = [*above, squeeze(row.text)][-_AT_MOST.title_lines :]
        if isinstance(block, Line):
            above = [*above, squeeze(block.text)][-_AT_MOST.title_lines :]
        if form and _ends(block, form, before):
            form.is_closed = True
    if form:
        yield form


def _begins(row: FormRow, form: RawForm | None, spec: FormSpec) -> bool:
    """A name cell begins a form, unless it is the other name of a form just begun or a page repeats the head."""
    found = name_row(row, spec)
    if found is None:
        return False
    if form is None or form.is_closed:
        return True
    names = [name for name in (name_row(row, spec) for row in form.rows) if name]
    if form.has_body:
        return names[:1] != [found]
    is_other = bool(names) and name_key(row, spec) not in {name_key(row, spec) for row in form.rows}
    return bool(names) and not (is_other and len(form.rows) <= _AT_MOST.head_rows)


def _begins_nameless(row: FormRow, form: RawForm | None, above: list[str], spec: FormSpec) -> bool:
    """A header right below the title of a self-evaluation form that has no name cell."""
    is_free = form is None or form.is_closed
    return (
        is_free
        and any(map(_names_form, above[-_AT_MOST.lines_of_title :]))
        and header_kind(row, spec) in ("money", "indicators")
    )


@lru_cache(maxsize=1024)  # every row below it asks
def _names_form(text: str) -> bool:
    """The title of a self-evaluation, one character of it damaged perhaps; a form of targets is another."""
    return _TITLES.self_evaluation in text or (bool(_TITLES.form.search(text)) and _TITLES.of_targets not in text)


def _take(form: RawForm, row: FormRow, spec: FormSpec) -> None:
    form.rows.append(row)
    form.has_body = form.has_body or header_kind(row, spec) is not None


def heads_a_table(text: str) -> bool:
    """The title of a standard table of any kind of document."""
    return any(title_of(text, kind.titles) for kind in load_kinds())


def _ends(block: object, form: RawForm, before: int) -> bool:
    """After the block that holds the total below the indicators; at a note, a title or a heading. `before` rows of the
    form stand in other blocks, after which it did not end."""
    if not form.has_body:
        return False
    if isinstance(block, Line):
        text = squeeze(block.text)
        is_title = bool(_TITLES.form.search(text) or _TITLES.other_table.search(text)) or heads_a_table(text)
        return is_note(text) or is_title
    header = next((n for n, row in enumerate(form.rows) if header_kind(row, form.spec) == "indicators"), None)
    return header is not None and any(has_total(row, form.spec) for row in form.rows[max(header, before) :])
