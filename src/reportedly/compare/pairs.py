"""Two statements -> how likely they are the same claim, for or against.

Lexical overlap weighted by rarity and the cosine of sentence vectors (in public data on matching claims 0.4 BM25 and
0.6 cosine did best), and what blocks or backs a match: names and years that one has alone, numbers, who speaks, when
it was said, and how statements of the same voice follow one another. The weights are those of a logistic regression
(``decision.toml``, made by ``training/claims.py``).
"""

from __future__ import annotations

import functools
import math
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources

import numpy as np
import numpy.typing as npt

from reportedly.compare.quantities import Quantity, agreeing, conflicting
from reportedly.compare.statements import Statement
from reportedly.compare.traits import Traits
from reportedly.compare.voices import same_voice
from reportedly.schema import Article

FEATURES = (
    "alone", "in context", "overlap", "odd names", "same voice", "other voice", "same numbers", "other dates",
    "other counts", "other occasion", "restated", "went on", "rebutted", "carried", "mutual", "short", "own voice",
    "near", "same page", "same words",
)  # fmt: skip
# What features that take time can add, at most in practice, to what words, meaning and numbers give on the scale of
# the logistic regression: pairs that cannot reach UNLIKELY are not looked at.
REACHABLE = 0.5
# How the two are mixed where a page's best match is sought.
MEANING, WORDS = 0.6, 0.4
# Days between two sayings that are not one occasion.
APART = 4
# Counts below this are shared by chance.
SMALL = 13
# Sentences between a charge and its rebuttal.
REACH = 2

# What is likelier than this is kept of a pair (0 to 1); the rest are as good as unseen.
UNLIKELY = 0.05
# A statement among those compared: its article's id and its place on the page.
Key = tuple[str, int]
# How likely two statements are one claim (0 to 1), for all pairs that were worth a look.
Shares = Mapping[frozenset[Key], float]
# The same by statement.
Near = Mapping[Key, Mapping[Key, float]]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A statement with all that is compared of it.

    ``alone`` and ``context`` are its vectors, of its own words and of these within their passage; ``said_on`` the ISO
    day on which it was said, as near as is known; ``outlets`` the plain names through which it came.
    """

    statement: Statement
    traits: Traits
    alone: Floats
    context: Floats
    said_on: str | None
    outlets: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """An article among those compared: its items, its outlet's plain name, and in how many sentences a word stands."""

    article: Article
    items: tuple[Item, ...]
    outlet: str
    counts: Mapping[str, int]
    sentences: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two items of two pages (or of one), by their places, and the features of the pair, as ``FEATURES`` names them."""

    first: int
    second: int
    values: tuple[float, ...]

    @property
    def share(self) -> float:
        """The probability that both are one claim (0 to 1)."""
        bias, weights = _decision()
        return 1 / (1 + math.exp(-(bias + sum(w * v for w, v in zip(weights, self.values, strict=True)))))


@functools.cache
def _decision() -> tuple[float, tuple[float, ...]]:
    table = tomllib.loads((resources.files("reportedly.compare") / "decision.toml").read_text("utf-8"))
    return float(table["bias"]), tuple(float(table["weights"][name]) for name in FEATURES)


def pairs(a: Page, b: Page) -> Iterator[Pair]:
    """All pairs of items that are worth a look, of two pages or of one with itself."""
    if not a.items or not b.items:
        return
    same = a is b
    alone = np.stack([x.alone for x in a.items]) @ np.stack([y.alone for y in b.items]).T
    context = np.stack([x.context for x in a.items]) @ np.stack([y.context for y in b.items]).T
    weight = _Weights(a, b)
    overlap = weight.overlaps(a, b)
    mixed = MEANING * alone + WORDS * overlap
    best_a, best_b = mixed.max(axis=1), mixed.max(axis=0)
    worth = _reachable(a, b, alone, context, overlap, _shared_numbers(a, b)) | _linked(a, b)
    for i, j in zip(*(places.tolist() for places in worth.nonzero()), strict=True):
        x, y = a.items[i], b.items[j]
        if same and (j <= i or _overlapping(x.statement, y.statement)):
            continue
        mutual = 0.0 if same else float(mixed[i, j] >= best_a[i] - 0.01) + float(mixed[i, j] >= best_b[j] - 0.01)
        values = (
            float(alone[i, j]), float(context[i, j]), float(overlap[i, j]), *_compared(x, y, weight),
            *_following(x, y, same), float(not same and _carried(x, y, a, b)), mutual,
            1 / (1 + min(len(x.traits.words), len(y.traits.words))),
            float(x.statement.said is None) + float(y.statement.said is None),
            float(same and _gap(x, y) <= 1), float(same), _same_words(x.traits, y.traits),
        )  # fmt: skip
        yield Pair(i, j, values)


def _reachable(
    a: Page, b: Page, alone: Floats, context: Floats, overlap: Floats, numbers: Floats
) -> npt.NDArray[np.bool_]:
    """Which pairs can be likelier than UNLIKELY, by the features that are quickly had."""
    bias, weights = _decision()
    of = dict(zip(FEATURES, weights, strict=True))
    own = [np.array([item.statement.said is None for item in page.items], dtype=np.float32) for page in (a, b)]
    size = [np.array([len(item.traits.words) for item in page.items], dtype=np.float32) for page in (a, b)]
    score = bias + of["alone"] * alone + of["in context"] * context + of["overlap"] * overlap
    score = score + of["same numbers"] * numbers + of["own voice"] * (own[0][:, None] + own[1][None, :])
    score = score + of["short"] / (1 + np.minimum(size[0][:, None], size[1][None, :]))
    found: npt.NDArray[np.bool_] = score + REACHABLE >= math.log(UNLIKELY / (1 - UNLIKELY))
    return found


def _shared_numbers(a: Page, b: Page) -> Floats:
    """How telling the numbers are that two statements share, for all pairs."""
    values = {(n.kind, n.value): _telling(n) for page in (a, b) for item in page.items for n in item.traits.numbers}
    column = {value: k for k, value in enumerate(values)}
    left, right = (np.zeros((len(page.items), len(column)), dtype=np.float32) for page in (a, b))
    for table, page in ((left, a), (right, b)):
        for row, item in enumerate(page.items):
            table[row, [column[n.kind, n.value] for n in item.traits.numbers]] = 1
    if not values:
        return np.zeros((len(a.items), len(b.items)), dtype=np.float32)
    weights = np.array(list(values.values()), dtype=np.float32)
    found: Floats = np.minimum(1.0, (left * weights) @ right.T)
    return found


def _linked(a: Page, b: Page) -> npt.NDArray[np.bool_]:
    """Which pairs are worth a look for where they stand, or through whom they came."""
    found = np.zeros((len(a.items), len(b.items)), dtype=bool)
    if a is not b:
        through_b = [b.outlet in x.outlets for x in a.items]
        through_a = [a.outlet in y.outlets for y in b.items]
        for i, x in enumerate(a.items):
            for j, y in enumerate(b.items):
                if through_b[i] or through_a[j]:
                    found[i, j] = _carried(x, y, a, b)
        return found
    for i, x in enumerate(a.items):
        for j in range(i + 1, len(a.items)):
            if a.items[j].statement.sentence - x.statement.sentence > REACH:
                break
            found[i, j] = any(_following(x, a.items[j], True))
    return found


class _Weights:
    """How telling a word is for two pages: the rarer in their own sentences; what all of a story says tells nothing."""

    def __init__(self, a: Page, b: Page) -> None:
        self._counts = Counter(a.counts) + Counter(b.counts) if a is not b else Counter(a.counts)
        self._all = a.sentences + (b.sentences if a is not b else 0)

    def __call__(self, word: str) -> float:
        return math.log(1 + self._all / max(1, self._counts[word]))

    def overlaps(self, a: Page, b: Page) -> Floats:
        """The weighted share of words in common of all pairs, as its square root (0 to 1)."""
        column = {word: k for k, word in enumerate(self._counts)}
        weights = np.sqrt(np.array([self(word) for word in column], dtype=np.float32))
        left, right = (self._table(page, column) * weights for page in (a, b))
        shared = left @ right.T
        either = (left**2).sum(axis=1)[:, None] + (right**2).sum(axis=1)[None, :] - shared
        found: Floats = np.sqrt(shared / np.maximum(either, 1e-6))
        return found

    @staticmethod
    def _table(page: Page, column: Mapping[str, int]) -> Floats:
        table = np.zeros((len(page.items), len(column)), dtype=np.float32)
        for row, item in enumerate(page.items):
            table[row, [column[word] for word in item.traits.words]] = 1
        return table


def _compared(x: Item, y: Item, weight: _Weights) -> tuple[float, ...]:
    """Odd names, voices, numbers and occasion."""
    a, b = x.traits, y.traits
    odd = sum(weight(word) for word in (a.names - b.words.keys()) | (b.names - a.words.keys()))
    known = bool(a.voice) and bool(b.voice)
    one_voice = same_voice(a.voice, b.voice)
    conflicts = conflicting(a.numbers, b.numbers)
    return (
        min(odd, 10.0) / 10,
        float(one_voice),
        float(known and not one_voice),
        max((_telling(one) for one, _ in agreeing(a.numbers, b.numbers)), default=0.0),
        float(any(one.kind != "count" for one, _ in conflicts)),
        float(any(one.kind == "count" for one, _ in conflicts)),
        float(_other_occasion(x, y)),
    )


def _telling(number: Quantity) -> float:
    """How telling it is that two statements share a number: a small one stands in many."""
    return 1.0 if number.kind != "count" or number.value >= SMALL else 0.4


def _following(x: Item, y: Item, same: bool) -> tuple[float, float, float]:
    """How the two follow one another on a page, each 0 or 1.

    One voice says both in neighbouring sentences, one of them quoted; or both alike; one says the opposite of the
    other nearby.
    """
    a, b = x.statement, y.statement
    if not same or _gap(x, y) > REACH:  # statements of a page stand in the order of its sentences
        return 0.0, 0.0, 0.0
    rebutted = x.traits.turned != y.traits.turned and bool(x.traits.words.keys() & y.traits.words.keys())
    if a.said is None or b.said is None or _gap(x, y) > 1 or not _one_speaker(x, y):
        return 0.0, 0.0, float(rebutted)
    restated = a.direct != b.direct
    return float(restated), float(not restated), float(rebutted)


def _one_speaker(x: Item, y: Item) -> bool:
    a, b = x.statement.said, y.statement.said
    return a is not None and b is not None and a.speaker.name is not None and a.speaker == b.speaker


def _gap(x: Item, y: Item) -> int:
    return abs(x.statement.sentence - y.statement.sentence)


def _overlapping(a: Statement, b: Statement) -> bool:
    return a.span[0] < b.span[1] and b.span[0] < a.span[1]


def _same_words(a: Traits, b: Traits) -> float:
    """How nearly the two are word for word the same: 0 where half of the longer is shared, 1 where all."""
    shared = (Counter(a.tokens) & Counter(b.tokens)).total()
    return max(0.0, 2 * shared / max(len(a.tokens), len(b.tokens), 1) - 1)


def _carried(x: Item, y: Item, a: Page, b: Page) -> bool:
    """Whether one says that the other's outlet brought it, of the same voice."""
    if b.outlet not in x.outlets and a.outlet not in y.outlets:
        return False
    return x.traits.voice == y.traits.voice or same_voice(x.traits.voice, y.traits.voice)


def _other_occasion(x: Item, y: Item) -> bool:
    """Whether the two were said on days that are too far apart to be one occasion."""
    if x.said_on is None or y.said_on is None:
        return False
    return abs((date.fromisoformat(x.said_on) - date.fromisoformat(y.said_on)).days) > APART


def same_words(a: Sequence[str], b: Sequence[str]) -> float:
    """The share of the longer of two sequences of words that the other has too (0 to 1)."""
    return (Counter(a) & Counter(b)).total() / max(len(a), len(b), 1)
