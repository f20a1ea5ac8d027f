"""What the labels of a performance form mean, read from `ingest/forms/specs/*.toml` and checked when loaded.

`generic.toml` holds every wording; the other files add what belongs to one form: the labels that mark it,
the order of its columns, its management items, and which level 2 stands under which level 1.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

from ingest.values.characters import comparable
from warehouse.kinds.declared import DeclarationError

FOLDER = Path(__file__).parent / "specs"
GENERIC = "generic"
KINDS = ("project", "department")
SECTIONS = {
    "head": {"project", "department", "competent_department", "implementing_unit", "other"},
    "contacts": {"person"},
    "money": {
        "initial_budget", "declared", "adjusted_budget", "executed", "carried_over",
        "execution_weight", "execution_rate_pct", "execution_score", "reason",
    },
    "money_rows": {"total", "section", "source_words", "structure"},
    "management": {"item", "explained", "weight", "score", "remedy"},
    "goals": {"expected", "achieved", "section", "task"},
    "indicators": {
        "section", "level1", "level2", "level3", "target_initial", "target", "actual", "explained", "points1",
        "weight", "score", "deviation_pct", "reason",
    },
    "total": {"label", "grade_label", "grade"},
    "tail": {"section"},
}  # fmt: skip
_PLAIN = {
    "name",
    "kind",
    "marks",
    "management_items",
    "money_order",
    "fund_order",
    "indicator_order",
    "groups",
    "not_level2",
}
_BRACKETS = re.compile(r"\([^()]*\)")
_POINTS = re.compile(r"(?<=[^\d.])\d+(?:\.\d+)?(?:分|%)$")


@lru_cache(maxsize=16384)
def label(text: str) -> str:
    """A label in the form in which labels are compared: 分值(20) and 分值, 产出指标50分 and 产出指标 are one."""
    bare = comparable(text)
    without = _POINTS.sub("", _BRACKETS.sub("", bare)).rstrip("%*")
    return without or bare


_comparable = lru_cache(maxsize=16384)(comparable)


@dataclass(frozen=True, slots=True, eq=False)
class FormSpec:
    """One kind of form. `labels`: section → label → key; `groups`: level 2 → level 1."""

    name: str
    kind: str
    marks: frozenset[str]
    labels: dict[str, dict[str, str]]
    groups: dict[str, str]
    management_items: tuple[str, ...] = ()
    money_order: tuple[str, ...] = ()
    fund_order: tuple[str, ...] = ()
    indicator_order: tuple[str, ...] = ()
    all_labels: frozenset[str] = frozenset()

    @lru_cache(maxsize=65536)  # noqa: B019  the specs themselves live as long as the process
    def key(self, section: str, text: str) -> str | None:
        """What a printed label means in one section of the form."""
        known = self.labels[section]
        return known.get(label(text)) or known.get(_comparable(text))

    @lru_cache(maxsize=65536)  # noqa: B019
    def knows(self, text: str) -> bool:
        """The text is a label of any section."""
        return label(text) in self.all_labels or _comparable(text) in self.all_labels

    @lru_cache(maxsize=4096)  # noqa: B019
    def names_source(self, text: str) -> bool:
        """The text may be the name of a funding source or of what its money was spent on: it holds such a word."""
        words = self.labels["money_rows"].items()
        return any(word in text for word, key in words if key in ("source_words", "structure"))

    @property
    def level1_labels(self) -> frozenset[str]:
        return frozenset(self.groups.values()) - frozenset(self.groups)


@cache
def load_specs() -> tuple[FormSpec, ...]:
    """All declared forms, the generic one last."""
    files = sorted(FOLDER.glob("*.toml"), key=lambda file: (file.stem == GENERIC, file.stem))
    generic = tomllib.loads((FOLDER / f"{GENERIC}.toml").read_text("utf-8"))
    return tuple(build_spec(generic, tomllib.loads(file.read_text("utf-8"))) for file in files)


def build_spec(generic: dict, own: dict) -> FormSpec:
    """One form: its own words added to the generic ones. Raises DeclarationError."""
    name = own.get("name", "?")
    _require_known_keys(name, own)
    orders = {key: tuple(own.get(key, ())) for key in ("money_order", "fund_order", "indicator_order")}
    _require_known_columns(name, orders)
    labels = {section: _aliases(name, section, generic, own) for section in SECTIONS}
    return FormSpec(
        name=name,
        kind=own["kind"],
        marks=frozenset(map(label, own.get("marks", ()))),
        labels=labels,
        all_labels=frozenset(chain.from_iterable(labels.values())),
        groups=_groups(name, [generic, own] if own is not generic else [own]),
        management_items=tuple(own.get("management_items", ())),
        **orders,
    )


def _require_known_keys(name: str, own: dict) -> None:
    unknown = set(own) - _PLAIN - set(SECTIONS)
    unknown |= {f"{section}.{key}" for section in SECTIONS for key in set(own.get(section, ())) - SECTIONS[section]}
    if unknown or own.get("kind") not in KINDS:
        raise DeclarationError(f"form {name}: unknown {sorted(unknown) or own.get('kind')}")


def _require_known_columns(name: str, orders: dict[str, tuple[str, ...]]) -> None:
    for order, section in (("money_order", "money"), ("indicator_order", "indicators")):
        if unknown := set(orders[order]) - SECTIONS[section]:
            raise DeclarationError(f"form {name}: {order} names unknown columns {sorted(unknown)}")


def _aliases(name: str, section: str, generic: dict, own: dict) -> dict[str, str]:
    known: dict[str, str] = {}
    for declared in (generic.get(section, {}), own.get(section, {})):
        for key, words in declared.items():
            _add(known, key, words, f"form {name}, {section}")
    return known


def _add(known: dict[str, str], key: str, words: Iterable[str], where: str) -> None:
    for word in words:
        if not label(word):
            raise DeclarationError(f"{where}: “{word}” is no label")
        for form in (label(word), comparable(word)):
            if known.setdefault(form, key) != key:
                raise DeclarationError(f"{where}: “{word}” means both {known[form]} and {key}")


def _groups(name: str, declared: list[dict]) -> dict[str, str]:
    groups: dict[str, str] = {}
    for one in declared:
        for level1, level2s in one.get("groups", {}).items():
            for level2 in level2s:
                if groups.setdefault(label(level2), level1) != level1:
                    raise DeclarationError(f"form {name}: {level2} stands under two level 1 labels")
    excluded = {label(text) for one in declared for text in one.get("not_level2", ())}
    return {level2: level1 for level2, level1 in groups.items() if level2 not in excluded}


def spec_of(labels: Iterable[str]) -> FormSpec:
    """The form whose marks occur most often among the printed labels; the generic one where none does."""
    seen = set(labels)
    return max(load_specs(), key=lambda spec: (len(spec.marks & seen), spec.name == GENERIC))
