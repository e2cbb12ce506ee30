"""What belongs to a statement: the aspects that the model links to it, and what holds on from one before it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from reportedly.model import Clue, Clues
from reportedly.schema import Article, Attribution, Speaker

# An aspect belongs to an attribution to which its pointer gives this much.
LINKED = 0.2


def anchor(attribution: Attribution) -> int:
    """Where the attribution's anchor begins: how clues name it."""
    return (attribution.cue or attribution.content)[0][0]


def linked(label: str, attribution: Attribution, clues: Clues) -> list[tuple[Clue, float]]:
    """The aspects of that label that belong to the attribution, in the order of the text, with how likely."""
    return [(clue, share) for clue, share in clues.of(anchor(attribution), label) if share >= LINKED]


def said_before(
    article: Article, attributions: Sequence[Attribution], speakers: Mapping[int, Speaker]
) -> dict[int, tuple[Attribution, ...]]:
    """What the same named speaker has said before in the same paragraph, by number, nearest first.

    There, a carrier or a date that was stated once holds on. ``attributions`` are in the order of the text;
    ``speakers`` go by their numbers.
    """
    ends = [at for at, character in enumerate(article.text) if character == "\n"]
    said: dict[tuple[str, int], tuple[Attribution, ...]] = {}
    before: dict[int, tuple[Attribution, ...]] = {}
    for attribution in attributions:
        here = (speakers[attribution.n].name or "", bisect_left(ends, anchor(attribution)))
        before[attribution.n] = said.get(here, ()) if here[0] else ()
        said[here] = (attribution, *before[attribution.n])
    return before
