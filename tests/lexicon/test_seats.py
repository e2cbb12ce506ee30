from __future__ import annotations

import pytest

from reportedly import lexicon


@pytest.mark.parametrize(
    ("words", "state", "speaks"),
    [
        ("the Kremlin", "Russia", "Kremlin"),
        ("Beijing", "China", "Chinese government"),
        ("Beijing\u2019s", "China", "Chinese government"),
        ("Foggy Bottom", "United States", "State Department"),
        ("The Hague", "Netherlands", "Dutch government"),
        ("Brussels", "European Union", "European Union"),
        ("Damascus", "Syria", "Syrian government"),
    ],
)
def test_what_a_seat_stands_for(words: str, state: str, speaks: str) -> None:
    found = lexicon.seat(words)
    assert found is not None
    assert (found.state, found.speaks) == (state, speaks)


def test_a_seat_says_whether_it_is_in_doubt() -> None:
    found = lexicon.seat("Washington")
    assert found is not None
    assert found.doubt
    assert lexicon.seat("Vell") is None


def test_states_by_name_short_form_and_adjective() -> None:
    britain = lexicon.state("Britain")
    assert britain is not None
    assert britain is lexicon.state("the U.K.")
    assert britain is lexicon.state_of_adjective("British")
    assert britain.government == "British government"
    assert lexicon.state_of_adjective("Congolese") is None
