"""What Reportedly says of many articles together: copies, claims, their origins, and what changed on the way.

All records are frozen. An article is named by its ``id``; spans are code points into that article's text.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from reportedly.schema.fields import Span
from reportedly.schema.reading import SCHEMA_VERSION, Article, Carrier, Speaker

CopyKind = Literal["verbatim", "edited", "rewritten"]
OriginKind = Literal["person", "unnamed", "organisation", "document"]
ChangeKind = Literal[
    "hedge lost",
    "condition lost",
    "attribution lost",
    "anonymous promoted",
    "plan became fact",
    "paraphrase became quotation",
    "number changed",
    "negation lost",
]
Support = Literal["asserts", "denies", "withholds"]


@dataclass(frozen=True, slots=True)
class Place:
    """Words of one article."""

    article: str
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """One article takes its words from another, or from an agency.

    ``source`` is an article's id, or the agency's name where its own report is not among the articles. ``share`` is
    the part of the copy's body that stands in the source (0 to 1), ``passages`` the pairs of spans, source first;
    both are empty for an agency's name alone.
    """

    source: str
    target: str
    kind: CopyKind
    credited: bool
    share: float = 0.0
    passages: tuple[tuple[Span, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class Appearance:
    """A claim as one article has it: which words, who is said to have said them, through whom.

    ``n`` is the number of the attribution; None where the page says it in its own voice. ``stance`` is towards the
    claim, and need not be the statement's own: who says that no cracks were found denies that there are cracks.
    """

    place: Place
    n: int | None
    speaker: Speaker
    via: tuple[Carrier, ...]
    stance: Support
    origin: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two appearances go back to one origin, or may, in words; ``sure`` is false where that widens the range."""

    text: str
    appearances: tuple[int, ...]
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Origin:
    """One voice on one occasion, or one document: what the words go back to."""

    id: str
    label: str
    kind: OriginKind


@dataclass(frozen=True, slots=True)
class Independent:
    """How many origins can have known a claim apart from one another: at least ``min``, at most ``max``."""

    min: int
    max: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What several statements say alike, with the origins that stand behind it.

    ``text`` is the clearest of its wordings. ``suggested`` is true where the program doubts that all of these are one
    claim. ``why`` explains the number in words, and ``would_change`` says what would change it.
    """

    id: str
    text: str
    appearances: tuple[Appearance, ...]
    origins: tuple[Origin, ...]
    independent: Independent
    reasons: tuple[Reason, ...] = ()
    why: str = ""
    would_change: tuple[str, ...] = ()
    suggested: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What fell off, or was added, between a statement and the one that was made from it.

    ``marked`` are the words in which the difference shows: spans of the source, then of the target.
    """

    kind: ChangeKind
    claim: str
    source: Place
    target: Place
    marked: tuple[tuple[Span, ...], tuple[Span, ...]] = ((), ())


@dataclass(frozen=True, slots=True)
class Comparison:
    """Many articles set side by side."""

    articles: tuple[Article, ...]
    claims: tuple[Claim, ...] = ()
    copies: tuple[Copy, ...] = ()
    changes: tuple[Change, ...] = ()


def comparison_record(comparison: Comparison) -> dict[str, Any]:
    """The comparison as JSON types: articles by their path, where they have one, and by id in ``articles``."""
    named = {article.id: article.path or article.id for article in comparison.articles}

    def place(where: Place) -> dict[str, Any]:
        return {"article": named[where.article], "content": [list(span) for span in where.content]}

    return {
        "schema": SCHEMA_VERSION,
        "articles": [
            {
                "name": named[a.id],
                "id": a.id,
                "outlet": a.outlet,
                "title": a.title,
                "published": a.published,
                "url": a.url,
            }
            for a in comparison.articles
        ],
        "claims": [_claim_record(claim, place) for claim in comparison.claims],
        "copies": [
            {
                "from": named.get(copy.source, copy.source),
                "to": named[copy.target],
                "kind": copy.kind,
                "credited": copy.credited,
                "share": round(copy.share, 3),
                "passages": [[list(source), list(target)] for source, target in copy.passages],
            }
            for copy in comparison.copies
        ],
        "changes": [
            {
                "kind": change.kind,
                "claim": change.claim,
                "from": place(change.source),
                "to": place(change.target),
                "marked": [[list(span) for span in spans] for spans in change.marked],
            }
            for change in comparison.changes
        ],
    }


def _claim_record(claim: Claim, place: Callable[[Place], dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": claim.id,
        "claim": claim.text,
        "suggested": claim.suggested,
        "independent": dataclasses.asdict(claim.independent),
        "why": claim.why,
        "would_change": list(claim.would_change),
        "origins": [dataclasses.asdict(origin) for origin in claim.origins],
        "statements": [
            {
                **place(one.place),
                "n": one.n,
                "speaker": one.speaker.name,
                "via": [carrier.name for carrier in one.via],
                "stance": one.stance,
                "origin": one.origin,
            }
            for one in claim.appearances
        ],
        "reasons": [dataclasses.asdict(reason) for reason in claim.reasons],
    }
