"""How much of one body stands in another, and which passages they are, in whatever order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportedly.compare.shingles import Hashes, Words, grams
from reportedly.schema import Span

# Words that must follow one another in both: short enough to survive light editing, long enough not to come about by
# chance (benchmarks/copies.py).
TILE = 5
GAP = 6  # words between two tiles of one passage that may differ
MAX_PASSAGES = 100

Mask = NDArray[np.bool_]


def covered(target: Words, source: Words) -> Mask:
    """Of each word of the target whether it is part of a run of ``TILE`` words that the source has too."""
    return spread(np.isin(grams(target.hashes, TILE), grams(source.hashes, TILE)), len(target), TILE)


def spread(found: Mask, length: int, n: int) -> Mask:
    """The words of runs of ``n`` that begin where ``found`` is true."""
    mask = np.zeros(length, np.bool_)
    for k in range(n):
        mask[k : k + len(found)] |= found
    return mask


@dataclass(slots=True)
class _Run:
    """Words from ``source`` on that stand from ``target`` on, up to the ends, which are not included."""

    source: int
    target: int
    source_end: int
    target_end: int


def passages(target: Words, source: Words) -> tuple[tuple[Span, Span], ...]:
    """The passages that both have, source first, in the target's order: the longest ``MAX_PASSAGES`` of them."""
    runs = _joined(_runs(grams(target.hashes, TILE), grams(source.hashes, TILE)))
    longest = sorted(runs, key=lambda run: run.target - run.target_end)[:MAX_PASSAGES]
    return tuple(
        (_span(source, run.source, run.source_end), _span(target, run.target, run.target_end))
        for run in sorted(longest, key=lambda run: run.target)
    )


def _span(words: Words, start: int, end: int) -> Span:
    return int(words.starts[start]), int(words.ends[end - 1])


def _runs(target: Hashes, source: Hashes) -> list[_Run]:
    """Runs of tiles, from the front: each goes on where the last one did, else begins at the tile's first place."""
    places: dict[int, int] = {}
    for place, tile in enumerate(source.tolist()):
        places.setdefault(tile, place)
    runs: list[_Run] = []
    tiles = source.tolist()
    for place, tile in enumerate(target.tolist()):
        last = runs[-1] if runs else None
        onward = last.source_end - TILE + 1 if last is not None and last.target_end == place + TILE - 1 else None
        if last is not None and onward is not None and onward < len(tiles) and tiles[onward] == tile:
            last.source_end += 1
            last.target_end += 1
        elif (first := places.get(tile)) is not None:
            runs.append(_Run(first, place, first + TILE, place + TILE))
    return runs


def _joined(runs: list[_Run]) -> list[_Run]:
    """The runs with those made one that follow one another in both texts with little between; overlaps are cut off."""
    joined: list[_Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last is None:
            joined.append(run)
        elif -TILE < run.source - last.source_end <= GAP and run.target - last.target_end <= GAP:
            last.source_end, last.target_end = run.source_end, run.target_end
        else:
            cut = max(0, last.target_end - run.target)
            if run.target_end - run.target > cut:
                joined.append(_Run(run.source + cut, run.target + cut, run.source_end, run.target_end))
    return joined
