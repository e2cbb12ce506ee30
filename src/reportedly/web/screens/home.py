"""*Library*: what it holds, how that is sourced, and what came last."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter

from reportedly.export import words
from reportedly.store import Library
from reportedly.store.overview import Entry, Overview, entries, overview
from reportedly.web.charts import Part
from reportedly.web.desk import AtDesk
from reportedly.web.screen import Table, screen
from reportedly.web.screens.articles import about_entry

LATEST = 8  # articles shown
# Seconds for which counts of a large library are good enough; a small one is counted anew each time.
FRESH = 60.0
SMALL = 50_000  # statements that are counted in some ten milliseconds

# What stands behind statements: in the order in which it is told, with its words, its colour and its pattern.
STANDINGS = (
    ("named", "named sources", 1, ""),
    ("unnamed", "unnamed sources", 2, "hatch"),
    ("group", "groups", 3, "posts"),
    ("document", "documents", 4, "lines"),
    ("author", "the authors’ own voice", 5, ""),
    ("nobody", "∅ nobody named", 6, ""),
)

router = APIRouter()


@dataclass(frozen=True, slots=True)
class HomeView:
    """The first page."""

    name: str
    held: Overview
    latest: tuple[Entry, ...]

    title: str = "Library"

    @property
    def standings(self) -> list[Part]:
        """How many statements have what behind them."""
        return [Part(label, self.held.standing.get(key, 0), fill, pattern) for key, label, fill, pattern in STANDINGS]

    @property
    def period(self) -> str:
        """From when to when the articles are, in words."""
        first, last = (_day(day) for day in (self.held.first, self.held.last))
        return first if first == last else f"{first} to {last}"

    def record(self) -> dict[str, Any]:
        """Counts, and the latest articles."""
        held = self.held
        return {
            "articles": held.articles,
            "statements": held.statements,
            "sources": held.sources,
            "published": {"first": _day(held.first) or None, "last": _day(held.last) or None},
            "standing": {key: held.standing.get(key, 0) for key, *_ in STANDINGS},
            "outlets": [{"name": count.value, "articles": count.count} for count in held.outlets],
            "speakers": [{"name": count.value, "statements": count.count} for count in held.speakers],
            "latest": [about_entry(entry) for entry in self.latest],
        }

    def table(self) -> Table:
        """One number a row."""
        held = self.held
        rows = [("articles", "", held.articles), ("statements", "", held.statements)]
        rows += [("statements", label, held.standing.get(key, 0)) for key, label, *_ in STANDINGS]
        rows += [("articles of", count.value, count.count) for count in held.outlets]
        rows += [("statements of", count.value, count.count) for count in held.speakers]
        return Table(("what", "of", "number"), rows)


def _day(day: int | None) -> str:
    """A day as it is written: 2034-09-13."""
    return f"{day // 10000}-{day // 100 % 100:02}-{day % 100:02}" if day else ""


class Counts:
    """The counts of libraries. Those of a large one are kept for a minute: they take a look at every statement."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[float, Overview]] = {}

    def of(self, library: Library) -> Overview:
        """What a library holds, now or not long ago."""
        with self._lock:
            at, kept = self._kept.get(library.name, (0.0, None))
            if kept is None or kept.statements < SMALL or time.monotonic() - at > FRESH:
                kept = overview(library)
                self._kept[library.name] = time.monotonic(), kept
        return kept


_counts = Counts()


@screen(router, "/", "home.html", section="home", json_path="/home")
def home(desk: AtDesk) -> HomeView:
    """What the library holds."""
    latest, _ = entries(desk.library, LATEST)
    return HomeView(words.one_line(desk.library.name), _counts.of(desk.library), tuple(latest))
