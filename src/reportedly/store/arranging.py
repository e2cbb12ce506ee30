"""Who is one person with whom, worked out of the mentions and the log of judgements, and written beside the mentions.

The mentions of one name are grouped by the rules of ``joining``; then the links of judgements join groups. Nothing else
makes people, so the same mentions and the same log give the same people, in whatever order they came.

When something changes, only the names that it touches are worked out anew: those of the article or of the judgement,
and those that judgements tie to them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from reportedly.store.database import Session
from reportedly.store.joining import Sides, Trait, groups, rule_for
from reportedly.store.judgements import Judgement, Log, Mention, Side, sides_of
from reportedly.store.mention_table import MentionRow, mention_rows, mentions_in
from reportedly.store.mentions import Named, trait_of
from reportedly.store.selection import among


@dataclass(frozen=True, slots=True)
class Registered:
    """The mentions of an article, by key, and the keys among which it is to be worked out anew who is who."""

    article: str
    numbers: Mapping[str, int]
    waiting: Collection[str]


def register(session: Session, log: Log, article: int, found: Sequence[Named], there: Mapping[str, int]) -> Registered:
    """Write the mentions of an article's current reading; ``there`` are those of the reading before, by key.

    A mention that was there keeps its number, so that whoever it was joined with stays so. Once the statements are
    written as well, ``arrange`` is due.
    """
    hash_, published = session.row("SELECT hash, published FROM article WHERE id = :id", id=article) or ("", 0)
    gone = there.keys() - {mention.key for mention in found}
    session.run_all("DELETE FROM mention WHERE id = :id", [{"id": there[key]} for key in gone])
    free = int(session.value("SELECT max(id) FROM mention") or 0) + 1
    numbers = {key: number for key, number in there.items() if key not in gone}
    new: list[dict[str, object]] = []
    for mention in found:
        row = {"name": mention.name, "type": mention.type, "roles": mention.roles, "statements": mention.statements}
        if mention.key in numbers:
            session.run(_CHANGE, id=numbers[mention.key], **row)
        else:
            number = numbers[mention.key] = free + len(new)
            new.append({"id": number, "article": article, "key": mention.key, **row, "person": number})
    session.insert("mention", [{**row, "decided": today()} for row in new])
    if there or log.about([hash_]):
        return Registered(hash_, numbers, {*there, *numbers})
    late = {
        mention.key
        for mention in found
        if mention.key in log.parted or not _goes_with_its_like(session, numbers[mention.key], mention, published)
    }
    return Registered(hash_, numbers, late)


def today() -> int:
    """The day, as mentions have it."""
    return int(datetime.now(UTC).strftime("%Y%m%d"))


_CHANGE = "UPDATE mention SET name = :name, type = :type, roles = :roles, statements = :statements WHERE id = :id"
# One that the rules cannot tell from the new one.
_LIKE = (
    "SELECT m.person, m.rule FROM mention AS m JOIN article AS a ON a.id = m.article WHERE m.key = :key"
    " AND m.name = :name AND m.type = :type AND m.roles = :roles"
    " AND a.published >= :low AND a.published < :high AND m.id <> :id LIMIT 1"
)


def _goes_with_its_like(session: Session, number: int, mention: Named, published: int) -> bool:
    """Put a new mention where one of the very same name, role and year is, or leave it alone as that is.

    The rules would do the same: this spares the work for those who are in the news every day.
    """
    trait = mention.trait(published)
    joins = rule_for(trait, trait) is not None
    if not joins and (trait.roles or trait.form.bearers == "any"):
        return True  # such a mention stays alone whatever there is
    year = published // 10_000
    like = session.row(
        _LIKE,
        id=number,
        key=mention.key,
        name=mention.name,
        type=mention.type,
        roles=mention.roles,
        low=year * 10_000,
        high=(year + 1) * 10_000,
    )
    if like is None or (joins and like[1] is None):
        return False
    if like[1] is not None:
        values = {"id": number, "person": like[0], "rule": like[1]}
        session.run("UPDATE mention SET person = :person, rule = :rule WHERE id = :id", **values)
    return True


def arrange(session: Session, log: Log, keys: Collection[str], articles: Iterable[str] = ()) -> None:
    """Work out anew who is who among the mentions with these keys, and among those that judgements tie to them.

    ``articles`` are those in which mentions have gone: what was judged of them is looked at as well.
    """
    scope = gathered(session, log, keys, articles)
    _write(session, scope.rows.values(), people(scope))


@dataclass(slots=True)
class Scope:
    """The mentions that are looked at, by number, and the judgements about them, in order."""

    rows: dict[int, MentionRow] = field(default_factory=dict)
    entries: dict[int, Judgement] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    found: dict[Mention, MentionRow] = field(default_factory=dict)


def gathered(session: Session, log: Log, keys: Collection[str], articles: Iterable[str] = ()) -> Scope:
    """All mentions with these keys, and whatever judgements tie to them, directly or through others."""
    scope = Scope()
    waiting = set(keys)
    for entry in log.about(articles):
        waiting |= _tied(session, scope, entry)
    while waiting := waiting - scope.keys:
        scope.keys |= waiting
        those, given = among(session, sorted(waiting))
        rows = mention_rows(session, f"m.key IN {those}", names=given)
        scope.rows |= {row.id: row for row in rows}
        scope.found |= {Mention(row.article, row.key): row for row in rows}
        waiting = set()
        by_article = defaultdict(list)
        for row in rows:
            by_article[row.article].append(row)
        for entry in log.about(by_article):
            if entry.number not in scope.entries and _concerns(entry, by_article):
                waiting |= _tied(session, scope, entry)
    return scope


def _concerns(entry: Judgement, rows: Mapping[str, Sequence[MentionRow]]) -> bool:
    return any(akin(mention.key, row.key) for mention in entry.mentions() for row in rows.get(mention.article, ()))


def _tied(session: Session, scope: Scope, entry: Judgement) -> set[str]:
    """Take a judgement in; the keys of those that it joins or names, as they are called now."""
    scope.entries[entry.number] = entry
    sides = [side for link in entry.links for side in link] + ([entry.of] if entry.of else [])
    keys = {mention.key for side in sides for mention in side}
    there = mentions_in(session, (mention.article for side in sides for mention in side))
    return keys | {row.key for row in there if any(akin(row.key, other) for other in keys)}


def akin(key: str, other: str) -> bool:
    """Whether two keys may be a shorter and a fuller form of one name: "raske" and "ilona raske"."""
    if key == other:
        return True
    some, others = key.split(), other.split()
    return some[-1:] == others[-1:] and (set(some) <= set(others) or set(others) <= set(some))


def pointed_at(scope: Scope, side: Side) -> MentionRow | None:
    """The mention by which a side is found: the first that is still there, else one of a kindred name in its article.

    A better reading may have found the full name where there was the family name alone.
    """
    exact = next((scope.found[mention] for mention in side if mention in scope.found), None)
    if exact is not None or not side:
        return exact
    wanted = defaultdict(list)
    for mention in side:
        wanted[mention.article].append(mention.key)
    kindred = (row for row in scope.rows.values() if any(akin(row.key, key) for key in wanted.get(row.article, ())))
    return min(kindred, key=lambda row: row.id, default=None)


@dataclass(slots=True)
class Arrangement:
    """Who is who: of each mention its person (the number of that one's first mention), its rule and its given name."""

    person: dict[int, int] = field(default_factory=dict)
    rule: dict[int, int | None] = field(default_factory=dict)
    called: dict[int, str] = field(default_factory=dict)


def people(scope: Scope) -> Arrangement:
    """The people of a scope."""
    entries = [scope.entries[number] for number in sorted(scope.entries)]
    sides = sides_of(entries)
    found, union = Arrangement(), Union()
    for group in _groups(scope, sides):
        found.rule |= group
        first, *others = group
        for other in others:
            union.join(first, other)
    for entry in entries:
        for left, right in entry.links:
            a, b = pointed_at(scope, left), pointed_at(scope, right)
            if a is not None and b is not None and not _parted(entry, a, b, sides):
                union.join(a.id, b.id)
    found.person = {number: union.first(number) for number in scope.rows}
    for entry in entries:
        row = pointed_at(scope, entry.of)
        if row is not None and entry.name is not None:
            found.called[found.person[row.id]] = entry.name
    return found


def _groups(scope: Scope, sides: Mapping[Mention, Sides]) -> Iterator[Mapping[int, int | None]]:
    by_key: dict[str, list[MentionRow]] = defaultdict(list)
    for row in scope.rows.values():
        by_key[row.key].append(row)
    for rows in by_key.values():
        yield from groups({row.id: trait(row, sides) for row in rows})


def trait(row: MentionRow, sides: Mapping[Mention, Sides]) -> Trait:
    """What the rules look at in a mention."""
    of = sides.get(Mention(row.article, row.key), frozenset())
    return trait_of(row.name, row.type, row.roles, row.published, of)


def _parted(entry: Judgement, a: MentionRow, b: MentionRow, sides: Mapping[Mention, Sides]) -> bool:
    """Whether a later judgement says that these two are different people."""
    of_a, of_b = (sides.get(Mention(row.article, row.key), frozenset()) for row in (a, b))
    return any(number > entry.number and (number, 1 - side) in of_b for number, side in of_a)


class Union:
    """Numbers that are one: each set goes by its smallest."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def first(self, number: int) -> int:
        """The smallest number of those that this one is one with."""
        while (above := self._above.get(number, number)) != number:
            self._above[number] = self._above.get(above, above)
            number = above
        return number

    def join(self, one: int, other: int) -> None:
        """Make two one."""
        low, high = sorted((self.first(one), self.first(other)))
        self._above[high] = low


def _write(session: Session, rows: Iterable[MentionRow], found: Arrangement) -> None:
    """Write down what has changed, and when."""
    now = today()
    changed = []
    for row in rows:
        person, rule, called = found.person[row.id], found.rule[row.id], found.called.get(row.id)
        if (person, rule, called) != (row.person, row.rule, row.called):
            changed.append({"id": row.id, "person": person, "rule": rule, "called": called, "decided": now})
    session.run_all(
        "UPDATE mention SET person = :person, rule = :rule, called = :called, decided = :decided WHERE id = :id",
        changed,
    )
