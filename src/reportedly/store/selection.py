"""Which articles, and which of their statements: what sourcing is counted of, as SQL.

A count and the sentences behind it are asked for by the same two records, so that they cannot disagree. Of very many
articles the newest are taken, and it is said that there are more.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from reportedly.errors import QueryError
from reportedly.schema import Quotation, SpeakerType, Stance
from reportedly.store.codes import QUOTATIONS, SPEAKER_TYPES, STANCES, code
from reportedly.store.database import Session
from reportedly.store.days import UNKNOWN, interval
from reportedly.store.folding import words
from reportedly.store.fulltext import full_text
from reportedly.store.person_ids import PERSON, parts, values_of
from reportedly.store.query import Query, wanted
from reportedly.store.records import kept

Standing = Literal["named", "unnamed", "group", "document", "author", "nobody"]
Sources = Literal["none", "one", "several"]

# The most articles that sourcing is counted of at once: some two seconds' work (benchmarks/sourcing.py).
MOST_ARTICLES = 20_000
# The most statements, the newest, among which the articles with some words are looked for.
MOST_MATCHES = 100_000

_TYPE = {word: number for number, word in enumerate(SPEAKER_TYPES)}
# What stands behind a statement, as ``export.words.standing`` tells it.
STANDING = (
    f"CASE WHEN s.speaker IS NULL THEN CASE WHEN s.type = {_TYPE['author']} THEN 'author' ELSE 'nobody' END"
    f" WHEN s.anonymous = 1 OR s.type = {_TYPE['unnamed']} THEN 'unnamed'"
    f" WHEN s.type = {_TYPE['group']} THEN 'group' WHEN s.type = {_TYPE['document']} THEN 'document'"
    f" WHEN s.type = {_TYPE['author']} THEN 'author' ELSE 'named' END"
)
# What ``Attribution.sourced`` keeps.
_SOURCED = (
    f"{{s}}.type NOT IN ({_TYPE['author']}, {_TYPE['unknown']})"
    f" AND ({{s}}.stance IS NULL OR {{s}}.stance NOT IN ({STANCES.index('believes')}, {STANCES.index('wants')}))"
    " AND ({s}.confidence IS NULL OR {s}.confidence >= 500)"
)


@dataclass(frozen=True, slots=True)
class Articles:
    """A set of articles; what is None or empty does not narrow it.

    ``key`` is an article's hash, ``outlet`` a whole name, ``author`` words that stand next to one another in the
    byline, ``since`` and ``until`` the ISO days, months, weeks or years between which they appeared, both counted in.
    ``words`` must stand in one of an article's statements (``store.query`` tells how they are written). Raises
    QueryError for days that are none.
    """

    key: str | None = None
    outlet: str | None = None
    author: str = ""
    since: str | None = None
    until: str | None = None
    words: str = ""

    def __post_init__(self) -> None:
        for field in ("since", "until"):
            value = getattr(self, field)
            if value is not None and interval(value)[0] == UNKNOWN:
                raise QueryError(
                    f"{field} {value!r:.60}: a day is 2034-09-13, a month 2034-09, a week 2034-W37, a year 2034"
                )


@dataclass(frozen=True, slots=True)
class Statements:
    """Which statements of some articles; what is None does not narrow it.

    ``person`` is the id of somebody, under whatever names articles have them; ``speaker``, ``role``
    and ``carrier`` are whole names. ``rungs`` is how many carriers there are, from ``MANY`` on
    "so many or more". ``paragraph`` and ``article`` are how many sources the statements of the same paragraph, or
    article, have in all. ``sourced`` keeps what a source surely said (``Attribution.sourced``). ``heading`` and
    ``value`` are an own column of the speaker and what stands in it.
    """

    standing: Standing | None = None
    type: SpeakerType | None = None
    person: str | None = None
    speaker: str | None = None
    role: str | None = None
    carrier: str | None = None
    quotation: Quotation | None = None
    stance: Stance | None = None
    answered: bool | None = None
    conditional: bool | None = None
    hedged: bool | None = None
    rungs: int | None = None
    paragraph: Sources | None = None
    article: Sources | None = None
    sourced: bool = False
    heading: str | None = None
    value: str | None = None

    def __post_init__(self) -> None:
        for field, choices in _CHOICES.items():
            value = getattr(self, field)
            if value is not None and value not in get_args(choices):
                raise QueryError(f"{field} {value!r:.60}: it is one of {', '.join(get_args(choices))}")
        if self.person is not None and parts(self.person) is None:
            raise QueryError(f"person {self.person!r:.60}: an id is a name and 8 digits, as in ada-brek-86ac6963")


_CHOICES = {
    "standing": Standing,
    "type": SpeakerType,
    "quotation": Quotation,
    "stance": Stance,
    "paragraph": Sources,
    "article": Sources,
}

# Chains of so many carriers and more are counted together.
MANY = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of SQL with its values."""

    sql: str
    values: dict[str, Any]


def articles_part(session: Session, articles: Articles) -> Part:
    """The condition on articles ``a``; "1 = 1" where all are meant."""
    conditions, values = ["1 = 1"], dict[str, Any]()
    if articles.key is not None:
        conditions.append("a.hash = :key")
        values["key"] = kept(articles.key)
    if articles.outlet is not None:
        conditions.append("a.outlet = (SELECT id FROM outlet WHERE name = :outlet)")
        values["outlet"] = kept(articles.outlet)
    if articles.author.strip():
        conditions.append("a.byline LIKE :author")
        values["author"] = _in_byline(articles.author)
    if articles.since is not None:
        conditions.append("a.published >= :since")
        values["since"] = interval(articles.since)[0]
    if articles.until is not None:
        conditions.append("a.published > 0 AND a.published <= :until")
        values["until"] = interval(articles.until)[1]
    if articles.words.strip():
        found = full_text(session.is_sqlite)
        values["match"] = found.match(wanted(Query(articles.words)))
        values["most"] = MOST_MATCHES
        matching = found.candidates("s.article", "", ranked=False)
        conditions.append(f"a.id IN (SELECT article FROM ({matching}) AS matching)")  # noqa: S608 - no value is in it
    return Part(" AND ".join(conditions), values)


def _in_byline(author: str) -> str:
    """The pattern of a name in a byline. Words are letters and digits alone, so none is a wildcard."""
    found = " ".join(word for word, _ in words(author))
    if not found:
        raise QueryError(f"author {author!r:.60}: there is no word in it")
    return f"% {found} %"


def chosen(session: Session, articles: Articles, statements: Statements | None = None, named: bool = False) -> Part:
    """The statements ``s`` of the articles ``a``, as "FROM ... WHERE ..."; more conditions can follow with AND.

    ``named`` are only those whose speaker has a name that may be met again, with the mention ``m`` that has the person.
    """
    which = articles_part(session, articles)
    what = statements_part(statements or Statements())
    return Part(
        "FROM (SELECT a.id, a.hash, a.first, a.statements, a.published, a.outlet FROM article AS a"  # noqa: S608
        f" WHERE {which.sql} ORDER BY a.published DESC, a.id DESC LIMIT {MOST_ARTICLES}) AS a"
        # The order is kept: the planner of SQLite might begin with the people, and walk all statements for each.
        f" CROSS JOIN statement AS s{' CROSS JOIN mention AS m' if named else ''}"
        f" WHERE s.id >= a.first AND s.id < a.first + a.statements{' AND m.id = s.mention' if named else ''}"
        f" AND {what.sql}",
        {**which.values, **what.values},
    )


def statements_part(which: Statements) -> Part:
    """The condition on statements ``s`` of articles ``a``; "1 = 1" where all are meant."""
    # A column alone would tempt SQLite to make an index of it for each query, and to leave the articles' own order.
    equal: dict[str, tuple[str, Any]] = {
        "standing": (STANDING, which.standing),
        "type": ("s.type + 0", code(SPEAKER_TYPES, which.type)),
        "speaker": ("s.speaker || ''", kept(which.speaker)),
        "role": ("s.role || ''", kept(which.role)),
        "quotation": ("s.quotation + 0", code(QUOTATIONS, which.quotation)),
        "stance": ("s.stance + 0", code(STANCES, which.stance)),
        "conditional": ("s.conditional + 0", _flag(which.conditional)),
        "hedged": ("s.hedged + 0", _flag(which.hedged)),
    }
    given = {name: (sql, value) for name, (sql, value) in equal.items() if value is not None}
    conditions = [f"{sql} = :is_{name}" for name, (sql, _) in given.items()]
    values = {f"is_{name}": value for name, (_, value) in given.items()}
    if which.answered is not None:
        withholds = STANCES.index("withholds")
        conditions.append(f"coalesce(s.stance, -1) {'<>' if which.answered else '='} {withholds}")
    if which.rungs is not None:
        conditions.append("s.rungs >= :is_rungs" if which.rungs >= MANY else "s.rungs + 0 = :is_rungs")
        values["is_rungs"] = which.rungs
    if which.carrier is not None:
        conditions.append("EXISTS (SELECT 1 FROM carrier AS c WHERE c.statement = s.id AND c.name = :is_carrier)")
        values["is_carrier"] = kept(which.carrier)
    if which.person is not None:
        conditions.append(f"s.mention IN (SELECT id FROM mention WHERE person = {PERSON})")  # noqa: S608
        values |= values_of(*(parts(kept(which.person) or "") or ("", "")))
    if which.sourced:
        conditions.append(_SOURCED.format(s="s"))
    conditions += _by_sources(which)
    if which.heading is not None:
        own, given_own = _by_own(which)
        conditions.append(own)
        values.update(given_own)
    return Part(" AND ".join(["1 = 1", *conditions]), values)


def _by_sources(which: Statements) -> list[str]:
    """The conditions on how many sources the statements around have."""
    others = "SELECT 1 FROM statement AS t WHERE t.id >= a.first AND t.id < a.first + a.statements"
    others += f" AND {_SOURCED.format(s='t')}" if which.sourced else ""
    places: tuple[tuple[Sources | None, str], ...] = (
        (which.paragraph, f"{others} AND t.paragraph = s.paragraph"),
        (which.article, others),
    )
    found = []
    for sources, near in places:
        # Of one paragraph, a statement with a source speaks for all; one without is asked about its neighbours.
        if sources == "none":
            found.append(f"NOT EXISTS ({near} AND t.speaker IS NOT NULL)")
        elif sources is not None:
            several = f"EXISTS ({near} AND t.speaker IS NOT NULL AND t.speaker <> s.speaker)"
            has = f"{several}" if sources == "several" else f"NOT {several}"
            found.append(f"s.speaker IS NOT NULL AND {has}")
    return found


# What stands in own columns: of a person, under whatever mention it was written, the value that was written last.
OWN = (
    "(SELECT v.speaker, v.heading, v.value, g.person FROM own_value AS v JOIN"
    " (SELECT max(w.id) AS id, n.person AS person FROM own_value AS w JOIN article AS x ON x.hash = w.article"
    " JOIN mention AS n ON n.article = x.id AND n.key = w.key"
    " WHERE w.current = 1 AND w.value <> '' GROUP BY w.heading, n.person) AS g ON g.id = v.id)"
)


def _by_own(which: Statements) -> tuple[str, dict[str, Any]]:
    """The condition on an own column of the speaker; without a value, that there is none."""
    held = f"SELECT v.person FROM {OWN} AS v WHERE v.heading = :is_heading"  # noqa: S608 - no value is in it
    given = {"is_heading": kept(which.heading)}
    if which.value:
        mine = f"s.mention IN (SELECT id FROM mention WHERE person IN ({held} AND v.value = :is_value))"  # noqa: S608
        return mine, {**given, "is_value": kept(which.value)}
    return f"s.mention IN (SELECT id FROM mention WHERE person NOT IN ({held}))", given  # noqa: S608


def among(session: Session, names: Sequence[str]) -> tuple[str, object]:
    """Names, however many, as one value, and the SQL that makes rows of ``:names``."""
    if session.is_sqlite:
        return "(SELECT value FROM json_each(:names))", json.dumps(list(names))
    return "(SELECT unnest(CAST(:names AS text[])))", list(names)


@dataclass(frozen=True, slots=True)
class Size:
    """How many articles a set has, and of how many of them, the newest, sourcing is counted."""

    articles: int
    counted: int


def size(session: Session, articles: Articles) -> Size:
    """How large a set of articles is."""
    which = articles_part(session, articles)
    number = int(session.value(f"SELECT count(*) FROM article AS a WHERE {which.sql}", **which.values) or 0)  # noqa: S608
    return Size(number, min(number, MOST_ARTICLES))


def _flag(value: bool | None) -> int | None:
    return int(value) if value is not None else None
