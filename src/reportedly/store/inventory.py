"""The source inventory: over a set of articles, who was quoted, how often and at what length, and who never answered.

A voice is a person or an organisation that is named, under whatever names articles have them. Whether one is new is
asked of all that the same outlet or author, or else the library, has from before the period.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from reportedly.schema import SpeakerType
from reportedly.store.codes import SPEAKER_TYPES, STANCES
from reportedly.store.columns import own_of
from reportedly.store.database import Session
from reportedly.store.days import interval
from reportedly.store.describing import described, summed
from reportedly.store.library import Library
from reportedly.store.people import people_condition
from reportedly.store.persons import PeopleQuery
from reportedly.store.profile import Amount
from reportedly.store.results import Count
from reportedly.store.selection import (
    OWN,
    STANDING,
    Articles,
    Part,
    Size,
    Standing,
    Statements,
    articles_part,
    chosen,
    size,
)

Order = Literal["statements", "words", "articles", "name", "first", "last"]

# Roles that are told, of all and of each voice.
MOST_ROLES, MOST_OWN_ROLES = 20, 3
# Voices in the list of those who declined.
MOST_SILENT = 25
# Values of an own column that are told; more would be no column to count by.
MOST_VALUES = 30

_WITHHOLDS = STANCES.index("withholds")
_ORDERS: dict[Order, str] = {
    "statements": "n DESC, person",
    "words": "said DESC, person",
    "articles": "stories DESC, n DESC, person",
    "name": "min(m.key), person",
    "first": "first_day, person",
    "last": "last_day DESC, person",
}


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who is named, with what was found of them.

    ``person`` is the id (``Library.people``), ``names`` those that articles use, anywhere in the library.
    ``declined`` is how many of the statements say that they declined to say something. ``first`` and ``last`` are days
    (20340913, or 0) of publication. ``is_new`` is None where no period is asked for. ``own`` are people's own columns.
    """

    person: str
    name: str
    type: SpeakerType
    names: tuple[Count, ...]
    amount: Amount
    articles: int
    outlets: int
    declined: int
    first: int
    last: int
    is_new: bool | None
    roles: tuple[Count, ...]
    own: dict[str, str]

    @property
    def words_each(self) -> float:
        """Words in a statement, on average."""
        return self.amount.words / self.amount.statements


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of source, with how many voices, articles, statements and words.

    It is a standing, and of the named also a type.
    """

    standing: Standing
    type: SpeakerType | None
    voices: int
    articles: int
    amount: Amount


@dataclass(frozen=True, slots=True)
class OwnShare:
    """A value in an own column: how many voices have it, with how much. The value is empty for those without one."""

    heading: str
    value: str
    voices: int
    amount: Amount


@dataclass(frozen=True, slots=True)
class Inventory:
    """The source inventory of a set of articles.

    ``voices`` is the part that was asked for of the ``listed`` ones, who have the name that was asked for, and
    ``voice_count`` how many there are in all; ``new`` and ``returning`` say how many of these
    are, and are None where no period is asked for. ``silent`` are voices who declined to say something, those first who
    said nothing else, and ``silent_count`` is how many never said anything else.
    """

    size: Size
    total: Amount
    kinds: tuple[Kind, ...]
    roles: tuple[Count, ...]
    voices: tuple[Voice, ...]
    listed: int
    voice_count: int
    new: int | None
    returning: int | None
    silent: tuple[Voice, ...]
    silent_count: int
    own: tuple[OwnShare, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of the voices is wanted, and in which order; ``name`` are words that their names contain."""

    limit: int = 50
    offset: int = 0
    order: Order = "statements"
    name: str = ""


def inventory(library: Library, articles: Articles, which: Statements, page: Page) -> Inventory:
    """The source inventory of some articles, perhaps of some of their statements alone."""
    with library._database.reading() as session:
        kinds = _kinds(session, articles, which)
        voices, number = _voices(session, articles, which, page)
        silent, never = _silent(session, articles, which)
        new = _new_count(session, articles, which)
        named = number if not page.name else _voice_count(session, articles, which)
        return Inventory(
            size=size(session, articles),
            total=Amount(sum(one.amount.statements for one in kinds), sum(one.amount.words for one in kinds)),
            kinds=kinds,
            roles=_roles(session, articles, which),
            voices=voices,
            listed=number,
            voice_count=named,
            new=new,
            returning=named - new if new is not None else None,
            silent=silent,
            silent_count=never,
            own=tuple(_own_shares(session, articles, which)),
        )


def voices(library: Library, articles: Articles, which: Statements, page: Page) -> tuple[tuple[Voice, ...], int]:
    """A part of the voices of some articles, and how many there are in all."""
    with library._database.reading() as session:
        return _voices(session, articles, which, page)


def _kinds(session: Session, articles: Articles, which: Statements) -> tuple[Kind, ...]:
    part = chosen(session, articles, which)
    rows = session.rows(
        f"SELECT {STANDING} AS standing, CASE WHEN {STANDING} = 'named' THEN s.type END AS kind,"  # noqa: S608
        " count(DISTINCT (SELECT m.person FROM mention AS m WHERE m.id = s.mention)), count(DISTINCT s.article),"
        f" count(*) AS n, sum(s.words) {part.sql} GROUP BY standing, kind ORDER BY n DESC, standing, kind",
        **part.values,
    )
    return tuple(
        Kind(standing, _type(kind) if kind is not None else None, int(people), int(stories), Amount(int(n), int(said)))
        for standing, kind, people, stories, n, said in rows
    )


def _roles(session: Session, articles: Articles, which: Statements) -> tuple[Count, ...]:
    part = chosen(session, articles, which)
    rows = session.rows(
        f"SELECT s.role, count(*) AS n {part.sql} AND s.role IS NOT NULL"
        " GROUP BY s.role ORDER BY n DESC, s.role LIMIT :roles",
        roles=MOST_ROLES,
        **part.values,
    )
    return tuple(Count(role, int(n)) for role, n in rows)


def _named(session: Session, articles: Articles, which: Statements, name: str = "") -> Part:
    """The statements of voices; with a name, of those in whose names these words stand."""
    part = chosen(session, articles, which, named=True)
    condition, values = people_condition(session, PeopleQuery(like=name))
    return Part(f"{part.sql} AND {condition}", {**part.values, **values})


def _voice_count(session: Session, articles: Articles, which: Statements, name: str = "") -> int:
    part = _named(session, articles, which, name)
    return int(session.value(f"SELECT count(DISTINCT m.person) {part.sql}", **part.values) or 0)


_SUMS = (
    "SELECT m.person AS person, count(*) AS n, sum(s.words) AS said, count(DISTINCT s.article) AS stories,"
    f" count(DISTINCT s.outlet) AS outlets, sum(CASE WHEN s.stance = {_WITHHOLDS} THEN 1 ELSE 0 END) AS declined,"
    " min(s.published) AS first_day, max(s.published) AS last_day"
)


def _voices(session: Session, articles: Articles, which: Statements, page: Page) -> tuple[tuple[Voice, ...], int]:
    part = _named(session, articles, which, page.name)
    rows = session.rows(
        f"{_SUMS} {part.sql} GROUP BY m.person ORDER BY {_ORDERS[page.order]} LIMIT :limit OFFSET :offset",
        limit=page.limit,
        offset=page.offset,
        **part.values,
    )
    return _told(session, articles, which, rows), _voice_count(session, articles, which, page.name)


def _silent(session: Session, articles: Articles, which: Statements) -> tuple[tuple[Voice, ...], int]:
    """Who declined to say something, those who said nothing else first; how many said nothing else."""
    part, silence = _named(session, articles, which), _named(session, articles, replace(which, answered=False))
    found = session.rows(f"SELECT DISTINCT m.person {silence.sql}", **silence.values)
    those, given = session.chosen([row[0] for row in found])
    rows = session.rows(f"{_SUMS} {part.sql} AND m.person IN {those} GROUP BY m.person", chosen=given, **part.values)
    # Person, statements and declined statements: the first, second and sixth column.
    rows.sort(key=lambda row: (row[5] != row[1], -row[5], row[0]))
    never = sum(row[5] == row[1] for row in rows)
    return _told(session, articles, which, rows[:MOST_SILENT]), never


def _told(
    session: Session, articles: Articles, which: Statements, rows: Sequence[tuple[Any, ...]]
) -> tuple[Voice, ...]:
    """Voices with what is known of them besides."""
    numbers = [int(row[0]) for row in rows]
    sums = summed(session, numbers)
    people = {row[0]: person for row, person in zip(sums, described(session, sums), strict=True)}
    roles, own = _roles_of(session, articles, which, numbers), own_of(session, numbers)
    known = _known_before(session, articles, numbers)
    return tuple(
        Voice(
            person=people[number].id,
            name=people[number].name,
            type=people[number].type,
            names=people[number].aliases,
            amount=Amount(int(n), int(said)),
            articles=int(stories),
            outlets=int(outlets),
            declined=int(declined),
            first=int(first),
            last=int(last),
            is_new=number not in known if known is not None else None,
            roles=tuple(roles.get(number, ())),
            own=own.get(number, {}),
        )
        for number, n, said, stories, outlets, declined, first, last in rows
    )


def _roles_of(
    session: Session, articles: Articles, which: Statements, persons: Sequence[int]
) -> dict[int, list[Count]]:
    """The commonest roles of some voices."""
    part = chosen(session, articles, which, named=True)
    those, given = session.chosen(persons)
    found: dict[int, list[Count]] = defaultdict(list)
    for person, role, n in session.rows(
        f"SELECT m.person, s.role, count(*) AS n {part.sql} AND s.role IS NOT NULL AND m.person IN {those}"
        " GROUP BY m.person, s.role ORDER BY n DESC, s.role",
        chosen=given,
        **part.values,
    ):
        if len(found[person]) < MOST_OWN_ROLES:
            found[person].append(Count(role, int(n)))
    return found


def _before(session: Session, articles: Articles) -> Part | None:
    """Mentions ``b`` of the same outlet or author from before the period; None where none is asked for."""
    if articles.since is None:
        return None
    same = articles_part(session, Articles(outlet=articles.outlet, author=articles.author))
    return Part(
        "FROM mention AS b JOIN article AS a ON b.article = a.id"
        f" WHERE a.published > 0 AND a.published < :begin AND {same.sql}",
        {**same.values, "begin": interval(articles.since)[0]},
    )


def _known_before(session: Session, articles: Articles, persons: Sequence[int]) -> frozenset[int] | None:
    """Those of some voices who were quoted before the period; None where none is asked for."""
    before = _before(session, articles)
    if before is None:
        return None
    those, given = session.chosen(persons)
    rows = session.rows(f"SELECT DISTINCT b.person {before.sql} AND b.person IN {those}", chosen=given, **before.values)
    return frozenset(row[0] for row in rows)


def _new_count(session: Session, articles: Articles, which: Statements) -> int | None:
    """How many voices were not quoted before the period."""
    before = _before(session, articles)
    if before is None:
        return None
    part = _named(session, articles, which)
    number = session.value(
        f"SELECT count(*) FROM (SELECT DISTINCT m.person AS person {part.sql}) AS v"  # noqa: S608 - no value is in it
        f" WHERE NOT EXISTS (SELECT 1 {before.sql} AND b.person = v.person)",
        **{**part.values, **before.values},
    )
    return int(number or 0)


def _own_shares(session: Session, articles: Articles, which: Statements) -> Iterable[OwnShare]:
    """The values of each own column among the voices, the commonest first; those without a value last."""
    part = _named(session, articles, which)
    totals = session.row(f"SELECT count(DISTINCT m.person), count(*), sum(s.words) {part.sql}", **part.values)
    rows = session.rows(
        "SELECT v.heading, v.value, count(*) AS voices, sum(g.n) AS n, sum(g.said)"  # noqa: S608 - no value is in it
        f" FROM {OWN} AS v JOIN (SELECT m.person AS person, count(*) AS n, sum(s.words) AS said {part.sql}"
        " GROUP BY m.person) AS g ON g.person = v.person"
        " GROUP BY v.heading, v.value ORDER BY v.heading, voices DESC, n DESC, v.value",
        **part.values,
    )
    by_heading: dict[str, list[OwnShare]] = defaultdict(list)
    for heading, value, number, n, said in rows:
        by_heading[heading].append(OwnShare(heading, value, int(number), Amount(int(n), int(said))))
    everybody, statements, words = (int(value or 0) for value in totals or (0, 0, 0))
    for heading, shares in by_heading.items():
        yield from shares[:MOST_VALUES]
        yield OwnShare(
            heading,
            "",
            everybody - sum(share.voices for share in shares),
            Amount(
                statements - sum(share.amount.statements for share in shares),
                words - sum(share.amount.words for share in shares),
            ),
        )


def _type(code: int) -> SpeakerType:
    return SPEAKER_TYPES[code]  # type: ignore[return-value]
