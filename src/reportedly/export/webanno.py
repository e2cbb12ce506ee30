"""W3C Web Annotations: one JSON-LD collection, in which each statement and each span that it rests on is annotated.

https://www.w3.org/TR/annotation-model/. A position counts code points, as the model wants, or UTF-16 units, as
Hypothes.is does. It counts in the text that was read, which is not a page's source: on the page itself it is the quoted
words, with what stands before and after them, that find the place.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TextIO

from reportedly.export import words
from reportedly.export.jsonld import Node, dumped, write_items
from reportedly.export.names import Names, iso_date
from reportedly.export.options import Options
from reportedly.schema import Article, Attribution, Reading, Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

# So many characters before and after the words tell places of the same words apart; Hypothes.is takes as many.
AROUND = 32


def write(readings: Iterable[Reading], target: TextIO, options: Options) -> None:
    """Write one AnnotationCollection with one page."""
    collection = f"{options.base}annotations"
    page = f"{options.base}annotations/1"
    before = (
        f'{{"@context": {dumped(CONTEXT)}, "id": {dumped(collection)}, "type": "AnnotationCollection",'
        f' "label": "Statements and their sources, by reportedly",\n'
        f'"first": {{"id": {dumped(page)}, "type": "AnnotationPage", "partOf": {dumped(collection)},'
        ' "startIndex": 0, "items": ['
    )
    count = write_items(target, before, (item for reading in readings for item in _reading(reading, options)), "]},\n")
    target.write(f'"total": {count}}}\n')


def _reading(reading: Reading, options: Options) -> Iterator[Node]:
    names = Names(options.base, reading)
    targets = _Targets(reading, names.page, options.utf16)
    for item in reading.attributions:
        yield from _statement(reading, item, names, targets)


def _statement(reading: Reading, item: Attribution, names: Names, targets: _Targets) -> Iterator[Node]:
    """The statement itself, at its content, and one annotation for each other field, which links to it."""
    name = names.statements[item.n]
    head: Node = {"type": "Annotation", **_generator(reading, names)}
    about = {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "language": "en"}
    body = [about | {"value": words.chain(reading, item)}, *map(_tag, words.tags(item))]
    where = item.content or item.source or item.cue
    yield {"id": name, **head, "motivation": "describing", "body": body, "target": targets.of(where)}
    link = {"type": "SpecificResource", "source": name, "purpose": "linking"}
    for number, (field, spans, value) in enumerate(_fields(item), 1):
        body = [link, _tag(field)]
        if value is not None:
            body.append({"type": "TextualBody", "purpose": "identifying", "value": value})
        yield {
            "id": f"{name}#{number}",
            **head,
            "motivation": "linking",
            "body": body,
            "target": targets.of(spans),
        }


def _tag(tag: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": "tagging", "value": tag}


def _fields(item: Attribution) -> Iterator[tuple[str, Sequence[Span], str | None]]:
    """Each field beside the content that has words: its name, their spans, and what they stand for."""
    speaker = item.speaker
    if item.source:
        yield "source", item.source, speaker.name
    if item.cue:
        yield "cue", item.cue, None
    if speaker.mention is not None:
        yield "speaker", (speaker.mention,), speaker.name
    if speaker.role_evidence is not None:
        yield "role", (speaker.role_evidence,), speaker.role
    for carrier in item.via:
        yield "via", (carrier.evidence,), carrier.name
    for span in item.conditions:
        yield "condition", (span,), None
    for span in item.hedges:
        yield "hedge", (span,), None
    if item.when is not None:
        yield "when", (item.when.evidence,), item.when.date


def _generator(reading: Reading, names: Names) -> Node:
    maker = reading.maker
    if maker is None:
        return {}
    name = f"{maker.program}, {maker.model} (weights {maker.weights[:16]})"
    return {"generator": {"id": names.maker(maker), "type": "Software", "name": name}}


class _Targets:
    """Spans of one article as targets."""

    def __init__(self, reading: Reading, source: str, utf16: bool) -> None:
        self._text = reading.article.text
        self._source = source
        self._state = _state(reading.article)
        self._utf16 = utf16

    def of(self, spans: Sequence[Span]) -> Node | list[Node]:
        """The target of an annotation: a part of the article, or several where the words stand apart."""
        if not spans:
            return {"type": "SpecificResource", "source": self._source, **self._state}
        targets = [self._target(span) for span in spans]
        return targets[0] if len(targets) == 1 else targets

    def _target(self, span: Span) -> Node:
        start, end = span
        quote = {
            "type": "TextQuoteSelector",
            "exact": self._text[start:end],
            "prefix": self._text[max(0, start - AROUND) : start],
            "suffix": self._text[end : end + AROUND],
        }
        position = {"type": "TextPositionSelector", "start": self._position(start), "end": self._position(end)}
        return {
            "type": "SpecificResource",
            "source": self._source,
            "selector": [quote, position],
            **self._state,
        }

    def _position(self, at: int) -> int:
        return at + bisect_left(self._astral, at) if self._utf16 else at

    @cached_property
    def _astral(self) -> list[int]:
        """Where characters stand that are two units of UTF-16."""
        return [at for at, character in enumerate(self._text) if ord(character) > 0xFFFF]


def _state(article: Article) -> Node:
    """The day on which the page was as it was read: the model asks for that beside positions."""
    day = article.retrieved
    if day is None or iso_date(day) is None or len(day) != len("2034-09-14"):
        return {}
    return {
        "state": {
            "type": "TimeState",
            "sourceDateStart": f"{day}T00:00:00Z",
            "sourceDateEnd": f"{day}T23:59:59Z",
        }
    }
