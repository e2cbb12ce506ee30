"""Searches: what is found, what is counted, and that both databases say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.invented import MAKER, by, readings
from reportedly.schema import Article, Attribution, Reading, article_id
from reportedly.store import Library, Query, Results
from reportedly.store.passage import LONGEST, passage
from reportedly.store.query import Phrase, found_in, wanted
from reportedly.store.records import place
from tests.export.stories import HOSTILE, READING

from .conftest import Server


def numbers(results: Results) -> list[int]:
    return [hit.statement.n for hit in results.hits]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def story(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    sqlite = request.param == "sqlite"
    where = tmp_path_factory.mktemp("s") / "n.db" if sqlite else request.getfixturevalue("server").database()
    with Library(where) as library:
        library.add(READING)
        yield library


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query("harbour"), [1]),
        (Query("HARBOUR tax"), [1]),
        (Query("harbour failed"), []),
        (Query("harbour failed", any_word=True), [1, 3, 4]),
        (Query("harbour OR failed plan"), [3, 4]),
        (Query('"tax would rise"'), [1]),
        (Query('"rise would tax"'), []),
        (Query('"retreat not now"'), []),
        (Query("parl*"), [1]),
        (Query("parl"), []),
        (Query("plan -critics"), [4]),
        (Query('plan -"critics claim"'), [4]),
        (Query("said"), []),
        (Query(speaker="okonjo"), [1]),
        (Query(speaker="Ada Okonjo"), [1]),
        (Query(speaker="Okonjo Ada"), []),
        (Query("tax", speaker="okonjo"), [1]),
        (Query("-tax", speaker="okonjo"), []),
        (Query("harbour", outlet="post"), [1]),
        (Query("harbour", outlet="reuters"), []),
        (Query(carrier="reuters"), [2]),
        (Query(outlet="Harbour Post"), [1, 2, 3, 4, 5]),
        (Query(outlet="Okonjo"), []),
        (Query(speaker_type="unnamed"), [2]),
        (Query(speaker_type="unknown"), [5]),
        (Query(anonymous=True), [2]),
        (Query("plan", anonymous=False), [3, 4]),
        (Query(quotation="direct"), [2]),
        (Query(stance="denies"), [2]),
        (Query(conditional=True), [1]),
        (Query("plan", hedged=True), [4]),
        (Query(hedged=True), [4, 5]),
        (Query(conditional=False, hedged=False), [2, 3]),
        (Query(min_confidence=0.93), [1, 3, 4, 5]),
        (Query(min_confidence=0.9301), [3, 4, 5]),
        (Query(said_since="2031-04"), [1]),
        (Query(said_since="2031-04-04"), []),
        (Query(said_until="2031-W14"), [1]),
        (Query(said_until="2031-04-02"), []),
        (Query(published_since="2031", published_until="2031-04-03"), [1, 2, 3, 4, 5]),
        (Query("harbour", published_since="2032"), []),
        (Query("harbour", published_until="2030"), []),
    ],
    ids=repr,
)
def test_words_and_filters(story: Library, query: Query, found: list[int]) -> None:
    results = story.search(query)
    assert sorted(numbers(results)) == found
    assert (results.total, results.more) == (len(found), False)


def test_a_hit_says_who_where_and_in_what_words(story: Library) -> None:
    (hit,) = story.search(Query("retreat")).hits
    assert hit.article == article_id(READING.article.text, READING.article.url)
    start, end = READING.article.text.index("“We will"), READING.article.text.index("\n\nThe report")
    assert (hit.span, hit.place) == ((start, end), f"{hit.article}/s/{start}-{end}")
    assert hit.reading.article == READING.article
    assert hit.statement == READING.attributions[1]
    assert hit.passage.text == READING.article.text[start:end]
    assert [hit.passage.text[a:b] for a, b in hit.passage.marks] == ["retreat"]
    assert story.statement(hit.article, hit.span) == (READING, hit.statement)


def test_a_hit_inside_another_brings_that_one(story: Library) -> None:
    (hit,) = story.search(Query("plan -critics")).hits
    assert [item.n for item in hit.reading.attributions] == [4, 3]


def test_counts_are_of_all_that_is_found(story: Library) -> None:
    facets = {facet.field: facet for facet in story.search(Query(limit=1)).facets}
    counts = {field: [(one.value, one.count) for one in facet.counts] for field, facet in facets.items()}
    assert counts["outlet"] == [("The Harbour Post", 5)]
    assert counts["carrier"] == [("Reuters", 1)]
    assert counts["anonymous"] == [("no", 4), ("yes", 1)]
    assert counts["speaker"] == [(name, 1) for name in ("Ada Okonjo", "a senior official", "critics", "the report")]
    assert dict(counts["stance"]) == {"asserts": 2, "commits": 1, "denies": 1, "believes": 1}
    assert story.search(Query(facets=False)).facets == ()


def test_counts_are_bounded(library: Library) -> None:
    for reading in readings(30, statements=8):
        library.add(reading)
    results = library.search(Query(limit=3))
    assert (len(results.hits), results.total) == (3, 240)
    speakers = next(facet for facet in results.facets if facet.field == "speaker")
    names = {item.speaker.name for reading in library.readings() for item in reading.attributions}
    assert len(speakers.counts) == 10
    assert speakers.others == len(names) - 10


def test_the_best_comes_first_and_pages_follow_one_another(library: Library) -> None:
    for number, words in enumerate(["tax", "tax " + "and much else that says nothing of it " * 3, "a tax on a tax"]):
        text = f"{number}. {words}"
        item = Attribution(n=1, content=((3, len(text)),))
        library.add(Reading(Article(article_id(text), text, published=f"2031-04-0{number + 1}"), (item,)))
    best = [hit.passage.text.count("else") for hit in library.search(Query("tax")).hits]
    assert best[-1] == 3, "what says little else comes before what says much"
    dates = [hit.reading.article.published for hit in library.search(Query("tax", sort="date")).hits]
    assert dates == ["2031-04-03", "2031-04-02", "2031-04-01"]
    pages = [library.search(Query("tax", sort="date", limit=2, offset=at)).hits for at in (0, 2, 4)]
    assert [len(page) for page in pages] == [2, 1, 0]
    assert [hit.reading.article.published for page in pages for hit in page] == dates


def test_hostile_names_are_found_and_do_no_harm(library: Library) -> None:
    library.add(HOSTILE)
    (hit,) = library.search(Query("script", speaker="script alert 3")).hits
    assert hit.statement == HOSTILE.attributions[0]


def test_statements_are_never_more_than_are_ordered(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportedly.store.search.MOST_CANDIDATES", 20)
    some = list(readings(10, statements=5))
    for reading in some:
        library.add(reading)
    results = library.search(Query("the", any_word=True, limit=1000))
    assert (results.total, results.more, len(results.hits)) == (20, True, 20)
    everything = library.search(Query(limit=1000))
    assert (everything.total, everything.more) == (20, True)
    days = [hit.reading.article.published for hit in everything.hits]
    assert days == sorted((day for reading in some for day in [reading.article.published] * 5), reverse=True)[:20]


@pytest.mark.parametrize("mark_at", [0, 300, 2000])
def test_a_passage_shows_what_was_looked_for(mark_at: int) -> None:
    text = "word " * (mark_at // 5) + "target " + "word " * 600
    shown = passage(text, ((0, len(text) - 1),), (Phrase(("target",)),))
    assert [shown.text[a:b] for a, b in shown.marks] == ["target"]
    assert text[shown.start : shown.start + len(shown.text)] == shown.text
    assert len(shown.text) <= LONGEST
    assert not shown.text.startswith("ord")


def test_marks_stand_in_the_content_alone() -> None:
    text = "target one, he said of a target, target two"
    shown = passage(text, ((0, 10), (33, 43)), (Phrase(("target",)),))
    assert shown.marks == ((0, 6), (33, 39))


# --- both databases, and what a search by hand finds

MADE = [*readings(60, statements=6, seed=7)]
CONTENTS = [reading.quote(item) for reading in MADE for item in reading.attributions]


@pytest.fixture(scope="module")
def both(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, Library]]:
    with Library(tmp_path_factory.mktemp("both") / "news.db") as one, Library(server.database()) as two:
        for library in (one, two):
            for reading in MADE:
                library.add(by(replace(MAKER, program="older"), reading, 3))
                library.add(reading)
        yield one, two


@st.composite
def _typed(draw: st.DrawFn) -> str:
    """Words, phrases and beginnings that stand somewhere, and some that do not."""
    terms = []
    for _ in range(draw(st.integers(0, 3))):
        words = draw(st.sampled_from(CONTENTS)).split()
        at, length = draw(st.integers(0, len(words) - 1)), draw(st.integers(1, 3))
        some = words[at : at + length]
        form = draw(st.sampled_from(["word", "phrase", "prefix", "without"]))
        if form == "phrase":
            terms.append(f'"{" ".join(some)}"')
        elif form == "prefix" and len(some[0]) >= 3:
            terms.append(f"{some[0][:3]}*" if some[0][:3].isalnum() else some[0])
        else:
            terms.append(f"-{some[0]}" if form == "without" and terms else some[0])
        if len(terms) > 1 and not terms[-1].startswith("-") and not terms[-2].startswith("-") and draw(st.booleans()):
            terms.insert(-1, "OR")
    return " ".join(terms)


_QUERIES = st.builds(
    Query,
    words=_typed(),
    any_word=st.booleans(),
    speaker=st.none() | st.sampled_from(["ada", "officials", "Bela Bergow", "close to"]),
    outlet=st.none() | st.sampled_from(["post", "Port Sabel", "The Ulmar Echo"]),
    carrier=st.none() | st.sampled_from(["norrin press", "radio"]),
    speaker_type=st.none() | st.sampled_from(["person", "unnamed"]),
    anonymous=st.none() | st.booleans(),
    quotation=st.none() | st.sampled_from(["direct", "mixed"]),
    conditional=st.none() | st.booleans(),
    hedged=st.none() | st.booleans(),
    min_confidence=st.none() | st.floats(0, 1),
    published_since=st.none() | st.sampled_from(["2031", "2032-06"]),
    said_until=st.none() | st.sampled_from(["2033", "2034-W10"]),
    limit=st.just(1000),
)


def _by_hand(query: Query) -> set[str]:
    """The places of the statements that answer a query, by looking at every one of them."""
    want = wanted(query)
    return {
        f"{reading.article.id}/s/{place(item)[0]}-{place(item)[1]}"
        for reading in MADE
        for item in reading.attributions
        if _has_words(want.groups, want.excluded, reading.quote(item))
        and all(
            any(found_in(name or "", (phrase,)) for name in _names(reading, item, field))
            for field, phrase in want.names
        )
        and _passes(query, reading, item)
    }


def _has_words(groups: tuple[tuple[Phrase, ...], ...], excluded: tuple[Phrase, ...], content: str) -> bool:
    return all(found_in(content, group) for group in groups) and not found_in(content, excluded)


def _is_named(phrase: Phrase, names: list[str | None]) -> bool:
    return any(found_in(name or "", (phrase,)) for name in names)


def _names(reading: Reading, item: Attribution, field: str) -> list[str | None]:
    if field == "via":
        return [carrier.name for carrier in item.via]
    return [item.speaker.name if field == "speaker" else reading.article.outlet]


def _passes(query: Query, reading: Reading, item: Attribution) -> bool:
    said = item.when.date if item.when is not None else None
    until = {"2033": "2033-12-31", "2034-W10": "2034-03-12"}.get(query.said_until or "")
    return (
        query.speaker_type in (None, item.speaker.type)
        and query.anonymous in (None, item.speaker.anonymous)
        and query.quotation in (None, item.quotation)
        and query.conditional in (None, bool(item.conditions))
        and query.hedged in (None, bool(item.hedges))
        and (query.min_confidence is None or (item.confidence or 0) >= query.min_confidence)
        and (query.published_since is None or (reading.article.published or "") >= query.published_since)
        and (until is None or (said is not None and said <= until))
    )


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(query=_QUERIES)
def test_both_databases_find_what_a_search_by_hand_finds(both: tuple[Library, Library], query: Query) -> None:
    true = _by_hand(query)
    one, two = (library.search(query) for library in both)
    assert {hit.place for hit in one.hits} == true
    assert {hit.place for hit in two.hits} == true
    assert one.total == two.total == len(true)
    assert Counter(one.facets) == Counter(two.facets)
