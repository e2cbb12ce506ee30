"""The two full-text searches behind one small interface: FTS5 of SQLite, tsvector of PostgreSQL.

Both are given words that are cut and folded already, and store which statement has which word where: in its content, or
in the name of its speaker, its carriers or its outlet. Neither sees a query as it was typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from reportedly.store.database import Session
from reportedly.store.folding import GAP
from reportedly.store.query import NameField, Phrase, Wanted
from reportedly.store.records import Words

Entry = tuple[int, Words]  # a statement's number and its words


class FullText(Protocol):
    """A full-text search over statements."""

    def create(self, session: Session) -> None:
        """Make its table."""

    def put(self, session: Session, entries: Sequence[Entry]) -> None:
        """Let statements be found."""

    def drop(self, session: Session, entries: Sequence[Entry]) -> None:
        """Let them be found no more; the words must be those that were put."""

    def match(self, wanted: Wanted) -> str:
        """What is wanted, in the language of the database's own search: the value of ``:match``."""

    def candidates(self, columns: str, filters: str, ranked: bool) -> str:
        """SQL for the statements ``s`` that have the words and pass the filters, the newest first, ``:most`` at most.

        To the columns it adds a score, the higher the better; 0 where that is not asked for.
        """


class SqliteWords:
    """FTS5, in a table that holds the index alone, with a statement's number as rowid."""

    def create(self, session: Session) -> None:
        """Make its table. Its tokenizer takes every character but ASCII's own marks and spaces as part of a word."""
        session.run(
            "CREATE VIRTUAL TABLE statement_words USING fts5(said, speaker, via, outlet, content='', tokenize='ascii')"
        )

    def put(self, session: Session, entries: Sequence[Entry]) -> None:
        """Let statements be found."""
        session.run_all(
            "INSERT INTO statement_words (rowid, said, speaker, via, outlet)"
            " VALUES (:rowid, :said, :speaker, :via, :outlet)",
            [_row(number, words) for number, words in entries],
        )

    def drop(self, session: Session, entries: Sequence[Entry]) -> None:
        """Let them be found no more."""
        session.run_all(
            "INSERT INTO statement_words (statement_words, rowid, said, speaker, via, outlet)"
            " VALUES ('delete', :rowid, :said, :speaker, :via, :outlet)",
            [_row(number, words) for number, words in entries],
        )

    def match(self, wanted: Wanted) -> str:
        """An expression of FTS5. Words are letters and digits alone, so nothing in them is syntax."""
        parts = [f"{{{field}}} : {self._phrase(phrase)}" for field, phrase in wanted.names]
        if wanted.groups:
            parts.append(f"{{said}} : ({' AND '.join(self._either(group) for group in wanted.groups)})")
        found = f"({' AND '.join(f'({part})' for part in parts)})"
        return f"{found} NOT ({{said}} : {self._either(wanted.excluded)})" if wanted.excluded else found

    def _either(self, phrases: Iterable[Phrase]) -> str:
        return f"({' OR '.join(self._phrase(phrase) for phrase in phrases)})"

    def _phrase(self, phrase: Phrase) -> str:
        return f'"{" ".join(phrase.words)}"' + (" *" if phrase.prefix else "")

    def candidates(self, columns: str, filters: str, ranked: bool) -> str:
        """SQL that begins at the words, whatever indexes the filters have.

        CROSS JOIN keeps the planner from the other order, in which every statement of a year, say, is looked up among
        the words: seconds instead of milliseconds at a million statements.
        """
        score = "-bm25(statement_words, 1.0, 0.0, 0.0, 0.0)" if ranked else "0.0"
        return (
            f"SELECT {columns}, {score} AS score FROM statement_words"  # noqa: S608 - no value is part of it
            " CROSS JOIN statement AS s ON s.id = statement_words.rowid"
            f" WHERE statement_words MATCH :match {filters} ORDER BY statement_words.rowid DESC LIMIT :most"
        )


# Which of a tsvector's four labels marks the words of what. D is the one that words have without a label.
_LABELS: dict[NameField, str] = {"speaker": "A", "via": "B", "outlet": "C"}
# Positions in a tsvector end here; what comes after is all at this one.
_LAST_POSITION = 16383


class PostgresWords:
    """tsvector, made here and not by PostgreSQL's parser, with a GIN index."""

    def create(self, session: Session) -> None:
        """Make its table. Without "fastupdate" an ``add`` writes more, and searches beside it stay even."""
        session.run("CREATE TABLE statement_words (id bigint PRIMARY KEY, words tsvector NOT NULL)")
        session.run("CREATE INDEX statement_words_words ON statement_words USING gin (words) WITH (fastupdate = off)")

    def put(self, session: Session, entries: Sequence[Entry]) -> None:
        """Let statements be found."""
        session.run_all(
            "INSERT INTO statement_words (id, words) VALUES (:id, CAST(:words AS tsvector))",
            [{"id": number, "words": self._vector(words)} for number, words in entries],
        )

    def drop(self, session: Session, entries: Sequence[Entry]) -> None:
        """Let them be found no more."""
        session.run_all("DELETE FROM statement_words WHERE id = :id", [{"id": number} for number, _ in entries])

    def _vector(self, words: Words) -> str:
        """The words with their places, as a tsvector is written: 'harbour':2 'okonjo':9A."""
        labelled = ((words.said, ""), (words.speaker, "A"), (words.via, "B"), (words.outlet, "C"))
        return " ".join(
            f"'{word}':{min(place, _LAST_POSITION)}{label}"
            for place, (word, label) in enumerate(_placed(labelled), 1)
            if word != GAP
        )

    def match(self, wanted: Wanted) -> str:
        """A tsquery. Words are letters and digits alone, so nothing in them is syntax."""
        parts = [self._phrase(phrase, _LABELS[field]) for field, phrase in wanted.names]
        parts += [self._either(group) for group in wanted.groups]
        parts += [f"!{self._phrase(phrase, 'D')}" for phrase in wanted.excluded]
        return " & ".join(parts)

    def _either(self, phrases: Iterable[Phrase]) -> str:
        return f"({' | '.join(self._phrase(phrase, 'D') for phrase in phrases)})"

    def _phrase(self, phrase: Phrase, label: str) -> str:
        *first, last = phrase.words
        parts = [f"'{word}':{label}" for word in first] + [f"'{last}':{'*' if phrase.prefix else ''}{label}"]
        return f"({' <-> '.join(parts)})"

    def candidates(self, columns: str, filters: str, ranked: bool) -> str:
        """SQL that begins at the words: what is MATERIALIZED the planner takes as it stands.

        Else it would walk the statements from the newest, in the hope to meet ``:most`` soon, though only three match.
        """
        score = "ts_rank('{1, 0, 0, 0}', found.words, CAST(:match AS tsquery), 1)" if ranked else "0.0"
        return (
            "WITH found AS MATERIALIZED"  # noqa: S608 - no value is part of it
            " (SELECT id, words FROM statement_words WHERE words @@ CAST(:match AS tsquery)),"
            " chosen AS MATERIALIZED"
            f" (SELECT {columns}, found.words FROM found JOIN statement AS s ON s.id = found.id"
            f" WHERE true {filters} ORDER BY s.id DESC LIMIT :most)"
            f" SELECT {_without_table(columns)}, {score.replace('found.', 'chosen.')} AS score FROM chosen"
        )


def _row(number: int, words: Words) -> dict[str, object]:
    return {
        "rowid": number,
        "said": words.said,
        "speaker": words.speaker,
        "via": words.via,
        "outlet": words.outlet,
    }


def _placed(labelled: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Each word with its label, and a gap after each text."""
    for words, label in labelled:
        yield from ((word, label) for word in words.split())
        yield GAP, label


def _without_table(columns: str) -> str:
    return columns.replace("s.", "")


def full_text(is_sqlite: bool) -> FullText:
    """The full-text search of a database."""
    return SqliteWords() if is_sqlite else PostgresWords()
