"""How words are brought into the form in which the tables hold them, and how a table is opened."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Any, TypeVar

_T = TypeVar("_T")

# A noun phrase is cut before these: what follows only says more about its head. The participles are those that
# follow documents and people in news ("a letter dated May 3", "a source quoted by").
_AFTER_HEAD = re.compile(
    r"\s*(?:[,;:(]|\s(?:of|from|to|that|by|on|about|in|at|for|with|who|whom|whose|which|when|where|and|or|near|close"
    r"|familiar|briefed|involved|dated|sent|signed|seen|obtained|posted|published|released|issued|written|quoted|cited"
    r"|reviewed|filed|entitled|titled|called|named|as|under|than|not|advising|representing|working|living|serving|calling"
    r"|employed|polled|consulted|appointed|led)\b).*",
    re.DOTALL,
)
_LONGEST_PHRASE = 300  # characters of a noun phrase that are looked at; keeps the work bounded on any input
_DETERMINER = re.compile(r"(?:the|a|an|his|her|its|their|our|my|your|this|that|these|those|another)\s+", re.I)
# "one of two sailors", "61 percent of residents", "some of the party's donors": the head stands after "of".
_PART = re.compile(
    r"(?:[\w.,'-]+\s+){0,3}?(?:one|two|three|four|five|six|seven|eight|nine|ten|some|many|most|several|all|both|none|half"
    r"|few|each|either|neither|number|group|majority|minority|handful|couple|pair|dozens|hundreds"
    r"|thousands|third|quarter|fifth|tenth|per\s?cent|%)\s+of\s+(?:(?:all|about|the|these|those|his|her|its|their|our|two"
    r"|three|four|five|six|seven|eight|nine|ten|twelve|[\d,]+)\s+)*"
    r"|(?:one|two|three|four|five|six|seven|eight|nine)\s+(?:in|out of)\s+(?:three|four|five|ten|\d+)\s+",
    re.IGNORECASE,
)
_PLURALS = (("people", "person"), ("persons", "person"), ("children", "child"), ("wives", "wife"), ("men", "man"))


@functools.cache
def table(name: str) -> Mapping[str, Any]:
    """The TOML table of that name (``agencies.toml``), opened once."""
    return tomllib.loads((resources.files("reportedly.lexicon") / name).read_text("utf-8"))


def plain(words: str) -> str:
    """The words with single spaces and straight apostrophes."""
    return " ".join(words[:_LONGEST_PHRASE].replace("\u2019", "'").replace("\u2018", "'").split())


def bare(words: str) -> str:
    """The plain words without a determiner before them."""
    words = plain(words)
    return words[found.end() :] if (found := _DETERMINER.match(words)) else words


def look_up(entries: Mapping[str, _T], words: str) -> _T | None:
    """The entry for the bare words, as they are or without a possessive ending ("Reuters'", "the Kremlin's")."""
    key = bare(words)
    if (found := entries.get(key)) is None:
        found = entries.get(key.removesuffix("s").removesuffix("'") if key.endswith(("'s", "'")) else key)
    return found


def core(phrase: str) -> str:
    """The noun phrase without determiner and without what follows its head: "letter" of "a letter to the board".

    In "one of two sailors" and "61 percent of residents" the head stands after "of".
    """
    words = bare(phrase)
    words = words[found.end() :] if (found := _PART.match(words)) else words
    return _AFTER_HEAD.sub("", words, count=1).strip(" \"'\u201c\u201d")


def heads(phrase: str, longest: int = 5) -> Iterator[str]:
    """The endings of the phrase's core, longest first: "foreign minister", "minister"."""
    words = core(phrase).split()[-longest:]
    for k in range(len(words)):
        yield " ".join(words[k:])


def singular(noun: str) -> str:
    """The singular of a regular plural (and of "men", "people", "children"); other words as they are.

    A singular in "-s" is cut as well, so look up the word itself first.
    """
    for ending, replacement in _PLURALS:
        if noun.endswith(ending):
            return noun.removesuffix(ending) + replacement
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "shes", "ches", "xes")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith("ss") and len(noun) > 3:
        return noun[:-1]
    return noun
