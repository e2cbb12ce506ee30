"""The set forms in which English news names a carrier: "told Reuters", "TASS quoted him as saying", "in a statement".

Only exact forms around a cue or beside it, and only carriers whose kind their words show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportedly.lexicon.media import carrier_type, document_noun, quoted_document_nouns
from reportedly.resolve.belonging import anchor
from reportedly.resolve.names import names
from reportedly.schema import Attribution, Carrier, CarrierType, Span
from reportedly.text import sentences

_TOLD = re.compile(r"\b(?:told|tells|telling|tell)\s+(?:the\s+)?$", re.IGNORECASE)
_INTERVIEW = re.compile(
    r"\b(?:interview(?:ed)?|appearance|speaking|remarks|comments)\s+(?:\w+\s+){0,2}?(?:with|on|to|by)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\s*(?:news agency\s+)?(?:quoted|quotes|cited|cites)\b", re.IGNORECASE)
_ON = re.compile(r"\b(?:on|via|in)\s+(?:a\s+)?$", re.IGNORECASE)
_DOCUMENT = re.compile(
    r"\b(?:in|through|via)\s+(?:a|an|the|his|her|its|their|another)\s+((?:[\w\u2019'-]+\s+){0,3}?[\w-]+)", re.IGNORECASE
)
MEDIA: tuple[CarrierType, ...] = ("agency", "outlet")


def stated(text: str, attribution: Attribution) -> Iterator[Carrier]:
    """The carriers that set forms name in the attribution's sentence, outside its source and content."""
    sentence = _sentence(text, attribution)
    taken = (*attribution.source, *attribution.content)
    for name in names(text, sentence):
        if any(start < name.span[1] and name.span[0] < end for start, end in taken):
            continue
        kind = carrier_type(name.text)
        before = text[sentence[0] : name.span[0]]
        told = _TOLD.search(before) or _INTERVIEW.search(before)
        on = _ON.search(before)
        quoted = _QUOTED.match(text, name.span[1])
        if kind in MEDIA and told:
            yield Carrier(name.text, kind, (sentence[0] + told.start(), name.span[1]))
        elif kind in MEDIA and quoted:
            yield Carrier(name.text, kind, (name.span[0], quoted.end()))
        elif kind == "platform" and on:
            yield Carrier(name.text, kind, (sentence[0] + on.start(), name.span[1]))
    yield from _documents(text, sentence, taken)


def _documents(text: str, sentence: Span, taken: tuple[Span, ...]) -> Iterator[Carrier]:
    """A statement, letter or the like in which it was said."""
    for match in _DOCUMENT.finditer(text, *sentence):
        noun = document_noun(match.group(1)) or ""
        free = not any(start <= match.start() < end for start, end in taken)
        if noun in quoted_document_nouns() and free:
            yield Carrier(noun, "document", match.span())


def _sentence(text: str, attribution: Attribution) -> Span:
    """The sentence that the cue stands in, or the content where there is no cue."""
    at = anchor(attribution)
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    paragraph = (start, end if end >= 0 else len(text))
    return next((span for span in sentences(text, paragraph) if span[0] <= at < span[1]), paragraph)
