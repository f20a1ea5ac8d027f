"""Which subject of a year continues which subject of the year before, where code or name changed.

Read from warehouse/kinds/reference/subject_bridges.csv, without a database. docs/subject_bridges.md says what counts as
evidence for an entry; this module checks that the entries are consistent.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from warehouse.base.errors import BadBridge
from warehouse.base.messages import _
from warehouse.kinds.reference_lists import FOLDER, Period, economic_subjects, functional_subjects, periods
from warehouse.load.list_text import opened_list

FILE = FOLDER / "subject_bridges.csv"
LENGTHS = {"functional": (3, 5, 7), "economic": (3, 5)}
RELATIONS = ("same", "renamed", "moved", "split", "merged")

Rules = Iterator[tuple[bool, str]]  # whether the rule holds, and the rule in words


@dataclass(frozen=True, slots=True)
class Bridge:
    """Amounts of `from_year` under the new code continue the amounts of the year before under the old code."""

    classification: str  # functional | economic
    from_year: int
    old_code: str
    old_name: str
    new_code: str
    new_name: str
    relation: str  # same | renamed | moved | split | merged
    source: str
    note: str | None

    @property
    def key(self) -> tuple[str, int, str, str]:
        return self.classification, self.from_year, self.old_code, self.new_code


@cache  # read once per process
def subject_bridges(file: Path = FILE) -> tuple[Bridge, ...]:
    """In the order of the file. Raises BadBridge, naming the line, for an entry that cannot be right."""
    lines = tuple(_lines(file))
    bridges = tuple(bridge for _, bridge in lines)
    for line, bridge in lines:
        for rules in (_form(bridge), _identity(bridge), _other_lines(bridge, bridges), _years(bridge)):
            for holds, rule in rules:
                if not holds:
                    raise BadBridge(f"{file.name} line {line}, {bridge.old_code} → {bridge.new_code}: {rule}")
    return bridges


def _lines(file: Path) -> Iterator[tuple[int, Bridge]]:
    columns = [field.name for field in fields(Bridge)]
    with opened_list(file, BadBridge) as opened:
        reader = csv.reader(opened)
        for cells in reader:
            if len(cells) != len(columns) or (reader.line_num == 1 and cells != columns):
                raise BadBridge(
                    _("{name} line {line_num}: the columns are {listed}").format(
                        name=file.name, line_num=reader.line_num, listed=", ".join(columns)
                    )
                )
            if reader.line_num > 1:
                yield reader.line_num, _bridge(f"{file.name} line {reader.line_num}", *cells)


def _bridge(place: str, classification: str, from_year: str, *names: str) -> Bridge:
    if not re.fullmatch(r"20\d\d", from_year):
        raise BadBridge(_("{place}: from_year is a year, not “{from_year}”").format(place=place, from_year=from_year))
    old_code, old_name, new_code, new_name, relation, source, note = names
    return Bridge(
        classification, int(from_year), old_code, old_name, new_code, new_name, relation, source, note or None
    )


def _form(bridge: Bridge) -> Rules:
    yield bridge.classification in LENGTHS, _("the classification is functional or economic")
    yield bridge.relation in RELATIONS, _("the relation is one of {listed}").format(listed=", ".join(RELATIONS))
    lengths = LENGTHS[bridge.classification]
    for code in (bridge.old_code, bridge.new_code):
        is_code = bool(re.fullmatch("[0-9]+", code)) and len(code) in lengths
        yield (
            is_code,
            _("the {classification} code “{code}” has not {listed} digits").format(
                classification=bridge.classification, code=code, listed=", ".join(map(str, lengths))
            ),
        )
    same_level = len(bridge.old_code) == len(bridge.new_code)
    yield same_level or bridge.relation == "moved", _("only a moved subject changes its level")
    yield bool(bridge.old_name and bridge.new_name), _("both names are given")
    yield bool(bridge.source), _("the source is given")


def _identity(bridge: Bridge) -> Rules:
    keeps_code = bridge.old_code == bridge.new_code
    if bridge.relation in ("renamed", "same"):
        yield keeps_code, _("a {relation} subject keeps its code").format(relation=bridge.relation)
        yield (
            bridge.old_name != bridge.new_name,
            _("a {relation} subject has two names").format(relation=bridge.relation),
        )
    if bridge.relation == "moved":
        yield not keeps_code, _("a moved subject has another code")


def _other_lines(bridge: Bridge, bridges: tuple[Bridge, ...]) -> Rules:
    """Rules about this entry and the other entries of the file."""
    yield Counter(other.key for other in bridges)[bridge.key] == 1, _("this bridge stands in one line only")
    same_change = [other for other in bridges if _change(other) == _change(bridge)]
    if bridge.relation == "split":
        parts = [other for other in same_change if other.old_code == bridge.old_code]
        yield len(parts) > 1, _("a split subject has a line for each of its new codes")
    if bridge.relation == "merged":
        parts = [other for other in same_change if other.new_code == bridge.new_code]
        yield len(parts) > 1, _("a merged subject has a line for each of its old codes")


def _change(bridge: Bridge) -> tuple[str, int, str]:
    return bridge.classification, bridge.from_year, bridge.relation


def _years(bridge: Bridge) -> Rules:
    """Where the reference list has both names of a code, they must change in the year that the bridge says."""
    listed = _listed(bridge.classification)
    old = listed.get((bridge.old_code, bridge.old_name))
    new = listed.get((bridge.new_code, bridge.new_name))
    if new and new.valid_from_year:
        yield (
            new.valid_from_year <= bridge.from_year,
            _("{new_name} is a name since {valid_from_year}").format(
                new_name=bridge.new_name, valid_from_year=new.valid_from_year
            ),
        )
    if old and new and bridge.old_code == bridge.new_code and old is not new:
        follows = (old.valid_to_year, new.valid_from_year) == (bridge.from_year - 1, bridge.from_year)
        yield (
            follows,
            _("in the list {new_name} follows {old_name} in {valid_from_year}").format(
                new_name=bridge.new_name, old_name=bridge.old_name, valid_from_year=new.valid_from_year or "no year"
            ),
        )


@cache  # computed once per process
def _listed(classification: str) -> dict[tuple[str, str], Period]:
    subjects = functional_subjects() if classification == "functional" else economic_subjects()
    return {(period.subject.code, period.subject.name): period for period in periods(subjects)}
