"""Names and roles, as they are compared across articles."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from reportedly.store import Library, Query
from reportedly.store.fulltext import SqliteWords
from reportedly.store.identity import name_form, skeleton
from reportedly.store.roles import Match, match, roles_in
from reportedly.store.search import planned


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Karsk foreign minister", "foreign minister of Karsk", Match.OFFICE),
        ("Health Minister", "minister for health", Match.OFFICE),
        ("spokeswoman", "spokesman, told reporters in Selva", Match.ROLE),
        ("Ulmarian president", "governor of Ulmaria", Match.PLACE),
        ("Sen.", "party leader", Match.FIELD),
        ("president", "spokesman", Match.OPEN),
        ("mayor of Selva", "mayor of Karsk", Match.CLASH),
        ("French president", "president of Kenya", Match.CLASH),
        ("goalkeeper", "health minister", Match.CLASH),
        ("lawyer", "senator", Match.OPEN),
    ],
)
def test_how_roles_go_together(one: str, other: str, expected: Match) -> None:
    (a,), (b,) = roles_in(one), roles_in(other)
    assert match(a, b) is match(b, a) is expected


def test_two_roles_in_one() -> None:
    assert [role.calling for role in roles_in("former mayor of Selva and present senator")] == ["mayor", "senator"]
    assert len(roles_in("minister for trade and industry")) == 1


@pytest.mark.parametrize(
    ("name", "key", "initials", "bearers"),
    [
        ("Sir Ilka T. Vostrøm", "ilka vostrom", "t", "one"),
        ("Conor O’Brien", "conor obrien", "", "many"),
        ("Bashar al-Qazir", "bashar al qazir", "", "one"),
        ("Xoli Smith", "xoli smith", "", "few"),
        ("Vostrøm", "vostrom", "", "any"),
        ("J. Vostrøm", "vostrom", "j", "any"),
    ],
)
def test_how_a_persons_name_is_compared(name: str, key: str, initials: str, bearers: str) -> None:
    form = name_form(name, "person")
    assert form is not None
    assert (form.key, form.initials, form.bearers) == (key, initials, bearers)


@pytest.mark.parametrize("name", ["the mayor", "an aide to Vostrøm", "Vostrøm who led the talks", "", "...", "von"])
def test_what_names_no_person(name: str) -> None:
    assert name_form(name, "person") is None


def test_spellings_of_one_name_sound_alike() -> None:
    assert skeleton("zelensky") == skeleton("zelenskyy") == skeleton("zelenskiy")
    assert skeleton("vostrom") != skeleton("quist")


def test_the_statements_of_a_person_are_found_from_the_mentions(tmp_path: Path) -> None:
    with Library(tmp_path / "news.db"):
        pass
    plan = planned(Query(person="ilka-vostrom-00000000"), SqliteWords())
    with sqlite3.connect(tmp_path / "news.db") as connection:
        steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {plan.sql}", plan.values)]
    connection.close()
    assert steps[0].startswith("SEARCH m USING INDEX ix_mention_person (person=?")
    assert "SEARCH s USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)" in steps
    assert not any(step.startswith("SCAN") for step in steps)
