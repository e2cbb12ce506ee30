"""A reading cut into statements: the smallest parts of it that can be the same claim as a part of another.

What is attributed is cut into sentences, and these into clauses; so is what the page says in its own voice. Of a
sentence and its clauses at most one cut is used in the end: that which finds its like elsewhere (``claims``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportedly.schema import Attribution, Reading, Span
from reportedly.text import paragraphs, quoted, sentences, trim

# Blocks in which an article says something of its story.
SPOKEN = ("paragraph", "list", "quote")
# A part with fewer words is no statement of its own: attributed, and in the page's own voice.
LEAST_WORDS = 2
LEAST_OWN = 4
# A page's own clause has at most this share of its characters inside attributed contents, and none of them inside one
# of this many words or more ("threatened to walk out" is the page's, though "to walk out" is what was threatened).
OWN = 0.6
LEAST_CONTENT = 5

# What a source does in a deed: "asked the court to stop it" tells that he asked.
DEEDS = ("asks", "wants", "commits")
_SPEECH = re.compile(r"\b(?:sa(?:id|ys?|ying)|t(?:old|ells?)|add(?:ed|s)|according|wrote|writes)\b", re.IGNORECASE)
_INFINITIVE = re.compile(r"(?!that\b)(?:[\w\u2019'-]+ ){0,8}?to [a-z]+\b")

# Where a sentence can be cut into clauses: before a conjunction, a relative or a participle that a comma or dash
# sets off; and before "and" or "but" with a verb.
_CUT = re.compile(
    r"(?:[,;:]\s+|\s+[\u2013\u2014-]+\s+)(?=(?:and|but|or|which|who|when|where|while|after|before|because|although|though"
    r"|according to|so|then|had|has|have|was|were|is|are|will|would|he|she|it|they|we|I|the|a|an|in what|\w+ing)\b)"
    r"|\s+(?=(?:and|but)\s+(?:that\b|(?:did|do|does|had|has|have|was|were|is|are|will|would|could|can|may|he|she|it|they|we|I|there)\b))"
    r"|[;]\s+|\s+[\u2013\u2014]\s+"
)
_DETERMINED = re.compile(r"(?:the|an?|this|that|these|those|his|her|its|their|my|our)\s", re.IGNORECASE)
_SUBORDINATE = re.compile(r"(?:if|unless|whether|because|as soon as|according to)\b", re.IGNORECASE)
_MARKS = "\"'\u201c\u201d\u2018\u2019\u00ab\u00bb`"
_LEAD = re.compile(r"(?:that|and|but|or)\s+", re.IGNORECASE)
_EDGE = re.compile(rf"[\s{re.escape(_MARKS)},;:.!?\u2026()\[\]\u2013\u2014-]+")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or clause of an article, and the attribution whose content it is part of (None: the page's own).

    ``text`` are its words on one line, without quotation marks and "that"; ``around`` are those of its sentence and
    of the sentence before it; ``cue`` those that say that it was said. ``sentence`` and ``clause`` say which cut it
    belongs to: the number of its sentence in the article, and the number of its clause there, or None for the whole.
    ``direct``: all of it stands in quotation marks.
    """

    article: str
    span: Span
    text: str
    around: str
    said: Attribution | None
    sentence: int
    clause: int | None
    cue: str = ""
    direct: bool = False

    @property
    def within(self) -> Span:
        """Where its words stand in ``around``."""
        at = max(0, self.around.rfind(self.text))
        return at, min(len(self.around), at + len(self.text))


def statements(reading: Reading) -> tuple[Statement, ...]:
    """The statements of an article, in the order of the text; sentences and their clauses both."""
    text = reading.article.text
    spoken = [item for item in reading.attributions if not _is_deed(text, item)]
    covered = sorted(span for item in spoken for span in item.content)
    edges = sorted(span for item in reading.attributions for span in (*item.source, *item.cue))
    found: list[Statement] = []
    marks = quoted(text)
    before = ""
    for number, sentence in enumerate(_sentences(reading)):
        around = f"{before} {_words(text, sentence)}".strip()
        taken: dict[Span, int] = {}
        for span, said in _contents(text, spoken, sentence, edges):
            for part, clause in _cuts(text, span):
                if not _is_taken(part, said.n, taken) and not _asked(text, part):
                    taken[part] = said.n
                    words, direct = _words(text, part), any(low <= part[0] and part[1] <= high for low, high in marks)
                    cue = _cue(text, said)
                    found.append(Statement(reading.article.id, part, words, around, said, number, clause, cue, direct))
        for part, clause in _cuts(text, sentence):
            if part not in taken and _is_own(text, part, covered):
                found.append(Statement(reading.article.id, part, _words(text, part), around, None, number, clause))
        before = _words(text, sentence)
    return tuple(found)


def _sentences(reading: Reading) -> Iterator[Span]:
    text = reading.article.text
    blocks = [block.span for block in reading.article.blocks if block.kind in SPOKEN]
    for block in blocks or paragraphs(text):
        for line in paragraphs(text[slice(*block)]):
            yield from sentences(text, (block[0] + line[0], block[0] + line[1]))


def _contents(
    text: str, spoken: Sequence[Attribution], sentence: Span, edges: Sequence[Span]
) -> Iterator[tuple[Span, Attribution]]:
    """The parts of the sentence that are attributed.

    What one source says that another has said comes with the outer one, who vouches for it; where that only passes it
    on, as outlets do, with the inner one.
    """
    passing = {item.n for item in spoken if item.speaker.type == "outlet" or item.speaker.name is None}
    for item in sorted(
        spoken, key=lambda item: (item.n in passing, item.inside is not None and item.inside not in passing)
    ):
        for start, end in item.content:
            low, high = max(start, sentence[0]), min(end, sentence[1])
            if low < high:
                yield _grown(text, (low, high), sentence, edges), item


def _is_taken(part: Span, number: int, taken: Mapping[Span, int]) -> bool:
    """Whether most of the part is a statement already, by another attribution or the same."""
    for (start, end), owner in taken.items():
        shared = min(end, part[1]) - max(start, part[0])
        if (start, end) == part or (owner != number and 2 * shared > min(end - start, part[1] - part[0])):
            return True
    return False


def _is_deed(text: str, item: Attribution) -> bool:
    """Whether the content is what somebody asks, offers or threatens to do: then that he does is what is told."""
    if item.stance not in DEEDS or item.quotation != "indirect" or _SPEECH.search(_cue(text, item)):
        return False
    return _INFINITIVE.match(text[slice(*item.content[0])]) is not None


def _grown(text: str, span: Span, sentence: Span, edges: Sequence[Span]) -> Span:
    """The span up to the end of its clause, where no source or cue stands between: a model's edges are ragged."""
    start, end = span
    if any(low < end and start < high for low, high in edges if low >= start):
        return span
    limit = min([low for low, _ in edges if low >= end] + [sentence[1]])
    rest = text[end:limit]
    cut = _CUT.search(rest)
    stop = end + (cut.start() if cut else len(rest))
    return trim(text, (start, stop)) if stop > end else span


def _cuts(text: str, span: Span) -> Iterator[tuple[Span, int | None]]:
    """The span as a whole, and its clauses where there are several, without those that only say when or whether."""
    whole = _bare(text, span)
    if _says_something(text[slice(*whole)]):
        yield whole, None
    starts = [span[0], *(match.end() for match in _CUT.finditer(text, *span)), span[1]]
    clauses = [_bare(text, (low, high)) for low, high in pairwise(starts)]
    if len(clauses) > 1:
        for number, clause in enumerate(clauses):
            words = text[slice(*clause)]
            if _says_something(words) and not _SUBORDINATE.match(words):
                yield clause, number


def _says_something(words: str) -> bool:
    """Whether the words are enough for a statement: "none existed", but not "the report"."""
    count = len(words.split())
    return count > LEAST_WORDS or (count == LEAST_WORDS and not _DETERMINED.match(words))


def _is_own(text: str, part: Span, covered: Sequence[Span]) -> bool:
    """Whether the page says this in its own voice, and it is something that can be so."""
    words = text[slice(*part)]
    if len(words.split()) < LEAST_OWN or _asked(text, part):
        return False
    inside = [span for span in covered if span[0] < part[1] and part[0] < span[1]]
    longest = max((len(text[max(part[0], s) : min(part[1], e)].split()) for s, e in inside), default=0)
    return longest < LEAST_CONTENT and _share(part, covered) <= OWN


def _asked(text: str, part: Span) -> bool:
    """Whether it is a question, and so says nothing."""
    behind = _EDGE.match(text, part[1])
    return behind is not None and "?" in behind.group()


def _bare(text: str, span: Span) -> Span:
    """The span without marks and punctuation at its ends, and without a leading "that" or "and"."""
    start, end = span
    while True:
        if (edge := _EDGE.match(text, start, end)) or (edge := _LEAD.match(text, start, end)):
            start = edge.end()
        else:
            break
    while end > start and _EDGE.fullmatch(text, end - 1, end):
        end -= 1
    return start, end


def main_clause(words: str) -> str:
    """The first clause of some words that is long enough to be one."""
    cut = next(
        (match.start() for match in _CUT.finditer(words) if len(words[: match.start()].split()) > LEAST_WORDS), None
    )
    return words[:cut]


def _words(text: str, span: Span) -> str:
    return " ".join("".join(c for c in text[slice(*span)] if c not in '"\u201c\u201d\u00ab\u00bb').split())


def _share(span: Span, covered: Sequence[Span]) -> float:
    inside = sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in covered)
    return inside / max(1, span[1] - span[0])


def _cue(text: str, said: Attribution) -> str:
    return " ".join(_words(text, span) for span in said.cue)
