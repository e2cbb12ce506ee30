"""Days as the library counts them (20340913; 203409 is a month, 2034 a year), in words."""

from __future__ import annotations

from reportedly.store.speaker import Bucket


def day_in_words(day: int) -> str:
    """A day as ISO writes it: 2034-09-13; nothing for one that is not known."""
    return moment_in_words(day, "day") if day else ""


def moment_in_words(moment: int, bucket: Bucket) -> str:
    """A day, a month or a year as ISO writes it."""
    if bucket == "year":
        return f"{moment:04}"
    if bucket == "month":
        return f"{moment // 100:04}-{moment % 100:02}"
    return f"{moment // 10_000:04}-{moment // 100 % 100:02}-{moment % 100:02}"
