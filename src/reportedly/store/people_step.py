"""The step of a library's tables that brings people: see ``migrations``, which takes it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from reportedly.store.arranging import arrange, today
from reportedly.store.database import Session
from reportedly.store.judgements import Log
from reportedly.store.mentions import named

# Articles, and names, in memory at once.
PAGE = 500


def to_people(session: Session) -> None:
    """From 3 to 4: who speaks in an article, who of them is one person, and the log of judgements about that."""
    text = "TEXT" if session.is_sqlite else 'TEXT COLLATE "C"'
    key = "INTEGER" if session.is_sqlite else "BIGINT"
    for definition in (*_DEFINITIONS, *(_INDEXES)):
        session.run(definition.format(text=text, key=key, serial="INTEGER" if session.is_sqlite else "SERIAL"))
    last = 0
    while articles := session.rows(
        "SELECT id FROM article WHERE id > :last ORDER BY id LIMIT :page", last=last, page=PAGE
    ):
        _fill(session, [article for (article,) in articles])
        last = articles[-1][0]
    _arrange(session)


_DEFINITIONS = (
    "CREATE TABLE mention (id {key} NOT NULL, article INTEGER NOT NULL, key {text} NOT NULL, name {text} NOT NULL,"
    " type SMALLINT NOT NULL, roles {text} NOT NULL, statements INTEGER NOT NULL, person {key} NOT NULL,"
    " rule SMALLINT, decided INTEGER NOT NULL, called {text}, PRIMARY KEY (id),"
    " FOREIGN KEY(article) REFERENCES article (id))",
    "CREATE TABLE judgement (id {serial} NOT NULL, key VARCHAR(16) NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (id),"
    " UNIQUE (key))",
    "ALTER TABLE statement ADD COLUMN mention {key}",
)
_INDEXES = (
    "CREATE INDEX ix_mention_key ON mention (key, article)",
    "CREATE INDEX ix_mention_person ON mention (person)",
)


def _fill(session: Session, articles: list[int]) -> None:
    """Write the mentions of some articles, each a person of its own, and which statements are whose."""
    chosen, numbers = session.chosen(articles)
    statements: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for number, article, speaker, role, kind, anonymous in session.rows(
        f"SELECT id, article, speaker, role, type, anonymous FROM statement WHERE article IN {chosen} ORDER BY id",  # noqa: S608
        chosen=numbers,
    ):
        row = {"id": number, "speaker": speaker, "role": role, "type": kind, "anonymous": anonymous}
        statements[article].append(row)
    free, now = int(session.value("SELECT max(id) FROM mention") or 0) + 1, today()
    mentions: list[dict[str, object]] = []
    said: list[dict[str, object]] = []
    for article, rows in sorted(statements.items()):
        found, keys = named(rows)
        numbered = {mention.key: free + len(mentions) + k for k, mention in enumerate(found)}
        for mention in found:
            number = numbered[mention.key]
            mentions.append(
                {
                    "id": number,
                    "article": article,
                    "key": mention.key,
                    "name": mention.name,
                    "type": mention.type,
                    "roles": mention.roles,
                    "statements": mention.statements,
                    "person": number,
                    "decided": now,
                }
            )
        said += [{"id": row["id"], "mention": numbered[key]} for row, key in zip(rows, keys, strict=True) if key]
    session.insert("mention", mentions)
    session.run_all("UPDATE statement SET mention = :mention WHERE id = :id", said)


def _arrange(session: Session) -> None:
    last = ""
    while keys := session.rows(
        "SELECT DISTINCT key FROM mention WHERE key > :last ORDER BY key LIMIT :page", last=last, page=PAGE
    ):
        last = keys[-1][0]
        arrange(session, Log(), {key for (key,) in keys})
