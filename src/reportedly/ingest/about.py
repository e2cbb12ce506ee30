"""What a page says of itself: title, author, day and address, and where on the page each was found.

Looked for in the page's JSON-LD first, then Open Graph, then other meta elements, and only then on the page
itself; the last step is trafilatura's and htmldate's. The outlet is a matter of its own: see ``publisher``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import html

from reportedly.ingest.days import day_of
from reportedly.schema import FoundIn

DATA_LIMIT = 1_000_000  # characters of one JSON-LD script
DEPTH = 6  # levels of JSON-LD at which an article or its publisher stands

# Types of schema.org whose headline, author and day are those of the page.
_ARTICLE = re.compile(r"(?:\w*Article|\w*Posting|Report|ClaimReview)\Z")
_KEYS = ("headline", "author", "datePublished")
_TITLES = ("headline", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "title", "twitter:title")
_AUTHORS = ("author", "byl", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "citation_author")
_DAYS = ("datepublished", "parsely-pub-date", "sailthru.date", "pubdate", "dc.date.issued", "dcterms.created", "ptime")
# Without a search through the whole text, which would guess. The last day is far off because an article's day is its
# own affair, not that of the clock of the machine that reads it.
_SEARCH = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31"}


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a page says of itself, and where."""

    value: str
    found_in: FoundIn


@dataclass(frozen=True, slots=True)
class About:
    """What a page says of itself; None for what it does not say. Several authors stand with "; " between."""

    title: Told | None = None
    author: Told | None = None
    published: Told | None = None
    url: Told | None = None


def find_about(tree: html.HtmlElement, data: list[Any], metas: dict[str, str], url: str | None = None) -> About:
    """Title, author, day and address of a page with its JSON-LD and meta elements.

    A given ``url`` is not repeated; it helps to read the day.
    """
    # Takes longer to load than the model, and only pages need it.
    from htmldate import find_date
    from trafilatura.metadata import extract_author, extract_title, extract_url

    articles = list(_articles(data, DEPTH))
    said = {key: next(filter(None, (item.get(key) for item in articles)), None) for key in _KEYS}
    address = _first(metas, _web_address, "", ("og:url",), ()) or _told(extract_url(tree), "meta")
    where = url or (address.value if address else None)
    return About(
        title=_first(metas, _one_line, said["headline"], ("og:title",), _TITLES)
        or _told(_one_line(extract_title(tree)), "page"),
        author=_first(metas, _names, said["author"], ("article:author", "og:author", "og:article:author"), _AUTHORS)
        or _told(extract_author(tree), "page"),
        published=_first(metas, _day, said["datePublished"], ("article:published_time",), _DAYS)
        or _told(find_date(tree, url=where, **_SEARCH), "page"),
        url=address,
    )


def _first(
    metas: dict[str, str], read: Callable[[Any], str | None], data: Any, graph: tuple[str, ...], others: tuple[str, ...]
) -> Told | None:
    """The first value that can be read: of the JSON-LD, then of Open Graph, then of other meta elements."""
    told = _told(read(data), "json-ld")
    for keys, found_in in ((graph, "open graph"), (others, "meta")):
        for key in keys:
            told = told or _told(read(metas.get(key)), found_in)
    return told


def _told(value: str | None, found_in: FoundIn) -> Told | None:
    return Told(value, found_in) if value else None


def linked_data(tree: html.HtmlElement) -> list[Any]:
    """The JSON-LD of a page, script by script, without those that are not JSON."""
    found = []
    for script in tree.iter("script"):
        text = script.text or ""
        if len(text) <= DATA_LIMIT:
            try:
                found.append(json.loads(text, strict=False))
            except (ValueError, RecursionError):
                continue
    return found


def meta_elements(tree: html.HtmlElement) -> dict[str, str]:
    """The first content of each meta element that has any, by its property, name or itemprop in lower case."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = " ".join((meta.get("content") or "").split())
        if key and content:
            found.setdefault(key.lower(), content)
    return found


def _articles(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    """The articles of JSON-LD, the outermost first; those of a list of links ("itemListElement") are others."""
    if isinstance(data, list):
        for item in data:
            yield from _articles(item, depth)
    elif isinstance(data, dict):
        kinds = data.get("@type")
        if any(
            isinstance(kind, str) and _ARTICLE.match(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
        ):
            yield data
        if depth:
            for key in ("@graph", "mainEntity", "mainEntityOfPage"):
                yield from _articles(data.get(key), depth - 1)


def _one_line(value: object) -> str | None:
    """A text on one line, without markup."""
    if not isinstance(value, str):
        return None
    from trafilatura.json_metadata import normalize_json

    return " ".join(normalize_json(value).split()) or None


def _web_address(value: object) -> str | None:
    return value if isinstance(value, str) and re.match(r"https?://[^\s/]+\.", value) else None


def _day(value: object) -> str | None:
    return day_of(value) if isinstance(value, str) else None


def _names(value: object) -> str | None:
    """The authors of JSON-LD or of a meta element; a single word there is an account, not a name."""
    from trafilatura.json_metadata import normalize_authors

    names: str | None = None
    for name in _written(value, DEPTH):
        names = normalize_authors(names, name)
    return names if names and (" " in names or not isinstance(value, str)) else None


def _written(value: object, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and depth:
        for item in value:
            yield from _written(item, depth - 1)
    elif isinstance(value, dict) and depth and value.get("@type", "Person") in ("Person", ["Person"]):
        yield from _written(value.get("name"), depth - 1)
