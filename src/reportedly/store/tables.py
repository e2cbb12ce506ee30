"""The tables of a library, the same in both databases. They are loaded where a library is made or brought up to date.

``article.text`` and ``reading.record`` hold all that was read; the other columns are drawn from these to be searched,
filtered and counted, and can be made again. ``statement`` and ``carrier`` hold the statements of each
article's current reading; what older makers read is in their record alone. The table of words that each database's own
full-text search needs is made in ``fulltext``. Words of a few are kept as numbers: see ``codes``.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.schema import CreateIndex, CreateTable

# Compared by code point, whatever the language that a PostgreSQL database is set to.
_HASH = String(16).with_variant(String(16, collation="C"), "postgresql")
_TEXT = Text().with_variant(Text(collation="C"), "postgresql")
# In SQLite "INTEGER PRIMARY KEY" is the row's own number and takes no space.
_KEY = BigInteger().with_variant(Integer, "sqlite")


metadata = MetaData()

library = Table("library", metadata, Column("version", Integer, nullable=False))

# A reading without a maker, as gold is, has one of three empty names.
maker = Table(
    "maker",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("program", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("weights", Text, nullable=False),
    UniqueConstraint("program", "model", "weights"),
)

outlet = Table(
    "outlet",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", _TEXT, nullable=False, unique=True),
)

# The statements of its current reading have the numbers from ``first`` on, in their order: they need no index.
article = Table(
    "article",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("hash", _HASH, nullable=False, unique=True),
    Column("own_id", _TEXT, index=True),  # the record's id, where that is not its hash: dumps bring their own
    Column("published", Integer, nullable=False, index=True),  # 20340913, or 0
    Column("outlet", ForeignKey("outlet.id"), index=True),
    Column("byline", _TEXT),  # folded words with a space around each, so that LIKE finds whole ones
    Column("first", _KEY, nullable=False),
    Column("statements", Integer, nullable=False),
    Column("text", LargeBinary, nullable=False),
)

reading = Table(
    "reading",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article", ForeignKey("article.id"), nullable=False),
    Column("maker", ForeignKey("maker.id"), nullable=False),
    Column("current", SmallInteger, nullable=False),
    Column("record", LargeBinary, nullable=False),
    UniqueConstraint("article", "maker"),
)

statement = Table(
    "statement",
    metadata,
    Column("id", _KEY, primary_key=True, autoincrement=False),
    Column("article", ForeignKey("article.id"), nullable=False),
    Column("n", Integer, nullable=False),
    Column("outlet", ForeignKey("outlet.id")),
    Column("published", Integer, nullable=False),
    Column("said_first", Integer, nullable=False),  # 20340901 of "2034-09", or 0
    Column("said_last", Integer, nullable=False),  # 20340930
    Column("speaker", _TEXT),
    Column("role", _TEXT),
    Column("type", SmallInteger, nullable=False),
    Column("anonymous", SmallInteger, nullable=False),
    Column("quotation", SmallInteger),
    Column("stance", SmallInteger),
    Column("conditional", SmallInteger, nullable=False),
    Column("hedged", SmallInteger, nullable=False),
    Column("confidence", SmallInteger),  # in thousandths, rounded down: a filter for .5 must not let .4996 pass
    Column("words", Integer, nullable=False, server_default="0"),  # of its content
    Column("paragraph", Integer, nullable=False, server_default="0"),  # the character at which that begins
    Column("rungs", SmallInteger, nullable=False, server_default="0"),  # how many carriers it has
    Column("mention", _KEY),  # the speaker, as somebody who may be met in other articles
    Column("content", BigInteger, index=True),  # a hash of what is said, by which it has its vector; none of nothing
)

carrier = Table(
    "carrier",
    metadata,
    Column("statement", _KEY, ForeignKey("statement.id"), primary_key=True),
    Column("rung", SmallInteger, primary_key=True, autoincrement=False),  # its place in the chain, from 1
    Column("name", Text, nullable=False),
    Column("type", SmallInteger, nullable=False),
    sqlite_with_rowid=False,
)

# Who speaks in an article, under one name, and who that is: ``person`` is the number of that person's first mention.
# What is written here is worked out of the readings and the log of judgements, and can be made again.
mention = Table(
    "mention",
    metadata,
    Column("id", _KEY, primary_key=True, autoincrement=False),
    Column("article", ForeignKey("article.id"), nullable=False),  # its statements lead to it: it needs no index
    Column("key", _TEXT, nullable=False),  # the folded words of the name
    Column("name", _TEXT, nullable=False),
    Column("type", SmallInteger, nullable=False),
    Column("roles", _TEXT, nullable=False),  # one a line
    Column("statements", Integer, nullable=False),
    Column("person", _KEY, nullable=False, index=True),
    Column("rule", SmallInteger),  # of ``joining``, that joined it; none for what is alone, or was joined by hand
    Column("decided", Integer, nullable=False),  # on which day (20340913)
    Column("called", _TEXT),  # the name that a person was given by hand, with the first mention
    Index("ix_mention_key", "key", "article"),
)

# What was judged about people: nothing is changed or removed. Each entry holds all of itself.
judgement = Table(
    "judgement",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", _HASH, nullable=False, unique=True),
    Column("entry", Text, nullable=False),
)

# What people say of people, in columns of their own. Nothing is changed or removed: of several rows for one column of
# one person the current one holds, and an empty value takes back what was there ``before``.
own_value = Table(
    "own_value",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("speaker", _TEXT, nullable=False),  # the id of a mention, made of its key and its article's hash
    Column("key", _TEXT, nullable=False),
    Column("article", _HASH, index=True),
    Column("heading", _TEXT, nullable=False),
    Column("value", _TEXT, nullable=False),
    Column("before", _TEXT, nullable=False),
    Column("author", Text, nullable=False),
    Column("made", Text, nullable=False),  # an ISO time
    Column("change", Integer, nullable=False),  # one number for all that came together
    Column("current", SmallInteger, nullable=False),
)

# What was read, so that it need not be read again: a file or a URL, as it was then.
source_file = Table(
    "source_file",
    metadata,
    Column("path", _TEXT, primary_key=True),
    Column("size", BigInteger),
    Column("modified", BigInteger),  # in nanoseconds since 1970
    Column("maker", ForeignKey("maker.id")),
    Column("status", SmallInteger, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
)

# What could not be read of a source: its own path, or that of a part of it.
failure = Table(
    "failure",
    metadata,
    Column("source", _TEXT, ForeignKey("source_file.path"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("path", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    CheckConstraint("number > 0"),
    sqlite_with_rowid=False,
)


def definitions(is_sqlite: bool) -> Iterator[str]:
    """The SQL that makes the tables and their indexes."""
    dialect: Dialect = sqlite.dialect() if is_sqlite else postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in metadata.sorted_tables:
        yield str(CreateTable(table).compile(dialect=dialect))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            yield str(CreateIndex(index).compile(dialect=dialect))
