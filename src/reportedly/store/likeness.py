"""How alike two names are, as names of one person or body, and under what a name is looked up to find those like it."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

from reportedly.lexicon.callings import common_body_words, one_word_for
from reportedly.lexicon.forms import singular
from reportedly.lexicon.names import name_words
from reportedly.store.identity import NameForm, skeleton

# How sure a name alone makes it, from 0 to 1: set on the clusters of benchmarks/people.py, but for the "untouched".
SAME_FULL, FULLER, SPELLED, INITIAL = 0.62, 0.58, 0.5, 0.48
FAMILY_NAME, GIVEN_NAME, SAME_SHORT = 0.36, 0.3, 0.3
SAME_BODY, SAME_WORDS, ABBREVIATED, PART_OF_BODY, OTHER_KIND = 0.55, 0.55, 0.45, 0.36, 0.35
# Words less alike than this are different names; spellings of one foreign name are mostly above.
LEAST_ALIKE = 0.88
# Of two bodies' words this share must be common to both.
LEAST_SHARED = 0.6

Likeness = tuple[float, str]


@lru_cache(200_000)
def blocks(form: NameForm) -> tuple[str, ...]:
    """Under what a name is looked up. Only names that have one of these in common are compared."""
    if form.kind == "person":
        return f"p {skeleton(form.surname)}", f"g {form.words[0]}"
    telling = [word for word in form.words if word not in name_words().joints]
    own = [word for word in telling if singular(word) not in common_body_words() and not name_words().is_body(word)]
    found = [f"b {skeleton(word)}" for word in own or [form.key]]
    if len(telling) > 2:
        found.append(f"i {initials(form)}")
    elif len(form.words) == 1 and 2 < len(form.key) <= 6:
        found.append(f"i {form.key}")
    if own == telling and 1 < len(own) <= 3:
        found.append(f"p {skeleton(own[-1])}")  # a person's name, if the reading took the one for the other
    return tuple(found)


def initials(form: NameForm) -> str:
    """The first letters of a body's words, without its small ones: how it may be abbreviated."""
    return "".join(word[0] for word in form.words if word not in name_words().joints)


@lru_cache(200_000)
def likeness(a: NameForm, b: NameForm) -> Likeness | None:
    """How alike two names are, and in what; None where they are not one's."""
    if a.kind != b.kind:
        return (OTHER_KIND, "one name, but of a person here and of an organisation there") if a.key == b.key else None
    return _people(a, b) if a.kind == "person" else _bodies(a, b)


def _people(a: NameForm, b: NameForm) -> Likeness | None:
    if a.suffix != b.suffix or not _initials_fit(a, b):
        return None
    short, full = sorted((a, b), key=lambda form: len(form.words))
    if len(short.words) > 1:
        return _full_names(short, full)
    if len(full.words) == 1:
        return (SAME_SHORT, "one short name") if short.key == full.key else None
    if short.surname == full.words[0]:
        return GIVEN_NAME, "the given name alone here"
    if short.surname != full.surname:
        return None
    if short.initials:
        fits = full.words[0].startswith(short.initials[0])
        return (INITIAL, "family name and initial agree") if fits else None
    return FAMILY_NAME, "the family name alone here"


def _initials_fit(a: NameForm, b: NameForm) -> bool:
    return not (len(a.words) > 1 and len(b.words) > 1 and a.initials and b.initials and a.initials[0] != b.initials[0])


def _full_names(short: NameForm, full: NameForm) -> Likeness | None:
    if short.words == full.words:
        return SAME_FULL, "one full name"
    if full.words[-len(short.words) :] == short.words:
        return FULLER, "one name has more before it"
    family = JaroWinkler.similarity(short.surname, full.surname)
    given = JaroWinkler.similarity(short.words[0], full.words[0])
    if min(family, given) < LEAST_ALIKE:
        return None
    if family == given == 1:
        return FULLER, "given and family name agree, one has more"
    return SPELLED * (family + given) / 2, f"names alike by {round(50 * (family + given))} %"


def _bodies(a: NameForm, b: NameForm) -> Likeness | None:
    if a.key == b.key:
        return SAME_BODY, "one name"
    some, others = _words(a), _words(b)
    if some == others:
        return SAME_WORDS, "the same words in another order or spelling"
    short, full = sorted((a, b), key=lambda form: len(form.words))
    if len(short.words) == 1 and len(full.words) > 2 and short.key == initials(full):
        return ABBREVIATED, "one is the other's initials"
    shared = len(some & others) / len(some | others)
    if shared >= LEAST_SHARED or (some <= others or others <= some):
        return PART_OF_BODY + 0.2 * shared, f"{round(100 * shared)} % of the words agree"
    return None


def _words(form: NameForm) -> frozenset[str]:
    kept = (one_word_for(singular(word)) for word in form.words if word not in name_words().joints)
    return frozenset(kept) or frozenset(form.words)
