"""What goes wrong in a database, as a LibraryError: which library, why, and what can be done."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from reportedly.errors import LibraryError

# By the name of SQLite's code, without what is added to it ("SQLITE_IOERR_WRITE" is an IOERR).
_SQLITE = {
    "FULL": ("there is no space left on its disk", "make room and do it again: nothing was damaged"),
    "READONLY": ("may not be written", "change the permissions of the file and its folder"),
    "PERM": ("may not be opened", "change the permissions of the file and its folder"),
    "AUTH": ("may not be opened", "change the permissions of the file and its folder"),
    "CANTOPEN": ("cannot be opened", "check its folder and the permissions there"),
    "NOTADB": ("is not a library of Reportedly", "give the path of a library, or of a new one"),
    "CORRUPT": ("is damaged", "take a copy from before, or save what can be read with: sqlite3 FILE .recover"),
    "BUSY": ("is in use by another program and stayed so", "wait until that is done, or stop it"),
    "LOCKED": ("is in use by another program and stayed so", "wait until that is done, or stop it"),
    "IOERR": ("its disk cannot be read or written", "check the disk and the space on it"),
}

# By SQLSTATE, or its first three or two characters.
_POSTGRES = {
    "53100": ("there is no space left on its disk", "make room and do it again: nothing was damaged"),
    "53": ("the server has no room for more", "try again later, or ask who runs it"),
    "28": ("the server refuses the user or the password", "check both"),
    "3D": ("the server has no such database", "create it: createdb NAME"),
    "42501": ("the user may not do this", "ask the database's owner for the right to read and write in it"),
    "42P01": ("is not a library of Reportedly", "give the URL of a library"),
    "25006": ("may not be written: the server is read-only", "give the server that takes changes"),
    "57P": ("the server is starting or stopping", "try again in a moment"),
    "08": ("the connection broke", "check that the server runs, and do it again: nothing was damaged"),
}
# While connecting the driver has no SQLSTATE, only the server's words.
_CONNECTING = {
    re.compile(r'database ".*" does not exist'): "3D",
    re.compile(r'role ".*" does not exist|password|authentication|pg_hba'): "28",
    re.compile("starting up|shutting down"): "57P",
}
_UNREACHABLE = ("the server cannot be reached", "check the host, the port and that it runs")


@contextmanager
def translated(library: str) -> Iterator[None]:
    """Raise LibraryError for what goes wrong in the database of ``library``."""
    try:
        yield
    except Exception as error:
        if not _is_drivers(error):
            raise
        reason, remedy = _known(error) or (f"failed ({_brief(error)})", "report it, if it stays so")
        raise LibraryError(library, reason, remedy) from error


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another program is writing."""
    return _sqlite_name(error) in ("BUSY", "LOCKED")


def _is_drivers(error: Exception) -> bool:
    """Whether a database's driver raised it. That of PostgreSQL is loaded only where it is used."""
    return isinstance(error, sqlite3.Error) or type(error).__module__.partition(".")[0] == "psycopg"


def _known(error: Exception) -> tuple[str, str] | None:
    if isinstance(error, sqlite3.Error):
        return _SQLITE.get(_sqlite_name(error))
    state = getattr(error, "sqlstate", None)
    if state is None:
        state = next((state for words, state in _CONNECTING.items() if words.search(str(error))), None)
    if state is None:
        return _UNREACHABLE
    return _POSTGRES.get(state) or _POSTGRES.get(state[:3]) or _POSTGRES.get(state[:2])


def _sqlite_name(error: sqlite3.Error) -> str:
    """The code of SQLite without what is around it (IOERR of SQLITE_IOERR_WRITE); none for the driver's own errors."""
    name = getattr(error, "sqlite_errorname", None) or ""
    return name.removeprefix("SQLITE_").partition("_")[0]


def _brief(error: Exception) -> str:
    """The first line of an error's own words."""
    return str(error).partition("\n")[0][:200]
