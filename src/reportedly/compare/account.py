"""The statements of one claim -> the claim: its wordings, its origins with their number, the reasons, the changes."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence

from reportedly.compare.changes import changes
from reportedly.compare.claims import mean_share
from reportedly.compare.grouping import components
from reportedly.compare.ledger import Ledger, Member, Tracks, core, doubts, members
from reportedly.compare.pairs import Item, Key, Page, Shares
from reportedly.compare.voices import same_voice
from reportedly.compare.why import label, why, would_change
from reportedly.schema import Appearance, Change, Claim, Independent, Origin, Place, Reason, Speaker, Support

# A negated statement with this share of the telling words of another is its opposite.
ANSWER = 0.4
# Figures from here on are compared, and differ by more than this part.
FIGURE, ROUNDED = 13, 0.02
# A claim whose statements are, on average, less likely than this to be one is only suggested.
DOUBTFUL = 0.3
# Rarity beyond which a wording is no clearer for being longer.
CLEAR = 60.0


def account(
    group: Sequence[Key], pages: Mapping[str, Page], shares: Shares, tracks: Tracks
) -> tuple[Claim, list[Change]]:
    """The claim that some statements make, and what changed between them."""
    ledger = Ledger(members(group, pages, _opposed(group, pages), tracks), tracks, shares)
    counted = core(ledger, sorted({ledger.root(k) for k, one in enumerate(ledger.members) if not one.turned}))
    open_pairs = doubts(ledger, counted)
    least = len(components(counted, ((a, b) for a, b, _ in open_pairs)))
    name = _id(ledger.members[0])
    origins = {root: f"{name}-o{n}" for n, root in enumerate(ledger.origins(), 1)}
    claim = Claim(
        id=name,
        text=_wording(ledger.members),
        appearances=tuple(_appearance(one, origins[ledger.root(k)]) for k, one in enumerate(ledger.members)),
        origins=tuple(Origin(origins[root], *label(ledger, root)) for root in ledger.origins()),
        independent=Independent(least, len(counted)),
        reasons=(*ledger.reasons, *(Reason(text, (a, b), sure=False) for a, b, text in open_pairs)),
        why=why(ledger, counted, open_pairs, least),
        would_change=would_change(counted, open_pairs),
        suggested=mean_share(group, shares) < DOUBTFUL,
    )
    return claim, changes(name, ledger, shares)


def _opposed(group: Sequence[Key], pages: Mapping[str, Page]) -> dict[Key, bool]:
    """Of each statement, whether it says the opposite of what most of them say (of a tie: of what is not negated).

    That takes more than a "not": words of denial, or nearly the words of what it says is not so. Another figure than
    most of them have is the opposite too, where it is not the same voice that is said to have given it.
    """
    items = {key: pages[key[0]].items[key[1]] for key in group}
    counts = Counter(item.traits.turned for item in items.values())
    common = counts[True] > counts[False]
    with_most = [item for item in items.values() if item.traits.turned == common]
    figures = _figures(list(items.values()))
    return {
        key: (item.traits.turned != common and (item.traits.denied or any(_answers(item, o) for o in with_most)))
        or _has_another_figure(item, figures, list(items.values()))
        for key, item in items.items()
    }


def _figures(items: Sequence[Item]) -> dict[str, float]:
    """Of what is counted in several statements, the figure that most of them have."""
    counts: dict[str, Counter[float]] = {}
    for item in items:
        for number in item.traits.numbers:
            if number.kind == "count" and number.unit and number.value >= FIGURE:
                counts.setdefault(number.unit, Counter())[number.value] += 1
    return {unit: values.most_common(1)[0][0] for unit, values in counts.items() if values.total() > 1}


def _has_another_figure(item: Item, figures: Mapping[str, float], items: Sequence[Item]) -> bool:
    said = item.statement.said
    if said is None or said.speaker.name is None or said.speaker.type == "outlet":
        return False  # a slip of the pen, rather than somebody's figure
    for number in item.traits.numbers:
        usual = figures.get(number.unit) if number.kind == "count" else None
        if usual is None or abs(number.value - usual) <= ROUNDED * usual:
            continue
        others = [o for o in items if any(n.unit == number.unit and n.value == usual for n in o.traits.numbers)]
        if item not in others and not any(same_voice(item.traits.voice, o.traits.voice) for o in others):
            return True
    return False


def _answers(item: Item, other: Item) -> bool:
    """Whether a statement has enough of another's telling words to be its opposite."""
    a, b = item.traits.words, other.traits.words
    shared = sum(a[word] for word in a.keys() & b.keys())
    return shared >= ANSWER * min(sum(a.values()), sum(b.values())) if shared else False


def _id(first: Member) -> str:
    """A name that stays the same while the claim's first statement stays what it is."""
    start, end = first.item.statement.span
    return "c" + hashlib.sha256(f"{first.key[0]} {start} {end}".encode()).hexdigest()[:10]


def _appearance(member: Member, origin: str) -> Appearance:
    said = member.item.statement.said
    stance: Support = "denies" if member.turned else "asserts"
    return Appearance(
        place=Place(member.key[0], (member.item.statement.span,)),
        n=said.n if said is not None else None,
        speaker=said.speaker if said is not None else Speaker(),
        via=said.via if said is not None else (),
        stance=stance,
        origin=origin,
    )


def _wording(found: Sequence[Member]) -> str:
    """The clearest of the wordings: asserted, not a quotation, and with the most telling words."""

    def clearness(member: Member) -> tuple[bool, bool, float]:
        return not member.turned, not member.item.statement.direct, min(sum(member.item.traits.words.values()), CLEAR)

    return max(found, key=clearness).item.statement.text
