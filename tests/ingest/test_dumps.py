"""JSON lines, JSON and Parquet, with the columns that are named."""

import datetime
import json

import pytest

from reportedly.ingest import Columns, Options, read_inputs
from reportedly.ingest.days import day_of
from reportedly.schema import Article, Failure
from tests.ingest.test_inputs import PAGE, TEXT

ROW = {
    "body": TEXT,
    "headline": "Ferry\nsails",
    "link": "https://orvikpost.example/a",
    "site": {"name": "Orvik Post"},
    "date": "2031-04-02T23:30:00-09:00",
    "authors": ["Ann Oak", "Bo Elm"],
    "key": 17,
}
COLUMNS = Columns("body", "headline", "link", "site.name", "date", "authors", "key")


def results(tmp_path, data, columns=COLUMNS, name="a.jsonl", **options):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(read_inputs([str(path)], Options(columns, **options)))


def expected(article):
    assert (article.text, article.title, article.url) == (TEXT, "Ferry sails", "https://orvikpost.example/a")
    assert (article.outlet, article.published, article.byline, article.id) == (
        "Orvik Post",
        "2031-04-02",
        "Ann Oak, Bo Elm",
        "17",
    )


@pytest.mark.parametrize(
    ("data", "name", "place"),
    [
        (json.dumps(ROW), "a.jsonl", "#1"),
        ("\n\n" + json.dumps(ROW), "a.ndjson", "#3"),
        (json.dumps(ROW) + "\n", "no-suffix", "#1"),
        (json.dumps([ROW]), "a.json", "#1"),
        (json.dumps(ROW, indent=1), "a.json", ""),
        (json.dumps(ROW) + "\n" + json.dumps(ROW), "lines.json", "#1"),
    ],
)
def test_rows(tmp_path, data, name, place):
    article = results(tmp_path, data, name=name)[0]
    expected(article)
    assert article.path == str(tmp_path / name) + place


def test_a_bad_line_does_not_stop_the_rest(tmp_path):
    lines = [
        json.dumps(ROW),
        "{not json",
        "[1, 2]",
        '"text"',
        '{"body": 3}',
        '{"body": "  "}',
        '{"other": "x"}',
        "[" * 100_000,
        json.dumps({"body": "x" * 2000}),
        json.dumps(ROW),
    ]
    found = results(tmp_path, "\n".join(lines), max_bytes=1500)
    assert [type(one) for one in found] == [Article, *[Failure] * 8, Article]
    assert [one.path[-2:] for one in found[1:4]] == ["#2", "#3", "#4"]
    assert "has no column 'body', but 'other'" in found[6].reason
    assert "a line of more than" in found[7].reason


def test_bytes_that_are_not_utf8(tmp_path):
    bad = json.dumps({"body": "Sørby"}, ensure_ascii=False).encode("cp1252")
    failure, article = results(tmp_path, bad + b"\n" + json.dumps(ROW).encode())
    assert "not UTF-8" in failure.reason
    expected(article)


def test_a_column_of_pages(tmp_path):
    (article,) = results(tmp_path, json.dumps({"html": PAGE, "title": None}), Columns(text="html"))
    assert article.title == "Ferry to sail again"
    assert "<p>" not in article.text


def test_lone_surrogates_do_not_stay(tmp_path):
    (article,) = results(tmp_path, json.dumps({"body": f"{TEXT} \ud800"}))
    article.text.encode()


def test_parquet(tmp_path):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    day = datetime.datetime(2031, 4, 2, 10)
    row = {**ROW, "date": day}
    table = pa.Table.from_pylist([row, {**row, "body": None}, row])
    path = tmp_path / "a.parquet"
    parquet.write_table(table, path)
    first, failure, last = read_inputs([str(path)], Options(COLUMNS))
    expected(first)
    expected(last)
    assert (last.path, failure.path) == (f"{path}#3", f"{path}#2")
    (missing,) = read_inputs([str(path)])
    assert "has no column 'text', but 'authors', 'body'" in missing.reason
    (cut,) = results(tmp_path, path.read_bytes()[:-9], name="cut.parquet")
    assert "cannot be read after row 0" in cut.reason


def test_parquet_without_pyarrow(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    (failure,) = results(tmp_path, b"PAR1\0\0")
    assert failure.remedy == "install it: pip install 'reportedly[parquet]'"


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2031-04-02", "2031-04-02"),
        ("2031-04-02 10:00:00", "2031-04-02"),
        ("20310402T100000Z", "2031-04-02"),
        ("Wed, 02 Apr 2031 23:30:00 -0900", "2031-04-02"),
        ("April 2, 2031", "2031-04-02"),
        (datetime.date(2031, 4, 2), "2031-04-02"),
        ("2031-13-02", None),
        ("yesterday", None),
        (20310402, None),
        ("", None),
        (None, None),
        ("9" * 9999, None),
    ],
)
def test_days(value, day):
    assert day_of(value) == day
