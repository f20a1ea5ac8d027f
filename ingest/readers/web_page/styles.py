"""How a page says that its elements look: their own styles and the rules of its style sheets for tag, class and id."""

import re
from collections.abc import Iterator, Mapping

from lxml.etree import _Element

Style = Mapping[str, str]
_BRACES = re.compile(r"([{}])")
_SELECTOR = re.compile(r"(?:[a-z][\w-]*|[.#][\w-]+|[a-z][\w-]*[.#][\w-]+)", re.IGNORECASE)
_LENGTH = re.compile(r"(-?(?:\d+\.?\d*|\.\d+))(px|pt|pc|in|cm|mm)?")
_PIXELS = {None: 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54}


class Styles:
    """Of the elements of one page. Rules that name more than a tag, a class or an id are not looked at:
    `has_other_backgrounds` says whether one of these may be about what lies behind a text."""

    def __init__(self, root: _Element) -> None:
        self._rules: dict[str, dict[str, str]] = {}
        self.has_other_backgrounds = False
        for sheet in root.iter("style"):
            text = _without_comments(sheet.text or "")
            self.has_other_backgrounds |= "@import" in text or "@media" in text
            for selectors, body in _rules(text):
                for selector in map(str.strip, selectors.split(",")):
                    if _SELECTOR.fullmatch(selector):
                        self._rules.setdefault(selector, {}).update(_declared(body))
                    else:
                        self.has_other_backgrounds |= "background" in body
        self._known: dict[tuple[str, str, str, str], Style] = {}

    def of(self, element: _Element) -> Style:
        """Property → value, those of the element itself last."""
        get = element.get
        key = element.tag, get("class", ""), get("id", ""), get("style", "")
        if (style := self._known.get(key)) is None:
            style = self._known[key] = self._made(*key)
        return style

    def any_says(self, name: str) -> bool:
        """Whether a style that was asked for has this property."""
        return any(name in style for style in self._known.values())

    def _made(self, tag: str, classes: str, name: str, own: str) -> Style:
        made: dict[str, str] = {}
        if self._rules:
            simple = [tag, *(f".{one}" for one in classes.split()), *([f"#{name}"] if name else ())]
            for selector in (*simple, *(f"{tag}{one}" for one in simple[1:])):
                made |= self._rules.get(selector, {})
        return made | _declared(own)


def _without_comments(text: str) -> str:
    parts = text.replace("<!--", "").replace("-->", "").split("/*")
    return parts[0] + "".join(part.partition("*/")[2] for part in parts[1:])


def _rules(text: str) -> Iterator[tuple[str, str]]:
    """Selectors and body of each rule. Those within @media and the like are left out."""
    depth, selectors, before = 0, "", ""
    for part in _BRACES.split(text):
        if part == "{":
            depth += 1
            selectors = before.rpartition(";")[2].strip() if depth == 1 else ""
        elif part == "}":
            if depth == 1 and selectors and not selectors.startswith("@"):
                yield selectors, before
            depth = max(depth - 1, 0)
        else:
            before = part


def _declared(text: str) -> dict[str, str]:
    pairs = (declaration.partition(":") for declaration in text.split(";"))
    return {name.strip().lower(): value.strip().lower() for name, sign, value in pairs if sign}


def pixels(style: Style, name: str) -> float | None:
    """A length in pixels; None where the style does not say it, or not as a length."""
    found = _LENGTH.match(style.get(name, ""))
    return float(found[1]) * _PIXELS[found[2]] if found and not style[name][found.end() :].startswith("%") else None
