"""Where the entries of a list stand: names within a sentence, numbered entries, or one name a line."""

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.about.composition.names import named_unit, split_names
from ingest.narrative.joined import Joined
from ingest.values.whole_numbers import whole_number
from warehouse.kinds.wordings import unit_table_words

_HEADINGS = re.compile("|".join(sorted(map(re.escape, unit_table_words().all), key=len, reverse=True)))
_ENDS = re.compile(r"[。\n]|$")
_MARK = re.compile(
    r"(?P<point>\d{1,2})[.、](?!\d)|\((?P<brackets>\d{1,2}|[一二三四五六七八九十]{1,3})\)[、.]?|(?P<circle>[①-⑳])"
    r"|(?P<chapter>[一二三四五六七八九十]{1,3})、|(?P<bare>\d{1,2})(?=[一-龥])"
)
_NO_NAME = re.compile("[0-9,:]")
_BEFORE_FIRST = 40  # characters of a heading between the sentence and the first entry
_LONGEST_ENTRY = 150
_BETWEEN = ",;。、:\n"
_LIKE = 2  # characters with which the names of units of one department begin
Span = tuple[int, int]


def entries(text: Joined, start: int) -> list[Span]:
    """Start and end of each entry of the list that begins at `start`; [] where none follows."""
    end = _end(text, start)
    numbered = list(numbered_entries(text, start))
    if numbered:
        return numbered
    if text.text[start:end].strip(":"):
        return [(start + first, start + last) for first, last in split_names(text.text[start:end])]
    return list(_lines(text, end + 1))


def _end(text: Joined, start: int) -> int:
    found = _ENDS.search(text.text, start)
    return found.start() if found else len(text.text)


def numbered_entries(text: Joined, start: int, longest: int = _LONGEST_ENTRY) -> Iterator[Span]:
    """Entries numbered 1, 2, 3 … in one style, each without its mark; the last ends with its line or sentence."""
    marks = list(_marks(text, start, longest))
    for (_, begin), (following, _) in pairwise(marks):
        yield begin, following
    if marks:
        yield marks[-1][1], _end_of_last(text, marks[-1][1])


def _end_of_last(text: Joined, begin: int) -> int:
    """A name may go on in the next line; a line with numbers or commas says something else."""
    end = _end(text, begin)
    starts = (start for start in text.starts if begin < start < end)
    lines = pairwise([*starts, end])
    return next((start for start, stop in lines if _NO_NAME.search(text.text, start, stop)), end)


def _marks(text: Joined, start: int, longest: int) -> Iterator[Span]:
    """Start and end of the marks of the entries: each has the number after that of the one before."""
    at, style, number = start, None, 1
    reach = start + _BEFORE_FIRST
    while found := _next_mark(text, at, reach, style, number):
        style, number, at = found.lastgroup, number + 1, found.end()
        reach = at + longest
        yield found.span()


def _next_mark(text: Joined, at: int, reach: int, style: str | None, number: int) -> re.Match[str] | None:
    for found in _MARK.finditer(text.text, at, min(reach, len(text.text))):
        if style in (None, found.lastgroup) and _number(found) == number and _begins_entry(text, found, at, style):
            return found
    return None


def _number(mark: re.Match[str]) -> int | None:
    printed = mark[mark.lastgroup or 0]
    return ord(printed) - ord("①") + 1 if mark.lastgroup == "circle" else whole_number(printed)


def _begins_entry(text: Joined, mark: re.Match[str], at: int, style: str | None) -> bool:
    """Whether the mark begins an entry: the first one stands directly behind the sentence or the headings of columns,
    any other at the beginning of a line or behind a name."""
    before = text.text[at : mark.start()].strip(_BETWEEN)
    if style is None:
        return not _HEADINGS.sub("", before)
    if mark.start() in text.starts:
        return True
    return mark.lastgroup != "bare" and (text.text[mark.start() - 1] in _BETWEEN or named_unit(before) is not None)


def _lines(text: Joined, start: int) -> Iterator[Span]:
    """One name a line, as long as names follow; a line that does not begin as the first one continues a name."""
    like = text.text[start : start + _LIKE]
    begins = [offset for offset in text.starts if offset >= start and text.text.startswith(like, offset)]
    if not begins or begins[0] != start:
        return
    for begin, following in pairwise([*begins, len(text.text)]):
        end = min(following, _end(text, begin))
        if end - begin > _LONGEST_ENTRY or named_unit(text.text[begin:end]) is None:
            return
        yield begin, end
