"""What the printed labels of one kind of form mean, from `warehouse/kinds/forms/labels/*.toml`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from warehouse.kinds.characters import comparable
from warehouse.kinds.declared import DeclarationError
from warehouse.kinds.form_declarations import GENERIC, SECTIONS, FormLabels, all_form_labels, wordings

NAMES_OF_FORMS = ("project", "department")  # the labels of a head behind which a form's name stands
_BRACKETS = re.compile(r"\([^()]*\)")
_NO_PART_OF_LABEL = re.compile(r"[(\d%*]")
_POINTS = re.compile(rf"(?<=[^\d.])\d+(?:\.\d+)?(?:{'|'.join(wordings().points.units)})$")


@lru_cache(maxsize=16384)  # 5 calls per text
def label(text: str) -> str:
    """A label in the form in which labels are compared: 分值(20) and 分值, 产出指标50分 and 产出指标 are one."""
    bare = comparable(text)
    if bare.isalpha():
        return bare
    without = _POINTS.sub("", _BRACKETS.sub("", bare) if "(" in bare else bare).rstrip("%*")
    return without or bare


@dataclass(frozen=True, slots=True, eq=False)
class FormSpec:
    """One kind of form. `labels`: section → label → meaning; `groups`: level 2 → level 1."""

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
    characters_of_names: frozenset[str] = frozenset()  # that every label of a form's name has: 名 and 称
    beginnings: frozenset[str] = frozenset()  # of all labels and levels: 资, 资金, 资金来 …

    @lru_cache(maxsize=65536)  # noqa: B019  8 calls per label; the specs live as long as the process
    def key(self, section: str, text: str) -> str | None:
        """What a printed label means in one section of the form."""
        known = self.labels[section]
        return known.get(label(text)) or known.get(comparable(text))

    def knows(self, text: str) -> bool:
        """The text is a label of any section. Every label has a Chinese character, which most cells have not."""
        return not text.isascii() and self._knows(text)

    @lru_cache(maxsize=65536)  # noqa: B019  4 calls per text
    def _knows(self, text: str) -> bool:
        return label(text) in self.all_labels or comparable(text) in self.all_labels

    @lru_cache(maxsize=65536)  # noqa: B019  3 calls per text
    def may_begin(self, text: str) -> bool:
        """A text of which this is the beginning may be a label or level. What stands in brackets, and points behind a
        label, are no part of it: what stands before them tells."""
        bare = comparable(text)
        other = _NO_PART_OF_LABEL.search(bare)
        before = bare[: other.start()] if other else ""
        return bare in self.beginnings or bare.startswith("(") or (bool(before) and before in self.beginnings)

    @lru_cache(maxsize=65536)  # noqa: B019  3 calls per text
    def may_print_label(self, text: str) -> bool:
        """The text is a label or may begin one, or a word at one of its ends is one. Of most texts nothing is true."""
        if self.knows(text) or self.may_begin(text):
            return True
        words = text.split()
        return len(words) > 1 and (self.knows(words[0]) or self.knows(words[-1]))

    def names_source(self, text: str) -> bool:
        """The text may be the name of a funding source or of what its money was spent on: it holds such a word."""
        words = self.labels["money_rows"].items()
        return any(word in text for word, key in words if key in ("source_words", "structure"))

    @property
    @lru_cache(maxsize=64)  # noqa: B019  asked of every cell of a form
    def level1_labels(self) -> frozenset[str]:
        return frozenset(self.groups.values()) - frozenset(self.groups)


@cache  # read once per process
def load_specs() -> tuple[FormSpec, ...]:
    """All declared forms, the generic one last. Raises DeclarationError."""
    *others, generic = all_form_labels()
    return (*(build_spec(generic, own) for own in others), build_spec(generic, generic))


def build_spec(generic: FormLabels, own: FormLabels) -> FormSpec:
    """One form: its own words added to the generic ones. Raises DeclarationError."""
    declared = [generic, own] if own is not generic else [own]
    labels = {section: _meanings(section, declared) for section in SECTIONS}
    groups = _groups(declared)
    return FormSpec(
        name=own.name,
        kind=own.kind,
        marks=frozenset(map(label, own.marks)),
        labels=labels,
        all_labels=frozenset(chain.from_iterable(labels.values())),
        characters_of_names=_characters_of_names(labels["head"]),
        beginnings=_beginnings(chain(*labels.values(), groups, groups.values())),
        groups=groups,
        management_items=own.management_items,
        money_order=own.money_order,
        fund_order=own.fund_order,
        indicator_order=own.indicator_order,
    )


def _characters_of_names(head: Mapping[str, str]) -> frozenset[str]:
    """和 may be printed as 与."""
    labels = [frozenset(words) for words, key in head.items() if key in NAMES_OF_FORMS]
    return frozenset.intersection(*labels) - {"和"} if labels else frozenset()


def _beginnings(labels: Iterable[str]) -> frozenset[str]:
    return frozenset(one[:n] for one in labels for n in range(len(one) + 1))


def _meanings(section: str, declared: list[FormLabels]) -> dict[str, str]:
    """Label → meaning. A label that has two meanings in one section is refused."""
    known: dict[str, str] = {}
    for one in declared:
        for key, words in getattr(one, section).items():
            _add(known, key, words, f"{one.name}.toml: {section}.{key}")
    return known


def _add(known: dict[str, str], key: str, words: Iterable[str], where: str) -> None:
    for word in words:
        if label(word).isascii():
            raise DeclarationError(f"{where}: “{word}” is no label")
        for form in (label(word), comparable(word)):
            if known.setdefault(form, key) != key:
                raise DeclarationError(f"{where}: “{word}” means both {known[form]} and {key}")


def _groups(declared: list[FormLabels]) -> dict[str, str]:
    """Level 2 → level 1."""
    groups: dict[str, str] = {}
    for one in declared:
        for level1, level2s in one.groups.items():
            for level2 in level2s:
                if groups.setdefault(label(level2), level1) != level1:
                    raise DeclarationError(f"{one.name}.toml: groups.{level1}: {level2} has another level 1 too")
    excluded = {label(text) for one in declared for text in one.not_level2}
    return {level2: level1 for level2, level1 in groups.items() if level2 not in excluded}


def spec_of(labels: Iterable[str]) -> FormSpec:
    """The form whose marks occur most often among the printed labels; the generic one where none does."""
    seen = set(labels)
    return max(load_specs(), key=lambda spec: (len(spec.marks & seen), spec.name == GENERIC))
