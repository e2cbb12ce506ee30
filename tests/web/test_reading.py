"""Reading and adding in the browser: what visitors give, what they get, and what stays."""

from __future__ import annotations

import io
import re
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi import HTTPException
from fastapi.testclient import TestClient

from reportedly.errors import InputError
from reportedly.schema import Article, Failure, Reading
from reportedly.web.desk import Desk
from reportedly.web.inbox import accept, articles
from reportedly.web.jobs import MOST_LISTED, MOST_WAITING, Job
from reportedly.web.tray import Batch, Tray
from tests.conftest import REPORT
from tests.export.stories import READING

from .conftest import BOUNDLESS, TOKEN, Opener, desk_of, form_token

PARAGRAPHS = "".join(f"<p>{part}</p>" for part in REPORT.split("\n\n"))
PAGE = f"<html><head><title>A page</title></head><body><article>{PARAGRAPHS}</article></body></html>"
OTHER = (
    "Le maire a dit que la pluie viendrait demain et que les quais seraient fermés pendant une semaine entière. " * 5
)
Given = dict[str, str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Temporary files of these tests lie here, so that it can be seen whether any is left."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def give(client: TestClient, path: str = "/read", files: list[tuple[str, bytes]] | None = None, **fields: str) -> str:
    """Send a form; where it leads. Raises AssertionError with the page where it does not."""
    data = {"form_token": form_token(client), **fields}
    sent = [("files", (name, io.BytesIO(content))) for name, content in files or []]
    answer = client.post(path, data=data, files=sent or None)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def refused(client: TestClient, files: list[tuple[str, bytes]] | None = None, **fields: str) -> str:
    """Send a form that is not taken; what is said."""
    data = {"form_token": form_token(client), **fields}
    sent = [("files", (name, io.BytesIO(content))) for name, content in files or []]
    answer = client.post("/read", data=data, files=sent or None)
    assert answer.status_code == 422
    return answer.text.partition('role="alert">')[2].partition("</p>")[0]


def test_a_text_is_read_at_once_and_added_by_a_button(client: TestClient, desk: Desk, folder: Path) -> None:
    where = give(client, text=REPORT.replace("\n", "\r\n"))
    assert re.fullmatch(r"/read/[\w-]{20,}", where)
    where = client.get(where).headers["location"]
    page = client.get(where).text
    assert "Dalia Renholm" in page
    assert "Add it to the library" in page
    assert client.get(f"{where}.json").json()["text"] == REPORT
    before = len(desk.library)
    answer = client.post(f"{where}/add", data={"form_token": form_token(client, where)})
    assert re.fullmatch(r"/article/[0-9a-f]{16}", answer.headers["location"])
    assert len(desk.library) == before + 1
    assert "Dalia Renholm" in client.get(answer.headers["location"]).text
    assert "This is in the library" in client.get(where).text
    assert list(folder.iterdir()) == []


def test_html_is_read_as_a_page(client: TestClient) -> None:
    record = client.get(f"{give(client, text=PAGE)}/1.json").json()
    assert record["title"] == "A page"
    assert "<p>" not in record["text"]


@pytest.mark.parametrize("text", ["/etc/passwd", "examples/border-train", "-", "*.txt", "file:///etc/passwd"])
def test_a_text_is_never_a_path(client: TestClient, text: str) -> None:
    given = f"{text}\n\nThe mayor said that rain would come."
    assert client.get(f"{give(client, text=given)}/1.json").json()["text"] == given
    answer = client.post("/read", data={"form_token": form_token(client), "text": text})
    assert "root:" not in answer.text
    assert answer.status_code == 303 or "alert" in answer.text


def test_nothing_given_is_told(client: TestClient) -> None:
    assert "is empty" in refused(client)
    assert "is empty" in refused(client, text=" \n ")
    assert "another language" in refused(client, text=OTHER) or "language fr" in refused(client, text=OTHER)


def test_what_was_typed_is_still_there_when_it_could_not_be_read(client: TestClient) -> None:
    data = {"form_token": form_token(client), "text": OTHER, "addresses": ""}
    page = client.post("/read", data=data).text
    assert OTHER.strip() in page.replace("&#39;", "'")


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8040/home.json",
        "http://localhost/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://0x7f.1/",
        "http://2130706433/",
        "http://user:word@news.example/",
        "http://news.example:25/",
    ],
)
@pytest.mark.parametrize("field", ["addresses", "text"])
def test_addresses_that_are_not_public_are_not_fetched(client: TestClient, address: str, field: str) -> None:
    told = refused(client, **{field: address})
    assert any(words in told for words in ("not public", "not a public address", "user name", "port 25", "not known"))


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://news.example/x", "javascript:alert(1)", "/etc/passwd"]
)
def test_only_web_addresses_are_addresses(client: TestClient, address: str) -> None:
    assert "is no web address" in refused(client, addresses=address)


def test_an_address_is_fetched_by_the_fetcher(client: TestClient, desk: Desk) -> None:
    asked: list[str] = []

    class Site:
        final_url = "https://news.example/report"
        content = PAGE.encode()
        charset = "utf-8"
        fetched_at = datetime(2031, 4, 3, tzinfo=UTC)

        def fetch(self, url: str) -> Site:
            asked.append(url)
            return self

        def close(self) -> None:
            pass

    desk._fetcher = Site()  # type: ignore[assignment]
    record = client.get(f"{give(client, addresses='https://news.example/report')}/1.json").json()
    assert record["url"] == "https://news.example/report"
    assert asked == ["https://news.example/report"]


def test_offline_no_address_is_taken(visiting: Opener) -> None:
    client = visiting(offline=True)
    assert 'name="addresses"' not in client.get("/read").text
    assert "fetching is off" in refused(client, addresses="https://news.example/report")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("report.txt", "report.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\news\\report.txt", "report.txt"),
        ("/etc/cron.d/evil.txt", "evil.txt"),
        ("..", ".."),
        ("a\x1b[31m\r\nb.txt", "a␛[31m b.txt"),
        ("*.txt", "*.txt"),
        ("-", "-"),
        ("x" * 500 + ".txt", ("x" * 500 + ".txt")[-120:]),
    ],
)
def test_a_files_name_is_only_shown(name: str, shown: str, folder: Path) -> None:
    class File:
        filename = name
        file = io.BytesIO(REPORT.encode())

    parcel = accept("", "", [File()])  # type: ignore[list-item]
    ((path, called),) = parcel.files
    assert path.parent.parent == folder
    assert re.fullmatch(r"1(\.\w+)?", path.name)
    (found,) = articles(parcel, lambda: pytest.fail("nothing is to be fetched"))
    assert isinstance(found, Article)
    assert found.path == called == shown
    parcel.discard()
    assert list(folder.iterdir()) == []


def test_several_files_are_read_together(client: TestClient, desk: Desk, folder: Path) -> None:
    lines = "".join(
        f'{{"text": {text!r}}}\n'.replace("'", '"') for text in ("Jo said that it rains.", "Mo said that it snows.")
    )
    where = give(
        client,
        files=[
            ("report.html", PAGE.encode()),
            ("two.jsonl", lines.encode()),
            ("picture.png", b"\x89PNG\r\n\x1a\n\0\0"),
        ],
    )
    record = client.get(f"{where}.json").json()
    assert [one["path"] for one in record["readings"]] == ["report.html", "two.jsonl#1", "two.jsonl#2"]
    (failure,) = record["failures"]
    assert failure["path"] == "picture.png"
    assert str(folder) not in str(record)
    page = client.get(where).text
    assert "picture.png" in page
    assert f'href="{where}/2"' in page
    before = len(desk.library)
    client.post(f"{where}/add", data={"form_token": form_token(client)})
    assert len(desk.library) == before + 3
    assert client.get(f"{where}/4").status_code == 404
    assert list(folder.iterdir()) == []


def test_what_an_uploaded_feed_links_to_is_not_fetched(client: TestClient) -> None:
    feed = (
        b'<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>'
        b"<item><title>One</title><link>http://127.0.0.1/secret</link></item></channel></rss>"
    )
    told = refused(client, files=[("feed.xml", feed)])
    assert "secret" in told or "fetch" in told or "article" in told


def test_more_than_is_read_at_once_is_for_the_background(visiting: Opener) -> None:
    client = visiting(limits=replace(BOUNDLESS, shown=2))
    lines = "".join(f'{{"text": "Jo number {number} said that it rains."}}\n' for number in range(5))
    where = give(client, files=[("five.jsonl", lines.encode())])
    record = client.get(f"{where}.json").json()
    assert len(record["readings"]) == 2
    assert record["more"]
    assert "more than is read at once" in client.get(where).text


def test_what_one_visitor_read_another_does_not_see(visiting: Opener, tmp_path: Path) -> None:
    from reportedly.web.guard.passwords import set_password

    users = tmp_path / "users"
    set_password(users, "henna", "one")
    client = visiting(users=users, token=TOKEN)
    program = {"authorization": f"Bearer {TOKEN}"}
    where = client.post("/read", data={"text": REPORT}, headers=program).headers["location"]
    assert client.get(f"{where}/1", headers=program).status_code == 200
    data = {"form_token": form_token(client, "/login"), "name": "henna", "secret": "one"}
    assert client.post("/login", data=data).status_code == 303
    assert client.get(f"{where}/1").status_code == 404
    assert client.post(f"{where}/1/add", data={"form_token": form_token(client)}).status_code == 404


def test_the_tray_keeps_the_newest() -> None:
    tray = Tray(2)
    keys = [tray.put(Batch(None, (READING,))) for _ in range(3)]
    assert [tray.get(key, None) is not None for key in keys] == [False, True, True]
    assert tray.get(keys[2], "somebody") is None
    assert len(set(keys)) == 3


def test_readings_are_limited(visiting: Opener) -> None:
    client = visiting(limits=replace(BOUNDLESS, readings=2))
    give(client, text=REPORT)
    give(client, text=REPORT)
    answer = client.post("/read", data={"form_token": form_token(client), "text": REPORT})
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1


def test_those_who_wait_too_long_for_the_reader_are_told(visiting: Opener) -> None:
    client = visiting(limits=replace(BOUNDLESS, at_once=1, patience=0.4))
    desk = desk_of(client)
    with desk._turn(), pytest.raises(HTTPException) as told:
        desk.read(Article(id="x", text=REPORT))
    assert told.value.status_code == 503


def job_of(client: TestClient, where: str) -> dict[str, object]:
    """The job at an address, when it is over."""
    for _ in range(600):
        record: dict[str, object] = client.get(f"{where}.json").json()
        if record["is_over"]:
            return record
        time.sleep(0.05)
    raise AssertionError(f"still {record['state']}")


def test_files_are_added_in_the_background(client: TestClient, desk: Desk, folder: Path) -> None:
    before = len(desk.library)
    where = give(
        client,
        "/add",
        files=[("report.html", PAGE.encode()), ("broken.warc", b"WARC/1.0 nothing"), ("report.txt", REPORT.encode())],
    )
    assert where == "/jobs/1"
    record = job_of(client, where)
    assert (record["state"], record["added"], record["failed"]) == ("done", 2, 1)
    assert record["label"] == "report.html and 2 more"
    assert len(desk.library) == before + 2
    titles = [one["title"] for one in record["articles"]]  # type: ignore[attr-defined]
    assert titles == ["A page", "Norwick harbour to close for a week, mayor says"]
    page = client.get(where).text
    assert "broken.warc" in page
    assert "http-equiv" not in page
    assert "report.html and 2 more" in client.get("/jobs").text
    assert list(folder.iterdir()) == []
    again = job_of(client, give(client, "/add", files=[("same.txt", REPORT.encode())]))
    assert (again["added"], again["known"]) == (0, 1)


class Held:
    """A reader that waits until it may read."""

    def __init__(self) -> None:
        self.reads, self.may = threading.Event(), threading.Event()

    def read(self, article: Article) -> Reading:
        self.reads.set()
        assert self.may.wait(20)
        return Reading(article)


@pytest.fixture
def held(desk: Desk) -> Iterator[Held]:
    reader = Held()
    desk._reader = reader  # type: ignore[assignment]
    yield reader
    reader.may.set()


def test_a_job_shows_how_far_it_is_and_can_be_stopped(client: TestClient, held: Held, folder: Path) -> None:
    first = give(client, "/add", text=REPORT)
    second = give(client, "/add", text=REPORT + "\nMore.", files=[("x.txt", b"Jo said that it rains.")])
    assert held.reads.wait(10)
    assert client.get(f"{first}.json").json()["state"] == "running"
    assert client.get(f"{second}.json").json()["state"] == "waiting"
    page = client.get(first).text
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert f'data-follows="{first}.json"' in page
    begun = time.monotonic()
    assert client.get("/articles").status_code == 200  # nobody waits for it
    assert time.monotonic() - begun < 5
    client.post(f"{second}/stop", data={"form_token": form_token(client)})
    assert client.get(f"{second}.json").json()["state"] == "stopped"
    client.post(f"{first}/stop", data={"form_token": form_token(client)})
    held.may.set()
    assert job_of(client, first)["state"] in ("stopped", "done")
    assert list(folder.iterdir()) == []


def test_a_job_that_fails_says_why_and_the_next_goes_on(client: TestClient, desk: Desk, reader: object) -> None:
    class Broken:
        def read(self, article: Article) -> Reading:
            raise RuntimeError(f"inside {article.id}")

    desk._reader = Broken()  # type: ignore[assignment]
    record = job_of(client, give(client, "/add", text=REPORT))
    assert record["state"] == "failed"
    assert "inside" not in str(record)
    assert "a fault of the program" in client.get("/jobs/1").text
    desk._reader = reader  # type: ignore[assignment]
    assert job_of(client, give(client, "/add", text=REPORT))["state"] == "done"


def test_so_many_jobs_may_wait(client: TestClient, desk: Desk, held: Held, folder: Path) -> None:
    give(client, "/add", text=REPORT)
    assert held.reads.wait(10)
    for _ in range(MOST_WAITING):
        desk.jobs.add(accept(REPORT, "", []), None)
    answer = client.post("/add", data={"form_token": form_token(client), "text": REPORT})
    assert answer.status_code == 503
    held.may.set()
    desk.jobs.close()
    assert {job.state for job in desk.jobs.all()} <= {"stopped", "done"}
    assert list(folder.iterdir()) == []


def test_failures_are_listed_up_to_a_number_and_all_counted(desk: Desk) -> None:
    parcel = accept(REPORT, "", [])
    desk.jobs._jobs[1] = Job(1, parcel.label, 1, None, datetime(2031, 1, 1, tzinfo=UTC))
    for number in range(MOST_LISTED + 5):
        desk.jobs._keep(1, Failure(f"{number}", "broken", "mend it"))
    job = desk.jobs.get(1)
    assert job is not None
    assert (job.failed, len(job.failures), job.is_more) == (MOST_LISTED + 5, MOST_LISTED, True)
    parcel.discard()


def test_too_many_addresses_are_refused() -> None:
    with pytest.raises(InputError, match="more than 100"):
        accept("", " ".join(f"https://news.example/{number}" for number in range(101)), [])
