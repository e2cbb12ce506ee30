"""Names as they stand in an article: runs of capitalised words, their short and their fullest forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reportedly.lexicon.forms import singular
from reportedly.lexicon.names import name_words
from reportedly.lexicon.people import is_given_name, is_group_noun, is_source_noun, is_title, role_noun, title
from reportedly.lexicon.seats import state
from reportedly.schema import Span

# Small words that stand inside names: "Ursula von der Leyen", "Bashar al-Assad", "Bank of Orvik".
_PARTICLE = (
    r"(?:ag|al|do|el|bin|ibn|bint|abu|de|del|della|der|den|di|da|das|dos|du|la|le|las|los|van|von|ter|ten|y|e|zu|zur"
    r"|of|for|and|the|ap|af|&)"
)
_ELIDED = r"(?:(?:al|el|ad|an|as|ash|at|az|d|l)[-\u2010\u2011'\u2019])?"
_WORD = r"(?:[A-Z]\.){2,}|" + _ELIDED + r"[^\W\d_a-zß-öø-ÿ][\w'\u2019\u2010\u2011&-]*\.?(?:[-\u2010\u2011]\w+)*"
_RUN = re.compile(rf"(?<![\w'\u2019-])(?:{_WORD})(?:[ \u00a0]+(?:{_PARTICLE}[ \u00a0]+){{0,3}}(?:{_WORD}))*")
_POSSESSIVE = re.compile(r"['\u2019]s?$")
_OWNER = re.compile(r"['\u2019]s$")
# A full stop after a word ends the sentence unless the word is an initial or an abbreviated title.
_STOP = re.compile(r"(?:\w{3,}|\w['\u2019]s)\.$")
# How a line of running text ends, and a headline does not.
_STOPS = (".", "!", "?", ":", ",", "\u2026", '"', "\u201d", "'", "\u2019", ")")
_WORDS = name_words()
# Bodies that are named after what they have charge of: "the Ministry of Trade and Industry".
_PORTFOLIOS = ("ministry", "department", "office", "secretariat")

# Distinct names whose folding and titles are remembered: the people of a few thousand articles.
CACHED = 50_000

# One word of a run and where it begins.
_Word = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Name:
    """A name at one place of the text, without titles before it and without a possessive ending.

    ``key`` is the name's words folded: case, accents and the shapes of apostrophes do not count.
    """

    span: Span
    words: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def text(self) -> str:
        """The name as one string."""
        return " ".join(self.words)

    @property
    def initials(self) -> str:
        """The letters of a name that is nothing but initials, in lower case: "sec" of "S.E.C."; else empty."""
        letters = self.text.replace(".", "")
        return letters.lower() if len(self.words) == 1 and 1 < len(letters) <= 6 and letters.isupper() else ""


@lru_cache(CACHED)
def fold(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents and punctuation; single initials are dropped."""
    flat = unicodedata.normalize("NFKD", name.replace("\u2019", "'")).casefold()
    flat = "".join(c for c in flat if not unicodedata.combining(c))
    words = re.findall(r"[\w&]+", re.sub(r"'s\b", "", flat))
    return tuple(w for w in words if len(w) > 1) or tuple(words)


def content_words(phrase: str) -> frozenset[str]:
    """The words of a phrase that tell what it is about, folded and in the singular: no articles, no small words."""
    words = (word for word in fold(phrase) if word not in _WORDS.openers and word not in _WORDS.joints)
    return frozenset(singular(word) for word in words)


def body_noun(name: Name) -> str | None:
    """The noun of an institution that heads a name, folded ("court" of "Court of Appeals"), or None."""
    last = next((k for k, word in enumerate(name.key) if word in _WORDS.joints), len(name.key)) - 1
    noun = name.key[last] if last >= 0 and len(name.key) > 1 else ""
    return noun if _WORDS.is_body(noun) else None


def names(text: str, within: Span | None = None) -> Iterator[Name]:
    """Every run of capitalised words, cut where one name ends, rid of titles; sentence-initial words are runs too."""
    low, high = within if within is not None else (0, len(text))
    for match in _RUN.finditer(text, low, high):
        for words in _cut(_words(text, match.span())):
            name = without_titles(words)
            if name is not None:
                yield name


def without_headline_words(found: Sequence[Name], text: str) -> list[Name]:
    """The names without what only a headline's capitals join to them ("Ada Brek Says" where "Ada Brek" stands too)."""
    known = {name.key for name in found if len(name.key) > 1}
    return [_cut_back(name, known) if len(name.words) > 2 and _in_headline(name, text) else name for name in found]


def _cut_back(name: Name, known: Collection[tuple[str, ...]]) -> Name:
    for k in range(2, len(name.words)):
        words = name.words[:k]
        key = fold(" ".join(words))
        if key in known and is_given_name(words[0]):
            return Name((name.span[0], name.span[0] + len(" ".join(words))), words, key)
    return name


def _in_headline(name: Name, text: str) -> bool:
    """Whether the name's line ends without a stop, as headlines do."""
    end = text.find("\n", name.span[1])
    return not text[name.span[1] : end if end >= 0 else None].rstrip().endswith(_STOPS)


def _words(text: str, span: Span) -> list[_Word]:
    return [(m.group(), span[0] + m.start()) for m in re.finditer(r"\S+", text[span[0] : span[1]])]


def _cut(words: Sequence[_Word]) -> Iterator[Sequence[_Word]]:
    """The run in parts: cut behind a sentence's stop, behind a possessive, and at "and" except in a body's name."""
    start = 0
    for k, (word, _) in enumerate(words):
        ends_sentence = _STOP.search(word) and not is_title(word)
        if ends_sentence or _OWNER.search(word):
            yield from _apart(words[start : k + 1])
            start = k + 1
    yield from _apart(words[start:])


def _apart(words: Sequence[_Word]) -> Iterator[Sequence[_Word]]:
    """The names that "and" joins, and what follows a person's name by "of" or "for"."""
    start = 0
    for k, (word, _) in enumerate(words):
        if (word.lower() == "and" and _parts(words[start:], k - start)) or _leaves_a_person(words[start : k + 1]):
            yield words[start:k]
            start = k + 1
    yield words[start:]


def _parts(words: Sequence[_Word], at: int) -> bool:
    """Whether the "and" at this place stands between two names, and not inside that of a body or ministry."""
    if is_given_name(words[0][0]) or (at + 1 < len(words) and words[at + 1][0] == "the"):
        return True
    return not _is_body(words) and not any(word.lower() in _PORTFOLIOS for word, _ in words[:at])


def _leaves_a_person(words: Sequence[_Word]) -> bool:
    """Whether a joint follows a person's name, so that what comes is where the person belongs ("of the Orvik Bank")."""
    return len(words) > 2 and words[-1][0] in ("of", "for") and is_given_name(words[0][0])


def _is_body(words: Sequence[_Word]) -> bool:
    """Whether a run ends in a noun of institutions, so that "and" and "of" belong to its name."""
    return bool(words) and _WORDS.is_body(_POSSESSIVE.sub("", words[-1][0].rstrip(".")))


def without_titles(words: Sequence[_Word]) -> Name | None:
    """The name that a run ends with: what follows its last title, possessive and stop dropped; None if all is title."""
    first = _begins(words)
    if first >= len(words):
        return None
    while len(words) - first > 1 and words[-1][0].rstrip(".,").lower() in _WORDS.postnominals:
        words = words[:-1]
    last, at = words[-1]
    whole = last[:-1] if _STOP.search(last) else last
    trimmed = _POSSESSIVE.sub("", whole) or whole
    kept = (*(word for word, _ in words[first:-1]), trimmed)
    if len(kept) == 1 and not _may_stand_alone(trimmed, words[first - 1][0] if first else ""):
        return None
    return Name((words[first][1], at + len(trimmed)), kept, fold(" ".join(kept)))


def _may_stand_alone(word: str, before: str) -> bool:
    """Whether one word may be a name: no title ("Minister", but "Mr. King"), no small or calendar word."""
    honorific = title(before)
    if honorific is not None and honorific.kind == "honorific":
        return True
    return not is_title(word) and word.lower() not in _WORDS.openers and word.lower() not in _WORDS.calendar


def _begins(words: Sequence[_Word]) -> int:
    """The first word that belongs to the name: behind the titles, small words and common plurals before it."""
    texts = [word.rstrip(",") for word, _ in words]
    first = 0
    while first < len(texts) and (texts[first].lower() in _WORDS.openers or _only_leads_in(texts[first:])):
        first += 1
    if not _is_body(words):
        for k in range(len(texts) - 1, first, -1):
            if _ends_a_title(tuple(texts[first:k])) and texts[k].rstrip(".") not in ("Jr", "Sr", "II", "III"):
                first = k
                break
    while first < len(texts) and texts[first].lower() in _WORDS.openers:
        first += 1
    return first


@lru_cache(CACHED)
def _ends_a_title(texts: tuple[str, ...]) -> bool:
    """Whether the words end in a title, of one word ("Senators") or of several ("Secretary of State").

    A letter behind other words is a middle initial: the "M." of "Ada M. Brek" is no Monsieur.
    """
    if len(texts) > 1 and len(texts[-1].rstrip(".")) == 1:
        return False
    return role_noun(texts[-1]) is not None or any(is_title(" ".join(texts[k:])) for k in range(len(texts)))


def _only_leads_in(texts: Sequence[str]) -> bool:
    """Whether a run begins with a plural that describes or with a day: "Critics of the Plan", "Monday the Senate"."""
    if len(texts) < 2 or texts[1] not in _WORDS.joints:
        return False
    return is_group_noun(texts[0]) or is_source_noun(texts[0]) or texts[0].lower() in _WORDS.calendar


class Registry:
    """The names of an article by their last word: which short form stands for which full one."""

    def __init__(self, found: Sequence[Name]) -> None:
        self._by_last: dict[str, list[Name]] = {}
        self._by_initials: dict[str, list[Name]] = {}
        self._by_first: dict[str, list[Name]] = {}
        for name in found:
            key = name.key
            if len(key) > 1:
                self._by_first.setdefault(key[0], []).append(name)
            if key:
                self._by_last.setdefault(key[-1], []).append(name)
            if len(key) > 1 and not name.initials:
                initials = "".join(word[0] for word in key if word not in _WORDS.joints)
                self._by_initials.setdefault(initials, []).append(name)

    def fullest(self, name: Name) -> Name:
        """The fullest form of a name: the longest name of the article that ends with its words.

        Where different people share the surname, the one named last before this place is meant. A word in
        capitals may be the initials of a longer name.
        """
        fuller = [other for other in self.sharing(name) if len(other.key) >= len(name.key)]
        if all(len(other.words) == len(name.words) for other in fuller):
            fuller = self._by_initials.get(name.initials, []) or self._beginning(name) or fuller
        longer = [other for other in fuller if len(other.key) > 1]
        if not longer:
            return name
        before = [other for other in longer if other.span[0] <= name.span[0]]
        nearest = before[-1] if before else longer[0]
        same = [other for other in longer if _related(other.key, nearest.key)]
        return max(same, key=lambda other: (len(other.words), -other.span[0]))

    def _beginning(self, name: Name) -> list[Name]:
        """The fuller names that begin with a one-word name ("Vasco", "Vasco Mobile"), if they are all one bearer's."""
        if len(name.key) != 1 or state(name.text) is not None:
            return []
        found = self._by_first.get(name.key[0], [])
        longest = max(found, key=lambda other: len(other.key), default=None)
        alike = longest is not None and all(longest.key[: len(other.key)] == other.key for other in found)
        return found if alike else []

    def sharing(self, name: Name) -> list[Name]:
        """The names of the article that end like this one, whole: short and long forms of the same last words."""
        key = name.key
        return [other for other in self._by_last.get(key[-1], []) if _related(other.key, key)] if key else []

    def bearers(self, name: Name) -> list[Name]:
        """One full name for each of the different people or bodies that share a short form, in order of mention."""
        found: dict[tuple[str, ...], Name] = {}
        for other in self.sharing(name):
            if len(other.key) > max(1, len(name.key) - 1) and not any(_related(other.key, key) for key in found):
                found[other.key] = self.fullest(other)
        return list(found.values())

    def under(self, key: tuple[str, ...]) -> list[Name]:
        """Every mention that the full name ends with: where the article may say more of its bearer."""
        return [name for name in self._by_last.get(key[-1], []) if _ends_with(key, name.key)] if key else []


def _related(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return _ends_with(a, b) or _ends_with(b, a)


def _ends_with(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    return longer[-len(shorter) :] == shorter if shorter else False
