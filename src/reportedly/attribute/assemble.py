"""Roles and pointers of one window -> attributions as word ranges.

The chain gives runs of words (source, cue, content); the pointers join them. A pointer is asked not for
one word but for the whole run that it lands in: the probability of a run is the sum over its words.

What is reported inside a content ("X said that Y fears ...") has a layer of roles of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from reportedly.attribute.chain import labelled_runs
from reportedly.model import Scores
from reportedly.model.layout import ROLES
from reportedly.schema import Span

Float = npt.NDArray[np.float64]
Int = npt.NDArray[np.int64]


# What it adds to a link that the content follows the cue word by word, and the cue has no other. Set on PolNeAR dev.
ADJACENT = 0.3
# The mean log marginal that cue and content of an inner attribution must reach: few are annotated, so doubt is cheap.
SURE_INSIDE = math.log(0.6)


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words ``[low, high)`` of one role, with the mean log marginal of their labels."""

    low: int
    high: int
    sureness: float


@dataclass(slots=True)
class Draft:
    """An attribution being put together: its runs, and the probabilities of the links that joined them."""

    anchor: Run
    cue: list[Run] = field(default_factory=list)
    content: list[Run] = field(default_factory=list)
    source: Run | None = None
    content_links: list[float] = field(default_factory=list)
    source_link: float = 1.0
    outer: Draft | None = None

    def runs(self) -> Iterator[Run]:
        """Every run of the draft."""
        yield from self.cue
        yield from self.content
        if self.source is not None:
            yield self.source


def assemble(scores: Scores, roles: Int, marginals: Float) -> list[Draft]:
    """The attributions of one window, in the order of their anchors.

    ``roles`` (T,) and ``marginals`` (T, K) come from the chain over ``layout.ROLES``.
    """
    by_role = _by_role(roles, marginals)
    anchors, sources = np.exp(scores.links["anchor"]), np.exp(scores.links["source"])
    drafts = _join_cues(by_role["cue"], by_role["content"], anchors)
    for run in by_role["content"]:
        _attach_content(run, drafts, anchors)
    said = [draft for draft in drafts.values() if draft.content]
    for draft in said:
        _attach_source(draft, by_role["source"], sources)
    return sorted(said, key=lambda draft: draft.anchor.low)


def assemble_inside(outer: Sequence[Draft], scores: Scores, roles: Int, marginals: Float) -> list[Draft]:
    """The attributions that stand inside one content of the window's own, from the inner layer of roles.

    Each takes the nearest content in the same outer content; one without a cue or a content is passed over.
    """
    by_role = _by_role(roles, marginals)
    drafts: list[Draft] = []
    for holder in outer:
        for around in holder.content:
            cues = [run for run in by_role["cue"] if _holds(around, run)]
            here = {cue: Draft(cue, cue=[cue], outer=holder) for cue in cues}
            for run in by_role["content"]:
                if here and _holds(around, run):
                    nearest = here[min(here, key=lambda cue: _distance(cue, run))]
                    nearest.content.append(run)
                    nearest.content_links.append(float(np.exp(run.sureness)))
            drafts.extend(draft for draft in here.values() if draft.content and _is_sure(draft))
    if drafts:  # most windows nest nothing, and need no probabilities of their pointers
        sources = np.exp(scores.links["source"])
        for draft in drafts:
            _attach_source(draft, by_role["source"], sources)
    return drafts


def _is_sure(draft: Draft) -> bool:
    return all(run.sureness >= SURE_INSIDE for run in (*draft.cue, *draft.content))


def _holds(outer: Run, inner: Run) -> bool:
    return outer.low <= inner.low and inner.high <= outer.high


def _distance(a: Run, b: Run) -> int:
    return max(a.low - b.high, b.low - a.high)


def _by_role(roles: Int, marginals: Float) -> dict[str, list[Run]]:
    """The runs of each role, each with the mean log marginal of its labels."""
    log = np.log(np.maximum(marginals[np.arange(len(roles)), roles], 1e-9))
    runs: dict[str, list[Run]] = {"source": [], "cue": [], "content": []}
    for role, low, high in labelled_runs(roles, ROLES):
        runs[role].append(Run(low, high, float(log[low:high].mean())))
    return runs


def _join_cues(cues: Sequence[Run], contents: Sequence[Run], anchors: Float) -> dict[Run, Draft]:
    """One draft a cue; a cue run whose words point at the one before belongs to it ("quoted him as saying").

    Only a source may stand between the parts of one cue, never a content.
    """
    drafts: dict[Run, Draft] = {}
    last: Run | None = None
    for run in cues:
        rows = anchors[run.low : run.high]
        joins = last is not None and _landing(rows, last) > _landing(rows, run)
        if last is not None and joins and not any(last.high <= c.low < run.low for c in contents):
            drafts[last].cue.append(run)
        else:
            drafts[run] = Draft(run, cue=[run])
            last = run
    return drafts


def _attach_content(run: Run, drafts: dict[Run, Draft], anchors: Float) -> None:
    """Give the content to the draft that its words point at, or to a draft of its own (speech without a cue)."""
    rows = anchors[run.low : run.high]
    links = {anchor: _landing(rows, anchor) for anchor in drafts}
    for anchor in links:
        if run.low == anchor.high and not drafts[anchor].content:
            links[anchor] += ADJACENT
    own = _landing(rows, run)
    best = max(links, key=lambda a: links[a], default=None)
    if best is None or links[best] < own:
        drafts[run] = Draft(run, content=[run], content_links=[own])
        return
    drafts[best].content.append(run)
    drafts[best].content_links.append(min(1.0, links[best]))


def _attach_source(draft: Draft, candidates: Sequence[Run], sources: Float) -> None:
    row = sources[draft.anchor.low]
    links = {run: float(row[run.low : run.high].sum()) for run in candidates}
    nothing = float(row[-1])
    best = max(links, key=lambda run: links[run], default=None)
    if best is not None and links[best] >= nothing:
        draft.source, draft.source_link = best, links[best]
    else:
        draft.source_link = nothing


def _landing(rows: Float, run: Run) -> float:
    """The mean probability, over the rows' words, that their pointer lands in the run."""
    return float(rows[:, run.low : run.high].sum(axis=1).mean())


def spans(runs: Sequence[Run], words: Int) -> tuple[Span, ...]:
    """The text spans of runs of words."""
    return tuple((int(words[run.low, 0]), int(words[run.high - 1, 1])) for run in sorted(runs, key=lambda r: r.low))
