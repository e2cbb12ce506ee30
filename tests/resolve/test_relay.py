from __future__ import annotations

import pytest

from reportedly.resolve.relay import carriers
from reportedly.schema import Carrier
from tests.resolve.build import Story, story


def chains(told: Story) -> list[list[tuple[str, str, str]]]:
    """The chain of each attribution: name, type, and the words that show it."""
    found = carriers(told.article, told.attributions, told.speakers(), told.clues)
    return [[_shown(told, carrier) for carrier in found[item.n]] for item in told.attributions]


def _shown(told: Story, carrier: Carrier) -> tuple[str, str, str]:
    return carrier.name, carrier.type, told.article.text[slice(*carrier.evidence)]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[1s Anna Brek] [1c told] Reuters [1t it rained].", ("Reuters", "agency", "told Reuters")),
        (
            "[1s Anna Brek] [1c told] the Halm Gazette [1t that it rained].",
            ("Halm Gazette", "outlet", "told the Halm Gazette"),
        ),
        ("Reuters quoted [1s Anna Brek] [1c as saying] [1t it rained].", ("Reuters", "agency", "Reuters quoted")),
        (
            "[1s Anna Brek] [1c said] in an interview with the Halm Gazette [1t that it rained].",
            ("Halm Gazette", "outlet", "interview with the Halm Gazette"),
        ),
        ("[1s Anna Brek] [1c said] in a statement [1t that it rained].", ("statement", "document", "in a statement")),
        ("In his letter, [1s Peter Lind] [1c said] [1t no].", ("letter", "document", "In his letter")),
        ("[1s Anna Brek] [1c said] on Twitter [1t that it rained].", ("Twitter", "platform", "on Twitter")),
    ],
)
def test_set_forms_name_a_carrier(marked: str, expected: tuple[str, str, str]) -> None:
    assert chains(story(marked)) == [[expected]]


@pytest.mark.parametrize(
    "marked",
    [
        "[1s Anna Brek] [1c told] reporters [1t it rained].",
        "[1s Anna Brek] [1c said] [1t she would tell Reuters].",
        "[1s Reuters] [1c reported] [1t that it rained].",
        "[1s Anna Brek] [1c said] in her view [1t it rained].",
        "[1s Anna Brek] [1c said] [1t it rained]. Reuters has an office in Orvik.",
        "[1s Anna Brek] [1c said] [1t it rained in a statement of facts].",
    ],
)
def test_what_is_no_carrier(marked: str) -> None:
    assert chains(story(marked)) == [[]]


def test_the_own_outlet_is_first_hand() -> None:
    marked = "[1s Anna Brek] [1c told] the Halm Gazette [1t that it rained]."
    assert chains(story(marked, outlet="The Halm Gazette")) == [[]]
    assert chains(story(marked, outlet="halm gazette")) == [[]]
    assert len(chains(story(marked, outlet="Orvik Post"))[0]) == 1


def test_what_the_model_marks() -> None:
    told = story("[1s Anna Brek] [1c wrote] through her cousin Tove [1t that it rained].")
    told.mark("carrier-person", "her cousin Tove", 1)
    assert chains(told) == [[("cousin Tove", "person", "wrote through her cousin Tove")]]


def test_the_lexicon_knows_the_type_better_than_the_model() -> None:
    told = story("[1s Anna Brek] [1c told] Reuters [1t it rained].").mark("carrier-person", "Reuters", 1)
    assert chains(told) == [[("Reuters", "agency", "told Reuters")]]


def test_nobody_carries_their_own_words() -> None:
    told = story("[1s Reuters] [1c reported] [1t that it rained].", {1: "outlet"}).mark("carrier-agency", "Reuters", 1)
    assert chains(told) == [[]]


def test_a_carrier_holds_on_for_the_speaker_in_the_paragraph_only() -> None:
    told = story(
        "[1s Anna Brek] [1c told] Reuters [1t it rained]. [2s Brek] [2c added] [2t that it poured]. "
        "[3s Peter Lind] [3c said] [3t no].\n\n[4s Brek] [4c said] [4t it was wet]."
    )
    agency = ("Reuters", "agency", "told Reuters")
    assert chains(told) == [[agency], [agency], [], []]


def test_a_carrier_of_another_paragraph_is_carried() -> None:
    told = story("[1s Anna Brek] spoke to Reuters.\n\n[1c It] [1t rained].").mark("carrier-agency", "Reuters", 1)
    (carrier,) = carriers(told.article, told.attributions, told.speakers(), told.clues)[1]
    assert carrier.carried
    told = story("[1s Anna Brek] [1c told] Reuters [1t it rained].")
    (carrier,) = carriers(told.article, told.attributions, told.speakers(), told.clues)[1]
    assert not carrier.carried


def test_a_carrier_belongs_to_the_cue_that_names_it() -> None:
    told = story("[1s Anna Brek] [1c told] Reuters [1t it rained] and [2s Peter Lind] [2c said] [2t it poured].")
    assert [len(chain) for chain in chains(told)] == [1, 0]


def test_nobody_holds_nothing_on() -> None:
    told = story("It [1c was said] in a statement [1t no]. It [2c was held] [2t so].", {1: "unknown", 2: "unknown"})
    assert [len(chain) for chain in chains(told)] == [1, 0]


def test_what_stands_inside_came_through_the_outer_speaker() -> None:
    told = story("[1s Anna Brek] [1c said] [1t [2s Peter Lind] [2c feared] [2t the rain]].")
    assert chains(told) == [[], [("Anna Brek", "person", "Anna Brek")]]


def test_a_chain_of_two_goes_on_by_the_outer_ones_way() -> None:
    told = story("[1s Anna Brek] [1c told] Reuters [1t that [2s Peter Lind] [2c feared] [2t the rain]].")
    agency = ("Reuters", "agency", "told Reuters")
    assert chains(told) == [[agency], [("Anna Brek", "person", "Anna Brek"), agency]]


def test_a_chain_of_three() -> None:
    told = story(
        "[1s Anna Brek] [1c told] Reuters [1t that [2s Peter Lind] [2c said] [2t "
        "[3s Maria Halm] [3c feared] [3t the rain]]]."
    )
    assert [name for name, _, _ in chains(told)[2]] == ["Peter Lind", "Anna Brek", "Reuters"]


def test_who_quotes_himself_or_is_a_body_carries_nothing() -> None:
    told = story("[1s Peter Lind] [1c said] [1t [2s he] [2c feared] [2t the rain]].")
    assert chains(told) == [[], []]
    told = story("[1s The Orvik Commission] [1c said] [1t [2s Peter Lind] [2c feared] [2t rain]].", {1: "organisation"})
    assert chains(told) == [[], []]


def test_a_document_carries_what_it_quotes() -> None:
    told = story("[1s The report] [1c says] [1t [2s Peter Lind] [2c feared] [2t the rain]].", {1: "document"})
    assert chains(told)[1] == [("the report", "document", "The report")]


def test_whom_a_picture_comes_from_carried_no_words() -> None:
    told = story(
        "Ada Brek in a photograph released by the agency Orvik Press. [1s Brek] [1c told] Radio Dallin [1t it rained]."
    )
    told.mark("carrier-agency", "Orvik Press", 1).mark("carrier-outlet", "Radio Dallin", 1)
    assert chains(told) == [[("Radio Dallin", "outlet", "told Radio Dallin")]]
