"""Text -> what the encoder sees: windows of whole paragraphs, as word pieces and what a piece cannot show.

The encoder is uncased and sees one flat sequence, so each piece carries three small features: the
shape of its word (case, digits), whether it stands inside double quotation marks, and whether it
begins a paragraph. Labels live on words (tokens of ``text.TOKEN``), so a window also knows the first
piece of each word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from reportedly.schema import Span
from reportedly.text import paragraphs, quoted, sentences, tokens

IntArray = npt.NDArray[np.int64]

# 256 pieces score as well as 384 with 17 % less work (attention is quadratic).
WINDOW_PIECES = 256
CLS, SEP, UNK, PAD = "[CLS]", "[SEP]", "[UNK]", "[PAD]"

# Word shapes. NONE is also what training puts in place of a shape to keep the model from leaning on case.
SHAPE_NONE, SHAPE_LOWER, SHAPE_TITLE, SHAPE_UPPER, SHAPE_MIXED, SHAPE_DIGIT, SHAPE_PUNCT = range(7)
QUOTE_OUTSIDE, QUOTE_INSIDE, QUOTE_MARK = range(3)
FEATURES = (7, 3, 2)  # the number of values of: shape, quotation, paragraph start

# One word never takes more pieces than this: a 200 kB run of letters must not fill a window.
WORD_PIECES = 16
# Distinct words whose pieces are remembered; news has about 50,000.
CACHE_WORDS = 100_000


@dataclass(frozen=True, eq=False)
class Window:
    """A run of words that the encoder sees at once.

    ``pieces`` (L,) are vocabulary ids with [CLS] and [SEP]; ``features`` (L, 3) their features;
    ``first`` (T,) the position of each word's first piece; ``words`` (T, 2) the words' spans in the text.
    """

    pieces: IntArray
    features: IntArray
    first: IntArray
    words: IntArray


class Pieces:
    """Words to word-piece ids, each distinct word cut once. Safe to share between threads."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._cache: dict[str, list[int]] = {}
        self.cls, self.sep, self.unk, self.pad = (self._id(t) for t in (CLS, SEP, UNK, PAD))

    def _id(self, token: str) -> int:
        found = self._tokenizer.token_to_id(token)
        if found is None:
            raise ValueError(f"the tokenizer has no {token}")
        return int(found)

    def __call__(self, words: Sequence[str]) -> list[list[int]]:
        """The piece ids of each word; a word that the normaliser empties is [UNK], never nothing."""
        cache = self._cache
        new = list({word for word in words if word not in cache})
        if new:
            if len(cache) + len(new) > CACHE_WORDS:
                cache = self._cache = {}  # a fresh dict: other threads keep the one that they hold
                new = list(set(words))
            encoded = self._tokenizer.encode_batch(new, add_special_tokens=False)
            cache.update((word, e.ids[:WORD_PIECES] or [self.unk]) for word, e in zip(new, encoded, strict=True))
        return [cache[word] for word in words]


def windows(text: str, pieces: Pieces, limit: int = WINDOW_PIECES) -> list[Window]:
    """Cut a text into windows of whole paragraphs, at most ``limit`` pieces each.

    A paragraph that does not fit is cut between sentences, a sentence that does not fit between words.
    """
    spans = tokens(text)
    if not spans:
        return []
    ids = pieces([text[start:end] for start, end in spans])
    words = np.array(spans, dtype=np.int64)
    features = _features(text, words)
    costs = np.array([len(i) for i in ids], dtype=np.int64)
    return [
        _window(ids[low:high], features[low:high], words[low:high], pieces)
        for low, high in pack(_units(text, words[:, 0], costs, limit - 2), costs, limit - 2)
    ]


def pack(units: Sequence[Span], costs: IntArray, limit: int) -> list[Span]:
    """Join neighbouring units (word ranges) greedily while their pieces fit into ``limit``."""
    packed: list[Span] = []
    size = 0
    for low, high in units:
        cost = int(costs[low:high].sum())
        if packed and size + cost <= limit:
            packed[-1] = (packed[-1][0], high)
            size += cost
        else:
            packed.append((low, high))
            size = cost
    return packed


def _units(text: str, starts: IntArray, costs: IntArray, limit: int) -> list[Span]:
    """Word ranges that may not be cut: paragraphs, or the sentences or pieces of one that is too long."""

    def words_of(span: Span) -> Span:
        low, high = np.searchsorted(starts, span)
        return int(low), int(high)

    units: list[Span] = []
    for paragraph in paragraphs(text):
        low, high = words_of(paragraph)
        if costs[low:high].sum() <= limit:
            units.append((low, high))
            continue
        for sentence in sentences(text, paragraph):
            units.extend(_chop(words_of(sentence), costs, limit))
    return [unit for unit in units if unit[0] < unit[1]]


def _chop(unit: Span, costs: IntArray, limit: int) -> list[Span]:
    """A word range cut so that each part fits into ``limit`` pieces."""
    low, high = unit
    parts: list[Span] = []
    while low < high:
        fits = int(np.searchsorted(np.cumsum(costs[low : low + limit]), limit, side="right"))
        cut = min(high, low + max(1, fits))
        parts.append((low, cut))
        low = cut
    return parts


def _features(text: str, words: IntArray) -> IntArray:
    """Shape, quotation and paragraph start of every word: (T, 3)."""
    features = np.zeros((len(words), 3), dtype=np.int64)
    shapes: dict[str, int] = {}
    for i, (start, end) in enumerate(words.tolist()):
        word = text[start:end]
        shape = shapes.get(word)
        if shape is None:
            shape = shapes[word] = _shape(word)
        features[i, 0] = shape
    for start, end in quoted(text):
        low, high = np.searchsorted(words[:, 0], (start, end))
        features[low:high, 1] = QUOTE_INSIDE
        # Marks are one or two characters, so one or two words, at either end of the quotation.
        for i in (low, high - 1):
            if low <= i < high:
                features[i, 1] = QUOTE_MARK
    begins = np.searchsorted(words[:, 0], [start for start, _ in paragraphs(text)])
    features[begins[begins < len(words)], 2] = 1
    return features


def _shape(word: str) -> int:
    if word[0].isdigit():
        return SHAPE_DIGIT
    if not word[0].isalpha():
        return SHAPE_PUNCT
    if word.islower():
        return SHAPE_LOWER
    if word.isupper() and len(word) > 1:
        return SHAPE_UPPER
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return SHAPE_TITLE
    return SHAPE_MIXED


def _window(ids: Sequence[list[int]], features: IntArray, words: IntArray, pieces: Pieces) -> Window:
    lengths = np.array([len(i) for i in ids], dtype=np.int64)
    first = 1 + np.concatenate(([0], np.cumsum(lengths)[:-1]))
    flat = [pieces.cls, *(p for word in ids for p in word), pieces.sep]
    per_piece = np.zeros((len(flat), 3), dtype=np.int64)
    per_piece[1:-1] = np.repeat(features, lengths, axis=0)
    per_piece[1:-1, 2] = 0
    per_piece[first, 2] = features[:, 2]  # only the first piece of a paragraph begins it
    return Window(np.array(flat, dtype=np.int64), per_piece, first, words)
