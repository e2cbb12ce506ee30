"""Statements in a list, each with its chain, its words in context and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportedly.export import words
from reportedly.export.story import circled
from reportedly.store import Hit
from reportedly.store.speaker import speaker_id
from reportedly.text import context
from reportedly.web import links
from reportedly.web.screen import Table

# Characters of its paragraph shown on either side of a statement.
AROUND = 110

COLUMNS = (
    "place",
    "published",
    "outlet",
    "title",
    "byline",
    "speaker",
    "type",
    "anonymous",
    "role",
    "via",
    "quotation",
    "stance",
    "conditions",
    "hedges",
    "said",
    "confidence",
    "content",
    "url",
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement as it is shown in a list.

    ``pieces`` are its words, cut where those that were looked for begin and end; ``before`` and ``after`` is what
    stands around them in the paragraph.
    """

    address: str
    article: str
    headline: str
    outlet: str
    outlet_address: str | None
    published: str
    name: str
    speaker_address: str | None
    role: str
    kind: str
    nobody: bool
    carriers: tuple[tuple[str, str], ...]
    facts: tuple[str, ...]
    strings: tuple[tuple[str, str], ...]
    before: str
    pieces: tuple[tuple[str, bool], ...]
    after: str


def sentences(hits: Iterable[Hit]) -> list[Sentence]:
    """Statements as they are shown."""
    return [_sentence(hit) for hit in hits]


def _sentence(hit: Hit) -> Sentence:
    article, item = hit.reading.article, hit.statement
    person = speaker_id(hit.article, item.speaker)
    shown = (hit.passage.start, hit.passage.start + len(hit.passage.text))
    before, after = context(article.text, shown, AROUND)
    return Sentence(
        address=links.statement(hit.article, hit.span),
        article=links.article(hit.article),
        headline=words.headline(article),
        outlet=words.outlet(article),
        outlet_address=links.outlet(article.outlet) if article.outlet else None,
        published=words.one_line(article.published or ""),
        name=words.name(item.speaker),
        speaker_address=links.speaker(person) if person is not None else None,
        role=words.role(item.speaker),
        kind=words.kind(item.speaker),
        nobody=item.speaker.name is None,
        carriers=tuple((circled(rung), words.carrier(one)) for rung, one in enumerate(item.via, 1)),
        facts=tuple(words.facts(hit.reading, item)),
        strings=tuple(words.strings(hit.reading, item)),
        before=words.harmless(before if shown[0] == hit.span[0] else "…"),
        pieces=tuple(_pieces(hit)),
        after=words.harmless(after if shown[1] == hit.span[1] else "…"),
    )


def _pieces(hit: Hit) -> Iterator[tuple[str, bool]]:
    text, reached = words.harmless(hit.passage.text), 0
    for low, high in hit.passage.marks:
        if reached < low:
            yield text[reached:low], False
        yield text[low:high], True
        reached = high
    if reached < len(text):
        yield text[reached:], False


def table(hits: Sequence[Hit]) -> Table:
    """A statement a row."""
    return Table(COLUMNS, [_row(hit) for hit in hits])


def _row(hit: Hit) -> tuple[object, ...]:
    article, item = hit.reading.article, hit.statement
    return (
        hit.place,
        article.published,
        article.outlet,
        article.title,
        article.byline,
        item.speaker.name,
        item.speaker.type,
        item.speaker.anonymous,
        item.speaker.role,
        " > ".join(carrier.name for carrier in item.via),
        item.quotation,
        item.stance,
        words.quote(hit.reading, item.conditions),
        words.quote(hit.reading, item.hedges),
        item.when.date if item.when is not None else None,
        item.confidence,
        hit.reading.quote(item),
        article.url,
    )
