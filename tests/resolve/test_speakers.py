from __future__ import annotations

import time

import pytest

from reportedly.model import Clues
from reportedly.resolve import resolve
from reportedly.resolve.speakers import Speakers
from reportedly.schema import Article, Attribution, Block, Speaker
from tests.resolve.build import story


def test_a_short_form_is_carried_to_the_full_name() -> None:
    told = story("[1s Brek] [1c said] [1t it rained]. [2s Mayor Ada Brek] [2c said] [2t it was wet].")
    assert told.names() == ["Ada Brek", "Ada Brek"]
    assert told.speakers()[1].role == "Mayor"


def test_the_mention_shows_the_full_name() -> None:
    told = story("[1s Brek] [1c said] [1t it rained]. Ada Brek left.")
    assert told.speakers()[1].mention == told.span("Ada Brek")


def test_a_pronoun_goes_with_gender() -> None:
    told = story(
        "[1s Anna Brek] [1c said] [1t it rained]. [2s Peter Lind] [2c said] [2t it poured]. "
        "[3s She] [3c added] [3t that it was wet]. [4s He] [4c added] [4t that it was cold]."
    )
    assert told.names() == ["Anna Brek", "Peter Lind", "Anna Brek", "Peter Lind"]


def test_a_title_shows_a_gender_that_the_given_name_does_not() -> None:
    told = story(
        "Mrs. Xylo Brek met Mr. Quon Lind. [1s Brek] [1c said] [1t it rained]. [2s Lind] [2c said] [2t it poured]. "
        "[3s She] [3c added] [3t that it was wet]."
    )
    assert told.names()[2] == "Xylo Brek"


def test_a_pronoun_goes_with_number_and_kind() -> None:
    told = story(
        "[1s Anna Brek] [1c said] [1t it rained]. [2s The Orvik Commission] [2c said] [2t it poured]. "
        "[3s It] [3c added] [3t that it was wet]. [4s They] [4c added] [4t that it was cold].",
        {2: "organisation", 3: "organisation", 4: "organisation"},
    )
    told.point(4, "The Orvik Commission")
    assert told.names() == ["Anna Brek", "Orvik Commission", "Orvik Commission", "Orvik Commission"]


def test_the_pointer_outweighs_nearness() -> None:
    marked = (
        "[1s Anna Brek] [1c said] [1t it rained]. Maria Lind came late. [2s Maria Lind] [2c said] [2t it poured]. "
        "[3s She] [3c added] [3t that it was wet]."
    )
    assert story(marked).names()[2] == "Maria Lind"
    assert story(marked).point(3, "Anna Brek", 0.95).names()[2] == "Anna Brek"


def test_a_pronoun_that_leads_back_to_nobody_has_no_name() -> None:
    told = story("[1s He] [1c said] [1t it rained].")
    assert told.speakers()[1] == Speaker(None, "person", None)


def test_the_source_is_a_source_named_before() -> None:
    told = story(
        "[1s A military source] [1c said] [1t it rained]. [2s The source] [2c added] [2t that it poured].",
        {1: "unnamed", 2: "unnamed"},
    )
    assert told.names() == ["a military source", "a military source"]
    assert told.speakers()[2].anonymous


def test_one_official_and_another_are_two() -> None:
    told = story(
        "[1s An official] [1c said] [1t it rained]. [2s Another official] [2c said] [2t it poured]. "
        "[3s An official] [3c said] [3t it was wet].",
        {1: "unnamed", 2: "unnamed", 3: "unnamed"},
    )
    assert told.names() == ["an official", "another official", "an official"]
    first, _, third = told.speakers().values()
    assert first.mention != third.mention


def test_a_description_goes_back_to_one_of_its_noun_and_number() -> None:
    told = story(
        "[1s An adviser to the bank] [1c said] [1t it rained]. [2s Two traders] [2c said] [2t it poured]. "
        "[3s The adviser] [3c declined] [3t to say more]. [4s The traders] [4c declined] [4t as well].",
        dict.fromkeys((1, 2, 3, 4), "unnamed"),
    )
    told.point(3, "Two traders", 0.9)
    assert told.names() == ["an adviser to the bank", "two traders", "an adviser to the bank", "two traders"]


def test_an_office_goes_back_to_its_holder() -> None:
    told = story(
        "[1s Foreign Minister Ada Brek] [1c said] [1t it rained]. [2s Tomas Lind] [2c said] [2t it poured]. "
        "[3s The minister] [3c added] [3t that it was wet]."
    )
    assert told.names()[2] == "Ada Brek"


def test_a_headline_names_by_office_whom_the_text_names_later() -> None:
    told = story("[1s Minister]: [1t it will rain]\n\n[2s Foreign Minister Anna Brek] [2c said] [2t it would rain].")
    assert told.names() == ["Anna Brek", "Anna Brek"]


def test_a_body_goes_by_its_last_word() -> None:
    told = story(
        "A letter reached the Orvik Commission. [1s The commission] [1c said] [1t it rained].", {1: "organisation"}
    )
    assert told.names() == ["Orvik Commission"]


def test_a_description_means_the_one_body_that_shares_two_of_its_words() -> None:
    marked = (
        "[1s Bakers' union] [1c warns] [1t of rain]\n\n[2s A union representing bakers] [2c said] [2t it rained]. "
        "The Union of Bakers and Millers met. [3s The union] [3c added] [3t that it poured]."
    )
    told = story(marked, dict.fromkeys((1, 2, 3), "organisation"))
    assert told.names() == ["Union of Bakers"] * 3 or told.names() == ["Union of Bakers and Millers"] * 3


def test_a_description_that_two_bodies_share_means_neither() -> None:
    marked = (
        "[1s An Orvik bank commission] [1c said] [1t it rained]. The Orvik Bank Commission and the "
        "Orvik Bank Board met."
    )
    assert story(marked, {1: "organisation"}).names() == ["an Orvik bank commission"]


def test_a_noun_that_says_nothing_more_means_the_body_that_spoke_last() -> None:
    marked = (
        "[1s Orvik Rail] [1c said] [1t it rained]. [2s Ada Brek] [2c said] [2t it poured]. "
        "[3s The firm] [3c added] [3t that it was wet]. [4s The Dallin firm] [4c said] [4t no]."
    )
    told = story(marked, dict.fromkeys((1, 3, 4), "organisation"))
    assert told.names() == ["Orvik Rail", "Ada Brek", "Orvik Rail", "Dallin firm"]


def test_a_description_may_be_named_only_below() -> None:
    marked = (
        "[1s A widow from Dallin] [1c says] [1t it rained]. Ada Brek, 81, lives by the river. "
        "[2s A neighbour] [2c said] [2t it poured]."
    )
    told = story(marked, {1: "unnamed", 2: "unnamed"}).point(1, "Ada Brek", 0.8).point(2, "A widow", 0.8)
    assert told.names() == ["Ada Brek", "a neighbour"]


def test_a_plural_that_points_at_two_means_both() -> None:
    marked = "Anna Brek and, later, Peter Lind came. [1s The ministers] [1c left] [1t word]."
    told = story(marked, {1: "unnamed"}).point(1, "Anna Brek", 0.5).point(1, "Peter Lind", 0.4)
    assert told.names() == ["Anna Brek and Peter Lind"]


def test_a_headline_makes_no_longer_name() -> None:
    marked = "Anna Brek Says Rain Is Near\n\n[1s Anna Brek] [1c said] [1t it rained]. [2s Brek] [2c left] [2t word]."
    assert story(marked).names() == ["Anna Brek", "Anna Brek"]
    assert story(marked).point(2, "Anna Brek Says").names() == ["Anna Brek", "Anna Brek"]


def test_relative_pronouns_follow_people_and_bodies() -> None:
    told = story(
        "Anna Brek, a lawyer for the Orvik Bank [1s who] [1c said] [1t it rained], left.\n\n"
        "Anna Brek told the Orvik Bank, [2s which] [2c said] [2t it poured].",
        {2: "organisation"},
    )
    assert told.names() == ["Anna Brek", "Orvik Bank"]


def test_a_relative_pronoun_reaches_over_no_line_end() -> None:
    assert story("Anna Brek left.\n[1s Who] [1c said] [1t it rained]?").names() == [None]


def test_two_of_one_surname_go_by_nearness_and_pointer() -> None:
    marked = (
        "[1s Anna Brek] [1c said] [1t it rained]. [2s Peter Brek] [2c said] [2t it poured]. "
        "[3s Brek] [3c added] [3t that it was wet]."
    )
    assert story(marked).names()[2] == "Peter Brek"
    assert story(marked).point(3, "Anna Brek", 0.9).names()[2] == "Anna Brek"


@pytest.mark.parametrize("owner", ["his", "her"])
def test_a_lawyer_is_named_by_whose_he_is(owner: str) -> None:
    told = story(
        f"[1s Anna Brek] [1c said] [1t it rained]. [2s Peter Lind] [2c wept]. [3s {owner.title()} lawyer] [3c said] "
        "[3t it poured].".replace("[2c wept]", "[2c said] [2t no]"),
        {3: "unnamed"},
    )
    assert told.names()[2] == ("Peter Lind's lawyer" if owner == "his" else "Anna Brek's lawyer")


def test_his_own_words_are_his() -> None:
    told = story("[1s Peter Lind] [1c said] [1t no]. [2s His own memo] [2c said] [2t yes].", {2: "document"})
    assert told.names()[1] == "Peter Lind's memo"


def test_two_speak_as_one() -> None:
    told = story("[1s Anna Brek and Peter Lind] [1c said] [1t it rained]. [2s They] [2c added] [2t that it poured].")
    assert told.names() == ["Anna Brek and Peter Lind", "Anna Brek and Peter Lind"]


def test_a_floating_quotation_belongs_to_who_was_quoted_just_before() -> None:
    marked = '"[1t It rains]," [1s Anna Brek] [1c said].{}"[2t It pours.]"{}"[3t It is wet.]"'
    assert story(marked.format("\n\n", "\n\nNobody answered.\n\n")).names() == ["Anna Brek", "Anna Brek", None]


def test_nobody_stays_nobody() -> None:
    told = story("It [1c is believed] [1t that it rained].", {1: "unknown"})
    assert told.speakers()[1] == Speaker(None, "unknown", None, anonymous=True)


def test_a_cut_off_article_is_nobody_and_no_antecedent() -> None:
    told = story(
        "[1s Anna Brek] [1c said] [1t no]. [2s An] anonymous donor [2c gave] [2t money], [3s she] [3c said] [3t so]."
    )
    assert told.names() == ["Anna Brek", None, "Anna Brek"]


def test_a_reporter_in_the_byline_is_not_the_speaker_of_the_same_name() -> None:
    marked = "By Anna Brek\n\n[1s Brek] [1c said] [1t it rained]."
    assert story(marked).names() == ["Anna Brek"]
    assert story(marked, blocks=[Block("byline", (0, 12))]).names() == ["Brek"]


def test_types_add_up_over_statements() -> None:
    told = story(
        "[1s The Orvik Gazette] [1c said] [1t no]. [2s The Orvik Gazette] [2c said] [2t yes]. "
        "[3s The Orvik Gazette] [3c said] [3t maybe].",
        {1: "organisation", 2: "outlet", 3: "outlet"},
    )
    assert {speaker.type for speaker in told.speakers().values()} == {"outlet"}
    assert {speaker.name for speaker in told.speakers().values()} == {"Orvik Gazette"}


def test_roles_are_the_fullest_of_the_article() -> None:
    told = story(
        "Rep. Ada Brek (R-Orvik) met Mayor Tove Lind. [1s Brek] [1c said] [1t no]. "
        "[2s Lind, a beekeeper who moved here in May] [2c said] [2t yes]."
    )
    speakers = told.speakers()
    assert speakers[1].role == "Rep. (R-Orvik)"
    assert speakers[2].role == "beekeeper who moved here in May"
    assert speakers[2].role_evidence == told.span("beekeeper who moved here in May")


def test_nothing_said_has_no_speakers() -> None:
    assert Speakers(Article("story", ""), Clues()).resolve([]) == {}


def test_a_thousand_statements_of_sixty_speakers_take_less_than_two_seconds() -> None:
    surnames = [f"{head}{tail}" for head in ("Br", "L", "Mor", "Tal", "Hav", "Sel") for tail in _TAILS]
    lines, attributions, kinds = [], [], {}
    at = 0
    for n in range(1, 1001):
        surname = surnames[n % 60]
        who = f"Mayor Anna {surname}" if n <= 60 else "She" if n % 3 == 0 else surname
        line = f"{who} said that the harbour of Orvik would close on day {n}."
        said = at + len(who) + 1
        span = (said + 5, at + len(line) - 1)
        attributions.append(Attribution(n, (span,), source=((at, said - 1),), cue=((said, said + 4),)))
        kinds[said] = {"person": 1.0}
        lines.append(line)
        at += len(line) + 1
    article = Article("story", "\n".join(lines))
    started = time.perf_counter()
    found = resolve(article, attributions, Clues(kinds=kinds))  # type: ignore[arg-type]
    assert time.perf_counter() - started < 2
    assert len({item.speaker.name for item in found}) == 60


_TAILS = ("ek", "ind", "ol", "ug", "as", "erro", "ista", "onne", "yle", "adov")
