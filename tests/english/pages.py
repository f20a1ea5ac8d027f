"""The pages of `juesuan serve` that links lead to from the first one, what it finds, and what it refuses."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

LINK = re.compile(r'<a [^>]*href="(/[^"#]*)')
STARTS = ("/", "/search?q=设备", "/search?q=没有这样的词", "/search", "/no/such/page")
OTHERWISE = {"lang", "format", "sort", "picture"}  # the same page in another language or order, or its data
Look = tuple[str, ...]


def one_of_a_column(parts: list[str]) -> Look:
    """Of the numbers of a document one for each column, rule, kind of figure and measure."""
    return (*parts[:2], *parts[2:4], parts[-1]) if parts[2] in ("check", "stated") else (*parts[:3], parts[-1])


def one_of_a_table(parts: list[str]) -> Look:
    """Of the numbers of all documents one for each table and each other kind of number."""
    return parts[0], parts[2]


def pages(client, look: Callable[[list[str]], Look] = one_of_a_column) -> Iterator[tuple[str, str]]:
    """(address, page). Of the pages of numbers that have the same look one."""
    waiting, known = list(STARTS), {(start,) for start in STARTS}
    while waiting:
        address = waiting.pop()
        answer = client.get(address)
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        yield address, answer.text
        for link in map(unescape, LINK.findall(answer.text)):
            parts = unquote(link).strip("/").split("/")
            seen = look(parts) if parts[0] == "evidence" else (link,)
            if not OTHERWISE & parse_qs(urlsplit(link).query).keys() and seen not in known:
                known.add(seen)
                waiting.append(link)


def document_of(address: str) -> int | None:
    """The document that a page is about."""
    found = re.match(r"/(?:documents|evidence)/(\d+)", address)
    return int(found[1]) if found else None
