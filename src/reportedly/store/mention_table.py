"""Mentions as their table has them. Nothing here knows the rules, so that a search need not load these."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from reportedly.schema import SpeakerType
from reportedly.store.codes import SPEAKER_TYPES
from reportedly.store.database import Session
from reportedly.store.selection import among

# Stands between the roles of a mention.
BETWEEN = "\n"


class MentionRow(NamedTuple):
    """A mention, with its article's hash and day: ``MENTIONS``."""

    id: int
    article: str
    key: str
    name: str
    type: int
    roles: str
    published: int
    person: int
    rule: int | None
    called: str | None


MENTIONS = (
    "SELECT m.id, a.hash, m.key, m.name, m.type, m.roles, a.published, m.person, m.rule, m.called"
    " FROM mention AS m JOIN article AS a ON a.id = m.article"
)


def mention_rows(session: Session, condition: str, **values: Any) -> list[MentionRow]:
    """The mentions ``m`` (with articles ``a``) that a condition holds for."""
    return [MentionRow(*row) for row in session.rows(f"{MENTIONS} WHERE {condition}", **values)]


def mentions_in(session: Session, articles: Iterable[str]) -> list[MentionRow]:
    """The mentions in some articles, by the hashes of these: their statements lead there."""
    those, given = among(session, sorted(set(articles)))
    return mention_rows(
        session,
        "m.id IN (SELECT s.mention FROM article AS b JOIN statement AS s"  # noqa: S608 - no value is in it
        f" ON s.id >= b.first AND s.id < b.first + b.statements WHERE b.hash IN {those}) ORDER BY m.id",
        names=given,
    )


def kind_of(code: int) -> SpeakerType:
    """The type of a speaker that a number stands for."""
    return SPEAKER_TYPES[code]  # type: ignore[return-value]


def split_roles(text: str) -> list[str]:
    """The roles of a mention, as the article gives them."""
    return text.split(BETWEEN) if text else []
