"""What Reportedly says of an article: ``Article``, ``Attribution``, ``Reading`` and their parts.

All records are frozen. A later stage returns new records and never overwrites what an earlier one saw.
Every span is a half-open pair ``(start, end)`` of Unicode code points into the article's text, exactly as
Python slices it. The JSON is that of the sourcing scheme: see ``docs/formats.md``.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from reportedly.errors import OffsetError, SchemaError, VersionError
from reportedly.schema.fields import Fields, Span, line

SCHEMA_VERSION = 1

BlockKind = Literal["heading", "byline", "dateline", "caption", "credit", "paragraph", "quote", "list", "furniture"]
Quotation = Literal["direct", "indirect", "mixed"]
SpeakerType = Literal["person", "unnamed", "organisation", "outlet", "document", "group", "author", "unknown"]
CarrierType = Literal["agency", "outlet", "document", "platform", "person"]
FoundIn = Literal["json-ld", "open graph", "meta", "page", "sidecar"]
Stance = Literal["asserts", "denies", "asks", "commits", "wants", "believes", "withholds"]


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the page: what kind of part, and where it stands in the text."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Credit:
    """The news agency to which an article is credited, by its usual name, and the span that shows it.

    ``evidence`` is None where only the page's own data say so, and not its text.
    """

    name: str
    evidence: Span | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """An immutable text with where it came from.

    ``id`` is a hash of the URL, if there is one, and the text. ``path`` is the input as it was given; for one of
    many articles in a file, with ``#`` and its place there (see ``reportedly.ingest``). ``published`` is an ISO date
    (``2031-04-02``), or None where the page does not say; ``retrieved`` is the ISO day on which it was fetched or
    archived, where that is known. ``found_in`` says of each of ``url``, ``outlet``, ``title``, ``byline`` and
    ``published`` that was taken from an HTML page where on it that was found, or that its folder's sidecar gave it.
    """

    id: str
    text: str
    blocks: tuple[Block, ...] = ()
    path: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    retrieved: str | None = None
    credit: Credit | None = None
    found_in: tuple[tuple[str, FoundIn], ...] = ()


def article_id(text: str, url: str | None = None) -> str:
    """The id of an article: 16 hexadecimal digits of the SHA-256 of its URL and text."""
    digest = hashlib.sha256()
    digest.update((url or "").encode("utf-8", "surrogatepass"))
    digest.update(b"\0")
    digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that was not read: which, why, and what can be done; it stands in the place of the article."""

    path: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}; {self.remedy}"

    def to_json(self) -> str:
        """One line of JSON, which ``reason`` tells from a reading."""
        return line({"schema": SCHEMA_VERSION, **dataclasses.asdict(self)})


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is said to have said it.

    ``name`` is the fullest name that the article gives, without titles; an unnamed source keeps its fullest
    description; None if nobody is identifiable. ``mention`` is the span that shows the name, ``role_evidence``
    the span that shows the role.
    """

    name: str | None = None
    type: SpeakerType = "unknown"
    role: str | None = None
    anonymous: bool = False
    mention: Span | None = None
    role_evidence: Span | None = None


@dataclass(frozen=True, slots=True)
class Carrier:
    """Who or what carried the words from the speaker to the page, and the span that shows it.

    ``carried`` is true where that span belongs to another paragraph and holds on from there.
    """

    name: str
    type: CarrierType
    evidence: Span
    carried: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """The expression that dates the saying, and the ISO day, month, week or year that it means.

    ``date`` is None where the article does not allow it to be resolved.
    """

    evidence: Span
    date: str | None = None
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody is said to have said, thought, wanted, felt or denied something.

    ``source``, ``cue`` and ``content`` are spans, each perhaps several or (source, cue) none. ``via`` is
    the relay chain, nearest the speaker first. ``inside`` is the number of the attribution whose
    content holds this one. ``confidence`` is the probability that source, cue and content are all right;
    None in gold.
    """

    n: int
    content: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    quotation: Quotation | None = None
    speaker: Speaker = Speaker()
    via: tuple[Carrier, ...] = ()
    conditions: tuple[Span, ...] = ()
    hedges: tuple[Span, ...] = ()
    stance: Stance | None = None
    when: When | None = None
    inside: int | None = None
    confidence: float | None = None

    def sourced(self, floor: float = 0.5) -> bool:
        """Whether this is a statement with a source, and sure enough to be counted as one.

        That is what a person (named or not), organisation, outlet, document or group says: not the belief or
        wish that a reporter ascribes to them, not what nobody or the author says. ``floor`` is the least
        confidence (0 to 1); a confidence of None counts as sure.
        """
        return (
            self.speaker.type not in ("author", "unknown")
            and self.stance not in ("believes", "wants")
            and (self.confidence is None or self.confidence >= floor)
        )

    def spans(self) -> Iterable[tuple[str, Span]]:
        """Every span that this attribution points at, with the name of its field."""
        for field in ("source", "cue", "content", "conditions", "hedges"):
            for span in getattr(self, field):
                yield field, span
        for carrier in self.via:
            yield "via", carrier.evidence
        if self.when is not None:
            yield "when", self.when.evidence
        for name, span in (("speaker.mention", self.speaker.mention), ("speaker.role", self.speaker.role_evidence)):
            if span is not None:
                yield name, span


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker of an article: the numbers of its statements, and the spans that name or mean it, in order."""

    speaker: Speaker
    statements: tuple[int, ...]
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Maker:
    """What made a reading: the program's version, the model's name and the hash of its weights."""

    program: str
    model: str
    weights: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One article with its attributions, and what made it. One line of JSONL."""

    article: Article
    attributions: tuple[Attribution, ...] = ()
    maker: Maker | None = None

    def quote(self, attribution: Attribution, field: str = "content") -> str:
        """The words of an attribution's content (or source, cue, conditions, hedges), as they stand.

        Several spans are joined by an ellipsis in brackets.
        """
        return " [...] ".join(self.article.text[start:end] for start, end in getattr(attribution, field))

    def sourced(self, floor: float = 0.5) -> Reading:
        """The reading with its sourced statements only (``Attribution.sourced``); numbers stay as they are."""
        kept = [item for item in self.attributions if item.sourced(floor)]
        numbers = {item.n for item in kept}
        held = (item if item.inside in numbers else dataclasses.replace(item, inside=None) for item in kept)
        return dataclasses.replace(self, attributions=tuple(held))

    def voices(self) -> tuple[Voice, ...]:
        """Who speaks in the article, in the order of their first statement, each with statements and mentions."""
        grouped: dict[tuple[str, str], list[Attribution]] = {}
        for item in self.attributions:
            if item.speaker.name is not None:
                grouped.setdefault((item.speaker.name, item.speaker.type), []).append(item)
        return tuple(_voice(items) for items in grouped.values())

    def to_json(self) -> str:
        """One line of JSON."""
        return line(to_record(self))

    @classmethod
    def from_json(cls, line: str, text: str | None = None) -> Reading:
        """The reading that a line of JSON holds; gold keeps its text apart, so it can be given.

        Raises SchemaError (with its kinds OffsetError and VersionError) for anything that is not a reading.
        """
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise SchemaError(f"not JSON: {error}") from error
        return from_record(record, text)


def _voice(items: Sequence[Attribution]) -> Voice:
    named = [item.speaker.mention for item in items if item.speaker.mention is not None]
    mentions = {span for item in items for span in item.source} | set(named)
    return Voice(items[0].speaker, tuple(item.n for item in items), tuple(sorted(mentions)))


def to_record(reading: Reading) -> dict[str, Any]:
    """The reading as JSON types, in the shape of the sourcing scheme."""
    article = reading.article
    return {
        "schema": SCHEMA_VERSION,
        "id": article.id,
        "path": article.path,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "byline": article.byline,
        "published": article.published,
        "retrieved": article.retrieved,
        "credit": dataclasses.asdict(article.credit) if article.credit is not None else None,
        "found_in": dict(article.found_in),
        "text": article.text,
        "blocks": [{"kind": block.kind, "span": list(block.span)} for block in article.blocks],
        "attributions": [dataclasses.asdict(attribution) for attribution in reading.attributions],
        "maker": dataclasses.asdict(reading.maker) if reading.maker is not None else None,
    }


def from_record(record: object, text: str | None = None) -> Reading:
    """The reading that JSON types hold, checked: kinds, and every offset against the text."""
    if not isinstance(record, Mapping):
        raise SchemaError(f"a reading is an object, not {type(record).__name__}")
    where = str(record.get("path") or record.get("id") or "reading")
    version = record.get("schema", SCHEMA_VERSION)
    if not isinstance(version, int) or version > SCHEMA_VERSION:
        raise VersionError(f"{where}: schema {version!r}; this program reads up to {SCHEMA_VERSION}: update it")
    fields = Fields(record, where)
    text = fields.text("text") if text is None else text
    credit = fields.part("credit")
    article = Article(
        id=fields.optional_text("id") or article_id(text, fields.optional_text("url")),
        text=text,
        blocks=tuple(_block(item) for item in fields.items("blocks")),
        credit=Credit(credit.text("name"), credit.span("evidence")) if credit is not None else None,
        found_in=_found_in(fields.part("found_in")),
        **{k: fields.optional_text(k) for k in ("path", "url", "outlet", "title", "byline", "published", "retrieved")},
    )
    attributions = tuple(_attribution(item) for item in fields.items("attributions"))
    maker = fields.part("maker")
    reading = Reading(article, attributions, _maker(maker) if maker is not None else None)
    check_offsets(reading)
    return reading


def check_offsets(reading: Reading) -> None:
    """Raise OffsetError for the first span that does not fit the text, naming attribution and field."""
    length = len(reading.article.text)
    where = reading.article.path or reading.article.id

    def check(name: str, span: Span) -> None:
        start, end = span
        if not 0 <= start < end <= length:
            raise OffsetError(f"{where}: {name} [{start}, {end}) does not fit a text of {length} characters")

    for k, block in enumerate(reading.article.blocks):
        check(f"block {k} ({block.kind})", block.span)
    if reading.article.credit is not None and reading.article.credit.evidence is not None:
        check("credit", reading.article.credit.evidence)
    numbers = {attribution.n for attribution in reading.attributions}
    if len(numbers) < len(reading.attributions):
        raise SchemaError(f"{where}: two attributions have one number n")
    for attribution in reading.attributions:
        for field, span in attribution.spans():
            check(f"attribution {attribution.n}: {field}", span)
        if attribution.inside is not None and attribution.inside not in numbers:
            raise SchemaError(
                f"{where}: attribution {attribution.n}: inside {attribution.inside}, which does not exist"
            )


def _block(fields: Fields) -> Block:
    return Block(fields.required_choice("kind", BlockKind), fields.required_span("span"))


def _found_in(fields: Fields | None) -> tuple[tuple[str, FoundIn], ...]:
    if fields is None:
        return ()
    return tuple((str(name), fields.required_choice(str(name), FoundIn)) for name in fields.record)


def _attribution(fields: Fields) -> Attribution:
    n = fields.whole("n")
    if n is None:
        raise SchemaError(f"{fields.where}: n is missing")
    speaker, when = fields.part("speaker"), fields.part("when")
    return Attribution(
        n=n,
        content=fields.spans("content"),
        source=fields.spans("source"),
        cue=fields.spans("cue"),
        quotation=fields.choice("quotation", Quotation),
        speaker=_speaker(speaker) if speaker is not None else Speaker(),
        via=tuple(_carrier(item) for item in fields.items("via")),
        conditions=fields.spans("conditions"),
        hedges=fields.spans("hedges"),
        stance=fields.choice("stance", Stance),
        when=_when(when) if when is not None else None,
        inside=fields.whole("inside"),
        confidence=_probability(fields, "confidence"),
    )


def _probability(fields: Fields, key: str) -> float | None:
    value = fields.number(key)
    if value is not None and not 0 <= value <= 1:
        raise SchemaError(f"{fields.where}: {key} is from 0 to 1, not {value}")
    return value


def _speaker(fields: Fields) -> Speaker:
    return Speaker(
        name=fields.optional_text("name"),
        type=fields.required_choice("type", SpeakerType),
        role=fields.optional_text("role"),
        anonymous=fields.flag("anonymous"),
        mention=fields.span("mention"),
        role_evidence=fields.span("role_evidence"),
    )


def _carrier(fields: Fields) -> Carrier:
    return Carrier(
        name=fields.text("name"),
        type=fields.required_choice("type", CarrierType),
        evidence=fields.required_span("evidence"),
        carried=fields.flag("carried"),
    )


def _when(fields: Fields) -> When:
    return When(fields.required_span("evidence"), fields.optional_text("date"), fields.flag("carried"))


def _maker(fields: Fields) -> Maker:
    return Maker(fields.text("program"), fields.text("model"), fields.text("weights"))
