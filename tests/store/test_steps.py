"""A library of the first version is brought up to what a new one is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from reportedly.schema import Reading
from reportedly.store import Library
from reportedly.store.database import Database, Session
from reportedly.store.fulltext import full_text
from reportedly.store.inventory import Page, inventory
from reportedly.store.migrations import VERSION
from reportedly.store.profile import profile
from reportedly.store.selection import Articles, Statements

# The tables of version 1, in the order in which they refer to one another, with their columns.
FIRST = {
    "library": "version INTEGER NOT NULL",
    "maker": "id {serial} PRIMARY KEY, program TEXT NOT NULL, model TEXT NOT NULL, weights TEXT NOT NULL",
    "outlet": "id {serial} PRIMARY KEY, name TEXT NOT NULL UNIQUE",
    "article": (
        "id {serial} PRIMARY KEY, hash VARCHAR(16) NOT NULL UNIQUE, own_id TEXT, published INTEGER NOT NULL,"
        " first BIGINT NOT NULL, statements INTEGER NOT NULL, text {blob} NOT NULL"
    ),
    "reading": (
        "id {serial} PRIMARY KEY, article INTEGER NOT NULL REFERENCES article (id), maker INTEGER NOT NULL REFERENCES"
        " maker (id), current SMALLINT NOT NULL, record {blob} NOT NULL, UNIQUE (article, maker)"
    ),
    "statement": (
        "id {key} PRIMARY KEY, article INTEGER NOT NULL REFERENCES article (id), n INTEGER NOT NULL, outlet INTEGER,"
        " published INTEGER NOT NULL, said_first INTEGER NOT NULL, said_last INTEGER NOT NULL, speaker TEXT,"
        " type SMALLINT NOT NULL, anonymous SMALLINT NOT NULL, quotation SMALLINT, stance SMALLINT,"
        " conditional SMALLINT NOT NULL, hedged SMALLINT NOT NULL, confidence SMALLINT"
    ),
    "carrier": (
        "statement BIGINT NOT NULL REFERENCES statement (id), rung SMALLINT NOT NULL, name TEXT NOT NULL,"
        " type SMALLINT NOT NULL, PRIMARY KEY (statement, rung)"
    ),
    "source_file": (
        "path TEXT PRIMARY KEY, size BIGINT, modified BIGINT, maker INTEGER REFERENCES maker (id), status SMALLINT"
        " NOT NULL, articles INTEGER NOT NULL, failures INTEGER NOT NULL"
    ),
    "failure": (
        "source TEXT NOT NULL REFERENCES source_file (path), number INTEGER NOT NULL, path TEXT NOT NULL,"
        " reason TEXT NOT NULL, remedy TEXT NOT NULL, PRIMARY KEY (source, number)"
    ),
}


def as_it_was(session: Session, held: dict[str, Sequence[tuple[Any, ...]]]) -> None:
    """Make the tables of version 1, with the rows of a library of today."""
    kinds = {"serial": "INTEGER", "key": "INTEGER", "blob": "BLOB"}
    if not session.is_sqlite:
        kinds = {"serial": "SERIAL", "key": "BIGINT", "blob": "BYTEA"}
    for table, columns in FIRST.items():
        session.run(f"CREATE TABLE {table} ({columns.format(**kinds)})")
        session.insert(table, [dict(zip(names(table), row, strict=True)) for row in held[table]])
        if not session.is_sqlite and "{serial}" in columns:  # the next number is the one after these
            session.value(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")  # noqa: S608
    full_text(session.is_sqlite).create(session)
    session.run("UPDATE library SET version = 1")


def names(table: str) -> list[str]:
    """The columns of a table of version 1."""
    parts = FIRST[table].replace("PRIMARY KEY (statement, rung)", "").replace("PRIMARY KEY (source, number)", "")
    found = [part.split()[0] for part in parts.replace("UNIQUE (article, maker)", "").split(", ") if part.strip()]
    return [name.strip(",") for name in found]


def told(library: Library) -> object:
    """What is counted, but for the ids of people, which are made of the same articles in any case."""
    return (
        profile(library, Articles()),
        profile(library, Articles(author="falk holm")),
        inventory(library, Articles(outlet="The Karsk Herald", since="2031"), Statements(), Page(limit=500)),
        [one.to_record() for one in library.people().people],
    )


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_first_version_is_brought_up(
    kind: str, some: list[Reading], tmp_path: Any, request: pytest.FixtureRequest
) -> None:
    def place(name: str) -> str:
        return str(tmp_path / name) if kind == "sqlite" else request.getfixturevalue("server").database()

    new, old = place("new.db"), place("old.db")
    with Library(new) as library:
        for k, one in enumerate(some[:12]):
            byline = "By Falk Holm" if k % 2 else None
            library.add(replace(one, article=replace(one.article, byline=byline)))
        expected = told(library)
    database = Database(new, create=False)
    with database.reading() as session:
        held = {table: session.rows(f"SELECT {', '.join(names(table))} FROM {table}") for table in FIRST}  # noqa: S608
    database.close()
    database = Database(old, create=True)
    with database.writing() as session:
        as_it_was(session, held)
    database.close()
    with Library(old) as library:
        assert told(library) == expected
        assert library.add(some[20])
    database = Database(old, create=False)
    with database.reading() as session:
        assert session.value("SELECT version FROM library") == VERSION
    database.close()
