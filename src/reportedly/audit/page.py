"""One reading, laid out once for all rules: its paragraphs, sentences, quotations and voices."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate

from reportedly.lexicon import AuditWords, audit_words
from reportedly.schema import Attribution, Quotation, Reading, Span
from reportedly.text import paragraphs, quoted, sentences, tokens

# A finding never rests on a statement that the model holds for less likely right than wrong. Such a statement may
# still excuse: a doubtful reply by the accused silences the rule that asks for one.
SURE = 0.5

# A first paragraph of up to so many characters, without a quotation mark, is taken for a headline where no blocks
# say what is one.
LONGEST_HEADLINE = 110


# Words are compared by so many first letters, so that "deliver" and "delivery" are one.
STEM = 6

_SHORT = re.compile(r"\b[A-Z][a-z]{0,2}\.\Z")
_WORD = re.compile(r"\w[\w\u2019'-]*")


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker of the article with what is attributed to it, in the order of the text."""

    name: str
    statements: tuple[Attribution, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of its statements."""
        return tuple(statement.n for statement in self.statements)

    @property
    def unnamed(self) -> bool:
        """Whether this is a person, or persons, to whom the article gives no name."""
        return any(s.speaker.type == "unnamed" and s.speaker.anonymous for s in self.statements)


class Page:
    """A reading with the look-ups that the rules share, each made at most once and in linear time."""

    def __init__(self, reading: Reading, words: AuditWords | None = None) -> None:
        self.reading = reading
        self.text = reading.article.text
        self.words = words or audit_words()
        self.every = tuple(sorted((s for s in reading.attributions if s.content), key=first_position))
        self.sure = tuple(s for s in self.every if is_sure(s))

    @functools.cached_property
    def voices(self) -> tuple[Voice, ...]:
        """The speakers that have a name or a description, in the order in which they first speak."""
        by_name: dict[str, list[Attribution]] = defaultdict(list)
        for statement in self.sure:
            if statement.speaker.name and statement.speaker.name.strip():
                by_name[statement.speaker.name.casefold()].append(statement)
        return tuple(Voice(found[0].speaker.name or "", tuple(found)) for found in by_name.values())

    @functools.cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """The span of every paragraph."""
        return tuple(paragraphs(self.text))

    @functools.cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The span of every sentence."""
        return tuple(span for paragraph in self.paragraphs for span in sentences(self.text, paragraph))

    @functools.cached_property
    def quotations(self) -> tuple[Span, ...]:
        """The spans inside double quotation marks, marks included."""
        return tuple(quoted(self.text))

    @functools.cached_property
    def body(self) -> tuple[Span, ...]:
        """The paragraphs that report: without headings, bylines, captions, credits and furniture."""
        aside = {
            block.span for block in self.reading.article.blocks if block.kind not in ("paragraph", "quote", "list")
        }
        if self.reading.article.blocks:
            return tuple(p for p in self.paragraphs if not any(a <= p[0] < b for a, b in aside))
        first = next(iter(self.paragraphs), None)
        return self.paragraphs[1:] if first is not None and self._is_headline(first) else self.paragraphs

    def _is_headline(self, span: Span) -> bool:
        return span[1] - span[0] <= LONGEST_HEADLINE and len(self.paragraphs) > 1 and not self.in_quotation(span[0])

    @functools.cached_property
    def telling(self) -> Mapping[int, frozenset[str]]:
        """By statement, the words of its content that can show whether another says the same, cut to a stem."""
        return {statement.n: self._telling(statement) for statement in self.every}

    def _telling(self, statement: Attribution) -> frozenset[str]:
        found = (match.group().casefold() for match in _WORD.finditer(self.quote(statement.content)))
        return frozenset(word[:STEM] for word in found if word not in self.words.common and len(word) > 2)

    def paragraph_number(self, position: int) -> int:
        """The number of the paragraph that holds a position (or is the last before it)."""
        return max(0, bisect_right(self.paragraphs, (position, len(self.text) + 1)) - 1)

    def paragraph_at(self, position: int) -> Span:
        """The paragraph that holds a position."""
        return self.paragraphs[self.paragraph_number(position)] if self.paragraphs else (0, len(self.text))

    def sentence_at(self, position: int) -> Span:
        """The sentence that holds a position."""
        number = bisect_right(self.sentences, (position, len(self.text) + 1)) - 1
        return self.sentences[max(0, number)] if self.sentences else (0, len(self.text))

    def sentences_in(self, span: Span) -> int:
        """How many sentences a span holds; a short word with a capital before the full stop ends none ("Mt.")."""
        found = sentences(self.text, span)
        return 1 + sum(not _SHORT.search(self.text[start:end]) for start, end in found[:-1])

    def in_body(self, position: int) -> bool:
        """Whether a position stands in a paragraph that reports."""
        number = bisect_right(self.body, (position, len(self.text) + 1)) - 1
        return number >= 0 and position < self.body[number][1]

    def in_quotation(self, position: int) -> bool:
        """Whether a position stands inside double quotation marks."""
        number = bisect_right(self.quotations, (position, len(self.text) + 1)) - 1
        return number >= 0 and position < self.quotations[number][1]

    def over(self, position: int) -> list[Attribution]:
        """The statements whose words, first to last, run over a position, doubtful ones included."""
        found = []
        for number in range(bisect_right(self._starts, position) - 1, -1, -1):
            if self._reach[number] <= position:
                break
            if position < hull(self.every[number])[1]:
                found.append(self.every[number])
        return found[::-1]

    @functools.cached_property
    def _starts(self) -> list[int]:
        return [hull(statement)[0] for statement in self.every]

    @functools.cached_property
    def _reach(self) -> list[int]:
        """How far the statements up to each one reach: where that is short of a position, none runs over it."""
        return list(accumulate((hull(statement)[1] for statement in self.every), max))

    def quoted_parts(self, statement: Attribution) -> tuple[Span, ...]:
        """The parts of a statement's content that stand inside double quotation marks."""
        return tuple(part for span in statement.content for part in _cut(span, self.quotations))

    def kind(self, statement: Attribution) -> Quotation:
        """How much of a statement is quoted; worked out from the marks where the reading does not say."""
        if statement.quotation is not None:
            return statement.quotation
        parts = self.quoted_parts(statement)
        inside = sum(len(tokens(self.text[start:end])) for start, end in parts)
        total = sum(len(tokens(self.text[start:end])) for start, end in statement.content)
        return "indirect" if not inside else "direct" if inside == total else "mixed"

    def quote(self, spans: Iterable[Span]) -> str:
        """The words of some spans, several joined by an ellipsis in brackets."""
        return " [...] ".join(self.text[start:end] for start, end in spans)


def is_sure(statement: Attribution) -> bool:
    """Whether a finding may rest on a statement: gold, or at least as likely right as wrong."""
    return statement.confidence is None or statement.confidence >= SURE


def first_position(statement: Attribution) -> int:
    """Where the first word of a statement stands, be it source, cue or content."""
    return min(start for spans in (statement.source, statement.cue, statement.content) for start, _ in spans)


def hull(statement: Attribution) -> Span:
    """One span from the first to the last word of a statement's source, cue and content."""
    spans = [*statement.source, *statement.cue, *statement.content]
    return min(start for start, _ in spans), max(end for _, end in spans)


def who(statement: Attribution) -> Span:
    """The span that shows who speaks; where the text names nobody here, the cue, else the content."""
    return (statement.source or statement.cue or statement.content)[0]


def _cut(span: Span, others: tuple[Span, ...]) -> list[Span]:
    """What a span shares with sorted spans that do not overlap."""
    parts = []
    number = max(0, bisect_right(others, (span[0], span[0])) - 1)
    while number < len(others) and others[number][0] < span[1]:
        start, end = max(span[0], others[number][0]), min(span[1], others[number][1])
        if start < end:
            parts.append((start, end))
        number += 1
    return parts
