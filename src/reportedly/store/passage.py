"""The words of a statement that a search shows: a passage of its content around what was looked for."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.schema import Span
from reportedly.store.query import Phrase, found_in
from reportedly.text import trim

# The longest passage shown, in characters: some four lines. Four contents of five are shorter.
LONGEST = 320
# So much of it stands before the first word that was looked for.
BEFORE = 80


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of an article from character ``start`` on, and the marks in them, as spans of ``text``."""

    text: str
    start: int
    marks: tuple[Span, ...]


def passage(text: str, content: tuple[Span, ...], phrases: tuple[Phrase, ...]) -> Passage:
    """The passage of an article's text that shows a statement."""
    marks = [(start + low, start + high) for start, end in content for low, high in found_in(text[start:end], phrases)]
    start, end = _window(text, (content[0][0], content[-1][1]) if content else (0, 0), marks)
    inside = tuple((low - start, high - start) for low, high in marks if start <= low and high <= end)
    return Passage(text[start:end], start, inside)


def _window(text: str, whole: Span, marks: list[Span]) -> Span:
    """The part of a statement that is shown; it begins and ends between words."""
    start, end = whole
    if end - start <= LONGEST:
        return whole
    if marks and marks[0][1] - start > LONGEST:
        start = max(start, marks[0][0] - BEFORE)
        start = start if start == whole[0] else _space_after(text, start, marks[0][0])
    if end - start > LONGEST:
        end = _space_before(text, start, start + LONGEST, marks)
    return trim(text, (start, end))


def _space_after(text: str, start: int, stop: int) -> int:
    return next((at for at in range(start, stop) if text[at].isspace()), start)


def _space_before(text: str, start: int, end: int, marks: list[Span]) -> int:
    least = next((high for low, high in marks if start <= low and high <= end), start + LONGEST // 2)
    return next((at for at in range(end, least, -1) if text[at].isspace()), end)
