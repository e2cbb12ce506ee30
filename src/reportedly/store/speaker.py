"""One person across the library: when, where, in what roles, through whom, and what they did with their words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from reportedly.schema import CarrierType, Speaker, SpeakerType
from reportedly.store.codes import CARRIER_TYPES, SPEAKER_TYPES, STANCES
from reportedly.store.database import Session
from reportedly.store.identity import KINDS, name_form
from reportedly.store.library import Library
from reportedly.store.person_ids import PERSON, parts, values_of, written
from reportedly.store.profile import Amount
from reportedly.store.records import kept
from reportedly.store.results import Count, Hit
from reportedly.store.search import hits
from reportedly.store.selection import Articles, Part, Statements, articles_part, statements_part

Shape = Literal["asserts", "denies", "hedged"]
Bucket = Literal["day", "month", "year"]

# Outlets, roles, carriers that are told.
MOST_VALUES = 12
# Points in time on one timeline; with more days than that months are counted, then years.
MOST_POINTS = 60

_DENIES = STANCES.index("denies")
# A denial is a denial, however it is hedged.
_SHAPE = f"CASE WHEN s.stance = {_DENIES} THEN 'denies' WHEN s.hedged = 1 THEN 'hedged' ELSE 'asserts' END"
_PER: dict[Bucket, int] = {"day": 1, "month": 100, "year": 10_000}


@dataclass(frozen=True, slots=True)
class Point:
    """Statements of one shape in one outlet at one time: ``at`` is a day (20340913), a month (203409) or a year."""

    outlet: str
    at: int
    shape: Shape
    statements: int


@dataclass(frozen=True, slots=True)
class CarrierCount:
    """A carrier through which statements came."""

    name: str
    type: CarrierType
    count: int


@dataclass(frozen=True, slots=True)
class SpeakerFacts:
    """What the library has of a speaker. ``undated`` is how many statements are of articles without a date."""

    amount: Amount
    articles: int
    first: int
    last: int
    types: tuple[tuple[SpeakerType, int], ...]
    names: tuple[Count, ...]
    roles: tuple[Count, ...]
    outlets: tuple[Count, ...]
    carriers: tuple[CarrierCount, ...]
    first_hand: int
    shapes: dict[Shape, int]
    declined: int
    bucket: Bucket
    points: tuple[Point, ...]
    undated: int


@dataclass(frozen=True, slots=True)
class Said:
    """Which of a person's statements: of which articles, which of these, and in what shape they stand on a timeline."""

    articles: Articles = field(default_factory=Articles)
    statements: Statements = field(default_factory=Statements)
    shape: Shape | None = None


class _Place(NamedTuple):
    """A statement: its article and its number there."""

    article: int
    n: int
    score: float = 0.0


def speaker_facts(library: Library, person: str) -> SpeakerFacts | None:
    """What the library has of a person, by the id; None where there is no such person."""
    with library._database.reading() as session:
        part = _said(person)
        row = session.row(
            "SELECT count(*), sum(s.words), count(DISTINCT s.article),"
            " min(CASE WHEN s.published > 0 THEN s.published END), max(s.published),"
            f" sum(CASE WHEN s.stance = {STANCES.index('withholds')} THEN 1 ELSE 0 END),"
            " sum(CASE WHEN s.rungs = 0 THEN 1 ELSE 0 END), sum(CASE WHEN s.published = 0 THEN 1 ELSE 0 END)"
            f" {part.sql}",
            **part.values,
        )
        if row is None or not row[0]:
            return None
        n, words, articles, first, last, declined, first_hand, undated = (int(value or 0) for value in row)
        bucket = _bucket(session, part)
        shapes = session.rows(f"SELECT {_SHAPE} AS shape, count(*) {part.sql} GROUP BY shape", **part.values)
        return SpeakerFacts(
            amount=Amount(n, words),
            articles=articles,
            first=first,
            last=last,
            types=_types(session, part),
            names=_counts(session, part, "s.speaker"),
            roles=_counts(session, part, "s.role"),
            outlets=_outlets(session, part),
            carriers=_carriers(session, part),
            first_hand=first_hand,
            shapes={shape: int(number) for shape, number in shapes},
            declined=declined,
            bucket=bucket,
            points=_points(session, part, bucket),
            undated=undated,
        )


def said_by(library: Library, person: str, which: Said, limit: int, offset: int = 0) -> tuple[tuple[Hit, ...], int]:
    """What a person is said to have said, the newest first, and how much of it there is in all."""
    with library._database.reading() as session:
        said, what = _said(person), statements_part(which.statements)
        of = articles_part(session, which.articles)
        sql, values = f"{said.sql} AND {of.sql} AND {what.sql}", {**said.values, **of.values, **what.values}
        if which.shape is not None:
            sql, values = f"{sql} AND {_SHAPE} = :shape", {**values, "shape": which.shape}
        total = int(session.value(f"SELECT count(*) {sql}", **values) or 0)
        rows = session.rows(
            f"SELECT s.article, s.n {sql} ORDER BY s.published DESC, s.id DESC LIMIT :limit OFFSET :offset",
            limit=limit,
            offset=offset,
            **values,
        )
        return tuple(hits(session, [_Place(*row) for row in rows])), total


def speaker_id(article: str, speaker: Speaker) -> str | None:
    """The id of the person that a speaker of an article is, by the article's hash; None where they have no name."""
    kind = KINDS.get(speaker.type)
    if speaker.name is None or kind is None or speaker.anonymous:
        return None
    form = name_form(kept(speaker.name) or "", kind)
    return written(form.key, article) if form is not None else None


def _said(person: str) -> Part:
    """The statements ``s`` of a person, with the mentions ``m`` and articles ``a`` that they stand in."""
    return Part(
        "FROM mention AS m CROSS JOIN article AS a CROSS JOIN statement AS s"
        f" WHERE m.person = {PERSON} AND a.id = m.article AND s.id >= a.first AND s.id < a.first + a.statements"
        " AND s.mention = m.id",
        values_of(*(parts(kept(person) or "") or ("", ""))),
    )


def _types(session: Session, part: Part) -> tuple[tuple[SpeakerType, int], ...]:
    rows = session.rows(
        f"SELECT s.type, count(*) AS n {part.sql} GROUP BY s.type ORDER BY n DESC, s.type", **part.values
    )
    return tuple((SPEAKER_TYPES[code], int(n)) for code, n in rows)  # type: ignore[misc]


def _counts(session: Session, part: Part, column: str) -> tuple[Count, ...]:
    rows = session.rows(
        f"SELECT {column} AS found, count(*) AS n {part.sql} AND {column} IS NOT NULL"
        " GROUP BY found ORDER BY n DESC, found LIMIT :values",
        values=MOST_VALUES,
        **part.values,
    )
    return tuple(Count(value, int(n)) for value, n in rows)


def _outlets(session: Session, part: Part) -> tuple[Count, ...]:
    rows = session.rows(
        "SELECT o.name, g.n FROM outlet AS o JOIN"  # noqa: S608 - no value is in it
        f" (SELECT s.outlet AS outlet, count(*) AS n {part.sql} GROUP BY s.outlet) AS g ON o.id = g.outlet"
        " ORDER BY g.n DESC, o.name LIMIT :values",
        values=MOST_VALUES,
        **part.values,
    )
    return tuple(Count(name, int(n)) for name, n in rows)


def _carriers(session: Session, part: Part) -> tuple[CarrierCount, ...]:
    rows = session.rows(
        "SELECT c.name, c.type, count(DISTINCT c.statement) AS n FROM carrier AS c"  # noqa: S608 - no value is in it
        f" WHERE c.statement IN (SELECT s.id {part.sql} AND s.rungs > 0)"
        " GROUP BY c.name, c.type ORDER BY n DESC, c.name, c.type LIMIT :values",
        values=MOST_VALUES,
        **part.values,
    )
    return tuple(CarrierCount(name, CARRIER_TYPES[code], int(n)) for name, code, n in rows)  # type: ignore[arg-type]


def _bucket(session: Session, part: Part) -> Bucket:
    """Days, or where there are too many of them months or years."""
    for bucket in ("day", "month"):
        points = session.value(
            f"SELECT count(DISTINCT s.published / {_PER[bucket]}) {part.sql} AND s.published > 0",
            **part.values,
        )
        if int(points or 0) <= MOST_POINTS:
            return bucket
    return "year"


def _points(session: Session, part: Part, bucket: Bucket) -> tuple[Point, ...]:
    rows = session.rows(
        "SELECT o.name, g.moment, g.shape, g.n FROM"  # noqa: S608 - no value is in it
        f" (SELECT s.outlet AS outlet, s.published / {_PER[bucket]} AS moment, {_SHAPE} AS shape, count(*) AS n"
        f" {part.sql} AND s.published > 0 GROUP BY s.outlet, moment, shape) AS g"
        " LEFT JOIN outlet AS o ON o.id = g.outlet ORDER BY g.moment, o.name, g.shape",
        **part.values,
    )
    return tuple(Point(name or "", int(moment), shape, int(n)) for name, moment, shape, n in rows)
