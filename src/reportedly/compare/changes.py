"""What fell off on the way: a statement against the one that it was taken from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportedly.compare.ledger import Ledger, Member
from reportedly.compare.pairs import Shares, same_words
from reportedly.compare.quantities import Quantity, agreeing, conflicting
from reportedly.compare.statements import main_clause
from reportedly.compare.voices import same_voice
from reportedly.lexicon.hedges import hedges_anywhere
from reportedly.lexicon.polarity import is_conditional, is_plan, is_possible
from reportedly.schema import Change, ChangeKind, Place, Span
from reportedly.text import sentences

# A statement is taken from one that is at least this likely to be the same claim; less is asked of the page's own
# voice, which is likelier to speak of something else to begin with.
TAKEN, TAKEN_OWN = 0.5, 0.25
# How much likelier a source is that the article copies or names.
LED = 0.15
# One source is as likely as another with this part of its likelihood.
AS_LIKELY = 0.8
# Statements that share this much of their words are one, printed twice.
UNCHANGED = 0.9
# Statements in which a number or a "not" has changed share this much.
ALIKE = 0.25
# Words that a statement must have for something to be missing in it.
LEAST = 4
# Figures that differ by less than this part are one, rounded.
ROUNDED = 0.02
# A number below this is no sum of which one could say for how long it is.
RATED = 13
# A quotation that shares this much of its words with an earlier one has not been made up.
KNOWN = 0.6

_SOURCED = re.compile(
    r"\b(?:according to|sa(?:id|ys?)|told|reported|quoted|announced|wrote|writes|citing|cited|shows?|den(?:y|ies|ied)"
    r")\b",
    re.IGNORECASE,
)
_LIKELY = re.compile(
    r"\b(?:(?:un)?likely|expected|believed|thought|suspected|alleged|rumou?red|seem\w*|appear\w*|ready to)\b",
    re.IGNORECASE,
)

_EACH = re.compile(
    r"\b(?:(?:a|an|per|each|every) (?:year|month|week|day|hour)|annually|yearly|monthly)\b", re.IGNORECASE
)

Marks = tuple[tuple[Span, ...], tuple[Span, ...]]


def changes(claim: str, ledger: Ledger, shares: Shares) -> list[Change]:
    """The changes between the statements of a claim: of one kind, the clearest in each sentence."""
    best: dict[tuple[ChangeKind, str, int], tuple[float, Change]] = {}
    for k, member in enumerate(ledger.members):
        source = taken_from(k, ledger, shares)
        if source is None:
            continue
        share = shares.get(frozenset((source.key, member.key)), 0.0)
        for kind, marks in differences(source, member, ledger):
            found = Change(kind, claim, _place(source), _place(member), marks)
            where = kind, member.key[0], member.item.statement.sentence
            if share > best.get(where, (0.0,))[0]:
                best[where] = share, found
    return [change for _, change in best.values()]


def taken_from(k: int, ledger: Ledger, shares: Shares) -> Member | None:
    """The statement of an earlier article from which this one was taken; None where none is near enough."""
    member, origin = ledger.members[k], ledger.root(k)
    if len(member.item.traits.tokens) < LEAST:
        return None

    def share(other: Member) -> float:
        return shares.get(frozenset((other.key, member.key)), 0.0)

    def likelihood(other: Member) -> float:
        return share(other) + LED * ledger.tracks.leads(member.key[0], other.key[0])

    earlier = [o for j, o in enumerate(ledger.members[:k]) if o.page is not member.page and ledger.root(j) == origin]
    least = TAKEN_OWN if member.source.kind is None else TAKEN
    near = [o for o in earlier if share(o) >= least]
    if not near:
        return None
    direct = member.item.statement.direct
    best = max(likelihood(o) for o in near)
    # Of those that are nearly as likely, one that is quoted as this one is; of word-for-word copies, the first, unless
    # the article has words of another.
    likely = [o for o in near if likelihood(o) >= AS_LIKELY * best]
    chosen = max(likely, key=lambda o: (o.item.statement.direct == direct, likelihood(o)))
    if ledger.tracks.leads(member.key[0], chosen.key[0]):
        return chosen
    return next(o for o in near if same_words(o.item.traits.tokens, chosen.item.traits.tokens) >= UNCHANGED)


def differences(a: Member, b: Member, ledger: Ledger) -> Iterator[tuple[ChangeKind, Marks]]:
    """The kinds of change from one statement to the other, and the words in which they show."""
    same = same_words(a.item.traits.tokens, b.item.traits.tokens)
    if same < UNCHANGED or (a.source.kind is None) != (b.source.kind is None):
        yield from _fallen_off(a, b, ledger)
    if _promoted(a, b, ledger):
        yield "anonymous promoted", (_source(a), _source(b))
    if _became_quotation(a, b, ledger):
        yield "paraphrase became quotation", _whole(a, b)
    if same >= ALIKE:
        if (numbers := _numbers(a, b)) is not None:
            yield "number changed", numbers
        if a.item.traits.turned != b.item.traits.turned and _one_voice(a, b) and _goes_back(a, b, ledger):
            yield "negation lost", _whole(a, b)


def _fallen_off(a: Member, b: Member, ledger: Ledger) -> Iterator[tuple[ChangeKind, Marks]]:
    """What the second leaves out of the first: a plan that is a fact has lost its "if" and "may" with its "will"."""
    planned = is_plan(a.item.statement.text) and not is_plan(main_clause(b.item.statement.text))
    fact = planned and b.source.kind is None
    if fact:
        yield "plan became fact", _whole(a, b)
    elif (condition := _conditions(a)) and not _conditions(b):
        yield "condition lost", (condition, ())
    elif not condition and (hedge := _hedges(a)) and not _hedges(b):
        yield "hedge lost", (hedge, ())
    if _unsourced(a, b) and (fact or not any(m.source.kind is not None and m.page is b.page for m in ledger.members)):
        yield "attribution lost", (_source(a), ())


def _unsourced(a: Member, b: Member) -> bool:
    """Whether the first has a source, and the second, of another outlet, says it in its own voice."""
    own = b.source.kind is None and b.source.relay is None and not _sourced(b)
    return own and a.source.kind is not None and not (a.page.outlet and a.page.outlet == b.page.outlet)


def _whole(a: Member, b: Member) -> Marks:
    return (a.item.statement.span,), (b.item.statement.span,)


def _conditions(member: Member) -> tuple[Span, ...]:
    statement = member.item.statement
    said = statement.said
    inside = tuple(s for s in said.conditions if s[0] < statement.span[1] and statement.span[0] < s[1]) if said else ()
    return inside or ((statement.span,) if is_conditional(statement.text) else ())


def _hedges(member: Member) -> tuple[Span, ...]:
    text, span = member.page.article.text, member.item.statement.span
    found = [*hedges_anywhere(text, span), *(match.span() for match in _LIKELY.finditer(text, *span))]
    return tuple(found) or ((span,) if is_possible(member.item.statement.text) else ())


def _sourced(member: Member) -> bool:
    """Whether the sentence says in some way who says so, though no attribution was found."""
    text, at = member.page.article.text, member.item.statement.span[0]
    low, high = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    for start, end in sentences(text, (low, high if high >= 0 else len(text))):
        if start <= at < end:
            return _SOURCED.search(text, start, end) is not None
    return False


def _source(member: Member) -> tuple[Span, ...]:
    said = member.item.statement.said
    return said.source if said is not None else ()


def _promoted(a: Member, b: Member, ledger: Ledger) -> bool:
    """Whether one unnamed source has become several, or an institution."""
    if a.source.kind != "unnamed" or a.source.plural or not _goes_back(a, b, ledger):
        return False
    return (b.source.kind == "unnamed" and b.source.plural) or b.source.kind == "organisation"


def _became_quotation(a: Member, b: Member, ledger: Ledger) -> bool:
    """Whether what stands in quotation marks was a paraphrase before, and nobody had the words."""
    if b.item.statement.said is None or not b.item.statement.direct or a.item.statement.direct:
        return False
    if b.spoke_here or not _goes_back(a, b, ledger):
        return False
    known = (m for m in ledger.members if m.page is not b.page and m.item.statement.direct and _earlier(m, b))
    return all(same_words(m.item.traits.tokens, b.item.traits.tokens) < KNOWN for m in known)


def _earlier(a: Member, b: Member) -> bool:
    return (a.page.article.published or "") <= (b.page.article.published or "")


def _goes_back(a: Member, b: Member, ledger: Ledger) -> bool:
    """Whether the later article has words of the earlier one, or names it."""
    return ledger.tracks.leads(b.key[0], a.key[0])


def _one_voice(a: Member, b: Member) -> bool:
    return b.source.kind is None or same_voice(a.source.voice, b.source.voice)


def _numbers(a: Member, b: Member) -> Marks | None:
    for x, y in conflicting(a.item.traits.numbers, b.item.traits.numbers):
        if x.kind == "count" and x.unit and abs(x.value - y.value) > ROUNDED * max(x.value, y.value):
            return (_at(a, x),), (_at(b, y),)
    for x, y in agreeing(a.item.traits.numbers, b.item.traits.numbers):
        if x.kind == "count" and x.value >= RATED and _rate(a, x) != _rate(b, y):
            return (_at(a, x),), (_at(b, y),)
    return None


def _rate(member: Member, number: Quantity) -> bool:
    """Whether a number is one for each year or the like, where others are for all."""
    return _EACH.search(member.item.statement.text, number.span[1], number.span[1] + 40) is not None


def _at(member: Member, number: Quantity) -> Span:
    """Where a number stands in the article: the statement's words may have lost marks, so it is looked for."""
    words = member.item.statement.text[slice(*number.span)]
    start, end = member.item.statement.span
    at = member.page.article.text.find(words, start, end)
    return (at, at + len(words)) if at >= 0 else (start, end)


def _place(member: Member) -> Place:
    return Place(member.key[0], (member.item.statement.span,))
