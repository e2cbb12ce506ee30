"""Which articles copy which: the kinds of copy, their direction, and what is no copy."""

import random
from dataclasses import replace

import pytest

from reportedly.compare.copies import find_copies
from tests.compare.copies_stories import BODY, ELSEWHERE, LOCAL, PLAIN, RETOLD, WIRE, article, wire

FACTS = """The eastern lock was built in 1911 by the firm of Anker and Moe, and its gates weigh 48 tonnes each.

It was last emptied in 1994, when the sill was found to be cracked from end to end and was cast anew.

Some 400 barges pass it in a good month, most of them with grain, slate or sugar beet from the upper canal.
"""


def edges(articles):
    names = {one.id: one.outlet for one in articles}
    return {(names.get(copy.source, copy.source), names[copy.target]): copy for copy in find_copies(articles)}


def test_agency_copy_word_for_word_credited_or_not():
    found = edges([article(PLAIN, "Holm Star"), wire(), article(BODY, "Vessa Echo", byline="Tarn Wire")])
    assert found.keys() == {("Tarn Wire", "Holm Star"), ("Tarn Wire", "Vessa Echo")}
    assert {copy.kind for copy in found.values()} == {"verbatim"}
    assert found["Tarn Wire", "Vessa Echo"].credited
    assert not found["Tarn Wire", "Holm Star"].credited
    assert found["Tarn Wire", "Vessa Echo"].share == 1


def test_a_story_with_its_own_reporting_is_an_edited_copy():
    (copy,) = edges([wire(), article(LOCAL, "Holm Gazette")]).values()
    assert (copy.kind, copy.credited) == ("edited", True)
    assert 0.25 < copy.share < 0.6


def test_passages_point_at_the_same_words():
    source, target = wire(), article(LOCAL, "Holm Gazette")
    (copy,) = find_copies([source, target])
    for (start, end), (low, high) in copy.passages:
        assert source.text[start:end].split() == target.text[low:high].split()
    assert sum(high - low for _, (low, high) in copy.passages) > 200


def test_what_is_told_again_is_a_rewritten_copy():
    found = edges([wire(), article(RETOLD, "Ustrup Mail"), article(ELSEWHERE, "Brona Post")])
    copy = found["Tarn Wire", "Ustrup Mail"]
    assert len(found) == 1
    assert (copy.kind, copy.credited) == ("rewritten", True)
    assert copy.passages


def test_an_agency_is_told_again_in_silence_if_its_wording_stays():
    silent = RETOLD.replace(", Tarn Wire reported", "").replace(
        "The mill at", "Skippers were told to moor at the timber quay and to wait for word from the board. The mill at"
    )
    (copy,) = edges([wire(), article(silent, "Ustrup Mail"), article(ELSEWHERE, "Brona Post")]).values()
    assert (copy.kind, copy.credited) == ("rewritten", False)


@pytest.mark.parametrize("text", [RETOLD.replace("Tarn Wire reported", "Holm Radio reported"), ELSEWHERE])
def test_another_medium_that_is_named_is_no_source(text):
    other = article(FACTS, "Holm Radio", "2031-03-02")
    assert ("Holm Radio", "Ustrup Mail") not in edges([wire(), other, article(text, "Ustrup Mail")])


@pytest.mark.parametrize(
    ("outlet", "words", "found"),
    [
        ("Vessa Canal Gazette", "as the Gazette was the first to find out", True),
        ("Vessa Canal Gazette", "the Canal Gazette has learned", True),
        ("Vessa Canal Gazette", "as the Gazette Street baker was the first to find out", False),
        ("Harbour Radio 98.4", "its gatekeeper told Harbour Radio", True),
        ("The Vessan", "I read in The Vessan", True),
        ("The Vessan", "as every Vessan skipper knows", False),
    ],
)
def test_a_source_is_named_in_many_ways(outlet, words, found):
    told = f"The gates of the eastern lock weigh 48 tonnes each, {words}, and were made by Anker and Moe.\n"
    edge = (outlet, "Brona Post")
    assert (
        edge in edges([article(FACTS, outlet, "2031-03-03"), article(f"{told}\n{ELSEWHERE}", "Brona Post")])
    ) is found


def test_what_was_told_to_the_outlet_itself_is_from_nobody_else():
    told = "\n\n".join(
        f"{words}, {who} told the Ustrup Mail."
        for words, who in (
            ("Two barges were turned away when a lock keeper heard a grinding noise from the gate", "a skipper"),
            ("The mill takes nine barges a week and has flour left for eleven days", "its manager Pell Aune"),
            ("A diving firm from Vessa will look at the hinges of the eastern lock", "Oda Brekk"),
        )
    )
    retold = told.replace("told the Ustrup Mail", "said")
    assert list(edges([wire(), article(retold, "Ustrup Mail")])) == [("Tarn Wire", "Ustrup Mail")]
    assert edges([wire(), article(told, "Ustrup Mail")]) == {}


def test_a_shared_quotation_alone_makes_no_copy():
    said = (
        "\"We have asked three times for a second lock, and three times we were told that the money was in next year's "
        'budget, and next year never came to Holm, not once in all that time," the mayor, Eir Nord, told reporters.'
    )
    one = article(f"{FACTS}\n{said}\n", "Holm Star", "2031-03-03")
    other = article(f"{ELSEWHERE}\n{said.replace('the mayor, ', '')}\n", "Brona Post")
    assert edges([one, other]) == {}


def test_who_was_quoted_by_nobody_is_taken_from_the_one_page_that_quotes_it():
    said = '"We shall not wait for a second lock while the mill at Ustrup runs out of flour,"'
    one = article(f"{FACTS}\n{said} said the mayor of Holm, Eir Nord.\n", "Holm Star", "2031-03-03")
    other = article(f"{ELSEWHERE}\n{said} Eir Nord of Holm was quoted as saying.\n", "Brona Post")
    (copy,) = edges([one, other]).values()
    assert (copy.kind, copy.credited) == ("rewritten", False)


def test_captions_credits_and_furniture_make_no_copy():
    same = "\n\n".join(
        [
            "By Nils Orre",
            "The eastern lock of Holm, with the old keeper's house and the two barges that were turned away at dawn.\n"
            "Photo: Nils Orre/Tarn Wire",
            "Sign up for our evening newsletter, which tells you all that was said and done in the harbour towns today",
            "(Reporting by Nils Orre, Tor Fjell and Sunniva Dahl in Holm; Editing by Ada Quill and Jorun Vik in Vessa)",
        ]
    )
    one, other = article(f"{FACTS}\n{same}", "Holm Star"), article(f"{ELSEWHERE}\n{same}", "Brona Post", "2031-03-05")
    assert edges([one, other]) == {}


def test_boilerplate_that_many_articles_have_makes_no_copy():
    about = (
        "The Canal League speaks for the skippers, millers and lock keepers of nine towns on the upper and lower canal "
        "and has campaigned for cheaper tolls since it was founded in a smoking room."
    )
    chance = random.Random(3)  # noqa: S311

    def filler():
        return " ".join("".join(chance.choices("aeioumnrst", k=7)) for _ in range(220)).capitalize() + "."

    articles = [article(f"{filler()}\n\n{about}", f"Paper {n}", f"2031-03-0{n}") for n in range(1, 7)]
    assert edges(articles) == {}


@pytest.mark.parametrize("days", [("2031-03-03", "2031-03-03"), (None, None), ("2031-03-04", "2031-03-03")])
def test_agencies_are_first_whatever_the_day(days):
    found = edges([article(PLAIN, "Holm Star", days[1]), replace(wire(), published=days[0])])
    assert list(found) == [("Tarn Wire", "Holm Star")]


def test_the_older_is_the_source_where_nobody_is_an_agency():
    found = edges([article(PLAIN, "Holm Star", "2031-03-05"), article(PLAIN, "Vessa Echo", "2031-03-04")])
    assert list(found) == [("Vessa Echo", "Holm Star")]


def test_the_source_is_the_nearest():
    changed = PLAIN.replace(
        "Two barges were turned away at dawn after", "Two slate barges had to turn back when"
    ).replace(
        "Skippers on the upper canal were told to moor at the timber quay",
        "Crews on the canal were sent to the timber quay",
    )
    first = article(changed, "Holm Star", "2031-03-04")
    assert list(edges([wire(), first, article(changed, "Vessa Echo", "2031-03-05")])) == [
        ("Tarn Wire", "Holm Star"),
        ("Holm Star", "Vessa Echo"),
    ]
    # What has nothing of the changes comes from the agency, not from the first that printed it.
    assert list(edges([wire(), first, article(PLAIN, "Vessa Echo", "2031-03-05")])) == [
        ("Tarn Wire", "Holm Star"),
        ("Tarn Wire", "Vessa Echo"),
    ]


def test_a_page_of_two_sources_has_both():
    mixed = article(f"{PLAIN}\n\n{FACTS}", "Vessa Echo", "2031-03-05")
    assert edges([wire(), article(FACTS, "Lock Almanac", "2031-03-02"), mixed]).keys() == {
        ("Tarn Wire", "Vessa Echo"),
        ("Lock Almanac", "Vessa Echo"),
    }


def test_an_agency_that_is_not_there_is_named():
    signed = article(WIRE.replace("Tarn Wire", "Norrin Press").rpartition("(Rep")[0], "Vessa Echo")
    silent = article(PLAIN.replace("Brekk said that", "She added that"), "Holm Star", "2031-03-05")
    found = edges([signed, silent, article(LOCAL.replace("Tarn Wire", "Norrin Press"), "Holm Gazette", "2031-03-05")])
    assert {edge: (copy.kind, copy.credited) for edge, copy in found.items()} == {
        ("Norrin Press", "Vessa Echo"): ("verbatim", True),
        ("Norrin Press", "Holm Star"): ("verbatim", False),
        ("Norrin Press", "Holm Gazette"): ("edited", True),
    }


def test_an_outlet_that_signs_its_own_dateline_is_an_agency():
    # "TWN" is an agency by no list and no form of name.
    own = article(WIRE.replace("Tarn Wire", "TWN"), "TWN", "2031-03-04")
    copied = article(PLAIN, "Holm Star", "2031-03-04")
    assert list(edges([copied, own])) == [("TWN", "Holm Star")]
    assert list(edges([own, article(PLAIN, "Holm Star", "2031-03-06", byline="TWN")])) == [("TWN", "Holm Star")]


def test_articles_without_words():
    empty = [article(" \n", "Holm Star"), article("(c)", "Vessa Echo"), article("x " * 5000, "Holm Radio")]
    assert edges(empty) == {}
