"""Furniture, sign-offs and stamps: classes of phrases, and the sentences that they must leave alone."""

import pytest

from reportedly.ingest.phrases import FURNITURE_LIMIT, is_furniture, is_signoff, is_stamp, pattern


@pytest.mark.parametrize(
    "line",
    [
        "Contact the writer at desk@orvik.example, or tell us below.",
        "Sign up for our evening newsletter, The Lamp",
        "Follow Ann Oak on Twitter",
        "READ MORE: Five things to know about the ferry",
        "[Related: The ferry that never sailed]",
        "Advertisement",
        "ADVERTISEMENT.",
        "© Orvik Press. All rights reserved.",
        "Share this",
        "Share on Facebook",
        "What do you think?",
        "► Watch: the ferry from above (1:12)",
        "Don’t miss: ten ferries",
        "Not a subscriber yet? Four weeks for the price of one.",
        "___",
    ],
)
def test_furniture(line):
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Share this burden with us, the minister told the islands on Friday.",
        "The advertisement showed officers greeting her, the city said.",
        "Clinics want to sign up five million people.",
        "If the council were to follow through on its threats, the line would close.",
        "“Sign up for our newsletter,” he said.",
        "All rights are reserved to the crown, the judge said.",
        "Comments by the minister upset the islands.",
        "More than forty people were hurt.",
        "Watch what they do, she said, not what they say.",
        "Search teams found the boat on Friday.",
        "Follow-up checks found nothing.",
    ],
)
def test_sentences_are_not_furniture(line):
    assert not is_furniture(line)


def test_a_call_glued_to_a_paragraph_does_not_swallow_it():
    said = (
        "The harbour council put off its vote on the night ferry on Thursday, its chairwoman said after a long session."
    )
    assert not is_furniture(f"{said} Sign up for our newsletter.")
    assert is_furniture("More about the vote tonight. Sign up for our newsletter.")


def test_a_long_line_is_not_furniture():
    assert not is_furniture("Sign up for " + "x" * FURNITURE_LIMIT)


@pytest.mark.parametrize(
    "line",
    ["Published April 3, 2031 at 11:42 GMT", "Updated 11:42", "3 April 2031", "2031-04-03 | 09:10", "3 hours ago"],
)
def test_stamps(line):
    assert is_stamp(line)


def test_a_sentence_with_a_date_is_no_stamp():
    assert not is_stamp("Updated figures are due on April 3, the bank said.")


def test_signoffs():
    assert is_signoff("(Reporting by Ann Oak in Marla; Editing by Tom Varro)")
    assert not is_signoff("Reporting from Marla is forbidden, the council said.")


def test_a_phrase_is_read_as_written_in_the_lexicon():
    assert pattern("don't * on") == r"don['’]t\s+[^\s,;:!?]{1,40}(?:\s+[^\s,;:!?]{1,40}){0,7}?\s+on"
