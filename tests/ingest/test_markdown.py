"""Markdown: structure becomes blocks, marks do not stay in the text."""

import pytest

from reportedly.errors import NotTextError
from reportedly.ingest.markdown import from_markdown

BODY = "The mayor of Kestrin said on Monday that the ferry would sail again after the storm."


def blocks(text):
    article = from_markdown(text)
    return [(block.kind, article.text[slice(*block.span)]) for block in article.blocks]


def test_a_report():
    text = f"""# Ferry *sails* again

By Ann Oak

![The pier](pier.jpg "The pier at dusk. Photo: Bo Elm/Orvik Press")

KESTRIN, April 3 (Orvik Press) — The mayor of **Kestrin** said that the [ferry](https://x.example) would
sail `again` after the storm.

## What she said

> “We have no choice,” she said.
> “Nobody asked.”

- first, the pier
- then, the ferry

1. one

{BODY}
"""
    assert blocks(text) == [
        ("heading", "Ferry sails again"),
        ("byline", "By Ann Oak"),
        ("caption", "The pier at dusk."),
        ("credit", "Photo: Bo Elm/Orvik Press"),
        ("dateline", "KESTRIN, April 3 (Orvik Press) —"),
        ("paragraph", "The mayor of Kestrin said that the ferry would sail again after the storm."),
        ("heading", "What she said"),
        ("quote", "“We have no choice,” she said. “Nobody asked.”"),
        ("list", "first, the pier"),
        ("list", "then, the ferry"),
        ("list", "one"),
        ("paragraph", BODY),
    ]
    article = from_markdown(text)
    assert (article.title, article.byline, article.credit.name) == ("Ferry sails again", "Ann Oak", "Orvik Press")


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("![The pier](a.jpg)", "The pier"),
        ("![](a.jpg)\n\n*The pier at dusk.*", "The pier at dusk."),
        ("![alt](a.jpg)\n*The pier at dusk.*", "The pier at dusk."),
        ("![alt](a.jpg)\n\n*The pier at dusk.*", "The pier at dusk."),
        ("[![The pier](a.jpg)](https://x.example)", "The pier"),
        ("<figure><img src='a.jpg'><figcaption>The pier at dusk.</figcaption></figure>", "The pier at dusk."),
    ],
)
def test_captions(text, caption):
    assert blocks(f"{text}\n\n{BODY}") == [("caption", caption), ("paragraph", BODY)]
    assert blocks(f"{BODY}\n\n{text}") == [("paragraph", BODY), ("caption", caption)]


def test_data_on_top():
    top = '---\ntitle: "Ferry sails"\nauthor: Ann Oak\ndate: 2031-04-02\ndraft: true\n---\n'
    article = from_markdown(top + BODY)
    assert (article.title, article.byline, article.published) == ("Ferry sails", "Ann Oak", "2031-04-02")
    assert article.text == f"Ferry sails\n\n{BODY}"
    assert from_markdown(f"{top}# Ferry sails\n\n{BODY}").text == f"Ferry sails\n\n{BODY}"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (f"{BODY}\n\n    indented by accident", ["paragraph", "paragraph"]),
        (f"{BODY}\n\n```\ncode\n```", ["paragraph", "paragraph"]),
        (f"{BODY}\n\n<div>markup of its own</div>", ["paragraph", "paragraph"]),
        (f"{BODY}\n\n<!-- a note -->", ["paragraph"]),
        (f"{BODY}\n\n<script>alert(1)</script>", ["paragraph"]),
        (f"{BODY}\n\n| a | b |\n|---|---|\n| c | d |", ["paragraph", "list", "list"]),
        (f"{BODY}\n\n* * *", ["paragraph"]),
    ],
)
def test_other_blocks(text, kinds):
    assert [kind for kind, _ in blocks(text)] == kinds


def test_words_stay_as_they_are():
    assert from_markdown(f"{BODY} 5 * 3 < 20 & snake_case_words\\*.").text.endswith("5 * 3 < 20 & snake_case_words*.")


@pytest.mark.parametrize("text", ["", "---\n---\n", "![](a.jpg)", "<!-- -->"])
def test_nothing_to_read(text):
    with pytest.raises(NotTextError):
        from_markdown(text)


@pytest.mark.parametrize(
    "text", ["*a " * 20_000, "[" * 20_000, "> " * 5_000 + "x", "`" * 20_001 + "x", "- " * 5_000 + "x"]
)
def test_hostile_marks_take_bounded_time(text):
    assert from_markdown(f"{BODY}\n\n{text}").text
