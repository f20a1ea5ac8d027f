"""Names of WordprocessingML, and its way of writing a property: <w:gridSpan w:val="2"/>."""

from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATE, CHOICE = f"{_MC}AlternateContent", f"{_MC}Choice"

OFF = ("0", "false", "off")  # of a property that is on where it says nothing


def is_on(properties: _Element | None, name: str) -> bool | None:
    """Whether a property is switched on or off; None where it is not there."""
    found = properties.find(W + name) if properties is not None else None
    return None if found is None else found.get(f"{W}val", "true") not in OFF


def property_of(properties: _Element | None, name: str) -> str | None:
    """The value of a property; None where it is not there."""
    found = properties.find(W + name) if properties is not None else None
    return None if found is None else found.get(f"{W}val")
