"""Which measure each column holds where the headings are damaged: by the column numbers (栏次) of the form.

The numbers count as many columns as the form has. What can still be read of the headings must come in the form's
order; where nothing can be read, or it stands beside its columns, the rows must satisfy every identity of the form.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from ingest.document import RawRow
from ingest.tables.headings import heading_text, is_number_row, shifted_alike
from ingest.values.amounts import Reading, read_amount
from ingest.values.rounding import OF_A_ROW
from warehouse.kinds.tables import StandardTable
from warehouse.kinds.wordings import table_words

ZERO = Decimal(0)
_WORDS = table_words()


def by_numbers(
    form: StandardTable, header: Sequence[RawRow], numbers: Mapping[int, int], body: Iterable[RawRow]
) -> dict[int, str] | None:
    """Column → measure, or None where the numbers prove nothing. `numbers`: column → the number printed above it."""
    if sorted(numbers.values()) != list(range(1, len(form.measures) + 1)):
        return None
    found = {column: form.measures[number - 1].name for column, number in numbers.items()}
    others = {heading_text(row.text(column)) for row in header for column in numbers} & (
        form.ignored | _WORDS.no_measures
    )
    if others:
        return None
    meanings = {alias: measure.name for measure in form.measures for alias in measure.headers}
    numbered = {name: column for column, name in found.items()}
    rows = [row for row in header if not is_number_row(row)]
    is_headed = any(heading_text(text) in meanings for row in rows for text in row.texts())
    if is_headed and shifted_alike(rows, meanings, numbered):
        return found
    return found if _in_order(rows, meanings, numbered) and _identities_hold(form, found, body) else None


def _in_order(header: Iterable[RawRow], meanings: Mapping[str, str], numbered: Mapping[str, int]) -> bool:
    """Whether the legible headings of each row follow one another as the numbered columns do."""
    for row in header:
        named = (meanings.get(heading_text(text)) for text in row.texts())
        places = [numbered[name] for name in named if name]
        if any(right <= left for left, right in pairwise(places)):
            return False
    return True


def _identities_hold(form: StandardTable, found: Mapping[int, str], body: Iterable[RawRow]) -> bool:
    """Whether the form's identities bind all its columns and hold in the rows that can be read, but for one in ten."""
    sides = form.row_equations
    bound = {name for left, right in sides for name in (*left, *right)}
    rows = [{name: read_amount(row.text(column)) for column, name in found.items()} for row in body]
    figures = [row for row in rows if any(reading.value for reading in row.values())]
    legible = [row for row in figures if not any(reading.is_damaged for reading in row.values())]
    failing = sum(not all(_holds(side, row) for side in sides) for row in legible)
    return bound == set(form.measure_names) and len(legible) > 10 * failing


def _holds(sides: tuple[tuple[str, ...], tuple[str, ...]], row: Mapping[str, Reading]) -> bool:
    left, right = (sum((row[name].value or ZERO for name in names), ZERO) for names in sides)
    return abs(left - right) <= OF_A_ROW
