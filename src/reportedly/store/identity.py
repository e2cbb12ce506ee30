"""The name of a speaker as it is compared across articles: its folded words, and how many others may bear it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from reportedly.lexicon.callings import common_body_words
from reportedly.lexicon.forms import bare, singular
from reportedly.lexicon.media import medium
from reportedly.lexicon.names import name_words
from reportedly.lexicon.people import is_given_name, title
from reportedly.lexicon.rarity import rarity, stem
from reportedly.lexicon.seats import state, state_of_adjective
from reportedly.lexicon.surnames import frequent_surnames, plain_letters
from reportedly.schema import SpeakerType
from reportedly.store.folding import words

Kind = Literal["person", "body"]
# How many may bear a name: one; a few; many; any, where it is no full name ("Raske", "the Health Ministry").
Bearers = Literal["one", "few", "many", "any"]

# Types of speaker that have a name which others can give them too. Unnamed sources, groups and documents do not.
KINDS: dict[SpeakerType, Kind] = {"person": "person", "unknown": "person", "organisation": "body", "outlet": "body"}
# Longer "names" are descriptions.
MOST_PERSON_WORDS = 6
MOST_BODY_WORDS = 12
# From this on, an organisation's word is one that hardly any text has: most likely a proper name (``lexicon.rarity``).
PROPER_RARITY = 9.0

_SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
# Small words inside people's names: "Ursula von der Leyen", "Salem bin Khalid", "Ana y Castro".
_PARTICLES = frozenset(
    [
        "al",
        "el",
        "ad",
        "an",
        "as",
        "ash",
        "at",
        "az",
        "bin",
        "ibn",
        "bint",
        "abu",
        "ap",
        "af",
        "ben",
        "da",
        "das",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "e",
        "la",
        "las",
        "le",
        "los",
        "ten",
        "ter",
        "van",
        "von",
        "y",
        "zu",
        "zur",
    ]
)
_POSSESSIVE = re.compile(r"['\u2019]s?$")
_APOSTROPHES = re.compile(r"(?<=\w)['\u2019\u02bc](?=\w)")
_CAPITALS = re.compile(r"(?:[A-Z]\.?&?){2,6}")


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name in the form in which it is compared.

    ``words`` are folded, without titles, single initials and "the"; ``key`` is these as one text. ``initials`` are the
    letters that were left out, ``suffix`` what tells a son from his father. ``bearers`` is how many may have this name.
    """

    kind: Kind
    words: tuple[str, ...]
    initials: str = ""
    suffix: str = ""
    bearers: Bearers = "any"

    @property
    def key(self) -> str:
        """The words as one text."""
        return " ".join(self.words)

    @property
    def surname(self) -> str:
        """The last word: a person's family name."""
        return self.words[-1]


@lru_cache(100_000)
def name_form(name: str, kind: Kind) -> NameForm | None:
    """The form of a name; None for what names nobody ("the finance minister", "officials")."""
    return _person(name) if kind == "person" else _body(name)


def _person(name: str) -> NameForm | None:
    tokens = [token for token in _POSSESSIVE.sub("", name).replace(",", " ").split() if any(map(str.isalpha, token))]
    while len(tokens) > 1 and _is_honorific(tokens[0]):
        tokens = tokens[1:]
    if not tokens or len(tokens) > MOST_PERSON_WORDS or not all(map(_is_name_word, tokens)):
        return None
    suffix = _SUFFIXES.get(tokens[-1].rstrip(".").lower(), "") if len(tokens) > 2 else ""
    parts = tokens[:-1] if suffix else tokens
    folded = [word for token in parts for word in _folded(token)]
    kept = tuple(word for word in folded if len(word) > 1) or tuple(folded)
    initials = "".join(word for word in folded if len(word) == 1)
    if not kept or kept[-1] in _PARTICLES:
        return None
    return NameForm("person", kept, initials if len(kept[-1]) > 1 else "", suffix, _bearers(kept))


def _is_honorific(token: str) -> bool:
    found = title(token)
    return found is not None and found.kind == "honorific" and not is_given_name(token)


def _is_name_word(token: str) -> bool:
    """Whether a word may stand in a person's name: it is written large, is a particle, or begins with one (al-, d')."""
    if not token[0].islower():
        return True
    head, mark, rest = re.sub("[\u2019\u2010\u2011]", "-", token.replace("'", "-")).partition("-")
    return token in _PARTICLES or bool(mark and len(head) <= 3 and rest[:1].isupper())


def _folded(token: str) -> list[str]:
    """The folded words of one word: "O'Brien" is one, "Jean-Luc" two, "J.R." two letters."""
    return [word for word, _ in words(plain_letters(_APOSTROPHES.sub("", token)))]


def _bearers(parts: tuple[str, ...]) -> Bearers:
    """How many people may bear a full name: by whether its family name and its given name are frequent ones."""
    full = [word for word in parts if word not in _PARTICLES]
    if len(full) < 2:
        return "any"
    if full[-1] not in frequent_surnames():
        return "one"
    common = is_given_name(full[0].capitalize()) or full[0] in frequent_surnames()
    return "many" if common and len(full) == 2 else "few"


def _body(name: str) -> NameForm | None:
    known = medium(name)
    plain = known.name if known is not None and known.doubt is None else bare(_POSSESSIVE.sub("", name))
    tokens = plain.split()
    if not tokens or len(tokens) > MOST_BODY_WORDS or not any(word[0].isupper() for word in tokens):
        return None
    folded = tuple(word for token in tokens for word in _folded(token.replace(".", "")))
    if not folded:
        return None
    is_one = known is not None or state(plain) is not None or any(map(_is_proper, tokens)) or _is_short(plain)
    return NameForm("body", folded, bearers="one" if is_one else "any")


def _is_short(name: str) -> bool:
    """Whether a name is nothing but capitals ("NATO", "S.E.C.")."""
    return _CAPITALS.fullmatch(name) is not None


def _is_proper(token: str) -> bool:
    """Whether a word of an organisation's name is its own, and none that such names have in every country."""
    word = token.strip(".,'\u2019").casefold().removesuffix("'s").removesuffix("\u2019s")
    if not token[0].isupper() or len(word) < 3:
        return False
    if state(token) is not None or state_of_adjective(token) is not None:
        return True
    tables, single = name_words(), singular(word)
    if (
        tables.is_body(word)
        or word in tables.openers
        or {word, single} & common_body_words()
        or word in tables.qualifiers
    ):
        return False
    return title(word) is None and rarity(stem(word)) >= PROPER_RARITY


@lru_cache(100_000)
def skeleton(word: str) -> str:
    """The sound of a word, roughly: spellings of one foreign name have the same ("zelensky", "zelenskiy": "slnsk")."""
    flat = word.replace("ck", "k").replace("ph", "f").translate(_ALIKE)
    kept = flat[:1] + "".join(letter for letter in flat[1:] if letter not in "aeiouyhj")
    return re.sub(r"(.)\1+", r"\1", kept)


_ALIKE = str.maketrans({"c": "k", "q": "k", "w": "v", "z": "s"})
