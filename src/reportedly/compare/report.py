"""An article made ready to be compared: its words, its sentences by what is rare in them, and its day."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportedly.compare.shingles import SHINGLE, Hashes, Words, body_spans, grams, words_of
from reportedly.lexicon.rarity import rarity, stem
from reportedly.schema import Article, Span
from reportedly.text import quoted, sentences

# Words that are no rarer than this ("said", "with": see lexicon/word_rarity.toml) tell nothing.
COMMON = 2.0

_WORD = re.compile(r"\d[\d.,]*\d|\w+(?:['’]\w+)?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the body: its span, the stems in it, and how much of it is quotation (0 to 1)."""

    span: Span
    stems: frozenset[str]
    quoted: float


@dataclass(frozen=True)
class Report:
    """An article made ready to be compared; what is asked for is made once."""

    article: Article

    @functools.cached_property
    def words(self) -> Words:
        """The words of the body."""
        return words_of(self.article)

    @functools.cached_property
    def shingles(self) -> Hashes:
        """The hash of every run of ``SHINGLE`` words, by the place of its first."""
        return grams(self.words.hashes, SHINGLE)

    @functools.cached_property
    def distinct(self) -> Hashes:
        """The shingles, sorted, each once."""
        return np.unique(self.shingles)

    @functools.cached_property
    def reported(self) -> NDArray[np.bool_]:
        """Of every shingle whether most of its words stand outside quotation marks."""
        if not len(self.shingles):
            return np.zeros(0, np.bool_)
        marks = np.lib.stride_tricks.sliding_window_view(self.words.quoted, SHINGLE)
        return np.asarray(marks.sum(axis=1) < SHINGLE / 2, np.bool_)

    @functools.cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the body, in order."""
        text, marks = self.article.text, quoted(self.article.text)
        return tuple(
            Sentence(span, stems_of(text, span), _share(span, marks))
            for block in body_spans(self.article)
            for span in sentences(text, block)
        )

    @functools.cached_property
    def stems(self) -> frozenset[str]:
        """All stems of the body."""
        return frozenset[str]().union(*(sentence.stems for sentence in self.sentences))

    @functools.cached_property
    def day(self) -> int | None:
        """The day of publication as a number; None where it is not known."""
        try:
            return datetime.date.fromisoformat(self.article.published or "").toordinal()
        except ValueError:
            return None


def stems_of(text: str, span: Span) -> frozenset[str]:
    """The stems of the words in a span that are not among the most common."""
    found = (stem(match.group()) for match in _WORD.finditer(text, *span))
    return frozenset(word for word in found if rarity(word) > COMMON)


def _share(span: Span, marks: Sequence[Span]) -> float:
    inside = sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in marks)
    return inside / (span[1] - span[0])
