"""Words by which an article or a speaker keeps a distance from the truth of what is said."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from reportedly.lexicon.forms import table
from reportedly.schema import Span


def hedges_anywhere(text: str, within: Span) -> Iterator[Span]:
    """Where words stand that hedge in any place of a statement ("probably", "reportedly", "might")."""
    for match in _anywhere().finditer(text, *within):
        yield match.span()


def hedging_cues(text: str, within: Span) -> Iterator[Span]:
    """Where words stand that hedge as the cue of a statement ("claimed", "appears")."""
    never = frozenset(table("hedges.toml")["not_cues"])
    for match in _cues().finditer(text, *within):
        if match.group().lower() not in never:
            yield match.span()


@functools.cache
def _anywhere() -> re.Pattern[str]:
    # "May" with a capital is a month or the beginning of a wish.
    words = "|".join(word for word in table("hedges.toml")["anywhere"] if word != "may")
    return re.compile(rf"\b(?:(?i:{words})|may)\b")


@functools.cache
def _cues() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(table('hedges.toml')['cues'])})\w*", re.IGNORECASE)
