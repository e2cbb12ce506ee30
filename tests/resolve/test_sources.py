from __future__ import annotations

import pytest

from reportedly.model import Clue
from reportedly.resolve.sources import Source, kind_by_noun, read_source
from reportedly.schema import Article, Attribution, SpeakerType


def source(text: str, kind: SpeakerType = "person", *marked: str) -> Source | None:
    article = Article("story", f"{text} said so")
    clues = [Clue("name", (text.index(name), text.index(name) + len(name))) for name in marked]
    attribution = Attribution(1, ((len(text) + 6, len(text) + 8),), source=((0, len(text)),))
    return read_source(article, attribution, kind, clues)


def called(text: str, kind: SpeakerType = "person", *marked: str) -> list[str]:
    found = source(text, kind, *marked)
    return [name.text for name in found.names] if found is not None else []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Brek", ["Ada Brek"]),
        ("Mr. Lind, 82,", ["Lind"]),
        ("Sen. Ada Brek (R-Orvik)", ["Ada Brek"]),
        ("Ada Brek, a clerk at the Orvik Bank,", ["Ada Brek"]),
        ("Orvik\u2019s chairman, Ada Brek", ["Ada Brek"]),
        ("the governor of Orvik, Ada Brek,", ["Ada Brek"]),
        ("Ada Brek and Tomas Lind", ["Ada Brek", "Tomas Lind"]),
        ("the Orvikian minister", []),
        ("Orvik aides", []),
        ("Orvik's press office", []),
        ("Officials in Orvik", []),
    ],
)
def test_who_is_called_by_a_name(text: str, expected: list[str]) -> None:
    assert called(text) == expected


def test_of_two_marked_names_the_one_that_only_describes_is_passed_over() -> None:
    assert called("the Orvik interior minister, Ada Brek,", "person", "Orvik", "Ada Brek") == ["Ada Brek"]


def test_a_name_without_the_place_that_the_model_leaves_out() -> None:
    assert called("Ada Brek Lind of the Orvik Institute", "person", "Ada Brek Lind") == ["Ada Brek Lind"]


@pytest.mark.parametrize(
    ("text", "kind", "description", "head"),
    [
        ("a military source", "unnamed", "a military source", "source"),
        ("two people familiar with the talks", "unnamed", "two people familiar with the talks", "people"),
        ("A clerk who helped with the count", "unnamed", "A clerk who helped with the count", "clerk"),
        ("A clerk who asked not to be named because talks go on", "unnamed", "A clerk", "clerk"),
        ("A clerk, who asked not to be named,", "unnamed", "A clerk", "clerk"),
        ("a lawyer involved in the case", "unnamed", "a lawyer involved in the case", "lawyer"),
        ("voters who stayed home", "group", "voters", "voters"),
        ("large unions, including the Orvik dockers", "group", "large unions, including the Orvik dockers", "unions"),
        ("the report (of 90 pages)", "document", "the report", "report"),
    ],
)
def test_a_description_is_the_speaker_of_what_has_no_name(
    text: str, kind: SpeakerType, description: str, head: str
) -> None:
    found = source(text, kind)
    assert found is not None
    assert found.form == "description"
    assert found.description == description
    assert found.head == head


@pytest.mark.parametrize("text", ["he", "She", "they", "who", "which", "it"])
def test_pronouns(text: str) -> None:
    found = source(text)
    assert found is not None
    assert found.form == "pronoun"


def test_a_cut_off_article_and_no_source_at_all_are_nobody() -> None:
    assert source("An") is None
    assert read_source(Article("story", "It rained."), Attribution(1, ((0, 9),)), "person", []) is None


@pytest.mark.parametrize(
    ("text", "definite", "indefinite"),
    [
        ("the source", True, False),
        ("his lawyer", True, False),
        ("Minister", True, False),
        ("an official", False, True),
        ("another official", False, True),
        ("officials", False, False),
    ],
)
def test_what_points_back_and_what_brings_in_somebody_new(text: str, definite: bool, indefinite: bool) -> None:
    found = source(text, "unnamed")
    assert found is not None
    assert (found.definite, found.indefinite) == (definite, indefinite)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reuters", "outlet"),
        ("a new poll", "document"),
        ("the report by the Orvik Institute", "document"),
        ("voters in Orvik", "group"),
        ("a senior official", "unnamed"),
        ("one Liberal", "unnamed"),
        ("the Association of Orvik Pilots", "organisation"),
        ("Orvik Commission", "organisation"),
        ("Ada Brek", None),
        ("the minister", None),
        ("", None),
    ],
)
def test_the_type_that_a_noun_shows(text: str, expected: SpeakerType | None) -> None:
    assert kind_by_noun(text) == expected
