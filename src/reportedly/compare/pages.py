"""Readings -> pages: statements with their traits and vectors, ready to be compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from reportedly.compare.pairs import Item, Page
from reportedly.compare.statements import Statement, statements
from reportedly.compare.traits import traits
from reportedly.model.sentences import SentenceEncoder
from reportedly.schema import Article, Reading

_LEADING = re.compile(r"^the\s+", re.IGNORECASE)


def pages(readings: Sequence[Reading], encoder: SentenceEncoder) -> list[Page]:
    """The pages of some readings, in order."""
    cut = [statements(reading) for reading in readings]
    flat = [statement for some in cut for statement in some]
    alone = encoder([statement.text for statement in flat])
    context = encoder.within([(statement.around, [statement.within]) for statement in flat])
    found, at = [], 0
    for reading, some in zip(readings, cut, strict=True):
        items = tuple(
            Item(one, traits(one), alone[at + k], context[at + k], _said_on(reading.article, one), _outlets(one))
            for k, one in enumerate(some)
        )
        at += len(some)
        words: dict[int, set[str]] = {}
        for item in items:
            words.setdefault(item.statement.sentence, set()).update(item.traits.words)
        counts = Counter(word for these in words.values() for word in these)
        found.append(Page(reading.article, items, plain(reading.article.outlet), counts, len(words)))
    return found


def plain(name: str | None) -> str:
    """A name by which outlets and agencies can be compared: letters and digits, without "the"."""
    return "".join(c for c in _LEADING.sub("", name or "").casefold() if c.isalnum())


def _outlets(statement: Statement) -> frozenset[str]:
    """Through whom the statement says that it came, and who is said to speak, by their plain names."""
    said = statement.said
    if said is None:
        return frozenset()
    names = {plain(carrier.name) for carrier in said.via} | {plain(said.speaker.name)}
    return frozenset(name for name in names if name)


def _said_on(article: Article, statement: Statement) -> str | None:
    """The day on which it was said, as near as the text shows: else that of publication. None for documents."""
    said = statement.said
    if said is None or said.speaker.type == "document" or article.published is None:
        return None
    if said.when is None or said.when.date is None:
        return article.published if _is_day(article.published) else None
    return _middle(said.when.date)


def _is_day(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None


def _middle(when: str) -> str | None:
    """The day in the middle of a day, week or month; None for a year."""
    try:
        if _is_day(when):
            return date.fromisoformat(when).isoformat()
        if "W" in when:
            return (date.fromisoformat(f"{when}-1") + timedelta(days=3)).isoformat()
        return date.fromisoformat(f"{when}-15").isoformat() if len(when) == 7 else None
    except ValueError:
        return None
