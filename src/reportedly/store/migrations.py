"""The versions of a library, and the steps from each to the next.

A new library is made as the newest version at once. An older one walks the steps from its own version, all in one
transaction: it is brought up whole, or stays as it was. A step is written in SQL of its own time, for both databases,
and never changed afterwards; ``tables`` shows only how things are now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reportedly.errors import LibraryError
from reportedly.store.database import Database, Session
from reportedly.store.fulltext import FullText

VERSION = 4


def _to_people(session: Session) -> None:
    from reportedly.store.people_step import to_people  # the rules of joining take time to load

    to_people(session)


def _to_sourcing(session: Session) -> None:
    from reportedly.store.steps import to_sourcing

    to_sourcing(session)


def _to_contents(session: Session) -> None:
    from reportedly.store.steps import to_contents

    to_contents(session)


# By the version that a step leads to.
STEPS: Mapping[int, Callable[[Session], None]] = {2: _to_sourcing, 3: _to_contents, 4: _to_people}


def prepare(database: Database, words: FullText, create: bool) -> None:
    """Make the library where there is none and ``create`` allows it; bring an older one up to this version.

    Raises LibraryError for a library of a newer version, and for a database that holds something else.
    """
    with database.reading() as session:
        version = _version(session, database.name)
    if version is None and not create:
        raise LibraryError(database.name, "holds no library", f"make one: reportedly add {database.name} PATH...")
    if version is None or version < VERSION:
        with database.writing() as session:
            # Read again in the writer's turn: another program may have come first.
            _bring_up(session, words, _version(session, database.name))
    elif version > VERSION:
        raise LibraryError(
            database.name,
            f"was made by a newer version of Reportedly (its tables are version {version}, these {VERSION})",
            "update Reportedly",
        )


def _bring_up(session: Session, words: FullText, version: int | None) -> None:
    if version is None:
        from reportedly.store.tables import definitions  # SQLAlchemy takes time to load, and only this needs it

        for definition in definitions(session.is_sqlite):
            session.run(definition)
        words.create(session)
        session.run("INSERT INTO library (version) VALUES (:version)", version=VERSION)
        return
    for step in range(version + 1, VERSION + 1):
        STEPS[step](session)
    session.run("UPDATE library SET version = :version", version=max(version, VERSION))


def _version(session: Session, name: str) -> int | None:
    """The version of the library in a database; None where there is none, and it can be made."""
    tables = {row[0] for row in session.rows(_TABLES_SQLITE if session.is_sqlite else _TABLES_POSTGRES)}
    version: int | None = session.value("SELECT version FROM library") if "library" in tables else None
    # A file that holds anything else is somebody's; in a server, a library may lie beside other tables.
    if version is None and (tables if session.is_sqlite else tables & {"library", "article", "statement"}):
        raise LibraryError(name, "is not a library of Reportedly", "give the place of a library, or of a new one")
    return version


_TABLES_SQLITE = "SELECT name FROM sqlite_master WHERE type = 'table'"
_TABLES_POSTGRES = "SELECT tablename FROM pg_tables WHERE schemaname = ANY(current_schemas(false))"
