"""People's own columns: what only people may say of a speaker, each value with who wrote it and when.

Nothing here is ever inferred. Values are kept by the id of a person's mention; every change keeps what was before it,
and can be undone as long as nobody has written over it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from reportedly.errors import QueryError
from reportedly.store.database import Session
from reportedly.store.describing import described, summed
from reportedly.store.identity import name_form
from reportedly.store.library import Library
from reportedly.store.person_ids import PERSON, parts, values_of, written
from reportedly.store.records import kept
from reportedly.store.selection import OWN, among

# Longest heading and value, and most columns: a table that a person fills in.
LONGEST_HEADING, LONGEST_VALUE, MOST_HEADINGS = 60, 300, 40
# Speakers whose values are looked up at once.
PAGE = 1000

# The rows of one person, under whichever of their mentions they were written.
_OF_PERSON = (
    "SELECT w.id FROM own_value AS w JOIN article AS x ON x.hash = w.article"  # noqa: S608 - no value is in it
    f" JOIN mention AS n ON n.article = x.id AND n.key = w.key WHERE n.person = {PERSON}"
)


@dataclass(frozen=True, slots=True)
class Own:
    """What stands in an own column of a speaker; empty where that was taken back.

    ``speaker`` is the id of a person (``Library.people``). In a sheet it may be their name.
    """

    speaker: str
    heading: str
    value: str


@dataclass(frozen=True, slots=True)
class OwnChange:
    """What was written together: by whom, when (ISO, UTC), how many values, and one of them."""

    number: int
    author: str
    made: str
    values: int
    sample: Own
    can_be_undone: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in the own columns of somebody: by heading. ``person`` is the id, ``name`` what it is of."""

    person: str
    name: str
    own: dict[str, str]


def headings(library: Library) -> tuple[str, ...]:
    """The own columns in which anything stands, in the order of the alphabet."""
    with library._database.reading() as session:
        return _headings(session)


def _headings(session: Session) -> tuple[str, ...]:
    rows = session.rows("SELECT DISTINCT heading FROM own_value WHERE current = 1 AND value <> '' ORDER BY heading")
    return tuple(row[0] for row in rows)


def own_of(session: Session, persons: Sequence[int]) -> dict[int, dict[str, str]]:
    """What stands in the own columns of some people: by their numbers, then by heading."""
    those, given = session.chosen(persons)
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for person, heading, value in session.rows(
        f"SELECT v.person, v.heading, v.value FROM {OWN} AS v WHERE v.person IN {those} ORDER BY v.heading",  # noqa: S608
        chosen=given,
    ):
        found[person][heading] = value
    return found


def own_entries(library: Library) -> Iterator[Entry]:
    """Everybody of whom anything stands in an own column, with all of that."""
    last = 0
    while True:
        with library._database.reading() as session:
            rows = session.rows(
                f"SELECT DISTINCT v.person FROM {OWN} AS v WHERE v.person > :last ORDER BY v.person LIMIT :page",  # noqa: S608
                last=last,
                page=PAGE,
            )
            numbers = [int(row[0]) for row in rows]
            own, sums = own_of(session, numbers), summed(session, numbers)
            people = {row[0]: person for row, person in zip(sums, described(session, sums), strict=True)}
        if not rows:
            return
        last = numbers[-1]
        yield from (Entry(people[number].id, people[number].name, own[number]) for number in numbers)


def own_columns(library: Library, person: str) -> dict[str, str]:
    """What stands in the own columns of one person."""
    with library._database.reading() as session:
        number = session.value(f"SELECT {PERSON}", **values_of(*(parts(kept(person) or "") or ("", ""))))
        return own_of(session, [number]).get(number, {}) if number is not None else {}


def write_own(library: Library, values: Iterable[Own], author: str) -> int:
    """Write values into own columns of people; how many of them were not there already.

    All are kept, or none. Raises QueryError for a heading or a value that is too long, for too many columns, and for
    an id that nobody has.
    """
    given = [_clean(one) for one in values]
    with library._database.writing() as session:
        who = _persons(session, {one.speaker for one in given})
        strangers = [one.speaker for one in given if one.speaker not in who]
        if strangers:
            raise QueryError(f"{strangers[0]!r:.80}: the library has nobody with this id")
        # Two ids may be of one person: the last word on a column is theirs.
        last = {(who[one.speaker], one.heading): one for one in given}
        own = own_of(session, sorted({person for person, _ in last}))
        told = [(one, own.get(person, {}).get(heading, "")) for (person, heading), one in last.items()]
        new = [(one, before) for one, before in told if one.value != before]
        columns = {*_headings(session), *(one.heading for one, _ in new if one.value)}
        if len(columns) > MOST_HEADINGS:
            raise QueryError(f"{len(columns)} own columns: there can be {MOST_HEADINGS}")
        _write(session, new, author)
    return len(new)


def undo_own(library: Library, number: int, author: str) -> int:
    """Take a change back where nobody has written over it since; how many values that gave back."""
    with library._database.writing() as session:
        rows = session.rows(
            "SELECT speaker, heading, before, value FROM own_value WHERE change = :change AND current = 1 ORDER BY id",
            change=number,
        )
        _write(session, [(Own(*own), value) for *own, value in rows], author)
    return len(rows)


def own_changes(library: Library, limit: int = 20, person: str | None = None) -> tuple[OwnChange, ...]:
    """What was written, the last first; perhaps of one person alone."""
    key, low = parts(kept(person) or "") or ("", "")
    of = f"WHERE id IN ({_OF_PERSON})" if person is not None else ""
    with library._database.reading() as session:
        rows = session.rows(
            "SELECT v.change, v.author, v.made, g.n, v.speaker, v.heading, v.value, g.undo"  # noqa: S608 - no value is in it
            " FROM own_value AS v JOIN (SELECT min(id) AS first, count(*) AS n, max(current) AS undo FROM own_value"
            f" {of} GROUP BY change) AS g ON g.first = v.id"
            " ORDER BY v.change DESC LIMIT :limit",
            limit=limit,
            **(values_of(key, low) if person is not None else {}),
        )
    return tuple(
        OwnChange(int(number), author, made, int(n), Own(*own), bool(undo))
        for number, author, made, n, *own, undo in rows
    )


def ids_of(library: Library, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The ids of the people who are called so, or have this id: none where nobody is, several where several are."""
    asked = sorted(set(names))
    keys = {name: _keys(name) for name in asked if parts(name) is None}
    found: dict[str, tuple[str, ...]] = {}
    with library._database.reading() as session:
        people = _people_of_keys(session, sorted({key for given in keys.values() for key in given}))
        known = _persons(session, {name for name in asked if name not in keys})
        for name in asked:
            if name in keys:
                ids = {person: id_ for key in keys[name] for person, id_ in people.get(key, {}).items()}
                found[name] = tuple(sorted(ids.values()))
            else:
                found[name] = (name,) if name in known else ()
    return found


def _keys(name: str) -> set[str]:
    """The folded words under which a name may stand: a person's or an organisation's."""
    forms = (name_form(kept(name) or "", "person"), name_form(kept(name) or "", "body"))
    return {form.key for form in forms if form is not None}


def _people_of_keys(session: Session, keys: Sequence[str]) -> dict[str, dict[int, str]]:
    """Whose names these are: for each the numbers of people, with an id of theirs."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for at in range(0, len(keys), PAGE):
        those, given = among(session, keys[at : at + PAGE])
        for key, person, hash_ in session.rows(
            "SELECT m.key, m.person, min(a.hash) FROM mention AS m JOIN article AS a ON a.id = m.article"  # noqa: S608
            f" WHERE m.key IN {those} GROUP BY m.key, m.person ORDER BY m.key, m.person",
            names=given,
        ):
            found[key][int(person)] = written(key, hash_)
    return found


def _persons(session: Session, ids: Iterable[str]) -> dict[str, int]:
    """The numbers of people by their ids; those that are nobody's are left out."""
    found = {}
    for given in ids:
        number = session.value(f"SELECT {PERSON}", **values_of(*(parts(kept(given) or "") or ("", ""))))
        if number is not None:
            found[given] = int(number)
    return found


def _clean(own: Own) -> Own:
    heading, value = " ".join((kept(own.heading) or "").split()), " ".join((kept(own.value) or "").split())
    if not heading or len(heading) > LONGEST_HEADING:
        raise QueryError(f"{own.heading!r:.80}: a column's heading has 1 to {LONGEST_HEADING} characters")
    if len(value) > LONGEST_VALUE:
        raise QueryError(f"{value!r:.80}: what stands in a column has at most {LONGEST_VALUE} characters")
    return Own(own.speaker, heading, value)


def _write(session: Session, values: Sequence[tuple[Own, str]], author: str) -> None:
    """Write values down, each with what stood there before."""
    if not values:
        return
    change = int(session.value("SELECT max(change) FROM own_value") or 0) + 1
    made = datetime.now(UTC).isoformat(timespec="seconds")
    rows: list[dict[str, object]] = []
    for one, before in values:
        key, low = parts(kept(one.speaker) or "") or ("", "")
        hash_ = session.value(
            "SELECT a.hash FROM mention AS m JOIN article AS a ON a.id = m.article"
            " WHERE m.key = :key AND a.hash >= :low AND a.hash < :high ORDER BY m.id LIMIT 1",
            key=key,
            low=low,
            high=low + "g",
        )
        about = {
            "speaker": one.speaker,
            "heading": one.heading,
            "value": one.value,
            "before": before,
            "key": key,
            "article": hash_,
        }
        rows.append({**about, "author": author, "made": made, "change": change, "current": 1})
    # What stood there before, under whichever mention of the person it was written, holds no longer.
    session.run_all(
        f"UPDATE own_value SET current = 0 WHERE heading = :heading AND current = 1 AND id IN ({_OF_PERSON})",  # noqa: S608
        [{"heading": one.heading, **values_of(*(parts(kept(one.speaker) or "") or ("", "")))} for one, _ in values],
    )
    session.insert("own_value", rows)
