"""What is counted of articles is what a person would count, and every number has just so many sentences behind it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import get_args

import pytest

from benchmarks.invented import readings
from reportedly.errors import QueryError
from reportedly.export.words import standing
from reportedly.schema import Attribution, Reading, article_id
from reportedly.store import Library
from reportedly.store.folding import words
from reportedly.store.inventory import Order, Page, inventory
from reportedly.store.outlets import is_outlet, outlets
from reportedly.store.profile import listed, profile
from reportedly.store.selection import MANY, Articles, Statements
from reportedly.store.speaker import Said, said_by, speaker_facts, speaker_id
from reportedly.text import paragraphs

ALL, EVERY = Articles(), Statements()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def full(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Library, list[Reading]]]:
    """A library of invented readings with bylines, which tests only read. Of every second one lines are paragraphs."""
    held = [
        replace(
            one,
            article=replace(
                one.article,
                byline=f"By {'Ada Börg' if k % 3 else 'Falk Holm'}",
                blocks=one.article.blocks if k % 2 else (),
            ),
        )
        for k, one in enumerate(readings(30, statements=6))
    ]
    if request.param == "sqlite":
        where = str(tmp_path_factory.mktemp("sourcing") / "news.db")
    else:
        where = request.getfixturevalue("server").database()
    with Library(where) as library:
        for reading in held:
            library.add(reading)
        yield library, held


@pytest.fixture
def there(full: tuple[Library, list[Reading]]) -> Library:
    """That library."""
    return full[0]


@pytest.fixture
def held(full: tuple[Library, list[Reading]]) -> list[Reading]:
    """What it holds."""
    return full[1]


def said(given: Iterable[Reading]) -> Iterator[tuple[Reading, Attribution]]:
    return ((reading, item) for reading in given for item in reading.attributions)


def length(reading: Reading, item: Attribution) -> int:
    return sum(1 for start, end in item.content for _ in words(reading.article.text[start:end]))


def paragraph(reading: Reading, item: Attribution) -> int:
    at = item.content[0][0]
    spans = [block.span for block in reading.article.blocks] or paragraphs(reading.article.text)
    return next(start for start, end in spans if start <= at < end)


def is_voice(item: Attribution) -> bool:
    return item.speaker.type in ("person", "organisation", "outlet", "unknown") and not item.speaker.anonymous


def person_of(library: Library, reading: Reading, item: Attribution) -> str:
    """The id of the person who says it, as the library has arranged people."""
    given = speaker_id(reading.article.id, item.speaker)
    assert given is not None
    return library.person(given).person.id


def by_person(library: Library, given: Iterable[Reading]) -> dict[str, list[tuple[Reading, Attribution]]]:
    found = defaultdict(list)
    for reading, item in said(given):
        if is_voice(item):
            found[person_of(library, reading, item)].append((reading, item))
    return found


def rests(groups: Iterable[Iterable[Attribution]]) -> tuple[int, int, int]:
    sources = [len({item.speaker.name for item in group} - {None}) for group in groups]
    return sources.count(0), sources.count(1), sum(number > 1 for number in sources)


def number_listed(library: Library, articles: Articles, which: Statements) -> int:
    """How many sentences there are; they come page by page, each once."""
    hits, total = listed(library, articles, which, 1000)
    places = [hit.place for hit in hits]
    assert len(places) == total == len(set(places))
    if total > 2:
        first, _ = listed(library, articles, which, 2)
        rest, _ = listed(library, articles, which, 1000, 2)
        assert [hit.place for hit in (*first, *rest)] == places
    return total


def test_a_profile_counts_what_a_person_would(there: Library, held: list[Reading]) -> None:
    found = profile(there, ALL)
    every = list(said(held))
    assert found.size.articles == found.size.counted == len(held)
    assert found.total.statements == len(every)
    assert found.total.words == sum(length(*one) for one in every)
    kinds = Counter(standing(item.speaker) for _, item in every)
    assert {kind: amount.statements for kind, amount in found.standing.items()} == kinds
    for kind, amount in found.standing.items():
        assert amount.words == sum(length(r, item) for r, item in every if standing(item.speaker) == kind)
        assert number_listed(there, ALL, Statements(standing=kind)) == amount.statements  # type: ignore[arg-type]
    assert {kind: one.statements for kind, one in found.quotation.items()} == Counter(i.quotation for _, i in every)
    assert found.conditional == sum(bool(item.conditions) for _, item in every)
    assert number_listed(there, ALL, Statements(conditional=True)) == found.conditional
    assert found.hedged == sum(bool(item.hedges) for _, item in every)
    assert number_listed(there, ALL, Statements(hedged=True)) == found.hedged


def test_a_profile_tells_who_has_the_words(there: Library, held: list[Reading]) -> None:
    found = profile(there, ALL)
    had: Counter[str] = Counter()
    for reading, item in said(held):
        if is_voice(item):
            had[person_of(there, reading, item)] += length(reading, item)
    assert [voice.amount.words for voice in found.voices] == sorted(had.values(), reverse=True)[: len(found.voices)]
    assert all(had[voice.person] == voice.amount.words for voice in found.voices)
    assert found.voice_count == len(had)


def test_chains_and_the_longest_of_them(library: Library, some: list[Reading]) -> None:
    first = next(one for one in some if any(item.via for item in one.attributions))
    second = next(one for one in some if one != first)
    item = next(item for item in first.attributions if item.via)
    chain = item.via * 4
    library.add(replace(first, attributions=(replace(item, via=chain), *second_hand(first, item))))
    library.add(second)
    found = profile(library, ALL)
    counts = Counter(min(len(i.via), MANY) for i in second.attributions)
    counts += Counter([MANY, *(min(len(i.via), MANY) for i in second_hand(first, item))])
    assert found.rungs == tuple(counts[rungs] for rungs in range(MANY + 1))
    assert found.longest is not None
    assert found.longest.statement.via == chain
    for rungs, number in enumerate(found.rungs):
        assert number_listed(library, ALL, Statements(rungs=rungs)) == number


def second_hand(reading: Reading, without: Attribution) -> tuple[Attribution, ...]:
    return tuple(item for item in reading.attributions if item != without)


def test_paragraphs_and_articles_by_the_sources_they_rest_on(library: Library, some: list[Reading]) -> None:
    # Lines are paragraphs, so that they have two statements. In the first reading nobody is named, in the second one
    # speaker says everything.
    plain = [replace(one, article=replace(one.article, blocks=())) for one in some[:8]]
    nobody, one = plain[:2]
    name = one.attributions[0].speaker
    changed = [
        replace(nobody, maker=None, attributions=tuple(replace(i, speaker=type(name)()) for i in nobody.attributions)),
        replace(one, maker=None, attributions=tuple(replace(i, speaker=name) for i in one.attributions)),
    ]
    for reading in changed:
        assert library.add(reading)
    now = [*changed, *plain[2:]]
    for reading in plain[2:]:
        library.add(reading)
    together: dict[tuple[str, int], list[Attribution]] = defaultdict(list)
    for reading, item in said(now):
        together[reading.article.id, paragraph(reading, item)].append(item)
    found = profile(library, ALL)
    told = (found.paragraphs.none, found.paragraphs.one, found.paragraphs.several)
    assert told == rests(together.values())
    assert all(told)
    assert (found.articles.none, found.articles.one, found.articles.several) == (1, 1, len(plain) - 2)
    for sources in ("none", "one", "several"):
        within = Statements(paragraph=sources)  # type: ignore[arg-type]
        alone = [
            item
            for group in together.values()
            if rests([group])[("none", "one", "several").index(sources)]
            for item in group
            if item.speaker.name is not None or sources == "none"
        ]
        assert number_listed(library, ALL, within) == len(alone)
    assert number_listed(library, ALL, Statements(article="one")) == len(one.attributions)
    assert number_listed(library, ALL, Statements(article="none")) == len(nobody.attributions)


@pytest.mark.parametrize(
    ("articles", "passes"),
    [
        (Articles(since="2032"), lambda one: one.article.published >= "2032"),
        (Articles(until="2031-06"), lambda one: one.article.published < "2031-07"),
        (Articles(since="2031", until="2033"), lambda one: "2031" <= one.article.published < "2034"),
        (Articles(author="ada borg"), lambda one: "Ada" in one.article.byline),
        (Articles(author="FALK"), lambda one: "Falk" in one.article.byline),
        (Articles(author="alk"), lambda _: False),
        (Articles(outlet="The Karsk Post"), lambda one: one.article.outlet == "The Karsk Post"),
        (Articles(outlet="nowhere"), lambda _: False),
    ],
)
def test_sets_of_articles(there: Library, held: list[Reading], articles: Articles, passes: object) -> None:
    chosen = [one for one in held if passes(one)]  # type: ignore[operator]
    found = profile(there, articles)
    assert found.size.articles == len(chosen)
    assert found.total.statements == sum(len(one.attributions) for one in chosen)
    assert number_listed(there, articles, EVERY) == found.total.statements


def test_articles_with_words_in_any_of_their_statements(there: Library, held: list[Reading]) -> None:
    said_words = Counter(word for one in held for word in {w for i in one.attributions for w, _ in words(one.quote(i))})
    word, number = next((word, n) for word, n in said_words.most_common() if n < len(held) // 2)
    assert profile(there, Articles(words=word)).size.articles == number
    assert profile(there, Articles(words=word, key=held[0].article.id)).size.articles <= 1


def test_one_article(there: Library, held: list[Reading]) -> None:
    found = profile(there, Articles(key=held[3].article.id))
    assert found.total.statements == len(held[3].attributions)
    assert found.articles.total == 1


def test_what_is_asked_must_make_sense() -> None:
    with pytest.raises(QueryError, match="since 'soon'"):
        Articles(since="soon")
    with pytest.raises(QueryError, match="standing 'rumoured'"):
        Statements(standing="rumoured")  # type: ignore[arg-type]


@pytest.mark.parametrize("odd", ["\0", "a\0-00000000", "%_'\"\\", "x" * 5000, "\ud800"])
def test_odd_values_find_nothing(there: Library, odd: str) -> None:
    assert profile(there, Articles(outlet=odd)).total.statements == 0
    assert profile(there, Articles(key=odd)).total.statements == 0
    for field in ("speaker", "role", "carrier"):
        assert number_listed(there, ALL, Statements(**{field: odd})) == 0  # type: ignore[arg-type]
    assert number_listed(there, ALL, Statements(heading="x", value=odd)) == 0
    assert number_listed(there, ALL, Statements(person=f"{odd[:300]}-00000000")) == 0
    assert not is_outlet(there, odd)
    assert speaker_facts(there, odd) is None


def test_an_author_without_a_word(library: Library) -> None:
    with pytest.raises(QueryError, match="there is no word in it"):
        profile(library, Articles(author="%%"))


def test_only_what_was_surely_said(there: Library, held: list[Reading]) -> None:
    sure = [item for one in held for item in one.sourced().attributions]
    assert profile(there, ALL, Statements(sourced=True)).total.statements == len(sure)
    assert number_listed(there, ALL, Statements(sourced=True)) == len(sure)


def test_the_inventory_counts_voices(there: Library, held: list[Reading]) -> None:
    found = inventory(there, ALL, EVERY, Page(limit=1000))
    people = by_person(there, held)
    assert {voice.person: voice.amount.statements for voice in found.voices} == {k: len(v) for k, v in people.items()}
    assert found.voice_count == len(people)
    assert [v.amount.statements for v in found.voices] == sorted(map(len, people.values()), reverse=True)
    voice = found.voices[0]
    own = people[voice.person]
    assert voice.amount.words == sum(length(*one) for one in own)
    assert voice.articles == len({r.article.id for r, _ in own})
    assert voice.outlets == len({r.article.outlet for r, _ in own})
    assert {role.value: role.count for role in voice.roles}.items() <= Counter(i.speaker.role for _, i in own).items()
    assert voice.declined == sum(item.stance == "withholds" for _, item in own)
    assert voice.is_new is None
    assert number_listed(there, ALL, Statements(person=voice.person)) == voice.amount.statements
    assert found.new is found.returning is None
    assert sum(kind.amount.statements for kind in found.kinds) == found.total.statements
    assert sum(kind.voices for kind in found.kinds if kind.type is not None) >= found.voice_count
    roles = Counter(item.speaker.role for _, item in said(held) if item.speaker.role is not None)
    assert {role.value: role.count for role in found.roles} == dict(roles)
    role = found.roles[0]
    assert number_listed(there, ALL, Statements(role=role.value)) == role.count


@pytest.mark.parametrize("order", get_args(Order))
def test_voices_page_by_page(there: Library, order: Order) -> None:
    whole = inventory(there, ALL, EVERY, Page(limit=1000, order=order)).voices
    parts = [
        voice
        for offset in range(0, len(whole), 40)
        for voice in inventory(there, ALL, EVERY, Page(40, offset, order)).voices
    ]
    assert parts == list(whole)
    assert len({voice.person for voice in whole}) == len(whole)


def test_voices_by_name(there: Library, held: list[Reading]) -> None:
    name = min(str(item.speaker.name) for _, item in said(held) if is_voice(item))
    found = inventory(there, ALL, EVERY, Page(limit=1000, name=name[:3].upper())).voices
    assert {v.person for v in found} == {
        who
        for who, own in by_person(there, held).items()
        if any(word.startswith(name[:3]) for _, item in own for word in str(item.speaker.name).split())
    }


@pytest.mark.parametrize("narrowed", ["", "outlet", "author"])
def test_new_and_returning_voices(there: Library, held: list[Reading], narrowed: str) -> None:
    outlet = str(held[0].article.outlet) if narrowed == "outlet" else None
    author = "falk" if narrowed == "author" else ""
    chosen = [one for one in held if outlet in (None, one.article.outlet) and author in str(one.article.byline).lower()]
    before, within = set(), set()
    for reading, item in said(chosen):
        if is_voice(item):
            early = str(reading.article.published) < "2032"
            (before if early else within).add(person_of(there, reading, item))
    found = inventory(there, Articles(outlet=outlet, author=author, since="2032"), EVERY, Page(limit=1000))
    assert found.new == len(within - before)
    assert found.returning == len(within & before)
    assert {voice.person for voice in found.voices if voice.is_new} == within - before


def test_who_never_answers(library: Library, some: list[Reading]) -> None:
    one = some[0]
    items = list(one.attributions)
    person = next(item.speaker for item in items if item.speaker.type == "person")
    other = replace(person, name="Odd Quill")
    changed = (
        replace(items[0], speaker=person, stance="withholds"),
        replace(items[1], speaker=person, stance="withholds"),
        replace(items[2], speaker=other, stance="withholds"),
        replace(items[3], speaker=other, stance="asserts"),
    )
    library.add(replace(one, attributions=changed))
    found = inventory(library, ALL, EVERY, Page())
    assert [(voice.name, voice.declined, voice.amount.statements) for voice in found.silent] == [
        (person.name, 2, 2),
        ("Odd Quill", 1, 2),
    ]
    assert found.silent_count == 1
    assert number_listed(library, ALL, Statements(person=found.silent[0].person, answered=False)) == 2
    assert number_listed(library, ALL, Statements(person=found.silent[1].person, answered=True)) == 1
    assert number_listed(library, ALL, Statements(speaker="Odd Quill")) == 2


def test_one_speaker(there: Library, held: list[Reading]) -> None:
    person, own = max(by_person(there, held).items(), key=lambda one: len(one[1]))
    found = speaker_facts(there, person)
    assert found is not None
    assert found.amount.statements == len(own)
    assert found.amount.words == sum(length(*one) for one in own)
    assert found.articles == len({r.article.id for r, _ in own})
    assert {one.value: one.count for one in found.names} == Counter(item.speaker.name for _, item in own)
    assert {one.value: one.count for one in found.outlets} == Counter(r.article.outlet for r, _ in own)
    assert found.first_hand == sum(not item.via for _, item in own)
    carriers = Counter((c.name, c.type) for _, item in own for c in set(item.via))
    assert {(one.name, one.type): one.count for one in found.carriers} == carriers
    assert sum(found.shapes.values()) == len(own)
    assert found.shapes.get("denies", 0) == sum(item.stance == "denies" for _, item in own)
    assert sum(point.statements for point in found.points) == len(own)
    assert {point.at for point in found.points} == {int(str(r.article.published).replace("-", "")) for r, _ in own}
    hits, total = said_by(there, person, Said(), 1000)
    assert len(hits) == total == len(own)
    days = [str(hit.reading.article.published) for hit in hits]
    assert days == sorted(days, reverse=True)
    for shape, number in found.shapes.items():
        assert said_by(there, person, Said(shape=shape), 10)[1] == number
    assert said_by(there, person, Said(articles=Articles(outlet=found.outlets[0].value)), 10)[1] == (
        found.outlets[0].count
    )
    assert speaker_facts(there, "nobody-at-all-00000000") is None


def test_a_speaker_over_many_years(library: Library, some: list[Reading]) -> None:
    one = some[0]
    person = next(item.speaker for item in one.attributions if is_voice(item))
    for k in range(70):
        said_then = replace(one.attributions[0], speaker=person, stance="denies" if k % 2 else "asserts")
        when = f"20{20 + k // 12}-{k % 12 + 1:02}-{k % 3 + 1:02}"
        article = replace(one.article, url=f"https://paper.example/{k}", published=when)
        library.add(replace(one, article=article, attributions=(said_then,)))
    first = speaker_id(next(library.readings()).article.id, person)
    everything = [reading.article for reading in library.readings()]
    keys = {article_id(article.text, article.url) for article in everything}
    assert first is not None
    found = speaker_facts(library, str(speaker_id(min(keys), person)))
    assert found is not None
    assert found.amount.statements == 70
    assert found.bucket == "year"
    assert sum(point.statements for point in found.points) == 70
    assert {point.at for point in found.points} == set(range(2020, 2026))


def test_the_list_of_outlets(there: Library, held: list[Reading]) -> None:
    found, total = outlets(there, 1000)
    assert {one.name: one.articles for one in found} == Counter(one.article.outlet for one in held)
    assert total == len(found)
    first = found[0]
    own = [one for one in held if one.article.outlet == first.name]
    assert first.standing == Counter(standing(item.speaker) for _, item in said(own))
    assert first.statements == sum(first.standing.values())
    assert is_outlet(there, first.name)
    assert not is_outlet(there, "nowhere")
