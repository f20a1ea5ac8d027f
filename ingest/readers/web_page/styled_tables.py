"""Tables that a page makes of other elements by their style: display: table-row and table-cell."""

from collections.abc import Iterator

from lxml.etree import _Element

from ingest.readers.web_page.styles import Styles

_TABLES, _SECTIONS = ("table", "inline-table"), ("table-row-group", "table-header-group", "table-footer-group")
_ROW, _CELL = "table-row", "table-cell"
_LEAST = 2  # cells of a row, and rows: a text is centred by a single cell


def as_tables(root: _Element, styles: Styles) -> None:
    """Makes such elements those of a table, in place. Each keeps the style that it had under its own name."""
    for element in list(root.iter()):
        if isinstance(element.tag, str) and _display(element, styles) in _TABLES and element.tag != "table":
            rows = list(_rows(element, styles))
            if sum(len(cells) >= _LEAST for _, cells in rows) >= _LEAST:
                _rename(element, "table", styles)
                for row, cells in rows:
                    _rename(row, "tr", styles)
                    for cell in cells:
                        _rename(cell, "td", styles)


def _rows(table: _Element, styles: Styles) -> Iterator[tuple[_Element, list[_Element]]]:
    """The rows with their cells."""
    for child in table:
        display = _display(child, styles)
        if display in _SECTIONS:
            yield from _rows(child, styles)
        elif display == _ROW:
            yield child, [cell for cell in child if _display(cell, styles) == _CELL]


def _display(element: _Element, styles: Styles) -> str:
    style = styles.of(element) if isinstance(element.tag, str) else {}
    return style.get("display", "").removesuffix("!important").strip()


def _rename(element: _Element, tag: str, styles: Styles) -> None:
    element.set("style", ";".join(f"{name}:{value}" for name, value in styles.of(element).items()))
    element.tag = tag
