"""Readings as one self-contained HTML page: the article's words, and beside each statement where it comes from.

The page needs no script and makes no request; a content security policy with the hash of its own style
sheet holds it to that. Whatever comes from an article is escaped by the template.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reportedly.export.story import Story, story
from reportedly.schema import Reading


def page(readings: Sequence[Reading]) -> str:
    """One HTML5 document that shows the readings in their order."""
    stories = [story(reading, number, len(readings)) for number, reading in enumerate(readings, 1)]
    environment = _environment()
    style = environment.get_template("page.css").render(highlights=_highlights(stories))
    return environment.get_template("page.html").render(
        title=stories[0].headline if len(stories) == 1 else f"{len(stories)} articles",
        stories=stories,
        key=any(one.statements for one in stories),
        style=Markup(style),  # noqa: S704 - our own file and numbers; nothing of an article's
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("reportedly.export"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _highlights(stories: Iterable[Story]) -> Markup:
    """The selectors that light a statement wherever any part of it is pointed at, focused or linked to."""
    return Markup(",\n").join(
        Markup("#{story}:has(.{group}:is(:hover,:focus-within,:target)) .{group}").format(
            story=one.id, group=statement.group
        )
        for one in stories
        for statement in one.statements
    )
