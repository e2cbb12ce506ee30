"""What a statement depends on, how sure it is, what its source does with it, and when it was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportedly.lexicon.hedges import hedges_anywhere, hedging_cues
from reportedly.model import Clue, Clues
from reportedly.resolve.dates import resolve_date
from reportedly.resolve.speakers import anchor
from reportedly.schema import Article, Attribution, Span, Speaker, Stance, When

# An aspect belongs to an attribution whose share of its pointer is at least this.
LINKED = 0.2


def conditions(attribution: Attribution, clues: Clues) -> tuple[Span, ...]:
    """The spans that say what the content depends on."""
    return tuple(clue.span for clue in _linked("condition", attribution, clues))


def hedges(article: Article, attribution: Attribution, marks: Sequence[Span], clues: Clues) -> tuple[Span, ...]:
    """The words by which article or speaker keep their distance from the content.

    What the model marks, and words of a closed class outside quotation marks (``marks``, in order).
    """
    found = [clue.span for clue in _linked("hedge", attribution, clues)]
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
    out: dict[int, When | None] = {}
    for attribution in attributions:
        found = _own_date(article, attribution, clues)
        if found is None:
            before = [other for other in attributions if other.n < attribution.n and out.get(other.n) is not None]
            held = next((other for other in reversed(before) if _goes_on(article, other, attribution, speakers)), None)
            found = out[held.n] if held is not None else None
        out[attribution.n] = found
    return out


def _own_date(article: Article, attribution: Attribution, clues: Clues) -> When | None:
    """The likeliest expression that dates the saying, and its date."""
    found = [(clue, share) for clue, share in clues.of(anchor(attribution), "when") if share >= LINKED]
    if not found:
        return None
    span = max(found, key=lambda pair: pair[1])[0].span
    return When(span, resolve_date(article.text[slice(*span)], article.published))


def _goes_on(article: Article, before: Attribution, after: Attribution, speakers: Mapping[int, Speaker]) -> bool:
    """Whether the same named speaker goes on in the same paragraph."""
    name = speakers[after.n].name
    same = name is not None and name == speakers[before.n].name and after.inside is None
    return same and "\n" not in article.text[before.content[0][0] : after.content[0][0]]


def stance(attribution: Attribution, clues: Clues) -> Stance | None:
    """What the source does with the content."""
    shares = clues.stances.get(anchor(attribution), {})
    return max(shares.items(), key=lambda pair: pair[1])[0] if shares else None


def _linked(label: str, attribution: Attribution, clues: Clues) -> list[Clue]:
    return [clue for clue, share in clues.of(anchor(attribution), label) if share >= LINKED]
