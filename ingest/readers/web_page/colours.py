"""Texts of a page in the colour of what lies behind them, which nobody sees."""

import re

from lxml.etree import _Element

from ingest.readers.web_page.styles import Style, Styles

_WHITE = "ffffff"
_NAMES = {"white": _WHITE, "black": "000000"}
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,\s*1(?:\.0)?\s*)?\)")
_NAME = re.compile(r"[a-z]+")
_UNSAID = frozenset({"inherit", "initial", "unset", "currentcolor", "transparent", "none", "auto", "windowtext"})
_PICTURES = ("url(", "gradient(", "var(")
_PLACED = ("absolute", "fixed", "sticky")


class Colours:
    """Of one page. Where a style sheet is elsewhere, or has rules that are not looked at, what lies behind a text is
    known only if an element around it says so."""

    def __init__(self, root: _Element, styles: Styles) -> None:
        self._styles = styles
        sheets = ((link.get("rel") or "").lower() for link in root.iter("link"))
        self._behind_all = (
            None if styles.has_other_backgrounds or any("stylesheet" in one for one in sheets) else _WHITE
        )

    def hide(self, element: _Element, style: Style) -> bool:
        """Whether the texts of an element are not seen. One in which another colour is said is taken as seen."""
        text = self._text(element, style)
        return text is not None and text == self._behind(element) and not any(map(self._says_colour, _within(element)))

    def _text(self, element: _Element, style: Style) -> str | None:
        said = style.get("color") or (element.get("color") if element.tag == "font" else None)
        return _colour(said) if said else None

    def _behind(self, element: _Element) -> str | None:
        """None where it cannot be told: a picture, or an element that is placed over others."""
        for one in (element, *element.iterancestors()):
            style = self._styles.of(one)
            if style.get("position") in _PLACED or any(sign in _background(style) for sign in _PICTURES):
                return None
            said = _background(style).split() or [one.get("bgcolor") or ""]
            if found := next(filter(None, map(_colour, said)), None):
                return found
        return self._behind_all

    def _says_colour(self, element: _Element) -> bool:
        style = self._styles.of(element)
        says = bool(style.get("color") or _background(style))
        return says or element.get("bgcolor") is not None or element.get("color") is not None


def _within(element: _Element) -> list[_Element]:
    return [one for one in element.iterdescendants() if isinstance(one.tag, str)]


def _background(style: Style) -> str:
    """The words of all that a style says of it."""
    return " ".join(style.get(name, "") for name in ("background-color", "background", "background-image")).strip()


def _colour(said: str) -> str | None:
    """Six digits, or the name of another colour; None where none is said."""
    text = said.strip().lower().removesuffix("!important").strip()
    if found := _HEX.fullmatch(text):
        return found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
    if found := _RGB.fullmatch(text):
        return "".join(f"{int(part):02x}" for part in found.groups())
    return _NAMES.get(text, text) if _NAME.fullmatch(text) and text not in _UNSAID else None
