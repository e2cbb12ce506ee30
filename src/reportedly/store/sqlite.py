"""A library in a file: what must be so before SQLite may open it, and how it is opened."""

from __future__ import annotations

import os
import random
import sqlite3
import time
from pathlib import Path
from urllib.parse import quote

from reportedly.errors import LibraryError

# Seconds that a reader waits in the rare moments in which it must: while a library is mended after a crash.
READER_PATIENCE = 10

# Whether the system can tell what a program may do whose user has changed.
_EFFECTIVE = os.access in os.supports_effective_ids

_MAGIC = b"SQLite format 3\0"


def check(path: Path, name: str, create: bool) -> None:
    """Refuse what cannot be a library, and, without ``create``, what is not there. Raises LibraryError."""
    try:
        if path.is_dir():
            raise LibraryError(name, "is a folder", "give the path of a file")
        if not path.exists():
            if not path.parent.is_dir():
                raise LibraryError(name, "there is no such folder", f"make it first: mkdir -p {path.parent}")
            if not create:
                raise LibraryError(name, "there is no such library", f"make one: reportedly add {name} PATH...")
            return
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise LibraryError(name, f"cannot be opened ({reason})", "check its path and permissions") from error
    if head and head != _MAGIC:
        raise LibraryError(name, "is not a library of Reportedly", "give the path of a library, or of a new one")


def connected(path: Path) -> sqlite3.Connection:
    """A connection in which transactions begin where we begin them."""
    writable = os.access(path if path.exists() else path.parent, os.W_OK, effective_ids=_EFFECTIVE)
    connection = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}{_mode(path, writable)}",
        uri=True,
        timeout=READER_PATIENCE,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA cache_size = -32000")  # 32 MB
        if writable:
            _keep_log(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _mode(path: Path, writable: bool) -> str:
    """How a file is opened that may not be written: as it is, unless a writer's log lies beside it."""
    if writable:
        return ""
    log = path.with_name(path.name + "-wal")
    return "?mode=ro" if log.exists() and log.stat().st_size else "?mode=ro&immutable=1"


def _keep_log(connection: sqlite3.Connection) -> None:
    """Let readers and a writer work at once. Two programs that do this first, at the same time, need a second try."""
    end = time.monotonic() + READER_PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
        time.sleep(random.uniform(0, 0.01))  # noqa: S311 - no secret
