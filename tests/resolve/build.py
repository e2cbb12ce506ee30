"""Small stories in marked text: who speaks, the cue and what is said, without a model.

``[1s Ada Brek] [1c said] [1t it would rain].`` holds one attribution: source, cue and content of number 1. Marks may
stand inside others; an attribution whose parts stand inside another's content is inside that one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportedly.model import Clue, Clues
from reportedly.resolve.belonging import anchor
from reportedly.resolve.speakers import Speakers
from reportedly.schema import Article, Attribution, Block, Span, Speaker, SpeakerType

_MARK = re.compile(r"\[(\d+)([sct]) |\]")


@dataclass(frozen=True)
class Story:
    """An article, its attributions, and what the model would say of them."""

    article: Article
    attributions: tuple[Attribution, ...]
    clues: Clues

    def span(self, words: str, after: str = "") -> Span:
        """Where words stand, for the first time behind others."""
        start = self.article.text.index(words, self.article.text.index(after))
        return start, start + len(words)

    def speakers(self) -> dict[int, Speaker]:
        """The speaker of every attribution, by its number."""
        return Speakers(self.article, self.clues).resolve(self.attributions)

    def names(self) -> list[str | None]:
        """The names of the speakers, in the order of the attributions."""
        speakers = self.speakers()
        return [speakers[item.n].name for item in self.attributions]

    def mark(self, label: str, words: str, *numbers: int, after: str = "") -> Story:
        """The story with one more clue: a name or role, or an aspect of the attributions of these numbers."""
        anchors = tuple((anchor(self.attributions[n - 1]), 1.0) for n in numbers)
        clue = Clue(label, self.span(words, after), anchors)
        (self.clues.aspects if numbers else self.clues.names).append(clue)
        return self

    def point(self, number: int, words: str, share: float = 1.0, after: str = "") -> Story:
        """The story with a pointer from the source of an attribution to other words."""
        start = self.attributions[number - 1].source[0][0]
        self.clues.same[start] = {**self.clues.same.get(start, {}), self.span(words, after)[0]: share}
        return self


def story(
    marked: str,
    kinds: Mapping[int, SpeakerType] | None = None,
    *,
    outlet: str | None = None,
    published: str | None = None,
    blocks: Sequence[Block] = (),
) -> Story:
    """The story of a marked text. Speakers are people unless ``kinds`` says otherwise."""
    text, parts = _unmark(marked)
    article = Article("story", text, blocks=tuple(blocks), outlet=outlet, published=published)
    attributions = tuple(_attribution(n, parts) for n in sorted({n for n, _ in parts}))
    clues = Clues()
    for item in attributions:
        clues.kinds[anchor(item)] = {(kinds or {}).get(item.n, "person"): 1.0}
    return Story(article, attributions, clues)


def _attribution(n: int, parts: Mapping[tuple[int, str], tuple[Span, ...]]) -> Attribution:
    content = parts[n, "t"]
    around = (
        other
        for (other, part), spans in parts.items()
        if part == "t" and other != n and any(s <= content[0][0] and content[-1][1] <= e for s, e in spans)
    )
    return Attribution(
        n,
        content,
        source=parts.get((n, "s"), ()),
        cue=parts.get((n, "c"), ()),
        inside=next(around, None),
    )


def _unmark(marked: str) -> tuple[str, dict[tuple[int, str], tuple[Span, ...]]]:
    text, at = "", 0
    open_: list[tuple[int, str, int]] = []
    parts: dict[tuple[int, str], tuple[Span, ...]] = {}
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        if match.group() == "]":
            n, part, start = open_.pop()
            parts[n, part] = (*parts.get((n, part), ()), (start, len(text)))
        else:
            open_.append((int(match.group(1)), match.group(2), len(text)))
    return text + marked[at:], parts
