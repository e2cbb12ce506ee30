"""The one way in: what an input stands for, and that one bad input never stops the rest."""

import datetime
import gzip
import io
import json
import os
import sys
from dataclasses import dataclass

import pytest

from reportedly.errors import InputError, LanguageError, StatusError
from reportedly.ingest import Columns, Options, read_inputs, read_path
from reportedly.schema import Article, Failure

TEXT = "The mayor of Kestrin said on Monday that the ferry would sail again, and that nobody had been told of it."
PAGE = (
    "<html><head><title>Ferry to sail again</title></head><body><article><h1>Ferry to sail again</h1>"
    f"<p>{TEXT}</p><p>Nobody on the pier had asked her why it was so, she said.</p></article></body></html>"
)
GERMAN = (
    "Die Bürgermeisterin sagte am Montag, dass die Fähre nach dem Sturm wieder fahren werde. Niemand habe gefragt, "
    "warum das so lange gedauert habe, fügte sie hinzu, und auf der Mole stand auch niemand, der es wissen wollte."
)


def write(folder, name, data):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return str(path)


def kinds(results):
    return [type(result) for result in results]


def test_inputs_of_all_kinds_in_order_and_failures_in_their_places(tmp_path):
    rows = "\n".join(json.dumps({"text": TEXT, "title": f"Ferry {n}"}) for n in (1, 2))
    given = [
        write(tmp_path, "a.txt", TEXT),
        str(tmp_path / "none.txt"),
        write(tmp_path, "b.html", PAGE),
        write(tmp_path, "c.pdf", b"%PDF-1.7 ..."),
        write(tmp_path, "d.jsonl", rows),
        write(tmp_path, "e.md", f"# Ferry\n\n{TEXT}"),
    ]
    results = list(read_inputs(given))
    assert kinds(results) == [Article, Failure, Article, Failure, Article, Article, Article]
    assert [r.path for r in results] == [*given[:4], given[4] + "#1", given[4] + "#2", given[5]]
    assert all(r.reason and r.remedy for r in results if isinstance(r, Failure))


def test_a_directory_is_read_with_all_below_it(tmp_path):
    for name in ("b.txt", "a/z.txt", "a/a.html", ".hidden.txt", ".git/x.txt", "a/a_files/logo.png", "a/a_files/x.css"):
        write(tmp_path, name, PAGE if name.endswith("html") else TEXT)
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    found = [os.path.relpath(result.path, tmp_path) for result in read_inputs([str(tmp_path)])]
    assert found == ["b.txt", "a/a.html", "a/z.txt"]


def test_an_empty_directory_is_a_failure(tmp_path):
    (failure,) = read_inputs([str(tmp_path)])
    assert failure == Failure(str(tmp_path), "holds no article", "check that it is what you meant to give")


def test_patterns(tmp_path):
    for name in ("a.txt", "c.txt", "b.txt", "in/d.txt", "[x].txt"):
        write(tmp_path, name, TEXT)
    found = [os.path.basename(result.path) for result in read_inputs([str(tmp_path / "?.txt")])]
    assert found == ["a.txt", "b.txt", "c.txt"]
    assert len(list(read_inputs([str(tmp_path / "**" / "*.txt")]))) == 5
    assert [type(r) for r in read_inputs([str(tmp_path / "[x].txt")])] == [Article]  # a file of that name goes first
    (failure,) = read_inputs([str(tmp_path / "*.html")])
    assert failure.reason == "no file matches it"


@pytest.mark.parametrize(
    ("data", "path", "text"),
    [
        (PAGE.encode(), "-", "Ferry to sail again"),
        (TEXT.encode(), "-", TEXT[:20]),
        (gzip.compress(PAGE.encode()), "-", "Ferry to sail again"),
        (json.dumps({"text": TEXT}).encode() + b"\n", "-#1", TEXT[:20]),
        (f"From: Ann Oak <ann@x.example>\nMessage-ID: <1@x.example>\n\n{TEXT}".encode(), "-", TEXT[:20]),
    ],
)
def test_standard_input_is_known_by_its_bytes(monkeypatch, data, path, text):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    (article,) = read_inputs(["-"])
    assert article.path == path
    assert article.text.startswith(text)


def test_gzip_is_unpacked_whatever_is_in_it(tmp_path):
    page, rows = (
        write(tmp_path, name, gzip.compress(data.encode()))
        for name, data in (("a.html.gz", PAGE), ("b.jsonl.gz", json.dumps({"text": TEXT})))
    )
    assert [result.path for result in read_inputs([page, rows])] == [page, rows + "#1"]
    cut = write(tmp_path, "cut.html.gz", gzip.compress(PAGE.encode())[:-20])
    twice = write(tmp_path, "twice.html.gz", gzip.compress(gzip.compress(PAGE.encode())))
    reasons = [result.reason for result in read_inputs([cut, twice])]
    assert reasons == ["its gzip stream breaks off", "not text but a gzip archive"]


def test_a_gzip_bomb_is_stopped(tmp_path):
    bomb = write(tmp_path, "bomb.txt.gz", gzip.compress(b"a " * 3_000_000))
    (failure,) = read_inputs([bomb], Options(max_bytes=1_000_000))
    assert failure.reason == "is larger than 1 MB"


def test_a_page_of_fifty_megabytes_is_refused_unread(tmp_path):
    page = write(tmp_path, "big.html", b"<p>" + b"x " * 25_000_000)
    (failure,) = read_inputs([page])
    assert failure.reason == "is larger than 20 MB"


def test_another_language_is_skipped_and_named(tmp_path):
    german = write(tmp_path, "a.txt", GERMAN)
    (failure,) = read_inputs([german])
    assert failure == Failure(german, "skipped: language de", "only English is read")
    with pytest.raises(LanguageError, match="skipped: language de"):
        read_path(german)
    (article,) = read_inputs([german], Options(every_language=True))
    assert article.text == GERMAN


def test_a_file_of_many_articles_is_no_single_article(tmp_path):
    rows = write(tmp_path, "a.jsonl", "\n".join(json.dumps({"text": TEXT + str(n)}) for n in range(2)))
    with pytest.raises(InputError, match="holds more than one article"):
        read_path(rows)
    assert read_path(write(tmp_path, "b.jsonl", json.dumps({"text": TEXT}))).text == TEXT


@pytest.mark.skipif(os.name != "posix", reason="names of bytes")
def test_hostile_file_names(tmp_path):
    folder = os.fsencode(tmp_path)
    names = [b"caf\xe9.txt", b"new\nline.txt", b"\x1b[31mred.txt", b"-rf.txt", b"..txt", b"a#1.txt", b"%2e%2e.txt"]
    for name in names:
        with open(os.path.join(folder, name), "wb") as file:
            file.write(TEXT.encode())
    results = list(read_inputs([str(tmp_path)]))
    assert len(results) == len(names) - 1  # "..txt" is hidden
    for result in results:
        assert isinstance(result, Article)
        Failure(result.path, "x", "y").to_json().encode("utf-8")
        assert "\n" not in Failure(result.path, "x", "y").to_json()


@pytest.mark.skipif(os.name != "posix", reason="needs /dev/null")
def test_a_device():
    (failure,) = read_inputs(["/dev/null"])
    assert "empty" in failure.reason


@dataclass
class Fetched:
    content: bytes
    final_url: str = "https://orvikpost.example/moved"
    charset: str | None = None
    fetched_at: datetime.datetime = datetime.datetime(2031, 4, 3, tzinfo=datetime.UTC)


class Web:
    def __init__(self, **pages):
        self.pages = {f"https://orvikpost.example/{name}": page for name, page in pages.items()}
        self.asked = []

    def fetch(self, url):
        self.asked.append(url)
        if url not in self.pages:
            raise StatusError(url, "the server answered 404 Not Found", "check the address")
        return Fetched(self.pages[url].encode(), url)


def test_a_url_is_fetched():
    (article,) = read_inputs(["https://orvikpost.example/a"], Options(fetcher=Web(a=PAGE)))
    assert (article.path, article.url, article.retrieved) == (
        "https://orvikpost.example/a",
        "https://orvikpost.example/a",
        "2031-04-03",
    )
    with pytest.raises(StatusError):
        read_path("https://orvikpost.example/b", Options(fetcher=Web()))


def test_without_a_fetcher_a_url_is_a_failure():
    (failure,) = read_inputs(["https://orvikpost.example/a"])
    assert failure.reason == "is a web address, and fetching is off"


def test_from_an_index_of_sitemaps_over_a_sitemap_to_a_page_but_no_further(tmp_path):
    url = "https://orvikpost.example/"
    index = write(tmp_path, "index.xml", f"<sitemapindex><sitemap><loc>{url}news</loc></sitemap></sitemapindex>")
    news = (
        f"<urlset><url><loc>{url}a</loc></url><url><loc>{url}gone</loc></url><url><loc>{url}round</loc></url></urlset>"
    )
    web = Web(news=news, a=PAGE, round=news)
    results = list(read_inputs([index], Options(fetcher=web)))
    assert kinds(results) == [Article, Failure, Failure, Failure, Failure]
    assert results[1].reason == f"{url}gone: the server answered 404 Not Found"
    assert "leads on and on" in results[2].reason
    assert len(web.asked) == 4


def test_options_name_columns():
    assert Options(Columns(text="body")).columns.title == "title"
