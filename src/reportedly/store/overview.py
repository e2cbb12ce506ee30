"""What a library holds, as its first page tells it: how much, from whom, how it is sourced; the articles in order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from reportedly.schema import Article
from reportedly.store.codes import SPEAKER_TYPES
from reportedly.store.library import Library
from reportedly.store.records import unpack_statement, unpack_text
from reportedly.store.results import Count
from reportedly.store.rows import READINGS, Row

Order = Literal["added", "published"]

# Outlets and speakers that are told.
MOST_NAMES = 10

_ORDERS: dict[Order, str] = {"added": "a.id DESC", "published": "a.published DESC, a.id DESC"}
_OF_OUTLET = (
    " AND a.id IN (SELECT s.article FROM statement AS s JOIN outlet AS o ON s.outlet = o.id WHERE o.name = :outlet)"
)
_NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Overview:
    """How much a library holds.

    ``standing`` counts statements by what stands behind them, in the words of ``export.words.standing``: named,
    unnamed, group, document, author, nobody. ``outlets`` counts articles, ``speakers`` statements of people who are
    named; both have the most frequent only. ``first`` and ``last`` are the days (20340913) of the oldest and the
    newest article.
    """

    articles: int
    statements: int
    sources: int
    first: int | None
    last: int | None
    standing: dict[str, int]
    outlets: tuple[Count, ...]
    speakers: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in a list: the id under which it is kept, what is known of it, and how many statements it has."""

    key: str
    article: Article
    statements: int


def overview(library: Library) -> Overview:
    """What a library holds. Takes a look at every statement: a second for a million."""
    with library._database.reading() as session:
        articles, statements, first, last = session.row(
            "SELECT count(*), coalesce(sum(statements), 0), min(CASE WHEN published > 0 THEN published END),"
            " max(CASE WHEN published > 0 THEN published END) FROM article"
        ) or (0, 0, None, None)
        kinds = session.rows(
            "SELECT type, anonymous, CASE WHEN speaker IS NULL THEN 1 ELSE 0 END AS nobody, count(*) FROM statement"
            " GROUP BY type, anonymous, nobody"
        )
        outlets = session.rows(
            "SELECT o.name, count(DISTINCT s.article) AS found FROM statement AS s JOIN outlet AS o ON s.outlet = o.id"
            " GROUP BY o.name ORDER BY found DESC, o.name LIMIT :most",
            most=MOST_NAMES,
        )
        speakers = session.rows(
            "SELECT speaker, count(*) AS found FROM statement WHERE type = :person AND anonymous = 0"
            " AND speaker IS NOT NULL GROUP BY speaker ORDER BY found DESC, speaker LIMIT :most",
            person=SPEAKER_TYPES.index("person"),
            most=MOST_NAMES,
        )
        sources = int(session.value("SELECT count(*) FROM source_file") or 0)
    standing: Counter[str] = Counter()
    for code, anonymous, nobody, count in kinds:
        standing[_standing(SPEAKER_TYPES[code], bool(anonymous), bool(nobody))] += int(count)
    return Overview(
        articles=int(articles),
        statements=int(statements),
        sources=sources,
        first=first,
        last=last,
        standing=dict(standing),
        outlets=tuple(Count(name, int(count)) for name, count in outlets),
        speakers=tuple(Count(name, int(count)) for name, count in speakers),
    )


def _standing(kind: str, anonymous: bool, nobody: bool) -> str:
    if nobody:
        return "author" if kind == "author" else _NOBODY
    if anonymous:
        return "unnamed"
    return kind if kind in ("unnamed", "group", "document", "author") else "named"


def entries(
    library: Library, limit: int, offset: int = 0, order: Order = "added", outlet: str | None = None
) -> tuple[list[Entry], int]:
    """A part of the list of articles, the newest first, and how many there are in all; perhaps of one outlet alone.

    An article without statements has no outlet here.
    """
    condition = _OF_OUTLET if outlet is not None else ""
    values = {"outlet": outlet} if outlet is not None else {}
    with library._database.reading() as session:
        total = int(session.value(f"SELECT count(*) FROM article AS a WHERE 1 = 1{condition}", **values) or 0)  # noqa: S608
        numbers = session.rows(
            f"SELECT a.id, a.statements FROM article AS a WHERE 1 = 1{condition}"  # noqa: S608 - no value is in it
            f" ORDER BY {_ORDERS[order]} LIMIT :limit OFFSET :offset",
            limit=limit,
            offset=offset,
            **values,
        )
        chosen, given = session.chosen([number for number, _ in numbers])
        rows = session.rows(f"{READINGS} WHERE r.current = 1 AND a.id IN {chosen}", chosen=given)
    found = {row.article: row for row in (Row(*values) for values in rows)}
    return [_entry(found[number], statements) for number, statements in numbers if number in found], total


def _entry(row: Row, statements: int) -> Entry:
    # Number 0, which no statement has: the article alone is wanted.
    reading = unpack_statement(row.record, unpack_text(row.text), row.maker, 0)
    return Entry(row.hash, reading.article, int(statements))
