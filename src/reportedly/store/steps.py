"""The steps from each version of a library to the next: see ``migrations``, which takes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportedly.schema import Reading
from reportedly.store.database import Session
from reportedly.store.records import byline_words, content, content_key, kept, measures, unpack_record, unpack_text

# Readings in memory at once.
PAGE = 200


def to_sourcing(session: Session) -> None:
    """From 1 to 2: what sourcing is counted by (role, words, paragraph, rungs; outlet and byline), and own columns."""
    for definition in _COLUMNS:
        session.run(definition if session.is_sqlite else definition.replace(" TEXT", ' TEXT COLLATE "C"'))
    if not session.is_sqlite:
        session.run('ALTER TABLE statement ALTER COLUMN speaker TYPE TEXT COLLATE "C"')
    _fill(session)
    key = "INTEGER" if session.is_sqlite else "SERIAL"
    text, hash_ = ("TEXT", "VARCHAR(16)") if session.is_sqlite else ('TEXT COLLATE "C"', 'VARCHAR(16) COLLATE "C"')
    session.run(
        f"CREATE TABLE own_value (id {key} NOT NULL, speaker {text} NOT NULL, key {text} NOT NULL, article {hash_},"
        f" heading {text} NOT NULL, value {text} NOT NULL, before {text} NOT NULL, author TEXT NOT NULL,"
        " made TEXT NOT NULL, change INTEGER NOT NULL, current SMALLINT NOT NULL, PRIMARY KEY (id))"
    )
    session.run("CREATE INDEX ix_own_value_article ON own_value (article)")
    session.run("CREATE INDEX ix_article_outlet ON article (outlet)")


_COLUMNS = (
    "ALTER TABLE article ADD COLUMN outlet INTEGER REFERENCES outlet (id)",
    "ALTER TABLE article ADD COLUMN byline TEXT",
    "ALTER TABLE statement ADD COLUMN role TEXT",
    "ALTER TABLE statement ADD COLUMN words INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE statement ADD COLUMN paragraph INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE statement ADD COLUMN rungs SMALLINT DEFAULT '0' NOT NULL",
)


def _fill(session: Session) -> None:
    """Write into the new columns what the records say."""
    outlets = dict(session.rows("SELECT name, id FROM outlet"))
    for page in _current(session):
        articles: list[dict[str, Any]] = []
        statements: list[dict[str, Any]] = []
        for key, first, reading in page:
            outlet = outlets.get(kept(reading.article.outlet) or "")
            articles.append({"id": key, "outlet": outlet, "byline": byline_words(reading.article.byline)})
            for number, item in enumerate(reading.attributions, first):
                statements.append({"id": number, "role": kept(item.speaker.role), **measures(reading, item)})
        session.run_all("UPDATE article SET outlet = :outlet, byline = :byline WHERE id = :id", articles)
        session.run_all(
            "UPDATE statement SET role = :role, words = :words, paragraph = :paragraph, rungs = :rungs WHERE id = :id",
            statements,
        )


def to_contents(session: Session) -> None:
    """From 2 to 3: the key of what a statement says, by which it has its vector."""
    session.run("ALTER TABLE statement ADD COLUMN content BIGINT")
    for page in _current(session):
        said = [
            {"id": number, "content": content_key(content(reading, item))}
            for _, first, reading in page
            for number, item in enumerate(reading.attributions, first)
        ]
        session.run_all("UPDATE statement SET content = :content WHERE id = :id", said)
    session.run("CREATE INDEX ix_statement_content ON statement (content)")


def _current(session: Session) -> Iterator[list[tuple[int, int, Reading]]]:
    """Pages of all articles: number, number of the first statement, current reading."""
    last = 0
    while True:
        rows = session.rows(
            "SELECT a.id, a.first, a.text, r.record FROM article AS a JOIN reading AS r ON r.article = a.id"
            " WHERE r.current = 1 AND a.id > :last ORDER BY a.id LIMIT :page",
            last=last,
            page=PAGE,
        )
        if not rows:
            return
        last = rows[-1][0]
        yield [(key, first, unpack_record(record, unpack_text(text), None)) for key, first, text, record in rows]
