"""What opens a report: bylines, and the dateline at the head of a paragraph.

A dateline is a place, often in capitals, perhaps with a date and the agency in brackets, and a dash:
"ORVIK, April 3 (Orvik Press) -", "KESTRIN (AP) —", "MARLA, 3 April. /TASS/".
"""

from __future__ import annotations

import datetime
import functools
import re

from reportedly.ingest.phrases import alternatives, is_signoff
from reportedly.lexicon.page import page_words

BYLINE_LIMIT = 120  # characters

# Words without a capital that stand between names in a byline.
_BETWEEN = frozenset(
    (
        "and",
        "in",
        "of",
        "for",
        "at",
        "the",
        "with",
        "de",
        "del",
        "della",
        "di",
        "da",
        "van",
        "von",
        "der",
        "den",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
        "y",
        "e",
    )
)

_CAPS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’\-]*"
_WORD = r"[A-ZÀ-ÖØ-Þ][\w.'’\-]*"
_DASH = r"(?:—|–|―|--|-)"
# The rest after the dash is a sentence: it does not begin in lower case ("NATO - the alliance - said").
_REST = r"(?=[\"“”„«'‘(\[$£€]?[A-ZÀ-ÖØ-Þ0-9])"


@functools.cache
def _dateline() -> re.Pattern[str]:
    words = page_words()
    month = rf"(?:{'|'.join(words.months)})\.?"
    date = (
        rf"(?:(?:{'|'.join(words.weekdays)})\.?,?\s+)?"
        rf"(?:{month}\s+\d{{1,2}}|\d{{1,2}}\s+{month})(?:,?\s+\d{{4}})?"
    )
    caps_place = rf"{_CAPS}(?:[ /]{_CAPS}|\s(?:de|la|of|sur|upon)(?=\s)){{0,4}}"
    place = rf"{_WORD}(?:[ /]{_WORD}){{0,3}}"
    region = rf"(?:,\s(?:{_WORD})(?:\s{_WORD}){{0,2}}){{0,2}}"
    agency = r"\([^()\n]{2,40}\)"
    return re.compile(
        rf"(?P<bare>{caps_place}{region}\s{_DASH}\s+){_REST}"
        rf"|(?P<full>(?:{caps_place}|{place}){region}"
        rf"(?:,?\s{date}\.?,?(?:\s{agency})?|,?\s{agency}(?:,?\s{date})?)\s*{_DASH}\s*){_REST}"
        rf"|(?P<slash>{caps_place}{region},\s{date}\.?\s/[^/\n]{{2,40}}/\.?\s+(?:{_DASH}\s+)?){_REST}"
        rf"|(?P<agency>\({_WORD}(?:[ /]{_WORD}){{0,3}}\)\s{_DASH}\s+){_REST}"
    )


def dateline_end(paragraph: str, early: bool) -> int | None:
    """The offset just after a dateline's dash (before the space), or None where no dateline opens the paragraph.

    ``early`` is true in the first paragraphs of a report: only there is a place in capitals with a dash, but
    with neither date nor agency, a dateline; later it is a heading that runs into its paragraph.
    """
    match = _dateline().match(paragraph[:200])
    if match is None or (match.lastgroup == "bare" and not (early and _place(match.group()))):
        return None
    rest = paragraph[match.end() :]
    if len(rest.split(None, 6)) < 6:  # "SERAL EVENING - Thursday, 4 p.m. edition" is a masthead
        return None
    return len(match.group().rstrip())


def _place(prefix: str) -> bool:
    """Whether capitals before a dash may name a place: more than an initial or "Q", less than a headline."""
    name = prefix.split(",")[0].strip(" -–—―")
    return 3 <= len(name) <= 40 and len(prefix.split()) <= 6


@functools.cache
def _roles() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){alternatives(page_words().roles)}\Z", re.IGNORECASE)


def is_byline(line: str) -> bool:
    """Whether a line near the head of a report names its author: "By A. Name", "A. Name, Correspondent"."""
    if is_signoff(line):
        return True
    if len(line) > BYLINE_LIMIT or (line[-1] in '.!?:;,"”' and not re.search(r"\b(?:[A-Z]|Jr|Sr|Inc)\.\Z", line)):
        return False
    words = line.split()
    role = len(words) <= 10 and _roles().search(line) is not None
    if words[0].lower() in ("by", "by:") and len(words) > 1:
        return role or _mostly_names(words[1:])
    return role and len(words) > 1 and _mostly_names(words)


def _mostly_names(words: list[str]) -> bool:
    """Whether words are names and roles: capitals but for joining words and the words of a role."""
    roles = {word for role in page_words().roles for word in role.split()} | {"political", "business", "sports"}
    first = words[0].strip(",.|•")
    if not first or not (first[0].isupper() or first[0] in "@"):
        return False
    if first in page_words().weekdays or (first in page_words().months and len(words) < 3):
        return False
    return all(
        not word.strip(",.;|•&/-–—()")
        or word.lstrip("(@\"“'")[:1].isupper()
        or word.strip(",.;()").lower() in _BETWEEN | roles
        for word in words
    )


def byline_names(line: str) -> str:
    """A byline without its "By" and its brackets."""
    return re.sub(r"^(?:written\s+)?by[\s:]+", "", line.strip(" ()[]"), flags=re.IGNORECASE).strip()


def iso_date(line: str) -> str | None:
    """The ISO day that a line writes out in full, with its year, or None."""
    match = re.search(r"\b(\d{4})-(\d\d)-(\d\d)\b", line)
    if match:
        return _day(int(match[1]), int(match[2]), int(match[3]))
    names = "|".join(page_words().months)
    match = re.search(rf"\b({names})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", line, re.IGNORECASE)
    if match:
        return _day(int(match[3]), _month(match[1]), int(match[2]))
    match = re.search(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({names})\.?,?\s+(\d{{4}})\b", line, re.IGNORECASE)
    return _day(int(match[3]), _month(match[2]), int(match[1])) if match else None


def _month(name: str) -> int:
    return [full[:3] for full in page_words().months[:12]].index(name[:3].capitalize()) + 1


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
