"""Who may be one person: pairs that no rule joins, each with how likely it is and what speaks for and against it.

Only those are compared whose names sound alike (``likeness``). Nothing is kept: what is suggested follows from the
mentions and the log as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import product

from reportedly.lexicon.surnames import frequent_surnames
from reportedly.store.arranging import Union
from reportedly.store.candidates import Someone, candidates, everybody
from reportedly.store.database import Session
from reportedly.store.judgements import Log, Mention, sides_of
from reportedly.store.likeness import Likeness
from reportedly.store.mention_table import mention_rows
from reportedly.store.mentions import roles_of
from reportedly.store.roles import Match, best
from reportedly.store.selection import among

# What is added to what the names say: set on the clusters of benchmarks/people.py, but for the "untouched".
_ROLES: Mapping[Match, float] = {
    Match.CLASH: -0.3,
    Match.OPEN: 0.0,
    Match.FIELD: 0.05,
    Match.ROLE: 0.15,
    Match.PLACE: 0.2,
    Match.OFFICE: 0.25,
}
_COMPANY, _MOST_COMPANY, _OUTLET, _SAME_NEWS = 0.1, 0.3, 0.03, 0.08
_BESIDE, _LONG_AGO, _FREQUENT, _RIVAL = -0.35, -0.1, -0.1, -0.2
# Days between two within which it is the same news, and from which on it is long ago.
SAME_NEWS, LONG_AGO = 14, 3 * 365
# Suggestions below this are not made.
LEAST_SCORE = 0.4
# Two candidates for one short name whose scores are as near as this are rivals.
RIVALS = 0.1
# Suggestions for one who is known by a short name alone: the best ones.
MOST_FOR_SHORT = 3
# Roles of one person that are looked at.
MOST_ROLES = 12


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people, by number, how likely they are one, and why."""

    one: int
    other: int
    score: float
    evidence: tuple[str, ...]


def suggested(session: Session, log: Log, only: int | None = None) -> list[Pair]:
    """All pairs that may be one, or those with one person; the likeliest first."""
    people = everybody(session)
    refused = _sides(session, log)
    pairs: dict[tuple[int, int], Pair | None] = {}
    for one, other, names in candidates(people.values(), only):
        a, b = (one, other) if one.number < other.number else (other, one)
        key = (a.number, b.number)
        if key not in pairs and (only is None or only in key):
            pairs[key] = weighed(a, b, names, people) if not (refused and _parted(refused, *key)) else None
    kept = _best_for_short((pair for pair in pairs.values() if pair is not None), people)
    return list(_without_detours(sorted(kept, key=lambda pair: (-pair.score, pair.one, pair.other))))


def _without_detours(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """The pairs but those whose people better pairs tie to each other already: of three alike, two pairs are enough."""
    tied = Union()
    for pair in pairs:
        if tied.first(pair.one) != tied.first(pair.other):
            tied.join(pair.one, pair.other)
            yield pair


def weighed(a: Someone, b: Someone, names: Likeness, people: Mapping[int, Someone]) -> Pair | None:
    """How likely two are one, and why; None where that is not worth saying."""
    found = [names, *_of_roles(a, b), *_of_place_and_time(a, b)]
    # The rest is costly, and cannot make up for more than this.
    if sum(weight for weight, _ in found) + _MOST_COMPANY < LEAST_SCORE:
        return None
    found += _of_company(a, b, people)
    if (a.is_short or b.is_short) and any(form.words[-1] in frequent_surnames() for form in a.forms):
        found.append((_FREQUENT, "a frequent family name"))
    score = min(max(sum(weight for weight, _ in found), 0.0), 0.98)
    if score < LEAST_SCORE:
        return None
    return Pair(a.number, b.number, round(score, 3), tuple(words for _, words in found))


def _of_roles(a: Someone, b: Someone) -> Iterator[Likeness]:
    if not a.roles or not b.roles:
        return
    pairs = product(sorted(a.roles)[:MOST_ROLES], sorted(b.roles)[:MOST_ROLES])
    match, x, y = max((_match(x, y), x, y) for x, y in pairs)
    if match is Match.CLASH:
        yield _ROLES[match], f"roles that do not go together: {x} / {y}"
    elif match is not Match.OPEN:
        yield _ROLES[match], f"roles that go together: {x} / {y}" if x != y else f"one role: {x}"


@lru_cache(200_000)
def _match(role: str, other: str) -> Match:
    return best(roles_of(role), roles_of(other))


def _of_place_and_time(a: Someone, b: Someone) -> Iterator[Likeness]:
    if a.articles & b.articles:
        yield _BESIDE, "both speak in one article"
    elif a.outlets & b.outlets:
        yield _OUTLET, "in one outlet"
    if a.days and b.days:
        days = _between(a.days, b.days)
        if days <= SAME_NEWS:
            yield _SAME_NEWS, f"within {SAME_NEWS} days"
        elif days > LONG_AGO:
            yield _LONG_AGO, f"{days // 365} years apart"


def _between(some: Sequence[int], others: Sequence[int]) -> int:
    """Days between the times in which two were in the news; 0 where these overlap."""
    later, earlier = max(some[0], others[0]), min(some[1], others[1])
    return max(0, _ordinal(later) - _ordinal(earlier)) if later > earlier else 0


@lru_cache(20_000)
def _ordinal(day: int) -> int:
    return date(day // 10_000, day // 100 % 100, day % 100).toordinal()


def _of_company(a: Someone, b: Someone, people: Mapping[int, Someone]) -> Iterator[Likeness]:
    met = (a.company & b.company) - {a.number, b.number}
    if met:
        shared = sorted(max(people[number].names, key=len) for number in met)
        names = ", ".join(shared[:3]) + (f" and {len(shared) - 3} more" if len(shared) > 3 else "")
        yield min(_COMPANY * len(shared), _MOST_COMPANY), f"both in the news with {names}"


def _best_for_short(pairs: Iterable[Pair], people: Mapping[int, Someone]) -> Iterator[Pair]:
    """The pairs, but for a short name only the best; these count for less where several might be meant."""
    by_short: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        one, other = people[pair.one], people[pair.other]
        if one.is_short == other.is_short:
            yield pair
        else:
            by_short[one.number if one.is_short else other.number].append(pair)
    for found in by_short.values():
        found.sort(key=lambda pair: (-pair.score, pair.one, pair.other))
        has_rivals = len(found) > 1 and found[0].score - found[1].score < RIVALS
        for pair in found[:MOST_FOR_SHORT]:
            if not has_rivals:
                yield pair
            elif pair.score + _RIVAL >= LEAST_SCORE:
                others = (*pair.evidence, f"{len(found) - 1} others may be meant as well")
                yield replace(pair, score=round(pair.score + _RIVAL, 3), evidence=others)


Refused = Mapping[int, frozenset[tuple[int, int]]]


def _sides(session: Session, log: Log) -> Refused:
    """On which sides of judgements that tell people apart each person has mentions."""
    if not log.parted:
        return {}
    sides = sides_of(log.holding)
    those, given = among(session, sorted(log.parted))
    found: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for row in mention_rows(session, f"m.key IN {those}", names=given):
        found[row.person] |= sides.get(Mention(row.article, row.key), frozenset())
    return {person: frozenset(of) for person, of in found.items()}


def _parted(refused: Refused, one: int, other: int) -> bool:
    return any((number, 1 - side) in refused.get(other, ()) for number, side in refused.get(one, ()))
