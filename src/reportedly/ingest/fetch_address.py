"""Where a request may go: URLs that are fetched, and addresses that are connected to.

A page names its own links and redirects, and a name server answers what it likes. So no name is trusted: each
request resolves its host once, checks every address that comes back, and connects to a checked address, never to
the name again. A second answer of the name server ("DNS rebinding") is thus never asked for, and 2130706433,
0x7f.1 or a name of one's own for 127.0.0.1 are judged by what they resolve to.
"""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore2
import httpx2

from reportedly.errors import RefusedError

MAX_URL = 8000  # characters; servers rarely take more

# Pages are served on these and on ports that need no privilege; the rest below 1024 is mail, shells, files.
WEB_PORTS = frozenset({80, 443})
FREE_PORTS = range(1024, 65536)

CONNECTING = 10.0  # seconds that one of several addresses may take to be reached, before the next is tried

_UNICAST = IPv6Network("2000::/3")  # all that IANA has given out for the public internet
_NAT64 = IPv6Network("64:ff9b::/96")  # an IPv4 address in its last four bytes (RFC 6052)

_HOST = re.compile(rb"[a-z0-9._-]+|[0-9a-f:.]+")  # a name or an address; "http://a b/" has neither

Resolver = Callable[[str, int], Iterable[str]]


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, in the system's order of preference. Raises OSError if it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def checked_url(url: str, base: httpx2.URL | None = None) -> httpx2.URL:
    """The URL, without its fragment, if it is one that is fetched. ``base`` is the page that it stands on.

    Raises RefusedError for what is not http or https, has no host, holds credentials or names a port of
    another service.
    """
    shown = without_credentials(url)
    try:
        if len(url) > MAX_URL:
            raise RefusedError(shown[:80], f"a URL of more than {MAX_URL} characters", "check the address")
        parsed = httpx2.URL(url) if base is None else base.join(url)
    except (httpx2.InvalidURL, ValueError) as error:
        raise RefusedError(shown, f"not a URL ({error})", "check the address") from error
    if parsed.scheme not in ("http", "https") or not _HOST.fullmatch(parsed.raw_host):
        raise RefusedError(shown, "not an http or https URL of a host", "save the page and give the file")
    if parsed.userinfo:
        raise RefusedError(shown, "a URL with a user name or password in it", "save the page and give the file")
    if parsed.port is not None and parsed.port not in WEB_PORTS and parsed.port not in FREE_PORTS:
        raise RefusedError(shown, f"port {parsed.port} is not one of the web's", "check the address")
    return parsed.copy_with(fragment=None)


def without_credentials(url: str) -> str:
    """The URL as it may be shown: a user name and password are left out."""
    scheme, mark, rest = url.partition("//")
    authority, slash, path = rest.partition("/")
    return f"{scheme}{mark}***@{authority.rpartition('@')[2]}{slash}{path}" if "@" in authority else url


def is_public(address: str) -> bool:
    """Whether an IPv4 or IPv6 address belongs to the public internet.

    It does not if it is private, loopback, link-local, multicast or reserved, nor if it carries an IPv4 address
    (mapped, NAT64, 6to4) that is.
    """
    parsed = ip_address(address)
    if isinstance(parsed, IPv4Address):
        return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved
    inner = _carried(parsed)
    if inner is not None:
        return is_public(str(inner))
    return parsed.is_global and parsed in _UNICAST


def _carried(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that a gateway would go on to from this one, if any."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


class CheckedTransport(httpx2.BaseTransport):
    """Makes each request over a connection of its own, to a checked address, with one deadline for all of it.

    A connection is never used twice: at one request a second there is nothing to gain, and a kept connection
    would outlive the check. Proxies named in the environment are not used, because the address behind them could
    not be checked. ``timeout`` is in seconds from the connection to the last byte, so a server that drips cannot
    hold on longer; only the system's own name resolution is outside of it.
    """

    def __init__(self, timeout: float, allow_private: bool, resolver: Resolver) -> None:
        self._timeout = timeout
        self._allow_private = allow_private
        self._resolver = resolver
        self._tls = httpx2.create_ssl_context()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer, its body unread. Raises RefusedError for an address that is not public, else httpcore2's."""
        url = httpcore2.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        connection = httpcore2.HTTPConnection(
            url.origin,
            ssl_context=self._tls,
            network_backend=_Network(self._check, time.monotonic() + self._timeout),
        )
        try:
            answer = connection.handle_request(httpcore2.Request(request.method, url, headers=request.headers.raw))
        except BaseException:
            connection.close()
            raise
        return httpx2.Response(answer.status, headers=answer.headers, stream=_Body(answer, connection))

    def _check(self, host: str, port: int) -> list[str]:
        """The addresses of a host, if all of them may be connected to."""
        try:
            addresses = list(self._resolver(host, port))
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError(f"{host} is not known: {error}") from error
        for address in addresses:
            if not self._allow_private and not is_public(address):
                raise RefusedError(
                    host,
                    "not a public address" if host == address else f"its address {address} is not public",
                    "allow private addresses (--allow-private) if you trust the page and all that it leads to",
                )
        return addresses


class _Network(httpcore2.SyncBackend):
    """Connects to the checked addresses of a host, one after the other until one answers."""

    def __init__(self, addresses: Callable[[str, int], list[str]], deadline: float) -> None:
        self._addresses = addresses
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        del timeout  # the deadline stands above it
        failure: Exception = httpcore2.ConnectError(f"{host} has no address")
        for address in self._addresses(host, port):
            patience = min(CONNECTING, _left(self._deadline))
            try:
                stream = super().connect_tcp(address, port, patience, local_address, socket_options)
                return _Stream(stream, self._deadline)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure


class _Stream(httpcore2.NetworkStream):
    """A stream on which every wait ends at the deadline, however little each one gives."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        del timeout
        return self._stream.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        del timeout
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> _Stream:
        del timeout
        secured = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline))
        return _Stream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout("the time for this request is over")
    return left


class _Body(httpx2.SyncByteStream):
    """The bytes of an answer; closing it closes the connection."""

    def __init__(self, answer: httpcore2.Response, connection: httpcore2.HTTPConnection) -> None:
        self._answer = answer
        self._connection = connection

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
        self._connection.close()
