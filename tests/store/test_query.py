"""How a query is read, and how words are cut and folded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.errors import QueryError
from reportedly.store.days import interval
from reportedly.store.folding import LONGEST_WORD, MOST_WORDS, folded, words
from reportedly.store.fulltext import PostgresWords, SqliteWords
from reportedly.store.query import Phrase, Query, found_in, wanted


def phrase(*found: str, prefix: bool = False) -> Phrase:
    return Phrase(found, prefix)


@pytest.mark.parametrize(
    ("typed", "groups", "excluded"),
    [
        ("", [], []),
        ("harbour", [[phrase("harbour")]], []),
        ("Harbour  TAX", [[phrase("harbour")], [phrase("tax")]], []),
        ('"harbour tax"', [[phrase("harbour", "tax")]], []),
        ("“harbour tax”", [[phrase("harbour", "tax")]], []),
        ("strik*", [[phrase("strik", prefix=True)]], []),
        ('"harbour ta"*', [[phrase("harbour", "ta", prefix=True)]], []),
        ('"harbour ta*"', [[phrase("harbour", "ta", prefix=True)]], []),
        ("U-turn don't", [[phrase("u", "turn")], [phrase("don", "t")]], []),
        ("Malmö", [[phrase("malmo")]], []),
        ("a OR b c", [[phrase("a"), phrase("b")], [phrase("c")]], []),
        ("a OR b OR c", [[phrase("a"), phrase("b"), phrase("c")]], []),
        ("or and not near", [[phrase(w)] for w in ("or", "and", "not", "near")], []),
        ('a -b -"c d" -ef*', [[phrase("a")]], [phrase("b"), phrase("c", "d"), phrase("ef", prefix=True)]),
    ],
)
def test_what_is_typed_is_understood(typed: str, groups: list[list[Phrase]], excluded: list[Phrase]) -> None:
    want = wanted(Query(typed))
    assert want.groups == tuple(map(tuple, groups))
    assert want.excluded == tuple(excluded)


def test_any_word_makes_one_group() -> None:
    want = wanted(Query('harbour "strike fund" -pay', any_word=True))
    assert want.groups == ((phrase("harbour"), phrase("strike", "fund")),)
    assert want.excluded == (phrase("pay"),)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ('"harbour tax', "quotation mark has no partner"),
        ('harbour"', "quotation mark has no partner"),
        ('""', "no word in it"),
        ("...", "no word in it"),
        ("-", "no word in it"),
        ("*", "no word in it"),
        ("*bour", "only at the end"),
        ("har*our", "only at the end"),
        ("h*", "at least 2 letters"),
        ("harbour-*", "at least 2 letters"),
        ("-harbour", "only words to leave out"),
        ("OR harbour", "between two terms"),
        ("harbour OR", "between two terms"),
        ("harbour OR OR tax", "between two terms"),
        ("harbour OR -tax", "cannot be one of two"),
        ("word " * 40, "more than 32 terms"),
    ],
)
def test_what_cannot_be_understood_is_told(typed: str, told: str) -> None:
    with pytest.raises(QueryError, match=told):
        wanted(Query(typed))


@pytest.mark.parametrize(
    "values",
    [
        {"speaker_type": "minister"},
        {"stance": "shouts"},
        {"sort": "colour"},
        {"published_since": "yesterday"},
        {"said_until": "2034-02-30"},
        {"min_confidence": 1.5},
        {"limit": -1},
        {"limit": 10_000},
        {"offset": -1},
    ],
)
def test_values_that_make_no_sense_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(QueryError):
        Query(**values)  # type: ignore[arg-type]


def test_a_name_without_a_word_is_refused() -> None:
    with pytest.raises(QueryError, match="no word"):
        wanted(Query(speaker="..."))


@given(st.text(max_size=60))
def test_nothing_typed_reaches_a_database_as_syntax(typed: str) -> None:
    try:
        want = wanted(Query(typed, speaker=typed))
    except QueryError:
        return
    quoted = SqliteWords().match(want).split('"')[1::2]
    assert all(word.isalnum() for part in quoted for word in part.split())
    lexemes = PostgresWords().match(want).split("'")[1::2]
    assert all(word.isalnum() for word in lexemes)


@given(st.text(max_size=80))
def test_words_are_letters_and_digits_in_their_places(text: str) -> None:
    reached = 0
    for word, (start, end) in words(text):
        assert word.isalnum()
        assert len(word) <= LONGEST_WORD
        assert start >= reached
        assert any(letter.isalnum() for letter in text[start:end])
        reached = end


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The U.S.’s “No”", "the u s s no"),
        ("Åsa café ﬁn STRASSE straße", "asa cafe fin strasse strasse"),
        ("e\u0301te\u0301 été", "ete ete"),
        ("1,200 km²", "1 200 km2"),
        ("snake_case", "snake case"),
        ("שלום 🙂 привет", "שלום привет"),
    ],
)
def test_words_are_folded(text: str, found: str) -> None:
    assert folded((text,)) == found


def test_what_is_indexed_of_one_statement_is_bounded() -> None:
    assert len(folded(("word " * 10_000,)).split()) == MOST_WORDS


def test_phrases_are_found_where_they_stand() -> None:
    text = "The harbour tax, the Harbour-Tax and the harbour’s taxes"
    assert [text[a:b] for a, b in found_in(text, (phrase("harbour", "tax"),))] == ["harbour tax", "Harbour-Tax"]
    assert [text[a:b] for a, b in found_in(text, (phrase("tax", prefix=True),))] == ["tax", "Tax", "taxes"]
    assert found_in(text, ()) == []


@pytest.mark.parametrize(
    ("given_day", "days"),
    [
        ("2034-09-13", (20340913, 20340913)),
        ("2034-02", (20340201, 20340228)),
        ("2034-W37", (20340911, 20340917)),
        ("2034", (20340101, 20341231)),
        ("2034-13", (0, 0)),
        ("2034-00", (0, 0)),
        ("2034-W60", (0, 0)),
        ("0000", (0, 0)),
        ("soon", (0, 0)),
        (None, (0, 0)),
    ],
)
def test_days_are_numbers(given_day: str | None, days: tuple[int, int]) -> None:
    assert interval(given_day) == days
