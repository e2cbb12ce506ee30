"""``Library``: readings that are kept, found again and never lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Self

from reportedly.errors import NotInLibraryError
from reportedly.schema import Attribution, Maker, Reading, Span
from reportedly.store import records
from reportedly.store.database import Database, Session
from reportedly.store.days import interval
from reportedly.store.fulltext import full_text
from reportedly.store.judgements import Judgement
from reportedly.store.migrations import prepare
from reportedly.store.persons import People, PeopleQuery, PersonFile, Suggestion
from reportedly.store.query import Query
from reportedly.store.results import Embedded, Results
from reportedly.store.rows import OF_MAKER, maker_key, names_of, readings
from reportedly.store.search import search
from reportedly.store.sources import Sources

if TYPE_CHECKING:
    from reportedly.store.people import Judge, PeopleDesk
    from reportedly.store.similar import Similar

# Readings in memory at once while all are given out.
PAGE = 100

_PREFIX = re.compile(r"[0-9a-f]{4,16}")
_ALL = Query()


class Library:
    """Readings in a database: a file of SQLite, or PostgreSQL at ``postgresql://USER@HOST/DATABASE``.

    An article is kept once, by the hash of its URL and text, and of each maker the reading that came first. The one
    added last is the current one: it is what ``get``, ``readings`` and ``search`` give. Older ones stay until
    ``prune``.

    ``create`` makes the library where there is none. Many programs and threads may use one library: reading is never
    held up, writers take turns. Raises LibraryError, as do all methods, for whatever goes wrong with the database.
    """

    def __init__(self, where: str | Path, create: bool = True) -> None:
        self.where = where
        self._database = Database(where, create)
        self._words = full_text(self._database.is_sqlite)
        try:
            prepare(self._database, self._words, create)
        except BaseException:
            self.close()
            raise
        self.sources = Sources(self._database)
        self._similar: Similar | None = None
        self._loading = Lock()

    @property
    def name(self) -> str:
        """The library's path, or its URL without the password."""
        return self._database.name

    @cached_property
    def _desk(self) -> PeopleDesk:
        from reportedly.store.people import PeopleDesk  # its rules take time to load, and a search needs none

        return PeopleDesk(self._database)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def __len__(self) -> int:
        """How many articles there are."""
        with self._database.reading() as session:
            return int(session.value("SELECT count(*) FROM article"))

    def add(self, reading: Reading) -> bool:
        """Keep a reading; whether it was new. When this returns, the reading is on the disk, whole.

        Nothing is kept where the library has a reading of that article by that maker.
        """
        words = [records.words_of(reading, item) for item in reading.attributions]
        packed, key = records.pack_record(reading), records.content_hash(reading)
        with self._database.writing() as session:
            maker = maker_key(session, reading.maker)
            there = session.row("SELECT id, first, statements FROM article WHERE hash = :hash", hash=key)
            if there is not None and session.row(_HAS, article=there[0], maker=maker) is not None:
                return False
            first = int(session.value("SELECT max(id) FROM statement") or 0) + 1
            if there is None:
                article, speakers = _insert_article(session, reading, key, first), dict[str, int]()
            else:
                article = there[0]
                speakers = self._desk.there(session, there[1], there[1] + there[2])
                self._retire(session, *there)
                session.run(_CHANGE, id=article, **_about(session, reading, first))
            session.insert("reading", [{"article": article, "maker": maker, "current": 1, "record": packed}])
            self._index(session, reading, article, first, speakers)
            self._words.put(session, list(enumerate(words, first)))
        return True

    def _retire(self, session: Session, article: int, first: int, statements: int) -> None:
        """Take an article's current reading out of the search. Its record stays."""
        (row,) = readings(session, "r.current = 1 AND r.article = :article", article=article)
        old = row.reading()
        words = [records.words_of(old, item) for item in old.attributions]
        self._words.drop(session, list(enumerate(words, first)))
        end = first + statements
        session.run("DELETE FROM carrier WHERE statement >= :first AND statement < :end", first=first, end=end)
        session.run("DELETE FROM statement WHERE id >= :first AND id < :end", first=first, end=end)
        session.run("UPDATE reading SET current = 0 WHERE article = :article", article=article)

    def _index(self, session: Session, reading: Reading, article: int, first: int, there: Mapping[str, int]) -> None:
        """Write down the statements of an article's current reading, under the numbers from ``first`` on.

        ``there`` are the mentions of the reading before.
        """
        outlet = _outlet_key(session, reading)
        statements: list[dict[str, object]] = []
        carriers: list[dict[str, object]] = []
        for number, item in enumerate(reading.attributions, first):
            statements.append({"id": number, "article": article, **records.statement_row(reading, item, outlet)})
            carriers += [{"statement": number, **row} for row in records.carrier_rows(item)]
        speakers, registered = self._desk.put(session, article, statements, there)
        session.insert("statement", [{**row, "mention": who} for row, who in zip(statements, speakers, strict=True)])
        self._desk.settle(session, registered)
        session.insert("carrier", carriers)

    def get(self, article: str, maker: Maker | None = None) -> Reading:
        """The reading of an article: the current one, or that of a maker.

        ``article`` is the id under which it is kept, or the first four or more digits of it, or the id that its record
        has. Raises NotInLibraryError where there is none, or more than one may be meant.
        """
        condition = "r.current = 1" if maker is None else OF_MAKER
        with self._database.reading() as session:
            key = self._key(session, article)
            rows = readings(session, f"r.article = :article AND {condition}", article=key, **_given(maker))
        if not rows:
            raise NotInLibraryError(self.name, f"no reading of {article!r:.40} by that maker", "see Library.makers")
        return rows[0].reading()

    def makers(self, article: str) -> tuple[Maker | None, ...]:
        """Whose readings of an article there are, the current one first; None for a reading that names no maker."""
        with self._database.reading() as session:
            key = self._key(session, article)
            rows = readings(session, "r.article = :article ORDER BY r.current DESC, r.id DESC", article=key)
        return tuple(row.maker for row in rows)

    def statement(self, article: str, span: Span) -> tuple[Reading, Attribution]:
        """The statement that stands at a place, in its article's current reading.

        A place outlives the reading it was taken from: where no statement stands exactly there, it is the one that
        shares most of it. Raises NotInLibraryError where there is none.
        """
        reading = self.get(article)
        best = max(reading.attributions, key=lambda item: _shared(records.place(item), span), default=None)
        if best is None or _shared(records.place(best), span)[0] <= 0:
            raise NotInLibraryError(
                self.name, f"no statement of {article!r:.40} stands at {span[0]}-{span[1]}", "look at the whole article"
            )
        return reading, best

    def readings(self) -> Iterator[Reading]:
        """The current reading of every article, in the order in which the articles were first added.

        Only some are in memory at once, and writers are not held up: what is added meanwhile comes at the end.
        """
        last = 0
        while True:
            with self._database.reading() as session:
                rows = readings(
                    session, "r.current = 1 AND a.id > :last ORDER BY a.id LIMIT :page", last=last, page=PAGE
                )
            if not rows:
                return
            last = rows[-1].article
            yield from (row.reading() for row in rows)

    def has(self, article: str, maker: Maker | None = None) -> bool:
        """Whether there is a reading of the article with this hash, and by this maker where one is given."""
        sql = "SELECT 1 FROM article AS a JOIN reading AS r ON r.article = a.id JOIN maker AS m ON r.maker = m.id"
        condition = f" AND {OF_MAKER}" if maker is not None else ""
        with self._database.reading() as session:
            return session.row(f"{sql} WHERE a.hash = :hash{condition}", hash=article, **_given(maker)) is not None

    def search(self, query: Query) -> Results:
        """The statements that answer a query. Raises QueryError for words that cannot be understood."""
        with self._database.reading() as session:
            return search(session, query, self._words)

    def similar(self, text: str, query: Query = _ALL) -> Results:
        """The statements that say something similar, whatever their words, and answer a query; the nearest first.

        The score of a hit is the cosine of the two vectors, up to 1. What has no vector yet is embedded first, which
        takes about two seconds of a processor for 1,000 texts: see ``embed``. Raises QueryError where the text is
        empty, ModelError where the network that makes the vectors is missing or damaged.
        """
        return self._vectors().find(text, query)

    def embed(self, threads: int | None = None) -> Iterator[Embedded]:
        """Make the vectors that ``similar`` needs and has not, and say after some of them how far it has come.

        A text is embedded once, however many statements say it. The vectors are kept beside the library's file, and for
        PostgreSQL in the user's cache folder; they can be deleted, and are then made again. ``threads`` of the first
        call hold for the library; by default as many as cores.
        """
        return self._vectors(threads).embed()

    def _vectors(self, threads: int | None = None) -> Similar:
        with self._loading:
            if self._similar is None:
                from reportedly.store.similar import Similar  # loads a network, which no other search needs

                self._similar = Similar(self._database, self._words, self.where, threads)
            return self._similar

    def people(self, query: PeopleQuery | None = None) -> People:
        """The people and organisations who are named, those with most statements first; ``query`` narrows them down.

        Who is one person across articles is a judgement, by rules of the program or by people; see ``docs/library.md``.
        """
        return self._desk.listed(query or PeopleQuery())

    def person(self, who: str) -> PersonFile:
        """All that is known of a person: by an id, or by the name where only one bears it.

        Raises NotInLibraryError where there is nobody, or several may be meant.
        """
        return self._desk.file(who)

    def merge(self, one: str, other: str, *, by: str, note: str = "") -> Judgement:
        """Judge that two people are one; ``by`` is who judges.

        ``one`` and ``other`` are ids or names, as ``person`` takes them. Raises QueryError where they are one already.
        """
        return self._desk.merge(one, other, _judge(by, note))

    def split(self, who: str, *mentions: str, by: str, note: str = "") -> Judgement:
        """Judge that some of a person's mentions are another's, given by their ids or those of their articles."""
        return self._desk.split(who, mentions, _judge(by, note))

    def rename(self, who: str, name: str, *, by: str, note: str = "") -> Judgement:
        """Give a person a name to be shown under; what articles say stays as it is."""
        return self._desk.rename(who, name, _judge(by, note))

    def confirm(self, one: str, other: str, *, by: str, note: str = "") -> Judgement:
        """Judge that a suggestion is right: ``merge``, with the suggestion's score."""
        return self._desk.merge(one, other, _judge(by, note), "confirm", self._desk.score(one, other))

    def reject(self, one: str, other: str, *, by: str, note: str = "") -> Judgement:
        """Judge that two are not one: they are not suggested again, nor joined by a rule."""
        return self._desk.reject(one, other, _judge(by, note), self._desk.score(one, other))

    def undo(self, number: int, *, by: str, note: str = "") -> Judgement:
        """Take back a judgement, by its number in the log; an undo can be undone as well."""
        return self._desk.undo(number, _judge(by, note))

    def judgements(self) -> Iterator[Judgement]:
        """The log of judgements, from the first on; nothing is ever removed from it."""
        return self._desk.judgements()

    def take_judgements(self, entries: Iterable[Judgement]) -> tuple[int, int]:
        """Add another library's judgements to the log; how many were new, and how many were there already.

        They hold for the articles that both libraries have, also for those that are added later.
        """
        return self._desk.take_over(entries)

    def suggestions(self, who: str | None = None, limit: int = 20, offset: int = 0) -> tuple[Suggestion, ...]:
        """Pairs of people who may be one, the likeliest first; with ``who``, those with that person."""
        return self._desk.suggestions(who, limit, offset)

    def prune(self) -> int:
        """Remove the readings that others have taken the place of, and give their space back; how many there were."""
        with self._database.writing() as session:
            gone = session.run("DELETE FROM reading WHERE current = 0")
        self._database.compact()
        return gone

    def _key(self, session: Session, article: str) -> int:
        """The number of the one article that is meant."""
        given = records.kept(article)
        found = session.rows("SELECT id, hash FROM article WHERE hash = :hash", hash=given)
        if not found:
            low = article if _PREFIX.fullmatch(article) else "g"  # no hash has a g: nothing begins so
            found = session.rows(
                "SELECT id, hash FROM article WHERE own_id = :own OR (hash >= :low AND hash < :high) LIMIT 5",
                own=given,
                low=low,
                high=low + "g",
            )
        if len(found) == 1:
            return int(found[0][0])
        if found:
            which = ", ".join(key for _, key in found)
            raise NotInLibraryError(self.name, f"{article!r:.40} may be {which}", "give more of the id")
        raise NotInLibraryError(
            self.name, f"there is no article {article!r:.40}", "`reportedly search` shows the ids of what it finds"
        )


def _judge(by: str, note: str) -> Judge:
    from reportedly.store.people import Judge

    return Judge(by, note)


_HAS = "SELECT 1 FROM reading WHERE article = :article AND maker = :maker"
_CHANGE = (
    "UPDATE article SET published = :published, outlet = :outlet, byline = :byline, first = :first,"
    " statements = :statements WHERE id = :id"
)


def _given(maker: Maker | None) -> dict[str, str]:
    return names_of(maker) if maker is not None else {}


def _insert_article(session: Session, reading: Reading, key: str, first: int) -> int:
    own = reading.article.id
    return session.inserted(
        "article",
        hash=key,
        own_id=records.kept(own) if own != key else None,
        text=records.pack_text(reading.article.text),
        **_about(session, reading, first),
    )


def _about(session: Session, reading: Reading, first: int) -> dict[str, object]:
    """What an article's row says of its current reading."""
    return {
        "published": interval(reading.article.published)[0],
        "outlet": _outlet_key(session, reading),
        "byline": records.byline_words(reading.article.byline),
        "first": first,
        "statements": len(reading.attributions),
    }


def _outlet_key(session: Session, reading: Reading) -> int | None:
    """The number of an article's outlet, which is written down where it is new."""
    name = records.kept(reading.article.outlet)
    if name is None:
        return None
    key = session.value("SELECT id FROM outlet WHERE name = :name", name=name)
    return int(key) if key is not None else session.inserted("outlet", name=name)


def _shared(place: Span, span: Span) -> tuple[float, float]:
    """How well a place is the one that is meant: by the characters shared, then by how little there is besides."""
    shared = min(place[1], span[1]) - max(place[0], span[0])
    return (shared, -(place[1] - place[0]))
