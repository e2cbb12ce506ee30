"""The sourcing heads' scores of one window -> clues, as spans of the article's text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from reportedly.attribute.assemble import Draft
from reportedly.attribute.chain import free_chain, labelled_runs
from reportedly.model import Clue, Clues, Scores
from reportedly.model.layout import ASPECTS, KINDS, NAMES, STANCES
from reportedly.schema import Span

Float = npt.NDArray[np.float64]
_Label = TypeVar("_Label")

# Links that are less likely than this say nothing.
FAINT = 0.05

# Aspects are rare, and a network that is unsure says "none": so much less is asked for one. Set on dev.
CAUTION = 1.0
_CAUTION = np.array([CAUTION if label == "O" else 0.0 for label in ASPECTS], dtype=np.float32)

_ASPECT_CHAIN = free_chain(ASPECTS)
_NAME_CHAIN = free_chain(NAMES)


def gather(group: Sequence[tuple[Scores, Sequence[Draft]]]) -> Iterator[Clues]:
    """The clues of each window of a group, given the attributions found in it."""
    aspects = _ASPECT_CHAIN.decode([scores.tags["aspects"] - _CAUTION for scores, _ in group])
    names = _NAME_CHAIN.decode([scores.tags["names"] for scores, _ in group])
    for (scores, drafts), (aspect, _), (name, _) in zip(group, aspects, names, strict=True):
        clues = Clues()
        for label, low, high in _joined(labelled_runs(aspect, ASPECTS)):
            anchors = _anchors(np.exp(scores.links["aspect"][low:high]).mean(axis=0), drafts, scores)
            clues.aspects.append(Clue(label, _span(scores, low, high), anchors))
        clues.names.extend(Clue(label, _span(scores, low, high)) for label, low, high in labelled_runs(name, NAMES))
        for draft in drafts:
            _ask(draft, scores, clues)
        yield clues


def _joined(runs: Iterable[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    """The runs with neighbours of one label made one: two carriers or hedges never touch."""
    last: tuple[str, int, int] | None = None
    for run in runs:
        if last is not None and last[0] == run[0] and last[2] == run[1]:
            last = (run[0], last[1], run[2])
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last


def anchor_offset(draft: Draft, scores: Scores) -> int:
    """Where the attribution's anchor begins in the text: how clues name it."""
    return int(scores.window.words[draft.anchor.low, 0])


def _ask(draft: Draft, scores: Scores, clues: Clues) -> None:
    """What is asked of one attribution: its speaker's type, its stance, where else the speaker is meant."""
    anchor = anchor_offset(draft, scores)
    at = [word for run in draft.cue for word in range(run.low, run.high)] or [draft.anchor.low]
    kind = _log_share(scores.tags["kind"], at)
    clues.stances[anchor] = _probabilities(_log_share(scores.tags["stance"], at), STANCES)
    if draft.source is not None:
        kind = (kind + _log_share(scores.tags["source_kind"], range(draft.source.low, draft.source.high))) / 2
        _point(draft.source.low, scores, clues)
    clues.kinds[anchor] = _probabilities(kind, KINDS)


def _point(word: int, scores: Scores, clues: Clues) -> None:
    """Where else the speaker is meant, by what the pointer from a source lands on."""
    row, starts = np.exp(scores.links["same"][word]), scores.window.words[:, 0]
    share: dict[int | None, float] = {int(starts[k]): float(row[k]) for k in np.flatnonzero(row[:-1] >= FAINT)}
    clues.same[int(starts[word])] = share | {None: float(row[-1])}


def _log_share(scores: npt.NDArray[np.float32], words: Sequence[int]) -> Float:
    """The mean log probability of each label over some words."""
    rows = scores[list(words)].astype(np.float64)
    rows -= rows.max(axis=1, keepdims=True)
    log: Float = (rows - np.log(np.exp(rows).sum(axis=1, keepdims=True))).mean(axis=0)
    return log


def _probabilities(log: Float, names: Sequence[_Label]) -> Mapping[_Label, float]:
    shares = np.exp(log - log.max())
    return dict(zip(names, (shares / shares.sum()).tolist(), strict=True))


def _anchors(row: Float, drafts: Sequence[Draft], scores: Scores) -> tuple[tuple[int, float], ...]:
    """The attributions that a pointer's probabilities land on: on any word of the cue, or of the content if none."""
    landed = []
    for draft in drafts:
        share = sum(float(row[run.low : run.high].sum()) for run in (draft.cue or draft.content[:1]))
        if share >= FAINT:
            landed.append((anchor_offset(draft, scores), share))
    return tuple(sorted(landed, key=lambda pair: -pair[1]))


def _span(scores: Scores, low: int, high: int) -> Span:
    words = scores.window.words
    return int(words[low, 0]), int(words[high - 1, 1])
