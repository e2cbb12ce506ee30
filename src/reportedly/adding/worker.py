"""A process that reads: it has the model, takes jobs, and sends what it finds."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from typing import Any

from reportedly.adding.messages import Done, Fetch, Found, Job, Page, Ready, Refused, Setup, Unable
from reportedly.errors import FetchError, InputError, NotTextError, ReportedlyError
from reportedly.ingest import Options, failure_of, outcomes_of
from reportedly.pipeline import Reader
from reportedly.schema import Article, Failure, article_id
from reportedly.store import Library


def work(channel: Connection, setup: Setup, stdin: Any) -> None:
    """Read jobs until there are no more, or nobody is there to take what is found.

    ``stdin`` is the standard input of the program, where a job reads it: a process has none of its own.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the batch, which then ends its processes
    if stdin is not None:
        sys.stdin = io.TextIOWrapper(os.fdopen(stdin.detach(), "rb"))
    try:
        try:
            worker = _Worker(channel, setup)
        except ReportedlyError as error:
            channel.send(Unable(str(error)))
            return
        channel.send(Ready())
        while True:
            for message in worker.results(channel.recv()):
                channel.send(message)
            channel.send(Ready())
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass  # the batch has ended


class _Worker:
    """The reader of one process, and what it knows of the library."""

    def __init__(self, channel: Connection, setup: Setup) -> None:
        self._reader = Reader(setup.model, threads=1)
        self._library = Library(setup.library, create=False)
        self._options = Options(setup.columns, _Asking(channel))
        # What any maker has read is known, unless it is to be read again: then only what this one has.
        self._maker = setup.maker if setup.again else None

    def results(self, jobs: Sequence[Job]) -> Iterator[Found | Done]:
        """What the jobs hold, in order, with the end of each.

        Articles of several jobs go through the model together, so what was found at once (an article that is known,
        the end of a job) waits for those before it.
        """
        waiting: deque[Found | Done | int] = deque()  # a number stands for the next result, and is its job's
        for result in self._reader.read_many(self._unknown(jobs, waiting)):
            while not isinstance(job := waiting.popleft(), int):
                yield job
            yield Found(job, result)
        yield from (message for message in waiting if not isinstance(message, int))

    def _unknown(self, jobs: Sequence[Job], waiting: deque[Found | Done | int]) -> Iterator[Article | Failure]:
        """The articles that must be read, and the failures."""
        for job in jobs:
            empty = True
            for outcome in outcomes_of(job.item, self._options):
                empty = False
                if isinstance(outcome, Article) and self._is_known(outcome):
                    waiting.append(Found(job.number, None))
                else:
                    waiting.append(job.number)
                    yield failure_of(outcome) if isinstance(outcome, InputError) else outcome
            if empty:
                waiting.append(job.number)
                yield failure_of(NotTextError(job.item.path, "holds no article", "check that it is what you meant"))
            waiting.append(Done(job.number))

    def _is_known(self, article: Article) -> bool:
        return self._library.has(article_id(article.text, article.url), self._maker)


class _Asking:
    """A fetcher that asks the batch for its pages, so that all processes keep to one pace."""

    def __init__(self, channel: Connection) -> None:
        self._channel = channel

    def fetch(self, url: str) -> Page:
        """The page at a URL. Raises FetchError where there is none."""
        self._channel.send(Fetch(url))
        reply: Page | Refused = self._channel.recv()
        if isinstance(reply, Refused):
            raise FetchError(reply.path, reply.reason, reply.remedy)
        return reply
