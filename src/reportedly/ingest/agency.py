"""The news agency to which a report is credited: in its dateline, its byline or a line at its end."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reportedly.ingest.phrases import alternatives
from reportedly.lexicon import agencies, is_agency, medium
from reportedly.lexicon.credits import credit_words
from reportedly.schema import Block, Credit, Span
from reportedly.text import trim

FOOT = 5  # blocks from the end among which the closing lines are
FOOT_LIMIT = 400  # characters of such a line
BARE_LIMIT = 120  # and of one that is nothing but names

# "(Orvik Press)", "/TASS/" in a dateline.
_IN_DATELINE = re.compile(r"[(/]([^()/\n]{2,40})[)/]")
# What parts the names of a byline.
_PARTING = re.compile(r"[,|/;•·()]|\s[-–—]\s|\b(?:by|of|for|from|in|and|via|with)\b", re.IGNORECASE)
_CAPITALS = re.compile(r"[A-Z][\w.'’&-]*(?:\s(?:of\s)?[A-Z][\w.'’&-]*)*")
_SENTENCE_END = re.compile(r"[a-z0-9)\"”][.!?]\s")
_LONGEST = 5  # words of an agency's name
_FILLING = re.compile(r"\b(?:and|the|all rights reserved|\d{4})\b|\W", re.IGNORECASE)


def find_credit(
    text: str, blocks: Sequence[Block], byline: str | None = None, outlet: str | None = None
) -> Credit | None:
    """The agency that signs for the text, and the span that shows it; None if none does.

    ``byline`` is that of the page's data, used where the text has none. An outlet that signs its own report is no
    agency, unless it is a known one.
    """
    own = (outlet or "").casefold()
    for start, end in _candidates(text, blocks):
        name = _name(text[start:end])
        if name.casefold() != own or medium(name) is not None:
            return Credit(name, (start, end))
    for start, end in _in_byline(byline or "", (0, len(byline or ""))):
        return Credit(_name((byline or "")[start:end]))
    return None


def _candidates(text: str, blocks: Sequence[Block]) -> Iterator[Span]:
    for block in blocks:
        if block.kind == "dateline":
            yield from _in_dateline(text, block.span)
    body = next((number for number, block in enumerate(blocks) if block.kind == "paragraph"), len(blocks))
    for block in blocks:
        if block.kind == "byline":
            yield from _in_byline(text, block.span)
    for block in blocks[:body]:
        if block.kind == "heading" and text[slice(*block.span)] in agencies():
            yield block.span
    for before, last in pairwise(blocks[-FOOT - 1 :]):
        if last.kind not in ("heading", "caption") and before.kind != "caption" and _is_short(last):
            yield from _in_closing(text, last.span)


def _is_short(block: Block) -> bool:
    return block.span[1] - block.span[0] <= FOOT_LIMIT


def _name(words: str) -> str:
    """The agency's usual name."""
    known = medium(words)
    return known.name if known is not None else words.removeprefix("The ").removeprefix("the ")


def _in_dateline(text: str, span: Span) -> Iterator[Span]:
    for match in _IN_DATELINE.finditer(text, *span):
        if is_agency(match.group(1)):
            yield match.span(1)


def _in_byline(text: str, span: Span) -> Iterator[Span]:
    """The names of agencies between the partings of a byline; a known one also glued to a person's name."""
    start = span[0]
    for cut in [*_PARTING.finditer(text, *span), None]:
        part = _without_staff(text, trim(text, (start, cut.start() if cut else span[1])))
        words = text[slice(*part)]
        if (known := _known_at_end(text, part)) is not None:
            yield known
        elif words and is_agency(words) and not (len(words) == 2 and _in_doubt(words)):  # "PA" is a state as well
            yield part
        start = cut.end() if cut else span[1]


def _in_doubt(words: str) -> bool:
    known = medium(words)
    return known is not None and known.doubt is not None


@functools.cache
def _staff() -> re.Pattern[str]:
    return re.compile(rf"\s+{alternatives(credit_words().staff)}\Z", re.IGNORECASE)


def _without_staff(text: str, span: Span) -> Span:
    found = _staff().search(text[slice(*span)])
    return (span[0], span[0] + found.start()) if found else span


def _known_at_end(text: str, span: Span) -> Span | None:
    """The last words of a part where they are the name of a known agency ("ANN OAK Associated Press")."""
    starts = [match.start() for match in re.finditer(r"(?<!\S)\S", text[slice(*span)])]
    for offset in starts[1:][-_LONGEST:]:
        known = agencies().get(text[span[0] + offset : span[1]])
        if known is not None and known.doubt is None:
            return span[0] + offset, span[1]
    return None


@functools.cache
def _after() -> re.Pattern[str]:
    return re.compile(alternatives(credit_words().after), re.IGNORECASE)


@functools.cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?:\A|[.!?;(\[—–-])\s*{alternatives(credit_words().before)}(?!\w)", re.IGNORECASE)


@functools.cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"\A\W*{alternatives(credit_words().label)}(?!\w)", re.IGNORECASE)


def _in_closing(text: str, span: Span) -> Iterator[Span]:
    """The agencies that a closing line credits."""
    line = text[slice(*span)]
    if len(line) > BARE_LIMIT and not (_before().search(line) or _after().search(line)):
        return
    names = list(_names(line))
    alone = _label().sub("", line)
    for start, end in names:
        alone = alone.replace(line[start:end], " ")
    bare = not _FILLING.sub("", alone)
    for start, end in names:
        tail = _SENTENCE_END.split(line[end:], maxsplit=1)[0]
        heads = list(_before().finditer(line, 0, start))
        signed = bool(heads) and _SENTENCE_END.search(line, heads[-1].end(), start) is None
        if bare or signed or _after().search(tail):
            yield span[0] + start, span[0] + end


def _names(line: str) -> Iterator[Span]:
    """The names of agencies in a line: the longest at the head or the end of each run of capitalised words."""
    for run in _CAPITALS.finditer(line):
        words = [match.span() for match in re.finditer(r"\S+", run.group())]
        ends = [(words[0][0], words[n][1]) for n in range(min(len(words), _LONGEST) - 1, -1, -1)]
        starts = [(words[n][0], words[-1][1]) for n in range(max(0, len(words) - _LONGEST), len(words))]
        for start, end in (*ends, *starts):
            name = run.group()[start:end].rstrip(".'")
            if is_agency(name):
                yield run.start() + start, run.start() + start + len(name)
                break
