"""Sitemaps -> links: the pages of a (news) sitemap, the sitemaps of an index.

Parsed as a stream, so that their length does not matter; entities are not expanded and nothing is fetched for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, cast

from lxml import etree

from reportedly.errors import NotTextError
from reportedly.ingest.days import day_of
from reportedly.ingest.options import Options
from reportedly.ingest.source import Link, Outcome, Source

LONGEST = 2000  # characters of a value


def read_sitemap(source: Source, options: Options) -> Iterator[Outcome | Link]:  # noqa: ARG001 - as the other ways in
    """A link for every page; ``Link.path`` is the sitemap's with ``#`` and the number of the page."""
    number = 0
    try:
        for element in _entries(source):
            number += 1
            yield _link(element, f"{source.path}#{number}")
            _forget(element)
    except (etree.XMLSyntaxError, OSError) as error:
        yield NotTextError(
            source.path, f"is a sitemap that cannot be parsed ({error})", "check it with an XML validator"
        )


def _entries(source: Source) -> Iterator[etree._Element]:
    """The elements of the entries, one after the other."""
    events = etree.iterparse(
        cast(IO[bytes], source.stream), events=("end",), resolve_entities=False, no_network=True, load_dtd=False
    )
    for _, element in events:
        if isinstance(element.tag, str) and etree.QName(element).localname in ("url", "sitemap"):
            yield element


def _forget(element: etree._Element) -> None:
    """Free what has been read."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _link(element: etree._Element, path: str) -> Link:
    values: dict[str, str] = {}
    for child in element.iter(etree.Element):
        text = " ".join((child.text or "")[:LONGEST].split())
        if text:
            values.setdefault(etree.QName(child).localname, text)
    language = values.get("language", "en").split("-")[0].lower()
    return Link(
        path=path,
        url=values.get("loc", ""),
        title=values.get("title"),
        outlet=values.get("name"),
        published=day_of(values.get("publication_date")),
        language=language if language not in ("en", "eng") else None,
    )
