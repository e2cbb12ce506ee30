"""HTML to article, on an invented page."""

import pytest

from reportedly.errors import NotTextError, TooLargeError
from reportedly.ingest import from_html, page
from reportedly.schema import Reading, article_id, check_offsets

SENTENCES = [
    "The harbour council put off its vote on the night ferry on Thursday, its chairwoman said after the session.",
    "Marta Lunn told reporters outside the customs house that nobody had seen the figures of the line since March.",
    "The ferry loses two million crowns a year, according to a letter from the shipping line seen by Orvik Press.",
    "The line said in a statement that it would publish the figures when the council had paid for the last winter.",
]

PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<title>Ferry vote put off | The Orvik Post</title>
<meta property="og:title" content="Ferry vote put off"><meta property="og:site_name" content="The Orvik Post">
<link rel="canonical" href="https://post.example.org/news/ferry-vote">
<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle",
"headline":"Ferry vote put off","datePublished":"2031-04-02T10:00:00+00:00",
"author":{{"@type":"Person","name":"Ilse Quandt"}},
"publisher":{{"@type":"Organization","name":"The Orvik Post"}}}}</script>
<style>p {{ color: red }}</style></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<main><article><h1>Ferry vote put off</h1>
<p class="byline">By Ilse Quandt, Orvik Press</p>
<figure><img src="a.jpg"><figcaption>The night ferry at Marla on Friday.
<span class="credit">Photograph: Ann Oak/MNA</span>
</figcaption></figure>
<div class="story">
<p>ORVIK, April 2 (Orvik Press) - {SENTENCES[0]}</p>
<p>{SENTENCES[1]}</p>
<figure><img src="b.jpg"><figcaption>Lunn checks two old watches. (AP Photo) AP Photo</figcaption></figure>
<h2>What the line costs</h2>
<p>{SENTENCES[2]}</p>
<blockquote><p>We have waited for the money since November.</p></blockquote>
<p>{SENTENCES[3]}</p>
<ul><li>Two boats were sold in May, the line said.</li><li>One was scrapped in June, the line said.</li></ul>
<p>Sign up for our evening newsletter, The Lamp.</p>
</div></article></main>
<aside class="related"><figure><img src="c.jpg">
<figcaption>Ten ferries to see before they sink</figcaption></figure></aside>
<footer><p>All rights reserved. The Orvik Post.</p></footer>
<script>document.write("<p>The script said so.</p>")</script></body></html>"""


def blocks(article):
    return [(block.kind, article.text[slice(*block.span)]) for block in article.blocks]


@pytest.fixture(scope="module")
def article():
    return from_html(PAGE.encode(), "ferry.html")


def test_the_blocks_of_a_page(article):
    assert blocks(article) == [
        ("heading", "Ferry vote put off"),
        ("byline", "By Ilse Quandt, Orvik Press"),
        ("caption", "The night ferry at Marla on Friday."),
        ("credit", "Photograph: Ann Oak/MNA"),
        ("dateline", "ORVIK, April 2 (Orvik Press) -"),
        ("paragraph", SENTENCES[0]),
        ("paragraph", SENTENCES[1]),
        ("caption", "Lunn checks two old watches."),
        ("credit", "(AP Photo) AP Photo"),
        ("heading", "What the line costs"),
        ("paragraph", SENTENCES[2]),
        ("quote", "We have waited for the money since November."),
        ("paragraph", SENTENCES[3]),
        ("list", "Two boats were sold in May, the line said."),
        ("list", "One was scrapped in June, the line said."),
        ("furniture", "Sign up for our evening newsletter, The Lamp."),
    ]
    check_offsets(Reading(article))


def test_lines_are_parted_by_an_empty_line(article):
    assert article.text.split("\n\n")[4] == f"ORVIK, April 2 (Orvik Press) - {SENTENCES[0]}"
    assert "\n\n\n" not in article.text


def test_what_the_page_says_of_itself(article):
    assert article.title == "Ferry vote put off"
    assert article.byline == "Ilse Quandt"
    assert article.published == "2031-04-02"
    assert article.outlet == "The Orvik Post"
    assert article.url == "https://post.example.org/news/ferry-vote"
    assert article.path == "ferry.html"
    assert article.id == article_id(article.text, article.url)


def test_where_the_page_says_so(article):
    assert dict(article.found_in) == {
        "url": "meta",
        "outlet": "open graph",
        "title": "json-ld",
        "byline": "json-ld",
        "published": "json-ld",
    }
    bare = from_html(
        f"<h1>Ferry vote put off</h1><p>By Ilse Quandt, Orvik Press</p><p>{SENTENCES[0]}</p>", url="https://a.example/"
    )
    assert dict(bare.found_in) == {"title": "page", "byline": "page"}


def test_a_live_blog_keeps_its_time_stamps():
    posts = "".join(
        f"<div class='post'><header><time datetime='2031-04-02T1{n}:05:00Z'>1{n}:05 GMT</time></header><p>{s}</p></div>"
        for n, s in enumerate(SENTENCES)
    )
    live = blocks(from_html(f"<html><body><main><article><h1>Ferry: live</h1>{posts}</article></main></body></html>"))
    expected = [pair for n, s in enumerate(SENTENCES) for pair in (("heading", f"1{n}:05 GMT"), ("paragraph", s))]
    assert live[-len(expected) :] == expected


def test_a_time_within_a_sentence_stays_in_it():
    words = f"The ferry sailed at <time>10:05</time> on Thursday, the line said. {SENTENCES[0]}"
    assert "sailed at 10:05 on Thursday" in from_html(f"<article><p>{words}</p><p>{SENTENCES[1]}</p></article>").text


@pytest.mark.parametrize(
    "pull",
    [
        "<blockquote class='pullquote'><p>Nobody had seen the figures of the line since March</p></blockquote>",
        "<aside class='pull-quote'><p>“Nobody had seen the figures of the line since March”</p></aside>",
        "<div class='pullquote'><p>Nobody had seen the figures of the line since March</p></div>",
    ],
)
def test_a_pull_quote_is_not_counted_twice(pull):
    body = f"<p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p>{pull}<p>{SENTENCES[2]}</p><p>{SENTENCES[3]}</p>"
    article = from_html(f"<html><body><main><article>{body}</article></main></body></html>")
    assert [words for _, words in blocks(article)] == SENTENCES


def test_a_given_url_goes_before_the_page():
    assert from_html(PAGE, url="https://other.example.org/x").url == "https://other.example.org/x"


def test_captions_are_not_in_the_body_as_well():
    words = "The pier of Marla, where the night ferry lay on Friday."
    loose = PAGE.replace(
        "<h2>What",
        f'<div class="wp-caption"><p class="wp-caption-text">{words}</p></div><h2>What',
    )
    article = from_html(loose)
    assert article.text.count(words) == 1
    assert ("caption", words) in blocks(article)


def test_a_page_without_figures_or_metadata():
    article = from_html("<html><body>" + "".join(f"<p>{s}</p>" for s in SENTENCES) + "</body></html>")
    assert [text for _, text in blocks(article)] == SENTENCES
    assert (article.title, article.byline, article.published, article.url) == (None, None, None, None)


def test_a_fragment_is_a_page():
    assert from_html(b"<p>The mayor said it would rain.</p>").text == "The mayor said it would rain."


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "<!-- nothing -->",
        "<html><body></body></html>",
        "<html><body><nav><a href='/'>Home</a><a href='/x'>News</a></nav></body></html>",
        "<html><head><title>Log in</title></head><body><form><input><button>Go</button></form></body></html>",
        "<html><body><script>var x = '<p>The mayor said so on Monday.</p>'</script></body></html>",
        "<div>" * 20000,
        "<a" * 100000,
    ],
)
def test_a_page_without_an_article(markup):
    with pytest.raises(NotTextError, match="no article text found; check that the page holds one") as caught:
        from_html(markup, "some.html")
    assert caught.value.path == "some.html"


def test_characters_that_no_article_may_hold():
    body = "".join(f"<p>{s}</p>" for s in SENTENCES)
    text = from_html(
        f"<html><body>{body}<p>Lone \ud800 and &#xD800; &#0; &#1; &#150; were said to be here.</p></body></html>"
    ).text
    text.encode("utf-8")
    assert "\0" not in text
    assert "–" in text  # 150 is a dash in Windows-1252


def test_entities_of_a_document_are_not_expanded():
    bomb = '<!DOCTYPE html [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    article = from_html(
        f"<?xml version='1.0'?>{bomb}<html><body><p>{SENTENCES[0]}</p><p>It said &b; and &c; to all.</p></body></html>"
    )
    assert "lollol" not in article.text
    assert "root:" not in article.text


def test_a_page_of_too_many_elements(monkeypatch):
    monkeypatch.setattr(page, "MAX_ELEMENTS", 10)
    with pytest.raises(TooLargeError, match="elements"):
        from_html(PAGE)
