"""Web addresses: their normal form, and a display name from their last part."""

import re
from urllib.parse import unquote

import httpx

from ingest.readers import suffixes
from ingest.readers.parts import clean_name
from warehouse.base.messages import _

LONGEST = 2000  # characters; the index of the database cannot hold longer texts
HIGHEST_PORT = 65_535


class NotAnAddress(ValueError):
    """A text is not an address to fetch from; the message says why."""


def normal(text: str, base: str | None = None) -> str:
    """The normal form of an http(s) address: ASCII, no fragment. Raises NotAnAddress.

    A relative address is resolved against `base`.
    """
    squeezed = re.sub(r"[\t\r\n]", "", text).strip()
    try:
        url = httpx.URL(base).join(squeezed) if base else httpx.URL(squeezed)
        host = url.host  # decodes xn-- labels: what idna raises for a malformed one is a ValueError
    except (httpx.InvalidURL, ValueError) as error:
        raise NotAnAddress(f"is no address: {error}") from None
    if url.scheme not in ("http", "https"):
        raise NotAnAddress(_("is neither http nor https: {squeezed}").format(squeezed=squeezed[:80]))
    if (url.port or 0) > HIGHEST_PORT:
        raise NotAnAddress(_("names a port above {highest_port}").format(highest_port=HIGHEST_PORT))
    if not host:
        raise NotAnAddress(_("names no host"))
    if url.userinfo:
        raise NotAnAddress(_("carries a user name or a password"))
    address = str(url.copy_with(fragment=None))
    if len(address) > LONGEST:
        raise NotAnAddress(_("is longer than {longest} characters").format(longest=LONGEST))
    return address


def host_of(address: str) -> str:
    """The host of an address that `normal` gave, xn-- labels decoded; as it stands where they cannot be, which another
    version of idna may have recorded."""
    url = httpx.URL(address)
    try:
        return url.host
    except ValueError:
        return url.raw_host.decode("ascii")


def origin_of(address: str) -> str:
    """Scheme, host and port: the scope of a robots.txt."""
    return str(httpx.URL(address).join("/"))


def name_of(address: str) -> str:
    """The last part of an address, decoded for display. Never holds a path separator."""
    path = httpx.URL(address).raw_path.decode("ascii").partition("?")[0]
    return clean_name(unquote(path.rsplit("/", 1)[-1], errors="replace")) or host_of(address)


def names_a_document(text: str) -> bool:
    return text.strip().lower().endswith(suffixes(with_pages=False))
