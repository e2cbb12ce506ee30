"""Rules about where an attribution stands, and about what stands without one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from reportedly.audit.page import Page, hull, is_sure, who
from reportedly.audit.rule import Mark
from reportedly.schema import Attribution, Span

# The reader may wait so many characters, two short sentences, for the speaker. From the Reuters
# handbook's "usually after the first sentence", loosened for sentences of a few words.
LONGEST_WAIT = 150

# A number of people and what befell them, with at most a noun and a verb between: "three men were", "12 people".
_NUMBER = re.compile(
    r"\b(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|dozens|scores|hundreds"
    r"|thousands)(?:\s+of)?(?:\s+\w+)?(?:\s+(?:was|were|are|is|been|being|have\s+been|had\s+been|left|confirmed|reported))?\s+",
    re.IGNORECASE,
)

# "KESTRIN, May 2 (Orvik Press) -": the agency signs in its dateline, within so many characters of the start.
DATELINE_WITHIN = 400
_DATELINE = re.compile(r"\([A-Z][^()\n]{1,40}\)\s*[-\u2013\u2014]")
_BY = re.compile(r"\bby\b", re.I)
_TRAILER_MARK = re.compile(r"[(\[\u2014\u2013-]")


def late_attribution(page: Page) -> Iterator[Mark]:
    """Two sentences or more pass before the reader learns whose they are."""
    before: Attribution | None = None
    for statement in page.every:
        known = before is not None and before.speaker.name == statement.speaker.name
        before = statement
        if known or not is_sure(statement) or not statement.source:
            continue
        start = statement.content[0][0]
        anchor = min(s for s, _ in (*statement.source, *statement.cue))
        if start < anchor and not _named_before(page, statement, start):
            waited = page.sentences_in((start, anchor))
            if waited >= 2 and anchor - start > LONGEST_WAIT:
                values = {"count": str(waited), "source": page.quote(statement.source)}
                yield Mark((who(statement), statement.content[0]), (statement.n,), values)


def _named_before(page: Page, statement: Attribution, start: int) -> bool:
    """Whether the sentence before the words already says who is about to speak."""
    name = statement.speaker.name
    paragraph = page.paragraph_at(start)
    last = (name or "").split()[-1:]
    return bool(last) and len(last[0]) > 2 and last[0] in page.text[paragraph[0] : start]


def merged_quotes(page: Page) -> Iterator[Mark]:
    """A quotation that follows another's in one paragraph, before the reader is told that the speaker changes."""
    spoken = [s for s in page.sure if s.inside is None and page.quoted_parts(s)]
    for one, other in pairwise(spoken):
        if not _two_mouths(one, other):
            continue
        opening = page.quoted_parts(other)[0]
        told = min((s for s, _ in (*other.source, *other.cue)), default=opening[1])
        gap = page.text[hull(one)[1] : opening[0]] if hull(one)[1] <= opening[0] else "overlap"
        if told > opening[0] and len(gap) < 10 and "\n" not in gap and not any(c.isalnum() for c in gap):
            values = {"one": one.speaker.name or "", "other": other.speaker.name or ""}
            yield Mark((opening,), (one.n, other.n), values)


def _two_mouths(one: Attribution, other: Attribution) -> bool:
    """Whether two statements are of different people; question and answer, body and officer are let pass."""
    names = one.speaker.name, other.speaker.name
    if None in names or names[0] == names[1] or one.stance == "asks":
        return False
    return one.speaker.type in ("person", "unnamed", "group") or other.speaker.type not in ("person", "unnamed")


def unattributed(page: Page) -> Iterator[Mark]:
    """Hearsay in the article's own voice: "reportedly", "is believed to", with nobody who reports or believes."""
    for match in page.words.hearsay.finditer(page.text):
        span = match.span()
        if page.in_quotation(span[0]) or not page.in_body(span[0]) or _agent_follows(page, span):
            continue
        over = [s for s in page.over(span[0]) if s.inside is None or s.speaker.name]
        if not any(s.speaker.name and s.speaker.type != "unknown" for s in over):
            yield Mark((span,), tuple(s.n for s in over), {"words": match.group()})


def _agent_follows(page: Page, span: Span) -> bool:
    """Whether the sentence goes on to say by whom: "was accused by the union of ..."; no adverb can."""
    if len(page.text[slice(*span)].split()) == 1:
        return False
    end = page.sentence_at(span[0])[1]
    return bool(_BY.search(page.text, span[1], min(end, span[1] + 40)))


def weak_lead(page: Page) -> Iterator[Mark]:
    """A charge, or a number of dead or hurt, in the first sentence, and no source in it."""
    if not page.body:
        return
    lead = page.sentence_at(page.body[0][0])
    charge = page.words.charges.search(page.text, *lead)
    contested = charge.span() if charge else _figure(page, lead)
    if contested is None:
        return
    sourced = any(lead[0] <= start < lead[1] for s in page.every if s.speaker.name for start, _ in (*s.source, *s.cue))
    if not sourced:
        yield Mark((contested,), (), {"words": page.text[contested[0] : contested[1]]})


def _figure(page: Page, lead: Span) -> Span | None:
    for match in _NUMBER.finditer(page.text, *lead):
        befell = page.words.figures.match(page.text, match.end(), lead[1])
        if befell:
            return match.start(), befell.end()
    return None


def agency_alone(page: Page) -> Iterator[Mark]:
    """The closing line of agency copy, and no agency named anywhere."""
    article = page.reading.article
    if not page.paragraphs:
        return
    last = page.paragraphs[-1]
    trailer = page.words.trailers.search(page.text, *last)
    if trailer is None or not _is_trailer(page, last, trailer.span()):
        return
    carried = any(carrier.type == "agency" for statement in page.every for carrier in statement.via)
    named = page.words.agencies.search(page.text) or page.words.agencies.search(f"{article.byline} {article.outlet}")
    dated = _DATELINE.search(page.text, 0, DATELINE_WITHIN)
    if not carried and not named and not dated:
        yield Mark((trailer.span(),), (), {"words": page.text[last[0] : last[1]]})


def _is_trailer(page: Page, last: Span, words: Span) -> bool:
    """Whether a closing paragraph is made of credits, and not a sentence that happens to hold the words."""
    opened = page.text[last[0] : words[0]].strip()
    return not opened or bool(_TRAILER_MARK.match(opened))
