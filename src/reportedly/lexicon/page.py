"""What stands on a news page besides the report: the phrases of ``furniture.toml``."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from reportedly.lexicon.forms import table


@dataclass(frozen=True, slots=True)
class PageWords:
    """The phrases of ``furniture.toml``, by what they mark and where in a line they stand.

    The file says how a phrase is to be read; all are in lower case but for months and weekdays.
    """

    furniture_whole: tuple[str, ...]
    furniture_begins: tuple[str, ...]
    furniture_anywhere: tuple[str, ...]
    stamp_begins: tuple[str, ...]
    signoff_begins: tuple[str, ...]
    roles: tuple[str, ...]
    picture_labels: tuple[str, ...]
    picture_words: tuple[str, ...]
    picture_libraries: tuple[str, ...]
    picture_agencies: tuple[str, ...]
    caption_opens: tuple[str, ...]
    caption_formula: tuple[str, ...]
    months: tuple[str, ...]
    weekdays: tuple[str, ...]


@functools.cache
def page_words() -> PageWords:
    """What stands on a news page besides the report, from ``furniture.toml``."""
    tables = table("furniture.toml")
    furniture, picture, dateline = tables["furniture"], tables["picture"], tables["dateline"]
    return PageWords(
        furniture_whole=tuple(furniture["whole"]),
        furniture_begins=tuple(furniture["begins"]),
        furniture_anywhere=tuple(furniture["anywhere"]),
        stamp_begins=tuple(tables["stamp"]["begins"]),
        signoff_begins=tuple(tables["signoff"]["begins"]),
        roles=tuple(tables["signoff"]["roles"]),
        picture_labels=tuple(picture["labels"]),
        picture_words=tuple(picture["words"]),
        picture_libraries=tuple(picture["libraries"]),
        picture_agencies=tuple(picture["agencies"]),
        caption_opens=tuple(picture["opens"]),
        caption_formula=tuple(picture["formula"]),
        months=tuple(dateline["months"]),
        weekdays=tuple(dateline["weekdays"]),
    )
