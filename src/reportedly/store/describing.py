"""People as they are told of: their sums, names and roles, from the mentions that are theirs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from reportedly.schema import SpeakerType
from reportedly.store.database import Session
from reportedly.store.mention_table import kind_of, mention_rows, split_roles
from reportedly.store.person_ids import written
from reportedly.store.persons import Person
from reportedly.store.results import Count

SUMS = (
    "SELECT m.person, sum(m.statements) AS said, count(DISTINCT m.article) AS stories, count(DISTINCT a.outlet),"
    " min(CASE WHEN a.published > 0 THEN a.published END), max(a.published) AS last"
    " FROM mention AS m JOIN article AS a ON a.id = m.article"
)


def summed(session: Session, persons: Sequence[int]) -> list[tuple[Any, ...]]:
    """The sums of some people, as ``described`` takes them."""
    those, given = session.chosen(persons)
    return session.rows(f"{SUMS} WHERE m.person IN {those} GROUP BY m.person", chosen=given)


def by_number(session: Session, persons: Sequence[int]) -> dict[int, Person]:
    """Some people, by their numbers."""
    rows = summed(session, persons)
    return {row[0]: person for row, person in zip(rows, described(session, rows), strict=True)}


def described(session: Session, rows: Sequence[tuple[Any, ...]]) -> Iterator[Person]:
    """People with their names and roles, from their sums."""
    those, given = session.chosen([row[0] for row in rows])
    anchors = {row.id: row for row in mention_rows(session, f"m.id IN {those}", chosen=given)}
    names: dict[int, Counter[str]] = defaultdict(Counter)
    roles: dict[int, Counter[str]] = defaultdict(Counter)
    types: dict[int, Counter[SpeakerType]] = defaultdict(Counter)
    for person, name, kind, given_roles, statements in session.rows(
        "SELECT person, name, type, roles, sum(statements) FROM mention"  # noqa: S608 - no value is in it
        f" WHERE person IN {those} GROUP BY person, name, type, roles",
        chosen=given,
    ):
        names[person][name] += int(statements)
        types[person][kind_of(kind)] += int(statements)
        roles[person].update(dict.fromkeys(split_roles(given_roles), int(statements)))
    for person, said, stories, outlets, first, last in rows:
        anchor = anchors[person]
        yield Person(
            id=written(anchor.key, anchor.article),
            name=anchor.called or _fullest(names[person]),
            type=min(types[person].items(), key=lambda item: (-item[1], item[0]))[0],
            statements=int(said),
            articles=int(stories),
            outlets=int(outlets),
            first=day(first),
            last=day(last),
            aliases=_commonest(names[person]),
            roles=_commonest(roles[person]),
        )


def _commonest(counts: Counter[str]) -> tuple[Count, ...]:
    return tuple(Count(value, count) for value, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _fullest(names: Counter[str]) -> str:
    """The name to be shown: the commonest that has more than one word."""
    return max(names, key=lambda name: (" " in name, names[name], len(name), name))


def day(number: int | None) -> str | None:
    """The ISO day of 20340913; None of none."""
    return f"{number // 10_000:04}-{number // 100 % 100:02}-{number % 100:02}" if number else None
