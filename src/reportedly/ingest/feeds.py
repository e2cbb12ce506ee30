"""RSS and Atom -> articles: entries that hold their article whole, and links to the others.

``Article.path`` is the feed's with ``#`` and the number of the entry.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import feedparser

from reportedly.errors import NotTextError
from reportedly.ingest.days import day_of
from reportedly.ingest.options import Options
from reportedly.ingest.page import from_html
from reportedly.ingest.plain import from_text
from reportedly.ingest.source import Link, Outcome, Source, attempt
from reportedly.lexicon import is_outlet
from reportedly.schema import Article, article_id

# A summary of so many words is the article; a shorter one announces it. (The longest summaries that sites write for
# their feeds have some 80.) What stands in the element for content is the article at any length.
WHOLE_SUMMARY = 150

# What ends a text that goes on elsewhere.
_CUT = re.compile(
    r"(?:…|\.\.\.|\[(?:…|\.\.\.|&#8230;)\])\s*\Z|(?:read more|continue reading|read the full story|more)\W*\Z",
    re.IGNORECASE,
)
_STROKE = re.compile(r"\s+(?:[|–—»-]|::)\s+")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_BY_MAIL = re.compile(r"\S+@\S+\s*\(([^()]+)\)")  # RSS: "desk@example.com (Ann Oak)"


def read_feed(source: Source, options: Options) -> Iterator[Outcome | Link]:
    """The entries of a feed, in its order."""
    data = source.whole(options.max_bytes)
    # As a file, because feedparser takes a text for the name of a file or a URL and opens it.
    feed = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False)
    if not feed.entries and feed.bozo:
        reason = f"is a feed that cannot be parsed ({feed.get('bozo_exception')})"
        raise NotTextError(source.path, reason, "check it with a feed validator")
    about = _about(feed.feed)
    for number, entry in enumerate(feed.entries, 1):
        yield _entry(entry, replace(about, path=f"{source.path}#{number}"))


def _about(feed: Mapping[str, Any]) -> Link:
    """What the feed says for all of its entries."""
    title = _line(feed.get("title"))
    parts = _STROKE.split(title or "")
    outlet = _line(feed.get("publisher")) or next((part for part in parts if is_outlet(part)), title)
    language = str(feed.get("language") or "").split("-")[0].lower()
    return Link("", "", outlet=outlet, language=language if language not in ("", "en") else None)


def _entry(entry: Mapping[str, Any], about: Link) -> Outcome | Link:
    link = replace(
        about,
        url=str(entry.get("link") or ""),
        title=_line(entry.get("title")),
        outlet=_line((entry.get("source") or {}).get("title")) or about.outlet,
        byline=_byline(entry),
        published=day_of(entry.get("published") or entry.get("updated")),
    )
    content, is_markup = _whole(entry)
    if content is None:
        if link.url:
            return link
        return NotTextError(link.path, "an entry without text or link", "nothing can be read from it")
    return attempt(lambda: _article(content, is_markup, link), link.path)


def _whole(entry: Mapping[str, Any]) -> tuple[str | None, bool]:
    """The entry's article, if it is there as a whole, and whether it is markup."""
    candidates = [(item, 1) for item in entry.get("content") or ()]
    summary = entry.get("summary_detail")
    if summary is not None:
        candidates.append((summary, WHOLE_SUMMARY if entry.get("link") else 1))
    for item, least in candidates:
        value = str(item.get("value") or "")
        words = html.unescape(_TAG.sub(" ", value)).strip()
        if len(words.split()) >= least and not _CUT.search(words):
            return value, item.get("type") != "text/plain"
    return None, False


def _article(content: str, is_markup: bool, link: Link) -> Article:
    """The article that an entry holds, with what the feed says of it."""
    url = link.url or None
    if is_markup:
        title = html.escape(link.title or "")
        page = (
            f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{content}</article></body></html>"
        )
        article = from_html(page, link.path, url)
    else:
        article = from_text(content, link.path)
    return replace(
        article,
        id=article_id(article.text, url),
        url=url,
        title=link.title or article.title,
        outlet=link.outlet,
        byline=link.byline or article.byline,
        published=link.published or article.published,
    )


def _byline(entry: Mapping[str, Any]) -> str | None:
    names = [_line(author.get("name")) for author in entry.get("authors") or () if isinstance(author, Mapping)]
    byline = ", ".join(name for name in names if name) or _line(entry.get("author"))
    mail = _BY_MAIL.fullmatch(byline or "")
    return mail.group(1) if mail else byline


def _line(value: object) -> str | None:
    """A text of the feed on one line, without markup."""
    text = html.unescape(_TAG.sub("", value)) if isinstance(value, str) else ""
    return " ".join(text.split()) or None
