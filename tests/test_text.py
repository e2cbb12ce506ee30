"""Words, paragraphs, sentences and quotations, and where they stand."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.schema import Span
from reportedly.text import context, paragraphs, quoted, sentences, tokens, trim

# Marks and ends of lines and sentences, among anything else.
TEXTS = st.lists(
    st.sampled_from(["“", "”", "„", "«", "»", '"', "``", "''", "\n", "\r\n", "\u2028", "\x0b", ". ", "? ", "Mr. ", "A"])
    | st.text(max_size=4),
    max_size=20,
).map("".join)


def words(text: str, spans: list[Span]) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_a_token_is_a_word_or_one_mark() -> None:
    text = "Don't pay €3.50—ever, שלום e\u0301!"
    found = ["Don", "'", "t", "pay", "€", "3", ".", "50", "—", "ever", ",", "שלום", "e", "\u0301", "!"]
    assert words(text, tokens(text)) == found
    assert tokens(" \n\t") == []


def test_a_paragraph_is_a_line_that_holds_something() -> None:
    text = "One.\r\n\r\n  Two.  \rThree.\u2028Four.\u2029 \nFive\x0cand six.\n"
    assert words(text, paragraphs(text)) == ["One.", "Two.", "Three.", "Four.", "Five\x0cand six."]
    assert paragraphs("\n \n") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He left. She stayed! Why? Nobody knows…", ["He left.", "She stayed!", "Why?", "Nobody knows…"]),
        ("Mr. Brandt and Dr. A. B. Lund met Gov. Renholm.", ["Mr. Brandt and Dr. A. B. Lund met Gov. Renholm."]),
        ("It cost 3.50 in Oct. 2031. Then it rose.", ["It cost 3.50 in Oct. 2031.", "Then it rose."]),
        ("“Go.” “Stay.” He went.", ["“Go.”", "“Stay.”", "He went."]),
        ("She said (quietly.) And left.", ["She said (quietly.)", "And left."]),
        ("The U.N. Council met. 9 members came.", ["The U.N. Council met.", "9 members came."]),
        ("no stop here", ["no stop here"]),
        ("it was 5 p.m. when he came. then more", ["it was 5 p.m. when he came. then more"]),
        ("", []),
        ("  \n ", []),
    ],
)
def test_sentences(text: str, found: list[str]) -> None:
    assert words(text, sentences(text)) == found


def test_sentences_within_one_paragraph() -> None:
    text = "Before. One here. Two here. After."
    assert words(text, sentences(text, (8, 27))) == ["One here.", "Two here."]


def test_trim() -> None:
    assert trim("  a b\u00a0 ", (0, 7)) == (2, 5)
    assert trim("ab", (0, 2)) == (0, 2)
    start, end = trim("   ", (1, 3))
    assert start == end


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He said “no” and “never”.", ["“no”", "“never”"]),
        ('He said "no" and "never".', ['"no"', '"never"']),
        ("He said ``no'' at once.", ["``no''"]),
        ("Il dit «non» et partit.", ["«non»"]),
        ("Er sagte „nein” dazu.", ["„nein”"]),
        ('A mixed “pair" is a pair.', ['“pair"']),
        ("A closing” mark alone, and '' alone.", []),
        ("He said “that he ‘would not’ go”.", ["“that he ‘would not’ go”"]),
        ("“Outer “inner” rest", ["“Outer “inner”"]),
        ("It's the dockers' own.", []),
        ('""', ['""']),
        ("“", []),
        ("", []),
    ],
)
def test_quotations(text: str, found: list[str]) -> None:
    assert words(text, quoted(text)) == found


def test_a_quotation_that_is_not_closed_ends_with_its_paragraph() -> None:
    text = "He said: “It runs on.\n\n“And on,” he said. Nobody heard."
    assert words(text, quoted(text)) == ["“It runs on.\n", "“And on,”"]


def test_a_quotation_of_several_paragraphs_is_a_span_in_each() -> None:
    text = '"First.\r\n"Second.\r\n"Third," she said.'
    assert [part.strip() for part in words(text, quoted(text))] == ['"First.', '"Second.', '"Third,"']


def in_order(spans: list[Span], low: int, high: int) -> bool:
    """Whether no span is empty, none overlaps the next, and all lie between the bounds."""
    edges = [low, *(edge for span in spans for edge in span), high]
    return all(a <= b for a, b in pairwise(edges)) and all(start < end for start, end in spans)


@settings(deadline=None)
@given(TEXTS)
def test_spans_are_in_order_and_within_the_text(text: str) -> None:
    for find in (tokens, paragraphs, sentences, quoted):
        assert in_order(find(text), 0, len(text)), find.__name__


@settings(deadline=None)
@given(TEXTS)
def test_nothing_but_space_is_left_out(text: str) -> None:
    for find in (tokens, paragraphs, sentences):
        kept = "".join(words(text, find(text)))
        assert "".join(kept.split()) == "".join(text.split()), find.__name__


@settings(deadline=None)
@given(TEXTS, st.data())
def test_sentences_and_trim_stay_within_their_span(text: str, data: st.DataObject) -> None:
    low = data.draw(st.integers(0, len(text)))
    high = data.draw(st.integers(low, len(text)))
    assert in_order(sentences(text, (low, high)), low, high)
    start, end = trim(text, (low, high))
    assert low <= start <= end <= high
    assert text[start:end] == text[low:high].strip()


CONTEXT = "Old talk.\nThe harbour master said on Monday that ships would leave.\u2028New talk."


@pytest.mark.parametrize(
    ("words", "reach", "around"),
    [
        ("said", 100, ("The harbour master ", " on Monday that ships would leave.")),
        ("said", 10, ("…master ", " on Monday…")),
        ("said", 9, ("…master ", " on…")),
        ("said", 7, ("…master ", " on…")),
        ("said", 6, ("…", " on…")),
        ("said", 3, ("…", " on…")),
        ("said", 0, ("…", "…")),
        ("The", 5, ("", "…")),
        ("leave.", 6, ("…would ", "")),
        ("New talk.", 40, ("", "")),
        ("arb", 3, ("…h", "our…")),
        ("arb", 2, ("…h", "…")),
    ],
)
def test_the_context_of_words_is_whole_words_of_their_paragraph(
    words: str, reach: int, around: tuple[str, str]
) -> None:
    start = CONTEXT.index(words)
    assert context(CONTEXT, (start, start + len(words)), reach) == around
