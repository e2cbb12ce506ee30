"""Regular expressions from strangers, held to a size at which they cannot run away.

Python's ``re`` backtracks and cannot be stopped. A house's patterns are therefore refused unless the number of ways in
which they can match at one place is small: no unbounded repeats, no repeated groups, no references, no look-around, and
the product of all repeats and alternatives at most ``MOST_WAYS``. Time is then linear in the text.
"""

from __future__ import annotations

import re

LONGEST_PATTERN = 300
MOST_WAYS = 2000

_PART = re.compile(
    r"(?P<escape>\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.))|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<open>\((?:\?:)?)(?!\?)"
    r"|(?P<close>\))|(?P<repeat>\{(?P<low>\d{0,3})(?P<comma>,?)(?P<high>\d{0,3})\}|[*+?])|(?P<either>\|)|(?P<other>[^()\[\\])",
    re.DOTALL,
)


class PatternError(ValueError):
    """A pattern that is refused; the message says why."""


def bounded(pattern: str) -> re.Pattern[str]:
    """The pattern compiled, without regard to case. Raises PatternError for one that is invalid or could run away."""
    if len(pattern) > LONGEST_PATTERN:
        raise PatternError(f"longer than {LONGEST_PATTERN} characters")
    if _ways(pattern) > MOST_WAYS:
        raise PatternError(f"more than {MOST_WAYS} ways to match: shorten its repeats and alternatives")
    try:
        compiled = re.compile(pattern, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise PatternError(f"not a regular expression: {error}") from error
    if compiled.match(""):
        raise PatternError("it matches nothing at all")
    return compiled


def _ways(pattern: str) -> int:
    ways, alternatives, before = 1, 1, ""
    position = 0
    while position < len(pattern):
        part = _PART.match(pattern, position)
        if part is None or part.lastgroup is None:
            raise PatternError(
                f"{pattern[position : position + 3]!r}: only plain groups are read, no look-around or flags"
            )
        kind = _kind(part)
        if kind == "escape" and (part.group()[1].isdigit() or part.group()[1] in "gk"):
            raise PatternError(f"{part.group()!r}: no references")
        if kind == "repeat":
            ways *= _repeats(part, before)
        alternatives += kind == "either"
        before, position = kind, part.end()
    return ways * alternatives


def _kind(part: re.Match[str]) -> str:
    names = ("escape", "set", "open", "close", "repeat", "either", "other")
    return next(name for name in names if part.group(name) is not None)


def _repeats(part: re.Match[str], before: str) -> int:
    """How often a repeat can match at most, which bounds its ways and its work."""
    sign = part.group()
    if sign == "?":
        return 2
    if sign in "*+" or (part.group("comma") and not part.group("high")):
        raise PatternError(f"{sign!r} has no bound: write one, as in {{0,20}}")
    if before == "close":
        raise PatternError(f"{sign!r} repeats a group; repeat single characters only")
    low = int(part.group("low") or 0)
    high = int(part.group("high")) if part.group("comma") else low
    return max(1, low, high)
