"""PROV-O as JSON-LD: how each statement came from its speaker, through its carriers, into the article.

https://www.w3.org/TR/prov-o/. Each reading is a bundle, a named graph, so that what an article says is not said by us;
outside of it stand the activity that made the bundle and the software that did. Inside, the chain of a statement, from
the speaker on:

    utterance          what the speaker is said to have said      wasAttributedTo the speaker
    relayed version    one for each carrier                       wasAttributedTo the carrier, wasDerivedFrom the last
    statement          the words in this article                  wasQuotedFrom (in quotation marks) or wasDerivedFrom
                                                                  the last version, hadPrimarySource the utterance
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from reportedly.export.jsonld import TERMS, Node, described, dumped, write_items
from reportedly.export.names import Names, iso_date, web_address
from reportedly.export.options import Options
from reportedly.schema import Article, Attribution, Carrier, CarrierType, Reading, SpeakerType

_LINKS = (
    "wasQuotedFrom",
    "wasDerivedFrom",
    "hadPrimarySource",
    "wasAttributedTo",
    "wasGeneratedBy",
    "wasAssociatedWith",
    "used",
    "alternateOf",
)
CONTEXT: dict[str, object] = {
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "dcterms": "http://purl.org/dc/terms/",
    "reportedly": TERMS,
    "label": "rdfs:label",
    "value": "prov:value",
    **{link: {"@id": f"prov:{link}", "@type": "@id"} for link in _LINKS},
    "isPartOf": {"@id": "dcterms:isPartOf", "@type": "@id"},
}

# PROV knows persons, organisations and software; everybody else is an agent of no such kind.
_AGENTS: dict[SpeakerType | CarrierType, list[str]] = {
    "person": ["prov:Agent", "prov:Person"],
    "organisation": ["prov:Agent", "prov:Organization"],
    "outlet": ["prov:Agent", "prov:Organization"],
    "agency": ["prov:Agent", "prov:Organization"],
}
_AGENT = ["prov:Agent"]


def write(readings: Iterable[Reading], target: TextIO, options: Options) -> None:
    """Write one JSON-LD document: a default graph with the activities, and a named graph for each reading."""
    before = f'{{"@context": {dumped(CONTEXT)}, "@graph": ['
    write_items(target, before, (node for reading in readings for node in _bundle(reading, options.base)), "]}\n")


def _bundle(reading: Reading, base: str) -> Iterator[Node]:
    """The reading as an activity of its maker, and what it says."""
    names, maker = Names(base, reading), reading.maker
    by = names.maker(maker).rpartition("/")[2] if maker is not None else "unknown"
    bundle, activity = f"{names.article}/reading/{by}", f"{names.article}/reading/{by}#activity"
    made: dict[str, object] = {"@id": activity, "@type": "prov:Activity", "used": names.article}
    if maker is not None:
        made["wasAssociatedWith"] = names.maker(maker)
        yield {
            "@id": names.maker(maker),
            "@type": ["prov:Agent", "prov:SoftwareAgent"],
            "label": maker.program,
            "reportedly:model": maker.model,
            "reportedly:weights": maker.weights,
        }
    yield made
    yield {
        "@id": bundle,
        "@type": ["prov:Entity", "prov:Bundle"],
        "wasGeneratedBy": activity,
        "@graph": list(_said(reading, names)),
    }


def _said(reading: Reading, names: Names) -> Iterator[Node]:
    yield from _article(reading.article, names)
    for voice in reading.voices():
        kinds = ["prov:Entity"] if voice.speaker.type == "document" else _AGENTS.get(voice.speaker.type, _AGENT)
        yield {"@id": names.speaker(voice.speaker), "@type": kinds, "label": voice.speaker.name}
    inside: dict[int, list[str]] = {}
    for item in reading.attributions:
        if item.inside is not None and item.inside != item.n:
            inside.setdefault(item.inside, []).append(_utterance(item, names))
    for item in reading.attributions:
        yield from _chain(reading, item, names, inside.get(item.n, []))


def _article(article: Article, names: Names) -> Iterator[Node]:
    """The text that was read, which is another form of the page, and who published it."""
    node: dict[str, object] = {"@id": names.article, "@type": "prov:Entity"}
    about = {
        "label": article.title,
        "dcterms:creator": article.byline,
        "dcterms:issued": iso_date(article.published),
        "alternateOf": web_address(article.url),
    }
    node |= {key: value for key, value in about.items() if value is not None}
    if article.credit is not None:
        node["wasDerivedFrom"] = f"{names.article}#credit"
        yield _entity(f"{names.article}#credit", names.organisation(article.credit.name))
        yield _organisation(article.credit.name, names)
    if article.outlet is not None:
        node["wasAttributedTo"] = names.organisation(article.outlet)
        yield _organisation(article.outlet, names)
    yield node


def _organisation(name: str, names: Names) -> Node:
    return {"@id": names.organisation(name), "@type": _AGENTS["organisation"], "label": name}


def _entity(name: str, by: str | None) -> dict[str, object]:
    attributed = {"wasAttributedTo": by} if by is not None else {}
    return {"@id": name, "@type": "prov:Entity", **attributed}


def _utterance(item: Attribution, names: Names) -> str:
    return f"{names.statements[item.n]}#utterance"


def _chain(reading: Reading, item: Attribution, names: Names, within: list[str]) -> Iterator[Node]:
    """From the utterance, which may itself report others (``within``), through the carriers to the article."""
    name, first = names.statements[item.n], _utterance(item, names)
    speaker = names.speaker(item.speaker)
    # A document does not speak as an agent: the utterance is a part of it.
    is_document = item.speaker.type == "document"
    utterance = _entity(first, None if is_document else speaker)
    sources = within + ([speaker] if is_document and speaker is not None else [])
    if sources:
        utterance["wasDerivedFrom"] = sources
    if item.when is not None and iso_date(item.when.date):
        utterance["dcterms:date"] = item.when.date
    yield utterance
    last = first
    for rung, carrier in enumerate(item.via, 1):
        yield from _relayed(carrier, f"{name}#via-{rung}", last, names)
        last = f"{name}#via-{rung}"
    statement = _entity(name, None) | {"value": reading.quote(item), "isPartOf": names.article}
    statement["wasQuotedFrom" if item.quotation in ("direct", "mixed") else "wasDerivedFrom"] = last
    statement["hadPrimarySource"] = first
    yield statement | dict(described(reading, item, names))


def _relayed(carrier: Carrier, name: str, before: str, names: Names) -> Iterator[Node]:
    """The version that a carrier gave of what came before; a document is that version itself."""
    version = _entity(name, None) | {"wasDerivedFrom": before}
    if carrier.type in ("document", "platform"):
        yield version | {"label": carrier.name}
    elif carrier.type == "person":
        agent = f"{name}-by"
        yield {"@id": agent, "@type": _AGENTS["person"], "label": carrier.name}
        yield version | {"wasAttributedTo": agent}
    else:
        yield _organisation(carrier.name, names)
        yield version | {"wasAttributedTo": names.organisation(carrier.name)}
