from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from reportedly import lexicon

TABLES = sorted(
    name
    for entry in resources.files("reportedly.lexicon").iterdir()
    if (name := entry.name).endswith(".toml") and name not in ("audit.toml", "furniture.toml")
)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_names_its_source(name: str) -> None:
    tables = tomllib.loads((resources.files("reportedly.lexicon") / name).read_text("utf-8"))
    assert isinstance(tables["source"], str)
    assert tables["source"].strip()


@pytest.mark.parametrize("name", TABLES)
def test_no_list_says_anything_twice(name: str) -> None:
    tables = tomllib.loads((resources.files("reportedly.lexicon") / name).read_text("utf-8"))
    for key, entries in tables.items():
        if isinstance(entries, list):
            names = [repr(entry) for entry in entries]
            assert len(names) == len(set(names)), key


def test_words_in_doubt_are_in_their_tables() -> None:
    assert lexicon.doubtful_document_nouns() <= lexicon.document_nouns()
    for name, known in (("agencies", lexicon.agencies()), ("outlets", lexicon.outlets())):
        tables = tomllib.loads((resources.files("reportedly.lexicon") / f"{name}.toml").read_text("utf-8"))
        marked = [form for form in tables["whether"] if form.removeprefix("The ") in known]
        assert all(known[form.removeprefix("The ")].doubt is not None for form in marked)


def test_words_with_a_gender_are_titles() -> None:
    tables = tomllib.loads((resources.files("reportedly.lexicon") / "titles.toml").read_text("utf-8"))
    assert {*tables["f"], *tables["m"]} <= lexicon.titles().keys()
    assert not {*tables["f"]} & {*tables["m"]}


def test_a_given_name_stands_in_one_list() -> None:
    tables = tomllib.loads((resources.files("reportedly.lexicon") / "given_names.toml").read_text("utf-8"))
    assert len({*tables["f"], *tables["m"], *tables["either"]}) == sum(len(tables[key]) for key in ("f", "m", "either"))


def test_groups_and_unnamed_sources_are_apart() -> None:
    assert not {"officials", "aides", "sources", "investigators", "prosecutors"} & lexicon.group_nouns()


def test_tables_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        lexicon.agencies()["Reuters"] = None  # type: ignore[index]


def test_the_tables_hold_what_a_newsroom_knows() -> None:
    assert len({known.name for known in lexicon.agencies().values()}) >= 100
    assert len({known.name for known in lexicon.outlets().values()}) >= 300
    assert len(lexicon.titles()) >= 300
    assert len(lexicon.given_names()) >= 600
    assert len(set(lexicon.states().values())) >= 195
