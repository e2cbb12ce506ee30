"""What robots.txt files ask, and how long to wait."""

import time
from datetime import UTC, datetime

import pytest

from reportedly.ingest.fetch_pace import MAX_CRAWL_DELAY, Pace, retry_after
from reportedly.ingest.fetch_robots import MAX_ROBOTS, Rule, parse_robots, robots_rules

FILE = b"""\xef\xbb\xbf# The Orvik Post
User-agent: otherbot
User-agent: Reportedly/2.0
Disallow: /archive
Allow: /archive/open
Sitemap: https://post.example/sitemap.xml
Crawl-delay: 7

User-agent: *
Disallow: /

USER-AGENT: reportedly
disallow: /letters   # two groups of one name are one
"""


@pytest.mark.parametrize(
    ("product", "target", "allowed"),
    [
        ("reportedly", "/ferry", True),
        ("reportedly", "/archive/1", False),
        ("reportedly", "/archive/open/1", True),
        ("reportedly", "/letters?page=2", False),
        ("otherbot", "/letters", True),
        ("somebot", "/ferry", False),
        ("somebot", "/robots.txt", True),
    ],
)
def test_groups(product, target, allowed):
    assert parse_robots(FILE, product).allow(target) is allowed


def test_the_crawl_delay_of_the_own_group():
    assert parse_robots(FILE, "reportedly").crawl_delay == 7
    assert parse_robots(FILE, "somebot").crawl_delay is None
    assert parse_robots(b"User-agent: *\nCrawl-delay: inf\nCrawl-delay: -1\nCrawl-delay: x", "a").crawl_delay is None


@pytest.mark.parametrize(
    ("pattern", "target", "fits"),
    [
        ("/a", "/ab", True),
        ("/a$", "/ab", False),
        ("/a$", "/a", True),
        ("/*.pdf$", "/x/y.pdf", True),
        ("/*.pdf$", "/x/y.pdf?z", False),
        ("/*?print=", "/x?print=1", True),
        ("*/print", "/a/print/1", True),
        ("/a*b*c", "/aXbXc", True),
        ("/a*b*c", "/aXcXb", False),
        ("/a*a$", "/a", False),
        ("/*", "/", True),
    ],
)
def test_patterns(pattern, target, fits):
    assert Rule(pattern, allowed=False).matches(target) is fits


@pytest.mark.parametrize("target", ["/%7Eanna/x", "/~anna/x"])
def test_one_path_in_several_spellings(target):
    assert not parse_robots(b"User-agent: *\nDisallow: /%7eanna", "a").allow(target)


def test_paths_beyond_ascii():
    rules = parse_robots("User-agent: *\nDisallow: /über".encode(), "a")
    assert not rules.allow("/%C3%BCber/uns")
    assert rules.allow("/uber")


@pytest.mark.parametrize(
    "file", [b"", b"<!doctype html><p>Not found", b"Disallow: /", b"\xff\xfe\x00", b"User-agent: *\nDisallow:"]
)
def test_files_that_forbid_nothing(file):
    assert parse_robots(file, "reportedly").allow("/x")


def test_an_allow_of_the_same_length_wins():
    assert parse_robots(b"User-agent: *\nDisallow: /x\nAllow: /x", "a").allow("/x")


@pytest.mark.parametrize(
    "file",
    [
        b"User-agent: a\n" * 30_000 + b"Disallow: /x\n" * 30_000,
        b"User-agent: *\nDisallow: /" + b"*a" * 200_000 + b"*b\n",
        b"User-agent: *\n" + b"Disallow: /*a*b$\n" * 30_000,
    ],
    ids=["agents", "stars", "rules"],
)
def test_hostile_files_take_no_time(file):
    start = time.process_time()
    assert parse_robots(file, "reportedly").allow("/" + "a" * 2000)
    assert time.process_time() - start < 2


def test_no_more_is_read_than_the_limit():
    assert parse_robots(b"User-agent: *\n" + b"#" * MAX_ROBOTS + b"\nDisallow: /", "a").allow("/x")


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (429, False), (500, False), (302, False)])
def test_what_an_answer_without_a_file_means(status, allowed):
    assert robots_rules(status, b"", "reportedly").allow("/x") is allowed


NOW = datetime(2031, 4, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("120", 120),
        (" 0 ", 0),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("Wed, 02 Apr 2031 12:01:30 GMT", 90),
        ("Wed, 02 Apr 2031 11:00:00 GMT", 0),
        ("Wed, 02 Apr 2031 12:01:30 +99999999999", None),
    ],
)
def test_retry_after(value, seconds):
    assert retry_after(value, NOW) == seconds


def test_hosts_wait_for_themselves_alone(monkeypatch):
    slept = []
    monkeypatch.setattr(time, "sleep", slept.append)
    pace = Pace(1.0)
    for host in ("a.example", "b.example", "a.example", "a.example"):
        pace.turn(host)
    assert slept == [pytest.approx(1, abs=0.1), pytest.approx(2, abs=0.1)]


def test_a_crawl_delay_is_kept_within_reason(monkeypatch):
    slept = []
    monkeypatch.setattr(time, "sleep", slept.append)
    pace = Pace(1.0)
    pace.slow("a.example", 5000)
    pace.slow("b.example", 0.1)
    for host in ("a.example", "a.example", "b.example", "b.example"):
        pace.turn(host)
    assert slept == [pytest.approx(MAX_CRAWL_DELAY, abs=0.1), pytest.approx(1, abs=0.1)]
