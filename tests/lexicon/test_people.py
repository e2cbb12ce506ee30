from __future__ import annotations

import pytest

from reportedly import lexicon


@pytest.mark.parametrize(
    ("words", "kind", "gender"),
    [
        ("Mr.", "honorific", "m"),
        ("Ms", "honorific", "f"),
        ("Gen.", "rank", None),
        ("Lt. Gen.", "rank", None),
        ("Prime Minister", "office", None),
        ("former president", "office", None),
        ("the spokeswoman", "office", "f"),
        ("King", "office", "m"),
        ("mother", "kin", "f"),
        ("U.S. Attorney", "office", None),
    ],
)
def test_titles(words: str, kind: str, gender: str | None) -> None:
    found = lexicon.title(words)
    assert found is not None
    assert (found.kind, found.gender) == (kind, gender)


def test_what_is_no_title() -> None:
    assert not lexicon.is_title("Brek")
    assert not lexicon.is_title("former")
    assert not lexicon.is_title("")


@pytest.mark.parametrize(
    ("phrase", "word"),
    [
        ("Syrian Foreign Minister", "foreign minister"),
        ("two ministers of the republic", "minister"),
        ("head of the port union", "head"),
        ("toxicologist at the university", "toxicologist"),
        ("largest party", None),
    ],
)
def test_the_noun_of_a_role(phrase: str, word: str | None) -> None:
    found = lexicon.role_noun(phrase)
    assert (found.word if found is not None else None) == word


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Ana Brek", "f"),
        ("WALID Muallem", "m"),
        ("Jean-Luc", "m"),
        ("Kim", None),
        ("Andrea", None),
        ("Xyzzy", None),
        ("grace", None),
        ("", None),
    ],
)
def test_the_gender_of_a_given_name(name: str, gender: str | None) -> None:
    assert lexicon.gender_of_given_name(name) == gender


@pytest.mark.parametrize(
    ("word", "base", "number", "gender", "animate"),
    [
        ("He", "he", "singular", "m", "yes"),
        ("his", "he", "singular", "m", "yes"),
        ("her", "she", "singular", "f", "yes"),
        ("It", "it", "singular", "n", "no"),
        ("they", "they", "any", "any", "any"),
        ("she\u2019d", "she", "singular", "f", "yes"),
        ("who", "who", "any", "any", "yes"),
        ("No one", "no one", "singular", "any", "yes"),
    ],
)
def test_pronouns(word: str, base: str, number: str, gender: str, animate: str) -> None:
    found = lexicon.pronoun(word)
    assert found is not None
    assert (found.base, found.number, found.gender, found.animate) == (base, number, gender, animate)


def test_other_words_are_no_pronouns() -> None:
    assert lexicon.pronoun("hero") is None
    assert lexicon.pronoun("") is None


@pytest.mark.parametrize(
    "phrase",
    [
        "a source",
        "a senior administration official",
        "two aides to the minister",
        "people close to the talks",
        "one of three investigators",
        "sources",
    ],
)
def test_unnamed_sources(phrase: str) -> None:
    assert lexicon.is_source_noun(phrase)
    assert not lexicon.is_group_noun(phrase)


@pytest.mark.parametrize("phrase", ["voters", "many critics", "some of the analysts", "virologists", "the public"])
def test_open_classes(phrase: str) -> None:
    assert lexicon.is_group_noun(phrase)


def test_one_of_a_kind_is_no_open_class() -> None:
    assert not lexicon.is_group_noun("a virologist")
    assert not lexicon.is_group_noun("the president")


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("said an aide, who spoke on condition of anonymity.", "on condition of anonymity"),
        ("a clerk who asked not to be named said", "asked not to be named"),
        ("a guard who asked that her name not be used", "asked that her name not be used"),
        ("was not authorized to speak publicly", "not authorized to speak publicly"),
        ("a man who didn\u2019t want to be identified", "didn\u2019t want to be identified"),
        ("because the talks were private", None),
        ("She asked to be named captain.", None),
    ],
)
def test_where_anonymity_is_granted(text: str, phrase: str | None) -> None:
    assert [text[start:end] for start, end in lexicon.anonymity(text)] == ([phrase] if phrase else [])


def test_a_reason_alone_grants_nothing() -> None:
    text = "She would say no more for fear of reprisals."
    assert not lexicon.anonymity(text)
    assert [text[start:end] for start, end in lexicon.anonymity_reasons(text)] == ["for fear of reprisals"]


def test_an_adjective_can_say_that_a_source_is_unnamed() -> None:
    assert lexicon.is_unnamed_by_adjective("an unidentified caller")
    assert not lexicon.is_unnamed_by_adjective("a caller")
