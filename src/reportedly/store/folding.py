"""Words as both full-text searches know them, cut and folded here, so that both give the same answers.

A word is a run of letters and digits. It is folded: without case, without accents, compatible forms made one ("ﬁ" is
"fi"). It is never reduced to a stem: whoever wants "strikes" with "strike" asks for "strike*".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from reportedly.schema import Span

# Longer runs than this are no words; what they begin with is enough to find them.
LONGEST_WORD = 60
# So many words of one statement can be searched: with words of 60 characters just under the megabyte that a tsvector
# of PostgreSQL may have. The longest statement in the corpora has 400.
MOST_WORDS = 4000
# Stands between the parts of a text that has several, so that no phrase is found across them.
GAP = "\u00b6"

_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")


def words(text: str) -> Iterator[tuple[str, Span]]:
    """The folded words of a text with the spans in which they stand."""
    for match in _WORD.finditer(text):
        if word := fold(match.group()):
            yield word, match.span()


def fold(word: str) -> str:
    """A word without case and accents; empty where nothing is left of it."""
    if word.isascii():
        return word.lower()[:LONGEST_WORD]
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return "".join(letter for letter in plain if letter.isalnum())[:LONGEST_WORD]


def folded(parts: Iterator[str] | tuple[str, ...]) -> str:
    """The folded words of some texts, with spaces between the words and a gap between the texts."""
    found = f" {GAP} ".join(" ".join(word for word, _ in words(part)) for part in parts)
    return " ".join(found.split(" ")[:MOST_WORDS])
