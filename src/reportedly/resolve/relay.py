"""How the words travelled: the carriers that the article names between the speaker and the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from reportedly.lexicon.media import carrier_type
from reportedly.model import Clue, Clues
from reportedly.resolve.belonging import anchor, linked, said_before
from reportedly.resolve.relay_forms import stated
from reportedly.schema import Article, Attribution, Carrier, CarrierType, Span, Speaker, SpeakerType

# The carriers that speakers are to what they tell of others.
_TELLERS: Mapping[SpeakerType, CarrierType] = {
    "person": "person",
    "unnamed": "person",
    "document": "document",
    "outlet": "outlet",
}
# Small words between a cue and a carrier that the evidence takes in: "told Reuters", "in an interview with ...".
_EVIDENCE_GAP = re.compile(r"^[\s\w'\u2019]{0,24}$")
_LEADING = re.compile(r"^(?:the|a|an|his|her|its|their)\s+", re.IGNORECASE)
# Words that bring in a carrier, before its name.
_BROUGHT_IN = re.compile(
    r"(?:\b(?:in|on|to|with|by|via|through|at|from|of|told|telling|citing)\s+)(?:[\w'\u2019-]+\s+){0,4}$", re.IGNORECASE
)
# A picture, and how many characters may lie between it and whom it comes from.
_PICTURE = re.compile(
    r"\b(?:photo(?:graph)?|picture|image|handout)\b[^.!?\n]*\b(?:released|provided|taken|by|from)\b[^.!?\n]*$", re.I
)
PICTURE_REACH = 100


def carriers(
    article: Article, attributions: Sequence[Attribution], speakers: Mapping[int, Speaker], clues: Clues
) -> dict[int, tuple[Carrier, ...]]:
    """The relay chain of every attribution, by its number, nearest the speaker first."""
    before = said_before(article, attributions, speakers)
    by_number = {attribution.n: attribution for attribution in attributions}
    cues = [cue for attribution in attributions for cue in attribution.cue]
    chains: dict[int, tuple[Carrier, ...]] = {}
    for attribution in attributions:
        outer = by_number.get(attribution.inside) if attribution.inside is not None else None
        clued = (clue for clue, _ in linked("carrier", attribution, clues))
        found = [_carrier(article, attribution, clue) for clue in clued if not _no_way(article.text, clue.span)]
        found += _stated(article.text, attribution, outer, cues)
        found = [c for c in found if not _is_own_outlet(article, c) and not _is_self(c, speakers[attribution.n])]
        chain = tuple(sorted(_apart(found), key=lambda carrier: _distance(carrier.evidence, attribution)))
        if not chain:  # stated once, a chain holds on
            earlier = (other.n for other in before[attribution.n] if other.inside is None)
            chain = next((chains[n] for n in earlier if chains[n]), ())
        if outer is not None:
            chain = (*chain, *_onward(outer, attribution, speakers, chains))
        chains[attribution.n] = tuple(_seen_from(article.text, attribution, carrier) for carrier in chain)
    return chains


def _no_way(text: str, span: Span) -> bool:
    """Whether the words only say where a picture comes from, or are part of an address."""
    pictured = _PICTURE.search(text, max(0, span[0] - PICTURE_REACH), span[0]) is not None
    return pictured or text.startswith("@", span[1])


def _stated(text: str, attribution: Attribution, outer: Attribution | None, cues: Sequence[Span]) -> Iterator[Carrier]:
    """The carriers that set forms name, without those of another statement: what its cue, or the outer one, tells."""
    for carrier in stated(text, attribution):
        at = carrier.evidence
        if outer is not None and not any(_touch(at, span) for span in outer.content):
            continue
        if any(_touch(at, cue) for cue in attribution.cue) or not any(_touch(at, cue) for cue in cues):
            yield carrier


def _apart(found: Sequence[Carrier]) -> Iterator[Carrier]:
    """The carriers without those whose words an earlier one has."""
    for k, carrier in enumerate(found):
        if not any(_touch(carrier.evidence, other.evidence) for other in found[:k]):
            yield carrier


def _touch(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _is_own_outlet(article: Article, carrier: Carrier) -> bool:
    """Whether the carrier is the report's own outlet: what was said to it is first hand."""
    return article.outlet is not None and _plain(carrier.name) == _plain(article.outlet)


def _plain(name: str) -> str:
    return "".join(c for c in _LEADING.sub("", name).casefold() if c.isalnum())


def _carrier(article: Article, attribution: Attribution, clue: Clue) -> Carrier:
    text = article.text[clue.span[0] : clue.span[1]]
    name = _LEADING.sub("", text)
    kind: CarrierType = carrier_type(name) or clue.label.removeprefix("carrier-")  # type: ignore[assignment]
    evidence = _evidence(article.text, attribution, clue.span)
    return Carrier(name, kind, evidence)


def _evidence(text: str, attribution: Attribution, span: Span) -> Span:
    """The carrier's name with what brings it in: back to the cue, or to the preposition before it."""
    for cue in attribution.cue:
        if cue[1] <= span[0] and _EVIDENCE_GAP.match(text[cue[1] : span[0]]):
            return cue[0], span[1]
        if span[1] <= cue[0] and _EVIDENCE_GAP.match(text[span[1] : cue[0]]):
            return span[0], max(end for _, end in attribution.cue)
        if cue[0] <= span[0] and span[1] <= cue[1]:
            return cue
    before = _BROUGHT_IN.search(text, max(0, span[0] - 40), span[0])
    return (before.start(), span[1]) if before else span


def _onward(
    outer: Attribution, inner: Attribution, speakers: Mapping[int, Speaker], chains: Mapping[int, tuple[Carrier, ...]]
) -> tuple[Carrier, ...]:
    """How what stands inside another's content went on: through that speaker, if it can carry words, by its own way."""
    teller = speakers[outer.n]
    way = chains.get(outer.n, ())
    kind = _TELLERS.get(teller.type)
    if kind is None or teller.name is None or teller.name == speakers[inner.n].name:
        return way
    return (Carrier(teller.name, kind, (outer.source or outer.cue or outer.content)[0]), *way)


def _is_self(carrier: Carrier, speaker: Speaker) -> bool:
    return speaker.name is not None and carrier.name.casefold() == speaker.name.casefold()


def _seen_from(text: str, attribution: Attribution, carrier: Carrier) -> Carrier:
    """The carrier, marked as carried on where its evidence stands in another paragraph than the statement."""
    low, high = sorted((anchor(attribution), carrier.evidence[0]))
    return replace(carrier, carried="\n" in text[low:high])


def _distance(span: Span, attribution: Attribution) -> int:
    """How far a carrier stands from the source, or from the anchor where there is none."""
    near = (attribution.source or attribution.cue or attribution.content)[0]
    return max(span[0] - near[1], near[0] - span[1])
