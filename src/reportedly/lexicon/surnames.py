"""Family names that very many people bear, and how names are brought into plain letters."""

from __future__ import annotations

import functools
import unicodedata

from reportedly.lexicon.forms import table

# Letters that Unicode does not take for others with a mark, though newspapers write them so.
_PLAIN = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss"}
_LETTERS = str.maketrans(_PLAIN | {one.upper(): plain.title() for one, plain in _PLAIN.items() if one not in "ıß"})


def plain_letters(name: str) -> str:
    """The name without marks on its letters ("Vostrøm": "Vostrom"); upper case stays."""
    flat = unicodedata.normalize("NFKD", name).translate(_LETTERS)
    return "".join(letter for letter in flat if not unicodedata.combining(letter))


@functools.cache
def frequent_surnames() -> frozenset[str]:
    """The family names of ``surnames.toml``, in small plain letters."""
    tables = table("surnames.toml")
    return frozenset(plain_letters(tables["united_states"] + " " + tables["elsewhere"]).casefold().split())
