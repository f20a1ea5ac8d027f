"""The text of a page → its elements. Nothing that a page names is opened; one that is cut off is refused."""

import re

from lxml import etree
from lxml.etree import ErrorTypes, LxmlError, _Element

from ingest import errors
from warehouse.base.messages import N_, _
from warehouse.kinds.characters import INVISIBLE

LABEL = N_("web page")
_UNSEEN = str.maketrans("", "", INVISIBLE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENDS = ("</html", "</body")
_MOST_TAGS = 600_000  # the longest page that was seen has 50,000


def parse(name: str, text: str) -> _Element:
    """Raises Damaged, naming the file, where no element is found, or not all of them."""
    if (tags := text.count("<")) > _MOST_TAGS:
        raise errors.Damaged(
            name,
            label=LABEL,
            cause=_("it has {tags} tags, more than {most_tags}").format(tags=tags, most_tags=_MOST_TAGS),
        )
    if _is_cut_off(text):
        raise errors.Damaged(name, label=LABEL, cause=_("it ends in the middle"))
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(_XML_DECLARATION.sub("", text.translate(_UNSEEN)), parser=parser)
    except (LxmlError, ValueError) as error:
        raise errors.Damaged(name, label=LABEL, cause=error) from error
    if root is None:
        raise errors.Damaged(name, label=LABEL, cause=_("it holds no element"))
    if any(entry.type == ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise errors.Damaged(name, label=LABEL, cause=_("elements are nested too deep"))
    return root


def _is_cut_off(text: str) -> bool:
    """Whether a page does not say where it ends, and its last tag, or its last table, is open."""
    lower = text.lower()
    if any(end in lower for end in _ENDS):
        return False
    return not lower.rstrip().endswith(">") or lower.rfind("<table") > lower.rfind("</table")
