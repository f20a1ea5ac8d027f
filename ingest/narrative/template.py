"""The small language in which wordings are declared, made into regular expressions.

    因公出国(境)费          these characters, in either width; white space in a template means nothing
    [数]  [为|是]           may stand there, or not
    <收入|支出>             one of these
    <last_year>             a word declared in words.toml
    {final:万元}            a figure; the name is the measure it gives, behind the colon its type
    ~                       up to 30 characters of the same clause, no digit and no reason among them
    -                       up to 12 characters without digit, comma or stop
    …                       up to 80 characters of the same sentence
    ^                       (first) directly behind the topic
    @                       the topic itself: what stands before @ must be printed directly before it
    &                       what follows must come next, but is not part of it

All gaps are bounded, so that no text can make a pattern run long.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.narrative.joined import normal
from warehouse.kinds.declared import DeclarationError

# 1,385·00, 900。00: a foreign mark before the last one or two digits is read with them, never skipped. ’ is " here.
NUMBER = r"(?:-|[△▲▽▼∆]-?|负)?\d{1,15}(?:[.,]\d{1,15}){0,6}(?:[·•‧∙⋅・˙`´\"。:;]\d{1,2}(?!\d))?"
_AMOUNT = rf"{NUMBER}(?:百万元|万元|亿元|千元|元|万(?!元))|(?<![\d.])0(?:\.0+)?(?=[,。;])"
_LEFT_OVER = r"(?:\((?:增长|增加|下降|减少|降低)\))?"  # 下降（增长）: the form's own choice, not deleted
_NAME_AFTER = r"(?<![^。;:,、\n.)\"])"
_GAPS = {"~": r"(?:(?!原因)[^\d。;\n]){0,30}?", "-": r"[^\d。;:,、\n]{0,12}?", "…": r"[^。\n]{0,80}?"}
_NO_CLASS = "基本支出|项目支出|本年|上年|当年|全年|其中|总支出|经营支出|上缴|对附属|一般公共预算|财政拨款"
_NAME = r"[^。;:,、\n\d\"]"


def slot_types(up: str, down: str) -> dict[str, str]:
    """Type → regular expression. `up` and `down` are alternatives of direction words."""
    direction = rf"(?:{up}|{down})(?:了|额为|额|幅为|率为|为)?{_LEFT_OVER}"
    counts = {
        "个": "个|项|次|批次|批|条|家",
        "批次": "个|批次|批|次",
        "人次": "人次|人",
        "辆": "辆|台",
        "台": r"台\(套\)|台/套|台套|台|套|件",
    }
    return {
        "万元": _AMOUNT,
        "%": rf"{NUMBER}%",
        "分": rf"{NUMBER}(?:分|(?=[,。;、]))",
        "±万元": rf"{direction}(?:{_AMOUNT})",
        "±%": rf"{direction}(?:约)?{NUMBER}(?:%|(?=[,。;]))",
        "因": r"\n?[^。\n]{2,600}(?:;\n[^。\n]{2,600}){0,5}",
        "名": rf"{_NAME_AFTER}[一-龥]{_NAME}{{1,44}}?",
        "续名": rf"[一-龥]{_NAME}{{0,44}}?",
        "支出名": rf"{_NAME_AFTER}(?!{_NO_CLASS})[一-龥]{_NAME}{{1,24}}?支出",
        "项目名": r"(?!部门整体|单位整体|整体支出|主要|项目|各)[^。;:,\n]{4,70}?",
        "年": r"20\d\d年?度?",
        **{name: rf"{NUMBER}(?:{units})" for name, units in counts.items()},
    }


@dataclass(frozen=True, slots=True)
class Slot:
    group: str
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Template:
    source: str
    regex: re.Pattern[str]
    before: re.Pattern[str] | None
    anchored: bool
    slots: tuple[Slot, ...]

    @property
    def has_reason(self) -> bool:
        return any(slot.type == "因" for slot in self.slots)


def compile_template(source: str, words: Mapping[str, str], types: Mapping[str, str]) -> Template:
    """Raises DeclarationError naming the template and its fault."""
    before, at, rest = source.partition("@")
    if not at:
        before, rest = "", source
    anchored = bool(at) or rest.lstrip().startswith("^")
    parser = _Parser(rest.lstrip().removeprefix("^"), words, types)
    regex = parser.sequence("")
    behind = _Parser(before, words, types).sequence("") if before else None
    try:
        return Template(
            source,
            re.compile(regex),
            re.compile(rf"(?:{behind})\Z") if behind else None,
            anchored,
            tuple(parser.slots),
        )
    except re.error as error:
        raise DeclarationError(f"template {source!r}: {error}") from error


class _Parser:
    def __init__(self, source: str, words: Mapping[str, str], types: Mapping[str, str]):
        self.source, self.words, self.types = source, words, types
        self.at = 0
        self.slots: list[Slot] = []

    def sequence(self, closing: str) -> str:
        """Everything up to the closing mark, alternatives included."""
        out: list[str] = []
        looking_ahead = False
        while self.at < len(self.source) and self.source[self.at] != (closing or None):
            char = self.source[self.at]
            self.at += 1
            if char == "&":
                looking_ahead = True
                out.append("(?=")
            elif not char.isspace():
                out.append(self._element(char))
        if closing and self.at >= len(self.source):
            raise DeclarationError(f"template {self.source!r}: {closing} is missing")
        self.at += bool(closing)
        return "".join(out) + ")" * looking_ahead

    def _element(self, char: str) -> str:
        if char == "[":
            return f"(?:{self.sequence(']')})?"
        if char == "<":
            return self._choice_or_word()
        if char == "{":
            return self._slot()
        if char in "]>}":
            raise DeclarationError(f"template {self.source!r}: {char} without its opening mark")
        return "|" if char == "|" else _GAPS.get(char) or re.escape(normal(char))

    def _choice_or_word(self) -> str:
        end = self.source.find(">", self.at)
        name = self.source[self.at : end].strip()
        if end > 0 and name.isascii() and name.isidentifier():
            if name not in self.words:
                raise DeclarationError(f"template {self.source!r}: <{name}> is declared nowhere")
            self.at = end + 1
            return f"(?:{self.words[name]})"
        return f"(?:{self.sequence('>')})"

    def _slot(self) -> str:
        end = self.source.find("}", self.at)
        name, colon, type_ = self.source[self.at : end].partition(":")
        if end < 0 or not colon or type_ not in self.types:
            raise DeclarationError(f"template {self.source!r}: {{{name}:{type_}}} is no slot of a known type")
        self.at = end + 1
        slot = Slot(f"s{len(self.slots)}", name.strip(), type_)
        self.slots.append(slot)
        return f"(?P<{slot.group}>{self.types[type_]})"
