"""What a role says of its bearer, and how far two roles allow that they are one person's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from reportedly.lexicon.callings import charges, common_body_words, fields, may_cross, one_word_for
from reportedly.lexicon.forms import singular
from reportedly.lexicon.names import name_words
from reportedly.lexicon.people import role_noun, titles
from reportedly.lexicon.rarity import rarity, stem
from reportedly.lexicon.seats import state, state_of_adjective
from reportedly.store.folding import fold

# A word written large counts as the name of a place or body from this on; "National" and "Health" are in too many.
PLACE_RARITY = 8.0
# Endings by which a place and its people differ are no longer: "Ruvenia" and "Ruvenian", "Orvik" and "Orvikan".
LONGEST_ENDING = 3
SHORTEST_STEM = 4

_WORD = re.compile(r"[^\W_]+(?:[.'\u2019-][^\W_]+)*\.?")
# What a role that was cut too late goes on with: "spokeswoman, told reporters in Sabrel".
_GOES_ON = re.compile(r",? (?:told|said|says|who|whom|whose|which|when|where)\b.*", re.DOTALL)
_POSSESSIVE = re.compile(r"['\u2019]s?$")


class Match(IntEnum):
    """How two roles go together, from what forbids that they are one person's to what shows it."""

    CLASH = 0  # another field, state or place: "striker" and "minister"
    OPEN = 1  # nothing to go by
    FIELD = 2  # one field: "senator" and "minister"
    ROLE = 3  # one calling, and nothing more: "spokesman" and "spokeswoman"
    PLACE = 4  # one place or body: "Ruvenian minister" and "president of Ruvenia"
    OFFICE = 5  # one calling with the same place, body or charge: "foreign minister" twice


@dataclass(frozen=True, slots=True)
class Role:
    """A role, taken apart: the calling, its charge ("foreign"), its field, and the places and bodies it names."""

    calling: str = ""
    charge: frozenset[str] = frozenset()
    field: str = ""
    places: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()


def roles_in(text: str) -> tuple[Role, ...]:
    """The roles that a text gives somebody: "former mayor and present senator" are two."""
    parts = text.split(" and ")
    whole = all(role_noun(part) is not None for part in parts)
    return tuple(role_of(part) for part in (parts if whole else [text]))


@lru_cache(50_000)
def role_of(text: str) -> Role:
    """A role as a text gives it, taken apart."""
    text = _GOES_ON.sub("", text)
    noun = role_noun(text)
    title_words = noun.word.replace("-", " ").split() if noun is not None else []
    whole = one_word_for(_long(noun.word)) if noun is not None else ""
    known = {*re.split(r"[ -]", whole), *(_long(word) for word in title_words)}
    places: set[str] = set()
    homes: set[str] = set()
    charge: set[str] = set()
    for token in (_POSSESSIVE.sub("", found.group()).rstrip(".") for found in _WORD.finditer(text)):
        word = _long(fold(token))
        home = state(token) or state_of_adjective(token)
        if home is not None and token[:1].isupper():
            places.add(fold(home.name))
            homes.add(home.name)
        elif token[:1].isupper() and word not in known and _is_place(word):
            places.add(word)
        elif _is_charge(word) and word not in places:
            charge.add(one_word_for(singular(word)))
    calling, own = _calling(whole)
    return Role(
        calling=calling,
        charge=frozenset((charge | own) - {calling}),
        field=_field(whole, calling),
        places=frozenset(places),
        states=frozenset(homes),
    )


def _long(word: str) -> str:
    return name_words().abbreviations.get(word, word)


def _calling(whole: str) -> tuple[str, set[str]]:
    """The calling in a title, and its charge: "foreign minister" is a minister, of what is foreign."""
    if whole in ("prime minister", "chief executive") or " " not in whole:
        return whole, set()
    *before, last = whole.split()
    return one_word_for(last), {one_word_for(word) for word in before if _is_charge(word)}


def _field(whole: str, calling: str) -> str:
    return fields().get(whole) or fields().get(calling) or ""


def _is_place(word: str) -> bool:
    if len(word) < 3 or word in titles() or word in name_words().openers or name_words().is_body(word):
        return False
    return not {word, singular(word)} & common_body_words() and rarity(stem(word)) >= PLACE_RARITY


def _is_charge(word: str) -> bool:
    """Whether a word tells what one has charge of ("foreign", "health")."""
    return word in charges() or singular(word) in charges()


@lru_cache(200_000)
def match(a: Role, b: Role) -> Match:
    """How two roles go together."""
    shared = _share(a.places, b.places)
    if a.states and b.states and not a.states & b.states:
        return Match.CLASH
    if a.calling and a.calling == b.calling:
        return _one_calling(a, b, shared)
    if shared:
        return Match.PLACE
    if a.field and b.field and a.field != b.field:
        return Match.OPEN if may_cross(a.field, b.field) else Match.CLASH
    return Match.FIELD if a.field and a.field == b.field else Match.OPEN


def _one_calling(a: Role, b: Role, shared: bool) -> Match:
    if a.places and b.places and not shared:
        return Match.CLASH
    if a.charge and b.charge and not a.charge & b.charge:
        return Match.PLACE if shared else Match.OPEN
    return Match.OFFICE if shared or a.charge & b.charge else Match.ROLE


def _share(some: frozenset[str], others: frozenset[str]) -> bool:
    return any(_kin(a, b) for a in some for b in others)


def _kin(a: str, b: str) -> bool:
    """Whether two words are one place's: the same, or one with an ending more."""
    short, long = sorted((a, b), key=len)
    if short == long:
        return True
    base = short[:-1] if short[-1] in "aeoy" else short
    return len(base) >= SHORTEST_STEM and long.startswith(base) and len(long) - len(base) <= LONGEST_ENDING


def best(some: Iterable[Role], others: tuple[Role, ...]) -> Match:
    """How well the roles of two mentions go together: as well as any two of them."""
    return max((match(a, b) for a in some for b in others), default=Match.OPEN)
