"""Who published a page: a name, as the page's data give it, not the domain it lies under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import html

from reportedly.ingest.about import DEPTH, Told
from reportedly.lexicon import is_agency, medium
from reportedly.schema import Credit, FoundIn

NAME_LIMIT = 100  # characters; longer ones are slogans

_DOMAIN = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}/?", re.IGNORECASE)
_META = ("application-name", "publisher", "twitter:app:name:iphone")
_STROKE = re.compile(r"\s+[|–—-]\s+")


@dataclass(frozen=True, slots=True)
class Publisher:
    """The outlet's name, and the agency whose report it is where the page's data say so."""

    outlet: Told | None = None
    credit: Credit | None = None


def find_publisher(tree: html.HtmlElement, data: list[Any], metas: dict[str, str]) -> Publisher:
    """The publisher by Open Graph, JSON-LD, other meta elements or the end of the title.

    ``data`` is the page's JSON-LD, ``metas`` its meta elements. A domain stands for a name only where the page itself
    goes by it. On pages that carry an agency's report JSON-LD often names the agency as the publisher: that is a
    credit, if something else names the outlet.
    """
    told = list(_told(data, metas))
    agency = next((name.value for name in told if name.found_in == "json-ld" and is_agency(name.value)), None)
    outlets = [name for name in told if name.value != agency] or told
    named = [name for name in outlets if not _DOMAIN.fullmatch(name.value)]
    declared = [name for name in outlets if not name.value.lower().startswith("http")]
    outlet = next(
        iter([*named, *_in_title(tree, [*(name.value for name in outlets), metas.get("og:url", "")]), *declared]), None
    )
    if agency is None or not named or (outlet and outlet.value == agency):
        return Publisher(outlet)
    known = medium(agency)
    return Publisher(outlet, Credit(known.name if known is not None else agency))


def _told(data: list[Any], metas: dict[str, str]) -> Iterator[Told]:
    """The names that the page gives, the surest first."""
    given: list[tuple[FoundIn, Any]] = [("open graph", metas.get("og:site_name"))]
    given.extend(
        ("json-ld", publisher.get("name") if isinstance(publisher, dict) else publisher)
        for publisher in _publishers(data, DEPTH)
    )
    given.extend(("meta", metas.get(key)) for key in _META)
    for found_in, name in given:
        if isinstance(name, str) and (name := _clean(name)):
            yield Told(name, found_in)


def _clean(name: str) -> str:
    """A name on one line, without a slogan or domain after a stroke; empty where it is too long for a name."""
    first = " ".join(name.split()).split(" | ")[0].strip()
    return first if len(first) <= NAME_LIMIT else ""


def _publishers(data: Any, depth: int) -> Iterator[Any]:
    if isinstance(data, dict):
        if "publisher" in data:
            yield data["publisher"]
        data = list(data.values())
    if isinstance(data, list) and depth:
        for item in data:
            yield from _publishers(item, depth - 1)


def _in_title(tree: html.HtmlElement, domains: list[str]) -> list[Told]:
    """The end of the title where it is an outlet, or its letters are the domain's ("Live Science", livescience.com)."""
    ends = _STROKE.split(" ".join((tree.findtext(".//title") or "").split()))[1:]
    hosts = [re.sub(r"https?://|/.*", "", name.lower()) for name in domains]
    stems = {_letters(part) for host in hosts for part in host.split(".")} - {""}
    names = [end for end in ends if not _DOMAIN.fullmatch(end) and (_letters(end) in stems or _is_known(end))]
    return [Told(name, "page") for name in names][-1:]


def _is_known(name: str) -> bool:
    """Whether a name of several words is an outlet of the lexicon; one word ("News") may be a section."""
    return " " in name and medium(name) is not None


def _letters(words: str) -> str:
    return "".join(character for character in words.casefold() if character.isalnum())
