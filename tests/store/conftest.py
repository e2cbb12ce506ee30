"""A library for each test, in SQLite and in a real PostgreSQL."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from benchmarks.invented import readings
from reportedly.schema import Reading
from reportedly.store import Library

_numbers = count()


class Server:
    """A PostgreSQL of our own, in a folder that goes with it, which listens at a socket there and nowhere else."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._folder = Path(tempfile.mkdtemp(prefix="reportedly-"))
        self._folder.chmod(0o755)
        # PostgreSQL refuses to run as root.
        self._user = "postgres" if os.geteuid() == 0 else None
        if self._user is not None:
            shutil.chown(self._folder, self._user)
        data = self._folder / "data"
        self._run("initdb", "--auth=trust", "--username=reportedly", "--encoding=UTF8", "--locale=C.UTF-8", "-D", data)
        options = f"-c listen_addresses='' -c fsync=off -k {self._folder}"
        self._run("pg_ctl", "-D", data, "-w", "-l", self._folder / "log", "-o", options, "start")

    def _run(self, program: str, *arguments: object) -> None:
        subprocess.run(
            [self._programs / program, *map(str, arguments)],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            user=self._user,
            group=self._user,
        )

    def database(self) -> str:
        """The URL of a new, empty database."""
        name = f"library{next(_numbers)}"
        self._run("createdb", "-h", self._folder, "-U", "reportedly", name)
        return self.url(name)

    def url(self, name: str, user: str = "reportedly") -> str:
        return f"postgresql://{user}@/{name}?host={self._folder}"

    def close(self) -> None:
        self._run("pg_ctl", "-D", self._folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(self._folder)


def _programs() -> Path | None:
    """Where PostgreSQL's programs are: Debian keeps them out of the path."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return debian[-1].parent if debian else None


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    programs = _programs()
    if programs is None:
        reason = "PostgreSQL is not installed; on Debian: apt-get install postgresql"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    server = Server(programs)
    try:
        yield server
    finally:
        server.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The place of a library that is not there yet."""
    if request.param == "sqlite":
        return str(tmp_path / "news.db")
    return request.getfixturevalue("server").database()  # type: ignore[no-any-return]


@pytest.fixture
def library(where: str) -> Iterator[Library]:
    with Library(where) as library:
        yield library


@pytest.fixture(scope="session")
def some() -> list[Reading]:
    """Invented readings."""
    return list(readings(40, statements=6))
