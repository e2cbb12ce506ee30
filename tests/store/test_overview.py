"""What a library tells of itself, on both databases."""

from __future__ import annotations

from dataclasses import replace

from reportedly.export.words import standing
from reportedly.schema import Reading, article_id
from reportedly.store import Library
from reportedly.store.overview import entries, overview
from tests.export.stories import EMPTY, HOSTILE, READING


def fill(library: Library, readings: list[Reading]) -> None:
    for reading in readings:
        library.add(reading)


def test_an_empty_library_holds_nothing(library: Library) -> None:
    held = overview(library)
    assert (held.articles, held.statements, held.sources, held.first, held.last) == (0, 0, 0, None, None)
    assert (held.standing, held.outlets, held.speakers) == ({}, (), ())
    assert entries(library, 10) == ([], 0)


def test_statements_are_counted_by_what_stands_behind_them(library: Library, some: list[Reading]) -> None:
    kept = [*some, READING, HOSTILE, EMPTY]
    fill(library, kept)
    held = overview(library)
    items = [item for reading in kept for item in reading.attributions]
    assert held.articles == len(kept)
    assert held.statements == len(items)
    expected: dict[str, int] = {}
    for item in items:
        expected[standing(item.speaker)] = expected.get(standing(item.speaker), 0) + 1
    assert held.standing == expected
    assert held.first is not None
    assert held.last is not None
    assert 20300101 <= held.first <= held.last <= 20400101


def test_outlets_and_speakers_are_told_by_how_often_they_come(library: Library, some: list[Reading]) -> None:
    fill(library, some)
    held = overview(library)
    for counts in (held.outlets, held.speakers):
        assert list(counts) == sorted(counts, key=lambda count: (-count.count, count.value))
        assert len(counts) <= 10
    for count in held.outlets:
        assert count.count == sum(reading.article.outlet == count.value for reading in some)
    people = [item.speaker for reading in some for item in reading.attributions]
    for count in held.speakers:
        assert count.count == sum(
            one.name == count.value and one.type == "person" and not one.anonymous for one in people
        )


def test_articles_come_the_last_added_or_published_first(library: Library, some: list[Reading]) -> None:
    fill(library, some)
    found, total = entries(library, 5)
    assert total == len(some)
    assert [entry.article for entry in found] == [reading.article for reading in reversed(some)][:5]
    assert [entry.statements for entry in found] == [len(reading.attributions) for reading in reversed(some)][:5]
    assert [entry.key for entry in found] == [article_id(e.article.text, e.article.url) for e in found]
    days = [entry.article.published or "" for entry in entries(library, 100, order="published")[0]]
    assert days == sorted(days, reverse=True)
    rest, _ = entries(library, 100, offset=5)
    assert len(rest) == len(some) - 5
    assert not {entry.key for entry in rest} & {entry.key for entry in found}


def test_articles_of_one_outlet(library: Library, some: list[Reading]) -> None:
    fill(library, some)
    outlet = some[0].article.outlet
    found, total = entries(library, 100, outlet=outlet)
    assert total == len(found) == sum(reading.article.outlet == outlet for reading in some)
    assert entries(library, 100, outlet="' OR 1=1 --") == ([], 0)


def test_the_current_reading_counts(library: Library) -> None:
    library.add(READING)
    assert READING.maker is not None
    library.add(replace(READING, attributions=READING.attributions[:1], maker=replace(READING.maker, model="newer")))
    assert overview(library).statements == 1
    ((entry,), total) = entries(library, 10)
    assert (entry.statements, total) == (1, 1)
