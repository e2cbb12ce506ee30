"""A library's database: SQLite in a file, or PostgreSQL at a URL, each by its own driver.

In SQLite readers see the library as it was when they began, and are never blocked (WAL); writers take turns, each
holding the library for one article. A commit is on the disk when it returns.

SQL is written by hand in the little that both databases share, with values as ``:name``.
"""

from __future__ import annotations

import json
import random
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from reportedly.store import postgres, sqlite
from reportedly.store.faults import is_busy, translated

# Seconds that a writer waits for its turn. An article takes a hundredth of one; ``prune`` of a million some minutes.
PATIENCE = 120.0
# A writer asks again after a random time up to this, in seconds: all that wait have the same chance, however long
# they have waited. SQLite's own waiting grows to a tenth of a second, so that those who wait longest lose.
AGAIN = 0.01

_VALUE = re.compile(r":([a-z_]+)")

Values = Mapping[str, Any]


class Session:
    """A transaction: SQL in, rows out."""

    def __init__(self, connection: Any, is_sqlite: bool) -> None:
        self._connection = connection
        self.is_sqlite = is_sqlite

    def rows(self, sql: str, **values: object) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return list(self._connection.execute(self._dialect(sql), values).fetchall())

    def row(self, sql: str, **values: object) -> tuple[Any, ...] | None:
        """The first row of a query."""
        row: tuple[Any, ...] | None = self._connection.execute(self._dialect(sql), values).fetchone()
        return row

    def value(self, sql: str, **values: object) -> Any:
        """The first value of the first row; None where there is none."""
        row = self.row(sql, **values)
        return row[0] if row is not None else None

    def run(self, sql: str, **values: object) -> int:
        """Do it; how many rows that changed."""
        return int(self._connection.execute(self._dialect(sql), values).rowcount)

    def run_all(self, sql: str, values: Sequence[Values]) -> None:
        """Do it once with each of these values."""
        if values:
            self._connection.cursor().executemany(self._dialect(sql), values)

    def insert(self, table: str, values: Sequence[Values]) -> None:
        """New rows of a table, all with the same columns."""
        if values:
            self.run_all(_insert(table, tuple(values[0])), values)

    def inserted(self, table: str, **values: object) -> int:
        """A new row of a table; its number."""
        return int(self.value(f"{_insert(table, tuple(values))} RETURNING id", **values))

    def chosen(self, numbers: Sequence[int]) -> tuple[str, object]:
        """Numbers, however many, as one value, and the SQL that makes rows of ``:chosen``."""
        if self.is_sqlite:
            return "(SELECT value FROM json_each(:chosen))", json.dumps(list(numbers))
        return "(SELECT unnest(CAST(:chosen AS bigint[])))", list(numbers)

    def _dialect(self, sql: str) -> str:
        return sql if self.is_sqlite else _for_postgres(sql)


class Database:
    """A library's database. May be shared between threads, not between processes.

    ``name`` is how messages call it: without a password. Raises LibraryError where it cannot be opened, and, without
    ``create``, where there is none.
    """

    def __init__(self, where: str | Path, create: bool) -> None:
        url = where if isinstance(where, str) and postgres.is_url(where) else None
        self.is_sqlite = url is None
        if url is None:
            path = Path(where)
            self.name = str(where)
            sqlite.check(path, self.name, create)
            self._pool = _Pool(lambda: sqlite.connected(path))
        else:
            self.name = postgres.shown(url)
            driver = postgres.driver(self.name)
            self._pool = _Pool(lambda: postgres.connected(driver, url))

    def close(self) -> None:
        """Let go of all connections."""
        self._pool.close()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """To read in: all that is read is of one moment."""
        begin = "BEGIN" if self.is_sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        with translated(self.name), self._pool.connection() as connection:
            connection.execute(begin)
            with _ended(connection):
                yield Session(connection, self.is_sqlite)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """To write in, when it is this writer's turn: all of it is kept at the end, or nothing."""
        with translated(self.name), self._pool.connection() as connection:
            if self.is_sqlite:
                _take_turn(connection)
            else:
                connection.execute("BEGIN")
            with _ended(connection):
                if not self.is_sqlite:
                    connection.execute(postgres.TURN)
                yield Session(connection, self.is_sqlite)

    def compact(self) -> None:
        """Give back to the disk what is no longer needed. Takes time in proportion to the library's size."""
        with translated(self.name), self._pool.connection() as connection:
            connection.execute("VACUUM")
            if self.is_sqlite:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _ended(connection: Any) -> Iterator[None]:
    """Keep what is done within at its end; undo it where that fails."""
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(Exception):  # what went wrong first is what matters; a failed commit may have undone all
            connection.execute("ROLLBACK")
        raise


def _take_turn(connection: sqlite3.Connection) -> None:
    end = time.monotonic() + PATIENCE
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if not is_busy(error) or time.monotonic() > end:
                    raise
            time.sleep(random.uniform(0, AGAIN))  # noqa: S311 - no secret
    finally:
        connection.execute(f"PRAGMA busy_timeout = {1000 * sqlite.READER_PATIENCE}")


class _Pool:
    """Connections that are open and not in use; each thread that needs one has its own meanwhile."""

    def __init__(self, connect: Callable[[], Any]) -> None:
        self._connect = connect
        self._idle: list[Any] = []
        self._lock = threading.Lock()

    @contextmanager
    def connection(self) -> Iterator[Any]:
        """A connection for a while; one that something went wrong with is not used again."""
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        if connection is None or getattr(connection, "broken", False):
            connection = self._connect()
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        with self._lock:
            self._idle.append(connection)

    def close(self) -> None:
        """Close those not in use."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()


def _insert(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(f':{column}' for column in columns)})"  # noqa: S608 - names of our own


@lru_cache(maxsize=200)
def _for_postgres(sql: str) -> str:
    """The SQL with values as its driver wants them: %(name)s."""
    return _VALUE.sub(r"%(\1)s", sql.replace("%", "%%"))
