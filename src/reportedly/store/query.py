"""What is asked of a library: ``Query``, and its words read into groups of phrases.

    harbour strike      both words, anywhere in a statement
    "harbour tax"       the words next to one another
    strik*              words that begin so
    strike OR walkout   either; OR binds the two terms next to it
    harbour -strike     without that word or phrase

Words are folded as those of the library are (``folding``), so upper case, accents and punctuation play no part.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from reportedly.errors import QueryError
from reportedly.schema import Quotation, SpeakerType, Stance
from reportedly.store.days import UNKNOWN, interval
from reportedly.store.folding import words
from reportedly.store.person_ids import parts

Sort = Literal["relevance", "date"]
NameField = Literal["speaker", "via", "outlet"]

# What a person types has a few terms. More would be a text, pasted by mistake.
MOST_TERMS = 32
# A page of results, and so what is read of articles for one search, is bounded.
MOST_HITS = 1000
# One letter with a star would be a tenth of all words.
SHORTEST_PREFIX = 2

_QUOTES = '"\u201c\u201d\u201e'
_TERM = re.compile(rf"(?P<minus>-?)(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}](?P<star>\*?)|(?P<word>\S+))")
_OR = "OR"


@dataclass(frozen=True, slots=True)
class Query:
    """A search: words, filters, and which part of the result is wanted.

    All of ``words`` must stand in a statement's content, or with ``any_word`` one of them: ``store.query`` tells how
    they are written. ``speaker``, ``carrier`` and ``outlet`` are words that stand next to one another in that name;
    ``person`` is the id of somebody, under whatever names articles have them (``Library.people``).
    ``said_*`` is when the article dates the saying, ``published_*`` when the article appeared; each takes an ISO day,
    month, week or year and counts it in. Undated statements pass no filter of date. ``min_confidence`` is from 0 to 1;
    statements without a confidence pass. ``sort`` is by relevance where words are given and by date of publication,
    newest first, where not. ``limit`` is how many hits (0 to 1000), from ``offset`` on. Raises QueryError for values
    that make no sense.
    """

    words: str = ""
    any_word: bool = False
    speaker: str | None = None
    person: str | None = None
    speaker_type: SpeakerType | None = None
    anonymous: bool | None = None
    carrier: str | None = None
    outlet: str | None = None
    said_since: str | None = None
    said_until: str | None = None
    published_since: str | None = None
    published_until: str | None = None
    quotation: Quotation | None = None
    stance: Stance | None = None
    conditional: bool | None = None
    hedged: bool | None = None
    min_confidence: float | None = None
    sort: Sort | None = None
    limit: int = 20
    offset: int = 0
    facets: bool = True

    def __post_init__(self) -> None:
        for field, choices in _CHOICES.items():
            value = getattr(self, field)
            if value is not None and value not in get_args(choices):
                raise QueryError(f"{field} {value!r:.60}: it is one of {', '.join(get_args(choices))}")
        if self.person is not None and parts(self.person) is None:
            raise QueryError(f"person {self.person!r:.60}: an id is a name and 8 digits, as in ada-brek-86ac6963")
        for field in _DATES:
            value = getattr(self, field)
            if value is not None and interval(value)[0] == UNKNOWN:
                raise QueryError(
                    f"{field} {value!r:.60}: a day is 2034-09-13, a month 2034-09, a week 2034-W37, a year 2034"
                )
        if self.min_confidence is not None and not 0 <= self.min_confidence <= 1:
            raise QueryError(f"min_confidence {self.min_confidence}: it is from 0 to 1")
        if not 0 <= self.limit <= MOST_HITS or self.offset < 0:
            raise QueryError(f"limit {self.limit}, offset {self.offset}: from 0 to {MOST_HITS} hits, from hit 0 on")


_CHOICES = {"speaker_type": SpeakerType, "quotation": Quotation, "stance": Stance, "sort": Sort}
_DATES = ("said_since", "said_until", "published_since", "published_until")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Folded words next to one another; of a ``prefix`` the last is only the beginning of one."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What words must be found: of each group one phrase, of ``excluded`` none, and names by their field."""

    groups: tuple[tuple[Phrase, ...], ...] = ()
    excluded: tuple[Phrase, ...] = ()
    names: tuple[tuple[NameField, Phrase], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.groups or self.names)

    @property
    def shown(self) -> tuple[Phrase, ...]:
        """The phrases that are marked where they stand."""
        return tuple(phrase for group in self.groups for phrase in group)


def wanted(query: Query) -> Wanted:
    """The words of a query, understood. Raises QueryError where they cannot be."""
    groups, excluded = _groups(query.words)
    if query.any_word and groups:
        groups = (tuple(phrase for group in groups for phrase in group),)
    names: tuple[tuple[NameField, str | None], ...] = (
        ("speaker", query.speaker),
        ("via", query.carrier),
        ("outlet", query.outlet),
    )
    named = tuple((field, _phrase(text, text)) for field, text in names if text is not None)
    if excluded and not groups and not named:
        raise QueryError(f"{query.words!r:.80}: these are only words to leave out; say also what to look for")
    return Wanted(groups, excluded, named)


def _groups(text: str) -> tuple[tuple[tuple[Phrase, ...], ...], tuple[Phrase, ...]]:
    """The groups of phrases that a text asks for, and the phrases that it excludes."""
    groups: list[tuple[Phrase, ...]] = []
    excluded: list[Phrase] = []
    joined = False  # whether OR stood before
    for number, (term, minus, phrase) in enumerate(_terms(text)):
        if number >= MOST_TERMS:
            raise QueryError(f"{text!r:.80}: more than {MOST_TERMS} terms; look for fewer")
        if phrase is None:
            if joined or not groups:
                raise QueryError(f"{term!r}: it stands between two terms; to find the word itself, write it small")
            joined = True
        elif minus:
            if joined:
                raise QueryError(f"{_OR} {term!r:.80}: a term that is left out cannot be one of two")
            excluded.append(phrase)
        elif joined:
            groups[-1] = (*groups[-1], phrase)
            joined = False
        else:
            groups.append((phrase,))
    if joined:
        raise QueryError(f"{_OR!r}: it stands between two terms; to find the word itself, write it small")
    return tuple(groups), tuple(excluded)


def _terms(text: str) -> Iterator[tuple[str, bool, Phrase | None]]:
    """Each term as it is written, whether it is left out, and its phrase; None for OR."""
    for match in _TERM.finditer(text):
        term, word = match.group(), match["word"]
        if word == _OR and not match["minus"]:
            yield term, False, None
        elif word is not None and any(mark in word for mark in _QUOTES):
            raise QueryError(f'{term!r:.80}: a quotation mark has no partner; a phrase is written "word word"')
        else:
            inner = word if word is not None else match["phrase"] + match["star"]
            yield term, bool(match["minus"]), _phrase(inner, term)


def _phrase(inner: str, term: str) -> Phrase:
    """The phrase in a term, which stands in messages as it was written."""
    prefix = inner.endswith("*")
    body = inner.removesuffix("*")
    found = tuple(word for word, _ in words(body))
    if "*" in body:
        raise QueryError(f"{term!r:.80}: a star stands only at the end of a word, as in strik*")
    if not found:
        raise QueryError(f"{term!r:.80}: there is no word in it")
    if prefix and (not body[-1:].isalnum() or len(found[-1]) < SHORTEST_PREFIX):
        raise QueryError(f"{term!r:.80}: a star follows at least {SHORTEST_PREFIX} letters")
    return Phrase(found, prefix)


def found_in(text: str, phrases: tuple[Phrase, ...]) -> list[tuple[int, int]]:
    """The spans of a text in which phrases stand, in order, without overlaps."""
    there = list(words(text))
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(there):
        length = max((len(phrase.words) for phrase in phrases if _stands(phrase, there, at)), default=0)
        if length:
            spans.append((there[at][1][0], there[at + length - 1][1][1]))
        at += length or 1
    return spans


def _stands(phrase: Phrase, there: list[tuple[str, tuple[int, int]]], at: int) -> bool:
    found = [word for word, _ in there[at : at + len(phrase.words)]]
    *first, last = phrase.words
    same: Callable[[str, str], bool] = str.startswith if phrase.prefix else str.__eq__
    return len(found) == len(phrase.words) and found[:-1] == first and same(found[-1], last)
