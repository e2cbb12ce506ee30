"""Rules about one body that speaks twice: once under a name, once without."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportedly.audit.describe import confidential_voices, description_words
from reportedly.audit.page import Page, Voice, who
from reportedly.audit.rule import Mark
from reportedly.audit.unnamed import SAME_CLAIM_WORDS
from reportedly.schema import Attribution

_CAPITAL = re.compile(r"[A-Z][\w.\u2019'-]*\w")


def declined_and_quoted(page: Page) -> Iterator[Mark]:
    """A body that declined to comment, in an article that quotes somebody of that body without a name."""
    silent = [s for s in page.sure if s.stance == "withholds" and _on_request(page, s)]
    if not silent:
        return
    for voice in _unnamed_with_body(page):
        body = _body_words(voice.name, page)
        for refusal in silent:
            if refusal.n not in voice.numbers and body <= _known_by(refusal, page):
                values = {"source": voice.name, "body": refusal.speaker.name or page.quote(refusal.source)}
                yield Mark((who(voice.statements[0]), who(refusal)), (voice.statements[0].n, refusal.n), values)
                break


def _on_request(page: Page, statement: Attribution) -> bool:
    """Whether it is comment that is withheld, not an act."""
    return bool(page.words.comment.search(page.quote((*statement.cue, *statement.content))))


def both_ways(page: Page) -> Iterator[Mark]:
    """A named and an unnamed voice of one body that seem to contradict each other: a question for the editor."""
    for voice in _unnamed_with_body(page):
        body = _body_words(voice.name, page)
        named = [s for s in page.sure if s.speaker.type in ("person", "organisation") and body <= _known_by(s, page)]
        for on_record in named:
            against = next((s for s in voice.statements if _opposed(page, s, on_record)), None)
            if against is not None:
                values = {"source": voice.name, "named": on_record.speaker.name or ""}
                yield Mark((who(against), who(on_record)), (against.n, on_record.n), values)
                break


def _opposed(page: Page, one: Attribution, other: Attribution) -> bool:
    """Whether two statements speak of the same and only one of them denies or negates it."""
    if len(page.telling[one.n] & page.telling[other.n]) < SAME_CLAIM_WORDS:
        return False
    return _negative(page, one) != _negative(page, other)


def _negative(page: Page, statement: Attribution) -> bool:
    found = description_words(page.quote((*statement.cue, *statement.content)))
    return statement.stance == "denies" or any(
        w in page.words.negations or w.endswith(("n't", "n\u2019t")) for w in found
    )


def _unnamed_with_body(page: Page) -> list[Voice]:
    return [voice for voice in confidential_voices(page) if _body_words(voice.name, page)]


def _body_words(name: str, page: Page) -> frozenset[str]:
    """The words of a description that name the body it belongs to: capitals that are not a whole country's."""
    found = (description_words(match.group()) for match in _CAPITAL.finditer(name))
    return frozenset(word for words in found for word in words if word not in page.words.broad)


def _known_by(statement: Attribution, page: Page) -> frozenset[str]:
    """All words by which the article knows a speaker: name, role, and how it is called here."""
    speaker = statement.speaker
    return frozenset(
        description_words(" ".join((speaker.name or "", speaker.role or "", page.quote(statement.source))))
    )
