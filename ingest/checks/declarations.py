"""The identities of a disclosure as data: read from the folder `checks` of a kind of document, checked when loaded.

A cell is written `table/row/measure`; `-` before it subtracts, `Σ` takes every cell that fits, `=100` is a
number, `A or B` is the first of the two that the form has. A row may be `name|other name` or hold a `*`.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache
from pathlib import Path

from warehouse.kinds.declared import DeclarationError
from warehouse.kinds.kind import DocumentKind

FILES = ("tables.toml", "narrative.toml", "performance.toml")
NEEDED = {
    "row_sum": {"table"},
    "tree_sum": {"table"},
    "side_sum": {"table", "side", "total"},
    "group_sum": {"table", "total"},
    "link": {"left", "right"},
    "at_most": {"left", "right"},
    "without_code": {"table", "side", "total"},
    "ratio": {"over", "share", "part", "base"},
    "zero_base": set(),
    "same_direction": {"over"},
    "listed_items": {"over", "total", "measures"},
    "score_within_weight": {"over"},
    "unmet_full_score": {"over"},
    "claimed_forms": {"table"},
    "limit_kept": {"over"},
    "idle_but_praised": {"over", "least"},
    "sentence_of_forms": {"over"},
}
PROVING = ("row_sum", "tree_sum", "side_sum", "group_sum", "link")  # kinds that say two sums are the same


@dataclass(frozen=True, slots=True)
class Term:
    """One cell, or with `every` all cells that fit."""

    sign: int
    table: str
    row: str
    measure: str
    every: bool = False


Slot = tuple[Term, ...]  # alternatives, the first that the form has counts
Side = tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    kind: str
    says: str
    table: str | None = None  # the table a result is filed under, if not that of its first cell
    side: str | None = None
    total: str | None = None
    sum_of: str | None = None  # what the many cells of the right side are called
    over: tuple[str, ...] = ()  # one instance per row of these tables
    rows: str = "*"  # class | code | a pattern of row keys
    measures: tuple[str, ...] = ("",)
    left: Side = ()
    right: tuple[Side, ...] = ()  # what may stand on the right: any of them
    needs: Side = ()  # without these the form has nothing the rule speaks of
    needs_number: Side = ()  # as needs, and a number is printed there
    lacks: Side = ()  # with one of these another rule of the same id speaks
    equal_if_zero: tuple[Side, ...] = ()  # at most becomes equal if all of these sums are 0
    groups: tuple[str, ...] = ()
    other_than: tuple[str, ...] = ()
    share: Side = ()
    part: Side = ()
    base: tuple[Side, ...] = ()
    least: Decimal | None = None
    warning: bool = False  # a fact worth knowing rather than an error
    whole_list: bool = False  # a part that is not stated leaves a misfit undetermined
    nested: bool = False  # parts may be printed beside their own sum: a misfit that some of them explain is open
    proves: bool = True  # may settle a damaged number


@cache
def rules_of(kind: DocumentKind) -> tuple[Rule, ...]:
    """All rules of a kind, in declared order. Raises DeclarationError naming file, rule and fault."""
    return tuple(rule for name in FILES for rule in read_rules(kind.folder / "checks" / name))


def read_rules(path: Path) -> tuple[Rule, ...]:
    raw = tomllib.loads(path.read_text("utf-8"))
    for one in raw.get("rule", ()):
        for fault in _faults(one):
            raise DeclarationError(f"{path.name}: rule {one.get('id', '?')}: {fault}")
    return tuple(_rule(one) for one in raw["rule"])


_KEYS = {field.name for field in fields(Rule)} | {"or"}
_SIDES = ("left", "needs", "needs_number", "lacks", "share", "part")


def _faults(raw: dict) -> Iterator[str]:
    for key in ("id", "kind", "says"):
        if key not in raw:
            yield f"{key} is missing"
            return
    if raw["kind"] not in NEEDED:
        yield f"kind {raw['kind']!r} is none of {', '.join(NEEDED)}"
        return
    for key in sorted(NEEDED[raw["kind"]] - raw.keys()):
        yield f"kind {raw['kind']} needs {key}"
    for key in sorted(raw.keys() - _KEYS):
        yield f"unknown key {key}"
    for path in _paths(raw):
        if not _is_cell(path):
            yield f"{path!r} is no cell table/row/measure"


def _paths(raw: dict) -> Iterator[str]:
    for key in (*_SIDES, "right"):
        yield from raw.get(key, ())
    for key in ("or", "equal_if_zero", "base"):
        for side in raw.get(key, ()):
            yield from side


def _is_cell(path: str) -> bool:
    texts = [text.removeprefix("-").removeprefix("Σ") for text in path.split(" or ")]
    return all(text.startswith("=") or text.count("/") >= 2 for text in texts)


def _rule(raw: dict) -> Rule:
    plain = {key: value for key, value in raw.items() if key in _KEYS and not isinstance(value, list)}
    lists = {key: tuple(raw[key]) for key in ("over", "measures", "groups", "other_than") if key in raw}
    sides = {key: _side(raw[key]) for key in _SIDES if key in raw}
    many = {key: tuple(map(_side, raw[key])) for key in ("equal_if_zero", "base") if key in raw}
    if "right" in raw:
        many["right"] = (_side(raw["right"]), *map(_side, raw.get("or", ())))
    if "least" in plain:
        plain["least"] = Decimal(plain["least"])
    return Rule(**plain, **lists, **sides, **many)


def _side(paths: list[str]) -> Side:
    return tuple(tuple(map(_term, _alternatives(path))) for path in paths)


def _alternatives(path: str) -> list[str]:
    """What is subtracted is subtracted whichever of the cells is there."""
    sign = "-" if path.startswith("-") else ""
    return [sign + text.removeprefix("-") for text in path.split(" or ")]


def _term(path: str) -> Term:
    sign = -1 if path.startswith("-") else 1
    text = path.removeprefix("-")
    every = text.startswith("Σ")
    text = text.removeprefix("Σ")
    if text.startswith("="):
        return Term(sign, "=", "", text[1:])
    table, _, rest = text.partition("/")
    row, _, measure = rest.rpartition("/")
    return Term(sign, table, row, measure, every)
