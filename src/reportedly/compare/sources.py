"""Who stands behind a statement, in a form in which statements of several articles can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reportedly.compare.pages import plain
from reportedly.compare.pairs import Item, Page
from reportedly.compare.voices import Voice, alike, description, name_words, voice
from reportedly.lexicon.forms import heads, singular
from reportedly.lexicon.rarity import stem
from reportedly.schema import OriginKind

# Two descriptions with this share of words in common can mean the same people.
ALIKE = 0.3

# "... dismissed a report by the Herald that": what follows is what the Herald has reported.
_REPORT = re.compile(
    r"(?:an?|the)\s(?:\w+\s)?(?:report|story|article)\s(?:by|in|from)\s(?:the\s)?([^,]{2,40}?)\sthat\b", re.IGNORECASE
)
_SPOKESMAN = re.compile(r"\b(?:spokes\w+|press (?:officer|office|secretary)|press service)\b", re.IGNORECASE)
_TOLD = re.compile(
    r"\b(?:told|telling|in an interview with|wrote to|confirmed to|(?:e-?mail|letter|statement) to)\s+(?:the\s+)?"
    r"([^,.;]{2,60})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Source:
    """Who said it.

    ``kind`` is None for the page's own voice and for an outlet that passes on another's words (``relay``, its plain
    name). ``voice`` are the words of the name of a person or organisation; ``words`` are the stems of a description,
    ``head`` its noun in the singular; ``body`` are those of the organisation for which a spokesman speaks.
    """

    kind: OriginKind | None
    voice: Voice = ()
    words: frozenset[str] = frozenset()
    head: str = ""
    plural: bool = False
    relay: str | None = None
    body: frozenset[str] = frozenset()


def source_of(item: Item) -> Source:
    """The source of a statement."""
    said = item.statement.said
    if (reported := _REPORT.match(item.statement.text)) is not None:
        return Source(None, relay=plain(reported[1]))
    if said is None or said.speaker.name is None or said.speaker.type in ("author", "unknown"):
        return Source(None)
    speaker = said.speaker
    if speaker.type == "outlet":
        return Source(None, relay=plain(speaker.name))
    words, head = description(speaker), _head(speaker.name or "")
    if speaker.type == "document":
        return Source("document", words=words, head=singular(head))
    if speaker.type in ("unnamed", "group") or speaker.anonymous:
        return Source(
            "unnamed", words=words, head=singular(head), plural=singular(head) != head and not _is_one(speaker.name)
        )
    role = speaker.role or ""
    body = (
        frozenset(stem(word) for word in name_words(_SPOKESMAN.sub("", role)))
        if _SPOKESMAN.search(role)
        else frozenset()
    )
    kind: OriginKind = "organisation" if speaker.type == "organisation" else "person"
    return Source(kind, voice(speaker) or name_words(speaker.name or ""), words, head, body=body)


def _is_one(name: str | None) -> bool:
    return (name or "").casefold().startswith(("one ", "a ", "an ", "another "))


def _head(name: str) -> str:
    found = [word.casefold() for word in heads(name)]
    return found[-1].split()[-1] if found and found[-1].split() else ""


def may_be_one(a: Source, b: Source) -> bool:
    """Whether two unnamed sources are described so that they can be the same people."""
    return a.kind == b.kind == "unnamed" and (a.head == b.head or alike(a.words, b.words) >= ALIKE)


def spoke_to(page: Page, item: Item) -> bool:
    """Whether the article says that the source spoke to its own outlet ("told the Herald", "told us")."""
    text = page.article.text
    low = text.rfind("\n", 0, item.statement.span[0]) + 1
    high = text.find("\n", item.statement.span[1])
    for match in _TOLD.finditer(text, low, high if high >= 0 else len(text)):
        heard = match[1].split()[0].casefold()
        if heard in ("us", "me") or any(plain(match[1]).startswith(form) for form in _forms(page.article.outlet or "")):
            return True
    return False


def _forms(outlet: str) -> Iterable[str]:
    """An outlet's plain name, and the last words of it, by which its own reports call it ("the Post")."""
    words = outlet.split()
    return [form for form in (plain(" ".join(words[k:])) for k in range(len(words))) if len(form) > 2]
