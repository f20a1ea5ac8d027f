"""What of a page a browser shows."""

from lxml.html import HtmlElement

from ingest.readers.web_page.styles import Styles

_NOT_SHOWN = frozenset(
    {"script", "style", "noscript", "template", "head", "select", "option", "textarea", "iframe", "object", "svg"}
    | {"button", "del", "s", "strike", "datalist", "dialog", "audio", "video", "canvas", "map", "noframes", "title"}
)
_NOTHING = {"display": ("none",), "visibility": ("hidden", "collapse"), "opacity": ("0", "0.0", "0%")}


def drop_hidden(root: HtmlElement, styles: Styles) -> None:
    """Takes out of a page what a browser does not show."""
    for element in list(root.iter()):
        if element is not root and not _is_shown(element, styles):
            element.drop_tree()


def _is_shown(element: HtmlElement, styles: Styles) -> bool:
    """Whether an element and what is in it can be seen. One that is hidden from screen readers only can."""
    if not isinstance(element.tag, str) or element.tag in _NOT_SHOWN or element.get("hidden") is not None:
        return False
    style = styles.of(element)
    return not any(
        style.get(name, "").removesuffix("!important").strip() in values for name, values in _NOTHING.items()
    )
