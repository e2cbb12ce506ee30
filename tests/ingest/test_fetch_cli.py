"""URLs on the command line and in Python: fetched, cached, refused, each failure named."""

import json
import sys
from dataclasses import replace

import pytest

from reportedly import Failure, cli, pipeline
from reportedly.errors import NotFoundError
from reportedly.ingest.fetch import Fetcher, FetchOptions
from tests.ingest.fetch_site import Site, answer
from tests.ingest.test_page import PAGE

OPTIONS = FetchOptions(allow_private=True, rate=1000)


@pytest.fixture
def site():
    with Site() as site:
        site.routes["/ferry"] = answer(PAGE.encode())
        yield site


@pytest.fixture
def run(monkeypatch, capsys, reader):
    monkeypatch.setattr(pipeline, "Reader", lambda *_: reader)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["reportedly", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        return int(left.value.code or 0), *capsys.readouterr()

    return run


def test_a_url_is_read_like_a_file(site, run, tmp_path):
    flags = ["--allow-private", "--cache", tmp_path / "cache", "--keep-raw", tmp_path / "raw"]
    code, out, _ = run("read", "--jsonl", f"{site.url}/ferry", *flags)
    record = json.loads(out)
    assert code == 0
    assert (record["path"], record["title"]) == (f"{site.url}/ferry", "Ferry vote put off")
    assert [path.read_bytes() for path in (tmp_path / "raw").glob("*.html")] == [PAGE.encode()]
    code, again, _ = run("read", "--jsonl", f"{site.url}/ferry", "--offline", "--cache", tmp_path / "cache")
    assert (code, json.loads(again)) == (0, record)
    assert run("audit", f"{site.url}/ferry", "--offline", "--cache", tmp_path / "cache")[0] == 0


def test_this_machine_is_refused_by_default(site, run):
    code, _, err = run("read", f"{site.url}/ferry")
    assert code == 1
    assert "not a public address; allow private addresses (--allow-private)" in err
    assert not site.asked


def test_offline_without_a_cache_fetches_nothing(run):
    code, _, err = run("read", "https://news.example/x", "--offline")
    assert code == 1
    assert "fetching is off" in err


def test_one_bad_page_stops_no_other(site, reader):
    with Fetcher(OPTIONS) as fetcher:
        bad, good = reader.read_many([f"{site.url}/gone", f"{site.url}/ferry"], fetcher)
    assert isinstance(bad, Failure)
    assert (bad.path, good.article.url) == (f"{site.url}/gone", f"{site.url}/ferry")


def test_a_text_that_begins_with_a_url_is_a_text(reader):
    with Fetcher(replace(OPTIONS, offline=True)) as fetcher:
        assert reader.read("https://news.example/x said that Marta Lunn had left.", fetcher).article.url is None
        with pytest.raises(NotFoundError):
            reader.read("ftp://news.example/x", fetcher)
