"""What is put into a library comes out of it, in both databases."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.invented import MAKER, by, readings
from reportedly.errors import LibraryError, NotInLibraryError
from reportedly.schema import Article, Attribution, Maker, Reading, Speaker, article_id
from reportedly.store import Library, Query
from reportedly.store.records import content_hash, pack_record, pack_text, place, unpack_record, unpack_text
from tests.export.stories import EMPTY, HOSTILE, READING

NEWER = Maker("invented 2", "none", "1" * 16)


def stored(text: str = "Rain came.", **values: object) -> Reading:
    return Reading(Article(article_id(text), text, **values), (), MAKER)  # type: ignore[arg-type]


def test_what_goes_in_comes_out(library: Library, some: list[Reading]) -> None:
    assert [library.add(reading) for reading in some] == [True] * len(some)
    assert len(library) == len(some)
    assert [reading.to_json() for reading in library.readings()] == [reading.to_json() for reading in some]
    assert library.get(some[7].article.id) == some[7]


@pytest.mark.parametrize("reading", [READING, EMPTY, HOSTILE], ids=["plain", "empty", "hostile"])
def test_odd_readings_come_out_as_they_are(library: Library, reading: Reading) -> None:
    assert library.add(reading)
    assert library.get(reading.article.id) == reading
    assert [kept.to_json() for kept in library.readings()] == [reading.to_json()]


def test_adding_again_adds_nothing(library: Library, some: list[Reading]) -> None:
    library.add(some[0])
    again = replace(some[0], article=replace(some[0].article, path="elsewhere.html"), attributions=())
    assert not library.add(some[0])
    assert not library.add(again)
    assert library.get(some[0].article.id) == some[0]


def test_two_articles_that_a_dump_gave_one_id_stay_two(library: Library) -> None:
    one, two = (replace(stored(text), article=replace(stored(text).article, id="17")) for text in ("One.", "Two."))
    assert library.add(one)
    assert library.get("17") == one
    assert library.add(two)
    with pytest.raises(NotInLibraryError, match="give more of the id") as told:
        library.get("17")
    assert content_hash(two) in str(told.value)
    assert library.get(content_hash(two)) == two


def test_the_beginning_of_an_id_is_enough(library: Library, some: list[Reading]) -> None:
    for reading in some:
        library.add(reading)
    assert library.get(some[3].article.id[:8]) == some[3]
    for wrong in ("", "abc", "no-such-id", "%", "\0", "0" * 16, "x" * 10_000):
        with pytest.raises(NotInLibraryError):
            library.get(wrong)


def test_each_maker_keeps_its_reading_until_prune(library: Library, some: list[Reading]) -> None:
    old = some[0]
    new = by(NEWER, old, 2)
    new = replace(new, article=replace(new.article, title="Another title", outlet="Another outlet"))
    library.add(old)
    library.add(some[1])
    assert library.add(new)
    assert not library.add(old)
    assert library.makers(old.article.id) == (NEWER, MAKER)
    assert library.get(old.article.id) == new
    assert library.get(old.article.id, MAKER).to_json() == old.to_json()
    assert len(library) == 2
    assert list(library.readings()) == [new, some[1]]
    assert library.prune() == 1
    assert library.prune() == 0
    assert library.makers(old.article.id) == (NEWER,)
    with pytest.raises(NotInLibraryError, match="by that maker"):
        library.get(old.article.id, MAKER)


def test_a_reading_that_was_replaced_is_found_no_more(library: Library, some: list[Reading]) -> None:
    for reading in some:
        library.add(reading)
    statements = sum(len(reading.attributions) for reading in some)
    assert library.search(Query(limit=0)).total == statements
    library.add(by(NEWER, some[4], 1))
    assert library.search(Query(limit=0)).total == statements - 5
    name = some[4].attributions[-1].speaker.name
    gone = {(hit.article, hit.statement.n) for hit in library.search(Query(speaker=name, limit=1000)).hits}
    assert (some[4].article.id, 6) not in gone
    kept = library.search(Query(speaker=some[4].attributions[0].speaker.name, limit=1000))
    assert (some[4].article.id, 1) in {(hit.article, hit.statement.n) for hit in kept.hits}


def test_gold_without_a_maker_is_kept(library: Library, some: list[Reading]) -> None:
    gold = replace(some[0], maker=None)
    assert library.add(gold)
    assert not library.add(gold)
    assert library.get(gold.article.id) == gold
    assert library.makers(gold.article.id) == (None,)


def test_a_statement_is_found_by_its_place(library: Library) -> None:
    library.add(READING)
    for item in READING.attributions:
        assert library.statement(READING.article.id, place(item)) == (READING, item)
    start, end = place(READING.attributions[0])
    assert library.statement(READING.article.id, (start + 5, end + 3))[1].n == 1
    with pytest.raises(NotInLibraryError, match="no statement"):
        library.statement(READING.article.id, (10_000, 10_010))
    library.add(EMPTY)
    with pytest.raises(NotInLibraryError, match="no statement"):
        library.statement(EMPTY.article.id, (0, 5))


def test_reading_all_takes_little_memory(tmp_path: Path) -> None:
    with Library(tmp_path / "news.db") as library:
        for reading in readings(600, statements=4):
            library.add(reading)

        def peak(most: int) -> int:
            tracemalloc.start()
            for k, _ in enumerate(library.readings()):
                if k >= most:
                    break
            used = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            return used

        peak(10)
        assert peak(600) < 2 * peak(150)


def test_what_is_added_meanwhile_comes_at_the_end(library: Library, some: list[Reading]) -> None:
    for reading in some[:20]:
        library.add(reading)
    given: list[Reading] = []
    for reading in library.readings():
        if not given:
            library.add(some[20])
        given.append(reading)
    assert given[:20] == some[:20]


def test_a_library_that_is_closed_can_be_opened_again(where: str, some: list[Reading]) -> None:
    with Library(where) as library:
        library.add(some[0])
    with Library(where, create=False) as library:
        assert library.get(some[0].article.id) == some[0]


def test_none_is_made_where_none_is_wanted(where: str) -> None:
    with pytest.raises(LibraryError, match="reportedly add"):
        Library(where, create=False)


_SPANS = st.tuples(st.integers(0, 20), st.integers(1, 20)).map(lambda pair: (pair[0], pair[0] + pair[1]))
_TEXTS = st.text(st.characters(), min_size=45, max_size=60)
_ATTRIBUTIONS = st.builds(
    Attribution,
    n=st.integers(0, 3),
    content=st.lists(_SPANS, max_size=3).map(tuple),
    conditions=st.lists(_SPANS, max_size=2).map(tuple),
    speaker=st.builds(Speaker, name=st.none() | st.text(st.characters(), max_size=9), anonymous=st.booleans()),
    confidence=st.none() | st.floats(0, 1),
)


@given(
    text=_TEXTS,
    said=st.lists(_ATTRIBUTIONS, max_size=3, unique_by=lambda item: item.n),
    title=st.none() | st.text(st.characters(), max_size=9),
)
def test_packing_loses_nothing(text: str, said: list[Attribution], title: str | None) -> None:
    reading = Reading(Article("id", text, title=title), tuple(said), MAKER)
    assert unpack_text(pack_text(text)) == text
    assert unpack_record(pack_record(reading), text, MAKER) == reading


@pytest.fixture
def adding(library: Library) -> Callable[[Reading], Reading]:
    def add(reading: Reading) -> Reading:
        library.add(reading)
        return library.get(content_hash(reading))

    return add


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=_TEXTS, said=st.lists(_ATTRIBUTIONS, max_size=3, unique_by=lambda item: item.n))
def test_any_reading_can_be_kept(adding: Callable[[Reading], Reading], text: str, said: list[Attribution]) -> None:
    reading = Reading(Article("id", text), tuple(said), MAKER)
    kept = adding(reading)
    assert kept.article.text == text
