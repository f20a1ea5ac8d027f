"""How a page says that its elements look: their own styles and the rules of its style sheets for tag, class and id."""

import re
from collections.abc import Mapping

from lxml.html import HtmlElement

Style = Mapping[str, str]
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_AT_RULE = re.compile(r"@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})")
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SELECTOR = re.compile(r"(?:[a-z][\w-]*|[.#][\w-]+|[a-z][\w-]*[.#][\w-]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;]*)")
_LENGTH = re.compile(r"(-?(?:\d+\.?\d*|\.\d+))(px|pt|pc|in|cm|mm)?")
_PIXELS = {None: 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54}
_MOST_RULES = 20_000


class Styles:
    """Of the elements of one page. Rules that name more than a tag, a class or an id are not looked at."""

    def __init__(self, root: HtmlElement) -> None:
        self._rules: dict[str, dict[str, str]] = {}
        for sheet in root.iter("style"):
            text = _AT_RULE.sub("", _COMMENT.sub("", sheet.text or ""))
            for selectors, body in _RULE.findall(text)[:_MOST_RULES]:
                for selector in map(str.strip, selectors.split(",")):
                    if _SELECTOR.fullmatch(selector):
                        self._rules.setdefault(selector, {}).update(_declared(body))
        self._known: dict[tuple[str, str, str, str], Style] = {}

    def of(self, element: HtmlElement) -> Style:
        """Property → value, those of the element itself last."""
        key = element.tag, element.get("class") or "", element.get("id") or "", element.get("style") or ""
        if key not in self._known:
            self._known[key] = self._made(*key)
        return self._known[key]

    def _made(self, tag: str, classes: str, name: str, own: str) -> Style:
        made: dict[str, str] = {}
        if self._rules:
            simple = [tag, *(f".{one}" for one in classes.split()), *([f"#{name}"] if name else ())]
            for selector in (*simple, *(f"{tag}{one}" for one in simple[1:])):
                made |= self._rules.get(selector, {})
        return made | _declared(own)


def _declared(text: str) -> dict[str, str]:
    return {name.lower(): value.strip().lower() for name, value in _DECLARATION.findall(text)}


def pixels(style: Style, name: str) -> float | None:
    """A length in pixels; None where the style does not say it, or not as a length."""
    found = _LENGTH.match(style.get(name, ""))
    return float(found[1]) * _PIXELS[found[2]] if found and not style[name][found.end() :].startswith("%") else None
