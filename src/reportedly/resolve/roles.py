"""The role of a named speaker, as the article gives it beside the name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

from reportedly.lexicon.names import name_words
from reportedly.lexicon.people import is_title, role_noun, title
from reportedly.model import Clue
from reportedly.resolve.names import Name
from reportedly.schema import Span

# How far a role may begin behind a name, and how long one may be, in characters.
REACH = 24
LONGEST = 90

# ", the head of the port union," behind a name: up to the comma, stop, bracket or dash that ends it.
_BEHIND = re.compile(
    r"\s*,\s+(?:\d{1,3},\s+)?(?:who is |now |then )?"
    r"([^,.;:()\u2014\n\"\u201c\u201d]{3,90})(?=[,.;)\u2014\n\u201d\"]|\s--)"
)
# "(R-Orvik)" behind a legislator's name: party and seat.
_PARTY = re.compile(r"\s*\(([A-Z][\w.]{0,4}[-\u2013][^()\n]{2,24})\)")
# "its chief executive, " before a name: back to the article, possessive or opening that begins the phrase.
_AHEAD = re.compile(
    r"(?:\b(?:the|an?|its|his|her|their|our|my)\s+|[.;:\u201c\u201d\"\n]\s*|^)((?:[\w\u2019'&-]+\s+){0,7}[\w\u2019'-]+),\s+$",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^(?:the|a|an|his|her|its|their|our|my)\s+", re.IGNORECASE)
_WORD = re.compile(r"[\w'\u2019-]+\.?")
# Endings of adjectives that stand between an article and a title ("presidential nominee", "Orvikian leader").
_ADJECTIVE = re.compile(r"\w{2,}(?:al|ic|ary|ous|ive|ian|ean|ese|ish)", re.IGNORECASE)
_WORDS = name_words()


class Roles:
    """The role phrases of one article, asked by the mention of a name."""

    def __init__(self, text: str, clues: Sequence[Clue]) -> None:
        self._text = text
        self._marked = sorted(clue.span for clue in clues if clue.label == "role")

    def near(self, name: Name) -> Iterator[Span]:
        """The role phrases at one mention of a name: those that the model marked beside it, titles and appositives."""
        low = bisect_left(self._marked, (name.span[0] - LONGEST, 0))
        for span in islice(self._marked, low, None):
            if span[0] > name.span[1] + REACH:
                break
            if _beside(self._text, span, name.span) and not _is_honorific(self._text[slice(*span)]):
                yield span
        yield from _behind(self._text, name)
        yield from _before(self._text, name)


def party(text: str, name: Name) -> Span | None:
    """The party and seat in brackets behind a legislator's name, brackets included."""
    found = _PARTY.match(text, name.span[1])
    return (found.start(1) - 1, found.end()) if found else None


def _behind(text: str, name: Name) -> Iterator[Span]:
    """An appositive behind the name whose noun is a title."""
    found = _BEHIND.match(text, name.span[1])
    if found and role_noun(found.group(1)) is not None:
        yield _trimmed(text, found.span(1))


def _before(text: str, name: Name) -> Iterator[Span]:
    """A title right before the name, or set off from it by a comma."""
    low = max(0, name.span[0] - LONGEST, text.rfind("\n", 0, name.span[0]) + 1)
    words = [(m.group(), low + m.start(), low + m.end()) for m in _WORD.finditer(text[low : name.span[0]])]
    while words and _is_honorific(words[-1][0]):
        words.pop()
    if not words:
        return
    end = words[-1][2]
    ahead = _AHEAD.search(text[low : end + 2])
    if ahead and text[name.span[1] : name.span[1] + 1] in (",", ""):
        if role_noun(ahead.group(1)) is not None:
            yield _trimmed(text, (low + ahead.start(1), low + ahead.end(1)))
    elif not text[end : name.span[0]].strip() and is_title(words[-1][0].rstrip(".")):
        first = len(words) - 1
        while first > 0 and _modifies(words[first - 1][0]) and not text[words[first - 1][2] : words[first][1]].strip():
            first -= 1
        yield words[first][1], end


def _modifies(word: str) -> bool:
    """Whether a word before a title belongs to it: a title, a name or nationality, an adjective, "former"."""
    found = title(word)
    if found is not None:
        return found.kind != "honorific"
    lowered = word.lower()
    if lowered in _WORDS.openers and lowered not in _WORDS.qualifiers:
        return False
    return word[0].isupper() or lowered in _WORDS.qualifiers or _ADJECTIVE.fullmatch(word) is not None


def _beside(text: str, role: Span, name: Span) -> bool:
    """Whether a role touches a name: white space, comma, article or title between, or a comma and little more."""
    if role[1] <= name[0]:
        between = text[role[1] : name[0]].strip(" ,\u00a0")
        return not between or _is_honorific(between)
    between = text[name[1] : role[0]]
    return role[0] >= name[1] and len(between) <= REACH and not re.search(r"[.;\n]", between) and "," in between


def _is_honorific(words: str) -> bool:
    found = title(words.strip())
    return found is not None and found.kind == "honorific"


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    lead = _LEADING.match(text[start:end])
    if lead:
        start += lead.end()
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
