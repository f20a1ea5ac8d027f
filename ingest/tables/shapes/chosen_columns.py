"""Which measure each column holds in a form whose columns publishers choose.

They print some of those declared, in groups of years, and columns that no form has. Such a column is called `other:`
and the words of its heading.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.document import RawRow
from ingest.tables.headings import Path, best_meaning
from ingest.tables.shapes.readrows import has_words, is_wording, looks_like_amount
from warehouse.kinds.characters import comparable
from warehouse.kinds.tables import ColumnGroup, StandardTable
from warehouse.kinds.wordings import table_words

_WORDS = table_words()


@dataclass(frozen=True, slots=True)
class ChosenColumns:
    """Column → measure, and the columns beside them that hold none."""

    measures: dict[int, str]
    left_out: tuple[int, ...] = ()


def chosen_columns(
    form: StandardTable, paths: Sequence[Path], printed: Sequence[Path], body: Sequence[RawRow]
) -> ChosenColumns | None:
    """None where the header names less of the form than of what no form has. `printed` are the paths as printed.

    A second column for a measure is of no form: 小计 of 采购项目 behind the 合计 of the row.
    """
    meanings = meanings_of(form)
    groups = groups_in(form, paths)
    known = {column: name for column, path in enumerate(paths) if (name := measure_of(path, groups, meanings))}
    if not known:
        return None
    found: dict[int, str] = {}
    left_out: list[int] = []
    open_columns = 0
    first = next((column for column in range(min(known)) if _holds_decimals(body, column)), min(known))
    for column in range(first, len(paths)):
        name = known.get(column)
        if _is_left_out(form, paths[column], name) or (name is None and _is_none(paths[column], body, column)):
            left_out.append(column)
        elif name and name not in found.values():
            found[column] = name
        elif form.open_measures and (words := _words_of(paths[column], printed[column])):
            if _WORDS.code_heading.search(words):  # no amounts: the second of two lists side by side begins
                return None
            found[column] = form.open_measures[0] + words
            open_columns += 1
        else:
            return None
    if len(set(found.values())) < len(found) or 2 * open_columns > len(found):
        return None
    return ChosenColumns(without_groups(form, found), tuple(left_out))


def groups_in(form: StandardTable, paths: Sequence[Path]) -> list[ColumnGroup]:
    """The groups of columns that the header names."""
    return [one for one in form.column_groups if any(one.headers.intersection(path) for path in paths)]


def meanings_of(form: StandardTable) -> dict[str, str]:
    """Heading → measure; 小计 below the heading of a measure is all of it."""
    named = {alias: measure.name for measure in form.measures for alias in measure.headers}
    return {f"{alias}/{whole}": name for alias, name in named.items() for whole in _WORDS.subtotals} | named


def measure_of(path: Path, groups: Sequence[ColumnGroup], meanings: Mapping[str, str]) -> str | None:
    """The measure of a column, or None.

    `groups` are those that the header names: 上年结转 alone may be a measure, beside 本年收入 it is a group.
    """
    group = next((one for one in groups if one.headers.intersection(path)), None)
    if group is None or (len(groups) == 1 and path[-1] in group.headers and path[-1] in meanings):
        return None if _is_of_another_year(path, meanings) else best_meaning(path, meanings)
    within = tuple(text for text in path if text not in group.headers)
    if all(text in _WORDS.subtotals for text in within):
        return group.whole
    name = best_meaning(within, meanings)
    return f"{group.name}.{name}" if name else None


def _is_of_another_year(path: Path, meanings: Mapping[str, str]) -> bool:
    """2025年预算数 above 基本支出 in a budget of 2026, unless the form has a measure of that name."""
    others = (_WORDS.year_before, _WORDS.year_after)
    known = any("/".join(path[n:]) in meanings for n in range(max(len(path) - 1, 1)))
    return any(text.startswith(others) and text not in meanings for text in path) and not known


def _is_left_out(form: StandardTable, path: Path, name: str | None) -> bool:
    return name is None and bool(path) and (path[-1] in form.ignored or path[-1] in _WORDS.remarks)


def _is_none(path: Path, body: Sequence[RawRow], column: int) -> bool:
    """A column of words, or one that a second rule makes beside another: without a heading and empty."""
    return not _holds_amounts(body, column) or not (path or any(row.text(column).strip() for row in body))


def _holds_amounts(body: Sequence[RawRow], column: int) -> bool:
    """Whether the column may be one of amounts: it prints some, or nothing at all below a heading."""
    texts = [text for row in body if (text := row.text(column)).strip()]
    return any(map(looks_like_amount, texts)) or not any(map(is_wording, texts))


def _holds_decimals(body: Sequence[RawRow], column: int) -> bool:
    """An amount in front of those that are declared: no column of keys prints 8.00."""
    return any("." in text and looks_like_amount(text) for row in body if (text := row.text(column)).strip())


def _words_of(path: Path, printed: Path) -> str:
    """The words of the leaf; of a 小计 those of the heading above it; below another year those of both."""
    words = [text for text in printed if comparable(text) not in _WORDS.subtotals]
    is_below_year = len(words) > 1 and any(text.startswith(_WORDS.year_before) for text in path[:-1])
    name = _WORDS.of_which.sub("", "".join(words[-2:]) if is_below_year else words[-1]) if words else ""
    return name if has_words(name) else ""


def without_groups(form: StandardTable, found: dict[int, str]) -> dict[int, str]:
    """The measures of a group are the plain ones where no other group is divided."""
    for group in form.column_groups:
        others = [one.name for one in form.column_groups if one is not group]
        divided = any(name.startswith(f"{other}.") for name in found.values() for other in others)
        if group.is_plain_alone and not divided:
            plain = {column: name.removeprefix(f"{group.name}.") for column, name in found.items()}
            found = {
                column: plain[column] if list(plain.values()).count(plain[column]) == 1 else name
                for column, name in found.items()
            }
    return found
