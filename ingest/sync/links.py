"""The links of a page: to documents, and to the pages and documents that it shows within itself.

html.parser is not used: it needs minutes for a page of 100 kB of `<a `. Here every step takes linear time.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from ingest.readers.parts import clean_name
from ingest.sync.urls import NotAnAddress, host_of, name_of, names_a_document, normal

LARGEST_PAGE = 4 * 1024 * 1024  # bytes
MOST_LINKS = 10_000  # distinct links read per page
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w-]{2,20})""", re.IGNORECASE)
_PYTHONS_OWN = ("idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape")  # no encodings of a web page
_TAG = re.compile(r"<(a|base|i?frame|embed|object)\s([^<>]{1,4000})>", re.IGNORECASE)
_ATTRIBUTE = r"""(?<![\w-]){}\s*=\s*(?:"([^"]{{0,3000}})"|'([^']{{0,3000}})'|([^\s"'>]{{1,3000}}))"""
_HREF = re.compile(_ATTRIBUTE.format("(?:href|src|data)"), re.IGNORECASE)
_SHOWN = re.compile(
    r"[?&#](?:file|url|src|pdf)=([^&#]{1,2000})", re.IGNORECASE
)  # a document in the address of a viewer
_ENDS = re.compile(r"</(?:a|h\d|title|td|table|div)\b", re.IGNORECASE)
_BEFORE = 300  # characters before a link, tags included
_NAMES = [re.compile(_ATTRIBUTE.format(name), re.IGNORECASE) for name in ("download", "title")]


@dataclass(frozen=True, slots=True)
class Link:
    """`name` is the document's name for display, `text` what the page calls it, `before` what stands there before it.

    `is_shown`: the page shows it within itself.
    """

    address: str
    name: str
    text: str = ""
    before: str = ""
    is_shown: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """`other_hosts` counts, by host, the documents that were left out because of their host.

    `is_whole` is False where the page has more than MOST_LINKS links.
    """

    links: tuple[Link, ...]
    other_hosts: dict[str, int]
    is_whole: bool = True


def listing(page: bytes, base: str, content_type: str, hosts: Iterable[str]) -> Listing:
    """The documents linked from `page` (fetched from `base`) on one of `hosts`, each once, in printed order."""
    return links_of(read_html(page, content_type), base, hosts, names_a_document)


def read_html(page: bytes, content_type: str) -> str:
    """The text of a page with its tags, without comments and scripts."""
    return _without(_without(_decoded(page, content_type), "<!--", "-->"), "<script", "</script")


def links_of(text: str, base: str, hosts: Iterable[str], is_wanted: Callable[[str], bool]) -> Listing:
    """The links of a page of which one of the names is wanted, each once, in printed order."""
    tags: dict[str, re.Match[str]] = {}
    for tag in _TAG.finditer(text):
        tags.setdefault(tag.group(2), tag)
    permitted = {host.lower() for host in hosts}
    links: dict[str, Link] = {}
    other_hosts: dict[str, set[str]] = {}
    for link in _links(text, list(tags.values())[:MOST_LINKS], base, is_wanted):
        if (host := host_of(link.address)) in permitted:
            links.setdefault(link.address, link)
        else:
            other_hosts.setdefault(host, set()).add(link.address)
    counted = {host: len(left_out) for host, left_out in other_hosts.items()}
    return Listing(tuple(links.values()), counted, len(tags) <= MOST_LINKS)


def _links(text: str, tags: Iterable[re.Match[str]], base: str, is_wanted: Callable[[str], bool]) -> Iterable[Link]:
    for tag in tags:
        if not (href := _value(_HREF, tag.group(2))):
            continue
        kind = tag.group(1).lower()
        is_shown = kind not in ("a", "base")
        try:
            address = normal(_in_viewer(href) if is_shown else href, base)
        except NotAnAddress:
            continue  # javascript:, mailto:, file: and the like
        if kind == "base":
            base = address
            continue
        called = [] if is_shown else _called(text, tag)
        named = [name_of(address), clean_name(unquote(re.split("[=/]", address)[-1])), *called]
        if document := next((name for name in named if is_wanted(name)), None):
            yield Link(address, document, " ".join(called), _before(text, tag), is_shown)


def _in_viewer(address: str) -> str:
    """The document that a viewer is asked to show, or else the address itself."""
    found = _SHOWN.search(unescape(address))
    return unquote(found[1]) if found and names_a_document(unquote(found[1])) else address


def _before(text: str, tag: re.Match[str]) -> str:
    """What stands before a link, behind the last link, heading or cell."""
    return bare(_ENDS.split(text[max(0, tag.start() - _BEFORE) : tag.start()])[-1])


def bare(html: str) -> str:
    """The text of a piece of a page, which may begin or end within a tag, without blanks."""
    return unescape(re.sub(r"^[^<>]*>|<[^<>]*>|<[^<>]*$|\s+", "", html))


def _called(text: str, tag: re.Match[str]) -> list[str]:
    """The names the page gives a link, since an address such as download?id=7 holds none."""
    inner = text[tag.end() : tag.end() + 500].split("</a", 1)[0].split("</A", 1)[0]
    called = [_value(attribute, tag.group(2)) for attribute in _NAMES]
    return [name for name in [*called, unescape(re.sub(r"<[^<>]*>|\s+", "", inner))] if name]


def _value(attribute: re.Pattern[str], attributes: str) -> str:
    found = attribute.search(attributes)
    return unescape(next((value for value in found.groups() if value is not None), "")) if found else ""


def _without(text: str, opening: str, closing: str) -> str:
    """The text without everything from `opening` to `closing`, or to its end where `closing` is missing."""
    lower, kept, place = text.lower(), [], 0
    if len(lower) != len(text):  # a few letters become longer in lower case, which would shift the positions
        lower = text
    while (start := lower.find(opening, place)) >= 0:
        kept.append(text[place:start])
        end = lower.find(closing, start + len(opening))
        place = len(text) if end < 0 else end + len(closing)
    return "".join([*kept, text[place:]])


def _decoded(page: bytes, content_type: str) -> str:
    named = _CHARSET.search(content_type) or _CHARSET.search(page[:2048].decode("ascii", errors="replace"))
    for encoding in (named.group(1) if named else "utf-8", "utf-8", "gb18030"):
        try:
            return page.decode(_usual(encoding))
        except (LookupError, UnicodeDecodeError):
            continue
    return page.decode("utf-8", errors="replace")


def _usual(encoding: str) -> str:
    """The encoding to decode a page with that says this one. Raises LookupError where no page can be in it."""
    if (name := encoding.lower().replace("-", "_")) in _PYTHONS_OWN:
        raise LookupError(name)
    return "gb18030" if name in ("gb2312", "gbk") else encoding
