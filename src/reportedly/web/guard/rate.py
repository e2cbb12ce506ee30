"""So many requests a second, and no more: a bucket of tokens for each visitor, filled at an even rate."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

from starlette.types import ASGIApp, Receive, Scope, Send

from reportedly.web.problems import refuse

# Visitors that are remembered; the one not seen for longest is forgotten first.
MOST_VISITORS = 10_000


class Buckets:
    """Buckets by key: each holds ``size`` tokens and gets ``rate`` a second. May be shared between threads."""

    def __init__(self, rate: float, size: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._size = size
        self._clock = clock
        self._lock = threading.Lock()
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens, and when that was counted

    def wait(self, key: str) -> float:
        """Take a token: 0, or, where there is none, the seconds until there is one."""
        now = self._clock()
        with self._lock:
            held, then = self._held.pop(key, (float(self._size), now))
            held = min(self._size, held + (now - then) * self._rate)
            taken = held >= 1
            self._held[key] = (held - 1 if taken else held, now)
            while len(self._held) > MOST_VISITORS:
                self._held.popitem(last=False)
        return 0.0 if taken else (1 - held) / self._rate


def visitor_of(scope: Scope) -> str:
    """Whom to count a request for: its address; of IPv6 the network, which is one customer's."""
    client = scope.get("client")
    host = str(client[0]) if client else "unknown"
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(IPv6Address(int(address) >> 64 << 64)) if isinstance(address, IPv6Address) else host


class Rate:
    """Lets each address have its share."""

    def __init__(self, app: ASGIApp, rate: float, burst: int) -> None:
        self._app = app
        self._buckets = Buckets(rate, burst)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse with 429, or go on."""
        wait = self._buckets.wait(visitor_of(scope)) if scope["type"] == "http" else 0.0
        if wait:
            await refuse(429, "Too many requests", "Wait a moment and try again.", scope, receive, send, wait=wait)
            return
        await self._app(scope, receive, send)
