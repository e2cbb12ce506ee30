"""What a search gives: ``Results``, with its ``Hit``s and the counts by which it can be narrowed."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from reportedly.schema import Attribution, Reading, Span
from reportedly.store.passage import Passage


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement that was found.

    ``article`` is the id under which the library keeps its article, ``span`` the place of the statement there, from
    the first character of its content to the last. ``reading`` is the article's, with no other statements than
    ``statement`` and those that it stands inside. ``passage`` are the words to be shown.
    """

    article: str
    span: Span
    reading: Reading
    statement: Attribution
    passage: Passage
    score: float

    @property
    def place(self) -> str:
        """Article and span, as ``reportedly show`` takes them: ``86ac69630707ac84/s/612-688``."""
        return f"{self.article}/s/{self.span[0]}-{self.span[1]}"

    def to_record(self) -> dict[str, Any]:
        """The hit as JSON types: the place, the words in context, what is known of the article, the statement."""
        article = self.reading.article
        about = {name: getattr(article, name) for name in ("url", "outlet", "title", "byline", "published")}
        return {
            "place": self.place,
            "article": self.article,
            "span": list(self.span),
            **dataclasses.asdict(self.passage),
            **about,
            "statement": dataclasses.asdict(self.statement),
            "score": self.score,
        }


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the statements found have a value."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class PersonCount(Count):
    """A count of one person's statements, under whatever names: ``person`` is the id, ``value`` the name."""

    person: str


@dataclass(frozen=True, slots=True)
class Facet:
    """The commonest values of one field among the statements found, and ``others``: how many have yet another."""

    field: str
    counts: tuple[Count, ...]
    others: int


@dataclass(frozen=True, slots=True)
class Embedded:
    """How many of the texts that had no vector have one now."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Results:
    """What was found: the hits that were asked for, how many there are in all, and counts.

    Where very many match, the ``total`` newest in the library are taken, ``more`` is true, and the order and the counts
    are of those.
    """

    hits: tuple[Hit, ...]
    total: int
    more: bool
    facets: tuple[Facet, ...]

    def to_record(self) -> dict[str, Any]:
        """The results as JSON types."""
        return {
            "total": self.total,
            "more": self.more,
            "hits": [hit.to_record() for hit in self.hits],
            "facets": [dataclasses.asdict(facet) for facet in self.facets],
        }
