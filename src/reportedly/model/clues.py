"""What the sourcing heads say of an article, as spans of its text: the raw material of ``resolve``.

Attributions are named by their *anchor*: the offset at which their first cue begins, or their first content
where there is no cue. Sources are named by the offset at which they begin.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from reportedly.schema import Span, SpeakerType, Stance


@dataclass(frozen=True, slots=True)
class Clue:
    """Words with a label: an aspect ("condition", "carrier-agency") or part of a speaker ("name", "role").

    ``anchors`` are the attributions that an aspect belongs to, each with its probability, likeliest first.
    """

    label: str
    span: Span
    anchors: tuple[tuple[int, float], ...] = ()


@dataclass
class Clues:
    """Everything that the sourcing heads say of one article. First gathered, then asked."""

    aspects: list[Clue] = field(default_factory=list)
    names: list[Clue] = field(default_factory=list)
    # By anchor: the probability of each type of speaker, and of each stance.
    kinds: dict[int, Mapping[SpeakerType, float]] = field(default_factory=dict)
    stances: dict[int, Mapping[Stance, float]] = field(default_factory=dict)
    # By source: other words that may mean the same speaker (by offset; None is nobody).
    same: dict[int, Mapping[int | None, float]] = field(default_factory=dict)

    def of(self, anchor: int, label: str) -> list[tuple[Clue, float]]:
        """The aspects with this label (or label and a hyphen) that may belong to an attribution, with how likely."""
        return [
            (clue, share)
            for clue, share in self._belonging.get(anchor, ())
            if clue.label == label or clue.label.startswith(label + "-")
        ]

    @cached_property
    def _belonging(self) -> dict[int, list[tuple[Clue, float]]]:
        found: dict[int, list[tuple[Clue, float]]] = {}
        for clue in sorted(self.aspects, key=lambda clue: clue.span):
            for anchor, share in clue.anchors:
                found.setdefault(anchor, []).append((clue, share))
        return found

    def add(self, other: Clues) -> None:
        """Take in the clues of another window of the same article."""
        self.aspects.extend(other.aspects)
        self.names.extend(other.names)
        self.kinds.update(other.kinds)
        self.stances.update(other.stances)
        self.same.update(other.same)
