"""Readings as four tables whose keys join: article, attribution, carrier, speaker. One row a thing.

The tables are these dataclasses: CSV, Parquet and the codebook are made from their fields, types and meanings.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Annotated, Literal, Union, get_args, get_origin, get_type_hints

from reportedly.schema import (
    Article,
    Attribution,
    Carrier,
    CarrierType,
    Quotation,
    Reading,
    Span,
    Speaker,
    SpeakerType,
    Stance,
)

Spans = tuple[Span, ...]
Kind = Literal["text", "whole number", "number", "true or false", "spans"]
Value = str | int | float | bool | Spans | None


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One row for each reading."""

    article: Annotated[int, "key: the number of the reading in this export, from 1"]
    id: Annotated[str, "the article's id: a hash of its URL and text"]
    path: Annotated[str | None, "the input as it was given"]
    url: Annotated[str | None, "the page's own address"]
    outlet: Annotated[str | None, "who published it"]
    title: Annotated[str | None, "the headline"]
    byline: Annotated[str | None, "who signs, without “By”"]
    published: Annotated[str | None, "ISO date of publication"]
    retrieved: Annotated[str | None, "ISO day on which it was fetched or archived"]
    credit: Annotated[str | None, "the news agency to which it is credited"]
    statements: Annotated[int, "how many rows of `attribution` it has"]
    program: Annotated[str | None, "what made the reading, with its version"]
    model: Annotated[str | None, "the name of the model that was used"]
    weights: Annotated[str | None, "the hash of the model's weights"]
    text: Annotated[str, "the text into which all spans point"]


@dataclass(frozen=True, slots=True)
class AttributionRow:
    """One row for each statement. The speaker's name, type and role are repeated here so that it can be read alone."""

    attribution: Annotated[int, "key: the number of the statement in this export, from 1"]
    article: Annotated[int, "the `article` in which it stands"]
    n: Annotated[int, "its number in the article"]
    speaker: Annotated[int | None, "the `speaker` who is said to have said it; missing where nobody is identifiable"]
    speaker_name: Annotated[str | None, "the fullest name that the article gives, or an unnamed source's description"]
    speaker_type: Annotated[SpeakerType, "what kind of speaker"]
    speaker_role: Annotated[str | None, "the role as the article gives it"]
    anonymous: Annotated[bool, "whether the article names no one"]
    quotation: Annotated[Quotation | None, "how much of the content stands inside quotation marks"]
    stance: Annotated[Stance | None, "what the source does with the content"]
    source: Annotated[str | None, "the words that name who it was"]
    cue: Annotated[str | None, "the words that say that something was said"]
    content: Annotated[str | None, "what was said"]
    conditions: Annotated[str | None, "what the content depends on"]
    hedges: Annotated[str | None, "words that keep a distance from its truth"]
    carriers: Annotated[int, "how many rows of `carrier` it has: 0 is first hand"]
    said: Annotated[str | None, "ISO day, month, week or year of the saying; missing where it cannot be resolved"]
    said_words: Annotated[str | None, "the words that date the saying"]
    said_carried: Annotated[bool | None, "whether those words stand in another paragraph and hold on from there"]
    inside: Annotated[int | None, "the `attribution` whose content holds this one"]
    confidence: Annotated[float | None, "probability (0 to 1) that source, cue and content are all right"]
    source_spans: Annotated[Spans, "where `source` stands"]
    cue_spans: Annotated[Spans, "where `cue` stands"]
    content_spans: Annotated[Spans, "where `content` stands"]
    condition_spans: Annotated[Spans, "where each of `conditions` stands"]
    hedge_spans: Annotated[Spans, "where each of `hedges` stands"]
    said_spans: Annotated[Spans, "where `said_words` stands"]
    mention_spans: Annotated[Spans, "the words that show the speaker's name"]
    role_spans: Annotated[Spans, "the words that show the speaker's role"]


@dataclass(frozen=True, slots=True)
class CarrierRow:
    """One row for each link of a statement's relay chain."""

    attribution: Annotated[int, "the `attribution` that was relayed"]
    rung: Annotated[int, "place in the chain, from 1, nearest the speaker first"]
    article: Annotated[int, "the `article` in which it stands"]
    name: Annotated[str, "the carrier"]
    type: Annotated[CarrierType, "what kind of carrier"]
    evidence: Annotated[str, "the words that show it"]
    carried: Annotated[bool, "whether those words stand in another paragraph and hold on from there"]
    evidence_spans: Annotated[Spans, "where `evidence` stands"]


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """One row for each name and type that speaks in an article. No speaker is followed from article to article."""

    speaker: Annotated[int, "key: the number of the speaker in this export, from 1"]
    article: Annotated[int, "the `article` in which the speaker speaks"]
    name: Annotated[str, "the fullest name that the article gives, or an unnamed source's description"]
    type: Annotated[SpeakerType, "what kind of speaker"]
    role: Annotated[str | None, "the role as the article gives it; of several the longest"]
    anonymous: Annotated[bool, "whether the article names no one"]
    statements: Annotated[int, "how many rows of `attribution` the speaker has"]


Row = ArticleRow | AttributionRow | CarrierRow | SpeakerRow

# Each table with the record of the schema that it flattens.
TABLES: dict[str, tuple[type[Row], type]] = {
    "article": (ArticleRow, Article),
    "attribution": (AttributionRow, Attribution),
    "carrier": (CarrierRow, Carrier),
    "speaker": (SpeakerRow, Speaker),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``choices`` is the Literal type of its values, where it has one."""

    name: str
    meaning: str
    kind: Kind
    optional: bool
    choices: object | None = None


_KINDS: dict[object, Kind] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    Spans: "spans",
}


def columns(table: type[Row]) -> tuple[Column, ...]:
    """The columns of a table, in order, from its fields."""
    hints = get_type_hints(table, include_extras=True)
    return tuple(_column(field.name, *get_args(hints[field.name])) for field in fields(table))


def _column(name: str, hint: object, meaning: str) -> Column:
    optional = get_origin(hint) in (Union, types.UnionType)
    if optional:
        hint = next(part for part in get_args(hint) if part is not type(None))
    choices = hint if get_origin(hint) is Literal else None
    return Column(name, meaning, _KINDS[str if choices is not None else hint], optional or hint == Spans, choices)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one reading."""

    article: ArticleRow
    attribution: tuple[AttributionRow, ...]
    carrier: tuple[CarrierRow, ...]
    speaker: tuple[SpeakerRow, ...]

    def of(self, table: str) -> Sequence[Row]:
        """The rows of one table, by its name."""
        found: Row | Sequence[Row] = getattr(self, table)
        return found if isinstance(found, tuple) else (found,)


def values(row: Row) -> tuple[Value, ...]:
    """The cells of a row, in the order of its columns."""
    return tuple(getattr(row, field.name) for field in fields(row))


def rows(readings: Iterable[Reading]) -> Iterator[Rows]:
    """The rows of readings, one reading after another; keys run through all."""
    statements = speakers = 0
    for article, reading in enumerate(readings, 1):
        found = _rows(reading, article, statements, speakers)
        statements += len(found.attribution)
        speakers += len(found.speaker)
        yield found


def _rows(reading: Reading, article: int, statements: int, speakers: int) -> Rows:
    voices = reading.voices()
    speaker_keys = {n: key for key, voice in enumerate(voices, speakers + 1) for n in voice.statements}
    keys = {item.n: key for key, item in enumerate(reading.attributions, statements + 1)}
    return Rows(
        _article_row(reading, article),
        tuple(_attribution_row(reading, item, article, keys, speaker_keys) for item in reading.attributions),
        tuple(row for item in reading.attributions for row in _carrier_rows(reading, item, article, keys[item.n])),
        tuple(_speaker_row(reading, voice.statements, article, key) for key, voice in enumerate(voices, speakers + 1)),
    )


def _article_row(reading: Reading, key: int) -> ArticleRow:
    article, maker = reading.article, reading.maker
    return ArticleRow(
        article=key,
        id=article.id,
        path=article.path,
        url=article.url,
        outlet=article.outlet,
        title=article.title,
        byline=article.byline,
        published=article.published,
        retrieved=article.retrieved,
        credit=article.credit.name if article.credit is not None else None,
        statements=len(reading.attributions),
        program=maker.program if maker is not None else None,
        model=maker.model if maker is not None else None,
        weights=maker.weights if maker is not None else None,
        text=article.text,
    )


def _attribution_row(
    reading: Reading, item: Attribution, article: int, keys: dict[int, int], speaker_keys: dict[int, int]
) -> AttributionRow:
    said = (item.when.evidence,) if item.when is not None else ()
    return AttributionRow(
        attribution=keys[item.n],
        article=article,
        n=item.n,
        speaker=speaker_keys.get(item.n),
        speaker_name=item.speaker.name,
        speaker_type=item.speaker.type,
        speaker_role=item.speaker.role,
        anonymous=item.speaker.anonymous,
        quotation=item.quotation,
        stance=item.stance,
        source=_words(reading, item, "source"),
        cue=_words(reading, item, "cue"),
        content=_words(reading, item, "content"),
        conditions=_words(reading, item, "conditions"),
        hedges=_words(reading, item, "hedges"),
        carriers=len(item.via),
        said=item.when.date if item.when is not None else None,
        said_words=reading.article.text[slice(*item.when.evidence)] if item.when is not None else None,
        said_carried=item.when.carried if item.when is not None else None,
        inside=keys[item.inside] if item.inside is not None else None,
        confidence=item.confidence,
        source_spans=item.source,
        cue_spans=item.cue,
        content_spans=item.content,
        condition_spans=item.conditions,
        hedge_spans=item.hedges,
        said_spans=said,
        mention_spans=(item.speaker.mention,) if item.speaker.mention is not None else (),
        role_spans=(item.speaker.role_evidence,) if item.speaker.role_evidence is not None else (),
    )


def _words(reading: Reading, item: Attribution, field: str) -> str | None:
    return reading.quote(item, field) if getattr(item, field) else None


def _carrier_rows(reading: Reading, item: Attribution, article: int, key: int) -> Iterator[CarrierRow]:
    for rung, carrier in enumerate(item.via, 1):
        evidence = reading.article.text[slice(*carrier.evidence)]
        yield CarrierRow(key, rung, article, carrier.name, carrier.type, evidence, carrier.carried, (carrier.evidence,))


def _speaker_row(reading: Reading, statements: Sequence[int], article: int, key: int) -> SpeakerRow:
    numbers = set(statements)
    said = [item.speaker for item in reading.attributions if item.n in numbers]
    roles = [speaker.role for speaker in said if speaker.role is not None]
    return SpeakerRow(
        speaker=key,
        article=article,
        name=said[0].name or "",
        type=said[0].type,
        role=max(roles, key=len, default=None),
        anonymous=any(speaker.anonymous for speaker in said),
        statements=len(said),
    )
