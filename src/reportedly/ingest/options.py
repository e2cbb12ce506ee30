"""What the ways in can be told: ``Options``; and what they ask of a fetcher."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

MAX_BYTES = 20_000_000  # of one article; the longest news pages seen are under 3 MB


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a dump (JSONL, Parquet) hold what; a dot goes into an object ("source.name").

    ``text`` must be there; it may hold a text or a page's HTML. The others may be missing.
    """

    text: str = "text"
    title: str = "title"
    url: str = "url"
    outlet: str = "outlet"
    published: str = "published"
    byline: str = "byline"
    id: str = "id"


class Fetched(Protocol):
    """What was at a URL: bytes, unpacked, and what the server said of them; ``final_url`` is after redirects."""

    @property
    def final_url(self) -> str: ...  # noqa: D102 - said above
    @property
    def content(self) -> bytes: ...  # noqa: D102
    @property
    def charset(self) -> str | None: ...  # noqa: D102
    @property
    def fetched_at(self) -> datetime: ...  # noqa: D102


class Fetcher(Protocol):
    """Whatever can fetch a page."""

    def fetch(self, url: str) -> Fetched:
        """What is at the URL. Raises InputError, whose ``path`` is the URL, where nothing is to be had."""
        ...


@dataclass(frozen=True, slots=True)
class Options:
    """How inputs are read.

    ``max_bytes`` is the size of one article's file or record, unpacked; containers may be of any size. Without a
    ``fetcher`` URLs are not read, nor what feeds and sitemaps only link to. ``every_language`` reads other
    languages than English as if they were English.
    """

    columns: Columns = Columns()
    fetcher: Fetcher | None = None
    max_bytes: int = MAX_BYTES
    every_language: bool = False
