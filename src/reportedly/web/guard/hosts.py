"""Refuses requests under host names that are not ours, so that no page elsewhere can pose as this one (DNS rebinding).

A name that somebody else controls may come to point here, and a page under it would then be of one origin with ours.
Such an attack needs a name: addresses are let in as they are. So is localhost, which no name server is asked for.
"""

from __future__ import annotations

from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from reportedly.web.problems import refuse


class Hosts:
    """Lets requests through under ``names``, localhost and any address."""

    def __init__(self, app: ASGIApp, names: tuple[str, ...]) -> None:
        self._app = app
        self._names = {name.lower().rstrip(".") for name in names} | {"localhost"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse with 421, or go on."""
        if scope["type"] == "http" and not self._is_ours(Headers(scope=scope).getlist("host")):
            detail = "This is no host name of this application. Its own are given with --name."
            await refuse(421, "Not this host", detail, scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_ours(self, given: list[str]) -> bool:
        if len(given) != 1:
            return False
        name = host_of(given[0])
        return name in self._names or _is_address(name)


def host_of(netloc: str) -> str:
    """The host in "host:port", in lower case: a name, or an address without brackets."""
    if netloc.startswith("["):
        return netloc[1:].partition("]")[0].lower()
    return netloc.partition(":")[0].lower().rstrip(".")


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
