"""Sourcing against gold: who spoke, through whom, on what condition, how surely, when.

A predicted attribution is matched to one of gold, one to one, best first, if their contents share at least
half of their characters (J, the Jaccard index on code points, >= 0.5). Every field but ``found``, ``sourced``
and ``everything`` is judged in matched pairs alone: it says how good the sourcing is where a statement was
found. Names are compared as words, without case, accents and leading titles; single letters are left out.

===============  =================================================================================
``found``        statements that are matched
``sourced``      the same among sourced statements (``Attribution.sourced``), each side held to its own
``via``          carriers of the relay chains: all words of the shorter name are in the longer. One that
                 gold carried over from another paragraph counts if it is found and costs nothing if not
``conditions``   spans that share half of the characters of the longer; ``hedges`` likewise
``speaker``      the name is gold's, or longer and ends in gold's; of documents, groups and the unnamed it
                 may share half of the words. Nobody is right only where gold has nobody
``type``         the same; ``stance``, ``anonymous`` likewise (the last not where gold's type is unknown)
``role``         half of the words of gold's role are there, where gold has one
``chain``        the whole relay chain is right, in order, where gold has a carrier in the same paragraph
``when``         the same date, where gold dates the saying in the same paragraph
``when unasked``  a date is given where gold has none there, and it is one that gold carried over; all
                 others are the ``when_false`` of the scores
``everything``   of ALL attributions of gold: found, with speaker, type, chain and conditions right
===============  =================================================================================

Figures are pooled over documents.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import dropwhile
from operator import add
from typing import TypeVar

from reportedly.errors import SchemaError
from reportedly.schema import Attribution, Carrier, Span, SpeakerType

HALF = 0.5  # the Jaccard index from which two contents are one statement
SOURCE_BONUS = 0.1  # what a shared source adds to it when two predictions compete for one statement

# What a name may start with without being another name: the sourcing benchmark's own list, not the lexicon's,
# so that a better lexicon does not move the yardstick.
_OPENER = re.compile(
    r"the|an?|mr|mrs|ms|dr|sir|rev|prof|professor|gen|judge|sen|senator|rep|representative|gov|governor|president"
)
# Types whose names are descriptions, which readers word differently.
_DESCRIBED: frozenset[SpeakerType] = frozenset({"document", "unnamed", "group"})

_Part = TypeVar("_Part", Span, Carrier)
Value = str | bool | None | tuple[str, ...] | tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of ``n`` answers are right."""

    right: int
    n: int

    @property
    def value(self) -> float | None:
        """The share that is right (0 to 1); None where nothing was asked."""
        return self.right / self.n if self.n else None

    @property
    def wrong(self) -> int:
        """How many answers are not right."""
        return self.n - self.right


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much of what was predicted and what gold has is in ``both``; it adds up."""

    both: int = 0
    n_pred: int = 0
    n_gold: int = 0

    def __add__(self, other: Overlap) -> Overlap:
        return Overlap(self.both + other.both, self.n_pred + other.n_pred, self.n_gold + other.n_gold)

    @property
    def precision(self) -> float | None:
        """The share of predictions that gold has; None where nothing was predicted."""
        return self.both / self.n_pred if self.n_pred else None

    @property
    def recall(self) -> float | None:
        """The share of gold that was predicted; None where gold has nothing."""
        return self.both / self.n_gold if self.n_gold else None

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where there is nothing on either side."""
        total = self.n_pred + self.n_gold
        return 2 * self.both / total if total else 1.0

    @property
    def exact(self) -> bool:
        """Nothing is missed and nothing is made up."""
        return self.both == self.n_pred == self.n_gold


@dataclass(frozen=True, slots=True)
class SourcingScores:
    """The figures over so many documents of gold, named as in ``OVERLAPS`` and ``SHARES``.

    ``floor`` is the confidence from which a prediction counts as ``sourced``.
    """

    documents: int
    floor: float
    overlaps: Mapping[str, Overlap]
    shares: Mapping[str, Share]

    @property
    def when_false(self) -> int:
        """How many dates are given where gold does not date the saying, or carries over another date."""
        return self.shares["when unasked"].wrong


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One field of attribution ``n`` of gold that its prediction has otherwise."""

    document: str
    n: int
    gold: Value
    predicted: Value


def score_sourcing(
    gold: Mapping[str, Sequence[Attribution]],
    predicted: Mapping[str, Sequence[Attribution]],
    floor: float = 0.5,
) -> SourcingScores:
    """Score the sourcing of predictions against gold, both by document.

    Gold decides which documents count: one without predictions scores as empty, a predicted one that gold
    lacks is passed over. ``floor`` (0 to 1) is the confidence from which a prediction can be ``sourced``.
    """
    offered = {name: predicted.get(name, ()) for name in gold}
    pairs = list(_matched(gold, offered))
    found = _found(gold, offered)
    overlaps = {name: _total(field.overlap(pair) for pair in pairs) for name, field in _PARTS.items()}
    shares = {name: _share(field, pairs) for name, field in _ANSWERS.items()}
    return SourcingScores(
        documents=len(gold),
        floor=floor,
        overlaps={"found": found, "sourced": _found(_sourced(gold, 0.0), _sourced(offered, floor)), **overlaps},
        shares={**shares, "everything": Share(sum(map(_all_right, pairs)), found.n_gold)},
    )


def errors(
    gold: Mapping[str, Sequence[Attribution]], predicted: Mapping[str, Sequence[Attribution]], field: str
) -> list[Mismatch]:
    """Where the predictions that were matched have one of ``FIELDS`` wrong: by document, in gold's order.

    Raises SchemaError for a field that is not judged.
    """
    judged = _PARTS.get(field) or _ANSWERS.get(field)
    if judged is None:
        raise SchemaError(f"the sourcing field {field!r} is not judged; choose one of {', '.join(FIELDS)}")
    return [
        Mismatch(pair.document, pair.gold.n, judged.value(pair.gold), judged.value(pair.predicted))
        for pair in _matched(gold, predicted)
        if judged.amiss(pair)
    ]


# ------------------------------------------------------------------ which prediction answers to which gold


@dataclass(frozen=True, slots=True)
class _Pair:
    """An attribution of gold, and the predicted one that is matched to it."""

    document: str
    gold: Attribution
    predicted: Attribution


def _matched(
    gold: Mapping[str, Sequence[Attribution]], predicted: Mapping[str, Sequence[Attribution]]
) -> Iterator[_Pair]:
    """The matched pairs of all documents, by document, in gold's order."""
    for name in sorted(gold):
        ours, theirs = gold[name], predicted.get(name, ())
        for at, to in sorted(_match(ours, theirs)):
            yield _Pair(name, ours[at], theirs[to])


def _match(gold: Sequence[Attribution], predicted: Sequence[Attribution]) -> Iterator[tuple[int, int]]:
    """Places in gold and in the predictions, one to one, greedily; of equally good pairs the later goes first."""
    free, untaken = set(range(len(gold))), set(range(len(predicted)))
    for _, at, to in sorted(_candidates(gold, predicted), reverse=True):
        if at in free and to in untaken:
            free.remove(at)
            untaken.remove(to)
            yield at, to


def _candidates(gold: Sequence[Attribution], predicted: Sequence[Attribution]) -> Iterator[tuple[float, int, int]]:
    """Every pair of places that may be one statement, with how alike it is."""
    theirs = [(_characters(item.content), _characters(item.source)) for item in predicted]
    for at, item in enumerate(gold):
        content, source = _characters(item.content), _characters(item.source)
        for to, (their_content, their_source) in enumerate(theirs):
            if content.isdisjoint(their_content):
                continue
            alike = len(content & their_content) / len(content | their_content)
            if alike >= HALF:
                yield alike + SOURCE_BONUS * (not source.isdisjoint(their_source)), at, to


def _characters(spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(at for start, end in spans for at in range(start, end))


def _found(gold: Mapping[str, Sequence[Attribution]], predicted: Mapping[str, Sequence[Attribution]]) -> Overlap:
    both = sum(1 for _ in _matched(gold, predicted))
    return Overlap(both, sum(map(len, predicted.values())), sum(map(len, gold.values())))


def _sourced(by_document: Mapping[str, Sequence[Attribution]], floor: float) -> dict[str, list[Attribution]]:
    return {name: [item for item in items if item.sourced(floor)] for name, items in by_document.items()}


# ------------------------------------------------------------------ names


def _words(name: str | None) -> tuple[str, ...]:
    """The words of a name or role without case, accents, possessive endings, leading articles and titles."""
    flat = unicodedata.normalize("NFKD", (name or "").replace("’", "'")).lower()
    bare = "".join(letter for letter in flat if not unicodedata.combining(letter))
    words = re.findall(r"[\w&]+", re.sub(r"'s\b", "", bare))
    return tuple(dropwhile(_OPENER.fullmatch, words))


def _name(name: str | None) -> tuple[str, ...]:
    """The words of a name that tell it from others: without initials."""
    return tuple(word for word in _words(name) if len(word) > 1)


def _same_speaker(gold: Attribution, predicted: Attribution) -> bool:
    ours, theirs = _name(gold.speaker.name), _name(predicted.speaker.name)
    if not ours or not theirs:
        return not ours and not theirs
    if theirs[-len(ours) :] == ours:
        return True
    mine, other = set(ours), set(theirs)
    return gold.speaker.type in _DESCRIBED and 2 * len(mine & other) >= len(mine | other)


def _same_role(gold: Attribution, predicted: Attribution) -> bool:
    ours, theirs = set(_words(gold.speaker.role)), set(_words(predicted.speaker.role))
    return 2 * len(ours & theirs) >= len(ours)


# ------------------------------------------------------------------ chains, spans, dates


def _same_carrier(gold: Carrier, predicted: Carrier) -> bool:
    ours, theirs = set(_name(gold.name)), set(_name(predicted.name))
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)


def _own_carriers(item: Attribution) -> int:
    """How many carriers the attribution's own paragraph shows."""
    return sum(not carrier.carried for carrier in item.via)


def _same_chain(gold: Attribution, predicted: Attribution) -> bool:
    if not predicted.via:
        return not _own_carriers(gold)
    return len(gold.via) == len(predicted.via) and all(map(_same_carrier, gold.via, predicted.via))


def _same_span(gold: Span, predicted: Span) -> bool:
    shared = min(gold[1], predicted[1]) - max(gold[0], predicted[0])
    return 2 * max(shared, 0) >= max(gold[1] - gold[0], predicted[1] - predicted[0])


def _shared(gold: Iterable[_Part], predicted: Iterable[_Part], same: Callable[[_Part, _Part], bool]) -> int:
    """How many of gold's parts have one among the predicted; each goes to the first that it fits."""
    left = list(predicted)
    found = 0
    for ours in gold:
        at = next((at for at, theirs in enumerate(left) if same(ours, theirs)), None)
        if at is not None:
            del left[at]
            found += 1
    return found


def _carriers_in_common(gold: Attribution, predicted: Attribution) -> Overlap:
    both = _shared(gold.via, predicted.via, _same_carrier)
    return Overlap(both, len(predicted.via), max(both, _own_carriers(gold)))


def _conditions_in_common(gold: Attribution, predicted: Attribution) -> Overlap:
    return _spans_in_common(gold.conditions, predicted.conditions)


def _hedges_in_common(gold: Attribution, predicted: Attribution) -> Overlap:
    return _spans_in_common(gold.hedges, predicted.hedges)


def _spans_in_common(gold: Sequence[Span], predicted: Sequence[Span]) -> Overlap:
    return Overlap(_shared(gold, predicted, _same_span), len(predicted), len(gold))


def _date(item: Attribution) -> str | None:
    return item.when.date if item.when is not None else None


def _dated_here(gold: Attribution) -> bool:
    return gold.when is not None and not gold.when.carried


# ------------------------------------------------------------------ the fields


@dataclass(frozen=True, slots=True)
class _Answer:
    """A field with one answer: when gold's is given, of which pairs it is asked, and what is shown of it."""

    right: Callable[[Attribution, Attribution], bool]
    value: Callable[[Attribution], Value]
    asked: Callable[[Attribution, Attribution], bool] = lambda gold, predicted: True  # noqa: ARG005 - asked of all

    def amiss(self, pair: _Pair) -> bool:
        """Whether the field is asked of the pair, and its answer is wrong."""
        return self.asked(pair.gold, pair.predicted) and not self.right(pair.gold, pair.predicted)


@dataclass(frozen=True, slots=True)
class _Parts:
    """A field with any number of parts: which both sides have, and what is shown of them."""

    common: Callable[[Attribution, Attribution], Overlap]
    value: Callable[[Attribution], Value]

    def overlap(self, pair: _Pair) -> Overlap:
        """What the two of a pair have in common."""
        return self.common(pair.gold, pair.predicted)

    def amiss(self, pair: _Pair) -> bool:
        """Whether a part is missed or made up."""
        return not self.overlap(pair).exact


def _equal(value: Callable[[Attribution], Value]) -> Callable[[Attribution, Attribution], bool]:
    return lambda gold, predicted: value(gold) == value(predicted)


def _chain(item: Attribution) -> tuple[str, ...]:
    return tuple(carrier.name for carrier in item.via)


def _type(item: Attribution) -> str:
    return item.speaker.type


def _anonymous(item: Attribution) -> bool:
    return item.speaker.anonymous


def _stance(item: Attribution) -> str | None:
    return item.stance


_PARTS: Mapping[str, _Parts] = {
    "via": _Parts(_carriers_in_common, _chain),
    "conditions": _Parts(_conditions_in_common, lambda item: item.conditions),
    "hedges": _Parts(_hedges_in_common, lambda item: item.hedges),
}
_ANSWERS: Mapping[str, _Answer] = {
    "speaker": _Answer(_same_speaker, lambda item: item.speaker.name),
    "type": _Answer(_equal(_type), _type),
    "anonymous": _Answer(_equal(_anonymous), _anonymous, lambda gold, _: gold.speaker.type != "unknown"),
    "role": _Answer(_same_role, lambda item: item.speaker.role, lambda gold, _: bool(gold.speaker.role)),
    "stance": _Answer(_equal(_stance), _stance),
    "chain": _Answer(_same_chain, _chain, lambda gold, _: _own_carriers(gold) > 0),
    "when": _Answer(_equal(_date), _date, lambda gold, _: _dated_here(gold)),
    "when unasked": _Answer(
        _equal(_date), _date, lambda gold, predicted: not _dated_here(gold) and bool(_date(predicted))
    ),
}

FIELDS = (*_ANSWERS, *_PARTS)
OVERLAPS = ("found", "sourced", *_PARTS)
SHARES = (*_ANSWERS, "everything")


def _share(answer: _Answer, pairs: Iterable[_Pair]) -> Share:
    asked = [pair for pair in pairs if answer.asked(pair.gold, pair.predicted)]
    return Share(sum(answer.right(pair.gold, pair.predicted) for pair in asked), len(asked))


def _total(overlaps: Iterable[Overlap]) -> Overlap:
    return reduce(add, overlaps, Overlap())


def _all_right(pair: _Pair) -> bool:
    """Speaker, type, chain and conditions are right, whether or not gold has a chain to ask for."""
    rights = (_ANSWERS[field].right for field in ("speaker", "type", "chain"))
    return all(right(pair.gold, pair.predicted) for right in rights) and not _PARTS["conditions"].amiss(pair)
