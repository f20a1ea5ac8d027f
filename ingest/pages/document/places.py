"""Finds the places of the figures of a check or doubt: rows of a table, lines of a sentence, or rows of a form."""

from collections.abc import Iterator

from ingest.document import Line, RawRow
from ingest.pipeline import Understood
from ingest.readers.crops import Band
from warehouse.kinds.characters import squeeze
from warehouse.records.places import Place
from warehouse.records.reading import CheckResult, Doubt, PerformanceProject, StatedFigure

SHORTEST_MATCH = 12  # characters of a printed line that are enough to identify it
ROWS_OF_A_FORM = 6  # shown of a form: name, department and money


class FigurePlaces:
    """The places of the figures of one document."""

    def __init__(self, understood: Understood):
        extraction = understood.extraction
        self._rows = {
            (code, number): row.row
            for code, (_, table) in understood.tables.items()
            for number, row in enumerate(table.rows, start=1)
        }
        self._amounts = {f"{one.table_code}/{one.row_key}/{one.measure}": one for one in extraction.amounts}
        self._stated = {f"stated/{one.kind}/{one.subject}/{one.measure}": one for one in extraction.stated}
        self._forms = {one.project: one for one in extraction.projects}
        self._lines = list(understood.document.lines())
        self._raw = [row for table in understood.document.tables() for row in table.rows]

    def of_doubt(self, doubt: Doubt) -> list[Band]:
        row = self._rows.get((doubt.table_code or "", doubt.row_no or 0))
        if row:
            return [_band(row).marking(doubt.place)]
        if doubt.line_no:
            return [_meant(doubt.place)]
        if doubt.row_key in self._forms:
            return list(self._of_form(self._forms[doubt.row_key]))
        return [_meant(doubt.place)] if doubt.page else []

    def sureness(self, doubt: Doubt) -> float:
        """Of a cell that was recognised in a picture: 0 where the two models read differently, else how sure the first
        is. 1 of all else."""
        row = self._rows.get((doubt.table_code or "", doubt.row_no or 0))
        cell = row.cells[doubt.column_no - 1] if row and doubt.column_no and doubt.column_no <= len(row.cells) else None
        if cell is None or cell.confidence is None:
            return 1.0
        is_read_alike = cell.read_again is not None and squeeze(cell.read_again) == squeeze(cell.text)
        return cell.confidence if is_read_alike else 0.0

    def of_check(self, check: CheckResult) -> list[Band]:
        """The places of the cells of the check; its own place if none of them is found."""
        found = [place for cell in check.cells for place in self._of_cell(cell)]
        return list(dict.fromkeys(found)) or ([_meant(check.place)] if check.page or check.line_no else [])

    def _of_cell(self, cell: str) -> Iterator[Band]:
        if cell in self._amounts:
            amount = self._amounts[cell]
            row = self._rows.get((amount.table_code, amount.row_no))
            yield from [_band(row).marking(amount.place)] if row else []
        elif cell in self._stated:
            yield from self._of_sentence(self._stated[cell])
        elif cell.startswith("form/"):
            name, _, measure = cell.removeprefix("form/").rpartition("/")
            while name and name not in self._forms:
                name = name.rpartition("/")[0]
            yield from self._of_cell_of_form(self._forms[name], measure) if name else []

    def _of_sentence(self, figure: StatedFigure) -> Iterator[Band]:
        """The printed lines of the clause that states the figure, on its page and the next."""
        clause = squeeze(figure.printed)
        for line in self._lines:
            if line.place == figure.place if figure.page is None else _is_from(line, figure) and _shares(line, clause):
                yield _meant(line.place)

    def _of_cell_of_form(self, project: PerformanceProject, measure: str) -> Iterator[Band]:
        """The row of an indicator, which is written indicator:4:score; of other cells the beginning of the form."""
        _, _, rest = measure.partition("indicator:")
        number = rest.partition(":")[0]
        meant = [one.place for one in project.indicators if number == str(one.seq) and one.place.box]
        yield from map(_meant, meant) if meant else self._of_form(project)

    def _of_form(self, project: PerformanceProject) -> Iterator[Band]:
        if project.page is None:
            yield Band.of(project.place)
            return
        name = squeeze(project.project)
        rows = [row for row in self._raw if _is_from(row, project)]
        first = next((n for n, row in enumerate(rows) if name in squeeze("".join(row.texts()))), None)
        yield from map(_band, rows[first : first + ROWS_OF_A_FORM]) if first is not None else [Band.of(project.place)]


def _meant(place: Place) -> Band:
    return Band.of(place).marking(place)


def _band(row: RawRow) -> Band:
    return Band.of(row.place)


def _is_from(printed: RawRow | Line, start: PerformanceProject | StatedFigure) -> bool:
    """Whether a row or line is on the page on which a form or sentence begins, or on the next."""
    return (printed.page or 0) >= (start.page or 0) and printed.place.adjoins(start.place)


def _shares(line: Line, clause: str) -> bool:
    """Whether a line is part of the clause, or contains the end of it, which holds the figure."""
    text, end = squeeze(line.text), clause[-SHORTEST_MATCH:]
    return (len(text) >= SHORTEST_MATCH and text in clause) or (len(end) > 3 and end in text)
