"""Statements that their place ties to a claim, though few of their words do.

Average link leaves them out: the words in quotation marks behind the paraphrase that they are to prove, the reply that
only says "it was not", the lead that says in the page's own voice what somebody is quoted with elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from reportedly.compare.pairs import Item, Key, Near, Page, same_words
from reportedly.lexicon.forms import heads
from reportedly.lexicon.rarity import stem

# A group is led to the claim that pulls it at least this much.
ATTACH = 0.25
# For what the page says in its own voice, which is likelier to be about something else: the pull, and how many times
# stronger it has to be than that of any other claim.
ATTACH_OWN, CLEARLY = 0.1, 1.5
# The pull is the mean of so many likeliest pairs, and at least this where the place says that one goes on with the
# other in quotation marks, or replies to it.
TOP = 3
PLACED = 0.31
# A group whose statements share this much of their words is one utterance, in print many times.
ONE_UTTERANCE = 0.7
# Sentences between a charge and the reply.
REPLY = 2
# Telling words of its own in a reply that only turns down what was said before.
OWN_WORDS = 2


def attached(
    found: Sequence[list[Key]], pages: Mapping[str, Page], near: Near, parted: Collection[frozenset[Key]]
) -> list[list[Key]]:
    """The groups, with single utterances led to the claim that they belong to; never to one that ``parted`` forbids."""
    groups = [list(group) for group in found]
    home = {key: k for k, group in enumerate(groups) for key in group}
    beside: dict[str, list[Key]] = {}
    for key in home:
        beside.setdefault(key[0], []).append(key)
    for k in sorted(range(len(groups)), key=lambda k: (len(groups[k]), groups[k][0])):
        if not groups[k] or not _one_utterance(groups[k], pages):
            continue
        pulls = _pulls(k, groups, home, beside, pages, near, parted)
        if not pulls:
            continue
        (best, pull), *others = [*sorted(pulls.items(), key=lambda pair: -pair[1]), (-1, 0.0)]
        own = all(_item(pages, key).statement.said is None for key in groups[k])
        if pull >= ATTACH or (own and pull >= ATTACH_OWN and pull >= CLEARLY * others[0][1]):
            groups[best] += groups[k]
            for key in groups[k]:
                home[key] = best
            groups[k] = []
    return [group for group in groups if group]


def _one_utterance(group: Sequence[Key], pages: Mapping[str, Page]) -> bool:
    first = _item(pages, group[0]).traits.tokens
    return all(same_words(first, _item(pages, key).traits.tokens) >= ONE_UTTERANCE for key in group[1:])


def _pulls(
    k: int, groups: Sequence[Sequence[Key]], home: Mapping[Key, int], beside: Mapping[str, Sequence[Key]],
    pages: Mapping[str, Page], near: Near, parted: Collection[frozenset[Key]],
) -> dict[int, float]:  # fmt: skip
    """How strongly other groups pull this one: those that have a statement near to it, in meaning or in the article."""
    others = {home[other] for key in groups[k] for other in near.get(key, {}) if other in home}
    for key in groups[k]:
        sentence = _item(pages, key).statement.sentence
        others.update(
            home[other] for other in beside[key[0]] if abs(_item(pages, other).statement.sentence - sentence) <= REPLY
        )
    found = {}
    for other in others - {k}:
        if not any(frozenset((a, b)) in parted for a in groups[k] for b in groups[other]):
            found[other] = max(_pull(key, groups[other], pages, near) for key in groups[k])
    return found


def _pull(key: Key, group: Sequence[Key], pages: Mapping[str, Page], near: Near) -> float:
    shares = sorted((near.get(key, {}).get(other, 0.0) for other in group), reverse=True)[:TOP]
    pull = sum(shares) / len(shares)
    for other in group:
        if other[0] == key[0]:
            pull = max(pull, _placed(_item(pages, other), _item(pages, key), near.get(key, {}).get(other, 0.0)))
    return pull


def _placed(before: Item, item: Item, share: float) -> float:
    """How strongly a statement is pulled by one that stands before it (or, for a reply, near it) in the article."""
    a, b = before.statement, item.statement
    gap = b.sentence - a.sentence
    if gap == 1 and b.direct and not a.direct and _goes_on(before, item):
        return max(PLACED, share)
    if _replies(before, item) and abs(gap) <= REPLY:
        return max(PLACED, share)
    return 0.0


def _goes_on(before: Item, item: Item) -> bool:
    """Whether the source of the one statement goes on in the other; before, it may only have been mentioned."""
    a, b = before.statement, item.statement
    if b.said is None or b.said.speaker.name is None:
        return False
    if a.said is not None:
        return a.said.speaker == b.said.speaker
    nouns = list(heads(b.said.speaker.name))
    words = {stem(word) for word in a.around.split()[-60:]}
    return bool(nouns) and stem(nouns[-1].split()[-1]) in words


def _replies(before: Item, item: Item) -> bool:
    """Whether the one only says that the other is not so: another source, the opposite, and little else."""
    a, b = before.statement, item.statement
    if b.said is None or (a.said is not None and a.said.speaker == b.said.speaker):
        return False
    if item.traits.turned == before.traits.turned or not (item.traits.turned or item.traits.denied):
        return False
    return len(item.traits.words.keys() - before.traits.words.keys()) <= OWN_WORDS


def _item(pages: Mapping[str, Page], key: Key) -> Item:
    return pages[key[0]].items[key[1]]
