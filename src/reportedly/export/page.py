"""Readings as one self-contained HTML page: the article's words, and beside each statement where it comes from.

The page needs no script and makes no request; a content security policy with the hash of its own style
sheet holds it to that. Whatever comes from an article is escaped by the template.
"""

from __future__ import annotations

import base64
import hashlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reportedly.export import words
from reportedly.export.marks import Mark, Role, Segment, cut, layout, marks
from reportedly.schema import Article, Attribution, Block, BlockKind, Reading, Span

# Elements that draw a line under the words, outermost first, so that the lines stack in one order.
_LINES: tuple[Role, ...] = ("source", "cue", "carrier")
_BOXES: tuple[Role, ...] = ("condition", "hedge")
_FIRST_CIRCLED, _LAST_CIRCLED = 0x2460, 20  # ① and the number of the last circled one


def page(readings: Sequence[Reading]) -> str:
    """One HTML5 document that shows the readings in their order."""
    stories = [_story(reading, number, len(readings)) for number, reading in enumerate(readings, 1)]
    environment = _environment()
    style = environment.get_template("page.css").render(highlights=_highlights(stories))
    return environment.get_template("page.html").render(
        title=stories[0].headline if len(stories) == 1 else f"{len(stories)} articles",
        stories=stories,
        key=any(story.statements for story in stories),
        style=Markup(style),  # noqa: S704 - our own file and numbers; nothing of an article's
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("reportedly.export"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@dataclass(frozen=True, slots=True)
class _Statement:
    """A statement's number, its names on the page and what its note says."""

    n: int
    group: str  # the class of everything that belongs to it
    anchor: str  # the id of its place in the text: the permalink
    note: str  # the id of its note
    name: str
    role: str
    kind: str
    nobody: bool
    carriers: tuple[tuple[str, str], ...]  # (circled number, name and kind)
    outlet: str
    facts: tuple[str, ...]
    strings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line under some words: whose, and the number that stands behind it."""

    role: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of text with its marks, and the statements whose words begin at it."""

    text: str
    classes: str
    lines: tuple[_Line, ...]
    beginning: tuple[_Statement, ...]


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of the article, and the statements that begin in it."""

    kind: BlockKind | None  # none: only notes, on statements that no block holds
    is_title: bool
    pieces: tuple[_Piece, ...]
    notes: tuple[_Statement, ...]


@dataclass(frozen=True, slots=True)
class _Story:
    """One reading, ready for the template."""

    id: str
    headline: str
    provenance: tuple[str, ...]
    tally: str
    url: str | None
    rows: tuple[tuple[_Block, ...], ...]
    statements: tuple[_Statement, ...]
    made: tuple[str, ...]  # what the page was made from and by

    @property
    def has_title_row(self) -> bool:
        """Whether the title is one of the article's own blocks."""
        return any(block.is_title for row in self.rows for block in row)


def _story(reading: Reading, number: int, of: int) -> _Story:
    article = reading.article
    statements = _statements(reading, number, of)
    blocks = layout(article)
    title = _title_block(article, blocks)
    return _Story(
        id=f"reading-{number}",
        headline=_words(article, title) if title is not None else words.headline(article),
        provenance=tuple(words.provenance(article)),
        tally=words.tally(reading.attributions),
        url=_safe_url(article.url),
        rows=tuple(_rows(_blocks(reading, blocks, title, statements))),
        statements=tuple(statements),
        made=tuple(_made(reading)),
    )


def _words(article: Article, block: Block) -> str:
    start, end = block.span
    return words.one_line(article.text[start:end])


def _title_block(article: Article, blocks: Iterable[Block]) -> Block | None:
    """The heading that is the article's title, or stands for a title that is not known."""
    headings = [block for block in blocks if block.kind == "heading"]
    if article.title is None:
        return headings[0] if headings else None
    title = words.one_line(article.title)
    return next((block for block in headings if _words(article, block) == title), None)


def _safe_url(url: str | None) -> str | None:
    """The address if it may be followed: a page from anywhere may claim ``javascript:`` as its own."""
    try:
        scheme = urlsplit(url or "").scheme
    except ValueError:
        return None
    return words.one_line(url or "") if scheme in ("http", "https") else None


def _made(reading: Reading) -> Iterator[str]:
    yield f"Article {words.one_line(reading.article.id)}"
    if reading.maker is not None:
        maker = reading.maker
        yield words.one_line(f"read by {maker.program} with {maker.model} (weights {maker.weights[:16]})")


def _statements(reading: Reading, number: int, of: int) -> list[_Statement]:
    """The statements with their names on the page; no two share an anchor."""
    seen: dict[str, int] = {}
    found = []
    for place, item in enumerate(reading.attributions, 1):
        start, end = _extent(item)
        anchor = f"s-{start}-{end}" if of == 1 else f"a{number}-s-{start}-{end}"
        seen[anchor] = seen.get(anchor, 0) + 1
        if seen[anchor] > 1:  # two statements of the same words: said and denied, say
            anchor = f"{anchor}-{seen[anchor]}"
        found.append(_statement(reading, item, anchor, f"a{number}-{place}"))
    return found


def _extent(item: Attribution) -> Span:
    """From the first to the last character of the content (or, without content, of anything)."""
    spans = item.content or tuple(span for _, span in item.spans()) or ((0, 0),)
    return min(start for start, _ in spans), max(end for _, end in spans)


def _statement(reading: Reading, item: Attribution, anchor: str, group: str) -> _Statement:
    return _Statement(
        n=item.n,
        group=group,
        anchor=anchor,
        note=f"note-{group}",
        name=words.name(item.speaker),
        role=words.role(item.speaker),
        kind=words.kind(item.speaker),
        nobody=item.speaker.name is None,
        carriers=tuple((_circled(rung), words.carrier(carrier)) for rung, carrier in enumerate(item.via, 1)),
        outlet=words.outlet(reading.article),
        facts=tuple(words.facts(reading, item)),
        strings=tuple(words.strings(reading, item)),
    )


def _circled(rung: int) -> str:
    return chr(_FIRST_CIRCLED + rung - 1) if rung <= _LAST_CIRCLED else f"({rung})"


def _blocks(
    reading: Reading, blocks: Sequence[Block], title: Block | None, statements: Sequence[_Statement]
) -> Iterator[_Block]:
    """The blocks with their notes. A statement is noted where its words begin; none is left out."""
    ordered = marks(reading.attributions)
    extents = [_extent(item) for item in reading.attributions]
    waiting = deque(sorted(range(len(statements)), key=lambda place: (extents[place][0], place)))
    for block in blocks:
        pieces = []
        for segment in cut(block.span, ordered):
            beginning = []
            # Words may begin in the white space before a block: they are noted at its first piece.
            while waiting and extents[waiting[0]][0] < segment.span[1]:
                beginning.append(statements[waiting.popleft()])
            pieces.append(_piece(reading.article, segment, statements, beginning))
        notes = tuple(statement for piece in pieces for statement in piece.beginning)
        yield _Block(block.kind, block is title, tuple(pieces), notes)
    if waiting:
        yield _Block(None, False, (), tuple(statements[place] for place in waiting))


def _rows(blocks: Iterable[_Block]) -> Iterator[tuple[_Block, ...]]:
    """The blocks that share a margin.

    Blocks without notes follow the one before, whose notes may be longer than it is; a heading stays with
    what it heads.
    """
    row: list[_Block] = []
    for block in blocks:
        if row and (block.notes or block.kind == "heading"):
            yield tuple(row)
            row = []
        row.append(block)
    if row:
        yield tuple(row)


def _piece(
    article: Article, segment: Segment, statements: Sequence[_Statement], beginning: Iterable[_Statement]
) -> _Piece:
    start, end = segment.span
    return _Piece(
        text=words.harmless(article.text[start:end]),
        classes=" ".join(_classes(segment, statements)),
        lines=tuple(_lines(segment)),
        beginning=tuple(beginning),
    )


def _classes(segment: Segment, statements: Sequence[_Statement]) -> Iterator[str]:
    depth = len({mark.statement for mark in segment.marks if mark.role == "content"})
    if depth:
        yield "content" if depth == 1 else "content nested"
    boxes = [mark for mark in segment.marks if mark.role in _BOXES]
    if boxes:
        # A condition's whole line outranks a hedge's dashed one, where both hold.
        yield min((mark.role for mark in boxes), key=_BOXES.index)
        if any(mark.span[0] == segment.span[0] for mark in boxes):
            yield "opens"
        if any(mark.span[1] == segment.span[1] for mark in boxes):
            yield "closes"
    yield from sorted({statements[mark.statement].group for mark in segment.marks})


def _lines(segment: Segment) -> Iterator[_Line]:
    for role in _LINES:
        held = [mark for mark in segment.marks if mark.role == role]
        if held:
            yield _Line(role, _carrier_label(segment, held) if role == "carrier" else "")


def _carrier_label(segment: Segment, held: Iterable[Mark]) -> str:
    """The rungs of the carriers whose evidence ends here."""
    return "".join(_circled(rung) for rung in sorted({m.rung for m in held if m.span[1] == segment.span[1]}))


def _highlights(stories: Iterable[_Story]) -> Markup:
    """The selectors that light a statement wherever any part of it is pointed at, focused or linked to."""
    return Markup(",\n").join(
        Markup("#{story}:has(.{group}:is(:hover,:focus-within,:target)) .{group}").format(
            story=story.id, group=statement.group
        )
        for story in stories
        for statement in story.statements
    )
