"""Texts of a Word file in the colour of what lies behind them, which nobody sees."""

from lxml.etree import _Element

from ingest.readers.word.names import W, property_of

_WHITE = "FFFFFF"
_UNSAID = (None, "auto", "")
# What has a colour of its own behind it, and where its properties say so.
_PROPERTIES = {f"{W}r": f"{W}rPr", f"{W}p": f"{W}pPr", f"{W}tc": f"{W}tcPr", f"{W}tbl": f"{W}tblPr"}


def is_unseen(run: _Element) -> bool:
    """Whether the colour that a run says itself is that behind it. Behind a run in a text box, under a table style
    or on a page with a colour there may be any: it is taken as seen."""
    colour = property_of(run.find(f"{W}rPr"), "color")
    return colour not in _UNSAID and str(colour).upper() == _behind(run)


def _behind(run: _Element) -> str | None:
    """The colour of what is behind a run; None where the file does not tell it."""
    for element in (run, *run.iterancestors()):
        properties = element.find(_PROPERTIES[element.tag]) if element.tag in _PROPERTIES else None
        if properties is not None and (shade := properties.find(f"{W}shd")) is not None:
            fill = shade.get(f"{W}fill")
            if fill not in _UNSAID:
                return str(fill).upper() if shade.get(f"{W}val") in ("clear", "nil", None) else None
        if element.tag == f"{W}txbxContent" or _has_style_or_mark(properties):
            return None
        if element.tag == f"{W}document" and element.find(f"{W}background") is not None:
            return None
    return _WHITE


def _has_style_or_mark(properties: _Element | None) -> bool:
    """A table style, or a run marked with a colour."""
    return properties is not None and any(properties.find(W + name) is not None for name in ("tblStyle", "highlight"))
