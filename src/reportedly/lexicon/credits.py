"""How a report says that it is a news agency's: the phrases of ``credits.toml``."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from reportedly.lexicon.forms import table


@dataclass(frozen=True, slots=True)
class CreditWords:
    """The phrases of ``credits.toml``, by where they stand beside an agency's name."""

    after: tuple[str, ...]
    before: tuple[str, ...]
    label: tuple[str, ...]
    staff: tuple[str, ...]


@functools.cache
def credit_words() -> CreditWords:
    """How a report says that it is an agency's."""
    words = table("credits.toml")
    return CreditWords(*(tuple(words[key]) for key in ("after", "before", "label", "staff")))
