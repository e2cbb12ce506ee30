"""Words for people: titles and roles, given names, pronouns, unnamed sources and open classes."""

from __future__ import annotations

import functools
import re
import types
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from reportedly.lexicon.forms import bare, heads, plain, singular, table
from reportedly.schema import Span

Gender = Literal["f", "m"]
TitleKind = Literal["honorific", "rank", "office", "kin"]

_ENCLITIC = re.compile(r"'(?:s|d|ll|m|re|ve)$")


@dataclass(frozen=True, slots=True)
class Title:
    """A word that stands before or beside a name. ``gender`` only where the word itself has one ("queen")."""

    word: str
    kind: TitleKind
    gender: Gender | None = None


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun and what it agrees with; "any" leaves a feature open. ``base`` is the subject form ("his": "he")."""

    form: str
    base: str
    kind: Literal["personal", "possessive", "reflexive", "relative", "demonstrative", "indefinite"]
    person: int
    number: Literal["singular", "plural", "any"]
    gender: Literal["f", "m", "n", "any"]
    animate: Literal["yes", "no", "any"]


@functools.cache
def titles() -> Mapping[str, Title]:
    """Every title of ``titles.toml`` by its lower-case word; honorifics win over ranks, offices and kin."""
    tables = table("titles.toml")
    kinds: tuple[tuple[str, TitleKind], ...] = (
        ("honorifics", "honorific"),
        ("ranks", "rank"),
        ("offices", "office"),
        ("kin", "kin"),
    )
    found: dict[str, Title] = {}
    for key, kind in kinds:
        for word in tables[key]:
            gender: Gender | None = "f" if word in tables["f"] else "m" if word in tables["m"] else None
            found.setdefault(word, Title(word, kind, gender))
    return types.MappingProxyType(found)


def title(words: str) -> Title | None:
    """The title that exactly these words are ("Gen.", "Foreign Minister", "former president"), or None."""
    key = bare(words).casefold().replace(".", "") if "u.s." not in words.casefold() else bare(words).casefold()
    if not key:
        return None
    while True:
        if (found := titles().get(key)) is not None:
            return found
        modifier, _, rest = key.partition(" ")
        if not rest or modifier not in _modifiers():
            return None
        key = rest


def is_title(words: str) -> bool:
    """Whether exactly these words are a title."""
    return title(words) is not None


def role_noun(phrase: str) -> Title | None:
    """The title that heads a noun phrase ("minister" of "two senior ministers of the republic"), or None.

    Plurals are read; the longest title wins ("prime minister"). A noun that ends like an occupation
    ("toxicologist") is an office without gender.
    """
    last = ""
    for head in heads(phrase):
        last = head.casefold()
        if (found := title(last)) is not None or (found := title(singular(last))) is not None:
            return found
    last = singular(last)
    return Title(last, "office") if last.endswith(_occupation_endings()) else None


@functools.cache
def _occupation_endings() -> tuple[str, ...]:
    return tuple(table("titles.toml")["suffixes"])


@functools.cache
def _modifiers() -> frozenset[str]:
    return frozenset(table("titles.toml")["modifiers"])


@functools.cache
def given_names() -> Mapping[str, Gender | None]:
    """The given names of ``given_names.toml``; None for those that men and women bear."""
    tables = table("given_names.toml")
    names: dict[str, Gender | None] = dict.fromkeys(tables["either"])
    names.update(dict.fromkeys(tables["f"], "f"))
    names.update(dict.fromkeys(tables["m"], "m"))
    return types.MappingProxyType(names)


def is_given_name(word: str) -> bool:
    """Whether the word is a given name of the table (it may be a family name or an ordinary word as well)."""
    return _given(word) in given_names()


def gender_of_given_name(name: str) -> Gender | None:
    """The gender that mostly goes with the first word of the name; None where unknown, or of both.

    Only for agreeing pronouns with names. "Jean-Luc" is looked up whole, then by its first part.
    """
    first = _given(name)
    return given_names().get(first)


def _given(name: str) -> str:
    first = plain(name).partition(" ")[0].strip(",.")
    if first.isupper() and len(first) > 2:
        first = first.title()
    if first not in given_names() and "-" in first and first[:1].isupper():
        first = first.partition("-")[0]
    return first


@functools.cache
def pronouns() -> Mapping[str, Pronoun]:
    """The pronouns of ``pronouns.toml`` by their form."""
    rows = [Pronoun(**row) for row in table("pronouns.toml")["pronouns"]]
    return types.MappingProxyType({row.form: row for row in rows})


def pronoun(word: str) -> Pronoun | None:
    """The pronoun that the word is, whatever its case and with or without an enclitic ("he's"), or None."""
    key = " ".join(word[:20].replace("\u2019", "'").casefold().split())
    return pronouns().get(key) or pronouns().get(_ENCLITIC.sub("", key))


@functools.cache
def source_nouns() -> frozenset[str]:
    """Nouns of unnamed sources, in the singular, from ``anonymity.toml``."""
    return frozenset(table("anonymity.toml")["sources"])


def is_source_noun(phrase: str) -> bool:
    """Whether the phrase is headed by a noun of unnamed sources, or says that its people know from inside."""
    for head in heads(phrase):
        key = head.casefold()
        if key in source_nouns() or singular(key) in source_nouns():
            return True
    return has_inside_knowledge(phrase)


def has_inside_knowledge(phrase: str) -> bool:
    """Whether the phrase says how its people come to know ("familiar with the talks", "briefed on")."""
    return _knowledge().search(plain(phrase)) is not None


def anonymity(text: str, within: Span | None = None) -> list[Span]:
    """Where the text grants anonymity ("on condition of anonymity"), in order; by default in the whole text."""
    low, high = within if within is not None else (0, len(text))
    return [match.span() for match in _grants().finditer(text, low, high)]


def anonymity_reasons(text: str, within: Span | None = None) -> list[Span]:
    """Where the text gives a usual reason for anonymity ("for fear of reprisals"); alone that grants none."""
    low, high = within if within is not None else (0, len(text))
    return [match.span() for match in _reasons().finditer(text, low, high)]


def is_unnamed_by_adjective(phrase: str) -> bool:
    """Whether a word of the phrase says that its source is unnamed ("an unidentified caller")."""
    return not _unnamed_adjectives().isdisjoint(plain(phrase).casefold().split())


def is_group_noun(phrase: str) -> bool:
    """Whether the phrase is headed by a noun of an open class ("voters", "many critics", "the public").

    The plural of an occupation is one ("virologists") unless it is a noun of unnamed sources ("investigators").
    """
    if has_inside_knowledge(phrase):
        return False
    endings = [head.casefold() for head in heads(phrase)]
    if any(head in group_nouns() for head in endings):
        return True
    if not endings or singular(endings[-1]) == endings[-1] or is_source_noun(phrase):
        return False
    found = role_noun(phrase)
    return found is not None and found.kind == "office" and title(endings[-1]) is None


@functools.cache
def group_nouns() -> frozenset[str]:
    """Plural nouns of open classes, from ``groups.toml``."""
    return frozenset(table("groups.toml")["nouns"])


@functools.cache
def _unnamed_adjectives() -> frozenset[str]:
    return frozenset(table("anonymity.toml")["adjectives"])


@functools.cache
def _knowledge() -> re.Pattern[str]:
    return re.compile(_any_of(table("anonymity.toml")["knowledge"]), re.IGNORECASE)


@functools.cache
def _grants() -> re.Pattern[str]:
    return re.compile(_any_of(table("anonymity.toml")["phrases"]), re.IGNORECASE)


@functools.cache
def _reasons() -> re.Pattern[str]:
    return re.compile(_any_of(table("anonymity.toml")["reasons"]), re.IGNORECASE)


def _any_of(phrases: list[str]) -> str:
    """A pattern for any of the phrases, longest first; "*" is one to six words, apostrophes straight or curly."""
    gap = r"\w[\w'\u2019-]*(?:\s+\w[\w'\u2019-]*){0,5}?"
    patterns = [
        r"\s+".join(gap if word == "*" else re.escape(word).replace("'", "['\u2019]") for word in phrase.split())
        for phrase in sorted(phrases, key=len, reverse=True)
    ]
    return rf"\b(?:{'|'.join(patterns)})\b"
