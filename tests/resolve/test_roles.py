from __future__ import annotations

import pytest

from reportedly.model import Clue
from reportedly.resolve.names import Name, names
from reportedly.resolve.roles import Roles, appositive, joined, party


def name_in(text: str, called: str) -> Name:
    return next(name for name in names(text) if name.text == called)


def role(text: str, called: str = "Ada Brek", *marked: str) -> str | None:
    """The role at the first mention of a name, in words."""
    clues = [Clue("role", (text.index(words), text.index(words) + len(words))) for words in marked]
    name = name_in(text, called)
    found = Roles(text, clues).near(name)
    return joined(text, found, party(text, name)) if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Foreign Minister Ada Brek said", "Foreign Minister"),
        ("the Orvikian Foreign Minister Ada Brek said", "Orvikian Foreign Minister"),
        ("former deputy governor Ada Brek said", "former deputy governor"),
        ("presidential nominee Ada Brek said", "presidential nominee"),
        ("Orvik's president Ada Brek said", "Orvik's president"),
        ("warned Orvik's ambassador, Dr. Ada Brek. He", "Orvik's ambassador"),
        ("The bank said its chief executive, Ada Brek, had left", "chief executive"),
        ("The bank said the chairman of the board, Ada Brek, had left", "chairman of the board"),
        ("On Monday the mayor, Ada Brek, left", "mayor"),
    ],
)
def test_titles_ahead_of_a_name(text: str, expected: str) -> None:
    assert role(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Brek, the head of the port union, said", "head of the port union"),
        ("Ada Brek, 44, a former clerk, said", "former clerk"),
        ("\u201cNo,\u201d said Ada Brek, chairman of the bank.", "chairman of the bank"),
        ("Ada Brek (R-Orvik), a leading advocate of the law, said", "leading advocate of the law (R-Orvik)"),
    ],
)
def test_appositives_behind_a_name(text: str, expected: str) -> None:
    assert role(text) == expected


def test_title_party_and_appositive_are_one_role() -> None:
    assert role("Gov. Ada Brek (R-Orvik) said") == "Gov. (R-Orvik)"
    assert role("Col. Ada Brek, a spokeswoman for the junta, said") == "Col., spokeswoman for the junta"
    assert role("Minister Ada Brek, the trade minister, said") == "trade minister"


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Ada Brek said",
        "Dr. Ada Brek said",
        "Ada Brek said",
        "Ada Brek, who came second, said",
        "Ada Brek, with officials from ten states, said",
        "Ada Brek, however, said",
        "the paper, Ada Brek said",
        "",
    ],
)
def test_what_is_no_role(text: str) -> None:
    assert not text or role(text) is None


def test_what_the_model_marks_beside_a_name() -> None:
    text = "Ada Brek, who keeps the bees, and the queen of the hive, Tove Lind, agreed. A keeper left."
    assert role(text, "Ada Brek", "keeps the bees") == "keeps the bees"
    assert role(text, "Tove Lind", "queen of the hive") == "queen of the hive"
    assert role("Dr. Ada Brek said", "Ada Brek", "Dr.") is None
    assert role("A keeper left. Ada Brek stayed", "Ada Brek", "keeper") is None


def test_a_description_to_the_end_of_the_source() -> None:
    text = "Ada Brek, the anatomist who opened the calf said"
    found = appositive(text, name_in(text, "Ada Brek"), text.index(" said"))
    assert found is not None
    assert text[slice(*found)] == "anatomist who opened the calf"
    assert appositive("Ada Brek, downstream said", name_in("Ada Brek", "Ada Brek"), 20) is None


def test_party_and_seat() -> None:
    text = "Ada Brek (R-Orvik) and Tove Lind (right) met"
    found = party(text, name_in(text, "Ada Brek"))
    assert found is not None
    assert text[slice(*found)] == "(R-Orvik)"
    assert party(text, name_in(text, "Tove Lind")) is None
