"""Readings that are not in the library: of what was given to be read, until somebody adds it or it is old."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass

from reportedly.schema import Failure, Reading

# Characters of text that are kept for all visitors together; beyond it the oldest go.
MOST_CHARACTERS = 50_000_000


@dataclass(frozen=True, slots=True)
class Batch:
    """What was given at one time: readings and failures in order, and whether there was more than was read."""

    owner: str | None
    results: tuple[Reading | Failure, ...]
    more: bool = False

    @property
    def size(self) -> int:
        """Characters of text."""
        return sum(len(item.article.text) for item in self.results if isinstance(item, Reading))


class Tray:
    """Holds so many batches, the newest, each under a key that nobody can guess."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._batches: OrderedDict[str, Batch] = OrderedDict()

    def put(self, batch: Batch) -> str:
        """Keep a batch; its key."""
        key = secrets.token_urlsafe(16)
        with self._lock:
            self._batches[key] = batch
            size = sum(kept.size for kept in self._batches.values())
            while len(self._batches) > 1 and (len(self._batches) > self._most or size > MOST_CHARACTERS):
                size -= self._batches.popitem(last=False)[1].size
        return key

    def get(self, key: str, owner: str | None) -> Batch | None:
        """The batch with this key, for whom it belongs to."""
        with self._lock:
            batch = self._batches.get(key)
        return batch if batch is not None and batch.owner == owner else None
