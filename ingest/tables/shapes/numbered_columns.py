"""Which measure each column holds where the headings are damaged: by the column numbers (栏次) of the form.

The numbers count as many columns as the form has. What can still be read of the headings must come in the form's
order; where nothing can be read, or it stands beside its columns, the rows must satisfy every identity of the form.
An identity does not tell 基本支出 from 项目支出: a heading that is sound and names something else (人员支出), or that
stands above a column which the identities do not tell from its own, refuses the table.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise

from ingest.document import RawRow
from ingest.tables.headings import heading_text, is_number_row, shifted_alike
from ingest.values.amounts import Reading, read_amount
from ingest.values.rounding import OF_A_ROW
from warehouse.kinds.characters import comparable
from warehouse.kinds.kind import load_kinds
from warehouse.kinds.reference_lists import economic_subjects, functional_subjects
from warehouse.kinds.tables import Sides, StandardTable
from warehouse.kinds.wordings import table_words

ZERO = Decimal(0)
BY_NUMBERS = "列头残缺,按栏次"  # how the evidence of such a layout begins
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
    if _names_others(form, rows, numbers) or any(_is_ambiguous(form, row, meanings, found, numbered) for row in rows):
        return None
    is_headed = any(heading_text(text) in meanings for row in rows for text in row.texts())
    if is_headed and shifted_alike(rows, meanings, numbered):
        return found
    return found if _in_order(rows, meanings, numbered) and _identities_hold(form, found, body) else None


def _names_others(form: StandardTable, rows: Iterable[RawRow], numbers: Iterable[int]) -> bool:
    """Whether a heading above the numbered columns can be read and is none of the form's, nor a piece of one: 人员支出
    in a table of 基本支出 and 项目支出."""
    columns, own = list(numbers), [head for measure in form.measures for head in measure.headers]
    texts = {heading_text(row.text(column)) for row in rows for column in columns}
    return any(_is_sound(text) and not any(_is_within(text, head) for head in own) for text in texts)


def _is_within(text: str, heading: str) -> bool:
    """Whether all letters of a text stand in a heading, in their order."""
    letters = iter(heading)
    return all(letter in letters for letter in text)


def _is_sound(text: str) -> bool:
    """Letters of declared names alone, and at the beginning and the end two that follow each other in such a name:
    nothing in it is misread."""
    letters, pairs = _letters_and_pairs()
    return {text[:2], text[-2:]} <= pairs and letters.issuperset(text)


@cache  # made once of the declarations
def _letters_and_pairs() -> tuple[frozenset[str], frozenset[str]]:
    """The letters of all names of amounts and subjects that are declared, and each two that follow one another."""
    tables = [table for kind in load_kinds() for table in kind.tables]
    heads = {head for table in tables for measure in table.measures for head in measure.headers}
    names = heads | {comparable(subject.name) for subject in (*functional_subjects(), *economic_subjects())}
    return (
        frozenset(letter for name in names for letter in name),
        frozenset(one + other for name in names for one, other in pairwise(name)),
    )


def _is_ambiguous(
    form: StandardTable,
    row: RawRow,
    meanings: Mapping[str, str],
    found: Mapping[int, str],
    numbered: Mapping[str, int],
) -> bool:
    """Whether a heading stands above the column of another measure, which may as well be its own.

    Two headings or more that stand beside their columns by the same number were moved together.
    """
    named = [(column, meanings.get(heading_text(text))) for column, text in enumerate(row.texts())]
    beside = [(column, name) for column, name in named if name and numbered[name] != column]
    moved = {column - numbered[name] for column, name in beside}
    if len(beside) > 1 and len(moved) == 1 and len(beside) == sum(bool(name) for _, name in named):
        return False
    return any(found.get(column) and _are_alike(form, name, found[column]) for column, name in beside)


def _are_alike(form: StandardTable, name: str, other: str) -> bool:
    """Whether the identities of a row say the same of two measures."""
    swapped = {name: other, other: name}

    def sides(one: Sides, names: Mapping[str, str]) -> tuple[frozenset[str], ...]:
        return tuple(frozenset(names.get(part, part) for part in side) for side in one)

    equations = {sides(one, {}) for one in form.row_equations}
    return equations == {sides(one, swapped) for one in form.row_equations}


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
    bound = {name for left, right in form.row_equations for name in (*left, *right)}
    holding, failing = rows_holding(form.row_equations, found, body)
    return bound == set(form.measure_names) and holding > 9 * failing


def rows_holding(equations: Sequence[Sides], found: Mapping[int, str], body: Iterable[RawRow]) -> tuple[int, int]:
    """In how many of the rows that have figures and can be read all equations hold, and in how many not.

    `found`: column → measure.
    """
    rows = [{name: read_amount(row.text(column)) for column, name in found.items()} for row in body]
    figures = [row for row in rows if any(reading.value for reading in row.values())]
    legible = [row for row in figures if not any(reading.is_damaged for reading in row.values())]
    holding = sum(all(_holds(side, row) for side in equations) for row in legible)
    return holding, len(legible) - holding


def _holds(sides: tuple[tuple[str, ...], tuple[str, ...]], row: Mapping[str, Reading]) -> bool:
    left, right = (sum((row[name].value or ZERO for name in names), ZERO) for names in sides)
    return abs(left - right) <= OF_A_ROW
