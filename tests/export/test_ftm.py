"""FollowTheMoney entities: valid by the model, whole, and joined.

The package compiles ICU, which takes minutes and a compiler, so it is not among the tools that all tests need. Without
it the entities are held against ``ftm_model.toml``; with it, against the model itself, and that file too.
"""

import importlib.util
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from reportedly.export.formats import Format
from reportedly.schema import Article, Reading
from tests.export.stories import EMPTY, HOSTILE, READING
from tests.export.written import STRANGE, crowd, written
from tests.strategies import readings

ALL = [READING, HOSTILE, EMPTY, STRANGE]
MODEL = tomllib.loads(Path(__file__).with_name("ftm_model.toml").read_text("utf-8"))
LONGEST = {"name": 384, "string": 1024, "text": 65_000, "url": 4096, "entity": 200}
SHAPES = {
    "date": re.compile(r"\d{4}(-\d\d(-\d\d)?)?"),
    "url": re.compile(r"https?://[!-~]+"),
    "entity": re.compile(r"[\w.-]+"),
    "language": re.compile(r"[a-z]{3}"),
}

installed = pytest.mark.skipif(
    importlib.util.find_spec("followthemoney") is None, reason="pip install followthemoney (needs a compiler and ICU)"
)


def entities(found: list[Reading]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written(found, Format.FTM).split("\n")[:-1]]


def merged(found: list[Reading]) -> dict[str, dict[str, Any]]:
    return {entity["id"]: entity for entity in entities(found)}


def holds_to_the_model(entity: dict[str, Any]) -> None:
    assert set(entity) == {"id", "schema", "properties"}
    assert SHAPES["entity"].fullmatch(entity["id"])
    for name, values in entity["properties"].items():
        kind = MODEL[entity["schema"]][name]
        assert values
        assert len(values) == len(set(values))
        for value in values:
            assert 0 < len(value) <= LONGEST.get(kind, 32)
            assert SHAPES.get(kind, re.compile(r"(?s:.*)")).fullmatch(value)
            assert value == value.strip()


def everything_points_somewhere(found: list[dict[str, Any]]) -> None:
    """Every entity that is pointed at is there, and of a schema that may be."""
    schemata = {entity["id"]: entity["schema"] for entity in found}
    for entity in found:
        for key in ("document", "entity"):
            for id_ in entity["properties"].get(key, []):
                assert schemata[id_] in ({"Article"} if key == "document" else set(schemata.values()))


@pytest.mark.parametrize("found", [[], [EMPTY], ALL, [crowd(1000)]], ids=["none", "empty", "all", "crowd"])
def test_entities_hold_to_the_model(found: list[Reading]) -> None:
    for entity in entities(found):
        holds_to_the_model(entity)
    everything_points_somewhere(entities(found))


@settings(deadline=None, max_examples=60)
@given(reading=readings())
def test_any_reading_gives_entities_that_hold_to_the_model(reading: Reading) -> None:
    for entity in entities([reading]):
        holds_to_the_model(entity)
    everything_points_somewhere(entities([reading]))


@installed
def test_the_model_is_that_of_the_package() -> None:
    from followthemoney import model

    for schema, properties in MODEL.items():
        for name, kind in properties.items():
            assert model[schema].get(name).type.name == kind


@installed
@settings(deadline=None, max_examples=60)
@given(reading=readings())
def test_the_package_takes_every_value_as_it_is(reading: Reading) -> None:
    taken([reading])


@installed
def test_the_package_takes_all_stories_as_they_are() -> None:
    taken([*ALL, crowd(300)])


def taken(found: list[Reading]) -> None:
    """FollowTheMoney refuses none of our values, and changes none but for characters that do not show."""
    from followthemoney import model
    from followthemoney.proxy import EntityProxy

    for entity in entities(found):
        model[entity["schema"]].validate(entity)
        proxy = EntityProxy.from_dict(entity, cleaned=False)
        for name, values in entity["properties"].items():
            assert {visible(value) for value in proxy.get(name)} == set(map(visible, values)), (entity["schema"], name)
        assert proxy.caption or entity["schema"] == "Documentation"


def visible(text: str) -> str:
    return "".join(one for one in text if one.isprintable() and not one.isspace())


def test_a_statement_is_a_note_and_an_edge() -> None:
    found = merged([READING])
    (edge,) = (one for one in found.values() if one["schema"] == "Documentation" and "date" in one["properties"])
    person = found[edge["properties"]["entity"][0]]
    assert person["schema"] == "Person"
    assert person["properties"] == {"name": ["Ada Okonjo"], "position": ["Finance Minister"]}
    assert edge["properties"] | {"entity": [], "document": []} == {
        "document": [],
        "entity": [],
        "role": ["paraphrased"],
        "date": ["2031-04-03"],
        "summary": ["that the harbour tax would rise if parliament agreed"],
        "recordId": ["81-133"],
    }
    (note,) = (one for one in found.values() if one["schema"] == "Note" and person["id"] in one["properties"]["entity"])
    assert note["properties"]["notes"] == ["condition: “if parliament agreed”"]


def test_unnamed_sources_and_groups_are_no_entities() -> None:
    found = merged([READING]).values()
    names = {name for one in found if one["schema"] in ("Person", "Organization") for name in one["properties"]["name"]}
    assert names == {"Ada Okonjo", "Reuters"}
    notes = [one for one in found if one["schema"] == "Note"]
    assert len(notes) == 5
    assert any("anonymous" in one["properties"]["keywords"] for one in notes)


def test_people_stay_apart_and_outlets_are_one() -> None:
    other = Reading(Article("other", READING.article.text), READING.attributions)
    people = {key for key, one in merged([READING, other]).items() if one["schema"] == "Person"}
    outlets = {key for key, one in merged([READING, other]).items() if one["schema"] == "Organization"}
    assert (len(people), len(outlets)) == (2, 1)


def test_a_long_text_goes_in_pieces() -> None:
    text = "Nothing was said. " * 10_000
    (article,) = entities([Reading(Article("long", text))])
    pieces = article["properties"]["bodyText"]
    assert len(pieces) == 3
    assert "".join(pieces).replace(" ", "") == text.replace(" ", "")
