"""Who speaks, across articles: whether two forms of a name are one, and how alike two descriptions are."""

from __future__ import annotations

import re

from reportedly.lexicon.rarity import stem
from reportedly.schema import Speaker

# The words of a name, in lower case, in order; none where nobody, or nobody named, speaks.
Voice = tuple[str, ...]

_WORD = re.compile(r"\w+(?:['\u2019]\w+)?")
_SMALL = frozenset(
    {"the", "a", "an", "of", "for", "to", "in", "on", "at", "by", "and", "or", "who", "whom", "that", "which", "with",
     "from", "his", "her", "its", "their", "one", "this", "is", "was", "has", "been"}
)  # fmt: skip
_NAMED = frozenset({"person", "organisation"})


def name_words(name: str) -> Voice:
    """The words of a name in lower case, without articles and possessives."""
    words = (match.group().casefold().replace("\u2019", "'").removesuffix("'s") for match in _WORD.finditer(name))
    return tuple(word for word in words if word not in _SMALL)


def voice(speaker: Speaker) -> Voice:
    """The voice of a person or organisation that is named."""
    if speaker.name is None or speaker.type not in _NAMED or speaker.anonymous:
        return ()
    return name_words(speaker.name)


def same_voice(a: Voice, b: Voice) -> bool:
    """Whether two names can be one: the one has all words of the other, and both end alike ("Osk", "Berit Osk")."""
    return bool(a) and bool(b) and a[-1] == b[-1] and (set(a) <= set(b) or set(b) <= set(a))


def description(speaker: Speaker) -> frozenset[str]:
    """The stems of the words that describe a speaker."""
    return frozenset(stem(word) for word in name_words(speaker.name or ""))


def alike(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of words that two descriptions have in common (Jaccard, 0 to 1)."""
    return len(a & b) / len(a | b) if a | b else 0.0
