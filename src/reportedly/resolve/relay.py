"""How the words travelled: the carriers that the article names between the speaker and the page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from reportedly.lexicon.media import carrier_type
from reportedly.model import Clue, Clues
from reportedly.resolve.relay_forms import stated
from reportedly.resolve.speakers import anchor
from reportedly.schema import Article, Attribution, Carrier, CarrierType, Span, Speaker

# A carrier belongs to an attribution that its pointer gives this much.
LINKED = 0.2
# Small words between a cue and a carrier that the evidence takes in: "told Reuters", "in an interview with ...".
_EVIDENCE_GAP = re.compile(r"^[\s\w'\u2019]{0,24}$")
_LEADING = re.compile(r"^(?:the|a|an|his|her|its|their)\s+", re.IGNORECASE)
# Words that bring in a carrier, before its name.
_BROUGHT_IN = re.compile(
    r"(?:\b(?:in|on|to|with|by|via|through|at|from|of|told|telling|citing)\s+)(?:[\w'\u2019-]+\s+){0,4}$", re.IGNORECASE
)


def carriers(
    article: Article, attributions: Sequence[Attribution], speakers: Mapping[int, Speaker], clues: Clues
) -> dict[int, tuple[Carrier, ...]]:
    """The relay chain of every attribution, by its number, nearest the speaker first."""
    own = {a.n: _own(article, a, speakers[a.n], clues) for a in attributions}
    out: dict[int, tuple[Carrier, ...]] = {}
    for attribution in attributions:
        chain = own[attribution.n]
        if not chain:
            chain = _held_on(article, attribution, attributions, speakers, out)
        if attribution.inside is not None:
            chain = _told_by(attribution, attributions, speakers, out, chain)
        out[attribution.n] = chain
    return out


def _own(article: Article, attribution: Attribution, speaker: Speaker, clues: Clues) -> tuple[Carrier, ...]:
    """The carriers whose words point at this attribution, and those that set forms name beside it."""
    marked = [clue for clue, share in clues.of(anchor(attribution), "carrier") if share >= LINKED]
    found = [_carrier(article, attribution, clue) for clue in marked]
    for carrier in stated(article.text, attribution):
        if not any(_touch(carrier, other) for other in found):
            found.append(carrier)
    kept = [c for c in found if not _is_own_outlet(article, c) and not _is_self(c, speaker)]
    return tuple(sorted(kept, key=lambda carrier: _distance(carrier.evidence, attribution)))


def _touch(a: Carrier, b: Carrier) -> bool:
    return a.evidence[0] < b.evidence[1] and b.evidence[0] < a.evidence[1]


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
    return Carrier(name, kind, evidence, carried=_apart(article.text, attribution, evidence))


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


def _held_on(
    article: Article,
    attribution: Attribution,
    attributions: Sequence[Attribution],
    speakers: Mapping[int, Speaker],
    chains: Mapping[int, tuple[Carrier, ...]],
) -> tuple[Carrier, ...]:
    """A chain stated once holds for what the same speaker says next in the same paragraph."""
    name = speakers[attribution.n].name
    for other in sorted(attributions, key=lambda a: -a.n):
        if other.n >= attribution.n or not chains.get(other.n) or other.inside is not None:
            continue
        if speakers[other.n].name != name or name is None:
            continue
        if _apart(article.text, attribution, chains[other.n][0].evidence):
            return ()
        return chains[other.n]
    return ()


def _told_by(
    attribution: Attribution,
    attributions: Sequence[Attribution],
    speakers: Mapping[int, Speaker],
    chains: Mapping[int, tuple[Carrier, ...]],
    chain: tuple[Carrier, ...],
) -> tuple[Carrier, ...]:
    """What stands inside another's content came through that speaker, if it is a person, and on by the same way."""
    outer = next(a for a in attributions if a.n == attribution.inside)
    teller = speakers[outer.n]
    told: tuple[Carrier, ...] = ()
    if teller.type in ("person", "unnamed", "document", "outlet") and teller.name is not None:
        kind: CarrierType = "person" if teller.type in ("person", "unnamed") else teller.type  # type: ignore[assignment]
        shown = (*outer.source, *outer.cue, *outer.content)
        evidence = (shown[0][0], shown[0][1])
        told = (Carrier(teller.name, kind, evidence),)
    if teller.name is not None and teller.name == speakers[attribution.n].name:
        told = ()
    return (*chain, *told, *chains.get(outer.n, ()))


def _is_self(carrier: Carrier, speaker: Speaker) -> bool:
    return speaker.name is not None and carrier.name.casefold() == speaker.name.casefold()


def _apart(text: str, attribution: Attribution, evidence: Span) -> bool:
    """Whether evidence and statement stand in different paragraphs."""
    own = (attribution.cue or attribution.content)[0][0]
    low, high = sorted((own, evidence[0]))
    return "\n" in text[low:high]


def _distance(span: Span, attribution: Attribution) -> int:
    """How far a carrier stands from the source, or from the anchor where there is none."""
    near = (attribution.source or attribution.cue or attribution.content)[0]
    return max(span[0] - near[1], near[0] - span[1])
