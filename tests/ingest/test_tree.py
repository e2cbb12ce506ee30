"""Trees that are safe to walk, and pages that are made to hurt."""

import time

import pytest

from reportedly.ingest import from_html, from_text
from reportedly.ingest.tree import MAX_DEPTH, flatten, parse

SENTENCE = "The mayor of town {} said on Monday that bridge number {} would stay closed until the spring."
PARAGRAPHS = "".join(f"<p>{SENTENCE.format(n, 7 * n)}</p>" for n in range(10))


def depth(tree):
    deepest, stack = 0, [(tree, 1)]
    while stack:
        element, level = stack.pop()
        deepest = max(deepest, level)
        stack.extend((child, level + 1) for child in element)
    return deepest


@pytest.mark.parametrize(
    "tags", [["div"], ["b"], ["blockquote"], ["ul", "li"], ["table", "tr", "td"], ["figure"], ["a"]]
)
@pytest.mark.parametrize("closed", [True, False])
def test_twenty_thousand_nested_tags(tags, closed):
    opened = "".join(f"<{tag}>" for tag in tags) * 20_000
    ends = "".join(f"</{tag}>" for tag in reversed(tags)) * 20_000 if closed else ""
    article = from_html(f"<html><body>{opened}{PARAGRAPHS}{ends}</body></html>")
    assert len([block for block in article.blocks if block.kind != "heading"]) == 10
    assert SENTENCE.format(9, 63) in article.text


def test_depth_is_bounded_and_text_is_kept():
    tree = parse("<html><body>" + "<div>" * 5000 + "The end." + "</div>" * 5000)
    assert tree is not None
    assert depth(tree) <= MAX_DEPTH + 5
    assert "The end." in tree.text_content()


def test_flattening_keeps_shallow_markup():
    markup = "<div class='a'><p>One<br>two</p><img></div>"
    assert flatten(markup) == markup


def test_scripts_go_and_metadata_stays():
    tree = parse(
        "<html><body><script>x</script><style>y</style><script type='application/ld+json'>{}</script></body></html>"
    )
    assert tree is not None
    assert [element.get("type") for element in tree.iter("script")] == ["application/ld+json"]
    assert tree.find(".//style") is None


@pytest.mark.parametrize("markup", ["", "   ", "<!-- x -->"])
def test_no_elements(markup):
    tree = parse(markup)
    assert tree is None or not tree.text_content().strip()


@pytest.mark.parametrize("opening", ["[", '{"a":', '{"@graph":[', '{"author":['])
def test_deep_metadata(opening):
    script = f'<script type="application/ld+json">{opening * 50_000}</script>'
    assert from_html(f"<html><head>{script}</head><body>{PARAGRAPHS}</body></html>").text


@pytest.mark.parametrize(
    "markup",
    [
        "".join(f"<p>{SENTENCE.format(n, 7 * n)}</p>" for n in range(5000)),
        "<p>" + " ".join(SENTENCE.format(n, n) for n in range(2200)) + "</p>",
        "<p>" + "a" * 1_000_000 + " said so on Monday.</p>",
        "<" * 500_000 + "p>The mayor said it would rain.</p>",
        PARAGRAPHS + "<figure><figcaption>A caption. (AP Photo/X)</figcaption></figure>" * 5000,
        "<p>" + "x<br>" * 20_000 + "The mayor said so on Monday.</p>",
    ],
    ids=["paragraphs", "200 kB paragraph", "one word", "angles", "figures", "breaks"],
)
def test_large_pages_are_read_in_bounded_time(markup):
    start = time.process_time()
    assert from_html(f"<html><body><article>{markup}</article></body></html>").text
    assert time.process_time() - start < 10  # a second or so; room for a slow machine


@pytest.mark.parametrize(
    "text",
    [
        "word " * 1_000_000,
        "\n" * 1_000_000 + "x",
        "A. " * 70_000,
        "\n".join(["AAA " * 70] * 500),
        "\n".join(["photo: " * 40] * 500),
        "\n".join(["follow " * 40] * 500),
        "(" * 200_000,
        ("x" * 90 + "\n") * 5000,
    ],
    ids=["one line", "newlines", "initials", "capitals", "labels", "wildcards", "brackets", "lines"],
)
def test_large_texts_are_read_in_bounded_time(text):
    start = time.process_time()
    assert from_text(text).text == text
    assert time.process_time() - start < 10
