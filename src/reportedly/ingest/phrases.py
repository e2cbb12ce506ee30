"""Phrases of the lexicon as regular expressions: furniture, sign-offs, date stamps.

The tables are in ``lexicon/furniture.toml``, which says how a phrase is written.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from reportedly.lexicon.page import page_words

# Furniture is short. A longer line that begins like it ("Sign up for ...") is a paragraph about it.
FURNITURE_LIMIT = 300  # characters

# Characters that may stand before a phrase of the table "anywhere": where more do, a call to subscribe has been
# glued to the end of a paragraph, which keeps its statements.
LEADING_LIMIT = 100

# A mark before a phrase: bullets, arrows and brackets that pages put in front of their signposts.
_LEAD = r"[\s\[(>»›▸►▶•·*|–—-]*"


def pattern(phrase: str) -> str:
    """The regular expression of one phrase of the lexicon (to be used without regard to case)."""
    words = []
    for word in phrase.split():
        if word.startswith("*"):
            # One to eight words of one clause; bounded, so that a hostile line costs no more than a long one.
            rest = _literal(word[1:])
            words.append(r"[^\s,;:!?]{1,40}(?:\s+[^\s,;:!?]{1,40}){0,7}?" + (r"\s+" + rest if rest else ""))
        else:
            words.append(_literal(word))
    return r"\s+".join(words)


def alternatives(phrases: Iterable[str]) -> str:
    """One group that matches any of the phrases, the longest first."""
    return "(?:" + "|".join(pattern(phrase) for phrase in sorted(phrases, key=len, reverse=True)) + ")"


def _literal(word: str) -> str:
    return re.escape(word).replace("'", "['\u2019]")


@functools.cache
def _whole() -> re.Pattern[str]:
    return re.compile(rf"{_LEAD}{alternatives(page_words().furniture_whole)}[\s.:!?…>»›\])|–—-]*", re.IGNORECASE)


@functools.cache
def _begins() -> re.Pattern[str]:
    return re.compile(rf"{_LEAD}{alternatives(page_words().furniture_begins)}(?!\w)", re.IGNORECASE)


@functools.cache
def _anywhere() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){alternatives(page_words().furniture_anywhere)}(?!\w)", re.IGNORECASE)


@functools.cache
def _signoff() -> re.Pattern[str]:
    return re.compile(rf"[\s(\[–—-]*{alternatives(page_words().signoff_begins)}(?!\w)", re.IGNORECASE)


@functools.cache
def _stamp() -> re.Pattern[str]:
    words = page_words()
    months = "|".join(words.months)
    # "Published April 3, 2031 at 11:42 GMT", "Updated 11:42", "3 April 2031", "2031-04-03", "3 hours ago"
    date = (
        rf"(?:(?:{'|'.join(words.weekdays)})\.?,?\s+)?(?:(?:{months})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?"
        rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{months})\.?(?:,?\s+\d{{4}})?|\d{{4}}-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}})"
    )
    time = r"(?:at\s+)?\d{1,2}[:.]\d\d(?::\d\d)?(?:\s*[ap]\.?m\.?)?(?:\s+[A-Z]{2,5})?"
    ago = r"(?:\d{1,3}|an?|one)\s+(?:min|mins|minutes?|hours?|days?|weeks?)\s+(?:ago|read)"
    one = rf"(?:{date}|{time}|{ago})"
    begins = alternatives(words.stamp_begins)
    return re.compile(rf"(?:{begins}(?:\s+on)?\s*:?\s*)?{one}(?:[\s,|–—/-]+{one}){{0,3}}\.?", re.IGNORECASE)


def is_furniture(line: str) -> bool:
    """Whether a line is a page's own: a call to subscribe, share or read on, a legal line, an advertisement.

    A line that opens with a quotation mark is somebody's words, whatever they say.
    """
    if len(line) > FURNITURE_LIMIT or line[0] in "\"“”„«'‘":
        return False
    if not any(character.isalnum() for character in line):
        return True  # a rule, a row of asterisks
    if _whole().fullmatch(line) or _begins().match(line):
        return True
    match = _anywhere().search(line)
    return match is not None and match.start() <= LEADING_LIMIT


def is_stamp(line: str) -> bool:
    """Whether a line is nothing but the time of publication or of an update."""
    return len(line) <= 100 and _stamp().fullmatch(line) is not None


def is_signoff(line: str) -> bool:
    """Whether a line says who reported, wrote or edited: "(Reporting by ...; Editing by ...)"."""
    return len(line) <= FURNITURE_LIMIT and _signoff().match(line) is not None
