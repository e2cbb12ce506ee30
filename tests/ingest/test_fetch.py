"""Fetching from servers that behave and from servers that do not."""

import email.utils
import gzip
import hashlib
import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reportedly.errors import (
    FetchError,
    NotTextError,
    OfflineError,
    RefusedError,
    RobotsError,
    StatusError,
    TooLargeError,
    UnreachableError,
)
from reportedly.ingest import Options, read_inputs
from reportedly.ingest.fetch import Fetcher, FetchOptions, read_url
from tests.ingest.fetch_site import Site, answer, bomb, broken_off, endless, head, in_turn, redirect
from tests.ingest.test_page import PAGE

FAST = FetchOptions(allow_private=True, rate=1000, timeout=20, max_bytes=1_000_000)


@pytest.fixture
def site():
    with Site() as site:
        site.routes["/ferry"] = answer(PAGE.encode())
        yield site


@pytest.fixture
def fetcher():
    with Fetcher(FAST) as fetcher:
        yield fetcher


@pytest.fixture
def hasty():
    with Fetcher(replace(FAST, timeout=0.6)) as fetcher:
        yield fetcher


def failure(fetcher, url, kind):
    """What is wrong with a fetch, whose error names the URL as it was given and a way out; it did not take long."""
    start = time.monotonic()
    with pytest.raises(kind) as caught:
        fetcher.fetch(url)
    assert time.monotonic() - start < 10
    error = caught.value
    assert error.path == url
    assert error.remedy
    return error.reason


# What is fetched


def test_a_page_and_what_the_server_said_of_it(site, fetcher):
    page = fetcher.fetch(f"{site.url}/ferry#comments")
    assert page.content == PAGE.encode()
    assert page.url == f"{site.url}/ferry#comments"
    assert page.final_url == f"{site.url}/ferry"
    assert (page.content_type, page.charset, page.from_cache) == ("text/html", "utf-8", False)
    assert page.fetched_at.tzinfo is not None


def test_it_says_who_it_is_and_sends_nothing_else_of_the_user(site, fetcher, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    site.routes["/first"] = answer(status=302, location="/ferry", set_cookie="who=you")
    fetcher.fetch(f"{site.url}/first")
    sent = site.asked[-1].headers
    assert sent["user-agent"].startswith("reportedly/")
    assert set(sent) == {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert sent["host"] == f"127.0.0.1:{site.port}"


def test_an_article_from_a_url(site, fetcher):
    site.routes["/short"] = redirect("/ferry")
    article = read_url(f"{site.url}/short", fetcher)
    assert (article.path, article.url) == (f"{site.url}/short", f"{site.url}/ferry")
    assert (article.title, article.published, article.outlet) == ("Ferry vote put off", "2031-04-02", "The Orvik Post")


def test_an_article_in_plain_text(site, fetcher):
    site.routes["/note"] = answer("Marta Lunn said “no” on Friday.".encode(), content_type="text/plain")
    article = read_url(f"{site.url}/note", fetcher)
    assert article.text == "Marta Lunn said “no” on Friday."
    assert (article.url, article.retrieved) == (f"{site.url}/note", f"{datetime.now(UTC):%Y-%m-%d}")


FEED = """<rss version="2.0"><channel><title>The Orvik Post</title>
<item><title>Ferry vote put off</title><link>{0}/ferry</link></item>
<item><title>A page that has gone</title><link>{0}/gone</link></item></channel></rss>"""


def test_a_feed_and_what_it_links_to(site, fetcher):
    site.routes["/feed"] = answer(FEED.format(site.url).encode(), content_type="application/rss+xml")
    article, failure = read_inputs([f"{site.url}/feed"], Options(fetcher=fetcher))
    assert (article.path, article.url, article.published) == (f"{site.url}/feed#1", f"{site.url}/ferry", "2031-04-02")
    assert failure.path == f"{site.url}/feed#2"
    assert "404" in failure.reason


def test_a_packed_sitemap(site, fetcher):
    entry = f"<url><loc>{site.url}/ferry</loc></url>"
    packed = gzip.compress(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entry}</urlset>'.encode())
    site.routes["/sitemap.xml.gz"] = answer(packed, content_type="application/x-gzip")
    (article,) = read_inputs([f"{site.url}/sitemap.xml.gz"], Options(fetcher=fetcher))
    assert article.title == "Ferry vote put off"


def test_a_packed_page_is_unpacked(site, fetcher):
    site.routes["/packed"] = answer(gzip.compress(PAGE.encode()), content_encoding="gzip")
    assert fetcher.fetch(f"{site.url}/packed").content == PAGE.encode()


# Charsets

CYRILLIC = PAGE.replace('<meta charset="utf-8">', "").replace(
    "The harbour council put off", "Совет гавани отложил голосование, the harbour council put off"
)


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (CYRILLIC.encode("cp1251"), "text/html; charset=windows-1251"),  # only the server knows
        (CYRILLIC.encode("utf-8"), "text/html; charset=ISO-8859-1"),  # the server is wrong
        (CYRILLIC.encode("utf-8"), "text/html; charset=utf-7"),
        (CYRILLIC.replace("<head>", '<head><meta charset="cp1251">').encode("cp1251"), "text/html; charset=us-ascii-9"),
        (CYRILLIC.replace("<head>", '<head><meta charset="cp1251">').encode("cp1251"), "text/html"),
    ],
)
def test_right_and_wrong_charsets(site, fetcher, data, content_type):
    site.routes["/page"] = answer(data, content_type=content_type)
    assert "Совет гавани отложил" in read_url(f"{site.url}/page", fetcher).text


def test_a_charset_that_does_not_fit_the_bytes_is_passed_over(site, fetcher):
    data = PAGE.replace('<meta charset="utf-8">', "").replace("Marta Lunn", "Mårta Lunn").encode("cp1252")
    site.routes["/page"] = answer(data, content_type="text/html; charset=utf-8")
    assert "Mårta Lunn told" in read_url(f"{site.url}/page", fetcher).text


# Servers that misbehave


def test_a_body_that_drips(site, hasty):
    site.routes["/drip"] = endless(head(content_type="text/html"), b"<p>", pause=0.05)
    assert "within 0.6 seconds" in failure(hasty, f"{site.url}/drip", UnreachableError)


def test_headers_that_drip(site, hasty):
    site.routes["/drip"] = endless(b"HTTP/1.1 200 OK\r\nX: ", b"x", pause=0.05)
    assert "within 0.6 seconds" in failure(hasty, f"{site.url}/drip", UnreachableError)


def test_a_server_that_says_nothing(site, hasty):
    site.routes["/mute"] = lambda *_: site.over.wait(5)
    assert "within 0.6 seconds" in failure(hasty, f"{site.url}/mute", UnreachableError)


def test_an_endless_body(site, fetcher):
    site.routes["/endless"] = endless(head(content_type="text/html"), b"<p>" * 10_000)
    assert "larger than 1,000,000 bytes" in failure(fetcher, f"{site.url}/endless", TooLargeError)


def test_a_flood_of_headers(site, fetcher):
    site.routes["/flood"] = endless(b"HTTP/1.1 200 OK\r\n", b"X-Flood: " + b"x" * 9000 + b"\r\n")
    failure(fetcher, f"{site.url}/flood", UnreachableError)


def test_a_flood_of_interim_answers(site, hasty):
    site.routes["/flood"] = endless(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n", pause=0.001)
    failure(hasty, f"{site.url}/flood", UnreachableError)


def test_a_gzip_bomb(site, fetcher):
    site.routes["/bomb"] = answer(bomb(20), content_encoding="gzip")
    assert "larger than 1,000,000 bytes" in failure(fetcher, f"{site.url}/bomb", TooLargeError)


@pytest.mark.parametrize("packing", ["gzip, gzip", "br", "deflate", "zstd\x1b[31m"])
def test_packings_that_were_not_asked_for(site, fetcher, packing):
    site.routes["/packed"] = answer(bomb(1), content_encoding=packing)
    failure(fetcher, f"{site.url}/packed", FetchError)


def test_damaged_packing(site, fetcher):
    site.routes["/packed"] = answer(b"\x1f\x8b" + b"nonsense" * 10, content_encoding="gzip")
    assert "damaged" in failure(fetcher, f"{site.url}/packed", FetchError)


@pytest.mark.parametrize(
    "data",
    [
        head(content_type="text/html", content_length=5000) + b"<p>Half",
        head(content_type="text/html", transfer_encoding="chunked") + b"7\r\n<p>Half\r\n",
        head(content_type="text/html", content_encoding="gzip") + gzip.compress(PAGE.encode())[:-200],
        b"HTTP/1.1 200 OK\r\nContent-Ty",
        b"",
        b"\x16\x03\x01 nothing of the web\r\n\r\n",
    ],
    ids=["length", "chunked", "gzip", "headers", "nothing", "no-http"],
)
def test_answers_that_break_off(site, fetcher, data):
    site.routes["/half"] = broken_off(data)
    failure(fetcher, f"{site.url}/half", UnreachableError)


def test_redirects_in_a_circle(site, fetcher):
    site.routes |= {"/a": redirect("/b"), "/b": redirect("/a")}
    assert "circle" in failure(fetcher, f"{site.url}/a", FetchError)
    assert site.paths() == ["/robots.txt", "/a", "/b"]


def test_redirects_without_end(site, fetcher):
    site.routes |= {f"/{n}": redirect(f"/{n + 1}", 301) for n in range(20)}
    assert "more than 8 times" in failure(fetcher, f"{site.url}/0", FetchError)


def test_redirects_that_take_their_time(site, fetcher, monkeypatch):
    monkeypatch.setattr("reportedly.ingest.fetch.PATIENCE", 0)
    site.routes["/slow"] = redirect("/ferry")
    assert "leads on after 0 seconds" in failure(fetcher, f"{site.url}/slow", UnreachableError)


@pytest.mark.parametrize(
    "target", ["ftp://127.0.0.1/x", "file:///etc/passwd", "http://me:secret@127.0.0.1/", "http://["]
)
def test_redirects_to_what_is_not_fetched(site, fetcher, target):
    site.routes["/away"] = redirect(target)
    reason = failure(fetcher, f"{site.url}/away", RefusedError)
    assert "secret" not in reason


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "video/mp4", "application/octet-stream"])
def test_other_kinds_are_not_even_read(site, fetcher, kind):
    site.routes["/file"] = endless(head(content_type=kind), b"x" * 1000, pause=0.05)
    assert kind in failure(fetcher, f"{site.url}/file", NotTextError)


def test_a_pdf_that_says_it_is_a_page(site, fetcher):
    site.routes["/file"] = answer(b"%PDF-1.7 \x80\x81", content_type="text/html; charset=latin-1")
    with pytest.raises(NotTextError, match="a PDF document"):
        read_url(f"{site.url}/file", fetcher)


@pytest.mark.parametrize(("status", "remedy"), [(404, "check the address"), (403, "save the page"), (500, "later")])
def test_errors_of_the_server(site, fetcher, status, remedy):
    site.routes["/gone"] = answer(b"<p>An error page is not read.</p>", status)
    with pytest.raises(StatusError, match=f"answered {status}.*{remedy}"):
        fetcher.fetch(f"{site.url}/gone")


def test_nobody_there(fetcher):
    with Site() as site:
        url = f"{site.url}/x"
    failure(fetcher, url, UnreachableError)


# Manners


def test_robots_that_forbid(site, fetcher):
    site.routes["/robots.txt"] = answer(b"User-agent: *\nDisallow: /ferry\n", content_type="text/plain")
    assert "robots.txt forbids it" in failure(fetcher, f"{site.url}/ferry", RobotsError)
    assert site.paths() == ["/robots.txt"]


def test_robots_are_asked_once_and_after_redirects_too(site, fetcher):
    site.routes["/robots.txt"] = answer(b"User-agent: reportedly\nDisallow: /private\n", content_type="text/plain")
    site.routes["/open"] = redirect("/private")
    assert "/private" in failure(fetcher, f"{site.url}/open", RobotsError)
    assert fetcher.fetch(f"{site.url}/ferry").content
    assert site.paths() == ["/robots.txt", "/open", "/ferry"]


@pytest.mark.parametrize("status", [500, 503, 429])
def test_robots_that_fail_forbid(site, fetcher, status):
    site.routes["/robots.txt"] = answer(status=status)
    assert f"answered {status}" in failure(fetcher, f"{site.url}/ferry", RobotsError)


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_robots_that_are_not_there_allow(site, fetcher, status):
    site.routes["/robots.txt"] = answer(status=status)
    assert fetcher.fetch(f"{site.url}/ferry").content


def test_robots_that_break_off_are_named(site, fetcher):
    site.routes["/robots.txt"] = broken_off(b"")
    assert "/robots.txt" in failure(fetcher, f"{site.url}/ferry", UnreachableError)


def test_one_request_a_second(site):
    with Fetcher(FetchOptions(allow_private=True)) as fetcher:
        fetcher.fetch(f"{site.url}/ferry")
        fetcher.fetch(f"{site.url}/ferry")
    first, second, third = (asked.at for asked in site.asked)
    assert second - first > 0.9
    assert third - second > 0.9


def test_threads_share_the_pace(site):
    with Fetcher(replace(FAST, rate=20)) as fetcher, ThreadPoolExecutor(6) as pool:
        fetcher.fetch(f"{site.url}/ferry")
        pages = list(pool.map(fetcher.fetch, [f"{site.url}/ferry?{n}" for n in range(6)]))
    assert {page.content for page in pages} == {PAGE.encode()}
    times = sorted(asked.at for asked in site.asked)
    assert times[-1] - times[0] > 0.3  # eight requests, seven gaps of a twentieth


def test_a_crawl_delay_is_kept(site, fetcher):
    site.routes["/robots.txt"] = answer(b"User-agent: *\nCrawl-delay: 0.4\n", content_type="text/plain")
    for _ in range(2):
        fetcher.fetch(f"{site.url}/ferry")
    assert site.asked[2].at - site.asked[1].at > 0.35


def test_a_busy_server_is_given_the_time_it_asks_for(site, fetcher):
    site.routes["/busy"] = in_turn(answer(status=429, retry_after="1"), answer(PAGE.encode()))
    assert fetcher.fetch(f"{site.url}/busy").content
    assert site.asked[2].at - site.asked[1].at > 0.9


def test_a_busy_server_is_asked_three_times_at_most(site, fetcher):
    site.routes["/busy"] = answer(status=503, retry_after="0")
    failure(fetcher, f"{site.url}/busy", StatusError)
    assert site.paths().count("/busy") == 3


@pytest.mark.parametrize("after", ["86400", "date", "9" * 400])
def test_a_server_that_asks_for_too_much_time_is_left_alone(site, fetcher, after):
    after = email.utils.formatdate(time.time() + 7200, usegmt=True) if after == "date" else after
    site.routes["/busy"] = answer(status=429, retry_after=after)
    assert "left alone" in failure(fetcher, f"{site.url}/busy", StatusError)
    assert "left alone" in failure(fetcher, f"{site.url}/ferry", StatusError)
    assert site.paths() == ["/robots.txt", "/busy"]


def test_a_busy_server_that_names_no_time(site, fetcher):
    site.routes["/busy"] = answer(status=429, retry_after="soon")
    failure(fetcher, f"{site.url}/busy", StatusError)
    assert site.paths().count("/busy") == 1


# Cache, offline, raw pages


def test_a_cached_page_is_asked_for_again_with_its_validators(site, tmp_path):
    stamp = "Wed, 02 Apr 2031 10:00:00 GMT"

    def route(connection, asked):
        known = asked.headers.get("if-none-match") == '"v1"' and asked.headers.get("if-modified-since") == stamp
        found = answer(status=304, etag='"v1"') if known else answer(PAGE.encode(), etag='"v1"', last_modified=stamp)
        found(connection, asked)

    site.routes["/ferry"] = route
    for from_cache in (False, True, True):
        with Fetcher(replace(FAST, cache=tmp_path)) as fetcher:
            page = fetcher.fetch(f"{site.url}/ferry")
        assert (page.content, page.from_cache) == (PAGE.encode(), from_cache)
        assert page.content_type == "text/html"
    assert site.paths().count("/ferry") == 3


def test_a_changed_page_is_read_anew(site, tmp_path):
    site.routes["/ferry"] = in_turn(answer(b"old", etag='"1"'), answer(b"new", etag='"2"'))
    with Fetcher(replace(FAST, cache=tmp_path)) as fetcher:
        assert [fetcher.fetch(f"{site.url}/ferry").content for _ in range(2)] == [b"old", b"new"]


def test_a_fresh_page_is_not_asked_for_and_a_stale_one_is(site, tmp_path):
    site.routes["/fresh"] = in_turn(answer(b"old", cache_control="max-age=1"), answer(b"new"))
    with Fetcher(replace(FAST, cache=tmp_path)) as fetcher:
        assert [fetcher.fetch(f"{site.url}/fresh").content for _ in range(2)] == [b"old", b"old"]
        assert site.paths().count("/fresh") == 1
        time.sleep(1.05)
        assert fetcher.fetch(f"{site.url}/fresh").content == b"new"


def test_a_stale_page_is_never_passed_off_as_new(site, tmp_path):
    site.routes["/ferry"] = in_turn(answer(PAGE.encode(), etag='"1"'), answer(status=500))
    with Fetcher(replace(FAST, cache=tmp_path)) as fetcher:
        fetcher.fetch(f"{site.url}/ferry")
        failure(fetcher, f"{site.url}/ferry", StatusError)


def test_offline(site, tmp_path):
    site.routes["/short"] = redirect("/ferry", 301)
    with Fetcher(replace(FAST, cache=tmp_path)) as fetcher:
        fetcher.fetch(f"{site.url}/short")
    asked = len(site.asked)
    with Fetcher(replace(FAST, cache=tmp_path, offline=True)) as fetcher:
        page = fetcher.fetch(f"{site.url}/short")
        assert (page.content, page.from_cache, page.final_url) == (PAGE.encode(), True, f"{site.url}/ferry")
        assert "not in the cache" in failure(fetcher, f"{site.url}/other", OfflineError)
    assert len(site.asked) == asked


def test_offline_without_a_cache(fetcher):
    with Fetcher(FetchOptions(offline=True)) as fetcher:
        failure(fetcher, "https://news.example/x", OfflineError)


def test_the_raw_page_can_be_kept(site, tmp_path):
    site.routes["/ferry"] = answer(gzip.compress(PAGE.encode()), content_encoding="gzip", set_cookie="who=you")
    with Fetcher(replace(FAST, keep_raw=tmp_path / "raw")) as fetcher:
        fetcher.fetch(f"{site.url}/ferry")
        fetcher.fetch(f"{site.url}/ferry")
    page, record = sorted((tmp_path / "raw").iterdir(), key=lambda path: path.suffix == ".json")
    assert page.read_bytes() == PAGE.encode()
    assert record.name == f"{page.stem}.headers.json"
    said = json.loads(record.read_text())
    assert said["url"] == f"{site.url}/ferry"
    assert said["sha256"] == hashlib.sha256(PAGE.encode()).hexdigest()
    assert ["content-encoding", "gzip"] in said["headers"]
    assert "who=you" not in record.read_text()
