"""What an unnamed source's description tells: anything at all, how many they are, whether they hide."""

from __future__ import annotations

import re

from reportedly.audit.page import Page, Voice
from reportedly.lexicon import AuditWords

_WORD = re.compile(r"[\w.\u2019'-]*\w")
_APART = re.compile(
    r"\b(?:of|with|at|in|from|for|who|whom|whose|that|which|familiar|close|briefed|on|inside|within|near|to|and|involved)\b|,"
)
_ONE_OF = re.compile(r"\s*(?:(?:one|another|either)\s+of\s|the\s+other\b)", re.IGNORECASE)
_SINGULAR = {"a", "an", "one", "another", "this", "that"}
_MANY = {"number", "group", "handful", "couple", "dozen", "series", "majority", "few", "pair", "range"}
_NUMBERS = {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozens"}
_PLURALS = {"people", "police", "men", "women", "staff", "persons", "others", "both", "many", "several"}


def description_words(name: str) -> list[str]:
    """The words of a description in lower case, possessive endings left out."""
    found = (match.group().casefold() for match in _WORD.finditer(name))
    return [re.sub(r"['\u2019]s$", "", word) for word in found]


def is_bare(name: str, words: AuditWords) -> bool:
    """Whether a description says no more than "a source": no affiliation, rank or vantage."""
    telling = [word for word in description_words(name) if word not in words.bare_empty]
    return bool(telling) and all(word in words.bare_nouns for word in telling)


def is_plural(name: str) -> bool:
    """Whether a description means more than one: "two aides", "a number of officials", "sources"."""
    found = description_words(name)
    if not found:
        return False
    if len(found) > 1 and found[0] in _SINGULAR and found[1] in _MANY:
        return True
    if found[0] in _SINGULAR:
        return False
    if found[0] in _MANY | _NUMBERS | _PLURALS:
        return True
    apart = _APART.search(name, len(found[0]))
    head = description_words(name[: apart.start()] if apart else name)[-1:]
    return bool(head) and (head[0] in _PLURALS or (head[0].endswith("s") and not head[0].endswith(("ss", "us", "is"))))


def is_one_of_several(name: str) -> bool:
    """Whether a description picks one out of sources that the article already counts: "one of the two people"."""
    return bool(_ONE_OF.match(name))


def is_confidential(name: str, words: AuditWords) -> bool:
    """Whether a description is of somebody who lets a name be withheld, not of a body that speaks in the open.

    "A source", "two aides", "a senior official": yes. "Police officials", "prosecutors", "residents", "her lawyer":
    no. "Officials" with no word that puts them inside: no, since that is also how a body speaks.
    """
    found = description_words(name)
    nouns = [word for word in found if word in words.confidential]
    if not nouns:
        return False
    if any(word in ("source", "sources", "insider", "insiders") for word in nouns):
        return True
    rank = found.index(nouns[0])
    if any(word in words.open for word in found[: rank + 1]):
        return False
    inside = any(word in words.inside for word in found[:rank]) or any(word in words.vantage for word in found[rank:])
    return inside or any(word not in words.ranks for word in nouns)


def confidential_voices(page: Page) -> list[Voice]:
    """The unnamed voices that lent their words on condition of no name: they say something, and hide."""
    return [
        voice
        for voice in page.voices
        if voice.unnamed
        and is_confidential(voice.name, page.words)
        and any(page.words.saying.search(page.quote(statement.cue)) for statement in voice.statements)
    ]
