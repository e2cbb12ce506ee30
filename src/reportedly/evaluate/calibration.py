"""Whether a confidence of 0.8 is right eight times in ten.

An attribution is right if it is matched as ``attribution.relaxed``: its content, source and cue are found.
The expected calibration error is the mean gap between confidence and accuracy over bins, each weighted by
how many attributions it holds: over bins of equal width (Naeini, Cooper and Hauskrecht 2015) and over bins
of equal mass (Nguyen and O'Connor 2015), which a crowd of sure predictions cannot flatter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportedly.errors import SchemaError
from reportedly.evaluate.spans import matches
from reportedly.schema import Attribution

BINS = 15  # the usual number since Guo et al. 2017


@dataclass(frozen=True, slots=True)
class Judged:
    """The confidence of one predicted attribution, and whether gold has it."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """A row of the reliability table: ``n`` attributions with confidences from ``low`` to ``high``.

    ``confidence`` is their mean confidence, ``accuracy`` the share that is right.
    """

    low: float
    high: float
    n: int
    confidence: float
    accuracy: float

    @property
    def gap(self) -> float:
        """How far confidence stands above accuracy (below, if negative)."""
        return self.confidence - self.accuracy


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well confidence tells what is right: errors from 0 (best) to 1, and the reliability tables.

    ``brier`` is the mean squared difference of confidence and outcome. Empty bins are left out.
    """

    n: int
    accuracy: float
    confidence: float
    brier: float
    equal_width_error: float
    equal_mass_error: float
    equal_width: tuple[Bin, ...]
    equal_mass: tuple[Bin, ...]


def judge(
    gold: Mapping[str, Sequence[Attribution]],
    predicted: Mapping[str, Sequence[Attribution]],
    texts: Mapping[str, str],
) -> list[Judged]:
    """Every predicted attribution of gold's documents that has a confidence and a content, judged by gold.

    Raises SchemaError for a confidence outside 0 to 1, OffsetError for a span outside its text.
    """
    judged: list[Judged] = []
    for name in sorted(gold):
        offered = predicted.get(name, ())
        right = {place for _, place in matches(texts[name], gold[name], offered)}
        for place, item in enumerate(offered):
            if item.confidence is not None and item.content:
                if not 0 <= item.confidence <= 1:
                    raise SchemaError(f"{name}: attribution {item.n}: confidence is 0 to 1, not {item.confidence}")
                judged.append(Judged(item.confidence, place in right))
    return judged


def calibrate(judged: Sequence[Judged], bins: int = BINS) -> Calibration | None:
    """The calibration of judged predictions; None where there are none."""
    if not judged:
        return None
    width, mass = _equal_width(judged, bins), _equal_mass(judged, bins)
    whole = _bin(0.0, 1.0, judged)
    return Calibration(
        n=whole.n,
        accuracy=whole.accuracy,
        confidence=whole.confidence,
        brier=sum((item.confidence - item.right) ** 2 for item in judged) / len(judged),
        equal_width_error=_error(width),
        equal_mass_error=_error(mass),
        equal_width=width,
        equal_mass=mass,
    )


def _bin(low: float, high: float, items: Sequence[Judged]) -> Bin:
    n = len(items)
    return Bin(low, high, n, sum(item.confidence for item in items) / n, sum(item.right for item in items) / n)


def _equal_width(judged: Iterable[Judged], bins: int) -> tuple[Bin, ...]:
    held: dict[int, list[Judged]] = {}
    for item in judged:
        held.setdefault(min(int(item.confidence * bins), bins - 1), []).append(item)
    return tuple(_bin(k / bins, (k + 1) / bins, held[k]) for k in sorted(held))


def _equal_mass(judged: Iterable[Judged], bins: int) -> tuple[Bin, ...]:
    # Equal confidences may fall into two bins, in the order of the documents: sorting them by outcome as
    # well would part right from wrong and show an error that is not there.
    ordered = sorted(judged, key=lambda item: item.confidence)
    edges = [len(ordered) * k // bins for k in range(bins + 1)]
    parts = [ordered[start:end] for start, end in pairwise(edges) if start < end]
    return tuple(_bin(part[0].confidence, part[-1].confidence, part) for part in parts)


def _error(bins: Sequence[Bin]) -> float:
    return sum(item.n * abs(item.gap) for item in bins) / sum(item.n for item in bins)
