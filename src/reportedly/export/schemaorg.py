"""schema.org as JSON-LD: a NewsArticle for each reading, and a Quotation or Claim for each statement in it.

A Quotation is what stands at least partly inside quotation marks, a Claim what somebody is said to hold true. What is
only told of and is no claim (somebody denies it, asks, wants it or will not say) is a CreativeWork: as a Claim it would
say of its creator the opposite. Nothing is rated, so there is never a ClaimReview. https://schema.org/Quotation,
https://schema.org/Claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from reportedly.export import words
from reportedly.export.jsonld import TERMS, Node, described, dumped, write_items
from reportedly.export.names import Names, iso_date, web_address
from reportedly.export.options import Options
from reportedly.schema import Article, Attribution, Reading, Speaker, SpeakerType, Stance

CONTEXT: tuple[object, ...] = ("https://schema.org", {"reportedly": TERMS})

# Whose words they are, as a type; a group is neither person nor organisation.
_TYPES: dict[SpeakerType, str] = {
    "person": "Person",
    "unnamed": "Person",
    "organisation": "Organization",
    "outlet": "NewsMediaOrganization",
    "document": "CreativeWork",
    "group": "Thing",
    "author": "Thing",
    "unknown": "Thing",
}
_CLAIMS: tuple[Stance | None, ...] = ("asserts", "believes", "commits", None)


def write(readings: Iterable[Reading], target: TextIO, options: Options) -> None:
    """Write one JSON-LD document with one graph."""
    before = f'{{"@context": {dumped(CONTEXT)}, "@graph": ['
    write_items(target, before, (node for reading in readings for node in _nodes(reading, options.base)), "]}\n")


def _nodes(reading: Reading, base: str) -> Iterator[Node]:
    names = Names(base, reading)
    yield _article(reading.article, names)
    for voice in reading.voices():
        yield _speaker(voice.speaker, names)
    for item in reading.attributions:
        yield _statement(reading, item, names)


def _article(article: Article, names: Names) -> Node:
    node: dict[str, object] = {"@id": names.page, "@type": "NewsArticle", "identifier": article.id}
    about = {
        "url": web_address(article.url),
        "headline": article.title,
        "author": article.byline,  # as text: who signs may be a person, several, or a desk
        "datePublished": iso_date(article.published),
    }
    node |= {key: value for key, value in about.items() if value is not None}
    if article.outlet is not None:
        outlet = {"@id": names.organisation(article.outlet), "@type": "NewsMediaOrganization", "name": article.outlet}
        node["publisher"] = outlet
    if article.credit is not None:
        node["creditText"] = article.credit.name
    return node


def _speaker(speaker: Speaker, names: Names) -> Node:
    """Who speaks. An unnamed source has a description and no name."""
    labelled = "description" if speaker.anonymous or speaker.type == "unnamed" else "name"
    node = {"@id": names.speaker(speaker), "@type": _TYPES[speaker.type], labelled: speaker.name}
    if speaker.role is not None and speaker.type in ("person", "unnamed"):
        node["jobTitle"] = speaker.role
    return node


def _statement(reading: Reading, item: Attribution, names: Names) -> Node:
    quoted = item.quotation in ("direct", "mixed")
    claimed = item.stance in _CLAIMS and bool(item.content)
    page = {"@id": names.page}
    node: dict[str, object] = {
        "@id": names.statements[item.n],
        "@type": "Quotation" if quoted else "Claim" if claimed else "CreativeWork",
        "text": reading.quote(item),
        "isPartOf": page,
        "creditText": words.chain(reading, item),
        "keywords": words.tags(item),
        "inLanguage": "en",
    }
    if claimed and not quoted:
        node["appearance"] = page
    if item.when is not None and iso_date(item.when.date):
        node["dateCreated"] = item.when.date
    return {**node, **_whose(item, names, quoted), **dict(described(reading, item, names))}


def _whose(item: Attribution, names: Names, quoted: bool) -> Node:
    """Whose words they are: a document is drawn on, everybody else creates and, if quoted, speaks."""
    name = names.speaker(item.speaker)
    if name is None:
        return {}
    if item.speaker.type == "document":
        return {"isBasedOn": {"@id": name}}
    return {"creator": {"@id": name}} | ({"spokenByCharacter": {"@id": name}} if quoted else {})
