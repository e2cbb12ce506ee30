"""How articles are sourced, in numbers: what stands behind statements, and on how many sources paragraphs rest.

``profile`` counts, ``listed`` gives the sentences behind a number: both take the same ``Articles`` and ``Statements``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from reportedly.store.codes import QUOTATIONS
from reportedly.store.database import Session
from reportedly.store.describing import described, summed
from reportedly.store.library import Library
from reportedly.store.results import Hit
from reportedly.store.search import hits
from reportedly.store.selection import MANY, STANDING, Articles, Size, Statements, chosen, size

# Voices that are told by name.
MOST_VOICES = 12


@dataclass(frozen=True, slots=True)
class Amount:
    """How many statements, and how many words are in them."""

    statements: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class VoiceShare:
    """Who is named, with how much: ``person`` is the id."""

    person: str
    name: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class Rests:
    """On how many sources something rests: how many rest on none, on one, on several."""

    none: int = 0
    one: int = 0
    several: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.none + self.one + self.several


@dataclass(frozen=True, slots=True)
class Profile:
    """How a set of articles is sourced.

    ``standing`` and ``quotation`` have an amount for each kind that there is; ``rungs`` has how many statements came
    first hand, through one carrier, two, and ``MANY`` or more. ``longest`` is the statement with the longest chain.
    ``paragraphs`` and ``articles`` are those with statements.
    """

    size: Size
    total: Amount
    standing: dict[str, Amount]
    quotation: dict[str, Amount]
    conditional: int
    hedged: int
    rungs: tuple[int, ...]
    longest: Hit | None
    paragraphs: Rests
    articles: Rests
    voices: tuple[VoiceShare, ...]
    voice_count: int


class _Place(NamedTuple):
    """A statement: its article, its number there, and its score, which it has none of."""

    article: int
    n: int
    score: float = 0.0


def profile(library: Library, articles: Articles, statements: Statements | None = None) -> Profile:
    """How some articles are sourced; perhaps of some of their statements alone."""
    which = statements or Statements()
    with library._database.reading() as session:
        standing, quotation, flags = _kinds(session, articles, which)
        voices, number = _voices(session, articles, which)
        return Profile(
            size=size(session, articles),
            total=Amount(sum(one.statements for one in standing.values()), sum(one.words for one in standing.values())),
            standing=standing,
            quotation=quotation,
            conditional=flags[0],
            hedged=flags[1],
            rungs=_rungs(session, articles, which),
            longest=_longest(session, articles, which),
            paragraphs=_rests(session, articles, which, "s.article, s.paragraph"),
            articles=_rests(session, articles, which, "s.article"),
            voices=voices,
            voice_count=number,
        )


def listed(
    library: Library, articles: Articles, statements: Statements, limit: int, offset: int = 0
) -> tuple[tuple[Hit, ...], int]:
    """The sentences behind a number: statements, those of the newest articles first, and how many there are in all."""
    with library._database.reading() as session:
        part = chosen(session, articles, statements)
        total = int(session.value(f"SELECT count(*) {part.sql}", **part.values) or 0)
        rows = session.rows(
            f"SELECT s.article, s.n {part.sql} ORDER BY a.published DESC, a.id DESC, s.id LIMIT :limit OFFSET :offset",
            limit=limit,
            offset=offset,
            **part.values,
        )
        return tuple(hits(session, [_Place(*row) for row in rows])), total


def _kinds(
    session: Session, articles: Articles, which: Statements
) -> tuple[dict[str, Amount], dict[str, Amount], tuple[int, int]]:
    """Amounts by what stands behind statements and by kind of quotation; how many are conditional, and hedged."""
    part = chosen(session, articles, which)
    rows = session.rows(
        f"SELECT {STANDING} AS standing, s.quotation, count(*), sum(s.words), sum(s.conditional), sum(s.hedged)"
        f" {part.sql} GROUP BY standing, s.quotation",
        **part.values,
    )
    standing, quotation = dict[str, Amount](), dict[str, Amount]()
    for kind, quoted, number, words, _, _ in rows:
        _put(standing, kind, int(number), int(words))
        if quoted is not None:
            _put(quotation, QUOTATIONS[quoted], int(number), int(words))
    return standing, quotation, (sum(int(row[4]) for row in rows), sum(int(row[5]) for row in rows))


def _put(amounts: dict[str, Amount], kind: str, statements: int, words: int) -> None:
    before = amounts.get(kind, Amount())
    amounts[kind] = Amount(before.statements + statements, before.words + words)


def _rungs(session: Session, articles: Articles, which: Statements) -> tuple[int, ...]:
    part = chosen(session, articles, which)
    counts = [0] * (MANY + 1)
    for rungs, number in session.rows(f"SELECT s.rungs, count(*) {part.sql} GROUP BY s.rungs", **part.values):
        counts[min(rungs, MANY)] += int(number)
    return tuple(counts)


def _longest(session: Session, articles: Articles, which: Statements) -> Hit | None:
    part = chosen(session, articles, which)
    row = session.row(
        f"SELECT s.article, s.n {part.sql} AND s.rungs > 0"
        " ORDER BY s.rungs DESC, a.published DESC, a.id DESC, s.id LIMIT 1",
        **part.values,
    )
    return next(hits(session, [_Place(*row)])) if row is not None else None


def _rests(session: Session, articles: Articles, which: Statements, by: str) -> Rests:
    """On how many sources each group of statements rests."""
    part = chosen(session, articles, which)
    rows = session.rows(
        "SELECT CASE WHEN sources > 1 THEN 2 ELSE sources END AS kind, count(*)"  # noqa: S608 - no value is in it
        f" FROM (SELECT count(DISTINCT s.speaker) AS sources {part.sql} GROUP BY {by}) AS found GROUP BY kind",
        **part.values,
    )
    counts = {int(kind): int(number) for kind, number in rows}
    return Rests(counts.get(0, 0), counts.get(1, 0), counts.get(2, 0))


def _voices(session: Session, articles: Articles, which: Statements) -> tuple[tuple[VoiceShare, ...], int]:
    """The named who have the most words, and how many named there are in all."""
    part = chosen(session, articles, which, named=True)
    rows = session.rows(
        f"SELECT m.person, count(*), sum(s.words) AS said {part.sql}"
        " GROUP BY m.person ORDER BY said DESC, m.person LIMIT :voices",
        voices=MOST_VOICES,
        **part.values,
    )
    number = session.value(f"SELECT count(DISTINCT m.person) {part.sql}", **part.values)
    sums = summed(session, [row[0] for row in rows])
    people = {row[0]: person for row, person in zip(sums, described(session, sums), strict=True)}
    voices = (VoiceShare(people[one].id, people[one].name, Amount(int(n), int(said))) for one, n, said in rows)
    return tuple(voices), int(number or 0)
