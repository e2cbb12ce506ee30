"""What the batch and the processes that read for it say to one another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reportedly.ingest import Columns, Input
from reportedly.schema import Failure, Maker, Reading


@dataclass(frozen=True, slots=True)
class Job:
    """A file or URL to be read, by its number in the batch."""

    number: int
    item: Input


@dataclass(frozen=True, slots=True)
class Setup:
    """What a process needs to know: the library, what it need not read, and how to read."""

    library: str | Path
    maker: Maker
    again: bool
    columns: Columns
    model: Path | None


@dataclass(frozen=True, slots=True)
class Found:
    """An article of a job was read, could not be, or (None) is in the library already."""

    job: int
    result: Reading | Failure | None


@dataclass(frozen=True, slots=True)
class Done:
    """A job has been read to its end."""

    job: int


@dataclass(frozen=True, slots=True)
class Lost:
    """The process that did a job died of it."""

    job: int
    reason: str


@dataclass(frozen=True, slots=True)
class Fetch:
    """A process wants a page."""

    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """The page that was wanted: a ``Fetched``."""

    final_url: str
    content: bytes
    charset: str | None
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there is no page."""

    path: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Ready:
    """A process can take jobs."""


@dataclass(frozen=True, slots=True)
class Unable:
    """A process cannot work at all."""

    reason: str
