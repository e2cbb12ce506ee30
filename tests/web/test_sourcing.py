"""Search, speakers, sourcing profiles, the inventory and own columns: what they say, and where every number leads."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from benchmarks.invented import readings
from reportedly.export.words import standing
from reportedly.schema import Attribution, Reading, Speaker
from reportedly.store.database import Session
from reportedly.store.speaker import Point, speaker_id
from reportedly.web.timeline import MOST_LANES, timeline
from tests.browser.stories import SCRIPTS
from tests.export.stories import HOSTILE, MINISTER, READING

from .conftest import Opener, desk_of, form_token, key_of

MANY = tuple(readings(12, statements=6))


@pytest.fixture
def full(visiting: Opener) -> TestClient:
    """A visitor of a library of invented readings."""
    return visiting(MANY)


def somebody(client: TestClient, rows: int = 1) -> list[dict[str, Any]]:
    """Those with the most statements."""
    people: list[dict[str, Any]] = client.get(f"/speakers.json?rows={rows}").json()["people"]
    return people


def links_of(page: str, path: str) -> list[tuple[str, str]]:
    """The links of a page to a path: the address, and what is written there."""
    found = re.findall(rf'<a[^>]*href="({re.escape(path)}\?[^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL)
    return [(html.unescape(address), re.sub(r"<[^>]+>", "", text).strip()) for address, text in found]


def rows_of(client: TestClient, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).text)))


SCREENS = ("/search", "/statements", "/speakers", "/outlets", "/inventory", "/columns")


@pytest.mark.parametrize("path", SCREENS)
def test_every_screen_is_a_page_json_and_csv(client: TestClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert f'href="{path}.json"' in page.text
    assert isinstance(client.get(f"{path}.json").json(), dict)
    lines = list(csv.reader(io.StringIO(client.get(f"{path}.csv").text)))
    assert {len(line) for line in lines} == {len(lines[0])}


@pytest.mark.parametrize("path", SCREENS)
def test_an_empty_library_is_told_as_one(visiting: Opener, path: str) -> None:
    page = visiting(())
    assert page.get(path).status_code == 200
    assert page.get(f"{path}.csv").status_code == 200


# Search


def test_search_shows_words_in_context_with_chain_and_place(client: TestClient) -> None:
    start, end = MINISTER.content[0]
    word = max(READING.article.text[start:end].split(), key=len).strip("”“.,")
    page = client.get("/search", params={"words": word}).text
    assert f'href="/article/{key_of(READING)}/s/{start}-{end}"' in page
    assert f'<mark class="found">{html.escape(word)}</mark>' in page
    assert READING.article.outlet is not None
    assert html.escape(READING.article.outlet) in page


def test_facets_narrow_to_what_they_count(full: TestClient) -> None:
    page = full.get("/search").text
    aside = page[page.index('class="facets"') :]
    found = re.findall(r'href="(/search\?[^"]+)"><bdi>.*?</bdi></a> <span class="quiet">([\d,]+)', aside)
    assert len(found) > 20
    for address, number in found[::3]:
        path, _, query = html.unescape(address).partition("?")
        assert full.get(f"{path}.json?{query}").json()["total"] == int(number.replace(",", "")), address


def test_filters_stay_in_the_address_and_can_be_taken_away(full: TestClient) -> None:
    page = full.get("/search?words=the&stance=asserts&since=2031&confidence=0.5").text
    chips = {text: address for address, text in links_of(page, "/search") if "(remove)" in text}
    assert {re.sub(r"\s+", " ", text) for text in chips} == {
        "stance: asserts ✕ (remove)",
        "published from 2031 on ✕ (remove)",
        "confidence 0.5 or more ✕ (remove)",
    }
    assert all("words=the" in address for address in chips.values())
    assert 'value="asserts" selected' in page


def test_pages_of_hits_hold_each_once(full: TestClient) -> None:
    total = full.get("/search.json?rows=1").json()["total"]
    places = [
        hit["place"]
        for page in range(1, total // 30 + 2)
        for hit in full.get(f"/search.json?rows=30&page={page}").json()["hits"]
    ]
    assert len(places) == total == len(set(places)) == sum(len(one.attributions) for one in MANY)
    beyond = full.get("/search?page=99")
    assert beyond.status_code == 200
    assert "To the first page" in beyond.text


@pytest.mark.parametrize("query", ["words=%22open", "words=a*b", "since=soon", "words=OR", "confidence=much"])
def test_what_cannot_be_understood_is_told_where_it_was_asked(client: TestClient, query: str) -> None:
    page = client.get(f"/search?{query}&outlet=x")
    assert 'role="alert"' in page.text
    assert "How words are written" in page.text
    assert 'value="x"' in page.text
    answer = client.get(f"/search.json?{query}")
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert client.get(f"/search.csv?{query}").status_code == 400


def test_nothing_found_says_what_to_try(client: TestClient) -> None:
    page = client.get("/search?words=zeppelin+quagmire&stance=denies").text
    assert "Nothing was found" in page
    assert "any_word=yes" in page
    assert "/search?speaker=zeppelin+quagmire" in page


@contextmanager
def counted() -> Iterator[list[str]]:
    """The SQL that is asked meanwhile."""
    asked: list[str] = []
    own = Session._dialect

    def noted(self: Session, sql: str) -> str:
        asked.append(sql)
        return own(self, sql)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Session, "_dialect", noted)
        yield asked


@pytest.mark.parametrize(("address", "most"), [("/search?words=the", 8), ("/search", 8), ("/statements", 3)])
def test_a_page_asks_the_database_so_much_and_no_more_for_more_hits(full: TestClient, address: str, most: int) -> None:
    mark = "&" if "?" in address else "?"
    numbers = []
    for rows in (1, 50):
        with counted() as asked:
            assert full.get(f"{address}{mark}rows={rows}").status_code == 200
        numbers.append(len(asked))
    assert numbers[0] == numbers[1] <= most


# The sentences behind numbers


@pytest.mark.parametrize(
    "path", ["/inventory", "/inventory?since=2032", "/outlet?name={outlet}", "/article/{key}/sourcing"]
)
def test_every_number_opens_just_so_many_sentences(full: TestClient, path: str) -> None:
    address = path.format(outlet=MANY[0].article.outlet, key=key_of(MANY[0]))
    page = full.get(address).text
    told = re.findall(r'<a href="(/statements\?[^"]+)" aria-label="([\d,]+) statements?', page)
    assert len(told) > 5
    for link, number in told[::4]:
        path_, _, query = html.unescape(link).partition("?")
        assert full.get(f"{path_}.json?{query}").json()["total"] == int(number.replace(",", "")), link


def test_a_profile_of_an_article_counts_it(full: TestClient) -> None:
    one = next(one for one in MANY if any(item.via for item in one.attributions))
    record = full.get(f"/article/{key_of(one)}/sourcing.json").json()
    assert record["statements"] == len(one.attributions)
    kinds = [standing(item.speaker) for item in one.attributions]
    assert {key: value["statements"] for key, value in record["standing"].items() if value["statements"]} == {
        kind: kinds.count(kind) for kind in kinds
    }
    assert record["carriers"][0] == sum(not item.via for item in one.attributions)
    assert record["longest_chain"] is not None
    assert len(record["longest_chain"]["statement"]["via"]) == 1
    assert full.get("/article/0123456789abcdef/sourcing").status_code == 404


def test_an_outlet_by_period_and_author(full: TestClient) -> None:
    name = MANY[0].article.outlet
    record = full.get("/outlet.json", params={"name": name}).json()
    own = [one for one in MANY if one.article.outlet == name]
    assert record["articles"] == {"articles": len(own), "counted": len(own)}
    late = full.get("/outlet.json", params={"name": name, "since": "2099"}).json()
    assert late["statements"] == 0
    assert full.get("/outlet", params={"name": name, "since": "2099"}).status_code == 200
    assert full.get("/outlet", params={"name": "nowhere"}).status_code == 404
    assert full.get("/outlet", params={"name": name, "since": "soon"}).status_code == 400


def test_the_list_of_outlets_leads_to_each(full: TestClient) -> None:
    record = full.get("/outlets.json").json()
    assert record["total"] == len({one.article.outlet for one in MANY})
    assert sum(one["articles"] for one in record["outlets"]) == len(MANY)
    for one in record["outlets"][:3]:
        assert full.get(one["page"]).status_code == 200


# Speakers


def test_a_speaker_has_a_line_of_time_with_the_same_in_a_table(full: TestClient) -> None:
    (person,) = somebody(full)
    page = full.get(f"/speaker/{person['id']}").text
    for kind in ("long", "slim"):
        assert f'<svg class="{kind}"' in page
        assert f'<title id="title-{kind}">' in page
        assert f'<desc id="desc-{kind}">' in page
    table = page[page.index("The same as a table") :]
    record = full.get(f"/speaker/{person['id']}.json").json()
    points = record["timeline"]["points"]
    assert sum(point["statements"] for point in points) == person["statements"] == record["total"]
    told = re.findall(r'<td><a href="([^"]+)" aria-label="(\d+), (\w+), ([\d-]+)">', table)
    assert len(told) == len(points)
    for link, number, shape, _ in told:
        address = html.unescape(link).partition("#")[0].replace("?", ".json?", 1)
        found = full.get(address).json()
        assert found["total"] == int(number), (link, shape)


def test_a_speaker_by_names_roles_outlets_and_carriers(full: TestClient) -> None:
    (person,) = somebody(full)
    page = full.get(f"/speaker/{person['id']}").text
    aside = page[page.index('class="facets"') :]
    found = re.findall(r'<li><a href="([^"]+)">.*?</a> <span class="quiet">(?:\(\w+\) )?(\d+)</span></li>', aside)
    assert len(found) >= 3
    for link, number in found:
        address = html.unescape(link).partition("#")[0].replace("?", ".json?", 1)
        assert full.get(address).json()["total"] == int(number), link


def test_nobody_is_told_so(client: TestClient) -> None:
    assert client.get("/speaker/nobody-at-all-00000000").status_code == 404
    assert client.get("/speaker/Nobody%20At%20All").status_code == 404
    assert "Nobody in this library is called so" in client.get("/speakers?like=zzyzx").text


def test_sentences_lead_to_the_one_who_said_them(client: TestClient) -> None:
    page = client.get("/search?rows=500").text
    for reading in (READING, SCRIPTS):
        for item in reading.attributions:
            person = speaker_id(key_of(reading), item.speaker)
            if person is not None:
                assert client.get(f"/speaker/{person}").status_code == 200
    assert 'class="name" href="/speaker/' in page


def _by(reading: Reading, name: str, role: str | None, k: int = 0) -> Reading:
    item: Attribution = replace(reading.attributions[k], speaker=Speaker(name, "person", role), confidence=None)
    return replace(reading, attributions=(item,))


def test_people_are_joined_parted_renamed_and_all_of_it_taken_back(visiting: Opener) -> None:
    client = visiting((_by(MANY[0], "Ada Quillfeather", None), _by(MANY[1], "Bo Umberland", None)))
    ada, bo = sorted(one["id"] for one in somebody(client, 9))
    token = {"form_token": form_token(client)}

    def log() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = client.get(f"/speaker/{ada}.json").json()["judgements"]
        return found

    def send(what: str, **form: object) -> int:
        return client.post(f"/speaker/{ada}/{what}", data={**token, **form}).status_code

    assert send("merge", other="Bo Umberland", note="a pen name") == 303
    joined = client.get(f"/speaker/{bo}.json").json()
    assert (joined["statements"], len(joined["appearances"])) == (2, 2)
    assert "a pen name" in client.get(f"/speaker/{ada}").text
    assert send("undo", number=log()[0]["number"]) == 303
    assert client.get(f"/speaker/{bo}.json").json()["statements"] == 1
    assert log()[0]["undone"]
    assert send("undo", number=log()[-1]["number"]) == 303
    assert send("split", mentions=[bo]) == 303
    assert client.get(f"/speaker/{ada}.json").json()["statements"] == 1
    assert send("rename", name="Ada <b>Quill</b>") == 303
    page = client.get(f"/speaker/{ada}").text
    assert "<b>Quill" not in page
    assert "Ada &lt;b&gt;Quill" in page
    assert {entry["by"] for entry in log()} == {"at this machine"}
    for what, form in (
        ("merge", {"other": "nobody here"}),
        ("merge", {"other": ada}),
        ("split", {}),
        ("rename", {"name": " "}),
        ("undo", {"number": 99}),
    ):
        assert send(what, **form) in (400, 404), what
    assert client.post(f"/speaker/{ada}/merge", data={"other": bo}).status_code == 403


# Inventory and own columns


def test_the_inventory_is_exported_filled_in_and_read_back(full: TestClient) -> None:
    table = rows_of(full, "/inventory.csv")
    people = somebody(full, 500)
    assert table
    assert {row["id"] for row in table} == {one["id"] for one in people}
    for k, row in enumerate(table):
        row["desk"] = ("local", "sport", "")[k % 3]
    out = io.StringIO()
    writer = csv.DictWriter(out, list(table[0]))
    writer.writeheader()
    writer.writerows(table)
    token = form_token(full, "/columns")
    sent = full.post("/columns", data={"form_token": token}, files={"sheet": ("own.csv", out.getvalue(), "text/csv")})
    assert sent.status_code == 303
    again = rows_of(full, "/inventory.csv")
    assert [(row["id"], row["desk"]) for row in again] == [(row["id"], row["desk"]) for row in table]
    page = full.get("/inventory").text
    assert "own column" in page
    shares = {one["value"]: one["voices"] for one in full.get("/inventory.json").json()["own"]}
    assert shares == {value: sum(row["desk"] == value for row in table) for value in ("local", "sport", "")}
    exported = rows_of(full, "/columns.csv")
    assert {row["id"]: row["desk"] for row in exported} == {row["id"]: row["desk"] for row in table if row["desk"]}
    (change,) = full.get("/columns.json").json()["changes"]
    assert full.post("/columns/undo", data={"form_token": token, "number": change["number"]}).status_code == 303
    assert rows_of(full, "/columns.csv") == []


def test_what_is_wrong_with_a_sheet_is_told_by_its_line_and_nothing_is_kept(full: TestClient) -> None:
    name = somebody(full)[0]["name"]
    token = form_token(full, "/columns")
    sheet = f"speaker,desk\n{name},local\n<script>alert(1)</script>,x\n,sport\n"
    answer = full.post("/columns", data={"form_token": token, "text": sheet})
    assert answer.status_code == 422
    assert "Line 4:" in answer.text
    assert "<script>alert" not in answer.text
    assert "Nothing was kept" in answer.text
    assert rows_of(full, "/columns.csv") == []
    answer = full.post("/columns", data={"form_token": token, "text": f"speaker,desk\n{name},local\nNo One,x\n"})
    assert "Line 3:" in answer.text
    assert "nobody in the library is called" in html.unescape(answer.text)
    assert full.post("/columns", data={"form_token": token}).status_code == 422
    assert full.post("/columns", data={"text": sheet}).status_code == 403


def test_an_own_column_of_one_speaker(full: TestClient) -> None:
    (person,) = somebody(full)
    data = {"form_token": form_token(full), "heading": "desk", "value": "<i>local</i>"}
    assert full.post(f"/speaker/{person['id']}/own", data=data).status_code == 303
    page = full.get(f"/speaker/{person['id']}").text
    assert "&lt;i&gt;local&lt;/i&gt;" in page
    assert full.get(f"/speaker/{person['id']}.json").json()["own_columns"] == {"desk": "<i>local</i>"}
    assert full.post(f"/speaker/{person['id']}/own", data={**data, "heading": " "}).status_code == 400
    assert full.post("/speaker/nobody-00000000/own", data=data).status_code == 400


def test_new_voices_are_told_where_a_period_is(full: TestClient) -> None:
    assert full.get("/inventory.json").json()["new"] is None
    record = full.get("/inventory.json?since=2032").json()
    assert record["new"] + record["returning"] == record["voices_in_all"]
    assert "were not quoted in this library before 2032" in full.get("/inventory?since=2032").text


def test_a_set_that_is_empty_says_how_it_can_be_had(full: TestClient) -> None:
    page = full.get("/inventory?outlet=nowhere")
    assert page.status_code == 200
    assert "No article of this library is meant by that" in page.text
    assert full.get("/inventory?since=soon").status_code == 400
    assert full.get("/inventory?author=%21").status_code == 400


def test_hostile_names_stay_text(client: TestClient) -> None:
    for path in (*SCREENS, f"/article/{key_of(HOSTILE)}/sourcing"):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "style=" not in page
    for one in desk_of(client).library.people().people:
        assert client.get(f"/speaker/{one.id}").status_code == 200


# The line of time


def test_many_outlets_share_the_last_line() -> None:
    points = [Point(f"Paper {k}", 20340101 + k, "asserts", 20 - k) for k in range(12)]
    drawn = timeline(points, "day")
    assert drawn is not None
    assert [lane.name for lane in drawn.lanes[:2]] == ["Paper 0", "Paper 1"]
    assert len(drawn.lanes) == MOST_LANES
    assert (drawn.lanes[-1].name, drawn.lanes[-1].label) == (None, "5 other outlets")
    assert sum(mark.statements for mark in drawn.marks) == sum(point.statements for point in points)
    assert len(drawn.rows) == 12, "the table has them all"
    assert all(drawn.form.left <= mark.x <= drawn.form.width for mark in drawn.marks)


def test_what_falls_on_one_place_stands_side_by_side() -> None:
    points = [Point("Paper", 203401, shape, 2) for shape in ("asserts", "denies", "hedged")]
    drawn = timeline(points, "month")
    assert drawn is not None
    xs = [mark.x for mark in drawn.marks]
    assert len(set(xs)) == 3
    assert [mark.shape for mark in drawn.marks] == ["asserts", "denies", "hedged"]
    assert drawn.ticks
    assert timeline([], "day") is None


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (20340105, 20340105, ["2034-01-05"]),
        (20340105, 20340128, ["2034-01-05", "2034-01-28"]),
        (20331115, 20340128, ["2033-11", "2033-12", "2034-01"]),
        (20200101, 20340101, ["2020", "2022", "2024", "2026", "2028", "2030", "2032", "2034"]),
    ],
)
def test_dates_under_the_axis(first: int, last: int, labels: list[str]) -> None:
    drawn = timeline([Point("Paper", day, "asserts", 1) for day in (first, last)], "day")
    assert drawn is not None
    assert [tick.label for tick in drawn.ticks] == labels
