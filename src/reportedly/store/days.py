"""Days as whole numbers (20340913), which both databases compare alike; 0 is a day that is not known."""

from __future__ import annotations

import calendar
import re
from datetime import date

UNKNOWN = 0

_FORM = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?|-W(\d\d))?")


def interval(given: str | None) -> tuple[int, int]:
    """The first and the last day of an ISO day, month, week or year; (0, 0) for anything else."""
    found = _FORM.fullmatch(given or "")
    if found is None:
        return UNKNOWN, UNKNOWN
    year, month, day, week = (int(part or 0) for part in found.groups())
    try:
        if found[4] is not None:
            return _number(date.fromisocalendar(year, week, 1)), _number(date.fromisocalendar(year, week, 7))
        if "00" in found.groups():
            return UNKNOWN, UNKNOWN
        first = date(year, month or 1, day or 1)
        last = date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])
    except (ValueError, OverflowError):  # there is no such day
        return UNKNOWN, UNKNOWN
    return _number(first), _number(last)


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
