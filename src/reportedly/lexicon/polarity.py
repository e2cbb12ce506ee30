"""Words that turn what is said into its opposite, and words that mark it as planned or depending."""

from __future__ import annotations

import functools
import re

from reportedly.lexicon.forms import plain, table

# What only says when, why or on what condition: what is negated there is not what is said.
_SUBORDINATE = re.compile(
    r"\A(?:if|unless|when|once|because|although|though)\b[^,]*,|\b(?:if|unless|until|because|although|though|before|after)\b.*",
    re.IGNORECASE,
)


def turns(words: str) -> int:
    """How often the words turn what they say into its opposite: once in "was not told", twice in "did not rule out"."""
    text = _pattern("mere").sub("", _SUBORDINATE.sub(" ", plain(words)))
    return len(_pattern("negators").findall(text)) + text.count("n't") + len(_open("denying").findall(text))


def is_denial(cue: str) -> bool:
    """Whether a cue denies what another has said ("dismissed", "ruled out")."""
    return _pattern("denials").search(plain(cue)) is not None and not _pattern("negators").search(plain(cue))


def is_plan(words: str) -> bool:
    """Whether the words speak of what is meant to be and not yet so ("will", "is to")."""
    return _pattern("plans").search(plain(words)) is not None


def is_conditional(words: str) -> bool:
    """Whether the words say on what something depends ("if", "unless")."""
    return _pattern("conditions").search(plain(words)) is not None


def is_possible(words: str) -> bool:
    """Whether the words speak of what can be, rather than what will ("could", "may")."""
    return _pattern("modals").search(plain(words)) is not None


@functools.cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(table('polarity.toml')[key])})\b", re.IGNORECASE)


@functools.cache
def _open(key: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(table('polarity.toml')[key])})", re.IGNORECASE)
