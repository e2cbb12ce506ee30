"""The role of a named speaker, as the article gives it beside the name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from reportedly.lexicon.names import name_words
from reportedly.lexicon.people import is_title, role_noun, title
from reportedly.model import Clue
from reportedly.resolve.names import Name, names
from reportedly.schema import Span

# How far a role may begin behind a name, and how long one may be, in characters.
REACH = 24
LONGEST = 90

_AGE = r"(?:\d{1,3},\s+)?"
# ", the head of the port union," behind a name: up to the comma, stop, bracket or dash that ends it.
_BEHIND = re.compile(
    rf"\s*,\s+{_AGE}(?:who is |now |then )?"
    r"([^,.;:()\u2014\n\"\u201c\u201d]{3,90})(?=[,.;)\u2014\n\u201d\"]|\s--)"
)
# ", an anatomist who opened the calf" behind a name, to the end of the source.
_TO_THE_END = re.compile(rf"\s*,\s+{_AGE}((?:an?|the)\s+[^,;:()\u2014\n\"\u201c\u201d]{{3,90}})")
# "(R-Orvik)" behind a legislator's name: party and seat.
_PARTY = re.compile(r"\s*\(([A-Z][\w.]{0,4}[-\u2013][^()\n]{2,24})\)")
# What may begin a role that stands ahead of a name: an article, a possessive, a sentence or quotation.
_BEGINS = re.compile(
    r"(?:\b(?:the|an?|its|his|her|their|our|my)|['\u2019]s)\s+|[.;:\u201c\u201d\"\n]\s*|^", re.IGNORECASE
)
_PHRASE = re.compile(r"(?:[\w\u2019'&-]+\s+){0,7}[\w\u2019'-]+")
_LEADING = re.compile(r"^(?:the|a|an|his|her|its|their|our|my)\s+", re.IGNORECASE)
_OWNS = re.compile(r"['\u2019]s?\s+")
_WORD = re.compile(r"[\w'\u2019-]+\.?")
# Endings of adjectives that stand between an article and a title ("presidential nominee", "Orvikian leader").
_ADJECTIVE = re.compile(r"\w{2,}(?:al|ic|ary|ous|ive|ian|ean|ese|ish)", re.IGNORECASE)
_WORDS = name_words()


class Roles:
    """The role phrases of one article, asked by the mention of a name."""

    def __init__(self, text: str, clues: Sequence[Clue]) -> None:
        self._text = text
        self._marked = sorted(clue.span for clue in clues if clue.label == "role")

    def near(self, name: Name) -> tuple[Span, ...]:
        """The role phrases at one mention of a name, at most one before it and one behind, each at its longest."""
        found = [*self._marked_at(name), *_behind(self._text, name), *_before(self._text, name)]
        sides = ([s for s in found if s[0] < name.span[0]], [s for s in found if s[0] >= name.span[1]])
        return tuple(max(side, key=length) for side in sides if side)

    def _marked_at(self, name: Name) -> Iterator[Span]:
        """The roles that the model marked beside a name."""
        low = bisect_left(self._marked, (name.span[0] - LONGEST, 0))
        for span in islice(self._marked, low, None):
            if span[0] > name.span[1] + REACH:
                break
            if _beside(self._text, span, name.span) and not _is_honorific(self._text[slice(*span)]):
                yield span


def joined(text: str, parts: Iterable[Span], seat: Span | None) -> str:
    """A role in words: its parts by commas, save for one that another holds; party and seat behind the first."""
    found = [text[start:end] for start, end in parts]
    kept = [one for one in found if not any(one.casefold() in other.casefold() for other in found if other != one)]
    if seat is not None:
        kept[0] += " " + text[slice(*seat)]
    return ", ".join(kept)


def appositive(text: str, name: Name, end: int) -> Span | None:
    """What a source says of its name behind it, to the source's end: ", the anatomist who opened the calf"."""
    found = _TO_THE_END.fullmatch(text, name.span[1], end)
    return _trimmed(text, found.span(1)) if found else None


def party(text: str, name: Name) -> Span | None:
    """The party and seat in brackets behind a legislator's name, brackets included."""
    found = _PARTY.match(text, name.span[1])
    return (found.start(1) - 1, found.end()) if found else None


def length(span: Span) -> int:
    """How many characters a span has."""
    return span[1] - span[0]


def _behind(text: str, name: Name) -> Iterator[Span]:
    """An appositive behind the name (and party) whose noun is a title."""
    seat = party(text, name)
    found = _BEHIND.match(text, seat[1] if seat is not None else name.span[1])
    if found and role_noun(found.group(1)) is not None and not _opens(_LEADING.sub("", found.group(1))):
        yield _trimmed(text, found.span(1))


def _opens(phrase: str) -> bool:
    """Whether a phrase begins with a small word, so that it is no noun's: "with investors", "then a clerk"."""
    first = phrase.split()[0].lower()
    return first in _WORDS.openers and first not in _WORDS.qualifiers


def _before(text: str, name: Name) -> Iterator[Span]:
    """A title right before the name, or set off from it by a comma."""
    low = max(0, name.span[0] - LONGEST, text.rfind("\n", 0, name.span[0]) + 1)
    words = [(m.group(), low + m.start(), low + m.end()) for m in _WORD.finditer(text[low : name.span[0]])]
    while words and _is_honorific(words[-1][0]):
        words.pop()
    if not words:
        return
    end = words[-1][2]
    if text[end : end + 2] == ", " and text[name.span[1] : name.span[1] + 1] in (",", ".", ";", "\n", ""):
        start = _ahead(text, low, end)
        if start is not None:
            yield _with_owner(text, low, (start, end))
    elif not text[end : name.span[0]].strip() and is_title(words[-1][0].rstrip(".")):
        first = len(words) - 1
        while first > 0 and _modifies(words[first - 1][0]) and not text[words[first - 1][2] : words[first][1]].strip():
            first -= 1
        yield _with_owner(text, low, (words[first][1], end))


def _ahead(text: str, low: int, end: int) -> int | None:
    """Where the shortest phrase begins that ends here and whose noun is a title: "chief executive of the bank"."""
    starts = [low + found.end() for found in _BEGINS.finditer(text[low:end])]
    for start in reversed(starts):
        phrase = text[start:end]
        if _PHRASE.fullmatch(phrase) and role_noun(phrase) is not None:
            return start
    return None


def _with_owner(text: str, low: int, role: Span) -> Span:
    """The role with the name right before it that says whose it is: "Orvik's ambassador"."""
    owner = max(names(text, (low, role[0])), key=lambda name: name.span, default=None)
    if owner is None or not _OWNS.fullmatch(text, owner.span[1], role[0]):
        return role
    return owner.span[0], role[1]


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
    """The span without an article or possessive before it and white space behind."""
    start, end = span
    lead = _LEADING.match(text[start:end])
    if lead:
        start += lead.end()
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
