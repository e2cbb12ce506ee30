"""Whether a content is quoted: all of its words, some, or none."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from reportedly.schema import Quotation, Span
from reportedly.text import TOKEN


def quotation(text: str, content: Sequence[Span], quoted: Sequence[Span]) -> Quotation:
    """The kind of a content; ``quoted`` are the text's quotations in order (``text.quoted``)."""
    starts = [start for start, _ in quoted]

    def is_quoted(at: int) -> bool:
        k = bisect_right(starts, at) - 1
        return k >= 0 and at < quoted[k][1]

    inside = [
        is_quoted(match.start())
        for start, end in content
        for match in TOKEN.finditer(text, start, end)
        if match.group()[0].isalnum()
    ]
    if inside and all(inside):
        return "direct"
    return "mixed" if any(inside) else "indirect"
