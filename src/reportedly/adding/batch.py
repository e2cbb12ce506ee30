"""A batch: many inputs into a library, and gone on with when it was broken off.

A file or URL is one job, whatever number of articles it holds. Each article is written as soon as it is read. A job is
written down as done when its last article is; until then it counts as not begun, and what of it is in the library
already is not read again. Pages are fetched by this process for all, so that each host is asked at one pace.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from reportedly.adding.crew import Crew
from reportedly.adding.messages import Done, Fetch, Found, Job, Lost, Page, Refused, Setup
from reportedly.errors import InputError, NotTextError
from reportedly.ingest import STDIN, Columns, Fetcher, Input, Options, failure_of, inputs_of
from reportedly.pipeline import maker
from reportedly.schema import Failure, Reading
from reportedly.store import Library, Outcome, Stamp

_Answer = Callable[[Page | Refused], None]

# Each process holds the model, some 200 MB; more than so many are only taken where they are asked for.
MOST_WORKERS = 4


@dataclass(frozen=True, slots=True)
class AddOptions:
    """How inputs are added.

    ``workers`` is the number of processes that read, by default that of the cores, at most four. ``again`` reads also
    what another maker has read. ``columns``, ``fetcher`` and ``model`` are as for ``Reader``.
    """

    workers: int | None = None
    again: bool = False
    columns: Columns = Columns()  # noqa: RUF009 - frozen
    fetcher: Fetcher | None = None
    model: Path | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch has come.

    ``sources`` are the files and URLs to be read, ``finished`` those that were, ``skipped`` those that were read
    before and have not changed. ``added`` and ``known`` count articles: new in the library, or there already.
    """

    sources: int = 0
    finished: int = 0
    skipped: int = 0
    added: int = 0
    known: int = 0


def add_inputs(library: Library, inputs: Iterable[str], options: AddOptions) -> Iterator[Progress | Failure]:
    """Read inputs into the library; after every step how far it has come, and each failure as it happens.

    What has been given out as progress is on the disk. Stopping at any moment loses nothing: the same call goes on.
    """
    return _Batch(library, options).run(inputs)


@dataclass(slots=True)
class _Open:
    """A job that is being done: what came of it so far."""

    articles: int = 0
    failures: list[Failure] = field(default_factory=list)


class _Batch:
    """One call of ``add_inputs``."""

    def __init__(self, library: Library, options: AddOptions) -> None:
        self._library = library
        self._options = options
        self._maker = maker(options.model)
        self._stamps: list[Stamp] = []  # by the number of the job
        self._open: dict[int, _Open] = {}
        self._finished = self._skipped = self._added = self._known = 0

    def run(self, inputs: Iterable[str]) -> Iterator[Progress | Failure]:
        """Do it."""
        jobs: deque[Job] = deque()
        for item in self._sources(inputs):
            if isinstance(item, Failure):
                self._library.sources.finish(Stamp(item.path), self._maker, Outcome(0, [item]))
                yield item
            else:
                jobs.append(item)
        yield self._progress()
        if not jobs:
            return
        options = self._options
        setup = Setup(self._library.where, self._maker, options.again, options.columns, options.model)
        size = min(options.workers or min(os.cpu_count() or 1, MOST_WORKERS), len(jobs))
        with _Pages(options.fetcher, size) as pages, Crew(setup, size, jobs) as crew:
            for worker, message in crew.messages():
                if isinstance(message, Fetch):
                    pages.fetch(message.url, worker.answer)
                else:
                    yield from self._taken(message)

    def _sources(self, inputs: Iterable[str]) -> Iterator[Job | Failure]:
        """The jobs that are to be done, each source once; those that need not be done are counted."""
        seen: set[str] = set()
        for given in inputs:
            empty = True
            for item in inputs_of(given, Options(self._options.columns)):
                empty = False
                if isinstance(item, InputError):
                    yield failure_of(item)
                elif (stamp := _stamp(item)).path not in seen:
                    seen.add(stamp.path)
                    yield from self._job(item, stamp)
            if empty:
                yield failure_of(NotTextError(given, "holds no article", "check that it is what you meant to give"))

    def _job(self, item: Input, stamp: Stamp) -> Iterator[Job]:
        if self._library.sources.is_done(stamp, self._maker if self._options.again else None):
            self._skipped += 1
            return
        yield Job(len(self._stamps), item)
        self._stamps.append(stamp)

    def _taken(self, message: Found | Done | Lost) -> Iterator[Progress | Failure]:
        """Write what a worker found, and say what that was."""
        job = self._open.setdefault(message.job, _Open())
        if isinstance(message, Found) and isinstance(message.result, Failure):
            job.failures.append(message.result)
            yield message.result
        elif isinstance(message, Found):
            job.articles += 1
            new = isinstance(message.result, Reading) and self._library.add(message.result)
            self._added, self._known = self._added + new, self._known + (not new)
        else:
            if isinstance(message, Lost):
                lost = Failure(self._stamps[message.job].path, message.reason, "try it by itself; the others go on")
                job.failures.append(lost)
                yield lost
            outcome = Outcome(job.articles, job.failures, broken=isinstance(message, Lost))
            self._library.sources.finish(self._stamps[message.job], self._maker, outcome)
            del self._open[message.job]
            self._finished += 1
        yield self._progress()

    def _progress(self) -> Progress:
        return Progress(len(self._stamps), self._finished, self._skipped, self._added, self._known)


def _stamp(item: Input) -> Stamp:
    """A source as it is now. URLs and standard input may hold something else each time."""
    if item.path == STDIN or "://" in item.path:
        return Stamp(item.path)
    path = os.path.abspath(item.path)
    try:
        found = os.stat(path)
    except OSError:  # whoever reads it will say what is wrong
        return Stamp(path)
    return Stamp(path, found.st_size, found.st_mtime_ns)


class _Pages:
    """Fetches pages for the processes, each in a thread, all by one fetcher."""

    def __init__(self, fetcher: Fetcher | None, size: int) -> None:
        self._given = fetcher
        self._pool = ThreadPoolExecutor(size, "fetch")

    def __enter__(self) -> _Pages:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def fetch(self, url: str, answer: _Answer) -> None:
        """Fetch a page, and answer with it or with why there is none."""
        if self._given is None:
            from reportedly.ingest.fetch import Fetcher  # the HTTP client takes time to load

            self._given = Fetcher()
        self._pool.submit(_fetched, self._given, url, answer)


def _fetched(fetcher: Fetcher, url: str, answer: _Answer) -> None:
    try:
        found = fetcher.fetch(url)
        reply: Page | Refused = Page(found.final_url, found.content, found.charset, found.fetched_at)
    except InputError as error:
        reply = Refused(error.path, error.reason, error.remedy)
    with suppress(OSError):  # the process has died meanwhile
        answer(reply)
