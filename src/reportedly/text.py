"""Where words, paragraphs, sentences and quotations stand in a text.

Everything here works on Python string offsets (Unicode code points) and returns half-open spans
``(start, end)`` into the text as given; nothing is normalised or copied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportedly.schema import Span

# A token is a run of word characters or one other visible character: the unit in which PolNeAR
# attributions are scored (see evaluate/spans.py), and the unit that the model labels.
TOKEN = re.compile(r"\w+|[^\w\s]")

OPENING = "\u201c\u201e\u00ab"
CLOSING = "\u201d\u00bb"
_MARK = re.compile(r"[\u201c\u201e\u00ab\u201d\u00bb\"]|``|''")

# A line end, however written. U+2028/2029 are line ends in web text; form feeds are not paragraphs.
_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_LINE_END = re.compile(r"[\r\n\u2028\u2029]")

# A sentence ends at . ! ? or an ellipsis, closing marks included, before white space and something
# that can begin a sentence. Initials, titles and common abbreviations do not end one.
_SENTENCE_END = re.compile(r"[.!?\u2026]+[\"'\u201d\u2019\u00bb)\]]*(?=\s+[\"'\u201c\u2018\u00ab(\[]*[A-Z0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Capt|Lt|Sgt|Maj|Adm|Rev|Hon|St|Mt|Jr|Sr|No|vs|Inc|Co|Corp"
    r"|Ltd|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|a\.m|p\.m|e\.g|i\.e|U\.S|U\.K|U\.N|E\.U))\.$"
)


def tokens(text: str) -> list[Span]:
    """The span of every token, in order."""
    return [match.span() for match in TOKEN.finditer(text)]


def paragraphs(text: str) -> list[Span]:
    """The span of every line that holds more than white space, its outer white space left out."""
    spans = []
    for line in _LINE.finditer(text):
        span = trim(text, line.span())
        if span[0] < span[1]:
            spans.append(span)
    return spans


def sentences(text: str, within: Span | None = None) -> list[Span]:
    """The sentences of one paragraph (by default the whole text), without the space between them.

    A light splitter by punctuation: it is used to cut paragraphs that are too long for the model and
    to find what stands in one sentence, never to decide what a statement is.
    """
    low, high = within if within is not None else (0, len(text))
    spans, start = [], low
    for match in _SENTENCE_END.finditer(text, low, high):
        if _ABBREVIATION.search(text, max(start, match.start() - 8), match.start() + 1):
            continue
        spans.append(trim(text, (start, match.end())))
        start = match.end()
    spans.append(trim(text, (start, high)))
    return [span for span in spans if span[0] < span[1]]


def trim(text: str, span: Span) -> Span:
    """The span without white space at its ends (empty where it holds nothing else)."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def context(text: str, span: Span, reach: int) -> tuple[str, str]:
    """What stands before and after a span in its paragraph: whole words, at most ``reach`` characters each.

    An ellipsis stands where the paragraph goes on.
    """
    start, end = span
    # One character more than is shown tells whether a word would be cut.
    before = _LINE_END.split(text[max(0, start - reach - 1) : start])[-1]
    after = _LINE_END.split(text[end : end + reach + 1])[0]
    if len(before) > reach:
        before = "\u2026" + re.sub(r"^\S*\s*", "", before)
    if len(after) > reach:
        after = re.sub(r"\s*\S*\Z", "", after) + "\u2026"
    return before, after


def quoted(text: str) -> list[Span]:
    """The spans inside double quotation marks, marks included.

    Curly, straight, ````...''`` and guillemet marks are read. A paragraph's end closes a quotation:
    where the next paragraph opens with a mark again (the newspaper convention for a quotation that runs
    on) that is a second span. Marks that close nothing are passed over. The definition is that of the
    PolNeAR scorer, so that "direct" means the same in a reading and in its evaluation.
    """
    spans: list[Span] = []
    position = 0
    for paragraph in text.splitlines(keepends=True):
        spans.extend(_quoted_in(paragraph, position))
        position += len(paragraph)
    return spans


def _quoted_in(paragraph: str, position: int) -> Iterator[Span]:
    start: int | None = None
    for match in _MARK.finditer(paragraph):
        mark, at = match.group(), position + match.start()
        if start is None and (mark in OPENING or mark == "``" or mark in ('"',)):
            start = at
        elif start is not None and (mark in CLOSING or mark in ("''", '"')):
            yield start, at + len(mark)
            start = None
    if start is not None and paragraph[start - position + 1 :].strip():
        yield start, position + len(paragraph)
