"""What each standard table looks like, read from `ingest/specs/*.toml` and checked when loaded.

A new wording is an alias line there; a new form is one file. Headings are compared after
`characters.comparable`, a path of headings is written `parent/leaf`.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ingest.errors import DeclarationError
from ingest.values.characters import comparable
from ingest.values.codes import LENGTHS

FOLDER = Path(__file__).parent / "specs"
SHAPES = {
    "keyed_rows": {"key", "measures"},
    "sides": {"measures"},
    "code_groups": {"key", "measures", "totals", "key_columns"},
    "stages_by_items": {"row_key", "stages", "items"},
    "items": {"measures", "count_units"},
}
_KEYS = {
    "code", "name", "titles", "shape", "key", "measures", "row_identity", "row_identity_side", "ignored", "totals",
    "key_columns", "row_key", "stages", "items", "count_units", "detail_heading", "detail_items", "known_items",
    "needed", "needed_rows",
}  # fmt: skip


def heading(text: str) -> str:
    """A heading or an alias of one in the form in which they are compared; `/` separates a path."""
    return "/".join(map(comparable, text.split("/")))


@dataclass(frozen=True, slots=True)
class Measure:
    name: str
    headers: frozenset[str]
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """`total` = the sum of `parts`, row by row."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountUnit:
    unit: str
    containing: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Spec:
    code: str
    name: str
    titles: frozenset[str]
    shape: str
    measures: tuple[Measure, ...] = ()
    key: str | None = None
    row_key: str | None = None
    row_identity: Identity | None = None
    row_identity_side: str | None = None
    ignored: frozenset[str] = frozenset()
    totals: dict[str, frozenset[str]] = field(default_factory=dict)
    key_columns: dict[str, frozenset[str]] = field(default_factory=dict)
    stages: dict[str, tuple[str, ...]] = field(default_factory=dict)
    items: dict[str, frozenset[str]] = field(default_factory=dict)
    count_units: tuple[CountUnit, ...] = ()
    detail_heading: str | None = None
    detail_items: frozenset[str] = frozenset()
    known_items: frozenset[str] = frozenset()
    needed: tuple[str, ...] = ()  # measures without which the form was not read whole
    needed_rows: tuple[str, ...] = ()  # and rows

    def heading_of(self, name: str) -> str:
        """One printed heading of a measure or an item."""
        headers = {measure.name: measure.headers for measure in self.measures} | self.items
        return min(headers.get(name, {name}), key=lambda text: (len(text), text))

    def on_side(self, side: str) -> tuple[Measure, ...]:
        return tuple(measure for measure in self.measures if measure.side == side)

    @property
    def measure_names(self) -> tuple[str, ...]:
        if self.shape == "stages_by_items":
            return tuple(f"{stage}_{item}" for stage in self.stages for item in self.items)
        return tuple(dict.fromkeys(measure.name for measure in self.measures))


@cache
def load_specs() -> tuple[Spec, ...]:
    """All specs in the order of their codes. Raises DeclarationError naming file and fault."""
    specs = tuple(_load(path) for path in sorted(FOLDER.glob("*.toml")))
    _require_distinct_titles(specs)
    return specs


def spec_of(code: str) -> Spec:
    return next(spec for spec in load_specs() if spec.code == code)


def _load(path: Path) -> Spec:
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DeclarationError(f"{path.name}: {error}") from error
    for fault in _faults(raw):
        raise DeclarationError(f"{path.name}: {fault}")
    return Spec(
        code=raw["code"],
        name=raw["name"],
        titles=_headings(raw["titles"]),
        shape=raw["shape"],
        measures=tuple(
            Measure(measure["name"], _headings(measure["headers"]), measure.get("side"))
            for measure in raw.get("measures", ())
        ),
        key=raw.get("key"),
        row_key=raw.get("row_key"),
        row_identity=_identity(raw["row_identity"]) if "row_identity" in raw else None,
        row_identity_side=raw.get("row_identity_side"),
        ignored=_headings(raw.get("ignored", {}).get("headers", ())),
        totals={key: _headings(names) for key, names in raw.get("totals", {}).items()},
        key_columns={key: _headings(names) for key, names in raw.get("key_columns", {}).items()},
        stages={key: tuple(map(heading, names)) for key, names in raw.get("stages", {}).items()},
        items={key: _headings(names) for key, names in raw.get("items", {}).items()},
        count_units=tuple(
            CountUnit(unit["unit"], tuple(map(comparable, unit["containing"]))) for unit in raw.get("count_units", ())
        ),
        detail_heading=raw.get("detail_heading"),
        detail_items=_headings(raw.get("detail_items", ())),
        known_items=_headings(raw.get("known_items", ())),
        needed=tuple(raw.get("needed", ())),
        needed_rows=tuple(raw.get("needed_rows", ())),
    )


def _headings(texts: list[str]) -> frozenset[str]:
    return frozenset(map(heading, texts))


def _identity(text: str) -> Identity:
    total, _, parts = text.partition("=")
    return Identity(total.strip(), tuple(part.strip() for part in parts.split("+")))


def _faults(raw: dict) -> Iterator[str]:
    shape = raw.get("shape")
    for key in ("code", "name", "titles", "shape"):
        if key not in raw:
            yield f"{key} is missing"
    if shape not in SHAPES:
        yield f"shape {shape!r} is none of {', '.join(SHAPES)}"
        return
    for key in sorted(SHAPES[shape] - raw.keys()):
        yield f"shape {shape} needs {key}"
    for key in sorted(raw.keys() - _KEYS):
        yield f"unknown key {key}"
    if "key" in raw and raw["key"] not in LENGTHS:
        yield f"key {raw['key']!r} is none of {', '.join(LENGTHS)}"
    yield from _measure_faults(raw)


def _measure_faults(raw: dict) -> Iterator[str]:
    seen: dict[tuple[str | None, str], str] = {}
    for measure in raw.get("measures", ()):
        missing = sorted({"name", "headers"} - measure.keys())
        if missing:
            yield f"a measure lacks {' and '.join(missing)}"
            return
        if measure.get("side") not in (None, "income", "expenditure"):
            yield f"side {measure['side']!r} of {measure['name']} is neither income nor expenditure"
        for alias in measure["headers"]:
            other = seen.setdefault((measure.get("side"), heading(alias)), measure["name"])
            if other != measure["name"]:
                yield f"heading {alias} means both {other} and {measure['name']}"
    names = {measure["name"] for measure in raw.get("measures", ())}
    for name in sorted(set(raw.get("needed", ())) - names):
        yield f"needed names {name}, which is no measure"
    if "row_identity" in raw:
        identity = _identity(raw["row_identity"])
        for name in sorted({identity.total, *identity.parts} - names):
            yield f"row_identity names {name}, which is no measure"


def _require_distinct_titles(specs: tuple[Spec, ...]) -> None:
    owner: dict[str, str] = {}
    codes = [spec.code for spec in specs]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        raise DeclarationError(f"{code} is declared by two files")
    for spec in specs:
        for title in spec.titles:
            if owner.setdefault(title, spec.code) != spec.code:
                raise DeclarationError(f"title {title} belongs to both {owner[title]} and {spec.code}")
