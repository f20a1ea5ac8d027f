"""Fills an empty warehouse with generated documents through the bulk load; the amounts are written as lines of COPY.

Everything but the amounts goes through the same code as a real document. Creating an Amount object for each of
20 million cells would take longer than everything else. tests/test_generated_documents.py compares the lines with what
the loader makes of the objects.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter

from psycopg import Connection

from benchmarks.generated_documents import Made, documents, extraction, printed_wan
from benchmarks.generated_forms import Cell, Form, names
from warehouse.load import subjects, tables_and_doubts
from warehouse.load.bulk import without_keys
from warehouse.load.bulk_documents import BulkDocuments
from warehouse.load.subjects import Subjects

CHUNK = 200
COPY = f"copy warehouse.amount ({tables_and_doubts.AMOUNT_COLUMNS}) from stdin"


@dataclass(frozen=True, slots=True)
class Lines:
    """The amounts of a form as a format string, and which values of a document replace its `%s`, in their order."""

    text: str
    chosen: itemgetter

    def of(self, parse_id: int, numbers: list[int]) -> bytes:
        values = [f"{number * 100}.00" for number in numbers]
        return (self.text % self.chosen([parse_id, *values, *map(printed_wan, numbers)])).encode()


class Printer:
    """Makes lines of COPY with the ids that measures and subjects have in this warehouse."""

    def __init__(self, connection: Connection):
        self._connection = connection
        self._declared = tables_and_doubts.declared_tables(connection)
        self._subjects: dict[int, tuple[Subjects, Subjects]] = {}
        self._lines: dict[int, Lines] = {}

    def learn(self, chunk: list[Made]) -> None:
        """Prepare the lines of the forms of these documents. `form` caches, so that the same form is the same object
        and its `id` can be the key."""
        for form in (made.form for made in chunk):
            if id(form) not in self._lines:
                self._lines[id(form)] = self._layout(form)

    def lines(self, made: Made, parse_id: int) -> bytes:
        return self._lines[id(made.form)].of(parse_id, made.numbers)

    def _layout(self, form: Form) -> Lines:
        chosen, text = [], []
        for cell in form.cells:
            text.append(self._line(cell, form.year))
            chosen += [0] if cell.number is None else [0, 1 + cell.number, 1 + form.size + cell.number]
        return Lines("".join(text), itemgetter(*chosen))

    def _line(self, cell: Cell, year: int) -> str:
        functional, economic = self._subjects_of(year)
        is_blank, is_economic = cell.number is None, cell.is_economic
        subject = (economic if is_economic else functional).get(cell.row_key)
        fields = {
            "parse_id": "%s",
            "measure_id": self._declared.measures[cell.table_code, cell.measure],
            "row_key": cell.row_key,
            "item_key": self._declared.item_of(cell.table_code, cell.row_key),
            "functional_subject_id": None if is_economic else subject,
            "economic_subject_id": subject if is_economic else None,
            "row_label": cell.label,
            "value": None if is_blank else "%s",
            "value_unit": "元",
            "presence": "blank" if is_blank else "number",
            "status": "as_printed",
            "origin": "text",
            "printed": "" if is_blank else "%s",
            "printed_unit": "万元",
            "file_no": 1,
            "page": cell.page,
            "row_no": cell.row_no,
            "column_no": cell.column_no,
            "is_unit_certain": "t",
        }
        line = (fields.get(column) for column in tables_and_doubts.AMOUNT_COLUMNS.split(", "))
        return "\t".join("\\N" if field is None else str(field) for field in line) + "\n"

    def _subjects_of(self, year: int) -> tuple[Subjects, Subjects]:
        if year not in self._subjects:
            functional, economic = (
                subjects.resolve(self._connection, kind, set(names(kind, year).items()), year)
                for kind in ("functional", "economic")
            )
            self._subjects[year] = functional, economic
        return self._subjects[year]


def fill(
    connection: Connection, count: int, reached: Callable[[str], None] = lambda step: None, budgets: float = 0
) -> None:
    """Load `count` documents into an empty warehouse, of which the share `budgets` are budgets; `reached` is called
    with the name of each finished step."""
    with without_keys(connection, reached):
        added, printer = BulkDocuments(connection), Printer(connection)
        for chunk in _chunks(documents(count, budgets=budgets)):
            numbered = added.add([extraction(made, with_amounts=False) for made in chunk])
            printer.learn(chunk)  # before the COPY: the connection runs no query during a COPY
            with connection.cursor().copy(COPY) as copy:
                for made, document in zip(chunk, numbered, strict=True):
                    copy.write(printer.lines(made, document.parse_id))
        added.finish()


def _chunks(made: Iterator[Made]) -> Iterator[list[Made]]:
    while chunk := list(islice(made, CHUNK)):
        yield chunk
