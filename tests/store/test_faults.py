"""What can go wrong: each a LibraryError that names library, reason and remedy, after which the library is whole."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.invented import readings
from reportedly.errors import LibraryError
from reportedly.schema import Reading
from reportedly.store import Library, Query, migrations
from reportedly.store.database import Database, Session

from .conftest import Server

NOBODY = 65534


def refused(where: str | Path, create: bool = True) -> str:
    with pytest.raises(LibraryError) as told:
        Library(where, create)
    error = told.value
    assert str(error) == f"{error.library}: {error.reason}; {error.remedy}"
    return str(error)


def filled(path: Path, some: list[Reading]) -> Path:
    with Library(path) as library:
        for reading in some[:5]:
            library.add(reading)
    return path


@contextmanager
def without_rights() -> Iterator[None]:
    """As a user whom permissions bind: root they do not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "there is no such folder; make it first: mkdir -p" in refused(tmp_path / "no" / "news.db")
    assert not (tmp_path / "no").exists()


def test_a_folder_is_no_library(tmp_path: Path) -> None:
    assert "is a folder" in refused(tmp_path)


def test_none_is_made_by_those_who_read(tmp_path: Path) -> None:
    assert "there is no such library" in refused(tmp_path / "news.db", create=False)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("data", [b"The mayor said no.\n", b"\x00" * 5000, b"SQLite format 2\0" * 9])
def test_another_file_is_left_alone(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "news.db"
    path.write_bytes(data)
    assert "is not a library of Reportedly" in refused(path)
    assert path.read_bytes() == data
    assert [entry.name for entry in tmp_path.iterdir()] == ["news.db"]


def test_an_empty_file_becomes_a_library(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    path.touch()
    assert "holds no library" in refused(path, create=False)
    with Library(path) as library:
        assert len(library) == 0


def test_another_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE birds (name)")
    connection.commit()
    connection.close()
    assert "is not a library of Reportedly" in refused(path)
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("birds",)]
    connection.close()


def test_a_damaged_file(tmp_path: Path, some: list[Reading]) -> None:
    path = filled(tmp_path / "news.db", some)
    data = bytearray(path.read_bytes())
    data[4096 : len(data) // 2] = os.urandom(len(data) // 2 - 4096)
    path.write_bytes(data)
    with pytest.raises(LibraryError, match="is damaged"), Library(path) as library:
        list(library.readings())
    assert len(path.read_bytes()) == len(data)


def test_a_file_that_was_cut(tmp_path: Path, some: list[Reading]) -> None:
    path = filled(tmp_path / "news.db", some)
    path.write_bytes(path.read_bytes()[:50])
    with pytest.raises(LibraryError), Library(path) as library:
        list(library.readings())


def test_a_library_of_a_newer_version(where: str, some: list[Reading]) -> None:
    with Library(where) as library:
        library.add(some[0])
    _set_version(where, migrations.VERSION + 1)
    told = refused(where)
    assert "was made by a newer version of Reportedly" in told
    assert told.endswith("update Reportedly")


def test_an_older_library_is_brought_up_whole_or_not_at_all(
    where: str, some: list[Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library(where) as library:
        library.add(some[0])

    def step(session: Session) -> None:
        session.run("ALTER TABLE article ADD COLUMN note text")

    def broken(session: Session) -> None:
        session.run("CREATE TABLE half (id integer)")
        session.run("SELECT * FROM nowhere")

    now = migrations.VERSION
    monkeypatch.setattr(migrations, "VERSION", now + 2)
    monkeypatch.setattr(migrations, "STEPS", {now + 1: step, now + 2: broken})
    refused(where)
    assert _version(where) == now
    monkeypatch.setattr(
        migrations, "STEPS", {now + 1: step, now + 2: lambda session: session.run("CREATE TABLE half (id integer)")}
    )
    with Library(where) as library:
        assert library.get(some[0].article.id) == some[0]
    assert _version(where) == now + 2


def _set_version(where: str, version: int) -> None:
    database = Database(where, create=False)
    with database.writing() as session:
        session.run("UPDATE library SET version = :version", version=version)
    database.close()


def _version(where: str) -> int:
    database = Database(where, create=False)
    with database.reading() as session:
        version = int(session.value("SELECT version FROM library"))
    database.close()
    return version


def test_a_file_that_may_not_be_written_can_be_read(tmp_path: Path, some: list[Reading]) -> None:
    path = filled(tmp_path / "news.db", some)
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        for folder in (*tmp_path.parents, tmp_path):
            if not os.access(folder, os.X_OK):
                pytest.skip("the temporary folder is not for everybody")
        _open_to_all(tmp_path)
        with without_rights(), Library(path, create=False) as library:
            assert len(list(library.readings())) == 5
            assert library.search(Query(limit=1)).total
            with pytest.raises(LibraryError, match="may not be written; change the permissions"):
                library.add(some[6])
    finally:
        tmp_path.chmod(0o755)
    with Library(path) as library:
        assert len(library) == 5


def _open_to_all(folder: Path) -> None:
    """Let other users reach a folder of pytest's."""
    for parent in folder.parents:
        if parent.name.startswith("pytest-"):
            parent.chmod(0o755)


def test_a_file_that_may_not_be_read(tmp_path: Path, some: list[Reading]) -> None:
    path = filled(tmp_path / "news.db", some)
    path.chmod(0)
    _open_to_all(tmp_path)
    with without_rights():
        assert "cannot be opened (Permission denied)" in refused(path)


def test_a_full_disk(tmp_path: Path, some: list[Reading]) -> None:
    """SQLite says the same where the disk is full and where a file may have no more pages."""
    path = filled(tmp_path / "news.db", some)
    with Library(path) as library:
        pool = library._database._pool
        with pool.connection() as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages + 3}")
        added: list[Reading] = []
        with pytest.raises(LibraryError, match="no space left on its disk; make room"):
            _add_all(library, some[5:], added)
    with Library(path) as library:
        assert list(library.readings()) == some[:5] + added
        assert library.add(some[5 + len(added)])
    _check(path)


@pytest.mark.skipif(os.geteuid() != 0 or sys.platform != "linux", reason="only root may mount a small disk")
def test_a_disk_that_is_truly_full(tmp_path: Path, some: list[Reading]) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", disk], check=False).returncode:
        pytest.skip("this machine lets nobody mount")
    try:
        added: list[Reading] = []
        with pytest.raises(LibraryError, match=r"no space left on its disk|cannot be read or written"):
            _fill(disk / "news.db", added)
        (disk / "ballast").unlink()
        with Library(disk / "news.db") as library:
            assert list(library.readings()) == added
            assert library.add(some[0])
        _check(disk / "news.db")
    finally:
        subprocess.run(["umount", disk], check=True)


def _fill(path: Path, added: list[Reading]) -> None:
    path.with_name("ballast").write_bytes(bytes(150_000))
    with Library(path) as library:
        _add_all(library, list(readings(500, seed=3)), added)


def _add_all(library: Library, some: list[Reading], added: list[Reading]) -> None:
    for reading in some:
        library.add(reading)
        added.append(reading)


def _check(path: Path) -> None:
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.execute("INSERT INTO statement_words (statement_words) VALUES ('integrity-check')")
    connection.close()


# --- PostgreSQL


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    told = refused(f"postgresql://ada:secret@/news?host={tmp_path}")
    assert told.startswith(f"postgresql://ada@/news?host={tmp_path}: the server cannot be reached")
    assert "secret" not in told
    told = refused("postgresql://ada:secret@127.0.0.1:1/news?password=secret&connect_timeout=2")
    assert told.startswith("postgresql://ada@127.0.0.1:1/news: the server cannot be reached")


def test_a_database_that_is_not_there(server: Server) -> None:
    assert "the server has no such database; create it: createdb NAME" in refused(server.url("nowhere"))


def test_a_user_that_is_not_there(server: Server) -> None:
    told = refused(server.url("postgres", user="mallory:secret"))
    assert "the server refuses the user or the password" in told
    assert "secret" not in told


def test_a_user_who_may_only_look(server: Server, some: list[Reading]) -> None:
    where = server.database()
    with Library(where) as library:
        library.add(some[0])
    database = Database(where, create=False)
    with database.writing() as session:
        session.run("CREATE ROLE visitor LOGIN")
        session.run("GRANT SELECT ON ALL TABLES IN SCHEMA public TO visitor")
    database.close()
    with Library(where.replace("reportedly@", "visitor@")) as library:
        assert library.get(some[0].article.id) == some[0]
        with pytest.raises(LibraryError, match="the user may not do this"):
            library.add(some[1])


def test_tables_of_others_in_the_same_database_are_left_alone(server: Server, some: list[Reading]) -> None:
    where = server.database()
    database = Database(where, create=True)
    with database.writing() as session:
        session.run("CREATE TABLE birds (name text)")
    with Library(where) as library:
        library.add(some[0])
    with database.writing() as session:
        session.run("DROP TABLE library CASCADE")
    database.close()
    assert "is not a library of Reportedly" in refused(where)


@pytest.mark.parametrize("url", ["postgresql://[", "postgresql://ada:secret@host:port/news"])
def test_a_url_that_is_none(url: str) -> None:
    told = refused(url)
    assert "is not a URL of a database; write it as" in told
    assert "secret" not in told


def test_without_the_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "pip install 'reportedly[postgres]'" in refused("postgresql://ada:secret@host/news")


def test_a_connection_that_breaks_is_told_and_made_anew(server: Server, some: list[Reading]) -> None:
    where = server.database()
    with Library(where) as library, Library(where) as other:
        library.add(some[0])
        with other._database.writing() as session:
            session.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        with pytest.raises(LibraryError, match=r"connection broke|starting or stopping"):
            library.add(some[1])
        assert library.add(some[1])


def test_errors_of_the_system_are_not_the_librarys(tmp_path: Path) -> None:
    with Library(tmp_path / "news.db") as library:
        with pytest.raises(OSError, match="here"), library._database.writing():
            raise OSError(errno.ENOENT, "here")
        assert len(library) == 0
