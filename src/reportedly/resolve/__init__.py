"""From spans to sourcing: speakers, relay chains, conditions, hedges, stance, dates.

What a field says rests on words of the article, which it keeps as evidence; what cannot be decided stays empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportedly.model import Clues
from reportedly.resolve.aspects import conditions, dates, hedges, stance
from reportedly.resolve.relay import carriers
from reportedly.resolve.speakers import Speakers
from reportedly.schema import Article, Attribution
from reportedly.text import quoted

__all__ = ["resolve"]


def resolve(article: Article, attributions: Sequence[Attribution], clues: Clues) -> tuple[Attribution, ...]:
    """The attributions with their sourcing filled in."""
    speakers = Speakers(article, clues).resolve(attributions)
    said_at = dates(article, attributions, speakers, clues)
    marks = quoted(article.text)
    chains = carriers(article, attributions, speakers, clues)
    return tuple(
        replace(
            attribution,
            speaker=speakers[attribution.n],
            via=chains[attribution.n],
            conditions=conditions(attribution, clues),
            hedges=hedges(article, attribution, marks, clues),
            stance=stance(attribution, clues),
            when=said_at[attribution.n],
        )
        for attribution in attributions
    )
