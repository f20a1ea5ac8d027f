"""The words that templates share, as `words.toml` declares them, made into the language of the templates."""

import re
from collections.abc import Iterable
from dataclasses import replace

from pydantic import Field

from ingest.narrative.template import Language, compile_template
from warehouse.kinds.declared import Declared

# 1,385·00, 900。00: a foreign mark before the last one or two digits is read with them, never skipped. ’ is " here.
NUMBER = r"(?:-|[△▲▽▼∆]-?|负)?\d{1,15}(?:[.,]\d{1,15}){0,6}(?:[·•‧∙⋅・˙`´\"。:;]\d{1,2}(?!\d))?"
_AMOUNT = rf"{NUMBER}(?:百万元|万元|亿元|千元|元|万(?!元))|(?<![\d.])0(?:\.0+)?(?=[,。;])"
_NAME_AFTER = r"(?<![^。;:,、\n.)\"])"
_NAME = r"[^。;:,、\n\d\"]"


class DirectionsDeclared(Declared):
    """Words of increase and decrease, what may stand behind them, and a choice of the form that was not deleted."""

    up: tuple[str, ...] = Field(min_length=1)
    down: tuple[str, ...] = Field(min_length=1)
    before_number: tuple[str, ...] = Field(min_length=1)
    left_over: tuple[str, ...] = Field(min_length=1)


class NoNamesDeclared(Declared):
    """Words with which no name of a 类 begins, and none of a project."""

    class_: tuple[str, ...] = Field(min_length=1, alias="class")
    project: tuple[str, ...] = Field(min_length=1)


class BesideDeclared(Declared):
    """Words beside a figure: of its purpose, of a reason, of the year it is compared with (one character each)."""

    purpose: str
    reason: str
    compared_with: tuple[str, ...] = Field(min_length=1)


class WordsDeclared(Declared):
    """`words` are templates and `regex` regular expressions that other templates name."""

    directions: DirectionsDeclared
    counts: dict[str, tuple[str, ...]]
    no_names: NoNamesDeclared
    beside: BesideDeclared
    words: dict[str, str]
    regex: dict[str, str] = Field(default_factory=dict)


def language_of(declared: WordsDeclared) -> Language:
    """Raises DeclarationError naming the word and its fault."""
    bare = Language(_slot_types(declared), _gaps(declared.beside.reason), declared.regex)
    words = dict(declared.regex)
    for name, source in declared.words.items():
        words[name] = compile_template(source, replace(bare, words=words)).regex.pattern
    return replace(bare, words=words)


def any_of(texts: Iterable[str]) -> str:
    """A regular expression of exactly these texts, the first before the others."""
    return "|".join(map(re.escape, texts))


def _gaps(reason: str) -> dict[str, str]:
    return {"~": rf"(?:(?!{reason})[^\d。;\n]){{0,30}}?", "-": r"[^\d。;:,、\n]{0,12}?", "…": r"[^。\n]{0,80}?"}


def _slot_types(declared: WordsDeclared) -> dict[str, str]:
    """Type → regular expression."""
    way, no_class, no_project = declared.directions, *map(any_of, (declared.no_names.class_, declared.no_names.project))
    left_over = rf"(?:\((?:{any_of(way.left_over)})\))?"
    direction = rf"(?:{any_of((*way.up, *way.down))})(?:{any_of(way.before_number)})?{left_over}"
    return {
        "万元": _AMOUNT,
        "%": rf"{NUMBER}%",
        "分": rf"{NUMBER}(?:分|(?=[,。;、]))",
        "±万元": rf"{direction}(?:{_AMOUNT})",
        "±%": rf"{direction}(?:约)?{NUMBER}(?:%|(?=[,。;]))",
        "因": r"\n?[^。\n]{2,600}(?:;\n[^。\n]{2,600}){0,5}",
        "名": rf"{_NAME_AFTER}[一-龥]{_NAME}{{1,44}}?",
        "续名": rf"[一-龥]{_NAME}{{0,44}}?",
        "支出名": rf"{_NAME_AFTER}(?!{no_class})[一-龥]{_NAME}{{1,24}}?支出",
        "项目名": rf"(?!{no_project})[^。;:,\n]{{4,70}}?",
        "年": r"20\d\d年?度?",
        **{name: rf"{NUMBER}(?:{any_of(units)})" for name, units in declared.counts.items()},
    }
