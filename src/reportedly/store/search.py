"""A search, from the query to its results.

The statements that match are taken as candidates, the newest first and so many at most; order, page and counts are of
these. So even the commonest word costs no more than that.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Protocol

from reportedly.store.codes import QUOTATIONS, SPEAKER_TYPES, STANCES, code
from reportedly.store.database import Session
from reportedly.store.days import interval
from reportedly.store.fulltext import FullText
from reportedly.store.passage import passage
from reportedly.store.person_ids import PERSON, parts, values_of
from reportedly.store.query import Phrase, Query, Wanted, wanted
from reportedly.store.records import place, thousandths, unpack_statement, unpack_text
from reportedly.store.results import Count, Facet, Hit, Results
from reportedly.store.rows import readings
from reportedly.store.speaker_counts import speaker_counts

# The most statements that are ordered and counted for one search. Of a million statements, the commonest words with two
# filters take half the time with so many that they take with 10,000 (benchmarks/library.py, p95).
MOST_CANDIDATES = 3_000
# The most statements that are put in order by how near they are, of which so many are then counted.
MOST_NEAR = 10 * MOST_CANDIDATES
# The values shown of each facet.
MOST_VALUES = 10

_COLUMNS = (
    "s.id, s.article, s.n, s.published, s.outlet, s.speaker, s.type, s.quotation, s.stance, s.anonymous, s.conditional,"
    " s.hedged, s.mention, s.content"
)


class Candidate(NamedTuple):
    """A statement that matches: ``_COLUMNS``, and its score."""

    id: int
    article: int
    n: int
    published: int
    outlet: int | None
    speaker: str | None
    type: int
    quotation: int | None
    stance: int | None
    anonymous: int
    conditional: int
    hedged: int
    mention: int | None
    content: int | None
    score: float


_NO_YES = ("no", "yes")
# Facets as they are shown, with the column that each counts and the words for its numbers.
_FACETS: Mapping[str, tuple[str, Sequence[str] | None]] = {
    "speaker_type": ("type", SPEAKER_TYPES),
    "anonymous": ("anonymous", _NO_YES),
    "outlet": ("outlet", None),
    "quotation": ("quotation", QUOTATIONS),
    "stance": ("stance", STANCES),
    "conditional": ("conditional", _NO_YES),
    "hedged": ("hedged", _NO_YES),
}


@dataclass(frozen=True, slots=True)
class Search:
    """SQL and its values: the candidates of a query."""

    sql: str
    values: dict[str, Any]
    phrases: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Contents that are near to something by meaning: how near, by their keys, and whether there are yet more."""

    cosines: Mapping[int, float]
    more: bool


def planned(query: Query, words: FullText, contents: str | None = None) -> Search:
    """The SQL for a query; with ``contents``, SQL of rows, only of statements that have one of these.

    Raises QueryError where its words cannot be understood.
    """
    want = wanted(query)
    filters, values = _filters(query)
    values["most"] = MOST_CANDIDATES + 1
    if contents is not None:
        filters = f"AND s.content IN {contents} {filters}"
    if not want and contents is not None:
        sql = f"SELECT {_COLUMNS}, 0.0 AS score FROM statement AS s WHERE true {filters} ORDER BY s.id DESC LIMIT :most"  # noqa: S608
        return Search(sql, values, ())
    if not want and query.person is not None:
        sql = (
            f"SELECT {_COLUMNS}, 0.0 AS score FROM mention AS m CROSS JOIN article AS a CROSS JOIN statement AS s"  # noqa: S608
            f" WHERE m.person = {PERSON} AND a.id = m.article AND s.id >= a.first AND s.id < a.first + a.statements"
            f" AND s.mention = m.id {filters} ORDER BY a.published DESC, s.id DESC LIMIT :most"
        )
        return Search(sql, values, ())
    if not want:
        # From the newest article on, until enough are found: there is an index of articles by day, and of nothing else.
        sql = (
            f"SELECT {_COLUMNS}, 0.0 AS score FROM article AS a CROSS JOIN statement AS s"  # noqa: S608 - no values
            " WHERE s.id >= a.first AND s.id < a.first + a.statements"
            f" {filters} ORDER BY a.published DESC, a.id DESC, s.id LIMIT :most"
        )
        return Search(sql, values, ())
    values["match"] = words.match(want)
    return Search(words.candidates(_COLUMNS, filters, ranked=_by_relevance(query, want)), values, want.shown)


def search(session: Session, query: Query, words: FullText) -> Results:
    """What a library holds that answers the query."""
    plan = planned(query, words)
    found = [Candidate(*row) for row in session.rows(plan.sql, **plan.values)]
    return _results(session, query, plan, found)


def near_statements(session: Session, query: Query, words: FullText, near: Near) -> Results:
    """The statements that answer the query and have one of some contents, the nearest of them first."""
    chosen, numbers = session.chosen(list(near.cosines))
    plan = planned(query, words, chosen)
    rows = session.rows(plan.sql, **{**plan.values, "chosen": numbers, "most": MOST_NEAR})
    found = [row._replace(score=near.cosines[row.content or 0]) for row in (Candidate(*row) for row in rows)]
    results = _results(session, query, plan, sorted(found, key=lambda row: row.score, reverse=True))
    return replace(results, more=results.more or near.more)


def _results(session: Session, query: Query, plan: Search, found: list[Candidate]) -> Results:
    """One page of candidates in their order, and the counts of all."""
    more, found = len(found) > MOST_CANDIDATES, found[:MOST_CANDIDATES]
    by_date = query.sort == "date"
    ordered = sorted(found, key=lambda row: (0.0 if by_date else row.score, row.published, row.id), reverse=True)
    page = ordered[query.offset : query.offset + query.limit]
    return Results(
        hits=tuple(hits(session, page, plan.phrases)),
        total=len(found),
        more=more,
        facets=tuple(_facets(session, found)) if query.facets else (),
    )


def _by_relevance(query: Query, want: Wanted) -> bool:
    return query.sort != "date" and bool(want.groups)


def _filters(query: Query) -> tuple[str, dict[str, Any]]:
    """The conditions on a statement, each begun with AND, and their values."""
    conditions: list[tuple[str, str, Any]] = [
        ("s.type = :type", "type", code(SPEAKER_TYPES, query.speaker_type)),
        ("s.quotation = :quotation", "quotation", code(QUOTATIONS, query.quotation)),
        ("s.stance = :stance", "stance", code(STANCES, query.stance)),
        ("s.anonymous = :anonymous", "anonymous", _flag(query.anonymous)),
        ("s.conditional = :conditional", "conditional", _flag(query.conditional)),
        ("s.hedged = :hedged", "hedged", _flag(query.hedged)),
        ("s.said_last > 0 AND s.said_last >= :said_since", "said_since", _day(query.said_since, 0)),
        ("s.said_first > 0 AND s.said_first <= :said_until", "said_until", _day(query.said_until, 1)),
        ("s.published >= :published_since", "published_since", _day(query.published_since, 0)),
        ("s.published > 0 AND s.published <= :published_until", "published_until", _day(query.published_until, 1)),
        ("(s.confidence IS NULL OR s.confidence >= :confidence)", "confidence", _least(query.min_confidence)),
    ]
    if query.person is not None:
        conditions.append((_OF_PERSON, "person_key", ""))
    given = [(condition, name, value) for condition, name, value in conditions if value is not None]
    values = {name: value for _, name, value in given}
    return " ".join(f"AND {condition}" for condition, _, _ in given), values | _of_person(query)


_OF_PERSON = f"s.mention IN (SELECT id FROM mention WHERE person = {PERSON})"  # noqa: S608 - no value is in it


def _of_person(query: Query) -> dict[str, str]:
    """The values for a person who is asked for."""
    if query.person is None:
        return {}
    key, low = parts(query.person) or ("", "")
    return values_of(key, low)


def _flag(value: bool | None) -> int | None:
    return int(value) if value is not None else None


def _day(given: str | None, end: int) -> int | None:
    return interval(given)[end] if given is not None else None


def _least(share: float | None) -> int | None:
    return thousandths(share, math.ceil) if share is not None else None


class Found(Protocol):
    """A statement by its article and its number there."""

    @property
    def article(self) -> int:
        """The article's own number in the library."""

    @property
    def n(self) -> int:
        """The statement's number in the article's current reading."""

    @property
    def score(self) -> float:
        """How well it answers."""


def hits(session: Session, page: Sequence[Found], phrases: tuple[Phrase, ...] = ()) -> Iterator[Hit]:
    """Statements as they are shown, in the same order."""
    chosen, numbers = session.chosen(sorted({row.article for row in page}))
    rows = readings(session, f"r.current = 1 AND r.article IN {chosen}", chosen=numbers)
    articles = {row.article: (row, unpack_text(row.text)) for row in rows}
    for found in page:
        row, article = articles[found.article]
        reading = unpack_statement(row.record, article, row.maker, found.n)
        statement = next(item for item in reading.attributions if item.n == found.n)
        yield Hit(
            article=row.hash,
            span=place(statement),
            reading=reading,
            statement=statement,
            passage=passage(article, statement.content, phrases),
            score=round(float(found.score), 4),
        )


def _facets(session: Session, found: Sequence[Candidate]) -> Iterator[Facet]:
    yield Facet("speaker", *speaker_counts(session, found, MOST_VALUES))
    for field, (column, words) in _FACETS.items():
        counts = Counter(getattr(row, column) for row in found)
        del counts[None]
        yield _facet(field, _by_name(session, counts) if field == "outlet" else counts, words)
    yield _facet("carrier", _carriers(session, [row.id for row in found]), None)


def _facet(field: str, counts: Counter[Any], words: Sequence[str] | None) -> Facet:
    named = [(words[key] if words is not None else key, count) for key, count in counts.items()]
    best = sorted(named, key=lambda item: (-item[1], item[0]))[:MOST_VALUES]
    return Facet(field, tuple(Count(value, count) for value, count in best), len(named) - len(best))


def _by_name(session: Session, counts: Counter[int]) -> Counter[str]:
    chosen, numbers = session.chosen(list(counts))
    names = session.rows(f"SELECT id, name FROM outlet WHERE id IN {chosen}", chosen=numbers)  # noqa: S608
    return Counter({name: counts[key] for key, name in names})


def _carriers(session: Session, statements: Sequence[int]) -> Counter[str]:
    """How many of some statements each carrier carried."""
    chosen, numbers = session.chosen(statements)
    sql = f"SELECT name, count(DISTINCT statement) FROM carrier WHERE statement IN {chosen} GROUP BY name"  # noqa: S608
    return Counter(dict(session.rows(sql, chosen=numbers)))
