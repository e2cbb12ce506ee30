"""Rules about sources without a name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from reportedly.audit.describe import confidential_voices, is_bare, is_one_of_several, is_plural
from reportedly.audit.page import Page, first_position, who
from reportedly.audit.rule import Mark
from reportedly.schema import Attribution

# Two statements are taken for the same claim where they share so many telling words, and this share of the shorter
# one's (set on benchmarks/audit.py: 0.5 left obvious second voices unseen, 0.3 joined strangers).
SAME_CLAIM_WORDS = 3
SAME_CLAIM_SHARE = 0.4

# A word that more than this share of the statements have is the story's topic and shows no likeness of two claims. The
# ceiling keeps the search linear in articles of a thousand statements.
TOPIC_SHARE = 0.1
TOPIC_LEAST = 3
TOPIC_MOST = 50

_ONE = re.compile(
    r"\s*(?:(?:the|this|that)\s+(?:\w+\s+){0,3}?(?:source|official|aide|person|adviser|diplomat|insider)|he|she)\s*\Z",
    re.I,
)
_THE_ONE = re.compile(r"\s*the\s+(?:source|official|aide|person|adviser|diplomat|insider)\s*\Z", re.I)


def bare_source(page: Page) -> Iterator[Mark]:
    """A source, as a speaker or as one who passes words on, of whom nothing is told."""
    for voice in page.voices:
        if voice.unnamed and is_bare(voice.name, page.words):
            yield Mark((who(voice.statements[0]),), voice.numbers, {"source": voice.name})
    for statement in page.sure:
        for carrier in statement.via:
            if carrier.type == "person" and not carrier.carried and is_bare(carrier.name, page.words):
                yield Mark((carrier.evidence,), (statement.n,), {"source": carrier.name})


def no_reason(page: Page) -> Iterator[Mark]:
    """An unnamed source, and no word near any of its statements on why it has no name."""
    reasons = {page.paragraph_number(match.start()) for match in page.words.reasons.finditer(page.text)}
    voices = confidential_voices(page)
    counted = any(is_plural(voice.name) for voice in voices)
    for voice in voices:
        if counted and is_one_of_several(voice.name):
            continue  # asked for of the several already
        if all(_relayed(statement) for statement in voice.statements):
            continue  # it was another newsroom that promised anonymity
        near = {
            page.paragraph_number(first_position(statement)) + k for statement in voice.statements for k in (-1, 0, 1)
        }
        if not near & reasons:
            yield Mark((who(voice.statements[0]),), voice.numbers, {"source": voice.name})


def _relayed(statement: Attribution) -> bool:
    return any(carrier.type in ("agency", "outlet") for carrier in statement.via)


def opinion_unnamed(page: Page) -> Iterator[Mark]:
    """An unnamed source that judges, hopes or guesses."""
    for voice in confidential_voices(page):
        for statement in voice.statements:
            verdict = opinion(page, statement)
            if verdict is not None:
                yield Mark((who(statement), *statement.content), (statement.n,), {"source": voice.name, "why": verdict})


def opinion(page: Page, statement: Attribution) -> str | None:
    """What makes a statement an opinion, in words; None where nothing shows it."""
    told = [*statement.cue, *statement.content]
    if page.words.reasons.search(page.text, min(start for start, _ in told), max(end for _, end in told)):
        return None  # the wish for anonymity itself
    if statement.stance in ("believes", "wants"):
        return "belief" if statement.stance == "believes" else "wish"
    for start, end in statement.content:
        match = page.words.evaluative.search(page.text, start, end)
        if match:
            return f"\u201c{match.group()}\u201d"
    return None


def single_unnamed(page: Page) -> Iterator[Mark]:
    """A claim for which one unnamed source stands alone in the article."""
    alone = [v for v in confidential_voices(page) if not is_plural(v.name) and not is_one_of_several(v.name)]
    if not alone:
        return
    backing = _Backing(page)
    for voice in alone:
        claims = [
            statement
            for statement in voice.statements
            if statement.stance in ("asserts", "denies", None)
            and opinion(page, statement) is None
            and len(page.telling[statement.n]) >= SAME_CLAIM_WORDS  # a quip claims nothing
            and not backing.others(statement)
        ]
        if claims:
            spans = (who(claims[0]), *claims[0].content)
            yield Mark(spans, tuple(claim.n for claim in claims), {"source": voice.name, "count": str(len(claims))})


class _Backing:
    """Finds statements of other speakers that say the same, by an index of their telling words."""

    def __init__(self, page: Page) -> None:
        self._words = page.telling
        self._topic = min(TOPIC_MOST, max(TOPIC_LEAST, int(TOPIC_SHARE * len(page.every))))
        self._speakers = {s.n: (s.speaker.name or "").casefold() for s in page.every}
        self._index: dict[str, list[int]] = defaultdict(list)
        for number, words in self._words.items():
            for word in words:
                self._index[word].append(number)

    def others(self, statement: Attribution) -> bool:
        """Whether another named or described speaker says the same."""
        mine, me = self._words[statement.n], self._speakers[statement.n]
        shared: Counter[int] = Counter()
        for word in mine:
            if len(self._index[word]) <= self._topic:
                shared.update(self._index[word])
        return any(
            self._speakers[number] not in ("", me)
            and count >= SAME_CLAIM_WORDS
            and count >= SAME_CLAIM_SHARE * min(len(mine), len(self._words[number]))
            for number, count in shared.items()
        )


def plural_for_one(page: Page) -> Iterator[Mark]:
    """More than one source is announced, and then one speaks."""
    plural: Attribution | None = None
    for statement in page.sure:
        speaker = statement.speaker
        if speaker.type != "unnamed" or not speaker.name or not statement.source:
            continue
        words = page.quote(statement.source)
        if is_plural(speaker.name) and is_plural(words):
            plural = statement
        elif plural is not None and _turns_singular(plural, statement, words):
            values = {"plural": page.quote(plural.source), "singular": words}
            yield Mark((plural.source[0], statement.source[0]), (plural.n, statement.n), values)
            plural = None
        elif not is_plural(words):
            plural = None  # a single source was introduced: "the source" may mean that one


def _turns_singular(plural: Attribution, statement: Attribution, words: str) -> bool:
    same = plural.speaker.name == statement.speaker.name
    return bool(_ONE.match(words) if same else _THE_ONE.match(words))


def byline(page: Page) -> Iterator[Mark]:
    """Unnamed sources, and nobody who signs for them; silent where the input has no page around the text."""
    article = page.reading.article
    signed = article.byline or any(block.kind == "byline" for block in article.blocks)
    if signed or not article.blocks:
        return
    voices = confidential_voices(page)
    if voices:
        yield Mark((who(voices[0].statements[0]),), voices[0].numbers, {"source": voices[0].name})
