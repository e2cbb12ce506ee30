"""What a statement depends on, how sure it is, what its source does with it, and when it was said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from reportedly.lexicon.hedges import hedges_anywhere, hedging_cues
from reportedly.model import Clues
from reportedly.resolve.belonging import LINKED, anchor, linked, said_before
from reportedly.resolve.dates import resolve_date
from reportedly.schema import Article, Attribution, Span, Speaker, Stance, When

# What means the day or time that was spoken of last.
_HANGS_ON = re.compile(
    r"(?:back )?then|at (?:the|that) (?:time|moment)|(?:later )?(?:on )?(?:that|the same)(?: very)? "
    r"(?:day|morning|afternoon|evening|night)|(?:(?:minutes|moments|shortly|soon|just) )(?:later|after(?:wards?)?)",
    re.IGNORECASE,
)


# How many characters may lie between a cue and a dating expression that belongs to it though no pointer says so.
BESIDE = 40
_SENTENCE_ENDS = re.compile(r"[.!?\n]")
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b(?= (?!and|to)[a-z])")


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
        when = _own_date(article, attribution, clues) or _written(article, attribution, speakers[attribution.n])
        if when is not None and when.date is None and _HANGS_ON.fullmatch(article.text[slice(*when.evidence)].strip()):
            dated = [other for other in found.values() if other is not None and other.date is not None]
            when = replace(when, date=dated[-1].date if dated else None)
        if when is None and attribution.inside is None:
            held = (found[other.n] for other in before[attribution.n])
            when = next((earlier for earlier in held if earlier is not None), None)
        found[attribution.n] = when
    return found


def _own_date(article: Article, attribution: Attribution, clues: Clues) -> When | None:
    """The likeliest expression that dates the saying, and its date."""
    found = linked("when", attribution, clues)
    span = max(found, key=lambda pair: pair[1])[0].span if found else _beside(article, attribution, clues)
    return None if span is None else When(span, resolve_date(article.text[slice(*span)], article.published))


def _beside(article: Article, attribution: Attribution, clues: Clues) -> Span | None:
    """A dating expression that the model ties to no statement and that stands next to the cue, in its sentence."""
    if not attribution.cue:
        return None
    low, high = attribution.cue[0][0], attribution.cue[-1][1]
    for clue in clues.aspects:
        start, end = clue.span
        between = article.text[high:start] if start >= high else article.text[end:low]
        stray = clue.label == "when" and all(share < LINKED for _, share in clue.anchors)
        if stray and len(between) <= BESIDE and not _SENTENCE_ENDS.search(between):
            return clue.span
    return None


def _written(article: Article, attribution: Attribution, speaker: Speaker) -> When | None:
    """The year that a document bears ("a 2014 study"): what it says, it says then."""
    if speaker.type != "document" or not attribution.source:
        return None
    start, end = attribution.source[0]
    year = _YEAR.search(article.text, start, end)
    return When(year.span(), year.group()) if year is not None else None


def stance(attribution: Attribution, clues: Clues) -> Stance | None:
    """What the source does with the content."""
    shares = clues.stances.get(anchor(attribution), {})
    return max(shares.items(), key=lambda pair: pair[1])[0] if shares else None
