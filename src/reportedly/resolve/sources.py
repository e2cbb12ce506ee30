"""What one source span is: a name, a pronoun or a description; and what it shows of its speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from reportedly.lexicon.forms import core
from reportedly.lexicon.media import document_noun, medium
from reportedly.lexicon.names import name_words
from reportedly.lexicon.people import (
    Pronoun,
    anonymity,
    has_inside_knowledge,
    is_group_noun,
    is_source_noun,
    is_title,
    pronoun,
)
from reportedly.lexicon.seats import state_of_adjective
from reportedly.model import Clue
from reportedly.resolve.names import Name, fold, names
from reportedly.schema import Article, Attribution, Span, SpeakerType

Form = Literal["name", "pronoun", "description"]

_WORD = re.compile(r"[\w'\u2019-]+")
# What follows the head of a noun phrase and describes it further: ", who ...", "(R-Orvik)", ", the head of ...".
_AFTERTHOUGHT = re.compile(r"\s*(?:,(?! (?:including|like|such as)\b)|[(\u2014]|\s--|\s-\s).*", re.DOTALL)
_RELATIVE = re.compile(r"\s*\b(?:who|which|whose)\b.*", re.DOTALL)
_QUOTED = " ,\u201c\u201d\"'"
_TRAILING = re.compile(r"\b(?:of|in|from|at|with|for|close|familiar|who|that|on|by|to)\b")
_OWNS = re.compile(r"['\u2019]s?\b")
_COUNTED = re.compile(r"(?:an?|one|another|two|three|several)\b", re.IGNORECASE)
# A preposition that ties what follows to the noun before it: "the governor of Orvik".
_TIED = re.compile(r"\w\s+(?:of|in|at|for|from|with|to|on|against|by)\s+(?:the\s+)?$")
# A source of which the model found no more than this is nobody.
_ARTICLES = frozenset(("a", "an", "the"))
_AND = re.compile(r"\s+and\s+(?:\w+\.?\s+)?")
# The types of speaker that a name inside the source stands for.
NAMED: tuple[SpeakerType, ...] = ("person", "organisation", "outlet", "author", "unknown")
_DEFINITE = re.compile(r"(?:the|this|that|these|those|his|her|its|their|both)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """A source span read for itself. ``names`` (one, or two joined by "and") are set for the form "name"."""

    span: Span
    text: str
    form: Form
    names: tuple[Name, ...] = ()
    pronoun: Pronoun | None = None
    role: Span | None = None
    kind: SpeakerType = "unknown"

    @property
    def definite(self) -> bool:
        """Whether a description points at something known already ("the source", "his lawyer")."""
        return self.form == "description" and (bool(_DEFINITE.match(self.text)) or self.bare_title)

    @property
    def bare_title(self) -> bool:
        """Whether the description is a title alone, as headlines have it: "Minister: no more delays"."""
        return self.form == "description" and not self.indefinite and is_title(self.description)

    @property
    def start(self) -> int:
        """Where the source begins."""
        return self.span[0]

    @property
    def indefinite(self) -> bool:
        """Whether the description brings in somebody new: "an official", "another resident"."""
        return self.form == "description" and _COUNTED.match(self.text) is not None

    @property
    def plural(self) -> bool:
        """Whether the pronoun or the description's noun is plural."""
        if self.pronoun is not None:
            return self.pronoun.number == "plural"
        return self.form == "description" and self.head.endswith("s")

    @property
    def head(self) -> str:
        """The description's last noun, before any "of", "in" or "who", folded: "source" of "a military source"."""
        words = _WORD.findall(core(self.description.lower()))
        return words[-1] if words else ""

    @property
    def description(self) -> str:
        """The phrase as a name, without what trails behind a comma.

        Of an unnamed source that is all that tells it from others, "who ..." included, unless it is a wish for
        anonymity.
        """
        short = _AFTERTHOUGHT.sub("", self.text)
        if self.kind != "unnamed" or anonymity(self.text):
            short = _RELATIVE.sub("", short)
        return short.strip(_QUOTED) or self.text.strip(_QUOTED)


def read_source(article: Article, attribution: Attribution, kind: SpeakerType, clues: Sequence[Clue]) -> Source | None:
    """The source of an attribution; None where it has none.

    ``kind`` is what the model takes the speaker for: only people and bodies are called by a name inside the
    phrase; a document or an unnamed source is its whole description. ``clues`` are the article's name and role clues.
    """
    if not attribution.source:
        return None
    span = attribution.source[0]
    text = article.text[span[0] : span[1]]
    inside = [clue for clue in clues if span[0] <= clue.span[0] and clue.span[1] <= span[1]]
    role = max((c.span for c in inside if c.label == "role"), key=lambda span: span[1] - span[0], default=None)
    words = text.split()
    found = pronoun(text.strip()) or (pronoun(words[0]) if words and words[0].lower() in ("who", "which") else None)
    if found is not None:
        return Source(span, text, "pronoun", pronoun=found)
    if kind in NAMED:
        called = _called(article.text, span, kind, [c.span for c in inside if c.label == "name"])
        if called:
            return Source(span, text, "name", names=called, role=role)
    if text.strip().lower() in _ARTICLES:
        return None
    return Source(span, text, "description", role=role, kind=kind)


def kind_by_noun(text: str) -> SpeakerType | None:
    """The type that a source's own noun or name shows by the lexicon ("officials", "a poll", "the AP"), or None."""
    if medium(text) is not None:
        return "outlet"
    phrase = _TRAILING.split(_RELATIVE.sub("", _AFTERTHOUGHT.sub("", text)).strip())[0].strip()
    words = _WORD.findall(phrase)
    if not words:
        return None
    counted = _COUNTED.fullmatch(words[0]) is not None
    if words[-1][0].isupper() and not is_group_noun(words[-1]):
        if len(words) > 1 and counted:
            return "unnamed"  # "one Liberal"
        return "organisation" if len(words) > 1 and name_words().is_body(words[-1]) else None
    if document_noun(phrase) is not None:
        return "document"
    if is_group_noun(phrase) and not counted and not has_inside_knowledge(text) and words[0].lower() != "the":
        return "group"
    return "unnamed" if counted and is_source_noun(phrase) else None


def _called(text: str, span: Span, kind: SpeakerType, marked: Sequence[Span]) -> tuple[Name, ...]:
    """The name in a source, or the two that "and" joins; of several, the one that the model marked."""
    bracket = text.find("(", *span)
    before = (span[0], bracket) if bracket > span[0] else span  # "(R-Orvik)" is no name
    found = [name for name in names(text, before) if not _only_opens_a_sentence(text, name, span)]
    if not found:
        return ()
    for first, second in pairwise(found):
        if _AND.fullmatch(text, first.span[1], second.span[0]) and second.span[1] >= span[1] - 1:
            return first, second
    own = [name for name in found if not (_OWNS.match(text, name.span[1]) and name.span[1] + 2 < span[1])]
    own = [name for name in own if not _TIED.search(text, span[0], name.span[0])]
    own = [_shortened(name, marked) for name in own]
    own = [name for name in own if not _only_describes(text, name, span)] or own
    chosen = [name for name in own if any(abs(name.span[1] - high) <= 1 for _, high in marked)]
    if kind == "person" and not chosen:
        own = [name for name in own if len(name.words) > 1] or own
    name = next(iter(chosen or own), None)
    if name is None:
        return ()
    if _only_describes(text, name, span) and (not chosen or state_of_adjective(name.text) is not None):
        return ()
    return (name,)


def _only_describes(text: str, name: Name, span: Span) -> bool:
    """Whether a noun follows the name in the source ("Orvik aides", "the Orvikian minister")."""
    return text[name.span[1] : span[1]].lstrip(" ")[:1].islower()


def _shortened(name: Name, marked: Sequence[Span]) -> Name:
    """The name without an "of ..." that the model does not mark as part of it ("Brek of the Orvik Institute")."""
    for k, word in enumerate(name.words):
        if word in ("of", "for") and k > 1:
            end = name.span[0] + len(" ".join(name.words[:k]))
            if any(low <= name.span[0] and abs(high - end) <= 1 for low, high in marked):
                return Name((name.span[0], end), name.words[:k], fold(" ".join(name.words[:k])))
    return name


def _only_opens_a_sentence(text: str, name: Name, span: Span) -> bool:
    """Whether the run is a common word, capitalised only for beginning the source: "Officials", "Police officials"."""
    if name.span[0] != span[0] or len(name.words) > 1:
        return False
    lowered = name.words[0].lower()
    rest = text[name.span[1] : span[1]].lstrip()
    if rest[:1].islower():
        return True
    # The plain look-up is quick, and mostly says no.
    return lowered in text and re.search(rf"(?<!\w){re.escape(lowered)}(?!\w)", text) is not None
