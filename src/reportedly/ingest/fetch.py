"""A URL -> the page, politely and safely: ``Fetcher``; and from there to the Article: ``read_url``.

Politely: it says who it is, keeps to robots.txt, asks a host once a second and waits when told to. Safely: it
connects to public addresses only (see ``fetch_address``), and time, size and redirects are bounded whatever a
server does.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Self

import httpcore2
import httpx2

from reportedly.errors import (
    FetchError,
    InputError,
    OfflineError,
    RobotsError,
    StatusError,
    UnreachableError,
)
from reportedly.ingest.fetch_address import CheckedTransport, Resolver, checked_url, resolve
from reportedly.ingest.fetch_answer import Answer, body_of, check_readable, check_status, headers_of
from reportedly.ingest.fetch_cache import Cache, Shelf, is_fresh, validators
from reportedly.ingest.fetch_pace import MAX_HOLD, Pace, retry_after
from reportedly.ingest.fetch_robots import Rules, robots_rules
from reportedly.ingest.inputs import read_path
from reportedly.ingest.options import MAX_BYTES, Options
from reportedly.schema import Article

PATIENCE = 300.0  # seconds after which no further redirect is followed: a server could make each one take minutes
TRIES = 3  # requests for one page of a host that asks to come back later
ROBOTS_LIFETIME = 3600.0  # seconds for which a site's rules are remembered; RFC 9309 allows a day
ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.9, text/*;q=0.8, */*;q=0.1"


def default_user_agent() -> str:
    """How Reportedly names itself to servers; its name in robots.txt is ``reportedly``."""
    return f"reportedly/{version('reportedly')} (reads news; keeps to robots.txt)"


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How pages are fetched.

    ``user_agent`` begins with the name that robots.txt files know the program by; add an address under which you
    can be reached. ``offline`` fetches nothing and gives what is in the ``cache``. ``keep_raw`` is a folder in which
    pages are kept, unpacked but otherwise as they came, each with its headers. ``allow_private`` lets requests go
    to private and loopback addresses. ``rate`` is in requests a second to one host (above 0), ``timeout`` in seconds
    for one request from the connection to the last byte, ``max_bytes`` the size of a page as sent and as unpacked.
    """

    user_agent: str = field(default_factory=default_user_agent)
    offline: bool = False
    cache: Path | None = None
    keep_raw: Path | None = None
    allow_private: bool = False
    rate: float = 1.0
    timeout: float = 30.0
    max_bytes: int = MAX_BYTES
    max_redirects: int = 8


@dataclass(frozen=True, slots=True)
class Page:
    """What was at a URL: the bytes, unpacked, and what the server said of them.

    ``final_url`` is where redirects led. ``fetched_at`` is when the server sent the page or last confirmed it;
    ``from_cache`` is true where its bytes came from the disk.
    """

    url: str
    final_url: str
    content: bytes
    content_type: str | None
    charset: str | None
    fetched_at: datetime
    from_cache: bool


class Fetcher:
    """Fetches pages. Make one and keep it: it remembers when it asked whom. May be shared between threads.

    ``resolver`` gives the addresses of a host; by default the system is asked.
    """

    def __init__(self, options: FetchOptions | None = None, resolver: Resolver = resolve) -> None:
        self._options = options = options or FetchOptions()
        self._client = httpx2.Client(
            transport=CheckedTransport(options.timeout, options.allow_private, resolver),
            headers={
                "user-agent": options.user_agent,
                "accept": ACCEPT,
                "accept-encoding": "gzip",
                "connection": "close",
            },
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            trust_env=False,
        )
        self._cache = Cache(options.cache) if options.cache is not None else None
        self._shelf = Shelf(options.keep_raw) if options.keep_raw is not None else None
        self._pace = Pace(1 / options.rate)
        self._sites: dict[str, tuple[float, Rules]] = {}  # rules of a site and when they were read

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of what the fetcher holds."""
        self._client.close()

    def fetch(self, url: str) -> Page:
        """The page at a URL.

        Raises a FetchError that says why there is none, NotTextError for content of a kind that is not read, and
        TooLargeError beyond the limit. The error's ``path`` is the URL as given, also after redirects.
        """
        start = checked_url(url)
        try:
            answer = self._follow(start, self._page)
            check_status(answer)
            if self._shelf is not None:
                self._shelf.keep(answer)
        except InputError as error:
            reason = error.reason if error.path == str(start) else f"{error.path}: {error.reason}"
            raise type(error)(url, reason, error.remedy) from error
        return Page(
            url=url,
            final_url=answer.url,
            content=answer.content,
            content_type=answer.content_type,
            charset=answer.charset,
            fetched_at=answer.fetched_at,
            from_cache=answer.from_cache,
        )

    def _follow(self, start: httpx2.URL, step: Callable[[httpx2.URL], Answer]) -> Answer:
        """The first answer that sends one nowhere else."""
        at, seen, until = start, {start}, time.monotonic() + PATIENCE
        for _ in range(self._options.max_redirects + 1):
            answer = step(at)
            if answer.redirect is None:
                return answer
            if time.monotonic() > until:
                raise UnreachableError(str(start), f"leads on after {PATIENCE:g} seconds", "try again later")
            at = checked_url(answer.redirect, base=at)
            if at in seen:
                raise FetchError(str(start), "redirects in a circle", "save the page in a browser and give the file")
            seen.add(at)
        raise FetchError(
            str(start), f"redirects more than {self._options.max_redirects} times", "give the address it ends at"
        )

    def _page(self, at: httpx2.URL) -> Answer:
        """One answer on the way to a page: from the cache as long as it is fresh, else from the server."""
        stored = self._cache.load(str(at)) if self._cache is not None else None
        if self._options.offline:
            if stored is None:
                raise OfflineError(str(at), "not in the cache, and fetching is off", "fetch it once while online")
            return stored
        if stored is not None and is_fresh(stored, self._options.user_agent):
            return stored
        self._check_robots(at)
        return self._ask(at, stored)

    def _check_robots(self, at: httpx2.URL) -> None:
        """Raise RobotsError for what the site does not want to be fetched; note the pace that it asks for."""
        rules = self._site_rules(at)
        if rules.crawl_delay is not None:
            self._pace.slow(at.host, rules.crawl_delay)
        if not rules.allow(at.raw_path.decode("ascii")):
            raise RobotsError(str(at), rules.reason, "save the page in a browser and give the file")

    def _site_rules(self, at: httpx2.URL) -> Rules:
        robots = at.copy_with(raw_path=b"/robots.txt")
        read_at, rules = self._sites.get(str(robots), (0.0, None))
        if rules is None or time.monotonic() - read_at > ROBOTS_LIFETIME:
            answer = self._follow(robots, self._robots_file)
            product = self._options.user_agent.partition("/")[0].strip()
            rules = robots_rules(answer.status, answer.content, product)
            self._sites[str(robots)] = time.monotonic(), rules
        return rules

    def _robots_file(self, at: httpx2.URL) -> Answer:
        stored = self._cache.load(str(at)) if self._cache is not None else None
        if stored is not None and is_fresh(stored, self._options.user_agent):
            return stored
        return self._ask(at, stored, any_kind=True)

    def _ask(self, at: httpx2.URL, stored: Answer | None, any_kind: bool = False) -> Answer:
        """The server's answer, after as many turns as it asks for; a stored one where it confirms that."""
        conditions = validators(stored) if stored is not None else {}
        for _ in range(TRIES):
            held = self._pace.held(at.host)
            if held > MAX_HOLD:
                raise StatusError(str(at), f"{at.host} asks to be left alone for {held:.0f} seconds", "try again then")
            self._pace.turn(at.host)
            answer = self._exchange(str(at), conditions, any_kind)
            wait = retry_after(answer.header("retry-after")) if answer.status in (429, 503) else None
            if wait is None:
                break
            self._pace.hold(at.host, wait)
        if answer.status == 304 and stored is not None:
            answer = stored.confirmed(by=answer)
        if self._cache is not None:
            self._cache.store(answer)
        return answer

    def _exchange(self, url: str, conditions: dict[str, str], any_kind: bool) -> Answer:
        """One request and its answer; the body of a 200 only, and only of a kind that is read."""
        try:
            with self._client.stream("GET", url, headers=conditions) as response:
                head = headers_of(response)
                answer = Answer(url, response.status_code, head, b"", datetime.now(UTC), self._options.user_agent)
                if answer.status != 200:
                    return answer
                if not any_kind:
                    check_readable(answer)
                return replace(answer, content=body_of(response, url, self._options.max_bytes))
        except httpcore2.TimeoutException as error:
            reason = f"no whole answer within {self._options.timeout:g} seconds"
            raise UnreachableError(url, reason, "try again later") from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            reason = f"the connection failed ({error})" if str(error) else "the connection broke off"
            raise UnreachableError(url, reason, "check the address and the network, or try again later") from error


def read_url(url: str, fetcher: Fetcher) -> Article:
    """The one article at a URL.

    ``Article.path`` is the URL as given, ``Article.url`` where redirects led, and ``Article.retrieved`` the day
    (UTC) on which the server last sent or confirmed the page. Raises what ``Fetcher.fetch`` and ``read_path`` raise.
    """
    return read_path(url, Options(fetcher=fetcher))
