"""The files of the disclosure that a web page announces: chosen by the heading of the page and by what links say.

Which links those are is declared: warehouse/kinds/common/links.toml.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ingest.about.bodies import Whose
from ingest.about.cover import Cover, read_cover
from ingest.sync.links import MOST_LINKS, Link, Listing, bare, links_of, read_html
from ingest.sync.manifest import Source, whole_at
from ingest.sync.results import Refused
from ingest.sync.urls import LONGEST, name_of, names_a_document, normal
from warehouse.base.messages import _
from warehouse.kinds.characters import squeeze
from warehouse.kinds.naming import Kinds
from warehouse.kinds.places import is_place
from warehouse.kinds.wordings import link_words

UNREAD = (".rar", ".7z", ".wps", ".ofd", ".doc", ".et")  # what publishers attach as well, as far as no reader takes it
_HEADINGS = (
    re.compile(
        r"""<meta[^<>]{0,200}name\s*=\s*["']?ArticleTitle["']?[^<>]{0,50}content\s*=\s*["']([^"'<>]{1,500})""", re.I
    ),
    re.compile(r"<h1[^<>]{0,500}>(.{1,1000}?)</h1", re.I | re.S),
    re.compile(r"<title[^<>]{0,200}>([^<]{1,500})", re.I),
)
_SAYS = link_words()


@dataclass(frozen=True, slots=True)
class Attachments:
    """`links` are those that are followed, `unread` names of files of formats that are not read, `other_hosts` as in
    `Listing`. All are empty where the heading announces no disclosure."""

    links: tuple[Link, ...] = ()
    unread: tuple[str, ...] = ()
    other_hosts: tuple[str, ...] = ()


def attachments(page: bytes, base: str, content_type: str, hosts: Iterable[str], kinds: Kinds) -> Attachments:
    """What a page (fetched from `base`) attaches. Raises Refused where its links are too many, or of several bodies."""
    text = read_html(page, content_type)
    heading = next((cover for found in _headings(text) if (cover := _announced(found, kinds))), None)
    if heading is None:
        return Attachments()
    found = links_of(text, base, hosts, lambda name: names_a_document(name) or _is_unread(name))
    if not found.is_whole:
        raise Refused(_("holds more than {most_links} links").format(most_links=MOST_LINKS))
    chosen = [link for link in found.links if _is_chosen(link, heading, kinds)]
    if heading.body is None and len(bodies := set(_bodies(chosen, kinds))) > 1:
        raise Refused(_("links to documents of {count} bodies: such a page is a listing").format(count=len(bodies)))
    links = tuple(link for link in chosen if not _is_unread(link.name))
    unread = tuple(link.text or link.name for link in chosen if _is_unread(link.name))
    return Attachments(links, unread, tuple(found.other_hosts))


def announced_pages(page: bytes, base: str, content_type: str, source: Source, kinds: Kinds) -> Listing:
    """The pages that a listing (fetched from `base`) links to as those of disclosures of bodies, in printed order.

    A link says of which year, and whose unless the source is that of one body: one that does not may lead to another
    listing.
    """
    is_of_one = len(source.department) == 1

    def announces(name: str) -> bool:
        said = None if _SAYS.no_disclosure.search(name) else _announced(squeeze(name), kinds)
        return said is not None and said.kind is not None and (_is_body(said.body) or (is_of_one and not said.body))

    found = links_of(read_html(page, content_type), base, source.all_hosts, announces)
    here = {normal(source.address), normal(base)}
    links = (link for link in found.links if link.address not in here and len(whole_at(link.address)) <= LONGEST)
    return replace(found, links=tuple(link for link in links if not link.is_shown and not _names_a_file(link)))


def _is_body(name: str | None) -> bool:
    return name is not None and not is_place(name)


def _names_a_file(link: Link) -> bool:
    called = (name_of(link.address), link.name, *link.text.split())
    return any(names_a_document(name) or _is_unread(name) for name in called)


def _headings(text: str) -> Iterator[str]:
    for pattern in _HEADINGS:
        if found := pattern.search(text):
            yield _SAYS.site.split(bare(f">{found[1]}"))[0]


def _announced(heading: str, kinds: Kinds) -> Cover | None:
    """What a heading says of the disclosure that it announces; None where it announces none."""
    is_of_a_kind = any(word in heading for kind in kinds for word in kind.named.words)
    cover = read_cover([squeeze(heading)], kinds)
    year = cover.year or next(map(int, _SAYS.year.findall(heading)), None)
    return Cover(cover.body, year, cover.scope, cover.kind, heading) if is_of_a_kind else None


def _is_unread(name: str) -> bool:
    return name.lower().endswith(UNREAD) and not names_a_document(name)


def _is_chosen(link: Link, heading: Cover, kinds: Kinds) -> bool:
    if link.is_shown:
        return True
    called = squeeze(f"{link.text} {link.name}")
    if _SAYS.undisclosed.search(called) or not _SAYS.disclosed.search(f"{link.before} {called}"):
        return False
    years = set(map(int, _SAYS.year.findall(called)))
    if heading.year and years and heading.year not in years:
        return False
    said = _said(link, kinds)
    same_kind = None in (heading.kind, said.kind) or heading.kind is said.kind
    same_body = None in (heading.body, said.body) or Whose(said.body).may_be(Whose(heading.body))
    return same_kind and same_body


def _bodies(links: Iterable[Link], kinds: Kinds) -> Iterator[str]:
    for link in links:
        if body := _said(link, kinds).body:
            yield body


def _said(link: Link, kinds: Kinds) -> Cover:
    return read_cover([_SAYS.marks.sub("", squeeze(link.text or link.name))], kinds)
