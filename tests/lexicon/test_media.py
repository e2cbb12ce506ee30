from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly import lexicon


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Reuters", "agency"),
        ("the AP", "agency"),
        ("TASS", "agency"),
        ("Tass\u2019s", "agency"),
        ("Agence France-Presse", "agency"),
        ("Orland News Agency", "agency"),
        ("the state news agency", "agency"),
        ("Agence Tellier", "agency"),
        ("The New York Times", "outlet"),
        ("New York Times\u2019", "outlet"),
        ("the Times", "outlet"),
        ("Jane\u2019s", "outlet"),
        ("RT America", "outlet"),
        ("al-Manar", "outlet"),
        ("Halm Gazette", "outlet"),
        ("Detroit Free Press", "outlet"),
        ("Radio Seral", "outlet"),
        ("KLKS-TV", "outlet"),
        ("Channel 2", "outlet"),
        ("the weekly Lantern", "outlet"),
        ("state television", "outlet"),
        ("Twitter", "platform"),
        ("X", "platform"),
        ("social media", "platform"),
        ("his Facebook page", "platform"),
        ("a Telegram channel", "outlet"),  # "Telegram" is an ordinary word too: only the noun speaks
        ("statement", "document"),
        ("a letter to the board", "document"),
        ("two internal memos", "document"),
        ("the Mueller report", "document"),
        ("court papers", "document"),
        ("a spokeswoman", "person"),
        ("his lawyer, Ana Brek", "person"),
        ("two people familiar with the talks", "person"),
        ("one of two sailors", "person"),
        ("Ana Brek", "person"),
        ("Vell", None),
        ("", None),
    ],
)
def test_what_kind_of_carrier_words_name(words: str, kind: str | None) -> None:
    assert lexicon.carrier_type(words) == kind


def test_letter_case_tells_an_agency_from_a_word() -> None:
    assert lexicon.is_agency("SPA")
    assert not lexicon.is_agency("spa")


@pytest.mark.parametrize(
    ("words", "name", "doubt"),
    [
        ("AFP", "Agence France-Presse", None),
        ("the Washington Post", "Washington Post", None),
        ("the Post", "Post", "which"),
        ("Time", "Time", "whether"),
        ("PTI", "Press Trust of India", "whether"),
    ],
)
def test_a_medium_says_how_sure_its_name_is(words: str, name: str, doubt: str | None) -> None:
    found = lexicon.medium(words)
    assert found is not None
    assert (found.name, found.doubt) == (name, doubt)


@pytest.mark.parametrize(
    ("phrase", "noun"),
    [
        ("letters to the board", "letter"),
        ("a criminal complaint filed on Monday", "criminal complaint"),
        ("an 80-page report", "report"),
        ("press releases", "press release"),
        ("the speech", None),
        ("testimony", None),
        ("a hearing", None),
    ],
)
def test_the_document_noun_of_a_phrase(phrase: str, noun: str | None) -> None:
    assert lexicon.document_noun(phrase) == noun


def test_outlets_and_platforms_by_name() -> None:
    assert lexicon.is_outlet("BBC")
    assert not lexicon.is_outlet("Brek")
    assert lexicon.is_platform("Truth Social")
    assert not lexicon.is_platform("line")


@settings(deadline=None)  # the first call opens every table
@given(st.text(max_size=400))
def test_any_words_are_answered(words: str) -> None:
    assert lexicon.carrier_type(words) in ("agency", "outlet", "document", "platform", "person", None)
    lexicon.seat(words)
    lexicon.title(words)
    lexicon.pronoun(words)
    lexicon.gender_of_given_name(words)
    lexicon.is_group_noun(words)
