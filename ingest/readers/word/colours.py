"""How the runs of a Word file look: hidden, in the colour of what lies behind them, struck out, raised."""

import re
from collections.abc import Callable
from typing import NamedTuple

from lxml.etree import _Element

from ingest.readers.markup import lowered, raised
from ingest.readers.word.names import W, is_on, property_of
from ingest.values.amounts import has_digit

_WHITE = "FFFFFF"
_UNSAID = (None, "auto", "")
_HALF_POINTS = re.compile(r"-?\d+")
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}anchor"
# What has a colour of its own behind it, and where its properties say so.
_PROPERTIES = {f"{W}r": f"{W}rPr", f"{W}p": f"{W}pPr", f"{W}tc": f"{W}tcPr", f"{W}tbl": f"{W}tblPr"}


class _Look(NamedTuple):
    """What a run or a style says; None where it says nothing."""

    colour: str | None = None
    is_hidden: bool | None = None
    is_struck: bool | None = None
    stands: str | None = None  # superscript
    is_shaded: bool = False


_NO_LOOK = _Look()
_MOVED = {"superscript": raised, "subscript": lowered}


class Looks:
    """Of one file: how its runs look, by themselves and by their styles."""

    def __init__(self, styles: _Element | None) -> None:
        found = styles.iter(f"{W}style") if styles is not None else ()
        self._styles = {style.get(f"{W}styleId", ""): style for style in found}
        self._known: dict[str, _Look] = {}
        self._latest: tuple[_Element | None, tuple[_Look, _Look, _Look]] = (None, (_NO_LOOK, _NO_LOOK, _NO_LOOK))
        self._backed: dict[object, bool] = {}  # tag of a part of the file → a colour or a picture is behind its texts

    def hide(self, run: _Element) -> bool:
        """Whether a run is hidden, or has the colour of what is behind it. Behind a run in a text box, under the style
        of a table, in a shaded style, on a page with a colour or before a picture there may be any: it is taken as
        seen."""
        looks = self._looks(run)
        hidden = next((look.is_hidden for look in looks if look.is_hidden is not None), False)
        colour = next((look.colour for look in looks if look.colour is not None), None)
        if hidden or colour in _UNSAID:
            return hidden
        return not any(look.is_shaded for look in looks[1:]) and str(colour).upper() == self._behind(run)

    def strike(self, run: _Element) -> bool:
        """Whether a line is drawn through a run."""
        return next((look.is_struck for look in self._looks(run) if look.is_struck is not None), False)

    def moved(self, run: _Element) -> Callable[[str], str] | None:
        """What makes signs of the digits of a run that is raised or lowered: it is the mark of a note."""
        stands = next((look.stands for look in self._looks(run) if look.stands is not None), "")
        return _MOVED.get(stands) or _moved_by_points(run)

    def _looks(self, run: _Element) -> tuple[_Look, _Look, _Look]:
        """By itself, by its style and by that of its paragraph. It is asked for several times, run by run."""
        if self._latest[0] is not run:
            properties = run.find(f"{W}rPr")
            styles = (self._of(property_of(properties, "rStyle")), self._of(_style_around(run)))
            self._latest = (run, (_look(properties), *styles))
        return self._latest[1]

    def _of(self, name: str | None) -> _Look:
        """Of a style with those that it is based on."""
        if not name or name not in self._styles:
            return _NO_LOOK
        if name not in self._known:
            self._known[name] = _NO_LOOK  # in a circle of styles
            style = self._styles[name]
            own, base = _look(style.find(f"{W}rPr")), self._of(property_of(style, "basedOn"))
            paragraph = style.find(f"{W}pPr")
            shaded = paragraph is not None and paragraph.find(f"{W}shd") is not None
            said = {field: value for field, value in own._asdict().items() if value is not None}
            self._known[name] = base._replace(**said)._replace(is_shaded=own.is_shaded or shaded or base.is_shaded)
        return self._known[name]

    def _behind(self, run: _Element) -> str | None:
        """The colour of what is behind a run; None where the file does not tell it."""
        for element in (run, *run.iterancestors()):
            properties = element.find(_PROPERTIES[element.tag]) if element.tag in _PROPERTIES else None
            if properties is not None and (shade := properties.find(f"{W}shd")) is not None:
                fill = shade.get(f"{W}fill")
                if fill not in _UNSAID:
                    return str(fill).upper() if shade.get(f"{W}val") in ("clear", "nil", None) else None
            if element.tag == f"{W}txbxContent" or _has_style_or_mark(properties):
                return None
        return None if self._is_backed(element) else _WHITE

    def _is_backed(self, part: _Element) -> bool:
        """Whether a colour of the page or a picture behind the text may be behind the texts of a part."""
        if part.tag not in self._backed:
            behind = (one.get("behindDoc") in ("1", "true") for one in part.iter(_PICTURE))
            self._backed[part.tag] = part.find(f"{W}background") is not None or any(behind)
        return self._backed[part.tag]


def _look(properties: _Element | None) -> _Look:
    if properties is None or len(properties) == 0:
        return _NO_LOOK
    lines = [line for name in ("strike", "dstrike") if (line := is_on(properties, name)) is not None]
    return _Look(
        property_of(properties, "color"),
        is_on(properties, "vanish"),
        any(lines) if lines else None,
        property_of(properties, "vertAlign"),
        properties.find(f"{W}shd") is not None,
    )


def _moved_by_points(run: _Element) -> Callable[[str], str] | None:
    """Of a run that is set higher or lower than another with a number in its paragraph."""
    height = _height(run)
    paragraph = next(run.iterancestors(f"{W}p"), None)
    if not height or paragraph is None:
        return None
    others = (one for one in paragraph.iter(f"{W}r") if _height(one) != height)
    is_beside_number = any(has_digit("".join(text.text or "" for text in one.iter(f"{W}t"))) for one in others)
    return (raised if height > 0 else lowered) if is_beside_number else None


def _height(run: _Element) -> float:
    said = property_of(run.find(f"{W}rPr"), "position") or "0"
    return float(found[0]) if (found := _HALF_POINTS.match(said)) else 0.0


def _style_around(run: _Element) -> str | None:
    """The style of the paragraph that a run stands in."""
    paragraph = next(run.iterancestors(f"{W}p"), None)
    return None if paragraph is None else property_of(paragraph.find(f"{W}pPr"), "pStyle")


def _has_style_or_mark(properties: _Element | None) -> bool:
    """A table style, or a run marked with a colour."""
    return properties is not None and any(properties.find(W + name) is not None for name in ("tblStyle", "highlight"))
