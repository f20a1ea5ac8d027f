"""HTTP over connections to checked addresses only, with limits on the time of the whole request.

Proxies, certificates and passwords of the environment are not used. Behind a proxy the address that is connected to
could not be checked.
"""

import socket
import ssl
import time
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import httpcore
import httpx

from ingest.sync.addresses import Network, NotResolved, reachable
from ingest.sync.manifest import Limits
from warehouse.base.messages import _


class Clock:
    """The time left for a request: `stall` seconds without a byte, `total` seconds for all of it."""

    def __init__(self, limits: Limits):
        self._limits = limits
        self._ends_at = time.monotonic() + limits.total_seconds

    def left(self, most: float | None = None) -> float:
        """Seconds the next step may take. Raises httpcore's timeout where none are left."""
        seconds = self._ends_at - time.monotonic()
        if seconds <= 0:
            raise httpcore.ReadTimeout
        return min(seconds, most or self._limits.stall_seconds)

    def why(self) -> str:
        if time.monotonic() >= self._ends_at:
            return _("took longer than {total_seconds:g} s").format(total_seconds=self._limits.total_seconds)
        return _("did not answer or stalled for {stall_seconds:g} s").format(stall_seconds=self._limits.stall_seconds)


Options = Iterable[httpcore.SOCKET_OPTION] | None


class _Stream(httpcore.NetworkStream):
    """A connection that checks the total time at every step, so that a slow trickle of bytes cannot keep it open."""

    def __init__(self, inner: httpcore.NetworkStream, clock: Clock):
        self._inner, self._clock = inner, clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._clock.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._clock.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, self._clock.left()), self._clock)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Checked(httpcore.SyncBackend):
    """Resolves a name once and connects to a checked address."""

    def __init__(self, allowed: Sequence[Network], clock: Clock, connect_seconds: float):
        self._allowed, self._clock, self._connect_seconds = allowed, clock, connect_seconds

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Options = None,
    ) -> httpcore.NetworkStream:
        try:
            addresses = reachable(host, port, self._allowed, self._clock.left(self._connect_seconds))
        except (socket.gaierror, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host}: {error}") from error
        except NotResolved as error:
            raise httpcore.ConnectError(str(error)) from error
        for address in addresses[:-1]:
            try:
                return self._connect(address, port, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connect(addresses[-1], port, socket_options)

    def _connect(self, address: str, port: int, options: Options) -> httpcore.NetworkStream:
        seconds = self._clock.left(self._connect_seconds)
        return _Stream(super().connect_tcp(address, port, seconds, socket_options=options), self._clock)


class CheckedTransport(httpx.HTTPTransport):
    """httpx's transport with its own network backend, for which httpx has no argument."""

    def __init__(self, allowed: Sequence[Network], clock: Clock, limits: Limits):
        super().__init__(verify=_certificates(), trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=_certificates(),
            max_keepalive_connections=0,
            network_backend=_Checked(allowed, clock, limits.connect_seconds),
        )


@cache  # read once per process
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)
