"""WARC archives: what of them is read, what is not, and how damage is told."""

import gzip
import tracemalloc
import zlib

import pytest

from reportedly.ingest import Options, read_inputs
from reportedly.ingest.transfer import unpacked
from reportedly.schema import Article, Failure

TEXT = "The mayor of Kestrin said on Monday that the ferry would sail again, and that nobody had been told of it."


def page(number, words=TEXT):
    title = f"Ferry {number} to sail again"
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{words}</p>"
        f"<p>Nobody on pier {number} had asked her why it was so, she said.</p></article></body></html>"
    ).encode()


def record(number, body, headers="", kind="text/html; charset=utf-8", status="200 OK", type_="response"):
    block = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{headers}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {type_}\r\nWARC-Target-URI: https://orvikpost.example/{number}\r\n"
        f"WARC-Date: 2031-04-02T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number:032}>\r\n"
        f"Content-Type: application/http; msgtype={type_}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def chunked(body, size=50):
    pieces = (body[at : at + size] for at in range(0, len(body), size))
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def archive(tmp_path, *records, pack=False, name=None):
    path = tmp_path / (name or ("a.warc.gz" if pack else "a.warc"))
    path.write_bytes(b"".join(gzip.compress(one) if pack else one for one in records))
    return str(path)


@pytest.mark.parametrize("pack", [False, True])
def test_pages_with_their_urls_and_days(tmp_path, pack):
    path = archive(tmp_path, *(record(n, page(n)) for n in (1, 2)), pack=pack)
    found = list(read_inputs([path]))
    assert [(a.path, a.url, a.retrieved) for a in found] == [
        (f"{path}#1", "https://orvikpost.example/1", "2031-04-02"),
        (f"{path}#2", "https://orvikpost.example/2", "2031-04-02"),
    ]
    assert found[0].published is None
    assert found[0].title == "Ferry 1 to sail again"


def test_the_bytes_tell_not_the_name(tmp_path):
    assert len(list(read_inputs([archive(tmp_path, record(1, page(1)), pack=True, name="archive")]))) == 1


@pytest.mark.parametrize("pack", [False, True])
def test_what_is_no_page_is_no_input(tmp_path, pack):
    records = [
        record(1, b"", type_="request"),
        record(2, page(2), status="301 Moved"),
        record(3, page(3), status="404 Not Found"),
        record(4, b"\x89PNG", kind="image/png"),
        record(5, page(5), kind="text/plain"),
        record(6, page(6)),
    ]
    (article,) = read_inputs([archive(tmp_path, *records, pack=pack)])
    assert article.url.endswith("/6")


def test_an_archive_without_pages_says_so(tmp_path):
    (failure,) = read_inputs([archive(tmp_path, record(1, b"\x89PNG", kind="image/png"))])
    assert failure.reason == "holds no article"


def test_a_page_that_occurs_again_is_read_once(tmp_path):
    records = [record(1, page(1)), record(2, page(1)), record(3, gzip.compress(page(1)), "Content-Encoding: gzip\r\n")]
    assert [a.url[-1] for a in read_inputs([archive(tmp_path, *records)])] == ["1"]


def test_a_page_that_holds_no_article_does_not_stop_the_rest(tmp_path):
    records = [record(1, page(1)), record(2, b"<html></html>"), record(3, page(3))]
    assert [type(r) for r in read_inputs([archive(tmp_path, *records)])] == [Article, Failure, Article]


@pytest.mark.parametrize("pack", [False, True])
@pytest.mark.parametrize("left", [0.3, 0.6, 0.9, 0.97])
def test_a_cut_archive_is_read_as_far_as_it_goes_and_told(tmp_path, pack, left):
    last = record(3, page(3))
    last = gzip.compress(last) if pack else last
    path = archive(tmp_path, *(record(n, page(n)) for n in (1, 2)), pack=pack)
    with open(path, "ab") as file:
        file.write(last[: int(left * len(last))])
    first, second, failure = read_inputs([path])
    assert (first.path, second.path, failure.path) == (f"{path}#1", f"{path}#2", path)
    assert "breaks off" in failure.reason
    assert failure.remedy == "get a whole copy; what came before that was read"


def test_rubbish_between_records(tmp_path):
    article, failure = read_inputs([archive(tmp_path, record(1, page(1)), b"rubbish\r\n" * 30, record(2, page(2)))])
    assert article.url.endswith("/1")
    assert "is damaged after record 1" in failure.reason


def test_a_damaged_member_of_a_packed_archive(tmp_path):
    damaged = bytearray(gzip.compress(record(2, page(2))))
    damaged[-8:-4] = b"\0\0\0\0"
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(record(1, page(1))) + damaged)
    *articles, failure = read_inputs([str(path)])
    assert articles
    assert "damaged" in failure.reason


@pytest.mark.parametrize(
    "data", [b"WARC/1.0\r\n", b"WARC/1.0\r\n" + b"\0" * 999, b"WARC/1.0\r\nContent-Length: -1\r\n\r\n"]
)
def test_archives_of_nothing(tmp_path, data):
    path = tmp_path / "a.warc"
    path.write_bytes(data)
    (failure,) = read_inputs([str(path)])
    assert isinstance(failure, Failure)


def test_a_length_beyond_all_bounds(tmp_path):
    whole = record(1, page(1))
    lying = whole.replace(b"Content-Length: ", b"Content-Length: 9999999999")
    (failure,) = read_inputs([archive(tmp_path, lying)])
    assert failure.reason == "breaks off in record 1"


BODY = page(1)


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (BODY, {}),
        (gzip.compress(BODY), {"content-encoding": "gzip"}),
        (zlib.compress(BODY), {"content-encoding": "deflate"}),
        (zlib.compress(BODY)[2:-4], {"content-encoding": "deflate"}),
        (chunked(BODY), {"transfer-encoding": "chunked"}),
        (chunked(gzip.compress(BODY)), {"transfer-encoding": "chunked", "content-encoding": "x-gzip"}),
        (gzip.compress(zlib.compress(BODY)), {"content-encoding": "deflate, gzip"}),
        (BODY, {"content-encoding": "gzip", "transfer-encoding": "chunked"}),  # kept as received, old headers
        (BODY, {"content-encoding": "br"}),
        (BODY, {"content-encoding": "nonsense"}),
    ],
)
def test_bodies_as_they_were_sent(body, headers):
    assert unpacked(body, headers, 100_000) == BODY


def test_a_packed_body_that_breaks_off_gives_what_there_is():
    content = unpacked(gzip.compress(BODY * 99)[:200], {"content-encoding": "gzip"}, 100_000)
    assert content
    assert (BODY * 99).startswith(content)


def test_a_bomb_in_a_record_is_stopped(tmp_path):
    bomb = gzip.compress(bytes(5_000_000))
    path = archive(tmp_path, record(1, bomb, "Content-Encoding: gzip\r\n"), record(2, page(2)))
    failure, article = read_inputs([path], Options(max_bytes=1_000_000))
    assert (failure.path, failure.reason) == (f"{path}#1", "is larger than 1 MB")
    assert article.url.endswith("/2")


def test_the_servers_charset_goes_before_the_pages(tmp_path):
    words = "The ferry to Sørby sails again, said Åse Lunde, who had been told of it on Monday morning."
    body = page(1, words).decode().encode("iso-8859-1")
    (article,) = read_inputs([archive(tmp_path, record(1, body, kind="text/html; charset=iso-8859-1"))])
    assert words in article.text


@pytest.mark.parametrize("url", ["file:///etc/passwd", "../../etc/passwd", "https://x.example/\x1b[31m", "x" * 5000])
def test_hostile_addresses_are_only_words(tmp_path, url):
    one = record(1, page(1)).replace(b"https://orvikpost.example/1", url.encode())
    (result,) = read_inputs([archive(tmp_path, one)])
    assert isinstance(result, Article | Failure)


def test_ten_thousand_records_stream_in_flat_memory(tmp_path):
    path = tmp_path / "many.warc"
    tiny = b"<p>No. %d</p>"
    with path.open("wb") as file:
        for number in range(10_000):
            file.write(record(number, tiny % number, status="404 Not Found" if number % 50 else "200 OK"))
    assert sum(1 for _ in read_inputs([str(path)])) == 200  # what is loaded once is loaded now
    tracemalloc.start()
    try:
        assert sum(1 for _ in read_inputs([str(path)])) == 200
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()
