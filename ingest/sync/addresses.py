"""Which network addresses may be connected to: public ones, and those the configuration allows.

A link on a publisher's page must not make this machine send requests into its own network (SSRF). A host name is
resolved here, and the connection goes to the checked address, so that a second DNS answer cannot change it.
"""

import socket
import threading
from collections.abc import Iterator, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from queue import Empty, SimpleQueue
from typing import Any

from warehouse.base.messages import _

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

RESOLVER_SECONDS = 15.0
_EMBEDDING = (  # IPv6 networks whose last 32 bits are an IPv4 address that is reached through them
    IPv6Network("::/96"),  # IPv4-compatible, RFC 4291
    IPv6Network("64:ff9b::/96"),  # NAT64, RFC 6052
)


class NotPublic(OSError):
    """A host that has only addresses which may not be connected to."""


class NotResolved(OSError):
    """The resolver did not answer in time."""


def reachable(host: str, port: int, allowed: Sequence[Network] = (), seconds: float = RESOLVER_SECONDS) -> list[str]:
    """The addresses of `host` that may be connected to, in the order of the resolver.

    Raises NotPublic where none of them is allowed, socket.gaierror where there is none, and NotResolved
    where the resolver does not answer within `seconds`.
    """
    found = resolved(host, port, seconds)
    addresses = list(dict.fromkeys(str(place[0]) for *_, place in found))
    permitted = [address for address in addresses if is_permitted(ip_address(address), allowed)]
    if not permitted:
        raise NotPublic(_("{host} is {listed}: no public address").format(host=host, listed=", ".join(addresses)))
    return permitted


Answer = tuple[Any, ...]  # (family, type, protocol, name, socket address), as getaddrinfo gives it


def resolved(host: str, port: int, seconds: float) -> list[Answer]:
    """The answer of getaddrinfo. It has no timeout, so it runs in a thread that is abandoned after `seconds`."""
    answers: SimpleQueue[list[Answer] | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except Exception as error:  # an OSError or a UnicodeError; the answer is waited for in any case
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()  # a thread pool would delay the end of the process
    try:
        answer = answers.get(timeout=seconds)
    except Empty:
        raise NotResolved(
            _("the resolver said nothing of {host} in {seconds:g} s").format(host=host, seconds=seconds)
        ) from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def is_permitted(address: Address, allowed: Sequence[Network] = ()) -> bool:
    """Whether the address, or the IPv4 address that is embedded in it, is public or allowed."""
    return all(
        _is_public(meant) or any(meant in network for network in allowed if network.version == meant.version)
        for meant in _meant(address)
    )


def _meant(address: Address) -> Iterator[Address]:
    """The address itself, or the IPv4 address embedded in it."""
    if isinstance(address, IPv4Address):
        yield address
    elif address.ipv4_mapped:
        yield address.ipv4_mapped
    else:
        yield address
        if address.sixtofour:
            yield address.sixtofour
        if address.teredo:
            yield from address.teredo
        if int(address) > 1 and any(address in network for network in _EMBEDDING):
            yield IPv4Address(int(address) & 0xFFFFFFFF)


def _is_public(address: Address) -> bool:
    """Whether an address is public. `is_global` alone is true of multicast and the old site-local addresses."""
    return address.is_global and not address.is_multicast and not getattr(address, "is_site_local", False)
