"""Source, cue and content spans against gold: precision, recall and F1 in the field's usual senses.

Every comparison is made on sets of tokens (``text.TOKEN``), so white space never matters; a span covers
every token that it touches. "Words" are the tokens with a letter or digit. J is the Jaccard index on
words, or on all tokens where one side has no word. An attribution without content claims nothing: only
``token.*`` and ``cue.overlap`` look at it.

==========================  ======================================================================
``token.ROLE``              tokens in that role anywhere, each counted once (the "overlap" of Citron:
                            Newell, Cowlishaw and Man 2018)
``cue.overlap``             cues that share a token
``content.strict``          identical tokens (Pareti et al. 2013), a discontinuous content as one
``content.strict_words``    the same on words: marks and punctuation at the edges do not count
``content.partial``         mean share of a content's tokens inside the other side's contents (Pareti et
                            al. 2013, after Hollingsworth and Teufel 2005)
``content.jaccard50``       J(content) >= 0.5
``content.any``             contents that share a token
``attribution.relaxed``     THE headline: J(content) >= 0.5, J(source) >= 0.5 and, if gold has a cue, cues
                            that share a token
``attribution.relaxed_nocue``  the same, whatever the cue
``attribution.strict``      content, source and cue identical; ``strict_words``: on words
``source.given_content``    of the pairs of ``content.jaccard50``, the share with J(source) >= 0.5 (near
                            the speaker accuracy of O'Keefe et al. 2012)
``X.direct``, ``X.indirect``  X with each side held to its own attributions with, or without, a word
                            inside double quotation marks
==========================  ======================================================================

Figures are micro-averaged: precision over predictions, recall over gold. Matching is one-to-one and
greedy, best pair first (by J of content, then of source, then by position).
"""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

from reportedly.errors import OffsetError
from reportedly.schema import Attribution, Span
from reportedly.text import quoted, tokens

HALF = 0.5  # the Jaccard index from which two spans count as the same (Newell et al. 2018)
INTERVAL = (0.025, 0.975)  # the percentiles of a 95 % interval
SEED = 1  # of the resampling, so that a report can be repeated

HEADLINE = "attribution.relaxed"
_SPLIT_BY_QUOTATION = ("content.jaccard50", "attribution.relaxed", "attribution.relaxed_nocue")

_Rank = tuple[float, float, int, int, int]

METRICS = (
    "token.source",
    "token.cue",
    "token.content",
    "cue.overlap",
    "content.strict",
    "content.strict_words",
    "content.partial",
    "content.jaccard50",
    "content.jaccard50.direct",
    "content.jaccard50.indirect",
    "content.any",
    "attribution.relaxed",
    "attribution.relaxed.direct",
    "attribution.relaxed.indirect",
    "attribution.relaxed_nocue",
    "attribution.relaxed_nocue.direct",
    "attribution.relaxed_nocue.indirect",
    "attribution.strict",
    "attribution.strict_words",
    "source.given_content",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """Precision, recall and F1 (0 to 1), and what they were taken over.

    All three are None where there was neither a prediction nor gold. ``interval`` is the 95 % bootstrap
    interval of F1.
    """

    precision: float | None
    recall: float | None
    f1: float | None
    n_pred: int
    n_gold: int
    interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Hits and totals, seen from the predictions and from gold; they add up over documents."""

    right: float = 0
    n_pred: int = 0
    found: float = 0
    n_gold: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.right + other.right,
            self.n_pred + other.n_pred,
            self.found + other.found,
            self.n_gold + other.n_gold,
        )

    def figure(self) -> Figure:
        """The figure that these counts come to."""
        if not self.n_pred and not self.n_gold:
            return Figure(None, None, None, 0, 0)
        precision = self.right / self.n_pred if self.n_pred else 0.0
        recall = self.found / self.n_gold if self.n_gold else 0.0
        both = precision + recall
        return Figure(precision, recall, 2 * precision * recall / both if both else 0.0, self.n_pred, self.n_gold)


@dataclass(frozen=True, slots=True)
class Scores:
    """The figure of every metric in ``METRICS``, over so many documents of gold."""

    documents: int
    figures: Mapping[str, Figure]

    def __getitem__(self, metric: str) -> Figure:
        return self.figures[metric]


def score(
    gold: Mapping[str, Sequence[Attribution]],
    predicted: Mapping[str, Sequence[Attribution]],
    texts: Mapping[str, str],
    bootstrap: int = 0,
) -> Scores:
    """Score predictions against gold, both by document.

    Gold decides which documents count: one without predictions scores as empty, a predicted one that gold
    lacks is passed over. ``bootstrap`` resamplings of the documents give each F1 a 95 % interval.
    Raises OffsetError for a span outside its text.
    """
    counted = [_count(_Cover(texts[name], name), gold[name], predicted.get(name, ())) for name in sorted(gold)]
    figures = {metric: _total(document[metric] for document in counted).figure() for metric in METRICS}
    if bootstrap and counted:
        for metric, interval in _intervals(counted, bootstrap).items():
            figures[metric] = replace(figures[metric], interval=interval)
    return Scores(len(counted), figures)


def matches(
    text: str, gold: Sequence[Attribution], predicted: Sequence[Attribution], metric: str = HEADLINE
) -> list[tuple[int, int]]:
    """The pairs (index in gold, index in predicted) that a one-to-one metric matches in one document."""
    cover = _Cover(text)
    pairs = _pairs(cover.attributions(gold), cover.attributions(predicted))
    return [(pair.gold.place, pair.predicted.place) for pair in _match(filter(_RULES[metric], pairs))]


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The tokens that one role of an attribution covers, and the words among them."""

    all: frozenset[int]
    words: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.all)

    def touches(self, other: _Tokens) -> bool:
        return not self.all.isdisjoint(other.all)

    def same_words(self, other: _Tokens) -> bool:
        return self.words == other.words

    def jaccard(self, other: _Tokens) -> float:
        """Shared over joint words; 1 where both are empty, 0 where one is."""
        mine, theirs = self.words, other.words
        if not mine or not theirs:
            mine, theirs = self.all, other.all
            if not mine or not theirs:
                return float(not mine and not theirs)
        shared = len(mine & theirs)
        return shared / (len(mine) + len(theirs) - shared)


@dataclass(frozen=True, slots=True, eq=False)
class _Covered:
    """An attribution as token sets. ``direct``: a word of its content is quoted."""

    place: int
    source: _Tokens
    cue: _Tokens
    content: _Tokens
    direct: bool


class _Cover:
    """One text's tokens, and which of them a span covers. ``name`` is the document's, for complaints."""

    def __init__(self, text: str, name: str = "text") -> None:
        spans = tokens(text)
        self._name = name
        self._length = len(text)
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]
        self._words = frozenset(
            k for k, (start, end) in enumerate(spans) if end - start > 1 or text[start].isalnum() or text[start] == "_"
        )
        self._quoted = self._tokens(quoted(text), "quotation").all

    def attributions(self, items: Iterable[Attribution]) -> list[_Covered]:
        """The attributions as token sets, in their order."""
        return [self._attribution(place, item) for place, item in enumerate(items)]

    def _attribution(self, place: int, item: Attribution) -> _Covered:
        where = f"attribution {item.n}"
        content = self._tokens(item.content, where)
        return _Covered(
            place=place,
            source=self._tokens(item.source, where),
            cue=self._tokens(item.cue, where),
            content=content,
            direct=not content.words.isdisjoint(self._quoted),
        )

    def _tokens(self, spans: Iterable[Span], where: str) -> _Tokens:
        covered: set[int] = set()
        for start, end in spans:
            if not 0 <= start <= end <= self._length:
                span = f"span [{start}, {end})"
                raise OffsetError(f"{self._name}: {where}: {span} does not fit a text of {self._length} characters")
            if start < end:
                covered.update(range(bisect_right(self._ends, start), bisect_left(self._starts, end)))
        return _Tokens(frozenset(covered), self._words & covered)


@dataclass(frozen=True, slots=True, eq=False)
class _Pair:
    """A gold and a predicted attribution that might be one; how alike their contents and sources are (J)."""

    gold: _Covered
    predicted: _Covered
    content: float
    source: float


def _pairs(gold: Sequence[_Covered], predicted: Sequence[_Covered], role: str = "content") -> list[_Pair]:
    """Every pair that shares a token in the role."""
    return [
        _Pair(ours, theirs, ours.content.jaccard(theirs.content), ours.source.jaccard(theirs.source))
        for ours in gold
        for theirs in predicted
        if getattr(ours, role).touches(getattr(theirs, role))
    ]


def _same_content_words(pair: _Pair) -> bool:
    # Two contents of punctuation alone have the same words (none): they must be the same punctuation.
    ours, theirs = pair.gold.content, pair.predicted.content
    return ours.same_words(theirs) and (bool(ours.words) or ours.all == theirs.all)


def _relaxed_nocue(pair: _Pair) -> bool:
    return pair.content >= HALF and pair.source >= HALF


def _relaxed(pair: _Pair) -> bool:
    return _relaxed_nocue(pair) and (not pair.gold.cue or pair.gold.cue.touches(pair.predicted.cue))


def _strict(pair: _Pair) -> bool:
    ours, theirs = pair.gold, pair.predicted
    return (ours.content, ours.source, ours.cue) == (theirs.content, theirs.source, theirs.cue)


def _strict_words(pair: _Pair) -> bool:
    ours, theirs = pair.gold, pair.predicted
    return _same_content_words(pair) and ours.source.same_words(theirs.source) and ours.cue.same_words(theirs.cue)


# The one-to-one metrics on contents: which pairs, among those that share a token, may be matched.
_RULES: Mapping[str, Callable[[_Pair], bool]] = {
    "content.any": lambda pair: True,  # noqa: ARG005 - sharing a token is the whole rule
    "content.strict": lambda pair: pair.gold.content == pair.predicted.content,
    "content.strict_words": _same_content_words,
    "content.jaccard50": lambda pair: pair.content >= HALF,
    "attribution.relaxed": _relaxed,
    "attribution.relaxed_nocue": _relaxed_nocue,
    "attribution.strict": _strict,
    "attribution.strict_words": _strict_words,
}


def _by_content(pair: _Pair) -> _Rank:
    """Sorts the pair with the likest contents first, then the likest sources, then by position."""
    at = min(pair.gold.content.all)
    return -pair.content, -pair.source, at, pair.gold.place, pair.predicted.place


def _by_cue(pair: _Pair) -> _Rank:
    """Sorts the pair with the likest cues first (by all their tokens), then the likest contents."""
    ours, theirs = pair.gold.cue.all, pair.predicted.cue.all
    alike = len(ours & theirs) / len(ours | theirs)
    return -alike, -pair.content, min(ours), pair.gold.place, pair.predicted.place


def _match(pairs: Iterable[_Pair], rank: Callable[[_Pair], _Rank] = _by_content) -> list[_Pair]:
    """One-to-one, greedily: the best pair first, each attribution used once."""
    matched: list[_Pair] = []
    gold_used: set[int] = set()
    predicted_used: set[int] = set()
    for pair in sorted(pairs, key=rank):
        if pair.gold.place not in gold_used and pair.predicted.place not in predicted_used:
            gold_used.add(pair.gold.place)
            predicted_used.add(pair.predicted.place)
            matched.append(pair)
    return matched


def _count(cover: _Cover, gold: Iterable[Attribution], predicted: Iterable[Attribution]) -> dict[str, Counts]:
    """The counts of every metric in one document."""
    ours, theirs = cover.attributions(gold), cover.attributions(predicted)
    counts = {f"token.{role}": _token_counts(ours, theirs, role) for role in ("source", "cue", "content")}
    counts["cue.overlap"] = _cue_counts(ours, theirs)
    ours, theirs = [item for item in ours if item.content], [item for item in theirs if item.content]
    counts["content.partial"] = _partial_counts(ours, theirs)
    pairs = _pairs(ours, theirs)
    for metric, rule in _RULES.items():
        matched = _match(filter(rule, pairs))
        counts[metric] = Counts(len(matched), len(theirs), len(matched), len(ours))
        if metric in _SPLIT_BY_QUOTATION:
            counts[f"{metric}.direct"] = _quotation_counts(ours, theirs, matched, direct=True)
            counts[f"{metric}.indirect"] = _quotation_counts(ours, theirs, matched, direct=False)
        if metric == "content.jaccard50":
            right = sum(pair.source >= HALF for pair in matched)
            counts["source.given_content"] = Counts(right, len(matched), right, len(matched))
    return counts


def _union(items: Iterable[_Covered], role: str) -> frozenset[int]:
    return frozenset[int]().union(*(getattr(item, role).all for item in items))


def _token_counts(gold: Sequence[_Covered], predicted: Sequence[_Covered], role: str) -> Counts:
    ours, theirs = _union(gold, role), _union(predicted, role)
    shared = len(ours & theirs)
    return Counts(shared, len(theirs), shared, len(ours))


def _cue_counts(gold: Sequence[_Covered], predicted: Sequence[_Covered]) -> Counts:
    hits = len(_match(_pairs(gold, predicted, "cue"), rank=_by_cue))
    return Counts(hits, sum(bool(item.cue) for item in predicted), hits, sum(bool(item.cue) for item in gold))


def _partial_counts(gold: Sequence[_Covered], predicted: Sequence[_Covered]) -> Counts:
    ours, theirs = _union(gold, "content"), _union(predicted, "content")
    return Counts(_shares(predicted, ours), len(predicted), _shares(gold, theirs), len(gold))


def _shares(items: Sequence[_Covered], covered: frozenset[int]) -> float:
    """The sum, over contents, of the share of their tokens that is covered."""
    return sum(len(item.content.all & covered) / len(item.content.all) for item in items)


def _quotation_counts(
    gold: Sequence[_Covered], predicted: Sequence[_Covered], matched: Sequence[_Pair], *, direct: bool
) -> Counts:
    return Counts(
        sum(pair.predicted.direct == direct for pair in matched),
        sum(item.direct == direct for item in predicted),
        sum(pair.gold.direct == direct for pair in matched),
        sum(item.direct == direct for item in gold),
    )


def _total(counts: Iterable[Counts]) -> Counts:
    return reduce(add, counts, Counts())


def _intervals(counted: Sequence[Mapping[str, Counts]], resamplings: int) -> dict[str, tuple[float, float]]:
    """The 95 % percentile interval of each metric's F1 over resampled documents."""
    chance = random.Random(SEED)  # noqa: S311 - a resampling, not a secret
    samples: dict[str, list[float]] = {metric: [] for metric in METRICS}
    for _ in range(resamplings):
        chosen = [counted[chance.randrange(len(counted))] for _ in counted]
        for metric, values in samples.items():
            values.append(_total(document[metric] for document in chosen).figure().f1 or 0.0)
    low, high = (min(resamplings - 1, int(share * resamplings)) for share in INTERVAL)
    ordered = {metric: sorted(values) for metric, values in samples.items()}
    return {metric: (values[low], values[high]) for metric, values in ordered.items()}
