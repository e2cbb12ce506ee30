"""What must hold on real readings, from text to sourcing: robust facts only, on invented news."""

from __future__ import annotations

import dataclasses

import pytest

from reportedly import Reader
from reportedly.ingest import from_text
from reportedly.schema import Attribution, Reading

PORT = """Orvik port to close, minister says

ORVIK, 3 April - The port of Orvik will close in June, Transport Minister Anna Brek told Reuters on Thursday.

"We have no choice," Brek said. She added that 400 workers would be paid until the end of the year.

A senior official at the ministry, who asked not to be named, said the harbour had lost money for ten years.

The dockers' union denied that. "The port earns more than the ministry admits," its chairman, Peter Lind, said in a \
statement.
"""


@pytest.fixture(scope="module")
def reading() -> Reading:
    article = dataclasses.replace(from_text(PORT), outlet="Halm Gazette", published="2031-04-04")
    return Reader(threads=1).read(article)


def said(reading: Reading, words: str) -> Attribution:
    """The outermost statement in whose content the words stand."""
    at = reading.article.text.index(words)
    return next(item for item in reading.attributions if any(start <= at < end for start, end in item.content))


def test_one_speaker_under_every_form_of_the_name(reading: Reading) -> None:
    names = {said(reading, words).speaker.name for words in ("will close", "We have no choice", "400 workers")}
    assert names == {"Anna Brek"}


def test_the_minister_is_a_person_with_a_role(reading: Reading) -> None:
    speaker = said(reading, "We have no choice").speaker
    assert speaker.type == "person"
    assert speaker.role == "Transport Minister"
    assert not speaker.anonymous


def test_an_unnamed_official_is_anonymous(reading: Reading) -> None:
    speaker = said(reading, "the harbour had lost").speaker
    assert speaker.name == "a senior official at the ministry"
    assert speaker.type == "unnamed"
    assert speaker.anonymous


def test_agency_and_statement_carry(reading: Reading) -> None:
    assert [(c.name, c.type) for c in said(reading, "will close").via] == [("Reuters", "agency")]
    assert [(c.name, c.type) for c in said(reading, "The port earns").via] == [("statement", "document")]


def test_the_day_of_the_saying(reading: Reading) -> None:
    when = said(reading, "will close").when
    assert when is not None
    assert when.date == "2031-04-03"


def test_every_span_can_be_pointed_at(reading: Reading) -> None:
    assert Reading.from_json(reading.to_json()) == reading
    for item in reading.attributions:
        if item.speaker.role is not None:
            assert item.speaker.role_evidence is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\u201c",
        "He said.",
        "\u738b\u5c0f\u660e\u8bf4\uff1a\u201c\u4e0b\u96e8\u4e86\u3002\u201d",
        "\U0001f600 said \u201cno\u201d\r\n" * 3,
    ],
)
def test_odd_texts_are_read(text: str) -> None:
    reading = Reader(threads=1).read(from_text(text)) if text.strip() else None
    assert reading is None or Reading.from_json(reading.to_json()) == reading
