from __future__ import annotations

import random

from reportedly.export.marks import Mark, cut, layout, marks
from reportedly.schema import Article, Block

from .stories import ARTICLE, CRITICS, NOBODY, OFFICIAL, READING, REPORT, TEXT


def test_overlapping_and_nested_spans_become_flat_segments() -> None:
    outer, inner, across = Mark((2, 8), "content", 0), Mark((3, 5), "content", 1), Mark((4, 10), "cue", 0)
    segments = cut((0, 12), [outer, inner, across])
    assert [(segment.span, segment.marks) for segment in segments] == [
        ((0, 2), ()),
        ((2, 3), (outer,)),
        ((3, 4), (outer, inner)),
        ((4, 5), (outer, inner, across)),
        ((5, 8), (outer, across)),
        ((8, 10), (across,)),
        ((10, 12), ()),
    ]


def test_a_mark_that_reaches_beyond_the_block_is_clipped() -> None:
    mark = Mark((0, 50), "content", 0)
    assert [segment.span for segment in cut((10, 20), [mark])] == [(10, 20)]
    assert cut((60, 70), [mark])[0].marks == ()


def test_segments_tile_the_span_and_hold_exactly_what_covers_them() -> None:
    chance = random.Random(3)  # noqa: S311
    for _ in range(200):
        spans = [sorted(chance.sample(range(40), 2)) for _ in range(chance.randint(0, 8))]
        ordered = sorted((Mark((s, e), "source", k) for k, (s, e) in enumerate(spans)), key=lambda mark: mark.span)
        segments = cut((5, 35), ordered)
        assert [at for s in segments for at in range(*s.span)] == list(range(5, 35))
        for segment in segments:
            start, end = segment.span
            covering = {m.statement for m in ordered if m.span[0] <= start and m.span[1] >= end}
            assert {mark.statement for mark in segment.marks} == covering


def test_every_field_of_a_statement_is_marked() -> None:
    found = {(mark.role, mark.statement, mark.rung) for mark in marks([OFFICIAL, CRITICS, NOBODY, REPORT])}
    assert ("carrier", 0, 1) in found
    assert {("hedge", 1, 0), ("source", 1, 0), ("cue", 1, 0), ("content", 1, 0)} <= found
    assert {"condition", "when"} <= {mark.role for mark in marks(READING.attributions)}


def test_layout_holds_every_visible_character_once() -> None:
    overlapping = (
        Block("caption", (3, 60)),
        Block("paragraph", (40, 90)),
        Block("quote", (50, 55)),
        Block("list", (88, 89)),
    )
    for blocks in ((), ARTICLE.blocks, overlapping):
        laid = layout(Article(id="a", text=TEXT, blocks=blocks))
        places = [at for block in laid for at in range(*block.span)]
        assert places == sorted(set(places))
        assert {at for at, character in enumerate(TEXT) if not character.isspace()} <= set(places)


def test_layout_keeps_the_kinds_and_fills_the_gaps_with_paragraphs() -> None:
    kinds = [block.kind for block in layout(ARTICLE)]
    assert kinds == ["heading", "paragraph", "paragraph", "paragraph", "paragraph", "furniture"]
    assert layout(Article(id="a", text=" \n\n ", blocks=(Block("paragraph", (0, 2)),))) == []
