"""What a library tells of people: who is asked for, and the records that it answers with."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal, get_args

from reportedly.errors import QueryError
from reportedly.schema import SpeakerType
from reportedly.store.judgements import Judgement
from reportedly.store.query import MOST_HITS
from reportedly.store.results import Count

Order = Literal["statements", "articles", "last", "name"]


@dataclass(frozen=True, slots=True)
class PeopleQuery:
    """Which people are wanted.

    ``like`` are words that their names begin with, in any order, whichever of their names it is. ``joined`` are those
    who were met under more than one mention. ``limit`` is how many (0 to 1000), from ``offset`` on. Raises QueryError
    for values that make no sense.
    """

    like: str = ""
    type: SpeakerType | None = None
    outlet: str | None = None
    joined: bool | None = None
    sort: Order = "statements"
    limit: int = 20
    offset: int = 0

    def __post_init__(self) -> None:
        for field, choices in (("type", SpeakerType), ("sort", Order)):
            value = getattr(self, field)
            if value is not None and value not in get_args(choices):
                raise QueryError(f"{field} {value!r:.60}: it is one of {', '.join(get_args(choices))}")
        if not 0 <= self.limit <= MOST_HITS or self.offset < 0:
            raise QueryError(f"limit {self.limit}, offset {self.offset}: from 0 to {MOST_HITS} people, from 0 on")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, or an organisation, across articles.

    ``id`` is the name and article of the first mention (``ada-brek-86ac6963``): that of every other mention finds the
    same person. ``first`` and ``last`` are the ISO days of the oldest and newest article. ``aliases`` are the names
    that articles use, ``roles`` the roles that they give, each with its number of statements, the commonest first.
    """

    id: str
    name: str
    type: SpeakerType
    statements: int
    articles: int
    outlets: int
    first: str | None
    last: str | None
    aliases: tuple[Count, ...] = ()
    roles: tuple[Count, ...] = ()

    def to_record(self) -> dict[str, Any]:
        """The person as JSON types."""
        return dataclasses.asdict(self)


@dataclass(frozen=True, slots=True)
class People:
    """A page of people, and how many there are in all."""

    people: tuple[Person, ...]
    total: int

    def to_record(self) -> dict[str, Any]:
        """The page as JSON types."""
        return {"total": self.total, "people": [person.to_record() for person in self.people]}


@dataclass(frozen=True, slots=True)
class Appearance:
    """A person in one article: a mention, and why it is taken for this person's.

    ``rule`` is the program's rule by name and version, with its ``score`` (0 to 1); both are None where no rule joined
    the mention with another: it stands alone, or judgements joined it. ``decided`` is the ISO day of that.
    """

    id: str
    article: str
    name: str
    type: SpeakerType
    roles: tuple[str, ...]
    outlet: str | None
    published: str | None
    statements: int
    rule: str | None
    score: float | None
    decided: str


@dataclass(frozen=True, slots=True)
class PersonFile:
    """All that is known of a person: where they appear, the oldest first, and what was judged about them."""

    person: Person
    appearances: tuple[Appearance, ...]
    judgements: tuple[Judgement, ...]

    def to_record(self) -> dict[str, Any]:
        """The file as JSON types."""
        return {
            **self.person.to_record(),
            "appearances": [dataclasses.asdict(one) for one in self.appearances],
            "judgements": [one.to_record() for one in self.judgements],
        }


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two who may be one: how sure (``score``, 0 to 1, and in ``words``), and what speaks for and against it."""

    one: Person
    other: Person
    score: float
    evidence: tuple[str, ...]

    @property
    def words(self) -> str:
        """The score in words."""
        return next(words for least, words in WORDS if self.score >= least)

    def to_record(self) -> dict[str, Any]:
        """The suggestion as JSON types."""
        return {**dataclasses.asdict(self), "words": self.words}


# From which score on a suggestion is how likely; so many of each are right in benchmarks/people.py.
WORDS = ((0.85, "very likely"), (0.7, "likely"), (0.5, "possible"), (0.0, "doubtful"))
