"""Which statements are one claim, how many origins stand behind it, and what changed on the way."""

import pytest

from reportedly.compare.claims import Judgement
from reportedly.compare.comparer import Comparer, compare
from reportedly.schema import Claim, Comparison, Speaker
from tests.compare.claim_stories import (
    BOARD,
    ODA,
    OFFICIALS,
    PRINTED,
    REPORT,
    SHORTENED,
    SOURCE,
    WIRE,
    said,
    told,
)


def words(comparison: Comparison, claim: Claim) -> set[str]:
    """The wordings of a claim."""
    texts = {article.id: article.text for article in comparison.articles}
    return {texts[one.place.article][start:end] for one in claim.appearances for start, end in one.place.content}


def claim_with(comparison: Comparison, wording: str) -> Claim:
    """The claim that has a wording."""
    return next(claim for claim in comparison.claims if any(wording in one for one in words(comparison, claim)))


def kinds(comparison: Comparison) -> set[tuple[str, str, str]]:
    """The changes, as outlet, outlet and kind."""
    outlets = {article.id: article.outlet or "" for article in comparison.articles}
    return {(outlets[c.source.article], outlets[c.target.article], c.kind) for c in comparison.changes}


def test_one_sentence_in_three_outlets_is_one_claim_of_one_origin() -> None:
    found = compare([WIRE, PRINTED, SHORTENED])
    claim = claim_with(found, "would be closed for six weeks")
    assert len({one.place.article for one in claim.appearances}) == 3
    assert (claim.independent.min, claim.independent.max) == (1, 1)
    assert len(claim.origins) == 1
    assert claim.origins[0].kind == "person"
    assert "Oda Brekk" in claim.why
    assert "one independent origin" in claim.why


def test_every_statement_stands_in_one_claim_alone() -> None:
    found = compare([WIRE, PRINTED, SHORTENED])
    places = [(one.place.article, one.place.content) for claim in found.claims for one in claim.appearances]
    assert len(places) == len(set(places))
    assert claim_with(found, "tonnes of grain") is not claim_with(found, "six weeks")


def test_an_if_that_disappears_and_a_number_that_changes() -> None:
    found = kinds(compare([WIRE, PRINTED, SHORTENED]))
    assert ("Tarn Wire", "Vessa Echo", "condition lost") in found
    assert {kind for source, target, kind in found if target == "Vessa Echo"} == {"condition lost", "number changed"}
    assert not {change for change in found if change[1] == "Holm Star"}


def lock(outlet: str, text: str, speaker: Speaker, day: str = "2031-03-04", **fields: object):
    """A report of one statement, whose words are those of its first clause."""
    return told(outlet, day, text, said(text.split(",")[0], speaker, **fields))


def test_two_unnamed_sources_may_be_one() -> None:
    found = compare(
        [
            lock("Holm Star", "Two inspections of the lock were skipped, a harbour official told the Star.", SOURCE),
            lock("Vessa Echo", "Two inspections of the lock were skipped, a harbour official told the Echo.", SOURCE),
        ]
    )  # fmt: skip
    claim = claim_with(found, "inspections")
    assert len(claim.appearances) == 2
    assert (claim.independent.min, claim.independent.max) == (1, 2)
    assert any(not reason.sure for reason in claim.reasons)
    assert "one to two independent origins" in claim.why
    assert claim.would_change


def test_officials_who_are_one_official_of_another_outlet() -> None:
    first = lock(
        "Holm Star",
        "Two inspections of the lock were skipped, a harbour official told the Star.",
        SOURCE,
        "2031-03-03",
    )
    second = told(
        "Vessa Echo",
        "2031-03-04",
        "Two inspections of the eastern lock were skipped, harbour officials said. The Holm Star was first.",
        said("Two inspections of the eastern lock were skipped", OFFICIALS),
    )  # fmt: skip
    found = compare([first, second])
    claim = claim_with(found, "inspections")
    assert (claim.independent.min, claim.independent.max) == (1, 1)
    assert ("Holm Star", "Vessa Echo", "anonymous promoted") in kinds(found)
    assert len(claim.origins) == 1


def test_a_document_and_a_person_are_two_and_a_denial_is_none() -> None:
    found = compare(
        [
            lock("Holm Star", "Cracks were found in the hinges of the eastern lock, a diving report says.", REPORT),
            lock("Vessa Echo", "Cracks were found in the hinges of the eastern lock last week, Oda Brekk said.", ODA),
            lock("Brona Post", "No cracks were found in the hinges of the eastern lock, the board said.", BOARD),
        ]
    )
    claim = claim_with(found, "Cracks were found")
    assert len(claim.appearances) == 3
    assert (claim.independent.min, claim.independent.max) == (2, 2)
    assert [one.stance for one in claim.appearances].count("denies") == 1
    assert "of the opposite stance, not counted" in claim.why


def test_another_thing_in_nearly_the_same_words_is_another_claim() -> None:
    found = compare(
        [
            lock("Holm Star", "The eastern lock of Holm lost its gate in a storm, Oda Brekk said.", ODA),
            lock("Vessa Echo", "Nobody in Brona remembers a colder spring than that of 1911, the archive said.", BOARD),
        ]
    )  # fmt: skip
    assert all(len(claim.appearances) == 1 for claim in found.claims)


def test_people_have_the_last_word() -> None:
    comparer = Comparer()
    comparer.add([WIRE, PRINTED])
    first, second = (reading.attributions[0].content[0][0] for reading in (WIRE, PRINTED))
    places = (WIRE.article.id, first), (PRINTED.article.id, second)
    parted = comparer.comparison([Judgement(*places, same=False)])
    homes = {
        one.place.article: claim.id for claim in parted.claims for one in claim.appearances if "six weeks" in claim.text
    }
    assert homes[WIRE.article.id] != homes[PRINTED.article.id]
    again = comparer.comparison()
    assert len(claim_with(again, "six weeks").appearances) == 2


def test_what_people_call_the_same_is_joined() -> None:
    one = lock("Holm Star", "The eastern lock of Holm lost its gate in a storm, Oda Brekk said.", ODA)
    other = lock("Vessa Echo", "Nobody in Brona remembers a colder spring than that of 1911, the archive said.", BOARD)
    found = compare([one, other], [Judgement((one.article.id, 5), (other.article.id, 5), same=True)])
    assert len(claim_with(found, "colder spring").appearances) == 2


def test_one_after_another_is_as_all_at_once() -> None:
    comparer = Comparer()
    for reading in (WIRE, PRINTED, SHORTENED, WIRE):
        comparer.add([reading])
    assert len(comparer) == 3
    assert comparer.comparison() == compare([WIRE, PRINTED, SHORTENED])


def test_around_an_article_stand_its_neighbours() -> None:
    far = lock("Brona Post", "Limes will be planted along the ring road of Brona, the head gardener said.", BOARD)
    comparer = Comparer()
    comparer.add([WIRE, PRINTED, far])
    near = comparer.comparison(around=[PRINTED.article.id])
    assert {article.outlet for article in near.articles} == {"Tarn Wire", "Holm Star"}
    assert len(claim_with(near, "six weeks").appearances) == 2


def test_about_keeps_the_claims_with_these_words() -> None:
    comparer = Comparer()
    comparer.add([WIRE, PRINTED])
    assert {claim.text for claim in comparer.comparison(about="grain tonnes").claims} == {
        "Some 2,400 tonnes of grain lie at the mill of Ustrup"
    }
    assert comparer.comparison(about="zeppelin").claims == ()


@pytest.mark.parametrize(
    "readings", [[], [told("Holm Star", "2031-03-04", "")], [told("Holm Star", "2031-03-04", "x " * 9000)]]
)
def test_nothing_to_compare(readings) -> None:
    assert compare(readings).claims == ()


def test_another_figure_contradicts_unless_the_same_voice_gave_it() -> None:
    words = "Some {} dockers of Holm have joined the strike at the eastern lock, {} said."
    union = Speaker("Jorun Vik", "person", "president of the dockers' union")
    found = compare(
        [
            lock("Holm Star", words.format("190", "Jorun Vik"), union),
            lock("Vessa Echo", words.format("190", "Vik"), Speaker("Vik", "person")),
            lock("Brona Post", words.format("910", "Jorun Vik"), union),
            lock("Ustrup News", words.format("110", "Oda Brekk"), ODA),
        ]
    )
    claim = claim_with(found, "dockers")
    outlets = {article.id: article.outlet for article in found.articles}
    assert {outlets[one.place.article]: one.stance for one in claim.appearances} == {
        "Holm Star": "asserts",
        "Vessa Echo": "asserts",
        "Brona Post": "asserts",
        "Ustrup News": "denies",
    }
    assert (claim.independent.min, claim.independent.max) == (1, 1)
