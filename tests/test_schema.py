"""Records and their JSON: nothing is lost on the way out and back, nothing wrong comes in."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly import schema
from reportedly.errors import OffsetError, SchemaError, VersionError
from reportedly.schema import (
    Article,
    Attribution,
    Reading,
    Speaker,
    Voice,
    article_id,
    from_record,
    to_record,
)
from tests.strategies import readings


@settings(deadline=None, max_examples=60)
@given(readings())
def test_a_reading_survives_its_json(reading: Reading) -> None:
    line = reading.to_json()
    assert "\n" not in line
    assert Reading.from_json(line) == reading
    assert from_record(json.loads(json.dumps(to_record(reading)))) == reading


@settings(deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner)))
def test_whatever_is_no_reading_is_a_schema_error(value: object) -> None:
    with pytest.raises(SchemaError):
        from_record(value)
    with pytest.raises(SchemaError):
        from_record({"text": "Ann said so.", "attributions": [value]})


TEXT = "Ann Lee said “no”. Bob Moor, who asked, said “yes” and “yes” again."
RECORD = {
    "schema": 1,
    "id": "story",
    "text": TEXT,
    "blocks": [{"kind": "paragraph", "span": [0, len(TEXT)]}],
    "attributions": [
        {
            "n": 7,
            "source": [[0, 7]],
            "cue": [[8, 12]],
            "content": [[13, 17]],
            "speaker": {"name": "Ann Lee", "type": "person", "mention": [0, 7]},
            "via": [{"name": "The Post", "type": "outlet", "evidence": [0, 3]}],
            "when": {"evidence": [4, 7], "date": None},
        }
    ],
}


def changed(path: str, value: object) -> dict[str, object]:
    """The record with one field changed, which is named by its keys and places: "attributions.0.n"."""
    record = json.loads(json.dumps(RECORD))
    *way, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    part = record
    for step in way:
        part = part[step]
    part[last] = value
    return record


def test_the_record_itself_is_fine() -> None:
    assert from_record(RECORD).attributions[0].speaker.mention == (0, 7)


@pytest.mark.parametrize(
    ("path", "value", "complaint"),
    [
        ("text", None, "story: text is missing"),
        ("text", 5, "story: text is text, not 5"),
        ("title", ["a"], "story: title is text, not ['a']"),
        ("blocks", {}, "story: blocks is a list, not {}"),
        ("blocks.0", "paragraph", "story: blocks 1: an object belongs here, not str"),
        ("blocks.0.kind", "lede", "story: blocks 1: kind is one of heading, byline,"),
        ("blocks.0.kind", None, "story: blocks 1: kind is missing"),
        ("blocks.0.span", None, "story: blocks 1: span: a span is [start, end], not None"),
        ("attributions", "none", "story: attributions is a list, not 'none'"),
        ("attributions.0", None, "story: attributions 1: an object belongs here, not NoneType"),
        ("attributions.0.n", None, "story: attributions 1: n is missing"),
        ("attributions.0.n", True, "story: attributions 1: n is a whole number, not True"),
        ("attributions.0.n", 1.0, "story: attributions 1: n is a whole number, not 1.0"),
        ("attributions.0.source", [0, 7], "story: attributions 1: source: a span is [start, end], not 0"),
        ("attributions.0.source", [[0, 7, 9]], "source: a span is [start, end], not [0, 7, 9]"),
        ("attributions.0.source", [["0", "7"]], "source: a span is [start, end], not ['0', '7']"),
        ("attributions.0.source", [[0.0, 7.0]], "source: a span is [start, end], not [0.0, 7.0]"),
        ("attributions.0.source", [[False, True]], "source: a span is [start, end], not [False, True]"),
        ("attributions.0.quotation", "verbatim", "quotation is one of direct, indirect, mixed, not 'verbatim'"),
        ("attributions.0.stance", ["asserts"], "stance is one of asserts, denies,"),
        ("attributions.0.confidence", "0.5", "confidence is a number, not '0.5'"),
        ("attributions.0.confidence", True, "confidence is a number, not True"),
        ("attributions.0.confidence", 1.5, "story: attributions 1: confidence is from 0 to 1, not 1.5"),
        ("attributions", [{"n": 7}, {"n": 7}], "story: two attributions have one number n"),
        ("attributions.0.inside", 9, "story: attribution 7: inside 9, which does not exist"),
        ("attributions.0.speaker", "Ann Lee", "story: attributions 1: speaker: an object belongs here, not str"),
        ("attributions.0.speaker.type", "human", "story: attributions 1: speaker: type is one of person, unnamed,"),
        ("attributions.0.speaker.anonymous", 0, "speaker: anonymous is true or false, not 0"),
        ("attributions.0.via.0.name", None, "story: attributions 1: via 1: name is missing"),
        ("attributions.0.via.0.type", "blog", "story: attributions 1: via 1: type is one of agency, outlet,"),
        ("attributions.0.when.evidence", None, "story: attributions 1: when: evidence: a span is [start, end]"),
        ("found_in", {"title": "a guess"}, "story: found_in: title is one of json-ld, open graph, meta, page, sidecar"),
        ("maker", {"program": "x"}, "story: maker: model is missing"),
    ],
)
def test_wrong_types_and_unknown_kinds_name_record_and_field(path: str, value: object, complaint: str) -> None:
    with pytest.raises(SchemaError) as caught:
        from_record(changed(path, value))
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("path", "span", "complaint"),
    [
        ("blocks.0.span", [0, 999], "story: block 0 (paragraph) [0, 999) does not fit a text of"),
        ("attributions.0.source", [[-1, 7]], "story: attribution 7: source [-1, 7) does not fit"),
        ("attributions.0.cue", [[12, 12]], "story: attribution 7: cue [12, 12) does not fit"),
        ("attributions.0.content", [[13, 17], [20, 18]], "story: attribution 7: content [20, 18) does not fit"),
        ("attributions.0.conditions", [[0, 10**30]], "story: attribution 7: conditions [0, 1000"),
        ("attributions.0.hedges", [[500, 501]], "story: attribution 7: hedges [500, 501) does not fit"),
        ("attributions.0.via.0.evidence", [0, 500], "story: attribution 7: via [0, 500) does not fit"),
        ("attributions.0.when.evidence", [0, 500], "story: attribution 7: when [0, 500) does not fit"),
        ("attributions.0.speaker.mention", [0, 500], "story: attribution 7: speaker.mention [0, 500) does not fit"),
        ("attributions.0.speaker.role_evidence", [9, 9], "story: attribution 7: speaker.role [9, 9) does not fit"),
    ],
)
def test_offsets_that_drifted_name_attribution_and_field(path: str, span: object, complaint: str) -> None:
    with pytest.raises(OffsetError) as caught:
        from_record(changed(path, span))
    assert complaint in str(caught.value)


def test_offsets_are_checked_against_the_text_that_is_given() -> None:
    assert from_record(RECORD, TEXT + " More.").article.text.endswith("More.")
    with pytest.raises(OffsetError, match=r"of 3 characters"):
        from_record(RECORD, "Ann")


@pytest.mark.parametrize("version", [2, 99, "1", None, 1.5])
def test_a_newer_schema_is_refused_with_the_remedy(version: object) -> None:
    with pytest.raises(VersionError, match=r"story: schema .*; this program reads up to 1: update it"):
        from_record(changed("schema", version))


def test_a_record_without_a_version_or_an_id_is_read() -> None:
    record = {key: value for key, value in RECORD.items() if key not in ("schema", "id")}
    assert from_record(record).article.id == article_id(TEXT)


@pytest.mark.parametrize("line", ["", "{", "[1, 2", "nothing", "[" * 100_000, '{"schema": ' + "9" * 5000 + "}"])
def test_what_is_not_json_is_a_schema_error(line: str) -> None:
    with pytest.raises(SchemaError):
        Reading.from_json(line)


def test_the_id_tells_texts_and_addresses_apart() -> None:
    ids = {article_id("a"), article_id("b"), article_id("a", "https://a.example"), article_id("", "a")}
    assert len(ids) == 4
    assert all(len(name) == 16 and int(name, 16) >= 0 for name in ids)
    assert article_id("\ud800")  # a lone surrogate, which UTF-8 cannot hold


def statement(
    n: int, type_: schema.SpeakerType = "person", name: str | None = "Ann Lee", **fields: object
) -> Attribution:
    return replace(Attribution(n, ((13, 17),), speaker=Speaker(name, type_)), **fields)


def test_quote_gives_the_words_as_they_stand() -> None:
    reading = Reading(Article("a", TEXT), ())
    item = Attribution(1, content=((45, 50), (55, 60)), source=((19, 27),), cue=())
    assert reading.quote(item) == "“yes” [...] “yes”"
    assert reading.quote(item, "source") == "Bob Moor"
    assert reading.quote(item, "cue") == ""


@pytest.mark.parametrize(
    ("item", "counted"),
    [
        (statement(1), True),
        (statement(1, confidence=0.5), True),
        (statement(1, confidence=0.4999), False),
        (statement(1, "unnamed", "an aide"), True),
        (statement(1, "organisation", stance="denies"), True),
        (statement(1, "unknown", None), False),
        (statement(1, "author", None), False),
        (statement(1, stance="believes"), False),
        (statement(1, stance="wants"), False),
        (statement(1, stance="withholds"), True),
    ],
)
def test_a_statement_is_sourced(item: Attribution, counted: bool) -> None:
    assert item.sourced() is counted
    assert statement(1, confidence=0.2).sourced(floor=0.1)


def test_a_sourced_reading_keeps_numbers_and_lifts_what_lay_inside_a_dropped_one() -> None:
    reading = Reading(
        Article("a", TEXT),
        (
            statement(1),
            statement(2, inside=1),
            statement(3, "unknown", None),
            statement(4, inside=3),
            statement(5, confidence=0.1),
        ),
    )
    kept = reading.sourced()
    assert [(item.n, item.inside) for item in kept.attributions] == [(1, None), (2, 1), (4, None)]
    assert [item.n for item in reading.sourced(floor=0.0).attributions] == [1, 2, 4, 5]
    assert len(reading.attributions) == 5
    schema.check_offsets(kept)


def test_voices_are_in_the_order_of_their_first_statement() -> None:
    ann = Speaker("Ann Lee", "person", mention=(0, 7))
    reading = Reading(
        Article("a", TEXT),
        (
            statement(1, name="Bob Moor", source=((19, 27),)),
            statement(2, speaker=ann, source=((29, 32),)),
            statement(3, "unknown", None, source=((0, 3),)),
            statement(4, name="Bob Moor", source=((19, 22), (19, 27))),
            statement(5, "outlet", "Ann Lee"),
        ),
    )
    assert reading.voices() == (
        Voice(Speaker("Bob Moor", "person"), (1, 4), ((19, 22), (19, 27))),
        Voice(ann, (2,), ((0, 7), (29, 32))),
        Voice(Speaker("Ann Lee", "outlet"), (5,), ()),
    )
    assert Reading(Article("a", TEXT)).voices() == ()
