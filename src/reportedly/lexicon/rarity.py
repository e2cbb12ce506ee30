"""Stems of words, and how rare they are in news: what two statements share counts the more, the rarer it is."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType

import snowballstemmer

from reportedly.lexicon.forms import table

_ENGLISH = snowballstemmer.stemmer("english")


@functools.lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """The word without its endings, in lower case ("inspections": "inspect"); by Snowball's English stemmer."""
    plain = word.casefold().replace("\u2019", "'").removesuffix("'s").strip("'")
    return str(_ENGLISH.stemWord(plain))


def rarity(stemmed: str) -> float:
    """The inverse document frequency of a stem in news: 0 for "the", some 10 for a word that is hardly ever used."""
    bands, others = _bands()
    return bands.get(stemmed, others)


@functools.cache
def _bands() -> tuple[Mapping[str, float], float]:
    tables = table("word_rarity.toml")
    found = {word: float(band) for band, words in tables["bands"].items() for word in words.split()}
    return MappingProxyType(found), float(tables["others"])
