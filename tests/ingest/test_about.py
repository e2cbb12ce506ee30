"""What a page says of itself, and where on it that was found."""

import json

import pytest

from reportedly.ingest.about import About, Told, find_about, linked_data, meta_elements
from reportedly.ingest.publisher import find_publisher
from reportedly.ingest.tree import parse


def about(head="", body="", data=None, url=None) -> About:
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>' if data else ""
    tree = parse(f"<html><head>{script}{head}</head><body>{body}<p>The ferry sailed.</p></body></html>")
    return find_about(tree, linked_data(tree), meta_elements(tree), url)


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Ferry vote",
    "author": {"@type": "Person", "name": "Ilse Quandt"},
    "datePublished": "2031-04-02T10:00:00+02:00",
}
GRAPH = (
    '<meta property="og:title" content="Vote put off"><meta property="article:author" content="Ann Oak">'
    '<meta property="article:published_time" content="2031-04-03T10:00:00Z">'
)
META = (
    '<meta name="title" content="A vote"><meta name="author" content="Bo Lind">'
    '<meta name="pubdate" content="2031-04-04">'
)


@pytest.mark.parametrize(
    ("given", "found_in", "title", "author", "day"),
    [
        ({"data": ARTICLE, "head": GRAPH + META}, "json-ld", "Ferry vote", "Ilse Quandt", "2031-04-02"),
        ({"data": {"@graph": [ARTICLE]}}, "json-ld", "Ferry vote", "Ilse Quandt", "2031-04-02"),
        ({"head": META + GRAPH}, "open graph", "Vote put off", "Ann Oak", "2031-04-03"),
        ({"head": META}, "meta", "A vote", "Bo Lind", "2031-04-04"),
    ],
)
def test_json_ld_goes_before_open_graph_before_meta(given, found_in, title, author, day):
    found = about(**given)
    assert found.title == Told(title, found_in)
    assert found.author == Told(author, found_in)
    assert found.published == Told(day, found_in)


def test_a_title_that_the_page_shows_goes_before_one_for_search_engines():
    assert about(GRAPH, "<h1>Vote put off</h1>", ARTICLE).title == Told("Vote put off", "open graph")


def test_entities_in_json_ld_are_characters():
    title = about(data={**ARTICLE, "headline": "Ferry &amp;#8220;vote&amp;#8221; <b>off</b>"}).title
    assert title == Told("Ferry “vote” off", "json-ld")


def test_an_author_may_be_given_elsewhere_in_the_data():
    people = [{"@type": "Person", "@id": "#1", "name": "Ilse Quandt"}, {**ARTICLE, "author": [{"@id": "#1"}]}]
    assert about(data={"@graph": people}).author == Told("Ilse Quandt", "json-ld")


@pytest.mark.parametrize("name", ["admin", "https://social.example/ann", "ann@post.example"])
def test_accounts_and_addresses_are_no_authors(name):
    assert about(f'<meta name="author" content="{name}">').author is None


@pytest.mark.parametrize(
    ("stamp", "url", "day"),
    [
        ("2031-04-03T01:00:00Z", "https://post.example/2031/04/02/ferry", "2031-04-02"),
        ("2031-04-03T01:00:00Z", "https://post.example/2031/03/02/ferry", "2031-04-03"),
        ("2031-04-03T01:00:00Z", "https://post.example/2031/99/99/ferry", "2031-04-03"),
    ],
)
def test_the_day_in_the_address_is_the_local_one(stamp, url, day):
    assert about(data={**ARTICLE, "datePublished": stamp}, url=url).published.value == day


@pytest.mark.parametrize("zero", ["0001-01-01T00:00:00", "1970-01-01T00:00:00Z", "soon", 7, None])
def test_the_zero_of_a_clock_is_no_day(zero):
    assert about(GRAPH, data={**ARTICLE, "datePublished": zero}).published == Told("2031-04-03", "open graph")


@pytest.mark.parametrize("data", ["{", "[" * 100_000, '{"@type": 5}', '{"@type": "Article", "author": [[[]]]}', "7"])
def test_data_of_any_shape(data):
    tree = parse(f'<html><head><script type="application/ld+json">{data}</script></head><body><p>It.</p></body></html>')
    found = find_about(tree, linked_data(tree), meta_elements(tree))
    assert (found.title, found.author, found.published) == (None, None, None)
    assert find_publisher(tree, linked_data(tree), meta_elements(tree)).outlet is None


def test_the_outlet_is_a_name_and_not_a_domain():
    tree = parse("<html><head><title>Ferry vote - Orvik Post</title></head><body></body></html>")
    outlet = find_publisher(tree, [], {"og:site_name": "orvikpost.example"}).outlet
    assert outlet == Told("Orvik Post", "page")
