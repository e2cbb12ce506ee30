"""What a statement depends on, how sure it is, what its source does with it, and when it was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportedly.lexicon.hedges import hedges_anywhere, hedging_cues
from reportedly.model import Clues
from reportedly.resolve.belonging import anchor, linked, said_before
from reportedly.resolve.dates import resolve_date
from reportedly.schema import Article, Attribution, Span, Speaker, Stance, When


def conditions(attribution: Attribution, clues: Clues) -> tuple[Span, ...]:
    """The spans that say what the content depends on."""
    return tuple(clue.span for clue, _ in linked("condition", attribution, clues))


def hedges(article: Article, attribution: Attribution, marks: Sequence[Span], clues: Clues) -> tuple[Span, ...]:
    """The words by which article or speaker keep their distance from the content.

    What the model marks, and words of a closed class outside quotation marks (``marks``, in order).
    """
    found = [clue.span for clue, _ in linked("hedge", attribution, clues)]
    text = article.text
    words = [hedges_anywhere(text, span) for span in (*attribution.content, *attribution.cue)]
    words += [hedging_cues(text, span) for span in attribution.cue]
    for span in (span for spans in words for span in spans):
        quoted = any(start <= span[0] < end for start, end in marks)
        if not quoted and not any(start < span[1] and span[0] < end for start, end in found):
            found.append(span)
    return tuple(sorted(found))


def dates(
    article: Article, attributions: Sequence[Attribution], speakers: Mapping[int, Speaker], clues: Clues
) -> dict[int, When | None]:
    """When each attribution was said, by its number; a date holds for what the speaker says next in the paragraph."""
    before = said_before(article, attributions, speakers)
    found: dict[int, When | None] = {}
    for attribution in attributions:
        when = _own_date(article, attribution, clues)
        if when is None and attribution.inside is None:
            held = (found[other.n] for other in before[attribution.n])
            when = next((earlier for earlier in held if earlier is not None), None)
        found[attribution.n] = when
    return found


def _own_date(article: Article, attribution: Attribution, clues: Clues) -> When | None:
    """The likeliest expression that dates the saying, and its date."""
    found = linked("when", attribution, clues)
    if not found:
        return None
    span = max(found, key=lambda pair: pair[1])[0].span
    return When(span, resolve_date(article.text[slice(*span)], article.published))


def stance(attribution: Attribution, clues: Clues) -> Stance | None:
    """What the source does with the content."""
    shares = clues.stances.get(anchor(attribution), {})
    return max(shares.items(), key=lambda pair: pair[1])[0] if shares else None
