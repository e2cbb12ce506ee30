"""Rules about words: verbs that take a side, and quotation marks around more than one mouth."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.audit.describe import description_words, is_plural
from reportedly.audit.page import Page, who
from reportedly.audit.rule import Mark
from reportedly.schema import Attribution, Span

# Quoted words short of this number are a term that many may use, not a sentence that one mouth said.
FEWEST_QUOTED = 3

_SINGULAR = {"a", "an", "one", "another", "each", "every"}


def verify_word(page: Page) -> Iterator[Mark]:
    """A verb of saying that implies the truth or falsehood of what is said."""
    for statement in page.sure:
        for start, end in statement.cue:
            match = page.words.verdict.search(page.text, start, end)
            if match and not page.in_quotation(match.start()) and not _no_statement(page, statement, match.end()):
                verb = page.words.verdicts[" ".join(match.group().casefold().split())]
                values = {"word": match.group(), "implies": verb.implies}
                yield Mark((match.span(),), (statement.n,), values)


def _no_statement(page: Page, statement: Attribution, end: int) -> bool:
    """Whether nothing is said to be true: "would not reveal", "claimed victory"."""
    following = page.text[end : end + 30]
    objects = page.words.claimed_objects.match(following.lstrip())
    return statement.stance == "withholds" or bool(objects)


def quote_group(page: Page) -> Iterator[Mark]:
    """Words in quotation marks that are put into the mouths of several at once."""
    for statement in page.sure:
        if not _several(statement) or _one_paper(statement):
            continue
        parts = [part for part in page.quoted_parts(statement) if not _spoken_by_one(page, part, statement)]
        if any(len(page.text[a:b].split()) >= FEWEST_QUOTED for a, b in parts):
            values = {"source": statement.speaker.name or page.quote(statement.source)}
            yield Mark((*parts, who(statement)), (statement.n,), values)


def _several(statement: Attribution) -> bool:
    """Whether the speaker is a class of people, an unnamed plural, or two persons joined by "and"."""
    name, kind = statement.speaker.name or "", statement.speaker.type
    found = description_words(name)
    if kind == "group":
        return is_plural(name) or not found or found[0] not in _SINGULAR
    return is_plural(name) if kind == "unnamed" else kind == "person" and "and" in found


def _one_paper(statement: Attribution) -> bool:
    """Whether a document speaks for them all: a letter that two senators signed is one text."""
    return any(carrier.type in ("document", "platform") for carrier in statement.via)


def _spoken_by_one(page: Page, part: Span, statement: Attribution) -> bool:
    """Whether the marks belong to one speaker: one whom the several quote, or one who quotes the several."""
    return any(
        other.inside == statement.n or statement.inside == other.n
        for other in page.over((part[0] + part[1]) // 2)
        if not _several(other)
    )
