"""What was judged about people: a log that only grows, and what of it holds now.

A judgement hangs on mentions, and a mention is a name in an article: the article's hash and the name's folded words. So
it outlives a reading by another model, and goes along into another library that has the article. Each entry says one or
both of two things: that mentions belong together (``links``), or that they do not (``apart``); an undo takes back
another entry, even another undo. After nomenklatura's resolver, which keeps judgements of records in the same manner
(https://github.com/opensanctions/nomenklatura).
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

from reportedly.errors import SchemaError
from reportedly.schema.fields import Fields, line
from reportedly.store.database import Session
from reportedly.store.records import kept

Act = Literal["merge", "confirm", "split", "reject", "rename", "undo"]

VERSION = 1
# Mentions by which one side of a link can be found again, at most: if all of them go, nobody knows who was meant.
MOST_ANCHORS = 20
# Longest note, name and signature, in characters.
LONGEST_NOTE, LONGEST_NAME = 1000, 200
# Mentions in one entry that is read from a file.
MOST_MENTIONS = 200_000


class Mention(NamedTuple):
    """A name in an article: the article's hash, and the name's folded words."""

    article: str
    key: str


# The mentions of one who is judged about; the first is the one that was pointed at.
Side = tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """An entry of the log.

    ``names`` are those of the people at that time, to be read; ``by`` is who judged, ``at`` when (ISO, UTC). ``score``
    (0 to 1) and ``note`` are those of a suggestion that was confirmed or rejected, or the judge's own note.
    ``apart`` are two sides that are different people, ``links`` pairs of sides that are one. ``name`` is a new name for
    the person ``of``; ``undoes`` is the ``key`` of another entry. ``number`` is its place in this library's log, and
    ``undone`` whether it was taken back there.
    """

    act: Act
    by: str
    at: str
    names: tuple[str, ...] = ()
    note: str = ""
    score: float | None = None
    links: tuple[tuple[Side, Side], ...] = ()
    apart: tuple[Side, Side] | None = None
    of: Side = ()
    name: str | None = None
    undoes: str | None = None
    number: int = 0
    undone: bool = False

    @property
    def key(self) -> str:
        """What stands for the entry in every library: 16 hexadecimal digits of the hash of what it says."""
        return hashlib.sha256(self._body().encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def mentions(self) -> Iterator[Mention]:
        """Every mention that it names."""
        for side in (*(side for link in self.links for side in link), *(self.apart or ()), self.of):
            yield from side

    def to_record(self) -> dict[str, Any]:
        """The entry as JSON types, as it is to be read: without its mentions."""
        fields = ("number", "act", "by", "at", "names", "note", "score", "name", "undone")
        return {name: getattr(self, name) for name in fields}

    def to_json(self) -> str:
        """The entry as one line of JSON, as ``from_json`` reads it in any library."""
        return line({"judgement": VERSION, "key": self.key, **json.loads(self._body())})

    def _body(self) -> str:
        return line(
            {
                "act": self.act,
                "by": self.by,
                "at": self.at,
                "names": list(self.names),
                "note": self.note,
                "score": self.score,
                "links": [[_packed(one), _packed(other)] for one, other in self.links],
                "apart": [_packed(side) for side in self.apart] if self.apart is not None else None,
                "of": _packed(self.of),
                "name": self.name,
                "undoes": self.undoes,
            }
        )

    @classmethod
    def from_json(cls, text: str, where: str = "judgement") -> Judgement:
        """The entry that a line of JSON holds. Raises SchemaError for anything else."""
        try:
            fields = Fields(json.loads(text), where)
        except (ValueError, RecursionError) as error:
            raise SchemaError(f"{where}: not JSON: {error}") from error
        if fields.whole("judgement") != VERSION:
            raise SchemaError(f"{where}: not a judgement of version {VERSION}; print it with `speakers LIBRARY log`")
        apart = _unpacked_pairs(fields, "apart", [fields.record.get("apart")] if fields.record.get("apart") else [])
        found = cls(
            act=fields.required_choice("act", Act),
            by=_text(fields, "by", LONGEST_NAME),
            at=_time(fields.text("at"), where),
            names=_names(fields),
            note=_text(fields, "note", LONGEST_NOTE),
            score=fields.number("score"),
            links=tuple(_unpacked_pairs(fields, "links", fields.record.get("links") or [])),
            apart=apart[0] if apart else None,
            of=_unpacked(fields, "of", fields.record.get("of")),
            name=_text(fields, "name", LONGEST_NAME) or None,
            undoes=fields.optional_text("undoes"),
        )
        if (found.undoes is None) is (found.act == "undo") or (found.name is None) is (found.act == "rename"):
            raise SchemaError(f"{where}: an undo says what it undoes, a rename the name, and nothing else does")
        return found


def _packed(side: Side) -> list[list[str]]:
    """The mentions by name: [["ada brek", "86ac69630707ac84", ...], ...]."""
    by_key: dict[str, list[str]] = {}
    for mention in side:
        by_key.setdefault(mention.key, [mention.key]).append(mention.article)
    return list(by_key.values())


def _unpacked(fields: Fields, key: str, value: Any) -> Side:
    rows = value if value is not None else []
    if not isinstance(rows, list) or not all(
        isinstance(row, list) and len(row) > 1 and all(isinstance(text, str) for text in row) for row in rows
    ):
        raise SchemaError(f"{fields.where}: {key}: mentions are [[name, article, ...], ...]")
    side = tuple(Mention(kept(article) or "", kept(row[0]) or "") for row in rows for article in row[1:])
    if len(side) > MOST_MENTIONS:
        raise SchemaError(f"{fields.where}: {key}: more than {MOST_MENTIONS:,} mentions")
    return side


def _unpacked_pairs(fields: Fields, key: str, value: Any) -> list[tuple[Side, Side]]:
    if not isinstance(value, list) or not all(isinstance(pair, list) and len(pair) == 2 for pair in value):
        raise SchemaError(f"{fields.where}: {key}: two sides belong here, each with its mentions")
    return [(_unpacked(fields, key, one), _unpacked(fields, key, other)) for one, other in value]


def _names(fields: Fields) -> tuple[str, ...]:
    value = fields.record.get("names") or []
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise SchemaError(f"{fields.where}: names is a list of texts")
    return tuple((kept(name) or "")[:LONGEST_NAME] for name in value[:10])


def _text(fields: Fields, key: str, longest: int) -> str:
    return (kept(fields.optional_text(key)) or "")[:longest]


def _time(text: str, where: str) -> str:
    try:
        return datetime.fromisoformat(text).astimezone(UTC).isoformat(timespec="microseconds")
    except (ValueError, OverflowError) as error:
        raise SchemaError(f"{where}: at {text!r:.40} is no time; write it as 2034-09-13T08:15:00+00:00") from error


def now() -> str:
    """The time, as entries have it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


class Log:
    """The judgements of a library in order, and what of them holds."""

    def __init__(self, entries: Iterable[Judgement] = ()) -> None:
        self.entries = list(entries)
        self._by_key = {entry.key: entry for entry in self.entries}
        self._undone: set[str] = set()
        self.holding = self._holding()
        # Names of which somebody said that they are different people's.
        self.parted = {mention.key for entry in self.holding for side in entry.apart or () for mention in side}
        self._by_article: dict[str, list[Judgement]] = defaultdict(list)
        for entry in self.holding:
            for article in {mention.article for mention in entry.mentions()}:
                self._by_article[article].append(entry)

    def _holding(self) -> list[Judgement]:
        """The entries that say something and are not undone, in order.

        An undo comes after what it undoes: from the newest on, each is known to hold or not when its turn comes.
        """
        found = []
        for entry in reversed(self.entries):
            if entry.key in self._undone:
                continue
            if entry.undoes is not None:
                self._undone.add(entry.undoes)
            else:
                found.append(entry)
        return found[::-1]

    def __contains__(self, key: str) -> bool:
        return key in self._by_key

    @property
    def last(self) -> int:
        """The number of the newest entry; 0 where there is none."""
        return self.entries[-1].number if self.entries else 0

    def entry(self, number: int) -> Judgement | None:
        """The entry with a number."""
        return next((entry for entry in self.entries if entry.number == number), None)

    def holds(self, entry: Judgement) -> bool:
        """Whether an entry is not undone."""
        return entry.key not in self._undone

    def root(self, entry: Judgement) -> Judgement:
        """The entry that an undo, or the undo of an undo, is about at last; an entry of another kind is its own."""
        while entry.undoes is not None and entry.undoes in self._by_key:
            entry = self._by_key[entry.undoes]
        return entry

    def about(self, articles: Iterable[str]) -> list[Judgement]:
        """The entries that hold and name a mention in one of these articles, by their hashes; in order."""
        found = {entry.number: entry for article in articles for entry in self._by_article.get(article, ())}
        return [found[number] for number in sorted(found)]


def load(session: Session, since: int = 0) -> list[Judgement]:
    """The entries after a number."""
    rows = session.rows("SELECT id, entry FROM judgement WHERE id > :since ORDER BY id", since=since)
    return [replace(Judgement.from_json(entry), number=int(number)) for number, entry in rows]


def append(session: Session, entry: Judgement) -> Judgement:
    """Write an entry down at the end of the log."""
    number = session.inserted("judgement", key=entry.key, entry=entry.to_json())
    return replace(entry, number=number)


def sides_of(entries: Iterable[Judgement]) -> Mapping[Mention, frozenset[tuple[int, int]]]:
    """For each mention, on which side of which entry it stands that tells people apart."""
    found: dict[Mention, set[tuple[int, int]]] = defaultdict(set)
    for entry in entries:
        for side, mentions in enumerate(entry.apart or ()):
            for mention in mentions:
                found[mention].add((entry.number, side))
    return {mention: frozenset(sides) for mention, sides in found.items()}
