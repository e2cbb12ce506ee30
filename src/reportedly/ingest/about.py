"""What a page says of itself: title, author, day and address, and where on the page each was found.

Looked for in the page's JSON-LD first, then Open Graph, then other meta elements, and only then on the page
itself; the last step is trafilatura's and htmldate's. The outlet is a matter of its own: see ``publisher``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

from lxml import html

from reportedly.ingest.days import day_of
from reportedly.ingest.figures import squeeze
from reportedly.ingest.tree import words_of
from reportedly.lexicon import is_agency
from reportedly.schema import FoundIn

DATA_LIMIT = 1_000_000  # characters of one JSON-LD script
DEPTH = 6  # levels of JSON-LD at which an article or its publisher stands

# Types of schema.org whose headline, author and day are those of the page.
_ARTICLE = re.compile(r"(?:\w*Article|\w*Posting|Report|ClaimReview|WebPage)\Z")
_KEYS = ("headline", "author", "datePublished")
_TITLES = ("headline", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "title", "twitter:title")
_AUTHORS = ("author", "byl", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "citation_author")
_DAYS = ("datepublished", "parsely-pub-date", "sailthru.date", "pubdate", "dc.date.issued", "dcterms.created", "ptime")
_GRAPH_AUTHORS = ("article:author", "og:author", "og:article:author")
_GRAPH_DAYS = ("article:published_time", "og:article:published_time", "article:published")
_DAY_IN_ADDRESS = re.compile(r"/(\d{4})[/-](\d\d?)[/-](\d\d?)(?=[/-])")
_FIRST_DAY = "1600"  # before there were newspapers
_MARKUP = re.compile(r"<[^<>]{1,200}>")
# The last day is far off because an article's day is its own affair, not that of the machine that reads it.
_LAST_DAY = "2199-12-31"


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
    from trafilatura.metadata import extract_title, extract_url

    said = _said(data)
    url_of_page = _first(metas, _web_address, ("og:url",), ()) or _told(extract_url(tree), "meta")
    address = url or (url_of_page.value if url_of_page else "")
    published = _told(_day(said["datePublished"]), "json-ld") or _first(metas, _day, _GRAPH_DAYS, _DAYS)
    return About(
        title=_title(tree, said["headline"], metas) or _told(_one_line(extract_title(tree)), "page"),
        author=_told(_names(said["author"]), "json-ld") or _first(metas, _full_names, _GRAPH_AUTHORS, _AUTHORS),
        published=_local(published, address) if published else _told(_searched(tree, address), "page"),
        url=url_of_page,
    )


def author_on_page(tree: html.HtmlElement) -> str | None:
    """The authors that the page shows, for a page that neither says who they are nor has a byline."""
    from trafilatura.metadata import extract_author

    return extract_author(tree)


def _said(data: list[Any]) -> dict[str, Any]:
    """What the first article of the JSON-LD that has it gives as headline, author and day of publication."""
    articles = list(_articles(data, DEPTH))
    said = {key: next(filter(None, (item.get(key) for item in articles)), None) for key in _KEYS}
    return {**said, "author": _resolved(said["author"], named_nodes(data))}


def _resolved(value: object, nodes: dict[str, dict[str, Any]]) -> object:
    """A value, or values, of JSON-LD with each reference ({"@id": ...}) replaced by what it refers to."""
    if isinstance(value, list):
        return [_resolved(item, nodes) for item in value]
    if isinstance(value, dict) and "name" not in value:
        return nodes.get(str(value.get("@id")), value)
    return value


def named_nodes(data: Any, depth: int = DEPTH) -> dict[str, dict[str, Any]]:
    """The parts of JSON-LD that have both a name and an identifier, by that identifier."""
    if isinstance(data, list):
        parts = data
    elif isinstance(data, dict):
        parts = list(data.values())
    else:
        return {}
    found = {str(data["@id"]): data} if isinstance(data, dict) and "@id" in data and "name" in data else {}
    for part in parts if depth else ():
        found = {**named_nodes(part, depth - 1), **found}
    return found


def _title(tree: html.HtmlElement, headline: object, metas: dict[str, str]) -> Told | None:
    """The first title that the page's own headings show, else the first: some are written for search engines."""
    given = [_told(_one_line(headline), "json-ld"), _told(_one_line(metas.get("og:title")), "open graph")]
    given.extend(_told(_one_line(metas.get(key)), "meta") for key in _TITLES)
    titles = [told for told in given if told]
    shown = {squeeze(words_of(heading)) for heading in tree.iter("h1", "h2")} - {""}
    return next((told for told in titles if squeeze(told.value) in shown), titles[0] if titles else None)


def _searched(tree: html.HtmlElement, address: str) -> str | None:
    """The day that the page shows, without a search through its whole text, which would guess."""
    from htmldate import find_date

    return find_date(tree, url=address or None, original_date=True, extensive_search=False, max_date=_LAST_DAY)


def _local(published: Told, address: str) -> Told:
    """The day in the page's address where that is the day before or after: stamps in UTC turn it too early or late."""
    found = _DAY_IN_ADDRESS.search(address)
    day = day_of("-".join(part.zfill(2) for part in found.groups())) if found else None
    if day is None or abs((date.fromisoformat(day) - date.fromisoformat(published.value)).days) != 1:
        return published
    return Told(day, "page")


def _first(
    metas: dict[str, str], read: Callable[[Any], str | None], graph: tuple[str, ...], others: tuple[str, ...]
) -> Told | None:
    """The first value that can be read: of Open Graph, then of other meta elements."""
    for key in graph + others:
        if told := _told(read(metas.get(key)), "open graph" if key in graph else "meta"):
            return told
    return None


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
        names = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(name, str) and _ARTICLE.match(name) for name in names):
            yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage") if depth else ():
            yield from _articles(data.get(key), depth - 1)


def _one_line(value: object) -> str | None:
    """A text on one line, without markup, and with the characters that its entities mean."""
    if not isinstance(value, str):
        return None
    return " ".join(unescape(_MARKUP.sub("", unescape(value))).split()) or None


def _web_address(value: object) -> str | None:
    return value if isinstance(value, str) and re.match(r"https?://[^\s/]+\.", value) else None


def _day(value: object) -> str | None:
    """A day of publication; the zero of a clock or a calendar is none."""
    day = day_of(value)
    return day if day and day > _FIRST_DAY and day != "1970-01-01" else None


def _names(value: object) -> str | None:
    """The authors that JSON-LD or a meta element names, with "; " between."""
    from trafilatura.json_metadata import normalize_authors

    names: str | None = None
    for name in _written(value, DEPTH):
        names = normalize_authors(names, name)
    return names


def _full_names(value: object) -> str | None:
    """The authors of a meta element: a single word there is an account, not a name, unless it is an agency."""
    names = _names(value)
    return names if names and (" " in names or is_agency(names)) else None


def _written(value: object, depth: int) -> Iterator[str]:
    """The names in an author of JSON-LD: texts, people, and lists of them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and depth:
        for item in value:
            yield from _written(item, depth - 1)
    elif isinstance(value, dict) and depth and value.get("@type", "Person") in ("Person", ["Person"]):
        yield from _written(value.get("name"), depth - 1)
