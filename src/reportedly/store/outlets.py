"""The outlets of a library: how much each has, and what stands behind its statements."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from reportedly.store.library import Library
from reportedly.store.records import kept
from reportedly.store.selection import STANDING

Order = Literal["articles", "statements", "name", "last"]

_ORDERS: dict[Order, str] = {
    "articles": "n DESC, name",
    "statements": "statements DESC, name",
    "name": "name",
    "last": "last_day DESC, name",
}


@dataclass(frozen=True, slots=True)
class OutletEntry:
    """An outlet in the list of all. ``first`` and ``last`` are days of publication (20340913, or 0)."""

    name: str
    articles: int
    statements: int
    first: int
    last: int
    standing: dict[str, int]


def outlets(library: Library, limit: int, offset: int = 0, order: Order = "articles") -> tuple[list[OutletEntry], int]:
    """A part of the list of outlets, and how many there are."""
    with library._database.reading() as session:
        total = int(session.value("SELECT count(DISTINCT outlet) FROM article") or 0)
        rows = session.rows(
            "SELECT o.id, o.name AS name, count(*) AS n, sum(a.statements) AS statements,"  # noqa: S608 - no value is in it
            " coalesce(min(CASE WHEN a.published > 0 THEN a.published END), 0), max(a.published) AS last_day"
            " FROM article AS a JOIN outlet AS o ON o.id = a.outlet GROUP BY o.id, o.name"
            f" ORDER BY {_ORDERS[order]} LIMIT :limit OFFSET :offset",
            limit=limit,
            offset=offset,
        )
        chosen, given = session.chosen([row[0] for row in rows])
        kinds = session.rows(
            f"SELECT s.outlet, {STANDING} AS standing, count(*) FROM statement AS s"  # noqa: S608 - no value is in it
            f" WHERE s.outlet IN {chosen}"
            " GROUP BY s.outlet, standing",
            chosen=given,
        )
    standing: dict[int, dict[str, int]] = defaultdict(dict)
    for outlet, kind, number in kinds:
        standing[outlet][kind] = int(number)
    return [
        OutletEntry(name, int(n), int(statements), int(first), int(last), standing[key])
        for key, name, n, statements, first, last in rows
    ], total


def is_outlet(library: Library, name: str) -> bool:
    """Whether the library has articles of an outlet."""
    with library._database.reading() as session:
        sql = "SELECT 1 FROM article AS a JOIN outlet AS o ON o.id = a.outlet WHERE o.name = :name LIMIT 1"
        return session.row(sql, name=kept(name)) is not None


def outlet_names(library: Library, most: int) -> tuple[str, ...]:
    """The names of the outlets with the most articles, in the order of the alphabet."""
    with library._database.reading() as session:
        rows = session.rows(
            "SELECT o.name, count(*) AS n FROM article AS a JOIN outlet AS o ON o.id = a.outlet GROUP BY o.name"
            " ORDER BY n DESC, o.name LIMIT :most",
            most=most,
        )
    return tuple(sorted(name for name, _ in rows))
