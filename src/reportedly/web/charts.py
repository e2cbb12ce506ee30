"""Figures to look at: what SVG needs to be drawn, computed here and drawn by the macros of ``ui.html``.

Each chart has its numbers beside it as text, so that nothing is told by the picture, or by a colour, alone. Coordinates
are attributes, never style: the policy allows none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

GAP = 0.25  # between the parts of a bar, in hundredths of it


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a whole: what it is called, how much it is, and where it leads.

    ``fill`` is its colour, from 1 to 6 (6 is hollow), ``pattern`` what tells it apart beside that: "hatch", "lines",
    "posts" or nothing.
    """

    label: str
    value: float
    fill: int
    pattern: str = ""
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A part as it is drawn, in units of a hundredth of the whole: from ``x`` on, ``width`` wide."""

    part: Part
    x: float
    width: float
    share: str


def stacked(parts: Sequence[Part]) -> list[Bar]:
    """The parts side by side, as one bar of width 100 with gaps between; those that are nothing are left out."""
    whole = sum(part.value for part in parts)
    bars, at = list[Bar](), 0.0
    for part in parts:
        if part.value > 0:
            width = 100 * part.value / whole
            bars.append(Bar(part, round(at, 3), round(max(width - GAP, GAP), 3), share(part.value, whole)))
            at += width
    return bars


def lengths(values: Iterable[float]) -> list[float]:
    """Bars one below the other: the length of each, of 100 for the largest."""
    given = list(values)
    most = max(given, default=0)
    return [round(100 * value / most, 2) if most else 0.0 for value in given]


def share(value: float, whole: float) -> str:
    """A share in words: "12 %", "under 1 %"."""
    if not whole or not value:
        return "0 %"
    percent = 100 * value / whole
    return "under 1 %" if percent < 1 else f"{percent:.0f} %"
