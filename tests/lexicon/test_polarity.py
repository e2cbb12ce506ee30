"""Words that turn, plan and condition."""

import pytest

from reportedly.lexicon.polarity import is_conditional, is_denial, is_plan, turns
from reportedly.lexicon.rarity import rarity, stem


@pytest.mark.parametrize(
    ("words", "times"),
    [
        ("the lock was closed", 0),
        ("the lock was not closed", 1),
        ("the lock wasn\u2019t closed", 1),
        ("no cracks were found", 1),
        ("did not rule out a mistake", 2),
        ("inspections were skipped", 1),
        ("jobs will no longer be needed", 0),
        ("if it is not mended, the lock will be closed", 0),
        ("the lock will be closed unless nobody objects", 0),
    ],
)
def test_turns(words: str, times: int) -> None:
    assert turns(words) == times


@pytest.mark.parametrize(
    ("cue", "denies"),
    [("denied", True), ("dismissed", True), ("did not deny", False), ("said", False), ("ruled out", True)],
)
def test_denials(cue: str, denies: bool) -> None:
    assert is_denial(cue) is denies


def test_plans_and_conditions() -> None:
    assert is_plan("the lock will be closed")
    assert is_plan("the lock is to be closed")
    assert not is_plan("the lock is being closed")
    assert is_conditional("if divers find cracks")
    assert not is_conditional("whether divers find cracks")


def test_stems_and_their_rarity() -> None:
    assert stem("inspections") == stem("Inspected") == "inspect"
    assert rarity("the") < rarity(stem("election")) < rarity("sluice")
