"""What was read into a library and how it was then, so that a batch can be broken off and gone on with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from reportedly.schema import Failure, Maker
from reportedly.store.codes import STATUSES, code
from reportedly.store.database import Database
from reportedly.store.records import kept
from reportedly.store.rows import OF_MAKER, maker_key, names_of

# Failures kept of one source. An archive in another language has as many as pages; all are counted.
MOST_FAILURES = 1000


@dataclass(frozen=True, slots=True)
class Stamp:
    """A source as it is at a moment: where, and for a file its size in bytes and when it was changed (ns)."""

    path: str
    size: int | None = None
    modified: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a source: how many articles it held, what of it could not be read, and whether that broke off."""

    articles: int
    failures: Sequence[Failure]
    broken: bool = False

    @property
    def status(self) -> Literal["done", "failed"]:
        """A source that gave nothing but failures, or that broke off, is tried again."""
        return "failed" if self.broken or (self.failures and not self.articles) else "done"


class Sources:
    """The sources of a library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def is_done(self, stamp: Stamp, made_by: Maker | None = None) -> bool:
        """Whether the source was read, and has not changed since; by this maker, where one is given.

        What has no size is never done: only asking for it again can tell.
        """
        if stamp.size is None:
            return False
        maker = names_of(made_by) if made_by is not None else {}
        with self._database.reading() as session:
            done = session.value(
                "SELECT 1 FROM source_file AS s JOIN maker AS m ON s.maker = m.id"  # noqa: S608 - no value is in it
                " WHERE s.path = :path AND s.size = :size AND s.modified = :modified AND s.status = 0"
                f" {f'AND {OF_MAKER}' if maker else ''}",
                path=kept(stamp.path),
                size=stamp.size,
                modified=stamp.modified,
                **maker,
            )
        return done is not None

    def finish(self, stamp: Stamp, maker: Maker | None, outcome: Outcome) -> None:
        """Write down what came of a source, in the place of what came of it before."""
        path = kept(stamp.path)
        with self._database.writing() as session:
            session.run("DELETE FROM failure WHERE source = :path", path=path)
            session.run("DELETE FROM source_file WHERE path = :path", path=path)
            row = {
                "path": path,
                "size": stamp.size,
                "modified": stamp.modified,
                "maker": maker_key(session, maker),
                "status": code(STATUSES, outcome.status),
                "articles": outcome.articles,
                "failures": len(outcome.failures),
            }
            session.insert("source_file", [row])
            session.insert("failure", [_row(path, k, one) for k, one in enumerate(outcome.failures[:MOST_FAILURES], 1)])

    def failures(self) -> Iterator[Failure]:
        """What could not be read, by source; at most 1,000 of one source."""
        source, number = "", 0
        while True:
            with self._database.reading() as session:
                rows = session.rows(
                    "SELECT source, number, path, reason, remedy FROM failure"
                    " WHERE source > :source OR (source = :source AND number > :number)"
                    " ORDER BY source, number LIMIT :most",
                    source=source,
                    number=number,
                    most=MOST_FAILURES,
                )
            if not rows:
                return
            source, number = rows[-1][:2]
            yield from (Failure(*row[2:]) for row in rows)

    def __len__(self) -> int:
        """How many sources there are."""
        with self._database.reading() as session:
            return int(session.value("SELECT count(*) FROM source_file"))


def _row(source: str | None, number: int, failure: Failure) -> dict[str, object]:
    return {
        "source": source,
        "number": number,
        "path": kept(failure.path),
        "reason": kept(failure.reason),
        "remedy": kept(failure.remedy),
    }
