"""Texts as sequences of hashed words, and the hashed word n-grams ("shingles") by which they are compared.

Shingles: Broder, "On the resemblance and containment of documents" (1997). Winnowing, which keeps some of them so
that no long run of shared words is missed: Schleimer, Wilkerson and Aiken, "Winnowing" (SIGMOD 2003).
"""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportedly.schema import Article, Span
from reportedly.text import quoted

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]

# Words of a shingle: benchmarks/copies.py. Fewer find more of what is only a common turn of phrase.
SHINGLE = 8

# Blocks that hold the report itself; captions, credits, bylines, datelines, headings and furniture do not.
BODY = frozenset({"paragraph", "list", "quote"})

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, so that multiplying loses nothing
_MIX = np.uint64(0xBF58476D1CE4E5B9)


@dataclass(frozen=True)
class Words:
    """The words of some spans of a text, in order: their hashes, and when asked for, where they stand."""

    text: str
    spans: tuple[Span, ...]
    hashes: Hashes

    def __len__(self) -> int:
        return len(self.hashes)

    @property
    def starts(self) -> Places:
        """Where each word begins in the text."""
        return self._places[:, 0]

    @property
    def ends(self) -> Places:
        """Where each word ends."""
        return self._places[:, 1]

    @functools.cached_property
    def quoted(self) -> NDArray[np.bool_]:
        """Of each word whether it stands inside quotation marks."""
        marks = np.array(quoted(self.text), np.int64).reshape(-1, 2)
        # A word is quoted where more quotations have begun before it than have ended.
        begun, ended = (marks[:, k].searchsorted(self.starts, "right") for k in (0, 1))
        return np.asarray(begun > ended, np.bool_)

    @functools.cached_property
    def _places(self) -> Places:
        found = [match.span() for span in self.spans for match in _WORD.finditer(self.text, *span)]
        return np.array(found, np.int64).reshape(-1, 2)


def body_spans(article: Article) -> list[Span]:
    """The blocks that hold the report; the whole text of an article without blocks."""
    if not article.blocks:
        return [(0, len(article.text))]
    return [block.span for block in article.blocks if block.kind in BODY]


def words_of(article: Article) -> Words:
    """The words of an article's body."""
    return words_in(article.text, body_spans(article))


def words_in(text: str, spans: Iterable[Span]) -> Words:
    """The words of some spans of a text, in order."""
    spans = tuple(spans)
    found = [word for start, end in spans for word in _WORD.findall(text[start:end])]
    return Words(text, spans, np.array(list(map(word_hash, found)), np.uint64))


@functools.lru_cache(maxsize=1 << 18)
def word_hash(word: str) -> int:
    """64 bits that stand for a word, the same on every machine; letter case, accents and apostrophes do not count."""
    plain = unicodedata.normalize("NFKD", word.casefold().replace("’", "'"))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return int.from_bytes(hashlib.blake2b(bare.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def grams(hashes: Hashes, n: int) -> Hashes:
    """The hash of every run of ``n`` words, by the place of its first word; empty for a shorter text."""
    count = len(hashes) - n + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    total = np.zeros(count, np.uint64)
    for k in range(n):
        total = total * _BASE + hashes[k : k + count]
    total ^= total >> np.uint64(31)
    total *= _MIX
    total ^= total >> np.uint64(29)
    return total


def winnow(hashes: Hashes, window: int) -> Hashes:
    """The least hash of every ``window`` neighbours, each once: a run of so many shared shingles is never missed."""
    if len(hashes) <= window:
        return np.unique(hashes)
    return np.unique(np.lib.stride_tricks.sliding_window_view(hashes, window).min(axis=1))


def among(hashes: Hashes, distinct: Hashes) -> NDArray[np.bool_]:
    """Of each hash whether it is among the distinct ones, which are sorted."""
    if not len(distinct):
        return np.zeros(len(hashes), np.bool_)
    places = np.minimum(distinct.searchsorted(hashes), len(distinct) - 1)
    return np.asarray(distinct[places] == hashes, np.bool_)
