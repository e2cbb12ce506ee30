"""A reading as it is told on a page: its blocks, cut into marked pieces, and for each statement a note in the margin.

Templates make HTML of it: the self-contained page of ``page``, and the article of the web application.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from reportedly.export import words
from reportedly.export.marks import Mark, Role, Segment, cut, layout, marks
from reportedly.schema import Article, Attribution, Block, BlockKind, Reading, Span

# Elements that draw a line under the words, outermost first, so that the lines stack in one order.
_LINES: tuple[Role, ...] = ("source", "cue", "carrier")
_BOXES: tuple[Role, ...] = ("condition", "hedge")
_FIRST_CIRCLED, _LAST_CIRCLED = 0x2460, 20  # ① and the number of the last circled one


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement's number, its names on the page and what its note says."""

    n: int
    span: Span  # from the first to the last character of its content
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
class Line:
    """A line under some words: whose, and for carriers which rungs' and the numbers that stand behind it."""

    role: str
    rungs: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with its marks, and the statements whose words begin at it."""

    text: str
    classes: str
    lines: tuple[Line, ...]
    beginning: tuple[Statement, ...]
    is_pointed_at: bool = False  # whether words that an address points at begin here


@dataclass(frozen=True, slots=True)
class StoryBlock:
    """A block of the article, and the statements that begin in it."""

    kind: BlockKind | None  # none: only notes, on statements that no block holds
    is_title: bool
    pieces: tuple[Piece, ...]
    notes: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """One reading, ready for the template."""

    id: str
    headline: str
    provenance: tuple[str, ...]
    tally: str
    url: str | None
    rows: tuple[tuple[StoryBlock, ...], ...]
    statements: tuple[Statement, ...]
    made: tuple[str, ...]  # what the page was made from and by

    @property
    def has_title_row(self) -> bool:
        """Whether the title is one of the article's own blocks."""
        return any(block.is_title for row in self.rows for block in row)


def story(reading: Reading, number: int = 1, of: int = 1, pointed: Span | None = None) -> Story:
    """The story of a reading, which is number ``number`` of the ``of`` readings on its page.

    ``pointed`` are words that are marked because an address points at them, whether or not a statement stands there.
    """
    article = reading.article
    statements = _statements(reading, number, of)
    blocks = layout(article)
    title = _title_block(article, blocks)
    return Story(
        id=f"reading-{number}",
        headline=_words(article, title) if title is not None else words.headline(article),
        provenance=tuple(words.provenance(article)),
        tally=words.tally(reading.attributions),
        url=_safe_url(article.url),
        rows=tuple(_rows(_blocks(reading, blocks, title, statements, pointed))),
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


def _statements(reading: Reading, number: int, of: int) -> list[Statement]:
    """The statements with their names on the page; no two share an anchor."""
    seen: dict[str, int] = {}
    found = []
    for place, item in enumerate(reading.attributions, 1):
        start, end = extent(item)
        anchor = f"s-{start}-{end}" if of == 1 else f"a{number}-s-{start}-{end}"
        seen[anchor] = seen.get(anchor, 0) + 1
        if seen[anchor] > 1:  # two statements of the same words: said and denied, say
            anchor = f"{anchor}-{seen[anchor]}"
        found.append(_statement(reading, item, (start, end), anchor, f"a{number}-{place}"))
    return found


def extent(item: Attribution) -> Span:
    """From the first to the last character of the content (or, without content, of anything)."""
    spans = item.content or tuple(span for _, span in item.spans()) or ((0, 0),)
    return min(start for start, _ in spans), max(end for _, end in spans)


def _statement(reading: Reading, item: Attribution, span: Span, anchor: str, group: str) -> Statement:
    return Statement(
        n=item.n,
        span=span,
        group=group,
        anchor=anchor,
        note=f"note-{group}",
        name=words.name(item.speaker),
        role=words.role(item.speaker),
        kind=words.kind(item.speaker),
        nobody=item.speaker.name is None,
        carriers=tuple((circled(rung), words.carrier(carrier)) for rung, carrier in enumerate(item.via, 1)),
        outlet=words.outlet(reading.article),
        facts=tuple(words.facts(reading, item)),
        strings=tuple(words.strings(reading, item)),
    )


def circled(rung: int) -> str:
    """A rung's number in a circle: ①."""
    return chr(_FIRST_CIRCLED + rung - 1) if rung <= _LAST_CIRCLED else f"({rung})"


def _blocks(
    reading: Reading,
    blocks: Sequence[Block],
    title: Block | None,
    statements: Sequence[Statement],
    pointed: Span | None,
) -> Iterator[StoryBlock]:
    """The blocks with their notes. A statement is noted where its words begin; none is left out."""
    ordered = marks(reading.attributions)
    if pointed is not None:
        ordered = sorted([*ordered, Mark(pointed, "pointed", -1)], key=lambda mark: mark.span)
    extents = [extent(item) for item in reading.attributions]
    waiting = deque(sorted(range(len(statements)), key=lambda place: (extents[place][0], place)))
    for block in blocks:
        pieces = []
        for segment in cut(block.span, ordered):
            beginning = []
            # Words may begin in the white space before a block: they are noted at its first piece.
            while waiting and extents[waiting[0]][0] < segment.span[1]:
                beginning.append(statements[waiting.popleft()])
            pieces.append(_piece(reading.article, segment, statements, beginning, pointed))
        notes = tuple(statement for piece in pieces for statement in piece.beginning)
        yield StoryBlock(block.kind, block is title, tuple(pieces), notes)
    if waiting:
        yield StoryBlock(None, False, (), tuple(statements[place] for place in waiting))


def _rows(blocks: Iterable[StoryBlock]) -> Iterator[tuple[StoryBlock, ...]]:
    """The blocks that share a margin.

    Blocks without notes follow the one before, whose notes may be longer than it is; a heading stays with
    what it heads.
    """
    row: list[StoryBlock] = []
    for block in blocks:
        if row and (block.notes or block.kind == "heading"):
            yield tuple(row)
            row = []
        row.append(block)
    if row:
        yield tuple(row)


def _piece(
    article: Article,
    segment: Segment,
    statements: Sequence[Statement],
    beginning: Iterable[Statement],
    pointed: Span | None,
) -> Piece:
    start, end = segment.span
    return Piece(
        text=words.harmless(article.text[start:end]),
        classes=" ".join(_classes(segment, statements)),
        lines=tuple(_lines(segment)),
        beginning=tuple(beginning),
        is_pointed_at=pointed is not None and segment.span[0] == pointed[0],
    )


def _classes(segment: Segment, statements: Sequence[Statement]) -> Iterator[str]:
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
    if any(mark.role == "pointed" for mark in segment.marks):
        yield "pointed"
    yield from sorted({statements[mark.statement].group for mark in segment.marks if mark.role != "pointed"})


def _lines(segment: Segment) -> Iterator[Line]:
    for role in _LINES:
        held = [mark for mark in segment.marks if mark.role == role]
        if held:
            yield _carriers(segment, held) if role == "carrier" else Line(role)


def _carriers(segment: Segment, held: Sequence[Mark]) -> Line:
    """The rungs of the carriers whose evidence these words are; the numbers of those whose evidence ends here."""
    rungs = sorted({mark.rung for mark in held})
    ending = sorted({mark.rung for mark in held if mark.span[1] == segment.span[1]})
    return Line("carrier", " ".join(map(str, rungs)), "".join(map(circled, ending)))
