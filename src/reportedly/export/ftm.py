"""FollowTheMoney entities as JSON lines, for Aleph and its kin.

https://followthemoney.tech. Every article is an ``Article``; a named person, an organisation or outlet, and a document
that speaks are entities; a statement is a ``Note`` on the article and on whoever said and carried it, and a
``Documentation``, the edge between the article and the speaker. Unnamed sources and groups are no entities: "a senior
official" of two articles would be matched as one. No entity is followed from article to article but outlets and
agencies: that is for those who match.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import TextIO

from reportedly.export import words
from reportedly.export.names import iso_date, place, web_address
from reportedly.export.options import Options
from reportedly.schema import Article, Attribution, Carrier, CarrierType, Reading, Speaker, SpeakerType

# The longest value that FollowTheMoney takes for a name, a string and a text.
LONGEST_NAME, LONGEST_STRING, LONGEST_TEXT = 384, 1024, 65_000

# Who is an entity, and of which schema.
_SPEAKERS: dict[SpeakerType, str] = {
    "person": "Person",
    "organisation": "Organization",
    "outlet": "Organization",
    "document": "Document",
}
_CARRIERS: dict[CarrierType, str] = {"person": "Person", "outlet": "Organization", "agency": "Organization"}

_Values = Mapping[str, Iterable[str | None]]


def write(readings: Iterable[Reading], target: TextIO, options: Options) -> None:  # noqa: ARG001 - as all writers
    """Write one entity a line. An outlet has a line for each article that names it: lines of one id merge."""
    for reading in readings:
        for entity in _entities(reading):
            target.write(f"{json.dumps(entity, ensure_ascii=False)}\n")


def _entities(reading: Reading) -> Iterator[Mapping[str, object]]:
    ids = _Ids(reading.article)
    yield _article(reading.article, ids)
    for item in reading.attributions:
        yield from _who(item, ids)
        yield from _statement(reading, item, ids)


class _Ids:
    """Ids of one article's entities: what they stand for, and a hash."""

    def __init__(self, article: Article) -> None:
        self.article = _id("article", article.id)

    def statement(self, kind: str, item: Attribution) -> str:
        return _id(kind, self.article, place(item), str(item.n))

    def speaker(self, speaker: Speaker) -> str | None:
        """The id of who speaks, where that is an entity."""
        if speaker.anonymous or speaker.type not in _SPEAKERS or _name(speaker.name) is None:
            return None
        return self._named(_SPEAKERS[speaker.type], speaker.name or "")

    def carrier(self, carrier: Carrier) -> str | None:
        """The id of who carried it, where that is an entity."""
        if carrier.type not in _CARRIERS or _name(carrier.name) is None:
            return None
        return self._named(_CARRIERS[carrier.type], carrier.name)

    def _named(self, schema: str, name: str) -> str:
        return _id(schema.lower(), "" if schema == "Organization" else self.article, name)


def _id(kind: str, *parts: str) -> str:
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
    return f"reportedly-{kind}-{digest[:32]}"


def _entity(id_: str, schema: str, values: _Values) -> Mapping[str, object]:
    """An entity with the properties that have values, each of them once."""
    found = {name: list(dict.fromkeys(filter(None, given))) for name, given in values.items()}
    return {"id": id_, "schema": schema, "properties": {name: given for name, given in found.items() if given}}


def _article(article: Article, ids: _Ids) -> Mapping[str, object]:
    text = unicodedata.normalize("NFC", words.harmless(article.text))
    pieces = (text[at : at + LONGEST_TEXT].strip() for at in range(0, len(text), LONGEST_TEXT))
    return _entity(
        ids.article,
        "Article",
        {
            "title": [_string(words.headline(article))],
            "author": [_string(article.byline)],
            "publisher": [_string(article.outlet)],
            "publishedAt": [iso_date(article.published)],
            "retrievedAt": [iso_date(article.retrieved)],
            "sourceUrl": [web_address(article.url)],
            "messageId": [_string(article.id)],
            "language": ["eng"],
            # In pieces, since longer values are refused.
            "bodyText": [piece for piece in pieces if _is_visible(piece)],
        },
    )


def _who(item: Attribution, ids: _Ids) -> Iterator[Mapping[str, object]]:
    """Who said it and who carried it, as far as they are entities."""
    speaker = item.speaker
    if (id_ := ids.speaker(speaker)) is not None:
        schema = _SPEAKERS[speaker.type]
        position = {"position": [_string(speaker.role)]} if schema == "Person" else {}
        named = "title" if schema == "Document" else "name"
        yield _entity(id_, schema, {named: [_name(speaker.name)], **position})
    for carrier in item.via:
        if (id_ := ids.carrier(carrier)) is not None:
            yield _entity(id_, _CARRIERS[carrier.type], {"name": [_name(carrier.name)]})


def _statement(reading: Reading, item: Attribution, ids: _Ids) -> Iterator[Mapping[str, object]]:
    speaker = ids.speaker(item.speaker)
    carriers = [ids.carrier(carrier) for carrier in item.via]
    said = _text(words.quote(reading, item.content))
    yield _entity(
        ids.statement("note", item),
        "Note",
        {
            "name": [_name(words.chain(reading, item))],
            "description": [said],
            "entity": [ids.article, speaker, *carriers],
            "summary": [_text(" · ".join(words.facts(reading, item)))],
            "notes": [_text(f"{label}: {what}") for label, what in words.strings(reading, item)],
            "keywords": words.tags(item),
            "publisher": [_string(reading.article.outlet)],
            "sourceUrl": [web_address(reading.article.url)],
            "namesMentioned": [_name(item.speaker.name) if speaker is not None else None],
        },
    )
    if speaker is not None:
        yield _entity(
            ids.statement("documentation", item),
            "Documentation",
            {
                "document": [ids.article],
                "entity": [speaker],
                "role": [words.QUOTATIONS[item.quotation] if item.quotation is not None else "spoken for"],
                "date": [iso_date(item.when.date) if item.when is not None else None],
                "summary": [said],
                "recordId": [place(item)],
            },
        )


def _name(text: str | None) -> str | None:
    return _cut(text, LONGEST_NAME)


def _string(text: str | None) -> str | None:
    return _cut(text, LONGEST_STRING)


def _text(text: str | None) -> str | None:
    return _cut(text, LONGEST_TEXT)


def _cut(text: str | None, longest: int) -> str | None:
    """A value on one line and no longer than FollowTheMoney takes; None for one that it would refuse as empty."""
    shown = unicodedata.normalize("NFC", words.one_line(text or ""))
    if not _is_visible(shown):
        return None
    return shown if len(shown) <= longest else f"{shown[: longest - 1].rstrip()}…"


def _is_visible(text: str) -> bool:
    return any(character.isprintable() and not character.isspace() for character in text)
