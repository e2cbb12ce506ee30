"""How a reading is cut into statements."""

import pytest

from reportedly.compare.quantities import agreeing, conflicting, quantities
from reportedly.compare.statements import statements
from tests.compare.claim_stories import ODA, said, told


def cut(text: str, *said_of) -> list[tuple[str, bool]]:
    """The statements of a text: their words, and whether they are attributed."""
    return [(one.text, one.said is not None) for one in statements(told("Holm Star", "2031-03-04", text, *said_of))]


def test_a_content_is_cut_into_sentences_without_marks_and_that() -> None:
    text = "“The lock is old. It groans,” said Oda Brekk. She added that nobody had oiled it."
    found = cut(text, said("“The lock is old. It groans,”", ODA), said("that nobody had oiled it", ODA))
    assert ("The lock is old", True) in found
    assert ("It groans", True) in found
    assert ("nobody had oiled it", True) in found


def test_the_page_s_own_voice_is_cut_too() -> None:
    found = cut("Water is being let out of the lock, which was built in 1911, and the mill has closed.")
    assert ("which was built in 1911", False) in found
    assert ("the mill has closed", False) in found


def test_what_is_attributed_is_not_the_page_s_own() -> None:
    text = "The lock is to be closed for six weeks, Oda Brekk said."
    assert all(attributed for _, attributed in cut(text, said("The lock is to be closed for six weeks", ODA)))


def test_a_deed_is_told_by_the_page() -> None:
    text = "The harbour board threatened to close the eastern lock."
    found = cut(text, said("to close the eastern lock", ODA, cue="threatened", stance="commits"))
    assert found == [("The harbour board threatened to close the eastern lock", False)]


def test_questions_say_nothing() -> None:
    assert cut("Will the lock be closed for six weeks?") == []


@pytest.mark.parametrize("text", ["", "x", "?!", "“", "that", ", , ,", "If.", "\u2028\u2028", "a " * 5000])
def test_odd_texts(text: str) -> None:
    assert isinstance(statements(told("Holm Star", "2031-03-04", text)), tuple)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2,400 households", [(2400.0, "count", "household")]),
        ("1.2 billion crowns", [(1.2e9, "count", "crown")]),
        ("twenty-three miners", [(23.0, "count", "miner")]),
        ("in 2031", [(2031.0, "year", "")]),
        ("on Feb. 10", [(210.0, "day", "")]),
        ("on 10 February", [(210.0, "day", "")]),
        ("at 21:47", [(1307.0, "time", "")]),
        ("at 9.40 p.m.", [(1300.0, "time", "")]),
        ("no one and one other", []),
    ],
)
def test_numbers(text: str, expected: list[tuple[float, str, str]]) -> None:
    assert [(one.value, one.kind, one.unit) for one in quantities(text)] == expected


def test_numbers_that_agree_and_that_do_not() -> None:
    a, b = quantities("214 people and 3 dogs"), quantities("241 people and 3 dogs")
    assert [(x.value, y.value) for x, y in agreeing(a, b)] == [(3.0, 3.0)]
    assert [(x.value, y.value) for x, y in conflicting(a, b)] == [(214.0, 241.0)]
    assert conflicting(quantities("214 people"), quantities("3 dogs")) == []
