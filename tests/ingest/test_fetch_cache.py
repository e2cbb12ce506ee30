"""What is stored, how long it is fresh, and what a damaged cache does."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from reportedly.errors import InputError
from reportedly.ingest.fetch_answer import Answer
from reportedly.ingest.fetch_cache import Cache, Shelf, is_fresh, validators

NOW = datetime(2031, 4, 2, 12, 0, tzinfo=UTC)
URL = "https://post.example/ferry"


def answered(seconds_ago=0, status=200, content=b"<p>Read.</p>", **headers):
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Answer(URL, status, named, content, NOW - timedelta(seconds=seconds_ago), "reportedly/1")


@pytest.mark.parametrize(
    ("answer", "fresh"),
    [
        (answered(10, cache_control="max-age=60"), True),
        (answered(61, cache_control="max-age=60"), False),
        (answered(10, cache_control="Public, Max-Age=60"), True),
        (answered(10, cache_control='max-age="60"'), True),
        (answered(10, cache_control="max-age=60", age="55"), False),
        (answered(10, cache_control="max-age=60, no-cache"), False),
        (answered(10, cache_control="max-age=5, max-age=60"), False),
        (answered(10, cache_control="max-age=sixty"), False),
        (answered(10, cache_control="s-maxage=60"), False),
        (answered(10, cache_control="max-age=60", vary="*"), False),
        (answered(-10, cache_control="max-age=60"), False),  # from the future: a clock was wrong
        (answered(10, last_modified="Sat, 01 Mar 2031 00:00:00 GMT"), False),  # nothing is guessed
        (answered(10, expires="Wed, 02 Apr 2031 12:01:00 GMT", date="Wed, 02 Apr 2031 12:00:00 GMT"), True),
        (answered(90, expires="Wed, 02 Apr 2031 12:01:00 GMT", date="Wed, 02 Apr 2031 12:00:00 GMT"), False),
        (answered(10, expires="0"), False),
    ],
)
def test_freshness(answer, fresh):
    assert is_fresh(answer, "reportedly/1", NOW) is fresh


def test_what_another_program_was_told_is_not_fresh():
    assert not is_fresh(answered(10, cache_control="max-age=60"), "other/1", NOW)


def test_validators():
    assert validators(answered(etag='W/"1"')) == {"if-none-match": 'W/"1"'}
    assert validators(answered(etag='"ü"')) == {}
    assert validators(answered()) == {}


def test_what_is_stored_comes_back(tmp_path):
    answer = answered(content_type="text/html", etag='"1"')
    Cache(tmp_path / "cache").store(answer)
    assert Cache(tmp_path / "cache").load(URL) == replace(answer, from_cache=True)
    assert Cache(tmp_path / "cache").load(URL + "?") is None


@pytest.mark.parametrize("answer", [answered(status=404), answered(cache_control="private, no-store")])
def test_what_is_not_stored(tmp_path, answer):
    cache = Cache(tmp_path)
    cache.store(answer)
    assert cache.load(URL) is None


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"null", b'{"url": 1}', b"\xff"])
def test_a_damaged_entry_is_no_entry(tmp_path, damage):
    cache = Cache(tmp_path)
    cache.store(answered())
    (entry,) = (tmp_path / "pages").iterdir()
    entry.write_bytes(damage)
    assert cache.load(URL) is None


@pytest.mark.parametrize("damage", [b"", b"<p>Another page.</p>", None])
def test_a_damaged_body_is_no_entry(tmp_path, damage):
    cache = Cache(tmp_path)
    cache.store(answered())
    (body,) = (tmp_path / "bodies").iterdir()
    body.write_bytes(damage) if damage is not None else body.unlink()
    assert cache.load(URL) is None


def test_an_entry_cannot_name_a_file_elsewhere(tmp_path):
    cache = Cache(tmp_path / "cache")
    cache.store(answered())
    (entry,) = (tmp_path / "cache" / "pages").iterdir()
    (body,) = (tmp_path / "cache" / "bodies").iterdir()
    (tmp_path / "secret").write_bytes(b"secret")
    entry.write_text(entry.read_text().replace(body.name, "../../secret"))
    assert cache.load(URL) is None


def test_nothing_is_left_behind_by_a_failed_write(tmp_path, monkeypatch):
    cache = Cache(tmp_path)
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(InputError, match="No space left"):
        cache.store(answered())
    assert not list((tmp_path / "bodies").iterdir())


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError, match="name another folder"):
        Cache(tmp_path / "file" / "cache")


def test_two_pages_of_one_content_are_kept_apart(tmp_path):
    shelf = Shelf(tmp_path)
    kept = [shelf.keep(answered(content_type="text/plain")), shelf.keep(replace(answered(), url=URL + "/2"))]
    assert len({path.stem for path in kept}) == 2
    assert [path.suffix for path in kept] == [".txt", ".html"]


def test_a_confirmed_answer_has_the_new_headers_and_the_old_content():
    old = answered(900, content_type="text/html", etag='"1"', cache_control="max-age=1")
    new = answered(0, status=304, content=b"", cache_control="max-age=60", content_type="text/plain")
    confirmed = old.confirmed(by=new)
    assert (confirmed.status, confirmed.content, confirmed.content_type) == (200, old.content, "text/html")
    assert confirmed.header("etag") == '"1"'
    assert is_fresh(confirmed, "reportedly/1", NOW + timedelta(seconds=30))
