"""The file of each address, and pages whose links lead to files: a site works in any folder and without a server.

/documents/12 is documents/12/index.html, which a web server also sends for /documents/12. English pages lie below en/;
data are index.json and index.csv beside the Chinese page.
"""

import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from html import escape, unescape
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from ingest.pages.web.words import LANGUAGES

LONGEST = 200  # bytes of a name in a folder; most file systems take 255
LINK = re.compile(r'(?<= )(href|src)="(/[^"]*)"')
REFUSED = re.compile(r"[\x00-\x1f\x7f\\]|^\.")


def canonical(address: str) -> str:
    """The address without what makes no other file: data have no language, and Chinese is not asked for."""
    parts = urlsplit(address)
    query = dict(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    if query.get("lang") == LANGUAGES[0] or "format" in query:
        query.pop("lang", None)
    return parts.path + (f"?{urlencode(query)}" if query else "")


def file_of(address: str) -> str:
    """The path of its file in the site."""
    parts = urlsplit(canonical(address))
    names = [_name(unquote(name)) for name in parts.path.split("/") if name]
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    language, data = query.pop("lang", None), query.pop("format", None)
    folder = ([language] if language else []) + names
    if names and posixpath.splitext(names[-1])[1] in (".css", ".js", ".png", ".atom"):
        return "/".join(folder)
    asked = [_name(",".join(f"{name}={value}" for name, value in query.items()))] if query else []
    return "/".join([*folder, *asked, f"index.{data or 'html'}"])


def links(page: str) -> Iterator[str]:
    """The addresses below the application that a page leads to, each in Chinese, which stands for all languages."""
    for found in LINK.finditer(page):
        yield _led_to(found[2])[0]


def with_files(page: str, own: str) -> str:
    """The page of the file `own`, with links that lead from it to the files."""
    up = "../" * own.count("/")
    return LINK.sub(lambda found: f'{found[1]}="{up}{_led_to(found[2])[1]}"', page)


@lru_cache(1 << 16)  # pages of a document lead to the same addresses
def _led_to(link: str) -> tuple[str, str]:
    """The address of a link as a page spells it, and its file as a page of the site does."""
    asked, _, fragment = unescape(link).partition("#")
    path = quote(file_of(asked)) + (f"#{fragment}" if fragment else "")
    return in_language(asked, LANGUAGES[0]), escape(path)


def in_language(address: str, language: str) -> str:
    """The address of a page in this language; pictures, data and files that pages use are the same in all."""
    if address.startswith(("/pictures/", "/static/")):
        return address
    path, _, asked = address.partition("?")
    query = dict(parse_qsl(asked, keep_blank_values=True)) | {"lang": language}
    return canonical(f"{path}?{urlencode(query)}")


def feed_with_files(feed: str, base: str) -> str:
    """The feed, with links below `base` that lead to the files there."""
    link = re.compile(rf'(?<= )href="{re.escape(escape(base))}(/[^"]*)"')
    return link.sub(lambda found: f'href="{escape(base)}/{escape(quote(_without_index(found[1])))}"', feed)


def _without_index(address: str) -> str:
    return file_of(unescape(address)).removesuffix("index.html")


def _name(text: str) -> str:
    """The text, or where no folder can have such a name, a digest of it."""
    if len(text.encode()) <= LONGEST and not REFUSED.search(text) and "/" not in text:
        return text
    return f"~{sha256(text.encode()).hexdigest()[:32]}"
