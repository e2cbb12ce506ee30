"""JSON-LD contexts at hand, so that no test needs a network: as much of them as our exports use."""

from __future__ import annotations

import json
import warnings
from typing import Any

import rdflib
from pyld import jsonld

_PREFIXES = """
PREFIX as: <http://www.w3.org/ns/activitystreams#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <http://schema.org/>
PREFIX reportedly: <urn:reportedly:terms#>
"""

_LINK = {"@type": "@id"}
_VOCAB = {"@type": "@vocab"}

CONTEXTS: dict[str, dict[str, Any]] = {
    "http://www.w3.org/ns/anno.jsonld": {
        "oa": "http://www.w3.org/ns/oa#",
        "as": "http://www.w3.org/ns/activitystreams#",
        "dc": "http://purl.org/dc/elements/1.1/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "id": "@id",
        "type": "@type",
        **{
            name: f"oa:{name}"
            for name in (
                *("Annotation", "TextualBody", "SpecificResource", "TextQuoteSelector", "TextPositionSelector"),
                *("TimeState", "describing", "identifying", "linking", "tagging"),
                *("start", "end", "exact", "prefix", "suffix", "sourceDateStart", "sourceDateEnd"),
            )
        },
        "Software": "as:Application",
        "AnnotationCollection": "as:OrderedCollection",
        "AnnotationPage": "as:OrderedCollectionPage",
        "body": {"@id": "oa:hasBody", **_LINK},
        "target": {"@id": "oa:hasTarget", **_LINK},
        "source": {"@id": "oa:hasSource", **_LINK},
        "selector": {"@id": "oa:hasSelector", **_LINK},
        "state": {"@id": "oa:hasState", **_LINK},
        "motivation": {"@id": "oa:motivatedBy", **_VOCAB},
        "purpose": {"@id": "oa:hasPurpose", **_VOCAB},
        "generator": {"@id": "as:generator", **_LINK},
        "items": {"@id": "as:items", "@container": "@list", **_LINK},
        "partOf": {"@id": "as:partOf", **_LINK},
        "first": {"@id": "as:first", **_LINK},
        "startIndex": "as:startIndex",
        "total": "as:totalItems",
        "format": "dc:format",
        "language": "dc:language",
        "value": "rdf:value",
        "label": "rdfs:label",
        "name": "foaf:name",
    },
    "https://schema.org": {
        "@vocab": "http://schema.org/",
        "schema": "http://schema.org/",
        "id": "@id",
        "type": "@type",
        "url": {"@id": "schema:url", **_LINK},
        "dateCreated": {"@id": "schema:dateCreated", "@type": "schema:Date"},
        "datePublished": {"@id": "schema:datePublished", "@type": "schema:Date"},
    },
}


def _load(url: str, _options: object) -> dict[str, Any]:
    # A KeyError here is a context that no copy is kept of.
    document = {"@context": CONTEXTS[url]}
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": document}


_OPTIONS = {"documentLoader": _load}


def expanded(text: str) -> list[dict[str, Any]]:
    """The document without its context."""
    return jsonld.expand(json.loads(text), _OPTIONS)


def answers(text: str, query: str) -> list[tuple[str, ...]]:
    """What a SPARQL query finds in the document, its named graphs included; in order."""
    quads = jsonld.to_rdf(json.loads(text), {**_OPTIONS, "format": "application/n-quads"})
    dataset = rdflib.Dataset(default_union=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib 7.6 uses what it has deprecated
        dataset.parse(data=quads, format="nquads")
        rows = dataset.query(f"{_PREFIXES}\n{query}")
        return sorted(tuple(str(value) for value in row) for row in rows)
