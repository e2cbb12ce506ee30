"""The processes that read, as the batch sees them.

Each talks to the batch alone, over a pipe of its own, so that one that dies takes nothing with it. A pipe holds little:
a process whose findings are not taken waits. All of them end when this process does, however it ends.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing import reduction
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from reportedly.adding.messages import Done, Fetch, Found, Job, Lost, Page, Ready, Refused, Setup, Unable
from reportedly.adding.worker import work
from reportedly.errors import ReportedlyError
from reportedly.ingest import STDIN

# Jobs that a process is given at once: articles that go through the model together are read a quarter quicker, up to
# eight of them. Near the end they get fewer, so that all are done at the same time.
MOST_JOBS = 8
ROUNDS = 4
# So many processes, one after another, may die before they can begin: then it is not by chance.
MOST_STILLBORN = 3


@dataclass(eq=False, slots=True)
class Worker:
    """A process of the crew, as this one sees it."""

    process: SpawnProcess
    channel: Connection
    jobs: deque[Job] = field(default_factory=deque)  # what it was given and has not done
    ready: bool = False  # whether it has ever been

    def answer(self, reply: Page | Refused) -> None:
        """Give it the page that it waits for."""
        self.channel.send(reply)


class Crew:
    """So many processes and the jobs that they are to do. A context: at its end no process is left."""

    def __init__(self, setup: Setup, size: int, jobs: deque[Job]) -> None:
        self._setup = setup
        self._size = size
        self._jobs = jobs
        self._alone: deque[Job] = deque()  # of a process that died: one of these killed it
        self._reads_stdin = any(job.item.path == STDIN for job in jobs)
        self._workers: list[Worker] = []
        self._stillborn = 0  # processes that died before they could begin, one after another

    def __enter__(self) -> Crew:
        self._workers = [self._hired() for _ in range(self._size)]
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join()
            worker.channel.close()

    def messages(self) -> Iterator[tuple[Worker, Found | Done | Lost | Fetch]]:
        """What the processes have to say, until all jobs are done.

        Raises ReportedlyError where a process cannot begin to work.
        """
        while self._left() or any(worker.jobs for worker in self._workers):
            there = {worker.channel: worker for worker in self._workers}
            for channel in wait(list(there)):
                worker = there[channel]  # type: ignore[index]
                try:
                    message = worker.channel.recv()
                except (EOFError, OSError):
                    yield from self._buried(worker)
                    continue
                if isinstance(message, Unable):
                    raise ReportedlyError(message.reason)
                if isinstance(message, Ready):
                    worker.ready, self._stillborn = True, 0
                    self._give(worker)
                    continue
                if isinstance(message, Done):
                    worker.jobs.popleft()
                yield worker, message

    def _left(self) -> bool:
        return bool(self._jobs or self._alone)

    def _hired(self) -> Worker:
        context = multiprocessing.get_context("spawn")  # the model's threads do not survive a fork
        ours, theirs = context.Pipe()
        stdin = reduction.DupFd(sys.stdin.fileno()) if self._reads_stdin else None
        process = context.Process(target=work, args=(theirs, self._setup, stdin), daemon=True)
        process.start()
        theirs.close()
        return Worker(process, ours)

    def _give(self, worker: Worker) -> None:
        """The next jobs for a process that has none."""
        number = max(1, min(MOST_JOBS, len(self._jobs) // (self._size * ROUNDS)))
        if not self._jobs:
            number = 1
        while self._left() and len(worker.jobs) < number:
            worker.jobs.append((self._jobs or self._alone).popleft())
        if not worker.jobs:
            return
        try:
            worker.channel.send(tuple(worker.jobs))
        except OSError:  # it has died meanwhile, and not of these; the end of its channel is still to be read
            self._alone.extend(worker.jobs)
            worker.jobs.clear()

    def _buried(self, worker: Worker) -> Iterator[tuple[Worker, Lost]]:
        """Go on without a process that died, with a new one in its place."""
        worker.process.join()
        worker.channel.close()
        self._workers.remove(worker)
        how = _ended(worker.process.exitcode)
        self._stillborn += not worker.ready
        if self._stillborn > MOST_STILLBORN:
            raise ReportedlyError(f"a process that was to read {how} before it began: try fewer workers")
        if len(worker.jobs) == 1:
            yield worker, Lost(worker.jobs[0].number, f"the process that read it {how}")
        else:
            self._alone.extend(worker.jobs)
        if self._left():
            self._workers.append(self._hired())


def _ended(code: int | None) -> str:
    """How a process ended, in words."""
    if code is not None and code < 0:
        return f"was killed ({signal.Signals(-code).name})"
    return f"ended (exit code {code})"
