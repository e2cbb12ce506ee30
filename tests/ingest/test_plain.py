"""Blocks of plain text, on invented reports."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.ingest import from_text
from reportedly.schema import Reading, article_id, check_offsets
from reportedly.text import paragraphs

SEED = Path(__file__).parents[3] / "shared" / "gold" / "seed"

REPORT = """Harbour council puts off ferry vote

By Ilse Quandt and Tom Varro, Orvik Press

ORVIK, April 3 (Orvik Press) - The harbour council put off its vote on the night ferry on Thursday, its chairwoman said.

"We have not seen the figures," Marta Lunn told reporters outside the customs house.

What the line costs

The ferry loses two million crowns a year, according to a letter seen by Orvik Press.

(Reporting by Ilse Quandt; Editing by Paul Ree)

© Orvik Press 2031. All rights reserved.
"""


def kinds(text: str) -> list[tuple[str, str]]:
    article = from_text(text)
    return [(block.kind, article.text[slice(*block.span)]) for block in article.blocks]


def kind_of(line: str, before: str = "The dam held through the night, the mayor said on Monday.\n\n") -> str:
    """The kind of a line that stands between two paragraphs."""
    after = "\n\nNobody in the town had been told of the cracks, the mayor said on Tuesday, and she asked for a report."
    return {text: kind for kind, text in kinds(before + line + after)}[line]


def test_a_report_from_head_to_foot():
    assert [kind for kind, _ in kinds(REPORT)] == [
        "heading",
        "byline",
        "dateline",
        "paragraph",
        "paragraph",
        "heading",
        "paragraph",
        "byline",
        "furniture",
    ]
    article = from_text(REPORT, "orvik.txt")
    assert article.text == REPORT
    assert article.title == "Harbour council puts off ferry vote"
    assert article.byline == "Ilse Quandt and Tom Varro, Orvik Press"
    assert article.path == "orvik.txt"
    assert article.id == article_id(REPORT)


def test_the_text_stays_as_it_is():
    text = "\ufeffMarla votes\r\n\r\n  The town voted on Sunday, the clerk said.\t\r\rNobody\u2028slept.\x0c\n"
    article = from_text(text)
    assert article.text == text
    assert "  " not in [article.text[slice(*block.span)] for block in article.blocks]


def test_lone_surrogates_are_replaced_one_for_one():
    article = from_text("The \ud800mayor said so on Monday.")
    assert article.text == "The \ufffdmayor said so on Monday."
    article.text.encode("utf-8")


@pytest.mark.skipif(not SEED.is_dir(), reason="the seed article is not beside this checkout")
def test_the_seed_article():
    for gold in SEED.glob("*.json"):
        text = gold.with_suffix(".txt").read_bytes().decode("utf-8")
        expected = [(block["kind"], tuple(block["span"])) for block in json.loads(gold.read_text("utf-8"))["blocks"]]
        assert [(block.kind, block.span) for block in from_text(text).blocks] == expected


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
@settings(max_examples=150, deadline=None)
def test_any_text_is_covered_in_order(text):
    check_blocks(text)


PIECES = st.sampled_from(
    [
        "\n", "\n\n", "\r\n", " ", "By Ann Oak", "KESTRIN (AP) — ", "ORVIK, April 3 - ", "The mayor said so on Monday.",
        "Photo: Ann Oak/Orvik Press", "(Getty Images)", "Share this", "- one", "1. two", "> three", "# Four", "###",
        "“Never,” she said.", "|", "(", "Reuters/", "in this handout photo", "5 p.m.", "FILE PHOTO: ",
        "\u2028", "\x85", "İ",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join))
@settings(max_examples=150, deadline=None)
def test_any_mix_of_pieces_is_covered_in_order(text):
    check_blocks(text)


def check_blocks(text: str) -> None:
    """Blocks are in order, apart, within bounds, trimmed, and hold every character that is not white space."""
    article = from_text(text)
    assert article.text == text
    check_offsets(Reading(article))
    position, covered = 0, 0
    for block in article.blocks:
        assert block.span[0] >= position
        position = block.span[1]
        held = text[slice(*block.span)]
        assert held == held.strip()
        covered += sum(not character.isspace() for character in held)
    assert covered == sum(not character.isspace() for character in text)
    assert len(article.blocks) >= len(paragraphs(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Marla floods: three dead\n\nThe river rose by a metre, the mayor said.", "heading"),
        ("Chief regrets \"two hundred days of silence\"\n\nThe bank's chief left on Friday, it said.", "heading"),
        ("Crown or republic? The chiefs will not say\n\nThe chiefs met on Friday, an aide said.", "heading"),
        ("River Rises Over Sleeping Town of Marla.\n\nThe river rose by a metre, the mayor said.", "heading"),
        ("Council meets again.\n\nMARLA (MNA) - The council met again on Friday, its clerk told reporters.", "heading"),
        ("The council met again.\n\nThe clerk said so on Friday.", "paragraph"),
        ("The mayor said it would rain", "paragraph"),
        ("The mayor said on Tuesday that the\nCouncil had not met since the spring and would not.", "paragraph"),
        ("# Marla floods\n\nThe river rose by a metre, the mayor said.", "heading"),
        ("the mayor said so\n\nThe river rose by a metre, the mayor said.", "paragraph"),
        ("EXCLUSIVE\n\nBy Ann Oak\n\nThe river rose by a metre, the mayor said.", "heading"),
    ],
)  # fmt: skip
def test_the_first_line(text, expected):
    assert kinds(text)[0][0] == expected


def test_wrapped_lines_are_not_headings():
    lines = [
        "The harbour council of Marla, which has not met since the spring of",
        "Last year, put off its vote on the night ferry for the third time in",
        "March, and the chairwoman said that nobody could say when the figures",
        "Would be ready.",
    ]
    assert {kind for kind, _ in kinds("\n".join(lines))} == {"paragraph"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("What the line costs", "heading"),
        ("7:45 p.m.", "heading"),
        ("LETTERS.", "heading"),
        ("• Two ferries were sold in May, the line said", "list"),
        ("> We shall not pay, the line wrote on Friday.", "quote"),
        ("* * *", "furniture"),
        ("The woman’s enthusiasm is recorded in detail:", "paragraph"),
        ("“It’s gutless,” Lunn said.", "paragraph"),
        ("Only Lunn stayed home.", "paragraph"),
        ("- he did not say when", "paragraph"),
        ("By Friday the water had reached the church, and the priest rang the bell.", "paragraph"),
    ],
)
def test_a_line_between_paragraphs(line, expected):
    assert kind_of(line) == expected


def test_dashes_and_numbers_are_lists_only_together():
    assert [kind for kind, _ in kinds("The demands of the crew:\n\n- higher pay\n- new boats")][1:] == ["list", "list"]
    assert [kind for kind, _ in kinds("The demands of the crew:\n\n1. higher pay\n2. new boats")][1:] == [
        "list",
        "list",
    ]


def test_a_caption_on_the_line_above_its_credit():
    text = "The night ferry at Marla on Friday.\nPhoto: Ann Oak/Orvik Press\n\nThe ferry sailed on, its captain said."
    assert [kind for kind, _ in kinds(text)] == ["caption", "credit", "paragraph"]
    apart = text.replace("Friday.\n", "Friday.\n\n")
    assert [kind for kind, _ in kinds(apart)] == ["paragraph", "credit", "paragraph"]


def test_the_date_of_the_head_is_the_day_of_publication():
    body = "\n\nThe river rose by a metre, the mayor said."
    assert from_text("Marla floods\n\nPublished 2 April 2031, 11:42" + body).published == "2031-04-02"
    assert from_text("Marla floods\n\nUpdated April 3, 2031" + body).published is None
    assert from_text("Marla floods\n\nFebruary 31, 2031" + body).published is None
    assert from_text("Marla floods" + body + "\n\nApril 3, 2031").published is None


def test_signatures_at_the_foot():
    body = "The river rose by a metre, the mayor said.\n\nIt fell again."
    assert kinds(body + "\n\nOrvik Press")[-1][0] == "byline"
    assert kinds(body + "\n\nMarla Evening / Orvik Press")[-1][0] == "credit"
    assert kinds(body + "\n\nAdditional reporting by Ann Oak in Marla.")[-1][0] == "byline"
