"""What of a page a browser shows."""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from lxml.etree import _Element

from ingest.document import Remark
from ingest.readers.markup import lowered, raised
from ingest.readers.web_page.colours import Colours
from ingest.readers.web_page.styles import Style, Styles, pixels
from warehouse.records.doubts import DoubtKind

_NO_TEXT = frozenset(
    {"script", "style", "noscript", "template", "head", "select", "option", "textarea", "iframe", "object", "svg"}
    | {"button", "datalist", "dialog", "audio", "video", "canvas", "map", "noframes", "title", "rt", "rp"}
)
_PICTURES = frozenset({"img", "svg", "object", "canvas"})
_SMALLEST = 3.0  # pixels of a picture on which a number can be seen; smaller ones are spacers
_FAR_OFF = -900.0  # pixels
_CLIPPED = re.compile(r"rect\(\s*([01](?:px)?)(?:[\s,]+\1){3}\s*\)|inset\(\s*(?:50|100)%\s*\)")
_BOXES = ("div", "p", "section", "ul", "li")
_NOTHING = {
    "display": ("none",),
    "visibility": ("hidden", "collapse"),
    "opacity": ("0", "0.0", "0%"),
    "color": ("transparent",),
}
_AMOUNT = re.compile(r"\d[\d,]*\.\d\d")
_LOWERED = re.compile(r"sub\b")
_CELLS = ("td", "th")
_RAISED = re.compile(r"super\b|text-top")
_STRUCK = ("del", "s", "strike")
STRUCK_OUT, PICTURED = "struck-out", "pictured"  # attributes of cells: something is struck out; there is a picture
_STRUCK_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_LINES = ("text-decoration", "text-decoration-line")
_FIELDS = ("", "text", "number", "tel")  # types of a field whose value is shown
_LONGEST = 100  # characters of what a remark says to be hidden


def drop_hidden(root: _Element, styles: Styles) -> Iterator[Remark]:
    """Takes out of a page what a browser does not show, or what the page says is no part of its text. Hidden amounts
    are said. A cell of which a part is struck out keeps its text and is marked: what holds there is not known."""
    colours = Colours(root, styles)
    looks: dict[int, _Look] = {}  # by the id of a style: most elements share one
    for element in list(root.iter()):
        if element is root or not isinstance(element.tag, str):
            continue
        if element.tag in _PICTURES:
            _mark_pictured(element, styles.of(element))
        if element.tag in _NO_TEXT:
            _drop(element)
            continue
        if element.tag == "input":
            _show_value(element)
            continue
        style = styles.of(element)
        look = looks.get(id(style)) or looks.setdefault(id(style), _look(style, element.tag))
        is_hidden = look.hides or (element.keys() and _says_hidden(element))
        is_hidden = is_hidden or colours.hide(element, style)
        is_struck = not is_hidden and (look.strikes or element.tag in _STRUCK)
        if is_struck and (cells := _cells_of(element)):
            for cell in cells:
                cell.set(STRUCK_OUT, "")
        elif is_struck or is_hidden:
            found = (_STRUCK_NUMBER if is_struck else _AMOUNT).findall(" ".join(map(str, element.itertext())))
            if found:
                reason = "网页中划有删除线的文字,其中的数字未读" if is_struck else "网页中不显示的部分,其中的数字未读"
                yield Remark(DoubtKind.TEXT_HIDDEN, reason, printed=" ".join(found)[:_LONGEST])
            _drop(element)


def _cells_of(element: _Element) -> list[_Element]:
    """The cells of figures that an element is, is in, or is the row of; a cell without another beside it is text."""
    own = [element] if element.tag in _CELLS else [*islice(element.iterancestors(*_CELLS), 1)]
    cells = [child for child in element if child.tag in _CELLS] if element.tag == "tr" else own
    row = cells[0].getparent() if cells else None
    table = next(cells[0].iterancestors("table"), None) if cells else None
    if row is None or table is None or table.find(".//table") is not None:
        return []
    return cells if sum(child.tag in _CELLS for child in row) > 1 else []


def _mark_pictured(picture: _Element, style: Style) -> None:
    """A picture in a cell of figures may show a number."""
    said = (pixels({"said": picture.get(name) or style.get(name, "")}, "said") for name in ("width", "height"))
    if not any(size is not None and size < _SMALLEST for size in said):
        for cell in _cells_of(picture):
            cell.set(PICTURED, "")


def _show_value(element: _Element) -> None:
    """A number that a page shows in a field of a table is the text of its cell."""
    value = element.get("value") or ""
    is_in_cell = next(element.iterancestors("td", "th"), None) is not None
    if is_in_cell and _AMOUNT.search(value) and (element.get("type") or "").lower() in _FIELDS:
        element.tail = value + (element.tail or "")


def _drop(element: _Element) -> None:
    """Takes an element out and leaves the text behind it."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def mark_raised(root: _Element, styles: Styles) -> None:
    """Makes digits that are raised or lowered, the marks of notes, signs that are no digits of a number before them.
    `styles` have been asked for every element."""
    for element in root.iter(*(() if styles.any_says("vertical-align") else ("sup", "sub"))):
        if moved := _moved(element, styles):
            for inner in element.iter():
                inner.text = inner.text and moved(inner.text)
                if inner is not element:
                    inner.tail = inner.tail and moved(inner.tail)


def _moved(element: _Element, styles: Styles) -> Callable[[str], str] | None:
    """What makes signs of the digits of an element. In a cell of a table the property means something else."""
    if not isinstance(element.tag, str) or element.tag in _CELLS:
        return None
    said = styles.of(element).get("vertical-align", "")
    if element.tag == "sup" or _RAISED.match(said):
        return raised
    return lowered if element.tag == "sub" or _LOWERED.match(said) else None


def _says_hidden(element: _Element) -> bool:
    hidden_from_readers = element.get("aria-hidden")
    is_so = hidden_from_readers is not None and hidden_from_readers.strip().lower() == "true"
    return is_so or element.get("hidden") is not None


class _Look(NamedTuple):
    """What a style makes of a text: not shown at all, or shown with a line through it."""

    hides: bool
    strikes: bool


def _look(style: Style, tag: str) -> _Look:
    is_nothing = any(style.get(name, "").removesuffix("!important").strip() in says for name, says in _NOTHING.items())
    is_struck = any("line-through" in style.get(name, "") for name in _LINES)
    is_nothing = is_nothing or pixels(style, "font-size") == 0
    return _Look(is_nothing or _is_out_of_sight(style, tag), is_struck)


def _is_out_of_sight(style: Style, tag: str) -> bool:
    """Text for screen readers alone: far off the page, or cut down to nothing."""
    is_placed = style.get("position", "") in ("absolute", "fixed")
    far_off = [pixels(style, name) for name in ("text-indent", *(("left", "top") if is_placed else ()))]
    if any(way is not None and way < _FAR_OFF for way in far_off):
        return True
    if is_placed and any(_CLIPPED.fullmatch(style.get(name, "")) for name in ("clip", "clip-path")):
        return True
    is_box = is_placed or tag in _BOXES or "block" in style.get("display", "")
    sizes = [pixels(style, name) for name in ("width", "height", "max-width", "max-height")]
    return is_box and style.get("overflow", "") == "hidden" and any(one is not None and one <= 1 for one in sizes)
