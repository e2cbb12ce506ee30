"""When a host may be asked again: so many requests a second, and not before it wishes."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# The longest that a host's wish is waited for. Sites that ask for more in their robots.txt are rare and mean
# crawlers that would read all of them.
MAX_CRAWL_DELAY = 30.0
MAX_HOLD = 60.0


class Pace:
    """Keeps requests to one host apart. ``gap`` is in seconds. May be shared between threads."""

    def __init__(self, gap: float) -> None:
        self._gap = gap
        self._gaps: dict[str, float] = {}
        self._free: dict[str, float] = {}  # when the next request may be made
        self._held: dict[str, float] = {}  # until when the host wishes to be left alone
        self._lock = threading.Lock()

    def slow(self, host: str, gap: float) -> None:
        """Keep requests to a host at least ``gap`` seconds apart, but no more than ``MAX_CRAWL_DELAY``."""
        self._gaps[host] = max(self._gap, min(gap, MAX_CRAWL_DELAY))

    def hold(self, host: str, seconds: float) -> None:
        """Leave a host alone for some seconds from now."""
        with self._lock:
            self._held[host] = max(self._held.get(host, 0.0), time.monotonic() + seconds)

    def held(self, host: str) -> float:
        """The seconds for which a host still wishes to be left alone."""
        return max(0.0, self._held.get(host, 0.0) - time.monotonic())

    def turn(self, host: str) -> None:
        """Wait until a host may be asked, and take that turn."""
        with self._lock:
            now = time.monotonic()
            start = max(now, self._free.get(host, 0.0), self._held.get(host, 0.0))
            self._free[host] = start + self._gaps.get(host, self._gap)
        if start > now:
            time.sleep(start - now)


def retry_after(value: str | None, now: datetime | None = None) -> float | None:
    """The seconds that a ``Retry-After`` header asks for (a number or a date), or None if it does not say."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value.strip()[:9])  # thirty years are enough
    try:
        then = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    then = then if then.tzinfo is not None else then.replace(tzinfo=UTC)
    return max(0.0, (then - (now or datetime.now(UTC))).total_seconds())
