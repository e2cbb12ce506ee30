"""Programs that are killed, and programs that work at once: nothing is lost, nothing is half, nobody waits for long."""

from __future__ import annotations

import os
import pickle
import random
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from benchmarks.invented import readings
from reportedly.errors import LibraryError
from reportedly.schema import Reading
from reportedly.store import Library, Query
from reportedly.store.records import words_of
from reportedly.store.search import MOST_CANDIDATES

ROOT = Path(__file__).parents[2]
KILLS = 30
# Seconds in which a reader must have its answer while others write: thrice what it takes on a busy machine.
READER_PATIENCE = 3.0


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Reading]]:
    made = list(readings(1500, statements=5, seed=11))
    path = tmp_path_factory.mktemp("made") / "readings.pickle"
    path.write_bytes(pickle.dumps(made))
    return path, {reading.article.id: reading for reading in made}


class Writer:
    """A writer in a process of its own, and what it has said is in the library."""

    def __init__(self, where: str, path: Path, seed: int) -> None:
        command = [sys.executable, "-m", "tests.store.writer", where, str(path), str(seed)]
        environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT)
        self.said: list[str] = []

    def ready(self) -> None:
        """Wait until it is about to write."""
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n"

    def at_work(self) -> None:
        """Wait until it has written something."""
        assert self.process.stdout is not None
        self.said.append(self.process.stdout.readline().strip())

    def kill(self) -> None:
        self.process.kill()
        self.wait()

    def wait(self) -> int:
        """The rest of what it says, and how it ended. A line without its end was never said."""
        assert self.process.stdout is not None
        with self.process.stdout as stdout:
            self.said += [line.strip() for line in stdout.read().splitlines(keepends=True) if line.endswith("\n")]
        return self.process.wait()


def test_what_was_acknowledged_outlives_thirty_kills(where: str, many: tuple[Path, dict[str, Reading]]) -> None:
    path, made = many
    said: set[str] = set()
    checked: set[str] = set()
    rng = random.Random(5)  # noqa: S311
    with Library(where) as library:
        for round_ in range(KILLS // 2):  # two at a time
            pair = [Writer(where, path, 2 * round_ + k) for k in (0, 1)]
            for writer in pair:
                writer.ready()
            for writer in pair:
                writer.at_work()
                time.sleep(rng.uniform(0, 0.1))
                writer.kill()
                said.update(writer.said)
            there = {reading.article.id: reading for reading in library.readings()}
            assert said <= there.keys()
            for key in there.keys() - checked:
                assert there[key] == made[key], "what is there is whole"
            checked |= there.keys()
        assert len(library) >= KILLS // 2, "those who were killed had written something"
        _check_words(library, [made[key] for key in checked])
    if "://" not in where:
        _check_file(where)


def _check_words(library: Library, there: list[Reading]) -> None:
    """Every statement that is there can be found, and none that is not."""
    statements = sum(len(reading.attributions) for reading in there)
    assert library.search(Query(limit=0)).total == min(MOST_CANDIDATES, statements)
    for reading in there[:: max(1, len(there) // 50)]:
        item = reading.attributions[-1]
        phrase = " ".join(words_of(reading, item).said.split()[:6])
        hits = library.search(Query(f'"{phrase}"', limit=1000)).hits
        assert (reading.article.id, item.n) in {(hit.article, hit.statement.n) for hit in hits}


def _check_file(where: str) -> None:
    connection = sqlite3.connect(where)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.execute("INSERT INTO statement_words (statement_words) VALUES ('integrity-check')")
    connection.close()


def test_writers_take_turns_and_readers_do_not_wait(where: str, many: tuple[Path, dict[str, Reading]]) -> None:
    path, made = many
    few = dict(list(made.items())[:200])
    part = path.with_name(f"few-{'file' if '://' not in where else 'server'}.pickle")
    part.write_bytes(pickle.dumps(list(few.values())))
    with Library(where) as library:
        writers = [Writer(where, part, seed) for seed in range(3)]
        for writer in writers:
            writer.ready()
        slowest, sizes = 0.0, [0]
        while any(writer.process.poll() is None for writer in writers):
            began = time.monotonic()
            sizes.append(len(library))
            library.search(Query("the", limit=5))
            slowest = max(slowest, time.monotonic() - began)
            if sizes[-1] == len(few):
                break
        assert [writer.wait() for writer in writers] == [0, 0, 0]
        assert all(writer.said[-1] == "done" and len(writer.said) == len(few) + 1 for writer in writers)
        assert sizes == sorted(sizes)
        assert slowest < READER_PATIENCE
        assert {reading.article.id: reading for reading in library.readings()} == few


def test_a_long_reader_sees_one_moment_and_holds_nobody_up(where: str, some: list[Reading]) -> None:
    with Library(where) as library:
        library.add(some[0])
        with library._database.reading() as session:
            before = session.value("SELECT count(*) FROM article")
            for reading in some[1:10]:
                assert library.add(reading)
            assert session.value("SELECT count(*) FROM article") == before
        assert len(library) == 10


def test_a_library_is_shared_between_threads(where: str, some: list[Reading]) -> None:
    failed: list[BaseException] = []
    with Library(where) as library:

        def work(part: list[Reading]) -> None:
            try:
                for reading in part:
                    library.add(reading)
                    assert library.get(reading.article.id) == reading
                    library.search(Query("the"))
            except BaseException as error:  # noqa: BLE001 - told below
                failed.append(error)

        threads = [threading.Thread(target=work, args=(some[k::3],)) for k in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []
        assert len(library) == len(some)


def test_programs_that_make_one_library_at_once(where: str) -> None:
    code = f"from reportedly.store import Library; Library({where!r}).close()"
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    made = [subprocess.Popen([sys.executable, "-c", code], env=environment) for _ in range(4)]
    assert [process.wait() for process in made] == [0] * 4
    with Library(where, create=False) as library:
        assert len(library) == 0


def test_a_writer_that_waits_too_long_says_so(
    tmp_path: Path, some: list[Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportedly.store.database.PATIENCE", 0.2)
    with (
        Library(tmp_path / "news.db") as library,
        library._database.writing(),
        pytest.raises(LibraryError, match="is in use by another program"),
    ):
        library.add(some[0])


def test_changes_that_fail_are_undone(where: str, some: list[Reading], monkeypatch: pytest.MonkeyPatch) -> None:
    with Library(where) as library:
        library.add(some[0])

        def broken(*_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(type(library._words), "put", broken)
            with pytest.raises(KeyboardInterrupt):
                library.add(some[1])
        assert list(library.readings()) == [some[0]]
        assert library.add(some[1])
