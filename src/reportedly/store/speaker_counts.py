"""How many of the statements found each speaker has: people where mentions are joined, else names as they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from reportedly.store.database import Session
from reportedly.store.describing import described, summed
from reportedly.store.results import Count, PersonCount


class _Found(Protocol):
    """A statement: its speaker by name, and as a mention where it has a name that can be met elsewhere."""

    @property
    def speaker(self) -> str | None:
        """The name."""

    @property
    def mention(self) -> int | None:
        """The number of the mention."""


def speaker_counts(session: Session, found: Sequence[_Found], most: int) -> tuple[tuple[Count, ...], int]:
    """The speakers with the most statements, and how many others there are."""
    joined = _joined(session, {row.mention for row in found if row.mention is not None})
    people = Counter(joined[row.mention] for row in found if row.mention in joined)
    names = Counter(row.speaker for row in found if row.speaker is not None and row.mention not in joined)
    first = people.most_common(most)
    shown = [
        PersonCount(person.name, people[row[0]], person.id)
        for rows in [summed(session, [number for number, _ in first])]
        for row, person in zip(rows, described(session, rows), strict=True)
    ]
    counts = [*shown, *(Count(name, count) for name, count in names.most_common(most))]
    best = sorted(counts, key=lambda one: (-one.count, one.value))[:most]
    return tuple(best), len(people) + len(names) - len(best)


def _joined(session: Session, mentions: set[int]) -> dict[int, int]:
    """Of these mentions those that are joined with others, each with its person."""
    chosen, numbers = session.chosen(sorted(mentions))
    return dict(
        session.rows(
            f"SELECT m.id, m.person FROM mention AS m WHERE m.id IN {chosen} AND (m.person <> m.id"  # noqa: S608
            " OR EXISTS (SELECT 1 FROM mention AS o WHERE o.person = m.id AND o.id <> m.id))",
            chosen=numbers,
        )
    )
