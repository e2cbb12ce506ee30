"""Words of a few, kept as numbers: the place in its tuple. New words may only be added at the end."""

from __future__ import annotations

SPEAKER_TYPES = ("person", "unnamed", "organisation", "outlet", "document", "group", "author", "unknown")
CARRIER_TYPES = ("agency", "outlet", "document", "platform", "person")
QUOTATIONS = ("direct", "indirect", "mixed")
STANCES = ("asserts", "denies", "asks", "commits", "wants", "believes", "withholds")
STATUSES = ("done", "failed")


def code(words: tuple[str, ...], word: str | None) -> int | None:
    """The number of a word; None of none."""
    return None if word is None else words.index(word)
