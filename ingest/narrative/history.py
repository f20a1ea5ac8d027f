"""What a document says of the history of its own body: 甲市工业局更名为甲市工业和科技局.

Read is only a sentence that names both bodies in full and says the change, where one of them is the document's own.
The wordings stand in warehouse/kinds/common/history.toml.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from pydantic import Field

from ingest.document import Document, Line
from ingest.narrative.joined import Joined, join, without_page_marks
from ingest.narrative.persons import without_persons
from warehouse.kinds.body_names import is_same_body
from warehouse.kinds.characters import squeeze
from warehouse.kinds.declared import Declared, Pattern
from warehouse.kinds.places import place_of
from warehouse.kinds.wordings import FOLDER, body_words, read_wordings
from warehouse.records.places import Place
from warehouse.records.successions import Relation, StatedSuccession

PRINTED_AT_MOST = 200  # characters of a sentence that are kept
_SENTENCE = re.compile(r"[^。;\n]+")


class ChangeDeclared(Declared):
    relation: Relation
    says: tuple[Pattern, ...] = Field(min_length=1)
    keeps_name: bool = False  # the body of after is one of those of before


class HistoryWords(Declared):
    """warehouse/kinds/common/history.toml."""

    says: Pattern
    own: frozenset[str]
    between: Pattern
    ends_a_name: Pattern
    former: Pattern
    no_name: Pattern
    begins_on: Pattern
    right_before: Pattern
    date: Pattern
    change: tuple[ChangeDeclared, ...]


@cache  # read once per process
def history_words() -> HistoryWords:
    """Raises DeclarationError."""
    return read_wordings(FOLDER / "history.toml", HistoryWords)


@dataclass(frozen=True, slots=True)
class _Own:
    """The body of the document. `place`: what its name begins with, and names of its place may leave out."""

    name: str
    place: str

    def in_full(self, printed: str) -> str:
        """A printed name as it is stored: 我局 is the own body, 市工业局 is 甲市工业局."""
        name = history_words().former.sub("", printed.strip('"'))
        is_short = bool(self.place) and name.startswith(self.place[-1])
        with_place = self.place + name[is_short:]
        if name in history_words().own or is_same_body(name, self.name) or with_place == self.name:
            return self.name
        return name if name.startswith(self.place) or place_of(name, name).is_known else with_place

    def has_more_before(self, name: str) -> bool:
        """机构沿革甲市工业局: a heading without a full stop was taken with the name."""
        return bool(self.place) and self.place in name[1:]


@dataclass(frozen=True, slots=True)
class _Change:
    """What one sentence says, with the names of all bodies in full."""

    relation: Relation
    before: tuple[str, ...]
    after: tuple[str, ...]
    effective: tuple[int | None, date | None]
    printed: str
    place: Place

    @property
    def names(self) -> set[str]:
        return {*self.before, *self.after}

    def follows(self, other: "_Change") -> bool:
        """Whether it changes again what the other made: a chain, of which one step alone would be wrong."""
        is_of_bodies = Relation.TRANSFERRED not in (self.relation, other.relation)
        return is_of_bodies and bool({*self.before} & {*other.after}) and self.names != other.names

    def statements(self) -> Iterator[StatedSuccession]:
        year, day = self.effective
        for predecessor in self.before:
            for successor in self.after:
                yield StatedSuccession(predecessor, successor, self.relation, year, day, self.printed, self.place)


def read_history(document: Document, department: str | None) -> tuple[StatedSuccession, ...]:
    """Every succession that the text states of the body `department`, each once."""
    if department is None:
        return ()
    own = _own(department)
    changes = [change for blocks in document.by_file() for change in _changes_in(blocks, own)]
    single = [one for one in changes if not any(one.follows(other) or other.follows(one) for other in changes)]
    return tuple(_once(statement for one in single if own.name in one.names for statement in one.statements()))


def _once(statements: Iterable[StatedSuccession]) -> Iterator[StatedSuccession]:
    """Each succession once: the first that tells the year, else the first."""
    found: dict[tuple[str, str, Relation], StatedSuccession] = {}
    for one in statements:
        key = one.predecessor, one.successor, one.relation
        if key not in found or (found[key].effective_year is None and one.effective_year is not None):
            found[key] = one
    yield from found.values()


def _own(department: str) -> _Own:
    place = place_of(department, department)
    if place.is_known:
        return _Own(department, place.printed)
    ends = [end for mark in body_words().place_endings if (end := department.find(mark, 2)) > 0]
    return _Own(department, department[: min(ends) + 1] if ends else "")


def _changes_in(blocks: Sequence[object], own: _Own) -> Iterator[_Change]:
    lines = [block for block in blocks if isinstance(block, Line)]
    if history_words().says.search("".join(squeeze(line.text) for line in lines)):
        text = join([without_page_marks(lines)])
        for sentence in _SENTENCE.finditer(text.text):
            if history_words().says.search(sentence[0]):
                yield from _changes_of(text, sentence, own)


def _changes_of(text: Joined, sentence: re.Match[str], own: _Own) -> Iterator[_Change]:
    for declared in history_words().change:
        for pattern in declared.says:
            for match in pattern.finditer(sentence[0]):
                change = _change(text, sentence.start(), match, declared, own)
                if _is_certain(change, match, own):
                    yield change


def _change(text: Joined, start: int, match: re.Match[str], declared: ChangeDeclared, own: _Own) -> _Change:
    before, after = (tuple(map(own.in_full, _divided(match[group]))) for group in ("before", "after"))
    end = start + min(len(match.string), PRINTED_AT_MOST)
    return _Change(
        declared.relation,
        (*before, *after) if declared.keeps_name else before,
        after,
        _effective(match),
        without_persons(text.with_blanks(start, end)),
        text.place(start + match.start()),
    )


def _divided(printed: str) -> list[str]:
    """The names of a list. 工业和信息化局 is one name: what stands before 和 does not end as a body does."""
    names, current = [], ""
    for part in re.split(f"({history_words().between.pattern})", printed):
        if history_words().between.fullmatch(part) and history_words().ends_a_name.search(current):
            names.append(current)
            current = ""
        else:
            current += part
    return [*names, current]


def _is_certain(change: _Change, match: re.Match[str], own: _Own) -> bool:
    """Whether these are names, and as many as what is said needs."""
    if any(history_words().no_name.search(name) or own.has_more_before(name) for name in change.names):
        return False
    if ended := match.groupdict().get("ended"):
        return len(change.before) > 1 and {*map(own.in_full, _divided(ended))} == {*change.before}
    if change.relation is Relation.MERGED:
        return len({*change.before}) > 1
    return change.before != change.after


def _effective(match: re.Match[str]) -> tuple[int | None, date | None]:
    """The date within what is said, right before it, or at the beginning of the sentence; the day if it is printed."""
    words = history_words()
    around = words.right_before.search(match.string[: match.start()]) or words.begins_on.search(match.string)
    within = match.groupdict().get("on")
    found = words.date.search(within or (around["on"] if around else ""))
    if not found:
        return None, None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        return year, date(year, month, day) if year and month and day else None
    except ValueError:
        return None, None
