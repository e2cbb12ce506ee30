"""Judgements about people: each can be undone, and outlives readings, prunes and the library itself."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reportedly.errors import NotInLibraryError, QueryError, SchemaError
from reportedly.store import Library
from reportedly.store.judgements import Judgement
from reportedly.store.persons import PeopleQuery, Suggestion
from tests.store.said import BETTER, Says, told
from tests.store.test_people import each_in_an_article, filled, many, partition, sizes


def ids(library: Library) -> dict[str, str]:
    """The id of each person, by name; of people of one name the first."""
    found: dict[str, str] = {}
    for person in reversed(library.people(PeopleQuery(limit=1000)).people):
        found[person.name] = person.id
    return found


def test_a_merge_joins_all_of_both_and_what_comes_later(library: Library) -> None:
    filled(library, each_in_an_article(*[Says("Ilka Vostrøm", "mayor")] * 2, Says("Ilse Vostrøm", "mayor")))
    entry = library.merge("Ilka Vostrøm", "Ilse Vostrøm", by="Ada", note="a misprint")
    library.add(told("later", Says("Ilse Vostrøm")))
    assert sizes(library) == [4]
    assert (entry.number, entry.act, entry.by, entry.names) == (1, "merge", "Ada", ("Ilka Vostrøm", "Ilse Vostrøm"))
    assert library.person("Ilse Vostrøm").judgements == (entry,)
    with pytest.raises(QueryError, match="are one person already"):
        library.merge("Ilka Vostrøm", "Ilse Vostrøm", by="Ada")
    with pytest.raises(QueryError, match="names who judges"):
        library.rename("Ilka Vostrøm", "Ilka", by=" ")


def test_every_mentions_id_finds_its_person(library: Library) -> None:
    filled(library, each_in_an_article(Says("Ilka Vostrøm"), Says("Vostrøm"), Says("Vostrøm")))
    there = [person.id for person in library.people().people]
    library.merge(there[0], there[1], by="Ada")
    library.merge(there[2], there[1], by="Ada")
    assert {library.person(one).person.id for one in there} == {there[0]}


def test_a_split_parts_what_a_rule_joined_and_later_ones_are_not_guessed(library: Library) -> None:
    filled(library, each_in_an_article(*[Says("Ilka Vostrøm")] * 4))
    (person,) = library.people().people
    two = [one.id for one in library.person(person.id).appearances][2:]
    library.split(person.id, *two, by="Ada")
    assert sizes(library) == [2, 2]
    assert {one.id for one in library.person(two[0]).appearances} == set(two)
    library.add(told("later", Says("Ilka Vostrøm")))
    assert sizes(library) == [1, 2, 2]
    library.undo(1, by="Ada")
    assert sizes(library) == [5]
    with pytest.raises(QueryError, match="these are all mentions"):
        library.split(person.id, *(one.id for one in library.person(person.id).appearances), by="Ada")
    with pytest.raises(NotInLibraryError, match="has no mention 'pela-quist-00000000'"):
        library.split(person.id, "pela-quist-00000000", by="Ada")


def test_a_split_by_article_and_one_that_cuts_a_merge(library: Library) -> None:
    filled(library, each_in_an_article(Says("Ilka Vostrøm"), Says("Vostrøm"), Says("I. Vostrøm")))
    persons = [person.id for person in library.people().people]
    library.merge(persons[0], persons[1], by="Ada")
    library.merge(persons[1], persons[2], by="Ada")
    middle = library.person(persons[1]).appearances[1]
    library.split(persons[0], middle.article, by="Bela")
    # What held the outer two together went through the one that is gone; they are one still.
    assert sizes(library) == [1, 2]
    library.undo(3, by="Ada")
    assert sizes(library) == [3]


def test_what_is_joined_after_a_split_is_joined(library: Library) -> None:
    filled(library, each_in_an_article(*[Says("Ilka Vostrøm")] * 3))
    (person,) = library.people().people
    last = library.person(person.id).appearances[-1].id
    library.split(person.id, last, by="Ada")
    library.merge(person.id, last, by="Bela")
    assert sizes(library) == [3]
    library.undo(1, by="Ada")
    library.undo(2, by="Ada")
    assert sizes(library) == [3]


def test_a_rename_shows_another_name_and_is_found_by_it(library: Library) -> None:
    filled(library, each_in_an_article(*[Says("Ilka Vostrøm")] * 2))
    library.rename("Ilka Vostrøm", "Ilka  Vostrøm the Elder", by="Ada")
    (person,) = library.people(PeopleQuery(like="elder")).people
    assert (person.name, person.aliases[0].value) == ("Ilka Vostrøm the Elder", "Ilka Vostrøm")
    library.rename(person.id, "Dame Ilka", by="Bela")
    library.undo(2, by="Ada")
    assert library.people().people[0].name == "Ilka Vostrøm the Elder"
    library.undo(1, by="Ada")
    assert library.people().people[0].name == "Ilka Vostrøm"
    with pytest.raises(QueryError, match="from 1 to 200"):
        library.rename(person.id, " ", by="Ada")


def test_an_undo_is_an_entry_and_can_be_undone(library: Library) -> None:
    filled(library, each_in_an_article(Says("Ilka Vostrøm"), Says("Vostrøm")))
    library.merge("Ilka Vostrøm", "Vostrøm", by="Ada")
    library.undo(1, by="Bela")
    assert sizes(library) == [1, 1]
    library.undo(2, by="Ada")
    assert sizes(library) == [2]
    assert [(entry.act, entry.undone) for entry in library.judgements()] == [
        ("merge", False),
        ("undo", True),
        ("undo", False),
    ]
    with pytest.raises(QueryError, match="judgement 2 is undone already"):
        library.undo(2, by="Ada")
    with pytest.raises(NotInLibraryError, match="no judgement 9"):
        library.undo(9, by="Ada")


def test_of_two_merges_the_first_can_be_undone(library: Library) -> None:
    filled(library, each_in_an_article(Says("Ilka Vostrøm"), Says("Vostrøm"), Says("I. Vostrøm")))
    first, second, third = (person.id for person in library.people().people)
    library.merge(first, second, by="Ada")
    library.merge(first, third, by="Ada")
    library.undo(1, by="Ada")
    assert library.person(third).person.id == library.person(first).person.id != library.person(second).person.id


def acts(library: Library, rng: random.Random) -> Callable[[], Judgement]:
    """Some judgement that can be made now."""
    people = library.people(PeopleQuery(limit=1000)).people
    one, other = rng.sample([person.id for person in people], 2)
    joined = [person.id for person in people if len(library.person(person.id).appearances) > 1]
    kind = rng.choice(("merge", "reject", "rename", "split", "split"))
    if kind == "split" and joined:
        who = rng.choice(joined)
        appearances = [one.id for one in library.person(who).appearances]
        return lambda: library.split(who, *rng.sample(appearances, rng.randint(1, len(appearances) - 1)), by="Ada")
    if kind == "rename":
        return lambda: library.rename(one, f"Name {rng.random()}", by="Ada")
    return lambda: (library.reject if kind == "reject" else library.merge)(one, other, by="Ada")


@pytest.mark.parametrize("seed", range(3))
def test_all_undone_is_as_if_nothing_had_been_judged(library: Library, tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    readings = many()
    filled(library, readings[:30])
    for reading in readings[30:45]:
        acts(library, rng)()
        library.add(reading)
    judged = partition(library)
    names = {person.name for person in library.people(PeopleQuery(limit=1000)).people}
    numbers = [entry.number for entry in library.judgements()]
    rng.shuffle(numbers)
    undone = [library.undo(number, by="Bela").number for number in numbers]
    with Library(tmp_path / "unjudged.db") as other:
        assert partition(library) == partition(filled(other, readings[:45]))
    for number in undone:
        library.undo(number, by="Ada")
    assert partition(library) == judged
    assert {person.name for person in library.people(PeopleQuery(limit=1000)).people} == names


def test_what_is_worked_out_bit_by_bit_is_what_the_log_says_at_once(library: Library, tmp_path: Path) -> None:
    rng = random.Random(5)  # noqa: S311
    readings = many()
    for number, reading in enumerate(readings):
        library.add(reading)
        if number > 5 and number % 4 == 0:
            acts(library, rng)()
    log = [Judgement.from_json(entry.to_json()) for entry in library.judgements()]
    with Library(tmp_path / "other.db") as other:
        assert filled(other, readings).take_judgements(log) == (len(log), 0)
        assert partition(other) == partition(library)
        assert other.take_judgements(log) == (0, len(log))
    with Library(tmp_path / "first.db") as other:  # the log first, the articles later
        other.take_judgements(log)
        assert partition(filled(other, readings)) == partition(library)


def test_judgements_outlive_better_readings_and_prunes(library: Library) -> None:
    filled(
        library, [told("one", Says("Vostrøm")), told("two", Says("Ilka Vostrøm")), told("three", Says("Ilka Vostrøm"))]
    )
    library.merge("Vostrøm", "Ilka Vostrøm", by="Ada")
    library.rename("Vostrøm", "Dame Ilka", by="Ada")
    # The better reader finds the full name in one article, and nobody in another.
    library.add(told("one", Says("Ilse Maria Vostrøm", "mayor"), maker=BETTER))
    library.add(told("two", Says(None), maker=BETTER))
    library.prune()
    (person,) = library.people().people
    assert person.name == "Dame Ilka"
    assert {count.value for count in person.aliases} == {"Ilse Maria Vostrøm", "Ilka Vostrøm"}


def test_a_split_outlives_a_better_reading(library: Library) -> None:
    filled(library, each_in_an_article(*[Says("Ilka Vostrøm")] * 4))
    (person,) = library.people().people
    mentions = [one.id for one in library.person(person.id).appearances]
    library.split(person.id, *mentions[2:], by="Ada")
    for number in range(4):
        library.add(told(f"story-{number}", Says("Ilka Vostrøm", "mayor"), maker=BETTER))
    assert sizes(library) == [2, 2]


def suggestion(library: Library) -> Suggestion:
    (found,) = library.suggestions()
    return found


def test_who_may_be_one_is_suggested_with_what_speaks_for_it(library: Library) -> None:
    filled(library, [told("one", Says("Ilka Vostrøm", "mayor of Karsk"), Says("Pela Quist"))])
    filled(library, [told("two", Says("Vostrøm", "mayor"), Says("Pela Quist"))])
    found = suggestion(library)
    assert {found.one.name, found.other.name} == {"Ilka Vostrøm", "Vostrøm"}
    assert found.evidence == (
        "the family name alone here",
        "roles that go together: mayor of Karsk / mayor",
        "in one outlet",
        "within 14 days",
        "both in the news with Pela Quist",
    )
    assert (found.words, found.to_record()["words"]) == ("likely", "likely")
    assert library.suggestions("Pela Quist") == ()
    assert library.suggestions("Vostrøm") == (found,)


def test_a_suggestion_is_confirmed_or_rejected(library: Library) -> None:
    filled(library, each_in_an_article(Says("Ilka Vostrøm", "striker"), Says("Ilka Vostrøm", "mayor")))
    found = suggestion(library)
    entry = library.confirm(found.one.id, found.other.id, by="Ada")
    assert (entry.act, entry.score) == ("confirm", found.score)
    assert sizes(library) == [2]
    library.undo(entry.number, by="Ada")
    library.reject(found.one.id, found.other.id, by="Ada")
    assert library.suggestions() == ()
    library.add(told("later", Says("Ilka Vostrøm", "mayor and striker")))
    assert sizes(library) == [1, 1, 1]
    library.undo(3, by="Ada")
    assert sizes(library) == [1, 2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Volodymyr Zelensky", "Volodymyr Zelenskyy", id="another spelling"),
        pytest.param("Ilka Vostrøm", "Ilka Maria Vostrøm", id="a second given name"),
        pytest.param("John Smith", "John Smith", id="a frequent name"),
    ],
)
def test_names_that_are_alike_are_suggested(library: Library, one: str, other: str) -> None:
    filled(library, each_in_an_article(Says(one), Says(other)))
    assert {suggestion(library).one.name, suggestion(library).other.name} == {one, other}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Karsk Harbour Union", "KHU", id="initials"),
        pytest.param("Ulmar Ministry of Defence", "Ulmar Defense Ministry", id="spelling and order"),
        pytest.param("Health Ministry", "Health Ministry", id="a ministry"),
    ],
)
def test_organisations_that_are_alike_are_suggested(library: Library, one: str, other: str) -> None:
    filled(library, each_in_an_article(Says(one, type="organisation"), Says(other, type="organisation")))
    assert {suggestion(library).one.name, suggestion(library).other.name} == {one, other}


def test_a_short_name_of_several_is_not_given_to_one(library: Library) -> None:
    speakers = [Says("Ilka Vostrøm"), Says("Pela Vostrøm"), Says("Vostrøm")]
    assert filled(library, each_in_an_article(*speakers)).suggestions() == ()
    assert len(filled(library, each_in_an_article(*speakers[::2])).suggestions()) == 0
    with pytest.raises(NotInLibraryError):
        library.suggestions("Nobody")


def test_who_speaks_beside_one_is_another(library: Library) -> None:
    filled(library, [told("one", Says("Ilka Vostrøm"), Says("Ilka Maria Vostrøm"))])
    assert library.suggestions() == ()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"judgement": 2}, "not a judgement of version 1"),
        ({"act": "marry"}, "act is one of"),
        ({"at": "yesterday"}, "is no time"),
        ({"links": [[["x"]]]}, "two sides"),
        ({"links": [[["x"], ["y"]]]}, "mentions are"),
        ({"apart": 7}, "two sides"),
        ({"undoes": "abc"}, "an undo says"),
        ({"by": 4}, "by is text"),
        ({"names": "Ada"}, "names is a list"),
    ],
)
def test_what_is_no_judgement_is_refused(library: Library, change: dict[str, object], message: str) -> None:
    filled(library, each_in_an_article(Says("Ilka Vostrøm"), Says("Vostrøm")))
    record = json.loads(library.merge("Ilka Vostrøm", "Vostrøm", by="Ada").to_json())
    assert Judgement.from_json(json.dumps(record)) == replace(next(library.judgements()), number=0)
    with pytest.raises(SchemaError, match=message):
        Judgement.from_json(json.dumps(record | change))
    with pytest.raises(SchemaError, match="not JSON"):
        Judgement.from_json("{")
