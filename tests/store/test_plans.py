"""A search begins at its words, and reads no more than it must, whatever filters it has and however they may tempt."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.invented import readings
from reportedly.store import Library, Query
from reportedly.store.database import Database
from reportedly.store.fulltext import PostgresWords, SqliteWords
from reportedly.store.search import planned
from reportedly.store.selection import Articles, Statements, chosen

from .conftest import Server

ARTICLES, STATEMENTS = 200, 14
FILTERS = [
    {},
    {"published_since": "2033-06-01", "published_until": "2033-06-30"},
    {"said_since": "2034"},
    {"speaker_type": "unnamed", "stance": "denies"},
    {"conditional": True, "hedged": False, "min_confidence": 0.5},
    {"speaker": "ada", "outlet": "post", "carrier": "norrin"},
]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "news.db"
    with Library(path) as library:
        for reading in readings(ARTICLES, STATEMENTS):
            library.add(reading)
    connection = sqlite3.connect(path)
    for column in ("published", "speaker", "stance", "type", "said_last"):  # indexes that tempt the planner
        connection.execute(f"CREATE INDEX tempting_{column} ON statement ({column})")
    connection.execute("ANALYZE")
    connection.commit()
    connection.close()
    return path


def plan(path: Path, sql: str, values: dict[str, object]) -> list[str]:
    connection = sqlite3.connect(path)
    steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    connection.close()
    return steps


@pytest.mark.parametrize("filters", FILTERS, ids=repr)
@pytest.mark.parametrize("sort", ["relevance", "date"])
def test_sqlite_begins_at_the_words(large: Path, filters: dict[str, object], sort: str) -> None:
    search = planned(Query("the minister", sort=sort, **filters), SqliteWords())  # type: ignore[arg-type]
    first, second, *rest = plan(large, search.sql, search.values)
    assert first.startswith("SCAN statement_words VIRTUAL TABLE INDEX")
    assert second == "SEARCH s USING INTEGER PRIMARY KEY (rowid=?)"
    assert rest == [], "nothing is sorted before so many are taken"


def test_the_cross_join_is_what_keeps_it_from_the_filters(large: Path) -> None:
    filters = "AND s.speaker = 'Ada Bergow' AND s.published > 20330601"
    sql = SqliteWords().candidates("s.id", filters, ranked=True).replace(":most", "20")
    values: dict[str, object] = {"match": '"the"'}
    assert plan(large, sql, values)[0].startswith("SCAN statement_words")
    assert plan(large, sql.replace("CROSS JOIN", "JOIN"), values)[0].startswith("SEARCH s USING")


@pytest.mark.parametrize("filters", FILTERS[:-1], ids=repr)
def test_sqlite_walks_from_the_newest_article_where_there_are_no_words(large: Path, filters: dict[str, object]) -> None:
    search = planned(Query(**filters), SqliteWords())  # type: ignore[arg-type]
    first, second, *rest = plan(large, search.sql, search.values)
    assert first == "SCAN a USING INDEX ix_article_published"
    assert second.startswith("SEARCH s USING")
    assert second.endswith("rowid>? AND rowid<?)"), "of each article only its own statements are looked at"
    assert rest in ([], ["USE TEMP B-TREE FOR RIGHT PART OF ORDER BY"])


def test_sqlite_looks_articles_and_carriers_up(large: Path) -> None:
    steps = plan(
        large,
        "SELECT r.record FROM reading AS r JOIN article AS a ON r.article = a.id JOIN maker AS m ON r.maker = m.id"
        " WHERE r.current = 1 AND r.article IN (SELECT value FROM json_each(:chosen))",
        {"chosen": "[1, 2]"},
    )
    assert not any(step.startswith(("SCAN r", "SCAN a")) for step in steps)
    steps = plan(
        large,
        "SELECT name, count(DISTINCT statement) FROM carrier WHERE statement IN (SELECT value FROM json_each(:chosen))"
        " GROUP BY name",
        {"chosen": "[1, 2]"},
    )
    assert any("SEARCH carrier USING PRIMARY KEY" in step for step in steps)


EVERY_FILTER: dict[str, object] = {
    "standing": "named",
    "type": "person",
    "person": "ada-00000000",
    "speaker": "Ada",
    "role": "mayor",
    "carrier": "Post",
    "quotation": "direct",
    "stance": "denies",
    "answered": True,
    "conditional": True,
    "hedged": True,
    "rungs": 1,
    "paragraph": "one",
    "article": "several",
    "sourced": True,
    "heading": "desk",
    "value": "local",
}


@pytest.mark.parametrize("named", [False, True])
@pytest.mark.parametrize("field", EVERY_FILTER)
def test_sqlite_counts_from_the_articles_on(large: Path, field: str, named: bool) -> None:
    with Library(large) as library, library._database.reading() as session:
        given = {field: EVERY_FILTER[field]} | ({"heading": "desk"} if field == "value" else {})
        part = chosen(session, Articles(since="2031"), Statements(**given), named)  # type: ignore[arg-type]
    steps = plan(large, f"SELECT count(*) {part.sql}", part.values)
    statements = [step for step in steps if step.startswith(("SEARCH s ", "SCAN s "))]
    assert statements == ["SEARCH s USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"]
    if named:
        assert "SEARCH m USING INTEGER PRIMARY KEY (rowid=?)" in steps


@pytest.mark.parametrize("filters", FILTERS, ids=repr)
def test_postgres_begins_at_the_words(postgres: Database, filters: dict[str, object]) -> None:
    search = planned(Query("minister harbour", **filters), PostgresWords())  # type: ignore[arg-type]
    with postgres.reading() as session:
        session.run("SET LOCAL enable_seqscan = off")  # else it reads a table as small as this one from end to end
        steps = [row[0] for row in session.rows(f"EXPLAIN {search.sql}", **search.values)]
    shown = "\n".join(steps)
    assert "Bitmap Index Scan on statement_words_words" in shown
    assert "tempting" not in shown
    assert "statement_pkey" in shown


@pytest.fixture(scope="module")
def postgres(server: Server) -> Iterator[Database]:
    where = server.database()
    with Library(where) as library:
        for reading in readings(ARTICLES, STATEMENTS):
            library.add(reading)
    database = Database(where, create=False)
    with database.writing() as session:
        session.run("CREATE INDEX tempting_published ON statement (published)")
        session.run("CREATE INDEX tempting_stance ON statement (stance)")
        session.run("ANALYZE")
    yield database
    database.close()
