"""Web annotations, schema.org and PROV: by the rules of each, expanded by pyld and asked in SPARQL."""

import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from reportedly.errors import ExportError
from reportedly.export.formats import Format
from reportedly.export.options import Options
from reportedly.export.storable import storable
from reportedly.schema import Reading
from tests.export.contexts import answers, expanded
from tests.export.stories import EMPTY, HOSTILE, READING
from tests.export.written import STRANGE, crowd, renamed, written
from tests.strategies import readings

ALL = [READING, HOSTILE, EMPTY, STRANGE]
LINKED = [Format.WEBANNO, Format.SCHEMAORG, Format.PROV]

# RFC 3986, as far as a regular expression tells it: a scheme, and only characters that may stand in a URI.
URI = re.compile(
    r"[a-z][a-z0-9+.-]*:(?:[A-Za-z0-9\-._~:/?\[\]@!$&'()*+,;=]|%[0-9A-F]{2})+(?:#[A-Za-z0-9\-._~:/?@!$&'()*+,;=%]*)?"
)


def ids(node: object) -> Iterator[str]:
    """Every name in an expanded document."""
    if isinstance(node, list):
        yield from itertools.chain.from_iterable(map(ids, node))
    elif isinstance(node, dict):
        if "@id" in node:
            yield node["@id"]
        yield from itertools.chain.from_iterable(map(ids, node.values()))


@pytest.mark.parametrize("form", LINKED)
@pytest.mark.parametrize("found", [[], [EMPTY], ALL, [crowd(1000)]], ids=["none", "empty", "all", "crowd"])
def test_documents_are_json_ld_with_valid_names(form: Format, found: list[Reading]) -> None:
    text = written(found, form)
    for name in ids(expanded(text)):
        assert URI.fullmatch(name), name


@pytest.mark.parametrize("form", LINKED)
@settings(deadline=None, max_examples=15)
@given(reading=readings())
def test_any_reading_is_a_document(form: Format, reading: Reading) -> None:
    text = written([reading], form)
    assert all(URI.fullmatch(name) for name in ids(expanded(text)))
    text.encode("utf-8")


@pytest.mark.parametrize("form", LINKED)
def test_nothing_in_a_document_ends_a_script(form: Format) -> None:
    assert not set("<>&") & set(written(ALL, form))


@pytest.mark.parametrize("form", LINKED)
def test_no_address_is_followed_that_should_not_be(form: Format) -> None:
    for url in (
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "http://[",
        "//x",
    ):
        found = list(ids(expanded(written([renamed(READING, url)], form))))
        assert found
        assert not [name for name in found if "alert" in name or name.startswith(("data:", "file:", "http://["))]
    assert "secret" not in written([STRANGE], form)


@pytest.mark.parametrize("form", LINKED)
def test_names_stand_under_the_base_that_is_given(form: Format) -> None:
    text = written([READING], form, Options(base="https://library.example/news/"))
    assert "https://library.example/news/article/00aa11bb22cc33dd/s/81-133" in set(ids(expanded(text)))
    assert "urn:reportedly:article" not in text
    for base in ("", "library", "https://library.example", "javascript:alert(1)//", "https://x/<script>/", "urn:a b:"):
        with pytest.raises(ExportError, match="cannot begin a name"):
            Options(base=base)


# --- Web Annotation ---------------------------------------------------------------------------------------------------

MOTIVATIONS = {"describing", "linking"}
PURPOSES = {"describing", "identifying", "linking", "tagging"}


def annotations(found: list[Reading], options: Options = Options()) -> list[dict[str, Any]]:  # noqa: B008 - frozen
    """The annotations of a collection that holds to the model (https://www.w3.org/TR/annotation-model/#collections)."""
    collection = json.loads(written(found, Format.WEBANNO, options))
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["type"] == "AnnotationCollection"
    page = collection["first"]
    assert page["type"] == "AnnotationPage"
    assert page["partOf"] == collection["id"]
    assert page["startIndex"] == 0
    assert collection["total"] == len(page["items"])
    names = [item["id"] for item in page["items"]]
    assert len(names) == len(set(names))
    for item in page["items"]:
        _holds_to_the_model(item)
    return page["items"]


def _holds_to_the_model(item: dict[str, Any]) -> None:
    assert item["type"] == "Annotation"
    assert item["motivation"] in MOTIVATIONS
    for body in item["body"]:
        assert body["purpose"] in PURPOSES
        if body["type"] == "TextualBody":
            assert isinstance(body["value"], str)
        else:
            assert body["type"] == "SpecificResource"
            assert isinstance(body["source"], str)
    for target in targets(item):
        assert target["type"] == "SpecificResource"
        assert isinstance(target["source"], str)
        kinds = [selector["type"] for selector in target.get("selector", [])]
        assert kinds in ([], ["TextQuoteSelector", "TextPositionSelector"])
        for moment in target.get("state", {}).values():
            assert moment == "TimeState" or re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment)


def targets(item: dict[str, Any]) -> list[dict[str, Any]]:
    found = item["target"]
    return found if isinstance(found, list) else [found]


def selected(item: dict[str, Any], text: str) -> Iterator[str]:
    """The words of an annotation's targets, found by their positions, of which the quotations must say the same."""
    for target in targets(item):
        if "selector" not in target:
            continue
        quote, position = target["selector"]
        start, end = position["start"], position["end"]
        assert 0 <= start < end <= len(text)
        assert quote["exact"] == text[start:end]
        assert quote["prefix"] == text[max(0, start - 32) : start]
        assert quote["suffix"] == text[end : end + 32]
        yield text[start:end]


@settings(deadline=None, max_examples=40)
@given(reading=readings())
def test_selectors_give_the_words_of_every_field(reading: Reading) -> None:
    reading = storable(reading)
    text = reading.article.text
    items = annotations([reading])
    expected = sorted(
        text[start:end] for item in reading.attributions for field, (start, end) in item.spans() if field != "content"
    )
    assert (
        sorted(words for item in items if item["motivation"] == "linking" for words in selected(item, text)) == expected
    )
    said = [item for item in items if item["motivation"] == "describing"]
    for item, annotation in zip(reading.attributions, said, strict=True):
        spans = item.content or item.source or item.cue
        assert list(selected(annotation, text)) == [text[start:end] for start, end in spans]


@pytest.mark.parametrize("reading", [*ALL, crowd(1000)], ids=lambda reading: reading.article.id[:8])
def test_utf16_positions_are_those_of_javascript(reading: Reading) -> None:
    units = storable(reading).article.text.encode("utf-16-le")
    for item in annotations([reading], Options(utf16=True)):
        for target in targets(item):
            if "selector" in target:
                quote, position = target["selector"]
                cut = units[2 * position["start"] : 2 * position["end"]].decode("utf-16-le")
                assert cut == quote["exact"]


def test_annotations_are_on_the_page_and_link_to_their_statement() -> None:
    found = answers(
        written([READING], Format.WEBANNO),
        """SELECT ?page ?words ?who WHERE {
             ?about oa:motivatedBy oa:linking ; oa:hasBody [ oa:hasSource ?said ], [ rdf:value "via" ],
                    [ oa:hasPurpose oa:identifying ; rdf:value ?who ] .
             ?said oa:hasTarget [ oa:hasSource ?page ; oa:hasSelector [ oa:exact ?words ] ] }""",
    )
    page = "https://news.example/harbour?a=1&b=2"
    assert found == [(page, "“Not now.”", "Reuters"), (page, "“We will not retreat,”", "Reuters")]


def test_the_whole_collection_is_one_ordered_list() -> None:
    total = answers(written(ALL, Format.WEBANNO), "SELECT ?n WHERE { ?all as:totalItems ?n }")
    items = answers(
        written(ALL, Format.WEBANNO), "SELECT (COUNT(?one) AS ?n) WHERE { ?all as:items/rdf:rest*/rdf:first ?one }"
    )
    assert total == items


def test_a_day_of_retrieval_is_the_state() -> None:
    states = [target.get("state") for item in annotations([STRANGE]) for target in targets(item)]
    assert states[0] == {
        "type": "TimeState",
        "sourceDateStart": "2031-04-05T00:00:00Z",
        "sourceDateEnd": "2031-04-05T23:59:59Z",
    }
    assert not any("state" in target for item in annotations([HOSTILE]) for target in targets(item))


# --- schema.org -------------------------------------------------------------------------------------------------------


def test_quotations_are_spoken_by_whoever_the_article_names() -> None:
    found = answers(
        written([READING], Format.SCHEMAORG),
        """SELECT ?text ?who ?page WHERE { ?said a schema:Quotation ; schema:text ?text ; schema:isPartOf ?page ;
             schema:creator ?by ; schema:spokenByCharacter ?by . ?by a schema:Person ; schema:description ?who }""",
    )
    assert found == [
        ("“We will not retreat,” [...] “Not now.”", "a senior official", "https://news.example/harbour?a=1&b=2")
    ]


def test_claims_appear_in_the_article_and_hang_on_their_conditions() -> None:
    found = answers(
        written([READING], Format.SCHEMAORG),
        """SELECT ?text ?who ?job ?date ?condition WHERE { ?said a schema:Claim ; schema:text ?text ;
             schema:appearance ?page ; schema:creator [ a schema:Person ; schema:name ?who ; schema:jobTitle ?job ] ;
             schema:dateCreated ?date ; reportedly:condition ?condition . ?page a schema:NewsArticle }""",
    )
    assert found == [
        (
            "that the harbour tax would rise if parliament agreed",
            "Ada Okonjo",
            "Finance Minister",
            "2031-04-03",
            "if parliament agreed",
        )
    ]


def test_a_document_is_drawn_on_and_nobody_creates_nothing() -> None:
    text = written([READING], Format.SCHEMAORG)
    based = answers(text, "SELECT ?name WHERE { ?said schema:isBasedOn [ a schema:CreativeWork ; schema:name ?name ] }")
    assert based == [("the report",)]
    nobody = answers(
        text,
        """SELECT ?text WHERE { ?said schema:text ?text ; schema:keywords "nobody named"
             FILTER NOT EXISTS { ?said schema:creator ?by } }""",
    )
    assert nobody == [("that ships will leave",)]


@pytest.mark.parametrize("stance", ["denies", "asks", "wants", "withholds"])
def test_what_its_speaker_does_not_hold_is_no_claim(stance: Any) -> None:
    denial = replace(READING.attributions[0], stance=stance)
    text = written([replace(READING, attributions=(denial,))], Format.SCHEMAORG)
    assert answers(text, "SELECT ?said WHERE { ?said a schema:Claim }") == []
    assert answers(text, "SELECT ?stance WHERE { ?said a schema:CreativeWork ; reportedly:stance ?stance }") == [
        (stance,)
    ]


def test_nothing_is_rated() -> None:
    assert "Rating" not in (text := written(ALL, Format.SCHEMAORG))
    assert "ClaimReview" not in text


def test_the_chain_is_kept_in_order() -> None:
    found = answers(
        written([STRANGE], Format.SCHEMAORG),
        "SELECT ?name WHERE { ?said reportedly:via/rdf:rest*/rdf:first/reportedly:carrierName ?name }",
    )
    assert found == [("-a letter",), ("Ada Okonjo",), ("Chirp",), ("Reuters",)]
    chains = answers(written([STRANGE], Format.SCHEMAORG), "SELECT ?chain WHERE { [] schema:creditText ?chain }")
    assert any(
        "→ Ada Okonjo (person) → Reuters (agency) → -a letter (document) → Chirp (platform) →" in chain
        for (chain,) in chains
    )


# --- PROV -------------------------------------------------------------------------------------------------------------


def test_statements_go_back_to_who_said_them() -> None:
    found = answers(
        written([READING], Format.PROV),
        """SELECT ?words ?who WHERE { GRAPH ?reading { ?said prov:value ?words ; prov:hadPrimarySource ?first .
             ?first prov:wasAttributedTo [ rdfs:label ?who ] } }""",
    )
    assert found == [
        ("that the harbour tax would rise if parliament agreed", "Ada Okonjo"),
        ("that the plan has reportedly failed", "critics"),
        ("“We will not retreat,” [...] “Not now.”", "a senior official"),
    ]


def test_what_is_quoted_came_through_its_carrier() -> None:
    found = answers(
        written([READING], Format.PROV),
        """SELECT ?words ?carrier WHERE { ?said prov:value ?words ; prov:wasQuotedFrom ?version ; prov:hadPrimarySource
             ?first . ?version prov:wasDerivedFrom ?first ; prov:wasAttributedTo [ a prov:Organization ; rdfs:label
             ?carrier ] }""",
    )
    assert found == [("“We will not retreat,” [...] “Not now.”", "Reuters")]


def test_a_long_chain_is_followed_link_by_link() -> None:
    found = answers(
        written([STRANGE], Format.PROV),
        """SELECT (COUNT(DISTINCT ?step) AS ?n) WHERE { ?said prov:wasQuotedFrom/prov:wasDerivedFrom* ?step ;
             prov:hadPrimarySource ?first . ?step prov:wasDerivedFrom* ?first }""",
    )
    assert found == [("5",)]  # four carriers and the utterance


def test_a_report_within_a_report_is_what_the_outer_one_drew_on() -> None:
    found = answers(
        written([READING], Format.PROV),
        """SELECT ?outer ?inner WHERE { [] prov:value ?outer ; prov:hadPrimarySource/prov:wasDerivedFrom ?first .
             [] prov:value ?inner ; prov:hadPrimarySource ?first FILTER (?outer != ?inner) }""",
    )
    assert found == [("critics claim that the plan has reportedly failed", "that the plan has reportedly failed")]


def test_a_document_is_a_source_and_no_agent() -> None:
    found = answers(
        written([READING], Format.PROV),
        """SELECT ?name WHERE { ?first prov:wasDerivedFrom ?document . ?document rdfs:label ?name
             FILTER NOT EXISTS { ?document a prov:Agent } FILTER EXISTS { [] prov:hadPrimarySource ?first } }""",
    )
    assert found == [("the report",)]


def test_a_reading_is_a_bundle_that_its_maker_made() -> None:
    found = answers(
        written([READING], Format.PROV),
        """SELECT ?program ?model ?outlet WHERE {
             ?bundle a prov:Bundle ; prov:wasGeneratedBy ?doing . ?doing a prov:Activity ; prov:used ?article ;
             prov:wasAssociatedWith [ a prov:SoftwareAgent ; rdfs:label ?program ; reportedly:model ?model ] .
             GRAPH ?bundle { ?article prov:wasAttributedTo [ rdfs:label ?outlet ] ; prov:alternateOf ?page } }""",
    )
    assert found == [("reportedly 0.1.0", "news-small", "The Harbour Post")]


def test_nothing_that_an_article_says_stands_outside_its_bundle() -> None:
    document = json.loads(written([READING], Format.PROV))
    outside = [{key: value for key, value in node.items() if key != "@graph"} for node in document["@graph"]]
    assert "harbour tax" not in json.dumps(outside)


def test_the_query_of_the_documentation_finds_speakers_and_their_carriers() -> None:
    root = Path(__file__).parents[2]
    query = re.search(r"```sparql\n(.*?)```", (root / "docs" / "exports.md").read_text("utf-8"), re.DOTALL)
    gold = [
        Reading.from_json(path.read_text("utf-8"), path.with_suffix(".txt").read_text("utf-8"))
        for path in sorted((root / "examples" / "gold" / "border-train").glob("*.json"))
    ]
    assert query
    found = answers(written(gold, Format.PROV), query[1])
    # Counted from the records themselves; a carrier that is a document or platform is no agent.
    pairs = Counter(
        (item.speaker.name, item.via[-1].name)
        for reading in gold
        for item in reading.attributions
        if item.via and item.via[-1].type in ("agency", "outlet", "person") and item.speaker.type != "document"
    )
    expected = {(*pair, str(count)) for pair, count in pairs.items() if count > 1 and None not in pair}
    assert expected
    assert set(found) == expected
