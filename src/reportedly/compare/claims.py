"""Pages and the pairs between them -> which statements are one claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportedly.compare.attach import attached
from reportedly.compare.grouping import average_link, components
from reportedly.compare.pairs import Item, Key, Near, Page, Shares

# Two groups join while their statements are, on average, this likely to be one claim.
JOIN = 0.15
# A group and one that says the opposite join at this, if some article has both within so many sentences.
OPPOSED, BESIDE = 0.1, 3
# Pairs this likely hold a component together.
LIKELY = 0.3
# Clauses are used rather than their whole sentence where one of them fits this much better elsewhere.
BETTER = 0.02


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person has decided of two places: that they are the same claim, or that they are not.

    A place is an article's id and the start of a span in it; it means the statement that stands there.
    """

    first: tuple[str, int]
    second: tuple[str, int]
    same: bool


def groups(pages: Mapping[str, Page], shares: Shares, judged: Iterable[Judgement] = ()) -> list[list[Key]]:
    """The statements of each claim, in the order of the articles; every attributed statement is in one group."""
    near = neighbours(shares)
    decided = _decided(pages, judged)
    kept = chosen(pages, near) | {key for pair in decided for key in pair}
    near = {key: {other: share for other, share in near.get(key, {}).items() if other in kept} for key in kept}
    bound = {pair for pair, same in decided.items() if same}
    parted = decided.keys() - bound
    tied = [(a, b) for a, some in near.items() for b, share in some.items() if a < b and share >= LIKELY]
    found = []
    for part in components(sorted(kept), (*tied, *((a, b) for a, b in bound))):
        inside = set(part)
        here = {frozenset((a, b)): share for a in part for b, share in near[a].items() if a < b and b in inside}
        together, apart = ({pair for pair in some if pair <= inside} for some in (bound, parted))
        found += average_link(part, here, JOIN, together, apart)
    found = attached(_contradicted(found, pages, near, parted), pages, near, parted)
    return [sorted(one) for one in found if len(one) > 1 or _item(pages, one[0]).statement.said]


def _contradicted(
    found: Sequence[list[Key]], pages: Mapping[str, Page], near: Near, parted: Collection[frozenset[Key]]
) -> list[list[Key]]:
    """The groups, with those joined of which one says that the other is not so.

    A denial shares fewer words with what it denies than two that agree share with each other; so less is asked of it.
    """
    groups = [list(group) for group in found]
    turned = [_is_turned(group, pages) for group in groups]
    place = {key: k for k, group in enumerate(groups) for key in group}
    sums: dict[tuple[int, int], float] = defaultdict(float)
    for key, some in near.items():
        for other, share in some.items():
            k, m = place[key], place[other]
            if k < m and turned[k] != turned[m]:
                sums[k, m] += share
    means = {(a, b): total / (len(groups[a]) * len(groups[b])) for (a, b), total in sums.items()}
    for pair in parted:
        if all(key in place for key in pair):
            low, high = sorted(place[key] for key in pair)
            means.pop((low, high), None)
    for (low, high), mean in sorted(means.items(), key=lambda item: -item[1]):
        whole = len(groups[low]) == len(found[low]) and len(groups[high]) == len(found[high])
        if (
            mean >= OPPOSED
            and whole
            and groups[low]
            and groups[high]
            and _side_by_side(groups[low], groups[high], pages)
        ):
            groups[low] += groups[high]
            groups[high] = []
    return [group for group in groups if group]


def _side_by_side(a: Sequence[Key], b: Sequence[Key], pages: Mapping[str, Page]) -> bool:
    """Whether some article has a statement of each close together, as charge and denial are reported."""
    at: dict[str, list[int]] = defaultdict(list)
    for key in a:
        at[key[0]].append(_item(pages, key).statement.sentence)
    return any(
        abs(sentence - _item(pages, key).statement.sentence) <= BESIDE for key in b for sentence in at.get(key[0], ())
    )


def _is_turned(group: Sequence[Key], pages: Mapping[str, Page]) -> bool:
    return 2 * sum(_item(pages, key).traits.turned for key in group) > len(group)


def neighbours(shares: Shares) -> dict[Key, dict[Key, float]]:
    """For each statement, those that it is paired with, and how likely."""
    near: dict[Key, dict[Key, float]] = defaultdict(dict)
    for pair, share in shares.items():
        a, b = pair
        near[a][b] = near[b][a] = share
    return near


def chosen(pages: Mapping[str, Page], near: Near) -> set[Key]:
    """Of every sentence, either its whole or its clauses: the cut whose best match elsewhere is the better."""
    kept: set[Key] = set()
    for article, page in pages.items():
        cuts: dict[tuple[int, int | None], list[int]] = defaultdict(list)
        for place, item in enumerate(page.items):
            said = item.statement.said
            cuts[item.statement.sentence, said.n if said is not None else None].append(place)
        for (sentence, _), places in cuts.items():
            whole = [place for place in places if page.items[place].statement.clause is None]
            clauses = [place for place in places if page.items[place].statement.clause is not None]
            best = [_best((article, place), sentence, page, near) for place in (*whole, *clauses)]
            use_clauses = clauses and max(best[len(whole) :]) > max(best[: len(whole)], default=-1.0) + BETTER
            kept.update((article, place) for place in (clauses if use_clauses or not whole else whole))
    return kept


def _best(key: Key, sentence: int, page: Page, near: Near) -> float:
    elsewhere = (
        share
        for (article, place), share in near.get(key, {}).items()
        if article != key[0] or page.items[place].statement.sentence != sentence
    )
    return max(elsewhere, default=0.0)


def _decided(pages: Mapping[str, Page], judged: Iterable[Judgement]) -> dict[frozenset[Key], bool]:
    found = {}
    for one in judged:
        ends = [_at(pages, place) for place in (one.first, one.second)]
        if ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
            found[frozenset((ends[0], ends[1]))] = one.same
    return found


def _at(pages: Mapping[str, Page], place: tuple[str, int]) -> Key | None:
    """The smallest statement that holds a place; None where there is none any more."""
    article, at = place
    page = pages.get(article)
    if page is None:
        return None
    holding = [
        (item.statement.span[1] - item.statement.span[0], k)
        for k, item in enumerate(page.items)
        if item.statement.span[0] <= at < item.statement.span[1]
    ]
    return (article, min(holding)[1]) if holding else None


def _item(pages: Mapping[str, Page], key: Key) -> Item:
    return pages[key[0]].items[key[1]]


def mean_share(group: Sequence[Key], shares: Shares) -> float:
    """How likely the statements of a group are one claim, on the mean of their pairs (1 for a group of one)."""
    pairs = [shares.get(frozenset((a, b)), 0.0) for k, a in enumerate(group) for b in group[:k]]
    return sum(pairs) / len(pairs) if pairs else 1.0
