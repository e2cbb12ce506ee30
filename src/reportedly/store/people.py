"""The people of a library: listed, looked at, joined and parted. ``Library`` has all of it as methods."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportedly.errors import NotInLibraryError, QueryError
from reportedly.lexicon.surnames import plain_letters
from reportedly.store.arranging import Registered, akin, arrange, gathered, people, register
from reportedly.store.codes import SPEAKER_TYPES, code
from reportedly.store.database import Database, Session
from reportedly.store.describing import SUMS, by_number, day, described, summed
from reportedly.store.folding import words
from reportedly.store.identity import name_form
from reportedly.store.joining import RULES
from reportedly.store.judgements import (
    LONGEST_NAME,
    LONGEST_NOTE,
    MOST_ANCHORS,
    Act,
    Judgement,
    Log,
    Mention,
    Side,
    append,
    load,
    now,
)
from reportedly.store.mention_table import MentionRow, kind_of, mention_rows, mentions_in, split_roles
from reportedly.store.mentions import named
from reportedly.store.person_ids import PERSON, parts, values_of, written
from reportedly.store.persons import Appearance, Order, People, PeopleQuery, PersonFile, Suggestion
from reportedly.store.records import kept
from reportedly.store.suggestions import suggested

# People that are listed where a name may mean several.
MOST_CHOICES = 8

_ORDERS: Mapping[Order, str] = {
    "statements": "said DESC, m.person",
    "articles": "stories DESC, said DESC, m.person",
    "last": "last DESC, said DESC, m.person",
    "name": "min(m.key), m.person",
}


@dataclass(frozen=True, slots=True)
class Judge:
    """Who judges, and why."""

    by: str
    note: str = ""


class Logbook:
    """The log of a library as it stands in the database, read once and then only what has come since."""

    def __init__(self) -> None:
        self._log = Log()
        self._lock = threading.Lock()

    def read(self, session: Session) -> Log:
        """The log."""
        with self._lock:
            since = load(session, self._log.last)
            if since:
                self._log = Log([*self._log.entries, *since])
            return self._log


class PeopleDesk:
    """What ``Library`` does with people. ``name`` is how messages call the library."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.name = database.name
        self.logbook = Logbook()

    def there(self, session: Session, first: int, end: int) -> dict[str, int]:
        """The mentions that some statements have, by key: those numbered from ``first`` to before ``end``."""
        rows = session.rows(
            "SELECT key, id FROM mention WHERE id IN (SELECT mention FROM statement WHERE id >= :first AND id < :end)",
            first=first,
            end=end,
        )
        return dict(rows)

    def put(
        self, session: Session, article: int, statements: Sequence[Mapping[str, Any]], there: Mapping[str, int]
    ) -> tuple[list[int | None], Registered]:
        """Write down who speaks in an article's rows of statements; the number of each row's mention, if it has one.

        ``there`` are the mentions of the reading before. What is given back with the numbers is for ``settle``.
        """
        found, keys = named(statements)
        registered = register(session, self.logbook.read(session), article, found, there)
        return [registered.numbers[key] if key is not None else None for key in keys], registered

    def settle(self, session: Session, registered: Registered) -> None:
        """Work out who is who, once the statements are written."""
        arrange(session, self.logbook.read(session), registered.waiting, [registered.article])

    def listed(self, query: PeopleQuery) -> People:
        """The people that answer a query."""
        with self._database.reading() as session:
            condition, values = people_condition(session, query)
            total = session.value(f"SELECT count(DISTINCT m.person) FROM mention AS m WHERE {condition}", **values)  # noqa: S608
            rows = session.rows(
                f"{SUMS} WHERE {condition} GROUP BY m.person"
                f" ORDER BY {_ORDERS[query.sort]} LIMIT :limit OFFSET :offset",
                **values,
                limit=query.limit,
                offset=query.offset,
            )
            return People(tuple(described(session, rows)), int(total))

    def file(self, given: str) -> PersonFile:
        """All of a person. Raises NotInLibraryError where there is none, or the name may be several people's."""
        with self._database.reading() as session:
            log = self.logbook.read(session)
            person = self._found(session, given).person
            rows = mention_rows(session, "m.person = :person ORDER BY a.published, m.id", person=person)
            return PersonFile(
                person=next(described(session, summed(session, [person]))),
                appearances=tuple(_appearances(session, person)),
                judgements=tuple(_about(log, rows)),
            )

    def merge(self, one: str, other: str, judge: Judge, act: Act = "merge", score: float | None = None) -> Judgement:
        """Say that two are one."""
        with self._database.writing() as session:
            a, b = self._found(session, one), self._found(session, other)
            if a.person == b.person:
                raise QueryError(f"{one!r:.80} and {other!r:.80} are one person already")
            entry = self._entry(session, act, judge, [a, b])
            links = ((_anchors(session, a), _anchors(session, b)),)
            return self._judge(session, replace(entry, links=links, score=score))

    def reject(self, one: str, other: str, judge: Judge, score: float | None = None) -> Judgement:
        """Say that two are not one: they are not suggested again, and no rule will join them."""
        with self._database.writing() as session:
            a, b = self._found(session, one), self._found(session, other)
            if a.person == b.person:
                raise QueryError(f"{one!r:.80} and {other!r:.80} are one person; part them with split")
            entry = self._entry(session, "reject", judge, [a, b])
            apart = (_all_of(session, a.person), _all_of(session, b.person))
            return self._judge(session, replace(entry, apart=apart, score=score))

    def split(self, given: str, mentions: Sequence[str], judge: Judge) -> Judgement:
        """Say that some mentions of a person are those of another, who is one person too."""
        with self._database.writing() as session:
            log = self.logbook.read(session)
            row = self._found(session, given)
            rows = mention_rows(session, "m.person = :person ORDER BY m.id", person=row.person)
            moved = self._chosen(rows, mentions)
            stays = [one for one in rows if one not in moved]
            if not stays:
                raise QueryError("these are all mentions of that person; name those that are another's")
            entry = replace(
                self._entry(session, "split", judge, [stays[0], moved[0]]), apart=(_side(stays), _side(moved))
            )
            return self._judge(session, replace(entry, links=_still_one(session, log, entry, (stays, moved))))

    def rename(self, given: str, name: str, judge: Judge) -> Judgement:
        """Give a person another name to be shown under."""
        called = " ".join((kept(name) or "").split())
        if not 0 < len(called) <= LONGEST_NAME:
            raise QueryError(f"{name!r:.60}: a name has from 1 to {LONGEST_NAME} characters")
        with self._database.writing() as session:
            row = self._found(session, given)
            entry = self._entry(session, "rename", judge, [row])
            return self._judge(session, replace(entry, of=_anchors(session, row), name=called))

    def undo(self, number: int, judge: Judge) -> Judgement:
        """Take a judgement back, be it an undo itself."""
        with self._database.writing() as session:
            log = self.logbook.read(session)
            entry = log.entry(number)
            if entry is None:
                raise NotInLibraryError(self.name, f"there is no judgement {number}", "see the log")
            if not log.holds(entry):
                raise QueryError(f"judgement {number} is undone already")
            undo = replace(self._entry(session, "undo", judge, []), names=entry.names, undoes=entry.key)
            return self._judge(session, undo)

    def suggestions(self, given: str | None, limit: int, offset: int) -> tuple[Suggestion, ...]:
        """Pairs that may be one, the likeliest first; with ``given``, those with one person."""
        with self._database.reading() as session:
            only = self._found(session, given).person if given is not None else None
            pairs = suggested(session, self.logbook.read(session), only)[offset : offset + limit]
            people = by_number(session, sorted({number for pair in pairs for number in (pair.one, pair.other)}))
        return tuple(Suggestion(people[pair.one], people[pair.other], pair.score, pair.evidence) for pair in pairs)

    def score(self, one: str, other: str) -> float | None:
        """The score of the suggestion that two are one; None where that is not suggested."""
        with self._database.reading() as session:
            a, b = self._found(session, one), self._found(session, other)
            pairs = suggested(session, self.logbook.read(session), a.person)
        return next((pair.score for pair in pairs if b.person in (pair.one, pair.other)), None)

    def judgements(self) -> Iterator[Judgement]:
        """The log, from its first entry on."""
        with self._database.reading() as session:
            log = self.logbook.read(session)
        for entry in log.entries:
            yield replace(entry, undone=not log.holds(entry))

    def take_over(self, entries: Iterable[Judgement]) -> tuple[int, int]:
        """Put another library's judgements at the end of the log; how many were new, and how many there already."""
        with self._database.writing() as session:
            log = self.logbook.read(session)
            new: dict[str, Judgement] = {}
            known = 0
            for entry in entries:
                if entry.key in log or entry.key in new:
                    known += 1
                else:
                    new[entry.key] = append(session, entry)
            if new:
                longer = Log([*log.entries, *new.values()])
                _rearrange(session, longer, new.values())
            return len(new), known

    def _entry(self, session: Session, act: Act, judge: Judge, rows: Sequence[MentionRow]) -> Judgement:
        by = " ".join((kept(judge.by) or "").split())[:LONGEST_NAME]
        if not by:
            raise QueryError("by: a judgement names who judges")
        persons = {person: one.name for person, one in by_number(session, [row.person for row in rows]).items()}
        names = tuple(persons.get(row.person, row.name)[:LONGEST_NAME] for row in rows)
        return Judgement(act, by, now(), names, (kept(judge.note) or "")[:LONGEST_NOTE])

    def _judge(self, session: Session, entry: Judgement) -> Judgement:
        log = self.logbook.read(session)
        entry = append(session, entry)
        _rearrange(session, Log([*log.entries, entry]), [entry])
        return entry

    def _found(self, session: Session, given: str) -> MentionRow:
        """The mention that an id means, or the first of the one person who has that name."""
        as_id = parts(kept(given) or "")
        if as_id is not None:
            rows = mention_rows(session, f"m.person = {PERSON} ORDER BY m.id", **values_of(*as_id))
        else:
            large = " ".join(word[:1].upper() + word[1:] for word in given.split())  # a name may be typed small
            forms = (name_form(large, "person"), name_form(large, "body"))
            keys = {form.key for form in forms if form is not None}
            rows = [row for key in keys for row in mention_rows(session, "m.key = :key ORDER BY m.id", key=kept(key))]
        if len({row.person for row in rows}) == 1:
            return rows[0]
        if rows:
            which = by_number(session, list(dict.fromkeys(row.person for row in rows))[:MOST_CHOICES]).values()
            raise NotInLibraryError(
                self.name, f"{given!r:.80} may be {', '.join(one.id for one in which)}", "give one of these ids"
            )
        raise NotInLibraryError(
            self.name, f"nobody is called {given!r:.80}", "`reportedly speakers` lists people with their ids"
        )

    def _chosen(self, rows: Sequence[MentionRow], mentions: Sequence[str]) -> list[MentionRow]:
        """The mentions of a person that are meant, by their ids or by their articles'."""
        chosen = []
        for given in mentions:
            key, start = parts(given) or (None, given.strip().casefold())
            found = [
                row for row in rows if len(start) >= 4 and row.article.startswith(start) and key in (None, row.key)
            ]
            if not found:
                raise NotInLibraryError(
                    self.name, f"that person has no mention {given!r:.80}", "look at the person: it has the ids"
                )
            chosen += [row for row in found if row not in chosen]
        if not chosen:
            raise QueryError("no mention is given; name those that are another person's")
        return chosen


def _rearrange(session: Session, log: Log, entries: Iterable[Judgement]) -> None:
    """Work out anew who is who, after these entries came to the log."""
    roots = [log.root(entry) for entry in entries]
    keys = {mention.key for root in roots for mention in root.mentions()}
    # Where a side's own mention has gone, a kindred name in its article may have stood for it.
    sides = [side for root in roots for side in (*(side for link in root.links for side in link), root.of)]
    there = {row.key for row in mentions_in(session, (mention.article for side in sides for mention in side))}
    arrange(session, log, keys | {key for key in there if any(akin(key, other) for other in keys)})


def _still_one(
    session: Session, log: Log, entry: Judgement, parts: tuple[Sequence[MentionRow], ...]
) -> tuple[tuple[Side, Side], ...]:
    """The links that keep each part of a split one person, where what held it together went through the other part."""
    after = Log([*log.entries, replace(entry, number=log.last + 1)])
    scope = gathered(session, after, {row.key for rows in parts for row in rows})
    person = people(scope).person
    links = []
    for rows in parts:
        pieces: dict[int, list[MentionRow]] = defaultdict(list)
        for row in rows:
            pieces[person[row.id]].append(row)
        first, *others = pieces.values()
        links += [(_side(first[:MOST_ANCHORS]), _side(other[:MOST_ANCHORS])) for other in others]
    return tuple(links)


def _side(rows: Iterable[MentionRow]) -> Side:
    return tuple(Mention(row.article, row.key) for row in rows)


def _all_of(session: Session, person: int) -> Side:
    return _side(mention_rows(session, "m.person = :person ORDER BY m.id", person=person))


def _anchors(session: Session, row: MentionRow) -> Side:
    """The mention that was pointed at, and others of that name and person, should it go."""
    alike = mention_rows(
        session,
        "m.person = :person AND m.key = :key ORDER BY m.id LIMIT :most",
        person=row.person,
        key=row.key,
        most=MOST_ANCHORS,
    )
    return _side([row, *(other for other in alike if other.id != row.id)])


def _about(log: Log, rows: Sequence[MentionRow]) -> Iterator[Judgement]:
    """The entries that name one of these mentions, those that are undone too, in order."""
    there = {Mention(row.article, row.key) for row in rows}
    for entry in log.entries:
        if not there.isdisjoint(log.root(entry).mentions()):
            yield replace(entry, undone=not log.holds(entry))


def people_condition(session: Session, query: PeopleQuery) -> tuple[str, dict[str, Any]]:
    """Which mentions ``m`` those of the people are that are asked for, with values."""
    conditions, values = ["1 = 1"], dict[str, Any]()
    begun = _plain_words(query.like)
    if begun:
        called = [person for person, name in session.rows(_CALLED) if _begin(begun, name)]
        those, values["chosen"] = session.chosen(called)
        alike = " AND ".join(f"(' ' || key) LIKE :like{'x' * k}" for k in range(len(begun)))
        conditions.append(f"m.person IN (SELECT person FROM mention WHERE ({alike}) OR person IN {those})")  # noqa: S608
        values |= {f"like{'x' * k}": f"% {word}%" for k, word in enumerate(begun)}
    if query.type is not None:
        conditions.append("m.person IN (SELECT person FROM mention WHERE type = :type)")
        values["type"] = code(SPEAKER_TYPES, query.type)
    if query.outlet is not None:
        conditions.append(
            "m.person IN (SELECT n.person FROM mention AS n JOIN article AS b ON b.id = n.article"
            " JOIN outlet AS o ON o.id = b.outlet WHERE o.name = :outlet)"
        )
        values["outlet"] = kept(query.outlet)
    if query.joined is not None:
        whether = "" if query.joined else "NOT "
        conditions.append(f"m.person {whether}IN (SELECT person FROM mention GROUP BY person HAVING count(*) > 1)")  # noqa: S608
    return " AND ".join(conditions), values


_CALLED = "SELECT person, called FROM mention WHERE called IS NOT NULL"


def _begin(begun: Sequence[str], name: str) -> bool:
    return all(any(word.startswith(start) for word in _plain_words(name)) for start in begun)


def _plain_words(text: str) -> list[str]:
    return [word for word, _ in words(plain_letters(text))]


def _appearances(session: Session, person: int) -> Iterator[Appearance]:
    rows = session.rows(
        "SELECT m.key, a.hash, m.name, m.type, m.roles, o.name, a.published, m.statements, m.rule, m.decided"
        " FROM mention AS m JOIN article AS a ON a.id = m.article LEFT JOIN outlet AS o ON o.id = a.outlet"
        " WHERE m.person = :person ORDER BY a.published, m.id",
        person=person,
    )
    for key, article, name, kind, roles, outlet, published, statements, rule, decided in rows:
        yield Appearance(
            id=written(key, article),
            article=article,
            name=name,
            type=kind_of(kind),
            roles=tuple(split_roles(roles)),
            outlet=outlet,
            published=day(published),
            statements=statements,
            rule=RULES[rule][0] if rule is not None else None,
            score=RULES[rule][1] if rule is not None else None,
            decided=day(decided) or "",
        )
