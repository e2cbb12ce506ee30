"""How a report says that it has something from another medium: the phrases of ``relays.toml``."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from reportedly.lexicon.forms import table


@dataclass(frozen=True, slots=True)
class RelayWords:
    """The phrases of ``relays.toml``, by where they stand beside a medium's name."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    between: tuple[str, ...]
    unnamed: tuple[str, ...]


@functools.cache
def relay_words() -> RelayWords:
    """How a report says that it has something from another medium."""
    words = table("relays.toml")
    return RelayWords(*(tuple(words[key]) for key in ("before", "after", "between", "unnamed")))
