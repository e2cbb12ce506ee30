"""People across articles: who is joined, listed and found, in both databases."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

import pytest

from reportedly.errors import NotInLibraryError, QueryError
from reportedly.schema import Reading
from reportedly.store import Library, Query
from reportedly.store.persons import PeopleQuery
from reportedly.store.results import PersonCount
from tests.store.said import BETTER, Says, told

CHIEF = "chief executive of Ulmar Lines"


def filled(library: Library, readings: Iterable[Reading]) -> Library:
    for reading in readings:
        library.add(reading)
    return library


def partition(library: Library) -> set[frozenset[str]]:
    """The people, each as its mentions."""
    page = library.people(PeopleQuery(limit=1000))
    assert page.total == len(page.people)
    return {frozenset(one.id for one in library.person(person.id).appearances) for person in page.people}


def sizes(library: Library) -> list[int]:
    return sorted(map(len, partition(library)))


def each_in_an_article(*speakers: Says, published: Sequence[str] = ()) -> list[Reading]:
    days = published or ["2034-09-13"] * len(speakers)
    return [told(f"story-{n}", one, published=day) for n, (one, day) in enumerate(zip(speakers, days, strict=True))]


@pytest.mark.parametrize(
    ("speakers", "expected"),
    [
        pytest.param([Says("Ilka Vostrøm"), Says("Ilka Vostrom")], [2], id="one rare name, whatever its accents"),
        pytest.param([Says("Vostrøm"), Says("Vostrøm")], [1, 1], id="a family name alone"),
        pytest.param([Says("Ilka Vostrøm", "striker"), Says("Ilka Vostrøm", "minister")], [1, 1], id="other fields"),
        pytest.param(
            [Says("Ilka Vostrøm", "mayor of Selva"), Says("Ilka Vostrøm", "mayor of Karsk")], [1, 1], id="other places"
        ),
        pytest.param(
            [Says("Ilka Vostrøm", "skipper"), Says("Ilka Vostrøm", "treasurer")], [1, 1], id="nothing goes together"
        ),
        pytest.param([Says("John Smith"), Says("John Smith")], [1, 1], id="a frequent name"),
        pytest.param([Says("John Smith", "resident"), Says("John Smith", "resident")], [1, 1], id="and a vague role"),
        pytest.param([Says("John Smith", CHIEF), Says("John Smith", f"{CHIEF}")], [2], id="and the same office"),
        pytest.param(
            [Says("John Smith", "Karsk harbour master"), Says("John Smith", "harbour master of Karsk")],
            [2],
            id="and the same place in other words",
        ),
        pytest.param([Says("John F. Smith", CHIEF), Says("John G. Smith", CHIEF)], [1, 1], id="other initials"),
        pytest.param([Says("Ilka Vostrøm Jr."), Says("Ilka Vostrøm")], [1, 1], id="father and son"),
        pytest.param([Says("the harbour master"), Says("the harbour master")], [], id="a description"),
        pytest.param(
            [Says("officials", type="unnamed", anonymous=True), Says("voters", type="group"), Says(None)],
            [],
            id="unnamed sources, groups and nobody",
        ),
        pytest.param(
            [Says("Ulmar Lines", type="organisation"), Says("the Ulmar Lines", type="organisation")],
            [2],
            id="an organisation of a name of its own",
        ),
        pytest.param(
            [Says("AFP", type="outlet"), Says("Agence France-Presse", type="outlet")], [2], id="a known short form"
        ),
        pytest.param(
            [Says("Health Ministry", type="organisation"), Says("Health Ministry", type="organisation")],
            [1, 1],
            id="a ministry of any country",
        ),
        pytest.param(
            [Says("Ulmar Vostrøm"), Says("Ulmar Vostrøm", type="organisation")], [1, 1], id="a person and a firm"
        ),
    ],
)
def test_only_strong_evidence_joins(library: Library, speakers: list[Says], expected: list[int]) -> None:
    assert sizes(filled(library, each_in_an_article(*speakers))) == expected


def test_a_frequent_name_and_role_years_apart_are_two(library: Library) -> None:
    speakers = [Says("John Smith", CHIEF), Says("John Smith", CHIEF)]
    filled(library, each_in_an_article(*speakers, published=["2020-01-01", "2034-09-13"]))
    assert sizes(library) == [1, 1]


def test_without_a_role_one_is_whom_nearly_all_is_about(library: Library) -> None:
    roles = ["mayor of Karsk", "Karsk mayor", "mayor", "mayor of the port of Karsk"]
    known = [*(Says("Ilka Vostrøm", role) for role in roles), Says("Ilka Vostrøm", "striker"), Says("Ilka Vostrøm")]
    assert sizes(filled(library, each_in_an_article(*known))) == [1, 5]


def test_without_a_role_nobody_is_chosen_of_two(library: Library) -> None:
    speakers = [Says("Ilka Vostrøm", "mayor"), Says("Ilka Vostrøm", "striker"), Says("Ilka Vostrøm")]
    assert sizes(filled(library, each_in_an_article(*speakers))) == [1, 1, 1]


def many() -> list[Reading]:
    """Articles of few names and roles, so that much may be joined."""
    rng = random.Random(11)  # noqa: S311
    names = ["Ilka Vostrøm", "Ilka T. Vostrøm", "John Smith", "Pela Quist", "Vostrøm", "Ulmar Lines"]
    roles = [None, None, "mayor", "mayor of Karsk", "mayor of Selva", "striker", "minister", CHIEF]
    return [
        told(
            f"story-{n}",
            *(Says(name, rng.choice(roles), "organisation" if "Lines" in name else "person") for name in chosen),
            published=f"{rng.choice((2029, 2031, 2034))}-0{rng.randint(1, 9)}-11",
        )
        for n, chosen in enumerate(rng.sample(names, rng.randint(1, 3)) for _ in range(60))
    ]


def test_the_order_in_which_articles_come_plays_no_part(
    library: Library, tmp_path_factory: pytest.TempPathFactory
) -> None:
    readings = many()
    first = partition(filled(library, readings))
    assert max(map(len, first)) > 5
    for seed in range(4):
        shuffled = random.Random(seed).sample(readings, len(readings))  # noqa: S311
        with Library(tmp_path_factory.mktemp("other") / "news.db") as other:
            assert partition(filled(other, shuffled)) == first


def test_reading_again_changes_only_what_is_read_otherwise(library: Library) -> None:
    filled(library, [told("one", Says("Ilka Vostrøm", "mayor")), told("two", Says("Ilka Vostrøm", "mayor"))])
    before = library.people().people[0]
    library.add(told("two", Says("Ilka Vostrøm", "mayor of Karsk"), maker=BETTER))
    after = library.people().people[0]
    assert (after.id, after.articles) == (before.id, 2)
    library.add(told("one", Says("Pela Quist", "mayor"), maker=BETTER))
    library.prune()
    assert {person.name: person.articles for person in library.people().people} == {"Ilka Vostrøm": 1, "Pela Quist": 1}


def test_people_are_listed_with_what_is_known_of_them(library: Library) -> None:
    filled(
        library,
        [
            told("one", Says("Ilka Vostrøm", "mayor"), Says("Ilka Vostrøm", "mayor", words="no ship has left")),
            told(
                "two",
                Says("Ilka Vostrom", "mayor of Karsk"),
                Says("Pela Quist"),
                outlet="Selva Post",
                published="2035-01-02",
            ),
            told("three", Says("Ilka Vostrøm"), published=None),
        ],
    )
    page = library.people()
    person = page.people[0]
    assert page.total == 2
    assert (person.name, person.type, person.statements, person.articles, person.outlets) == (
        "Ilka Vostrøm", "person", 4, 3, 2,
    )  # fmt: skip
    assert (person.first, person.last) == ("2034-09-13", "2035-01-02")
    assert [(count.value, count.count) for count in person.aliases] == [("Ilka Vostrøm", 3), ("Ilka Vostrom", 1)]
    assert [(count.value, count.count) for count in person.roles] == [("mayor", 2), ("mayor of Karsk", 1)]
    file = library.person(person.id)
    assert [one.outlet for one in file.appearances] == ["Norwick Courier", "Norwick Courier", "Selva Post"]
    assert {one.rule for one in file.appearances} <= {"one rare name 1", "one name and calling 1"}
    assert all(0.9 <= (one.score or 0) < 1 for one in file.appearances)
    assert file.to_record()["name"] == "Ilka Vostrøm"


def test_lists_are_narrowed_sorted_and_paged(library: Library) -> None:
    filled(
        library,
        [
            told("one", Says("Ilka Vostrøm"), Says("Ulmar Lines", type="organisation")),
            told("two", Says("Ilka Vostrøm"), outlet="Selva Post"),
            told(
                "three", Says("Pela Quist"), Says("Pela Quist", words="it sank"), Says("Pela Quist", words="so be it")
            ),
        ],
    )

    def names(**wanted: object) -> list[str]:
        return [person.name for person in library.people(PeopleQuery(**wanted)).people]  # type: ignore[arg-type]

    assert names() == ["Pela Quist", "Ilka Vostrøm", "Ulmar Lines"]
    assert names(sort="name") == ["Ilka Vostrøm", "Pela Quist", "Ulmar Lines"]
    assert names(sort="articles", limit=1) == ["Ilka Vostrøm"]
    assert names(offset=1, limit=1) == ["Ilka Vostrøm"]
    assert names(like="VOSTRO") == names(like="vost ilka") == ["Ilka Vostrøm"]
    assert names(like="uist") == []
    assert names(like="%") == names()
    assert names(type="organisation") == ["Ulmar Lines"]
    assert names(outlet="Selva Post") == names(joined=True) == ["Ilka Vostrøm"]
    assert names(joined=False) == ["Pela Quist", "Ulmar Lines"]
    with pytest.raises(QueryError, match="sort"):
        PeopleQuery(sort="fame")  # type: ignore[arg-type]
    with pytest.raises(QueryError, match="limit"):
        PeopleQuery(limit=5000)


def test_a_name_finds_a_person_if_only_one_bears_it(library: Library) -> None:
    filled(
        library, each_in_an_article(Says("Ilka Vostrøm", "mayor"), Says("Ilka Vostrøm", "striker"), Says("Pela Quist"))
    )
    assert library.person("pela quist").person.name == "Pela Quist"
    with pytest.raises(NotInLibraryError, match=r"may be ilka-vostrom-[0-9a-f]{8}, ilka-vostrom-[0-9a-f]{8}; give one"):
        library.person("Ilka Vostrøm")
    with pytest.raises(NotInLibraryError, match="nobody is called 'Nobody Here'"):
        library.person("Nobody Here")
    with pytest.raises(NotInLibraryError, match="nobody is called"):
        library.person("pela-quist-00000000")


def test_a_search_finds_a_person_under_every_name(library: Library) -> None:
    filled(
        library,
        [
            told("one", Says("Ilka Vostrøm", "mayor", words="the harbour stays open")),
            told(
                "two",
                Says("Ilka Vostrøm", "mayor", words="no harbour is safe"),
                Says("Pela Quist", words="the harbour is mine"),
            ),
            told("three", Says("Vostrøm", words="the harbour was closed")),
        ],
    )
    library.merge("Ilka Vostrøm", "Vostrøm", by="Ada")
    person = library.people().people[0]
    words = library.search(Query("harbour", person=person.id))
    assert {hit.statement.speaker.name for hit in words.hits} == {"Ilka Vostrøm", "Vostrøm"}
    everything = library.search(Query(person=person.id))
    assert (words.total, everything.total) == (3, 3)
    alias = next(one.id for one in library.person(person.id).appearances if one.name == "Vostrøm")
    assert library.search(Query(person=alias)).total == 3
    assert library.search(Query(person="nobody-at-all-00000000")).total == 0
    with pytest.raises(QueryError, match="an id is a name and 8 digits"):
        Query(person="Ilka Vostrøm")


def test_facets_show_people_where_they_are_joined(library: Library) -> None:
    filled(library, each_in_an_article(*[Says("Ilka Vostrøm")] * 2, *[Says("Quist")] * 3, Says("clerks", type="group")))
    (facet,) = (facet for facet in library.search(Query("harbour")).facets if facet.field == "speaker")
    assert [(count.value, count.count) for count in facet.counts] == [("Quist", 3), ("Ilka Vostrøm", 2), ("clerks", 1)]
    (joined,) = (count for count in facet.counts if isinstance(count, PersonCount))
    assert joined.person == library.person("Ilka Vostrøm").person.id


@pytest.mark.parametrize(
    "name",
    [
        "\x00\ud800",
        "Ilka\x00 Vostrøm",
        "‮Vostrøm Ilka",
        "'; DROP TABLE mention; --",
        "%",
        "Ann " * 400,
        "Ⅷ ﬁ",
        "李 小龙",
        "-",
    ],
)
def test_hostile_names_are_kept_out_or_kept_well(library: Library, name: str) -> None:
    filled(library, [told("one", Says(name, name)), told("two", Says(name, name)), told("three", Says("Pela Quist"))])
    assert sum(person.statements for person in library.people().people) in (1, 3)
    for person in library.people().people:
        assert library.person(person.id).person == person
    assert library.people(PeopleQuery(like=name)).total <= 3
    assert library.suggestions() is not None


def test_a_library_of_an_older_version_gets_its_people(where: str) -> None:
    readings = many()
    with Library(where) as library:
        expected = partition(filled(library, readings[:40]))
        with library._database.writing() as session:
            session.run("DROP TABLE mention")
            session.run("DROP TABLE judgement")
            session.run("ALTER TABLE statement DROP COLUMN mention")
            session.run("UPDATE library SET version = 3")
    with Library(where) as library:
        assert partition(library) == expected
        person = library.people().people[0]
        assert library.search(Query(person=person.id)).total == person.statements
        library.rename(person.id, "Dame Ilka", by="Ada")
        filled(library, readings[40:])
        assert library.people().people[0].name == "Dame Ilka"
