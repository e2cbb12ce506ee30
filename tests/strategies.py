"""Readings as hypothesis makes them up, for all tests of what is made of readings."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from hypothesis import strategies as st

from reportedly import schema
from reportedly.schema import Article, Attribution, Block, Carrier, Maker, Reading, Speaker, When

# What offsets, encoders and terminals trip over: astral characters, combining marks, joined emoji, right to left,
# every kind of line end, NUL, a byte order mark, a lone surrogate.
AWKWARD = [
    "𝒳",
    "e\u0301",
    "👩‍👩‍👧",
    "שלום",
    "\u202eمرحبا\u202c",
    "\r\n",
    "\u2028",
    "\x00",
    "\ufeff",
    "“",
    '"',
    "\\",
    "\ud83d",
]
WORDS = st.lists(st.sampled_from(AWKWARD) | st.text(min_size=1, max_size=9), min_size=1, max_size=9).map("".join)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading that holds to the schema."""
    text = draw(WORDS)
    spans = st.integers(0, len(text) - 1).flatmap(
        lambda start: st.integers(start + 1, len(text)).map(lambda end: (start, end))
    )
    some, maybe_span, maybe_words = st.lists(spans, max_size=3).map(tuple), st.none() | spans, st.none() | WORDS
    carriers = st.builds(Carrier, WORDS, st.sampled_from(get_args(schema.CarrierType)), spans, st.booleans())
    attributions = st.builds(
        Attribution,
        n=st.just(0),
        content=some,
        source=some,
        cue=some,
        quotation=st.none() | st.sampled_from(get_args(schema.Quotation)),
        speaker=st.builds(
            Speaker,
            maybe_words,
            st.sampled_from(get_args(schema.SpeakerType)),
            maybe_words,
            st.booleans(),
            maybe_span,
            maybe_span,
        ),
        via=st.lists(carriers, max_size=2).map(tuple),
        conditions=some,
        hedges=some,
        stance=st.none() | st.sampled_from(get_args(schema.Stance)),
        when=st.none() | st.builds(When, spans, maybe_words, st.booleans()),
        confidence=st.none() | st.floats(0, 1),
    )
    found = draw(st.lists(attributions, max_size=3))
    inside = [draw(st.none() | st.integers(1, len(found))) for _ in found]
    blocks = st.lists(st.builds(Block, st.sampled_from(get_args(schema.BlockKind)), spans), max_size=3).map(tuple)
    places = st.dictionaries(st.sampled_from(["title", "byline"]), st.sampled_from(get_args(schema.FoundIn)))
    found_in = places.map(lambda given: tuple(given.items()))
    return Reading(
        draw(st.builds(Article, WORDS, st.just(text), blocks, *[maybe_words] * 6, found_in=found_in)),
        tuple(replace(item, n=n, inside=held) for n, (item, held) in enumerate(zip(found, inside, strict=True), 1)),
        draw(st.none() | st.builds(Maker, WORDS, WORDS, WORDS)),
    )
