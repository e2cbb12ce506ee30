"""What the screens work with: the library, the reader, what visitors wait for. One for the whole application."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, HTTPException, Request

from reportedly.export.words import headline
from reportedly.schema import Article, Reading, article_id
from reportedly.store import Library
from reportedly.web.guard.rate import Buckets
from reportedly.web.jobs import Added, Jobs
from reportedly.web.settings import Settings
from reportedly.web.tray import Tray

if TYPE_CHECKING:
    from reportedly.ingest.fetch import Fetcher
    from reportedly.pipeline import Reader


class Desk:
    """Shared by all threads. Reader and fetcher are made when they are first needed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.library = Library(settings.library)
        self.tray = Tray(settings.limits.kept)
        self.jobs = Jobs(self)
        self.logins = Buckets(settings.limits.logins / 60, settings.limits.logins)
        self._readings = Buckets(settings.limits.readings / 60, settings.limits.readings)
        self._turns = threading.BoundedSemaphore(settings.limits.at_once)
        self._lock = threading.Lock()
        self._reader: Reader | None = None
        self._fetcher: Fetcher | None = None

    def close(self) -> None:
        """Stop what runs in the background, and let go of the library."""
        self.jobs.close()
        if self._fetcher is not None:
            self._fetcher.close()
        self.library.close()

    def read(self, article: Article) -> Reading:
        """The reading of an article. Raises 503 where too many wait for theirs."""
        with self._turn():
            return self.reader().read(article)

    def keep(self, reading: Reading) -> Added:
        """Put a reading into the library, where it is new."""
        new = self.library.add(reading)
        key = article_id(reading.article.text, reading.article.url)
        return Added(key, headline(reading.article), new)

    def take_share(self, visitor: str) -> None:
        """Count a reading for a visitor. Raises 429 where they had their share."""
        wait = self._readings.wait(visitor)
        if wait:
            raise HTTPException(429, "That was much in a short time. Wait a moment and try again.", _after(wait))

    def reader(self) -> Reader:
        """The reader that all share. Loading it takes a tenth of a second, and some 100 MB."""
        from reportedly.pipeline import Reader

        with self._lock:
            if self._reader is None:
                self._reader = Reader(self.settings.model)
            return self._reader

    def fetcher(self) -> Fetcher:
        """What fetches addresses, with the guards of ``ingest``: public addresses only, bounded in size and time."""
        from reportedly.ingest.fetch import Fetcher, FetchOptions

        settings = self.settings
        with self._lock:
            if self._fetcher is None:
                options = FetchOptions(offline=settings.offline, allow_private=settings.allow_private)
                self._fetcher = Fetcher(options)
            return self._fetcher

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=self.settings.limits.patience / 2):
            raise HTTPException(503, "Too many texts are being read just now. Try again in a moment.", _after(5))
        try:
            yield
        finally:
            self._turns.release()


def _after(seconds: float) -> dict[str, str]:
    return {"retry-after": str(int(seconds) + 1)}


def desk_of(request: Request) -> Desk:
    """The application's desk."""
    desk: Desk = request.app.state.desk
    return desk


AtDesk = Annotated[Desk, Depends(desk_of)]
