"""The day that a date of a feed, a mail or a dump means."""

from __future__ import annotations

import datetime
import re
from email.utils import parsedate_to_datetime

from reportedly.ingest.openings import iso_date

_ISO = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?=\D|\Z)")
_LONGEST = 100  # characters of a date


def day_of(value: object) -> str | None:
    """The ISO day of a date: ISO 8601 in its forms, RFC 5322 (mail, RSS), written out, or a date object.

    It is the day where the date was written: its time zone is kept, not converted. None for anything else.
    """
    if isinstance(value, datetime.date):  # and so datetime
        return value.isoformat()[:10]
    if not isinstance(value, str):
        return None
    text = value.strip()[:_LONGEST]
    if (match := _ISO.match(text)) is not None:
        try:
            return datetime.date(*map(int, match.groups())).isoformat()
        except ValueError:
            return None
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return iso_date(text)
