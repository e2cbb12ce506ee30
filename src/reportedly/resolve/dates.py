"""What day, month, week or year a dating expression means, told from the day of publication.

Only what the words settle is resolved. Vague words ("recently"), words that hang on something else in the text
("the next day", "hours later"), spans of time ("Feb. 3-5"), and anything in the future give None. The method: cut
every known expression out of the words; if what is left still speaks of time, the words mean more than was read and
nothing is resolved; otherwise join the expressions into one date, where they do not contradict one another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

_LONGEST = 200  # characters: no dating expression is longer, and the patterns below stay quick

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOLIDAYS = {
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "valentine's day": (2, 14),
    "halloween": (10, 31),
}
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_NUMBERS |= {"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20}

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:r(?:s)?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?\b"
_YEAR = r"(?P<year>[12][0-9]{3})\b(?![,.]?[0-9])"
_NUMBER = rf"(?P<count>{'|'.join(_NUMBERS)}|[0-9]{{1,4}})"

# Every expression that is read, in the order in which they are tried: the longer before the shorter.
_EXPRESSIONS = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)  # ASCII: "\u017f" is no "s" here
    for pattern in (
        r"\b(?P<year>[12][0-9]{3})-(?P<number>[01][0-9])-(?P<day>[0-3][0-9])(?:T\S*|\b)",
        rf"\b(?:the )?{_DAY}(?: day)?(?: of)? {_MONTH}(?:,? (?:of )?{_YEAR})?",
        rf"\b{_MONTH} (?:the )?{_DAY}(?![0-9:])(?:,? {_YEAR})?",
        rf"\b{_MONTH},?(?: of)? {_YEAR}",
        rf"\b(?:(?P<which>last|this) )?{_MONTH}(?! [0-9])",
        rf"\b(?:(?P<which>last|this past|past|this) )?{_WEEKDAY}",
        r"(?<!the )\b(?P<which>last|this) (?P<unit>week|month|year)\b(?!end)",
        rf"\b{_NUMBER} (?P<unit>day|week|fortnight|month|year)s? ago\b",
        r"\b(?P<named>(?:the day before )?yesterday|last night|today|tonight|this (?:morning|afternoon|evening))\b",
        r"\b(?P<weekend>(?:over|at|during|on) the weekend)\b",
        rf"\b(?P<holiday>{'|'.join(_HOLIDAYS)})\b",
        r"\b(?:the )?(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)(?=$|[,;.)]| of _)",
        rf"(?<![0-9.,])(?<![0-9]-)\b{_YEAR}",
    )
)

# Hours of the day say nothing about the date.
_CLOCK = re.compile(
    r"\b(?:(?:at|by|around|about|before|after|until) )?(?:(?:just|shortly) (?:before|after) )?"
    r"(?:[0-9]{1,2}(?:[.:][0-9]{2}){0,2} ?(?:a\.?m\b\.?|p\.?m\b\.?|o'clock|hours|hrs|(?=GMT|UTC|BST))"
    r"|[0-9]{4} ?(?:hours|hrs|(?=GMT|UTC|BST))|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|(?<=at )[0-9]{1,2}\.[0-9]{2}\b)"
    r"(?: ?(?:GMT|UTC|BST|CET|CEST|ET|EST|EDT|PT|PST|PDT|CT|CST|CDT|local time))?",
    re.IGNORECASE,
)

# Words with a small letter that are no month or weekday: "may", "march", "sun", "sat" ...
_ORDINARY = re.compile(r"\b(?:may|march|mar|sun|sat|wed|dec|mon|jan)\b")

# Days with a name of their own ("Ash Wednesday") are not simply the last such weekday, nor are repeated or counted
# ones ("on a Tuesday"); and a weekday may begin an outlet's name. "~" stands where a weekday was cut out.
_NAMED_DAY = re.compile(
    r"\b(?:good|black|ash|super|bloody|palm|holy|cyber|easter|maundy|shrove|whit|every|each|most|first|second|third"
    r"|fourth|fifth|any|on (?:a|one)|alternate|another) ~|~ (?:Times|Telegraph|Mirror|Mail|Post|Express|Herald)\b",
    re.IGNORECASE,
)

# What may not be left over: words that make the date hang on another event or another time, and units of time
# that no expression has used.
_DEPENDENT = re.compile(
    r"[0-9]|\b(?:after|before|since|until|till|following|next|coming|upcoming|tomorrow|between|prior|ahead|ago"
    r"|later _|previous|preceding|overnight|that|same|eve|anniversary|fiscal|winter|hours?|minutes?|moments?|days?"
    r"|weeks?|weekends?|fortnights?|months?|years?|decades?|century|centuries)(?!\w)",
    re.IGNORECASE,
)
_APPROXIMATE = re.compile(
    r"\b(?:about|around|circa|roughly|nearly|almost|approximately|some|over|than|least|or|perhaps|maybe|not)"
    r" (?:on |in )?[_~]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the expressions say. ``back`` counts units before the publication's own day, week, month or year."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    which: str | None = None
    unit: str | None = None
    back: int | None = None


def resolve_date(words: str, published: str | None) -> str | None:
    """The ISO day (``2015-09-17``), week (``2015-W37``), month (``2015-09``) or year (``2015``) that the words mean.

    ``published`` is the ISO day of publication; without it (or where it is no date) only words with a year of
    their own are resolved. None where the words do not settle a date, where they contradict themselves, and where
    the date would lie after publication: a saying that is reported has been said.

    A weekday is the last one on or before publication ("last Friday": before); a day and month without a year is
    the last such date on or before it; "last week" is the calendar week (Monday to Sunday, ISO 8601) before.
    """
    if len(words) > _LONGEST:
        return None
    facts = _read(words)
    if facts is None:
        return None
    day = _published(published)
    try:
        return _resolved(facts, day)
    except (ValueError, OverflowError):
        return None  # no such day (30 February), or before the year 1


def _published(published: str | None) -> date | None:
    if published is None or not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:$|[T ])", published):
        return None
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def _read(words: str) -> _Facts | None:
    """The facts in the words; None where there are none, where they clash, or where time words are left over."""
    text = " ".join(words.replace("\u2019", "'").split())
    text = re.sub("[\u2010-\u2015]", "-", text)
    text = _CLOCK.sub(" ", _ORDINARY.sub("-", text))
    text = " ".join(text.split())
    facts: _Facts | None = _Facts()
    found_any = False
    for expression in _EXPRESSIONS:
        while facts is not None and (match := expression.search(text)):
            facts = _joined(facts, _facts(match))
            mark = "~" if "weekday" in expression.groupindex else "_"
            text = f"{text[: match.start()]}{mark}{text[match.end() :]}"
            found_any = True
    if facts is None or not found_any:
        return None
    left_over = any(pattern.search(text) for pattern in (_NAMED_DAY, _DEPENDENT, _APPROXIMATE))
    return None if left_over else facts


def _facts(match: re.Match[str]) -> _Facts:
    """The facts of one expression, from the names of its pattern's groups."""
    group = {name: value.lower() for name, value in match.groupdict().items() if value is not None}
    if "named" in group:
        return _Facts(unit="day", back=_days_back(group["named"]))
    if "weekend" in group:
        return _Facts(unit="weekend", back=0)
    if "holiday" in group:
        month, day = _HOLIDAYS[group["holiday"]]
        return _Facts(month=month, day=day)
    if "count" in group:
        count = _NUMBERS.get(group["count"]) or int(group["count"])
        if group["unit"] == "fortnight":
            return _Facts(unit="weeks", back=2 * count)
        # A weekday beside "last week" is one of that week; beside "a week ago" readers split.
        return _Facts(unit="weeks" if group["unit"] == "week" else group["unit"], back=count)
    if "unit" in group:
        return _Facts(unit=group["unit"], back=int(group["which"] == "last"))
    which = group.get("which")
    return _Facts(
        year=int(group["year"]) if "year" in group else None,
        month=_month(group),
        day=int(group["day"]) if "day" in group else None,
        weekday=_WEEKDAYS.index(group["weekday"][:3]) if "weekday" in group else None,
        which="last" if which in ("past", "this past") else which,
    )


def _days_back(name: str) -> int:
    if name == "the day before yesterday":
        return 2
    return int(name in ("yesterday", "last night"))


def _month(group: dict[str, str]) -> int | None:
    if "number" in group:
        return int(group["number"])
    return _MONTHS.index(group["month"][:3]) + 1 if "month" in group else None


def _joined(facts: _Facts | None, more: _Facts) -> _Facts | None:
    """Both together, or None where they say different things about the same."""
    if facts is None:
        return None
    for field in fields(_Facts):
        old, new = getattr(facts, field.name), getattr(more, field.name)
        if new is None:
            continue
        if old is not None and old != new:
            return None
        facts = replace(facts, **{field.name: new})
    return facts


def _resolved(facts: _Facts, published: date | None) -> str | None:
    """The ISO date of the facts; None where they are too few or the date lies after publication."""
    if published is None:
        return _absolute(facts)
    facts = _with_units(facts, published)
    if facts.unit in ("day", "week", "weeks", "weekend"):
        return _relative(facts, published)
    if facts.day is not None:
        return _day(facts, facts.day, published)
    if facts.month is not None:
        return None if facts.weekday is not None else _month_before(facts, facts.month, published)
    if facts.weekday is not None:
        return None if facts.year is not None else _weekday(facts.weekday, facts.which, published)
    return f"{facts.year:04d}" if facts.year is not None and 0 < facts.year <= published.year else None


def _absolute(facts: _Facts) -> str | None:
    """What the facts say by themselves: only a year of their own dates them."""
    if facts.year is None or facts.unit is not None:
        return None
    if facts.month is None:
        return f"{facts.year:04d}" if facts.weekday is None and facts.day is None else None
    if facts.day is None:
        return f"{facts.year:04d}-{facts.month:02d}" if facts.weekday is None else None
    day = date(facts.year, facts.month, facts.day)
    return day.isoformat() if facts.weekday in (None, day.weekday()) else None


def _with_units(facts: _Facts, published: date) -> _Facts:
    """The facts with "last year" and "this month" turned into the year and month that they are."""
    if facts.unit == "year" and facts.back is not None:
        return _joined(replace(facts, unit=None, back=None), _Facts(year=published.year - facts.back)) or _Facts()
    if facts.unit == "month" and facts.back is not None:
        months = published.year * 12 + published.month - 1 - facts.back
        stated = _Facts(year=months // 12, month=months % 12 + 1)
        return _joined(replace(facts, unit=None, back=None), stated) or _Facts()
    return facts


def _relative(facts: _Facts, published: date) -> str | None:
    """A day or week counted back from publication, or a weekday in such a week."""
    if (facts.year, facts.month, facts.day, facts.which) != (None,) * 4 or facts.back is None:
        return None
    if facts.unit == "weekend":
        saturday = published - timedelta(days=(published.weekday() - 5) % 7)
        return None if facts.weekday is not None else _week(saturday)
    if facts.unit == "day":
        day = published - timedelta(days=facts.back)
        return day.isoformat() if facts.weekday in (None, day.weekday()) else None
    if facts.weekday is None:
        return _week(published - timedelta(weeks=facts.back))
    if facts.unit == "weeks":
        return None
    monday = published - timedelta(days=published.weekday(), weeks=facts.back)
    day = monday + timedelta(days=facts.weekday)
    return day.isoformat() if day <= published else None


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def _day(facts: _Facts, number: int, published: date) -> str | None:
    """The day of that number, with or without month and year; a weekday beside it must be right."""
    if facts.year is not None and facts.month is None:
        return None
    if facts.year is not None and facts.month is not None:
        day: date | None = date(facts.year, facts.month, number)
    else:
        day = _last_such_day(facts.month, number, published)
    if day is None or day > published:
        return None
    return day.isoformat() if facts.weekday in (None, day.weekday()) else None


def _last_such_day(month: int | None, day: int, published: date) -> date | None:
    """The last day of that number (in that month) on or before publication; eight years hold a 29 February."""
    for months in range(published.year * 12 + published.month - 1, max(published.year - 9, 1) * 12 - 1, -1):
        if month is None or months % 12 + 1 == month:
            try:
                found = date(months // 12, months % 12 + 1, day)
            except ValueError:
                continue
            if found <= published:
                return found
    return None


def _month_before(facts: _Facts, month: int, published: date) -> str | None:
    """The month of its year, or the last such month that had begun by publication ("last May": that was over)."""
    if facts.year is not None:
        year = facts.year
    elif facts.which == "this":
        year = published.year
    else:
        begun = month < published.month or (month == published.month and facts.which != "last")
        year = published.year if begun else published.year - 1
    past = (year, month) <= (published.year, published.month)
    return f"{year:04d}-{month:02d}" if past and year > 0 else None


def _weekday(weekday: int, which: str | None, published: date) -> str | None:
    """The last such weekday on or before publication; "last" before it; "this" in the week of publication."""
    back = (published.weekday() - weekday) % 7
    if which == "last" and back == 0:
        back = 7
    if which == "this" and back > published.weekday():
        return None
    return (published - timedelta(days=back)).isoformat()
