"""RSS, Atom and sitemaps: what they hold, what they link to, and what they try."""

import pytest

from reportedly.ingest import Options, read_inputs
from reportedly.schema import Article, Failure
from tests.ingest.test_inputs import PAGE, TEXT, Web

OFFLINE = Options()
URL = "https://orvikpost.example/a"
WHOLE = f"&lt;p&gt;{TEXT}&lt;/p&gt;&lt;p&gt;Nobody on the pier had asked her why, she said.&lt;/p&gt;"


def rss(*items, title="Orvik Post - World", language="en-gb"):
    channel = f"<title>{title}</title><link>https://orvikpost.example/</link><language>{language}</language>"
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>{channel}{"".join(items)}</channel></rss>'
    )


def item(*parts, link=URL):
    return f"<item><title>Ferry &amp;amp; pier</title><link>{link}</link>{''.join(parts)}</item>"


def results(tmp_path, data, options=OFFLINE, name="feed.xml"):
    path = tmp_path / name
    path.write_text(data) if isinstance(data, str) else path.write_bytes(data)
    return list(read_inputs([str(path)], options))


def test_an_entry_that_holds_its_article(tmp_path):
    parts = (
        f"<content:encoded>{WHOLE}</content:encoded>",
        "<description>The ferry sails.</description>",
        "<dc:creator>Ann Oak</dc:creator>",
        "<pubDate>Wed, 02 Apr 2031 23:30:00 +0900</pubDate>",
    )
    (article,) = results(tmp_path, rss(item(*parts)))
    assert TEXT in article.text
    assert (article.title, article.outlet, article.byline) == ("Ferry & pier", "Orvik Post", "Ann Oak")
    assert (article.url, article.published) == (URL, "2031-04-02")
    assert article.path == str(tmp_path / "feed.xml") + "#1"


def test_atom(tmp_path):
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Marla Gazette</title><entry><title>Ferry</title>'
        f'<link href="{URL}"/><updated>2031-04-02T10:00:00Z</updated><author><name>Bo Elm</name></author>'
        f'<content type="html">{WHOLE}</content></entry></feed>'
    )
    (article,) = results(tmp_path, atom, name="feed")
    assert (article.title, article.outlet, article.byline) == ("Ferry", "Marla Gazette", "Bo Elm")
    assert article.published == "2031-04-02"


@pytest.mark.parametrize(
    "teaser",
    [
        "<description>The ferry sails.</description>",
        "<content:encoded>The ferry sails. Read more</content:encoded>",
        f"<description>{TEXT} […]</description>",
        "",
    ],
)
def test_an_entry_that_only_announces_is_fetched(tmp_path, teaser):
    (failure,) = results(tmp_path, rss(item(teaser)))
    assert failure.reason == f"holds only a link, to {URL}, and fetching is off"
    (article,) = results(tmp_path, rss(item(teaser)), Options(fetcher=Web(a=PAGE)))
    assert (article.url, article.outlet, article.title) == (URL, "Orvik Post", "Ferry to sail again")


def test_an_entry_with_neither(tmp_path):
    (failure,) = results(tmp_path, rss("<item><title>Ferry</title></item>"))
    assert failure.reason == "an entry without text or link"


@pytest.mark.parametrize("link", ["file:///etc/passwd", "javascript:alert(1)", "ftp://x.example/", "//x.example"])
def test_only_web_addresses_are_followed(tmp_path, link):
    web = Web()
    (feed,) = results(tmp_path, rss(item(link=link)), Options(fetcher=web))
    (sitemap,) = results(tmp_path, f"<urlset><url><loc>{link}</loc></url></urlset>", Options(fetcher=web))
    assert "which is no web address" in feed.reason
    assert "which is no web address" in sitemap.reason
    assert web.asked == []


def test_a_feed_in_another_language_is_not_fetched(tmp_path):
    web = Web(a=PAGE)
    (failure,) = results(tmp_path, rss(item(), language="fr-CA"), Options(fetcher=web))
    assert failure.reason == "skipped: language fr"
    assert web.asked == []


NEWS = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{}</urlset>'
)
ENTRY = (
    "<url><loc>{}</loc><news:news><news:publication><news:name>Orvik Post</news:name><news:language>{}</news:language>"
    "</news:publication><news:publication_date>2031-04-02T10:00:00+02:00</news:publication_date>"
    "<news:title>Ferry</news:title></news:news></url>"
)


def test_a_news_sitemap(tmp_path):
    data = NEWS.format(ENTRY.format(URL, "en") + ENTRY.format(URL, "de"))
    article, failure = results(tmp_path, data, Options(fetcher=Web(a=PAGE)))
    assert (article.outlet, article.published, article.title) == ("Orvik Post", "2031-04-02", "Ferry to sail again")
    assert failure.reason == "skipped: language de"


def test_a_broken_sitemap_gives_what_comes_before(tmp_path):
    data = NEWS.format(ENTRY.format(URL, "en")).replace("</urlset>", "<url><loc>")
    article, failure = results(tmp_path, data, Options(fetcher=Web(a=PAGE)))
    assert isinstance(article, Article)
    assert "cannot be parsed" in failure.reason


HIDDEN = "what-this-file-holds"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ROOTS = {
    "rss": rss(item(f"<content:encoded>{WHOLE} &evil;</content:encoded>", "<dc:creator>&evil;</dc:creator>")),
    "sitemap": NEWS.format(ENTRY.format(URL + "?&evil;", "en")),
}


@pytest.mark.parametrize("root", ROOTS)
@pytest.mark.parametrize(
    "entity", ['<!ENTITY evil SYSTEM "{}">', '<!ENTITY l0 "ha">' + LAUGHS + '<!ENTITY evil "&l9;">']
)
def test_entities_are_not_expanded(tmp_path, root, entity):
    secret = tmp_path / "secret.txt"
    secret.write_text(HIDDEN)
    doctype = f"<!DOCTYPE x [{entity.format(secret.as_uri())}]>"
    body = ROOTS[root].removeprefix('<?xml version="1.0"?>')
    found = results(tmp_path, f'<?xml version="1.0"?>{doctype}{body}', Options(fetcher=Web(a=PAGE)))
    assert found
    assert HIDDEN not in repr(found)
    assert len(repr(found)) < 5000


def test_a_feed_that_names_a_file_is_not_opened(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text(HIDDEN)
    found = results(tmp_path, f"<rss>{secret}</rss>")
    assert HIDDEN not in repr(found)
    assert [type(one) for one in found] == [Failure]


def test_scripts_in_a_feed_do_not_reach_the_text(tmp_path):
    content = (
        f"<content:encoded><![CDATA[<p>{TEXT}</p><script>alert('x')</script><p>So she said.</p>]]></content:encoded>"
    )
    (article,) = results(tmp_path, rss(item(content)))
    assert "alert" not in article.text


@pytest.mark.parametrize("data", ["<rss>", "<rss><channel>", "<feed>" * 5000, "<rss\0>", "<?xml encoding='x'?><rss/>"])
def test_feeds_of_nothing(tmp_path, data):
    assert [type(one) for one in results(tmp_path, data)] == [Failure]


def test_encodings(tmp_path):
    words = "The ferry to Sørby sails again, said Åse Lunde, who had been told of it on Monday morning."
    feed = rss(item(f"<content:encoded>{words} {TEXT}</content:encoded>"))
    feed = feed.replace('version="1.0"?>', 'version="1.0" encoding="iso-8859-1"?>', 1)
    (article,) = results(tmp_path, feed.encode("iso-8859-1"))
    assert words in article.text
