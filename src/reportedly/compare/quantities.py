"""Numbers in statements: what they count, and whether two statements give the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from reportedly.lexicon.rarity import stem
from reportedly.schema import Span

Kind = Literal["count", "year", "time", "day"]

_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_WORDS = {word: float(n) for n, word in enumerate(_SMALL)} | {word: float(n) for word, n in _TENS.items()}
_WORDS |= {"both": 2.0, "dozen": 12.0}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "m": 1e6, "bn": 1e9}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m1>{_MONTH})|(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}}))(?!\d|:)"
)
_TIME = re.compile(r"\b(\d{1,2})(?:[:.](\d\d))?\s*([ap])\.?m\b\.?|\b(\d{1,2}):(\d\d)\b", re.IGNORECASE)
_COUNT = re.compile(
    r"(?<![\w.,])(?:[$\u00a3\u20ac]\s?)?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?!\d)"
    rf"(?:\s?(?P<scale>{'|'.join(_SCALES)})\b)?"
    rf"|\b(?P<word>{'|'.join(w for w in _WORDS if w != 'one')})\b(?:[\s-](?P<unit>{'|'.join(_SMALL[1:10])})\b)?"
    rf"(?:\s(?P<by>{'|'.join(_SCALES)})\b)?",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"[\s-]*(?:(?:more|other|of|the|its|their|these|those|per|about)\s+)*([a-z][\w'-]*|%)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, the stem of the word behind it (of what it counts, mostly), and where it stands."""

    value: float
    kind: Kind
    unit: str
    span: Span


def quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers, years, days and times of day in a text, in order."""
    found: list[Quantity] = []
    taken: list[Span] = []

    def free(span: Span) -> bool:
        return not any(start < span[1] and span[0] < end for start, end in taken)

    for match in _DAY.finditer(text):
        month = _MONTHS.index((match["m1"] or match["m2"])[:3].lower()) + 1
        found.append(Quantity(month * 100 + int(match["d1"] or match["d2"]), "day", "", match.span()))
        taken.append(match.span())
    for match in _TIME.finditer(text):
        if free(match.span()):
            found.append(Quantity(_minutes(match), "time", "", match.span()))
            taken.append(match.span())
    found += [_count(text, match) for match in _COUNT.finditer(text) if free(match.span())]
    return tuple(sorted(found, key=lambda q: q.span))


def _minutes(match: re.Match[str]) -> float:
    if match[4]:
        return int(match[4]) * 60 + int(match[5])
    return (int(match[1]) % 12 + (12 if match[3].lower() == "p" else 0)) * 60 + int(match[2] or 0)


def _count(text: str, match: re.Match[str]) -> Quantity:
    if match["digits"]:
        value = float(match["digits"].replace(",", "")) * _SCALES.get((match["scale"] or "").lower(), 1.0)
        plain = match["digits"].isdigit() and len(match["digits"]) == 4 and not match["scale"]
        if plain and 1800 <= value <= 2150:
            return Quantity(value, "year", "", match.span())
    else:
        value = _WORDS[match["word"].lower()] + _WORDS.get((match["unit"] or "").lower(), 0.0)
        value *= _SCALES.get((match["by"] or "").lower(), 1.0)
    behind = _UNIT.match(text, match.end())
    return Quantity(value, "count", stem(behind[1]) if behind else "", match.span())


def agreeing(a: tuple[Quantity, ...], b: tuple[Quantity, ...]) -> list[tuple[Quantity, Quantity]]:
    """The pairs of one kind and value, one of each."""
    return [(x, y) for x in a for y in b if x.kind == y.kind and x.value == y.value]


def conflicting(a: tuple[Quantity, ...], b: tuple[Quantity, ...]) -> list[tuple[Quantity, Quantity]]:
    """The pairs that give different numbers for one thing: years, days, or counts of the same word."""
    matched = agreeing(a, b)
    left = [x for x in a if all(x is not pair[0] for pair in matched)]
    right = [y for y in b if all(y is not pair[1] for pair in matched)]
    return [(x, y) for x in left for y in right if x.kind == y.kind and (x.unit == y.unit or x.kind != "count")]
