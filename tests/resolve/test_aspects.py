from __future__ import annotations

import pytest

from reportedly.model import Clue, Clues
from reportedly.resolve.aspects import conditions, dates, hedges, stance
from reportedly.resolve.belonging import LINKED, anchor, linked
from reportedly.text import quoted
from tests.resolve.build import Story, story


def hedged(told: Story) -> list[str]:
    text = told.article.text
    found = hedges(told.article, told.attributions[0], quoted(text), told.clues)
    return [text[slice(*span)] for span in found]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[1s Brek] [1c said] [1t it rained].", []),
        ("[1s Brek] [1c claimed] [1t it rained].", ["claimed"]),
        ("[1s Brek] [1c reportedly said] [1t it rained].", ["reportedly"]),
        ("[1s Brek] [1c said] [1t it may rain, perhaps].", ["may", "perhaps"]),
        ("[1s Brek] [1c said] [1t it rained in May].", []),
        ("[1s Brek] [1c said] [1t May was dry].", []),
        ("[1s Brek] [1c said] [1t he would claim the prize].", []),
        ("[1s A claimant] [1c of the claimants said] [1t it rained].", []),
        ('[1s Brek] [1c said] [1t "it may rain" and perhaps pour].', ["perhaps"]),
        ('[1s Brek] [1c said] [1t "it may rain"].', []),
    ],
)
def test_hedges_stand_outside_quotation_marks(marked: str, expected: list[str]) -> None:
    assert hedged(story(marked)) == expected


def test_a_hedge_that_model_and_lexicon_know_is_one() -> None:
    told = story("[1s Brek] [1c is believed to have said] [1t it may rain].")
    told.mark("hedge", "is believed to", 1).mark("hedge", "may rain", 1)
    assert hedged(told) == ["is believed to", "may rain"]


def test_conditions_are_those_linked_to_the_statement() -> None:
    told = story("[1s Brek] [1c said] [1t he would go if asked]. [2s Lind] [2c said] [2t no].")
    told.mark("condition", "if asked", 1)
    assert conditions(told.attributions[0], told.clues) == (told.span("if asked"),)
    assert conditions(told.attributions[1], told.clues) == ()


def test_a_faint_link_is_none() -> None:
    told = story("[1s Brek] [1c said] [1t he would go if asked].").mark("condition", "if asked", 1)
    (clue,) = told.clues.aspects
    for share, kept in ((LINKED, 1), (LINKED - 0.01, 0)):
        faint = Clues(aspects=[type(clue)(clue.label, clue.span, ((clue.anchors[0][0], share),))])
        assert len(linked("condition", told.attributions[0], faint)) == kept


def test_stance_is_the_likeliest_or_none() -> None:
    told = story("[1s Brek] [1c denied] [1t it].")
    assert stance(told.attributions[0], told.clues) is None
    told.clues.stances[anchor(told.attributions[0])] = {"asserts": 0.3, "denies": 0.7}
    assert stance(told.attributions[0], told.clues) == "denies"


def days(told: Story) -> list[str | None]:
    found = dates(told.article, told.attributions, told.speakers(), told.clues)
    return [when.date if (when := found[item.n]) is not None else None for item in told.attributions]


FRIDAY = "2031-04-04"


def test_a_date_holds_on_for_the_speaker_in_the_paragraph_only() -> None:
    told = story(
        "[1s Anna Brek] [1c said] on Thursday [1t it rained]. [2s Brek] [2c added] [2t that it poured]. "
        "[3s Peter Lind] [3c said] [3t no].\n\n[4s Brek] [4c said] [4t it was wet].",
        published=FRIDAY,
    ).mark("when", "on Thursday", 1)
    assert days(told) == ["2031-04-03", "2031-04-03", None, None]


def test_a_date_of_its_own_comes_before_one_that_holds_on() -> None:
    told = story(
        "[1s Anna Brek] [1c said] on Thursday [1t no]. [2s Brek] [2c said] on Wednesday [2t yes].", published=FRIDAY
    )
    told.mark("when", "on Thursday", 1).mark("when", "on Wednesday", 2)
    assert days(told) == ["2031-04-03", "2031-04-02"]


def test_what_stands_inside_is_not_dated_by_what_was_said_outside() -> None:
    told = story(
        "[1s Anna Brek] [1c said] on Thursday [1t that [2s Brek] [2c had said] [2t no]].", published=FRIDAY
    ).mark("when", "on Thursday", 1)
    assert days(told) == ["2031-04-03", None]


@pytest.mark.parametrize(
    ("words", "published", "expected"),
    [
        ("on Thursday", FRIDAY, "2031-04-03"),
        ("on Thursday", None, None),
        ("on April 2, 2031", None, "2031-04-02"),
        ("on April 9, 2031", FRIDAY, None),
        ("recently", FRIDAY, None),
    ],
)
def test_evidence_stays_where_no_date_can_be_told(words: str, published: str | None, expected: str | None) -> None:
    told = story(f"[1s Anna Brek] [1c said] {words} [1t it rained].", published=published).mark("when", words, 1)
    found = dates(told.article, told.attributions, told.speakers(), told.clues)[1]
    assert found is not None
    assert found.evidence == told.span(words)
    assert found.date == expected


def test_of_two_expressions_the_likelier_dates_the_saying() -> None:
    told = story("[1s Anna Brek] [1c said] on Thursday, not Monday, [1t it rained].", published=FRIDAY)
    told.mark("when", "on Thursday", 1).mark("when", "Monday", 1)
    clue = told.clues.aspects.pop()
    told.clues.aspects.append(type(clue)(clue.label, clue.span, ((clue.anchors[0][0], 0.4),)))
    assert days(told) == ["2031-04-03"]


def test_then_means_the_day_that_was_spoken_of_last() -> None:
    told = story(
        "[1s Ada Brek] [1c said] on June 3 [1t it rained].\n\n[2s Lind] [2c said] at the time [2t it poured].\n\n"
        "[3s Brek] [3c said] the next day [3t it was wet].",
        published="2031-06-20",
    )
    told.mark("when", "June 3", 1).mark("when", "at the time", 2).mark("when", "the next day", 3)
    assert days(told) == ["2031-06-03", "2031-06-03", None]


def test_a_date_beside_the_cue_is_its_own_though_no_pointer_says_so() -> None:
    told = story(
        "[1s Brek] [1c sent] a letter on Thursday [1t about rain]. [2s Lind] [2c wrote] [2t it poured].",
        published="2031-06-20",
    )
    told.clues.aspects.append(Clue("when", told.span("Thursday"), ()))
    assert days(told) == ["2031-06-19", None]


def test_a_document_speaks_in_the_year_that_it_bears() -> None:
    told = story(
        "[1s A 2014 study] [1c found] [1t rain]. [2s Brek, 2014 winner,] [2c said] [2t it rained].", {1: "document"}
    )
    assert days(told) == ["2014", None]
