"""Copies that keep the words: the sources whose runs of words a body is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportedly.compare.credits import known_agency, owner, plain_name, same_outlet, signs
from reportedly.compare.direction import may_take
from reportedly.compare.passages import Mask, covered, spread
from reportedly.compare.report import Report
from reportedly.compare.shingles import SHINGLE, Hashes, among
from reportedly.schema import CopyKind

# What a source must give at least: so many words outside quotation marks in shared shingles, and this share of all
# such words of the target. Set by benchmarks/copies.py.
LEAST_WORDS = 24
LEAST_SHARE = 0.1
# A source that gives so many words less than the best is as near as that: then agency, credit and day decide.
NEAR_WORDS = 6
NEAR_SHARE = 0.03
# The share of the body from which on a copy is verbatim, and edited.
VERBATIM = 0.95
EDITED = 0.2
# A shingle is boilerplate where so many articles have it that share less than this with the target otherwise, and
# where an outlet has it in so many of its articles.
BOILERPLATE_ARTICLES = 3
BOILERPLATE_SHARE = 0.15
OUTLET_ARTICLES = 4


@dataclass(frozen=True, slots=True)
class Worded:
    """A source whose words the target has, and which of the target's words those are."""

    source: Report
    mask: Mask

    @property
    def share(self) -> float:
        """The share of the target's body."""
        return float(self.mask.mean())


def kind_of(share: float) -> CopyKind:
    """The kind of a copy by the share of its body that stands in the source word for word."""
    return "verbatim" if share >= VERBATIM else "edited" if share >= EDITED else "rewritten"


def word_sources(target: Report, candidates: Sequence[Report], agencies: frozenset[str]) -> list[Worded]:
    """The fewest sources that account for the words that the target shares with others, the nearest first."""
    found = [(source, there) for source in candidates if (there := among(target.shingles, source.distinct)).any()]
    rest = _own(target, found)
    offers = []
    for source, there in found:
        shared = spread(there & rest[plain_of(source)], len(target.words), SHINGLE)
        if _enough(target, shared) and may_take(target, source, agencies):
            offers.append((Worded(source, covered(target.words, source.words)), shared))
    chosen: list[Worded] = []
    left = np.ones(len(target.words), np.bool_)
    while offers := [(offer, shared) for offer, shared in offers if _enough(target, shared & left)]:
        gains = [int((offer.mask & left).sum()) for offer, _ in offers]
        near = max(gains) - max(NEAR_WORDS, NEAR_SHARE * max(gains))
        best = min(
            (offer for (offer, _), gain in zip(offers, gains, strict=True) if gain >= near),
            key=lambda offer: _remoteness(target, offer.source, agencies),
        )
        chosen.append(best)
        left &= ~best.mask
    return chosen


def plain_of(report: Report) -> str:
    """The plain name of the outlet."""
    return plain_name(report.article.outlet)


def _enough(target: Report, shared: Mask) -> bool:
    unquoted = ~target.words.quoted
    words = int((shared & unquoted).sum())
    return words >= LEAST_WORDS and words >= LEAST_SHARE * int(unquoted.sum())


def _remoteness(target: Report, source: Report, agencies: frozenset[str]) -> tuple[bool, bool, bool, int, int, str]:
    """Sorts the source that most likely gave the words first: the one that is credited, agencies, the oldest."""
    name = owner(source.article)
    return (
        not signs(target.article, name),
        same_outlet(target.article, source.article),
        not known_agency(name, agencies),
        source.day or 0,
        -len(source.words),
        source.article.id,
    )


def _own(target: Report, found: Sequence[tuple[Report, Mask]]) -> dict[str, Mask]:
    """By a source's outlet, the shingles of the target that count: those of its report, without boilerplate.

    ``found`` are the candidates, each with the shingles of the target that it has.
    """
    thin = [there for _, there in found if there.mean() < BOILERPLATE_SHARE]
    thick = [there for _, there in found if there.mean() >= BOILERPLATE_SHARE]
    recurring = _sum(thin, target.shingles)
    boilerplate = (recurring >= BOILERPLATE_ARTICLES) & (recurring >= _sum(thick, target.shingles))
    rest = {plain_of(report): target.reported & ~boilerplate for report, _ in found}
    own = plain_of(target)
    if own and Counter(plain_of(report) for report, _ in found)[own] >= OUTLET_ARTICLES:
        mine = _sum([there for report, there in found if plain_of(report) == own], target.shingles)
        rest[own] = rest[own] & (mine < OUTLET_ARTICLES)
    return rest


def _sum(masks: Sequence[Mask], shingles: Hashes) -> NDArray[np.int64]:
    return np.sum(masks, axis=0, dtype=np.int64) if masks else np.zeros(len(shingles), np.int64)
