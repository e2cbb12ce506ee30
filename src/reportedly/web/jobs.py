"""Adding in the background: one parcel after the other, in a thread, so that pages stay quick meanwhile.

Each article is in the library as soon as it is read. What waits or runs when the program ends is lost, what was added
is not.
"""

from __future__ import annotations

import dataclasses
import logging
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from fastapi import HTTPException

from reportedly.errors import ReportedlyError
from reportedly.schema import Article, Failure, Reading
from reportedly.web.inbox import Parcel, articles

if TYPE_CHECKING:
    from reportedly.web.desk import Desk

State = Literal["waiting", "running", "done", "stopped", "failed"]

# Jobs that may wait, and those that are remembered when they are over.
MOST_WAITING = 50
MOST_REMEMBERED = 200
# Failures and articles that are listed of one job; all are counted.
MOST_LISTED = 100

_log = logging.getLogger("reportedly.web")


@dataclass(frozen=True, slots=True)
class Added:
    """An article that a job has put into the library, or found there."""

    key: str
    title: str
    new: bool


@dataclass(frozen=True, slots=True)
class Job:
    """How far the adding of a parcel has come. ``trouble`` says why it failed as a whole."""

    number: int
    label: str
    parts: int
    asked_by: str | None
    asked_at: datetime
    state: State = "waiting"
    added: int = 0
    known: int = 0
    failed: int = 0
    articles: tuple[Added, ...] = ()
    failures: tuple[Failure, ...] = ()
    trouble: str = ""
    ended_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("done", "stopped", "failed")

    @property
    def is_more(self) -> bool:
        """Whether more came of it than is listed."""
        return self.added + self.known > len(self.articles) or self.failed > len(self.failures)


@dataclass(slots=True)
class _Order:
    """A job that is not over: its parcel, and whether it is to stop."""

    number: int
    parcel: Parcel
    stop: threading.Event = field(default_factory=threading.Event)


class Jobs:
    """All jobs of the application. Safe to use from many threads; the work is done in one of its own."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._jobs: OrderedDict[int, Job] = OrderedDict()
        self._orders: deque[_Order] = deque()
        self._running: _Order | None = None
        self._worker: threading.Thread | None = None
        self._last = 0
        self._closed = False

    def add(self, parcel: Parcel, asked_by: str | None) -> Job:
        """Add what is in a parcel, when it is its turn. Raises 503 where too many wait."""
        with self._lock:
            if len(self._orders) >= MOST_WAITING or self._closed:
                parcel.discard()
                raise HTTPException(503, "Too much is waiting to be added. Try again when some of it is done.")
            self._last += 1
            job = Job(self._last, parcel.label, len(parcel), asked_by, datetime.now(UTC))
            self._jobs[job.number] = job
            self._orders.append(_Order(job.number, parcel))
            self._forget_old()
            if self._worker is None:
                self._worker = threading.Thread(target=self._work, name="adding", daemon=True)
                self._worker.start()
        return job

    def get(self, number: int) -> Job | None:
        """A job as it is now."""
        with self._lock:
            return self._jobs.get(number)

    def all(self) -> list[Job]:
        """All jobs, the newest first."""
        with self._lock:
            return list(reversed(self._jobs.values()))

    def stop(self, number: int) -> None:
        """Let a job end before its next article; what it has added stays."""
        with self._lock:
            for order in self._orders:
                if order.number == number:
                    self._orders.remove(order)
                    order.parcel.discard()
                    self._change(number, state="stopped", ended_at=datetime.now(UTC))
                    return
            if self._running is not None and self._running.number == number:
                self._running.stop.set()

    def close(self) -> None:
        """Stop all, and wait for what runs to end."""
        with self._lock:
            self._closed = True
            waiting, worker = list(self._orders), self._worker
            if self._running is not None:
                self._running.stop.set()
        for order in waiting:
            self.stop(order.number)
        if worker is not None:
            worker.join(timeout=30)

    def _forget_old(self) -> None:
        over = [number for number, job in self._jobs.items() if job.is_over]
        for number in over[: max(0, len(self._jobs) - MOST_REMEMBERED)]:
            del self._jobs[number]

    def _change(self, number: int, **facts: object) -> None:
        """Write down how far a job has come. The lock is held."""
        self._jobs[number] = dataclasses.replace(self._jobs[number], **facts)  # type: ignore[arg-type]

    def _work(self) -> None:
        """Do what waits, then end: the thread is gone until there is something to do again."""
        while True:
            with self._lock:
                self._running = self._orders.popleft() if self._orders else None
                if self._running is None:
                    self._worker = None
                    return
                order = self._running
                self._change(order.number, state="running")
            self._end(order, *self._do(order))

    def _do(self, order: _Order) -> tuple[State, str]:
        """Add all that is in a parcel; how it ended."""
        try:
            for result in self._results(order):
                self._keep(order.number, result)
        except ReportedlyError as error:
            return "failed", str(error)
        except Exception:  # noqa: BLE001 - whatever it was, the jobs after it go on
            _log.exception("adding %d failed", order.number)
            return "failed", "a fault of the program, which has been written to its log"
        return ("stopped" if order.stop.is_set() else "done"), ""

    def _end(self, order: _Order, state: State, trouble: str) -> None:
        order.parcel.discard()
        with self._lock:
            self._change(order.number, state=state, trouble=trouble, ended_at=datetime.now(UTC))

    def _results(self, order: _Order) -> Iterator[Reading | Failure]:
        """What comes of each article, one by one: a chunk of many would keep others from the reader for long."""
        reader = self._desk.reader()
        for item in _until(order.stop.is_set, articles(order.parcel, self._desk.fetcher)):
            yield item if isinstance(item, Failure) else reader.read(item)

    def _keep(self, number: int, result: Reading | Failure) -> None:
        """Put a reading into the library and write down what came of it."""
        if isinstance(result, Failure):
            with self._lock:
                job = self._jobs[number]
                listed = (*job.failures, result) if len(job.failures) < MOST_LISTED else job.failures
                self._change(number, failed=job.failed + 1, failures=listed)
            return
        kept = self._desk.keep(result)
        with self._lock:
            job = self._jobs[number]
            listed_articles = (*job.articles, kept) if len(job.articles) < MOST_LISTED else job.articles
            self._change(number, added=job.added + kept.new, known=job.known + (not kept.new), articles=listed_articles)


def _until(ended: Callable[[], bool], items: Iterable[Article | Failure]) -> Iterator[Article | Failure]:
    for item in items:
        if ended():
            return
        yield item
