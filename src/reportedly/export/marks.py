"""Overlapping spans, cut into flat segments that a page can mark one after another.

Spans of one reading nest and overlap as they like. Every place where one begins or ends is a cut; between
two cuts nothing changes, so each segment is marked with all that hold there and no tag ever crosses another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from reportedly.schema import Article, Attribution, Block, Span
from reportedly.text import paragraphs, trim

Role = Literal["content", "condition", "hedge", "source", "cue", "carrier", "when", "pointed"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A span that plays a role in a statement.

    ``statement`` is the statement's place in its reading, ``rung`` a carrier's place in the relay chain, from 1. Words
    that are "pointed" at by an address belong to no statement: theirs is -1.
    """

    span: Span
    role: Role
    statement: int
    rung: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text in which every mark either holds throughout or not at all."""

    span: Span
    marks: tuple[Mark, ...] = ()


def marks(attributions: Iterable[Attribution]) -> list[Mark]:
    """Every span of every statement as a mark, in the order of the text."""
    return sorted((mark for k, item in enumerate(attributions) for mark in _marks(k, item)), key=lambda mark: mark.span)


def _marks(statement: int, item: Attribution) -> Iterator[Mark]:
    fields: tuple[tuple[Role, Sequence[Span]], ...] = (
        ("content", item.content),
        ("condition", item.conditions),
        ("hedge", item.hedges),
        ("source", item.source),
        ("cue", item.cue),
        ("when", (item.when.evidence,) if item.when is not None else ()),
    )
    for role, spans in fields:
        for span in spans:
            yield Mark(span, role, statement)
    for rung, carrier in enumerate(item.via, 1):
        yield Mark(carrier.evidence, "carrier", statement, rung)


def cut(span: Span, ordered: Sequence[Mark]) -> list[Segment]:
    """The segments of a span, in order and without gaps; ``ordered`` are marks by their start."""
    start, end = span
    inside = [mark for mark in ordered if mark.span[0] < end and mark.span[1] > start]
    cuts = {start, end}.union(*(mark.span for mark in inside))
    segments: list[Segment] = []
    waiting, active = iter(inside), list[Mark]()
    coming = next(waiting, None)
    for low, high in pairwise(sorted(at for at in cuts if start <= at <= end)):
        while coming is not None and coming.span[0] <= low:
            active.append(coming)
            coming = next(waiting, None)
        active = [mark for mark in active if mark.span[1] > low]
        segments.append(Segment((low, high), tuple(active)))
    return segments


def layout(article: Article) -> list[Block]:
    """The article's blocks in order, never overlapping, with paragraphs where no block stands.

    Every character that is not white space is in exactly one of them.
    """
    laid: list[Block] = []
    reached = 0
    for block in sorted(article.blocks, key=lambda block: block.span):
        start, end = max(block.span[0], reached), block.span[1]
        laid.extend(_paragraphs(article.text, (reached, start)))
        if start < end:
            laid.append(Block(block.kind, (start, end)))
        reached = max(reached, end)
    laid.extend(_paragraphs(article.text, (reached, len(article.text))))
    return [block for block in laid if _has_words(article, block)]


def _paragraphs(text: str, span: Span) -> Iterator[Block]:
    start, end = span
    for low, high in paragraphs(text[start:end]):
        yield Block("paragraph", (start + low, start + high))


def _has_words(article: Article, block: Block) -> bool:
    start, end = trim(article.text, block.span)
    return start < end
