"""The time stamps of a live blog: what extraction of the body text loses.

They say when each post was written, and so what "now" and "an hour ago" mean in it.
"""

from __future__ import annotations

from lxml import html

from reportedly.ingest.figures import is_elsewhere
from reportedly.ingest.placing import Places
from reportedly.ingest.tree import words_of

POSTS = 3  # stamps between the lines of a body that make it a live blog; a report has one or two, at its head
STAMP_LIMIT = 60  # characters


def keep_times(tree: html.HtmlElement) -> None:
    """Make each time within a line of text plain words: extraction would cut it out of its sentence."""
    for element in list(tree.iter("time")):
        line = next(element.iterancestors("p", "li"), None)
        if line is not None and words_of(line) != words_of(element):
            element.drop_tag()


def find_stamps(tree: html.HtmlElement, places: Places) -> list[tuple[int, str]]:
    """The stamps of a live blog, each with the number of the line that it goes before; nothing on other pages."""
    times = [element for element in tree.iter("time") if not is_elsewhere(element, places.around)]
    found: dict[int, str] = {}
    for element, at in zip(times, places.insertions(times), strict=True):
        words = words_of(element)
        if at is not None and words and len(words) <= STAMP_LIMIT:
            found.setdefault(at, words)
    return list(found.items()) if len(found) >= POSTS else []
