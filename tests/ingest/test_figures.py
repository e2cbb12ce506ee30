"""Captions and credits on the raw page, and which of them belong to the article."""

import pytest

from reportedly.ingest.figures import find_figures
from reportedly.ingest.placing import Places
from reportedly.ingest.tree import parse


def figures(markup):
    tree = parse(f"<html><body>{markup}</body></html>")
    return [(figure.caption, figure.credit) for figure in find_figures(tree, set())]


@pytest.mark.parametrize(
    ("markup", "caption", "credit"),
    [
        ("<figure><figcaption>The pier.</figcaption></figure>", "The pier.", ""),
        (
            "<figure><figcaption>The pier.<span class='credit'>Ann Oak</span></figcaption></figure>",
            "The pier.",
            "Ann Oak",
        ),
        (
            "<figure><figcaption><p class='img-credit'>Ann Oak</p><p>The pier.</p></figcaption></figure>",
            "The pier.",
            "Ann Oak",
        ),
        (
            "<figure><figcaption>The pier. (Ann Oak / Orvik Press)</figcaption></figure>",
            "The pier.",
            "(Ann Oak / Orvik Press)",
        ),
        ("<figure><figcaption>Photo: Ann Oak</figcaption></figure>", "", "Photo: Ann Oak"),
        ("<figure><img><p>The pier.</p></figure>", "The pier.", ""),
        ("<div class='wp-caption'><img><p class='wp-caption-text'>The pier.</p></div>", "The pier.", ""),
        (
            "<figure><span><figcaption>The pier.</figcaption><cite>Ann Oak</cite></span></figure>",
            "The pier.",
            "Ann Oak",
        ),
        (
            "<div><div class='image-caption'>The pier.</div><div class='image-credit'>Ann Oak, MNA</div></div>",
            "The pier.",
            "Ann Oak, MNA",
        ),
        (
            "<figure><span class='off-screen'>Image copyright</span><span class='story-image-copyright'>MNA</span>"
            "<figcaption><span class='off-screen'>Image caption</span> The pier.</figcaption></figure>",
            "The pier.",
            "MNA",
        ),
        ("<figure><figcaption><b>2 of 4</b> The pier.</figcaption></figure>", "The pier.", ""),
        (
            "<div class='caption'><p class='caption-full'>The pier at Marla. less</p>"
            "<p class='caption-truncated'>The pier ... more</p><span class='credit'>Photo: Ann Oak</span></div>",
            "The pier at Marla.",
            "Photo: Ann Oak",
        ),
        ("<div><img><div class='credits'>© Ann Oak</div></div>", "", "© Ann Oak"),
        (
            "<div class='wp-caption'><h1>Ferries</h1><img><div class='caption-text-block'>The pier.</div></div>",
            "The pier.",
            "",
        ),
        ("<div class='cutline'>The pier.</div>", "The pier.", ""),
        ("<p><a><img></a></p><p> </p><p><em>The pier at Marla</em></p><p>It rained.</p>", "The pier at Marla", ""),
        ("<div><div><img></div><br><span class='small grey'>The pier</span></div>", "The pier", ""),
        (
            "<td><img><div>The pier in June. (credit: MNA/Ann Oak)</div></td>",
            "The pier in June.",
            "(credit: MNA/Ann Oak)",
        ),
        (
            "<div><img><div class='media__footer'>The pier. © Reuters / Ann Oak</div></div>",
            "The pier.",
            "© Reuters / Ann Oak",
        ),
        (
            "<figure><figcaption>The <i>Orvik</i>, a ferry (<a>Ann Oak/MNA</a>)</figcaption></figure>",
            "The Orvik, a ferry",
            "(Ann Oak/MNA)",
        ),
        ("<div class='image-photographer'>The pier. (MNA/Ann Oak)</div>", "The pier.", "(MNA/Ann Oak)"),
        ("<div class='Figure-caption'>The pier. The pier.</div>", "The pier.", ""),
    ],
)
def test_captions_and_credits(markup, caption, credit):
    assert figures(markup) == [(caption, credit)]


@pytest.mark.parametrize(
    "markup",
    [
        "<figure><img></figure>",
        "<aside><figure><figcaption>Ten ferries</figcaption></figure></aside>",
        "<div class='related-stories'><figure><figcaption>Ten ferries</figcaption></figure></div>",
        "<figure><figcaption><h3>Ten ferries</h3></figcaption></figure>",
        "<figure class='breaking-news'>Live: watch the ferries</figure>",
        "<figure><figcaption>Seen enough sea? Subscribe to our sister magazine!</figcaption></figure>",
        "<div class='player__placeholder__caption'>This cannot be played here</div>",
        "<div class='image-credit'>The ferry was sold in May, and nobody said why.</div>",
        "<div class='ad-adCaption'>Advertisement</div>",
        "<div><img><p>It rained in Marla, and nobody said why.</p></div>",
        "<p>It rained. <img></p><p><em>The mayor said so.</em></p>",
        "<p><img></p><p><em>“We shall not pay for the pier.”</em></p>",
        "<p><img></p><p><em><a>Ten ferries to see in June</a></em></p>",
        f"<p><img></p><p><em>{'It rained in Marla. ' * 10}</em></p>",
        "<figure><blockquote>We shall not pay.</blockquote></figure>",
        "<figure><table><tr><td>1</td></tr></table></figure>",
        "<header class='content-header__caption-style--default'>The pier.</header>",
    ],
)
def test_what_is_no_caption(markup):
    assert figures(markup) == []


def test_a_caption_is_found_once():
    once = "<figure><figcaption>The pier.</figcaption></figure>"
    assert figures(once + once) == [("The pier.", "")]


def test_figures_go_between_the_lines_they_stand_between():
    lines = ["The mayor said so on Monday.", "Nobody asked why it was so.", "It rained."]
    first, second, third = (f"<p>{line}</p>" for line in lines)
    figure = "<figure><figcaption>{}</figcaption></figure>"
    tree = parse(
        f"<html><body>{figure.format('Logo')}<h1>Rain</h1>{figure.format('Lead')}<article>{first}{figure.format('Mid')}"
        f"{second}{third}{figure.format('End')}</article>{figure.format('Teaser')}</body></html>"
    )
    places = Places(tree, lines)
    found = find_figures(tree, places.around)
    placed = places.insertions([one.element for one in found])
    assert list(zip([one.caption for one in found], placed, strict=True)) == [
        ("Logo", None),
        ("Lead", 0),
        ("Mid", 1),
        ("End", 3),
        ("Teaser", None),
    ]


@pytest.mark.parametrize(("between", "placed"), [("", 0), ("<br>" * 50, None)])
def test_a_figure_close_above_the_title_is_the_articles(between, placed):
    figure = "<figure><figcaption>The pier.</figcaption></figure>"
    line = "The mayor said so on Monday."
    tree = parse(f"<body><div>{figure}{between}<h1>Rain</h1><article><p>{line}</p></article></div></body>")
    places = Places(tree, [line])
    assert places.insertions([one.element for one in find_figures(tree, places.around)]) == [placed]
