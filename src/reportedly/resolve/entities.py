"""The speakers of an article while they are being found, and what grammar lets stand for them."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping
from dataclasses import dataclass, field

from reportedly.lexicon.people import Gender, Pronoun
from reportedly.resolve.names import fold
from reportedly.resolve.sources import Form
from reportedly.schema import Span, SpeakerType

PEOPLE: tuple[SpeakerType, ...] = ("person", "unnamed")
BODIES: tuple[SpeakerType, ...] = ("organisation", "outlet", "document")
MANY: tuple[SpeakerType, ...] = ("group", "unnamed", "organisation")


@dataclass(slots=True, eq=False)
class Entity:
    """Somebody or something that may speak: a name or description, where it is mentioned, what is known of it.

    ``mention`` is the span that shows the name; ``mentions`` are all the places, in order; ``kinds`` add up
    the probabilities of each type over the statements; ``roles`` stand in its sources, ``beside`` next to its
    name anywhere (None until it is looked for).
    """

    name: str
    mention: Span
    form: Form
    head: str = ""
    gender: Gender | None = None
    plural: bool = False
    mentions: list[Span] = field(default_factory=list)
    kinds: dict[SpeakerType, float] = field(default_factory=dict)
    roles: list[Span] = field(default_factory=list)
    beside: list[tuple[Span, ...]] | None = None

    @property
    def type(self) -> SpeakerType:
        """The likeliest type over all statements; "unknown" for one who has not spoken."""
        return max(self.kinds, key=lambda kind: self.kinds[kind], default="unknown")

    @property
    def key(self) -> tuple[str, ...]:
        """The folded words of the name."""
        return fold(self.name)

    def note(self, span: Span, kinds: Mapping[SpeakerType, float]) -> None:
        """Take in one more statement, made under this mention."""
        if span not in self.mentions:
            insort(self.mentions, span)
        for kind, share in kinds.items():
            self.kinds[kind] = self.kinds.get(kind, 0.0) + share

    def last_before(self, at: int) -> int:
        """Where the entity is mentioned last before a place; -1 where it is not."""
        k = bisect_left(self.mentions, (at, at))
        return self.mentions[k - 1][0] if k else -1

    def covers(self, at: int) -> bool:
        """Whether a place lies in one of the mentions."""
        k = bisect_left(self.mentions, (at + 1, -1))
        return any(start <= at < end for start, end in self.mentions[max(0, k - 2) : k])

    def fits(self, said: Pronoun) -> bool:
        """Whether the pronoun has the very gender or number that is known of this entity."""
        return self.gender == said.gender or (self.plural and said.base == "they")

    def agrees(self, said: Pronoun) -> bool:
        """Whether number, gender and animacy let the pronoun stand for this entity."""
        kind = self.type
        if said.number == "plural":
            return self.plural or kind in MANY
        if said.animate == "no" or said.gender == "n":
            return kind in BODIES
        if said.gender in ("f", "m"):
            return self.gender in (None, said.gender) and not self.plural and kind in (*PEOPLE, "unknown")
        return True
