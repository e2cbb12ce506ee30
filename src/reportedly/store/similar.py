"""Statements that are similar by meaning, whatever their words.

What is said is compared by vectors of sentences (``model.sentences``), one for each distinct text, made when they are
first asked for and kept in a sidecar (``vectors``). The library itself holds only each statement's key: a hash of its
content.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from reportedly.errors import QueryError
from reportedly.model.sentences import SentenceEncoder
from reportedly.store.database import Database, Session
from reportedly.store.fulltext import FullText
from reportedly.store.query import Query
from reportedly.store.records import content, content_key, one_line
from reportedly.store.results import Embedded, Results
from reportedly.store.rows import readings
from reportedly.store.search import Near, near_statements
from reportedly.store.vectors import MOST_WASTE, Keys, VectorFile, place_of

# The least cosine at which two statements count as similar. Of pairs from different articles on one election campaign
# 5 in 1,000 reach it (benchmarks/similar.py): the nearest come first, and a paraphrase without a common word gets .49.
LEAST = 0.45
# The most texts, the nearest, that are looked up for one search: one in 200 of two million.
MOST_TEXTS = 10_000
# Texts embedded between two writes: a second's work or less is lost where that is broken off.
GROUP = 256
# Keys asked of the database at once.
PAGE = 10_000


class Similar:
    """The vectors of a library, brought up to date whenever they are asked. Thread-safe."""

    def __init__(self, database: Database, words: FullText, where: str | Path, threads: int | None) -> None:
        self._database = database
        self._words = words
        self._encoder = SentenceEncoder(threads or os.cpu_count() or 1)
        self._file = VectorFile(
            place_of(where if database.is_sqlite else database.name, database.is_sqlite), self._encoder.weights_hash
        )
        self._complete: tuple[object, ...] = ()  # the library and the file, as they were when nothing was missing

    def embed(self) -> Iterator[Embedded]:
        """Make the vectors that are missing, so many at a time; stopping at any moment loses none of those told."""
        with self._database.reading() as session:
            stamp = session.value("SELECT max(id) FROM reading")  # grows with every change of the statements
            if self._complete == (stamp, *self._file.mark()):
                return
            wanted = _keys(session)
            state = self._file.state()
            missing = np.setdiff1d(wanted, state.keys)
            first = _first_statements(session, missing)
        if state.damaged or len(state.keys) > 2 * len(wanted) + MOST_WASTE:
            self._file.tidy(wanted)
        for start in range(0, len(first), GROUP):
            texts = self._texts(first[start : start + GROUP])
            if texts:
                self._file.add(np.array(list(texts), dtype=np.int64), self._encoder(list(texts.values())))
            yield Embedded(min(start + GROUP, len(first)), len(first))
        self._complete = (stamp, *self._file.mark())

    def find(self, text: str, query: Query) -> Results:
        """The statements that are similar to a text and answer a query."""
        said = one_line(text)
        if not said:
            raise QueryError("there is nothing to compare with: say what similar statements should say")
        for _ in self.embed():
            pass
        keys, cosines = self._file.near(self._encoder([said])[0], LEAST)
        nearest = np.argsort(-cosines, kind="stable")[:MOST_TEXTS]
        cosine_of = dict(zip(keys[nearest].tolist(), cosines[nearest].clip(max=1).tolist(), strict=True))
        with self._database.reading() as session:
            return near_statements(session, query, self._words, Near(cosine_of, len(nearest) < len(keys)))

    def _texts(self, statements: Keys) -> dict[int, str]:
        """What is said in some statements, by its key. Those that are gone by now are left out."""
        with self._database.reading() as session:
            chosen, numbers = session.chosen(statements.tolist())
            rows = session.rows(f"SELECT content, article, n FROM statement WHERE id IN {chosen}", chosen=numbers)  # noqa: S608
            chosen, numbers = session.chosen(sorted({article for _, article, _ in rows}))
            found = readings(session, f"r.current = 1 AND r.article IN {chosen}", chosen=numbers)
        wanted = {(article, n) for _, article, n in rows}
        texts = {}
        for row in found:
            reading = row.reading()
            for item in reading.attributions:
                if (row.article, item.n) in wanted and (key := content_key(text := content(reading, item))):
                    texts[key] = text
        return texts


def _keys(session: Session) -> Keys:
    """The keys of all that is said, each once, in order."""
    parts, last = [np.zeros(0, dtype=np.int64)], -1
    while True:
        rows = session.rows(
            "SELECT DISTINCT content FROM statement WHERE content > :last ORDER BY content LIMIT :page",
            last=last,
            page=PAGE,
        )
        if not rows:
            return np.concatenate(parts)
        parts.append(np.array([key for (key,) in rows], dtype=np.int64))
        last = rows[-1][0]


def _first_statements(session: Session, keys: Keys) -> Keys:
    """The first statement that says each of these, in the order of the library."""
    parts = [np.zeros(0, dtype=np.int64)]
    for start in range(0, len(keys), PAGE):
        chosen, numbers = session.chosen(keys[start : start + PAGE].tolist())
        sql = f"SELECT min(id) FROM statement WHERE content IN {chosen} GROUP BY content"  # noqa: S608
        parts.append(np.array([key for (key,) in session.rows(sql, chosen=numbers)], dtype=np.int64))
    return np.sort(np.concatenate(parts))
