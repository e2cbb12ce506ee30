"""Readings of articles in which somebody is said to have said something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.schema import Article, Attribution, Maker, Reading, Speaker, SpeakerType, article_id

MAKER = Maker("1.0", "first", "a" * 16)
BETTER = Maker("2.0", "better", "b" * 16)


@dataclass(frozen=True)
class Says:
    """A statement: who makes it, and as what."""

    name: str | None
    role: str | None = None
    type: SpeakerType = "person"
    words: str = "the harbour stays open"
    anonymous: bool = False


def told(
    slug: str,
    *statements: Says,
    outlet: str = "Norwick Courier",
    published: str | None = "2034-09-13",
    maker: Maker = MAKER,
    names: Sequence[str] = (),
) -> Reading:
    """An article in which these are said, and nothing else; ``names`` are in its text as well.

    The text is the same whoever is taken for the speaker, so that another maker's reading is of the same article.
    """
    url = f"https://{slug}.example/"
    text = " ".join([*(one.words + "." for one in statements), *names])
    attributions = []
    at = 0
    for n, one in enumerate(statements, 1):
        span = (at, at + len(one.words))
        at = span[1] + 2
        speaker = Speaker(one.name, one.type, one.role, one.anonymous)
        attributions.append(Attribution(n, (span,), speaker=speaker, stance="asserts"))
    article = Article(article_id(text, url), text, url=url, outlet=outlet, published=published)
    return Reading(article, tuple(attributions), maker)
