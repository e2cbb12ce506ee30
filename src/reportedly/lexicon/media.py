"""What carries words: agencies, outlets, platforms and documents, by name, by form of name and by noun."""

from __future__ import annotations

import functools
import types
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from reportedly.lexicon.forms import bare, core, heads, look_up, plain, singular, table
from reportedly.lexicon.people import gender_of_given_name, is_given_name, is_source_noun, role_noun
from reportedly.schema import CarrierType

Doubt = Literal["which", "whether"]

# Nouns after a platform's name that make the whole the platform ("his Facebook page", "a Telegram channel").
_PLACES_ON_PLATFORMS = frozenset({"page", "account", "channel", "feed", "profile", "group", "wall", "timeline", "live"})


@dataclass(frozen=True, slots=True)
class Medium:
    """A news agency, outlet or platform that the tables know.

    ``doubt`` is "which" where the form belongs to several outlets ("the Times"), "whether" where it is also an
    ordinary word or another's name ("Time", "PA"), None where the form alone is enough.
    """

    name: str
    type: CarrierType
    doubt: Doubt | None = None


@functools.cache
def agencies() -> Mapping[str, Medium]:
    """Every form of every agency of ``agencies.toml``; letter case counts, "the" is left out."""
    return _media("agencies.toml", ("names",), "agency")


@functools.cache
def outlets() -> Mapping[str, Medium]:
    """Every form of every outlet of ``outlets.toml``; letter case counts, "the" is left out."""
    return _media("outlets.toml", ("newspapers", "broadcasters", "magazines", "sites"), "outlet")


@functools.cache
def platforms() -> Mapping[str, Medium]:
    """Every form of every platform of ``platforms.toml``; letter case counts."""
    return _media("platforms.toml", ("names",), "platform")


def _media(file: str, lists: tuple[str, ...], kind: CarrierType) -> Mapping[str, Medium]:
    tables = table(file)
    which = {bare(form) for form in tables.get("which", ())}
    whether = {bare(form) for form in tables.get("whether", ())}
    found: dict[str, Medium] = {}
    for name, *forms in (row for key in lists for row in tables[key]):
        for form in (name, *forms):
            key = bare(form)
            doubt: Doubt | None = "whether" if key in whether else "which" if key in which else None
            found.setdefault(key, Medium(name, kind, doubt))
    for key in which - found.keys():
        found[key] = Medium(key, kind, "whether" if key in whether else "which")
    return types.MappingProxyType(found)


def medium(words: str) -> Medium | None:
    """The agency, outlet or platform that these words name, or None; "RT America" is found as RT."""
    if (found := _known(words)) is not None:
        return found
    name, _, last = bare(words).rpartition(" ")
    found = _known(name) if last in _extensions() else None
    return found if found is not None and found.doubt != "whether" else None


def _known(words: str) -> Medium | None:
    return look_up(agencies(), words) or look_up(outlets(), words) or look_up(platforms(), words)


def is_agency(words: str) -> bool:
    """Whether the words name a news agency: a known one, or by form ("Orland News Agency", "Agence Tellier")."""
    return look_up(agencies(), words) is not None or _agency_by_form(words)


def is_outlet(words: str) -> bool:
    """Whether the words name an outlet: a known one, or by form ("Halm Gazette") or noun ("the weekly Lantern")."""
    return look_up(outlets(), words) is not None or _outlet_by_form(words) or _outlet_by_noun(words)


def is_platform(words: str) -> bool:
    """Whether the words name a platform, a place on one ("his Facebook page") or social media in general."""
    if look_up(platforms(), words) is not None or core(words).casefold() in _platform_nouns():
        return True
    *name, place = core(words).split() or [""]
    known = platforms().get(name[-1]) if name else None
    return place.casefold() in _PLACES_ON_PLATFORMS and known is not None and known.doubt is None


def document_noun(phrase: str) -> str | None:
    """The noun of a document that heads the phrase, in the singular ("letter" of "letters to the board"), or None."""
    for head in heads(phrase):
        key = head.casefold()
        for form in (key, singular(key)):
            if form in document_nouns():
                return form
    return None


@functools.cache
def document_nouns() -> frozenset[str]:
    """Nouns of documents that carry words, in the singular, from ``documents.toml``."""
    return frozenset(table("documents.toml")["nouns"])


@functools.cache
def quoted_document_nouns() -> frozenset[str]:
    """Those documents that are nearly always written to be quoted ("statement", "letter")."""
    return frozenset(table("documents.toml")["quoted"])


@functools.cache
def doubtful_document_nouns() -> frozenset[str]:
    """Those of ``document_nouns`` that more often mean something else ("order", "review", "deal")."""
    return frozenset(table("documents.toml")["whether"])


def carrier_type(words: str) -> CarrierType | None:
    """What kind of carrier the words name, or None where neither tables nor form tell.

    Meant for words that are known to name a carrier: forms in doubt ("Time") are taken for the medium.
    """
    if (known := medium(words)) is not None:
        return known.type
    if _agency_by_form(words):
        return "agency"
    if is_platform(words):
        return "platform"
    if _outlet_by_form(words):
        return "outlet"
    if document_noun(words) is not None:
        return "document"
    if role_noun(words) is not None or is_source_noun(words):
        return "person"
    if _outlet_by_noun(words):
        return "outlet"
    first = plain(words).partition(" ")[0]
    return "person" if is_given_name(first) or gender_of_given_name(first) else None


def _agency_by_form(words: str) -> bool:
    """Whether beginning or end of the name is one of agencies' names."""
    name, tables = core(words), table("agencies.toml")
    first, *rest = name.split() or [""]
    if any(_ends_in(name, ending) for ending in tables["not_endings"]):
        return False
    if any(_ends_in(name, ending) for ending in tables["class_endings"]):
        return bool(rest)
    if rest:
        return first in tables["class_beginnings"]
    return first[:1].isupper() and len(first) > 5 and first.endswith(tuple(tables["class_suffixes"]))


def _ends_in(name: str, ending: str) -> bool:
    """Whether the name ends in these whole words."""
    return name == ending or name.endswith(" " + ending)


def _outlet_by_form(words: str) -> bool:
    """Whether first or last word of a capitalised name is one of outlets' names."""
    name = core(words).split() or [""]
    first, last = name[0], name[-1]
    if not first[:1].isupper() or not (last[:1].isupper() or last.isdecimal()):
        return False
    if any(len(word) > len(end) and word.endswith(end) for word in (first, last) for end in _outlet_suffixes()):
        return True
    return len(name) > 1 and (first in _outlet_words() or last in _outlet_words())


def _outlet_by_noun(words: str) -> bool:
    """Whether a noun of outlets heads the phrase ("state television") or stands before the name ("weekly Lantern")."""
    if any(head.casefold() in _outlet_nouns() for head in heads(words)):
        return True
    lowered: list[str] = []
    for word in core(words).split():
        if word[:1].isupper():
            break
        lowered.append(word)
    return any(" ".join(lowered[k:]) in _outlet_nouns() for k in range(len(lowered)))


@functools.cache
def _extensions() -> frozenset[str]:
    return frozenset(table("outlets.toml")["extensions"])


@functools.cache
def _outlet_suffixes() -> tuple[str, ...]:
    return tuple(table("outlets.toml")["class_suffixes"])


@functools.cache
def _outlet_words() -> frozenset[str]:
    return frozenset(table("outlets.toml")["class_words"])


@functools.cache
def _outlet_nouns() -> frozenset[str]:
    return frozenset(table("outlets.toml")["nouns"])


@functools.cache
def _platform_nouns() -> frozenset[str]:
    return frozenset(table("platforms.toml")["nouns"])
