"""A folder's list of its articles: what it says wins, what is wrong with it is reported, and the files are read."""

import json

import pytest

from reportedly.ingest import read_inputs
from reportedly.schema import Article, Failure, article_id

TEXT = "The mayor of Kestrin said on Monday that the ferry would sail again, and that nobody had been told of it."
PAGE = (
    "<html><head><title>Ferry to sail again</title></head><body><article><h1>Ferry to sail again</h1>"
    f"<p>{TEXT}</p><p>Nobody on the pier had asked her why it was so, she said.</p></article></body></html>"
)
ENTRY = {
    "id": "ferry",
    "outlet": "Kestrin Star",
    "published": "2031-04-02",
    "url": "https://kestrinstar.example/ferry",
    "byline": "Ada Quill",
    "title": "Ferry to sail",
}


def read(folder, sidecar, name="articles.json", **files):
    (folder / name).write_bytes(sidecar if isinstance(sidecar, bytes) else json.dumps(sidecar).encode())
    for stem, text in (files or {"ferry": TEXT}).items():
        (folder / f"{stem}.txt").write_text(text)
    results = list(read_inputs([str(folder)]))
    return [r for r in results if isinstance(r, Article)], [r for r in results if isinstance(r, Failure)]


@pytest.mark.parametrize(
    ("name", "sidecar"),
    [
        ("articles.json", [ENTRY]),
        ("articles.json", {"articles": [ENTRY]}),
        ("cluster.json", {"id": "x", "articles": [ENTRY], "copies": "not looked at", "claims": [{"text": 1}]}),
        ("articles.csv", f"{','.join(ENTRY)},note\r\n{','.join(ENTRY.values())},\r\n".encode()),
        ("articles.csv", f"\ufeff{','.join(ENTRY)}\n{','.join(ENTRY.values())}\n".encode()),
    ],
)
def test_what_it_says_wins(tmp_path, name, sidecar):
    (article,), failures = read(tmp_path, sidecar, name)
    assert failures == []
    said = {key: getattr(article, key) for key in ENTRY if key != "id"}
    assert said == {key: value for key, value in ENTRY.items() if key != "id"}
    assert dict(article.found_in) == dict.fromkeys(said, "sidecar")
    assert article.id == article_id(TEXT, ENTRY["url"])
    assert article.text == TEXT


def test_it_wins_over_a_page_and_leaves_what_it_does_not_say(tmp_path):
    (tmp_path / "ferry.html").write_text(PAGE)
    (article,), failures = read(tmp_path, [{"id": "ferry", "outlet": "Kestrin Star", "title": None}], other="")
    assert article.title == "Ferry to sail again"
    assert dict(article.found_in) == {"title": "page", "outlet": "sidecar"}
    assert [failure.path for failure in failures] == [str(tmp_path / "other.txt")]


def test_a_byline_that_is_an_agency_is_a_credit_and_an_outlet_that_signs_itself_is_none(tmp_path):
    entries = [{**ENTRY, "id": "a", "byline": "Norrin Press"}, {**ENTRY, "id": "b", "outlet": "Norrin Press"}]
    own = TEXT.replace("The mayor", "KESTRIN, April 2 (Norrin Press) - The mayor")
    (copied, agency), _ = read(tmp_path, entries, a=TEXT, b=own)
    assert copied.credit.name == "Norrin Press"
    assert agency.credit is None


def test_it_holds_for_its_own_folder_only(tmp_path):
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "ferry.txt").write_text(TEXT)
    articles, failures = read(tmp_path, [ENTRY])
    assert [article.outlet for article in articles] == ["Kestrin Star", None]
    assert failures == []


def test_a_dump_of_that_name_is_a_dump(tmp_path):
    rows = [{"id": "ferry", "text": TEXT, "outlet": "Kestrin Star"}]
    (article,), failures = read(tmp_path, rows, nothing="")
    assert (article.text, article.outlet) == (TEXT, "Kestrin Star")
    assert len(failures) == 1


@pytest.mark.parametrize(
    ("name", "sidecar", "reason"),
    [
        ("articles.json", b"[{", "not JSON"),
        ("articles.json", b"", "empty"),
        ("articles.json", {"articles": 3}, "holds no list of articles"),
        ("articles.json", b"[" * 100_000, "not JSON"),
        ("articles.csv", b"name,outlet\nferry,Kestrin Star\n", "has no column 'id'"),
        ("articles.csv", b'id,outlet\nferry,"Kestrin Star\n', "not a table"),
    ],
)
def test_a_broken_one_is_a_failure_and_the_files_are_read(tmp_path, name, sidecar, reason):
    (article,), (failure,) = read(tmp_path, sidecar, name)
    assert failure.path == str(tmp_path / name)
    assert failure.reason.startswith(reason)
    assert (article.outlet, article.found_in) == (None, ())


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"outlet": "Kestrin Star"}, "id is missing"),
        ({**ENTRY, "outlet": 7}, "outlet is text, not 7"),
        ({**ENTRY, "published": "yesterday"}, "published is a day, not 'yesterday'"),
        ("ferry", "an object belongs here, not str"),
    ],
)
def test_a_row_that_is_wrong_is_passed_over(tmp_path, row, reason):
    articles, (failure,) = read(tmp_path, [row, {**ENTRY, "id": "other"}], ferry=TEXT, other=TEXT)
    assert failure.path == str(tmp_path / "articles.json#1")
    assert reason in failure.reason
    assert [article.outlet for article in articles] == [None, "Kestrin Star"]


def test_unknown_and_doubled_ids_are_reported(tmp_path):
    gone = [{**ENTRY, "id": f"gone-{n}"} for n in range(7)]
    (article,), (doubled, unknown) = read(tmp_path, [ENTRY, {**ENTRY, "outlet": "Halm Echo"}, *gone])
    assert article.outlet == "Kestrin Star"
    assert "'ferry' is listed already" in doubled.reason
    assert unknown.reason == (
        "lists 'gone-0', 'gone-1', 'gone-2', 'gone-3', 'gone-4' and 2 more, of which there is no file"
    )


def test_of_two_the_first_counts(tmp_path):
    (tmp_path / "articles.csv").write_text("id,outlet\nferry,Halm Echo\n")
    (article,), (failure,) = read(tmp_path, [ENTRY])
    assert article.outlet == "Kestrin Star"
    assert failure.path == str(tmp_path / "articles.csv")
