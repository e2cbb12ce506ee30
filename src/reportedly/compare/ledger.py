"""The statements of one claim -> their origins: utterance, carriers, pages, traced back to who said it first.

A ledger of reasons: each entry joins two statements that go back to one voice on one occasion or to one document, and
says why in words. What the texts leave open joins nothing, and widens the range instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reportedly.compare.pairs import Item, Key, Page, Shares, same_words
from reportedly.compare.quantities import Quantity
from reportedly.compare.sources import Source, may_be_one, source_of, spoke_to
from reportedly.compare.voices import same_voice
from reportedly.schema import Reason

# Statements of two articles that share this much of their words are one utterance, printed twice.
UTTERANCE = 0.85
# Shorter ones can agree by chance.
UTTERANCE_WORDS = 4
# A later article that copies or names an earlier one has a statement from it that is this likely the same.
TAKEN = 0.45
# Sentences between somebody who is only described and the name that follows.
SOON = 2
# Two figures are the same where they differ by less than this part.
ROUNDED = 0.01
# An origin counts where its statements are this likely the claim of another that counts, on the mean of so many pairs.
CORE, CORE_PAIRS = 0.8, 2
# Figures below this are known to everybody who was there.
FIGURE = 13

_BASIS = re.compile(
    r"\b(?:myself|himself|herself|themselves|our own|his own|her own|their own|counted|with (?:my|his|her) own eyes"
    r"|ha(?:s|d|ve) not (?:seen|read)|did not (?:know|read)|had not known)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """A statement of a claim."""

    key: Key
    page: Page
    item: Item
    source: Source
    turned: bool
    spoke_here: bool


@dataclass(frozen=True, slots=True)
class Tracks:
    """What is known of how articles came by their words: for each, from which others it copies, and whom it names."""

    copies: Mapping[str, frozenset[str]]
    named: Mapping[str, frozenset[str]]

    def leads(self, later: str, earlier: str) -> bool:
        """Whether one article has words of the other, or names its outlet."""
        return earlier in self.copies.get(later, ()) or earlier in self.named.get(later, ())

    def depth(self, article: str, seen: frozenset[str] = frozenset()) -> int:
        """How many copies lie between an article and the first of its sources (0 for one that copies nobody)."""
        if article in seen:
            return 0
        seen |= {article}
        return max((1 + self.depth(source, seen) for source in self.copies.get(article, ())), default=0)


@dataclass
class Ledger:
    """Members in the order in which they were published, joined step by step. First filled, then asked."""

    members: Sequence[Member]
    tracks: Tracks
    shares: Shares
    reasons: list[Reason] = field(default_factory=list)
    doubts: list[tuple[int, int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._parent = list(range(len(self.members)))
        for k in range(len(self.members)):
            for j in range(k):
                self._try(j, k)
        for k, member in enumerate(self.members):
            if member.source.kind is None:
                self._attach(k)

    def root(self, k: int) -> int:
        """What stands for the origin of a member: the place of its first member."""
        while self._parent[k] != k:
            k = self._parent[k]
        return k

    def origins(self) -> list[int]:
        """The roots, in order."""
        return sorted({self.root(k) for k in range(len(self.members))})

    def _join(self, j: int, k: int, why: str) -> None:
        a, b = self.root(j), self.root(k)
        if a != b:
            self._parent[max(a, b)] = min(a, b)
            self.reasons.append(Reason(why, (j, k)))

    def _try(self, j: int, k: int) -> None:
        """Join two members where one of the rules says that they are one origin."""
        for rule in RULES:
            why = rule(self.members[j], self.members[k], self.tracks)
            if why is not None:
                self._join(j, k, why)
                return
        if self._taken(j, k):
            self._join(j, k, f"{_outlet(self.members[k])} has it from {_outlet(self.members[j])}")

    def _taken(self, j: int, k: int) -> bool:
        """Whether the later article has the statement from the earlier one, whatever it calls the source."""
        a, b = self.members[j], self.members[k]
        if a.page is b.page or a.turned != b.turned or b.spoke_here or not self.tracks.leads(b.key[0], a.key[0]):
            return False
        if b.source.kind is None or a.source.kind is None or self.shares.get(frozenset((a.key, b.key)), 0.0) < TAKEN:
            return False
        if b.source.kind == "person":
            named = b.source.voice[-1:]
            return a.source.kind == "unnamed" and bool(named) and named[0] in a.page.article.text.casefold()
        return a.source.kind != "person" or b.source.kind == "unnamed"

    def _attach(self, k: int) -> None:
        """Lead a statement in the page's own voice, or in that of an outlet, back to where it came from."""
        member = self.members[k]
        others = [j for j, other in enumerate(self.members) if other.source.kind is not None]
        alike = [j for j in others if self.members[j].turned == member.turned] or others
        for why, fits in _ways_back(member, self.tracks):
            found = [j for j in alike if fits(self.members[j])]
            if found:
                self._join(max(found, key=lambda j: self._nearness(j, k)), k, why)
                return
        before = [j for j in range(k) if self.members[j].turned == member.turned]
        if before:  # no source anywhere: they repeat one another
            self._join(before[0], k, "neither names a source, and the later may repeat the earlier")

    def _nearness(self, j: int, k: int) -> float:
        a, b = self.members[j], self.members[k]
        gap = abs(a.item.statement.sentence - b.item.statement.sentence) if a.page is b.page else 0
        return self.shares.get(frozenset((a.key, b.key)), 0.0) - 0.1 * gap


Rule = Callable[[Member, Member, Tracks], str | None]


def _word_for_word(a: Member, b: Member, _: Tracks) -> str | None:
    if (
        a.page is b.page
        or a.turned != b.turned
        or min(len(a.item.traits.tokens), len(b.item.traits.tokens)) < UTTERANCE_WORDS
    ):
        return None
    if same_words(a.item.traits.tokens, b.item.traits.tokens) < UTTERANCE or _others(a, b):
        return None
    return f"{_outlet(a)} and {_outlet(b)} have it in the same words"


def _others(a: Member, b: Member) -> bool:
    """Whether the two are surely not one utterance: two names, or somebody who spoke to either outlet."""
    if a.source.kind == b.source.kind == "person":
        return not same_voice(a.source.voice, b.source.voice)
    return a.source.kind == b.source.kind == "unnamed" and a.spoke_here and b.spoke_here


def _same_name(a: Member, b: Member, tracks: Tracks) -> str | None:
    if a.source.kind not in ("person", "organisation") or not same_voice(a.source.voice, b.source.voice):
        return None
    # Who is said to say both a thing and its opposite has mostly said one of them; of a body, another part has.
    if a.source.kind == "organisation" and a.turned != b.turned and not tracks.leads(b.key[0], a.key[0]):
        return None
    return f"both are {_name(b)}"


def _speaks_for(a: Member, b: Member, _: Tracks) -> str | None:
    for one, other in ((a, b), (b, a)):
        bodies = other.source.body or (other.source.words if other.source.kind == "organisation" else frozenset())
        if one.source.body and bodies and (one.source.body & bodies):
            return f"{_name(one)} speaks for {_name(other)}"
    return None


def _same_document(a: Member, b: Member, tracks: Tracks) -> str | None:
    if not a.source.kind == b.source.kind == "document":
        return None
    if a.source.head == b.source.head or tracks.leads(b.key[0], a.key[0]):
        return f"both go back to the same {b.source.head or 'document'}"
    return None


def _same_description(a: Member, b: Member, tracks: Tracks) -> str | None:
    if not a.source.kind == b.source.kind == "unnamed":
        return None
    if a.page is b.page:
        return f"{_outlet(a)} describes both as {_name(b)}" if may_be_one(a.source, b.source) else None
    if a.page.outlet and a.page.outlet == b.page.outlet and may_be_one(a.source, b.source):
        return f"{_outlet(a)} describes both as {_name(b)}"
    if tracks.leads(b.key[0], a.key[0]) and not b.spoke_here:
        return f"{_outlet(b)} has it from {_outlet(a)}, and spoke to nobody itself"
    return None


def _named_soon(a: Member, b: Member, _: Tracks) -> str | None:
    """Somebody described ("a state inspector"), and in the next sentence the name."""
    for one, other in ((a, b), (b, a)):
        if (
            one.source.kind == "unnamed"
            and not one.source.plural
            and other.source.kind == "person"
            and a.page is b.page
        ):
            gap = other.item.statement.sentence - one.item.statement.sentence
            if 0 <= gap <= SOON and one.turned == other.turned:
                return f"{_name(one)} is {_name(other)}, named soon after"
    return None


def _generic(a: Member, b: Member, _: Tracks) -> str | None:
    """A body without a name ("the company") is the one that is named beside it."""
    for one, other in ((a, b), (b, a)):
        bodies = one.source.kind == other.source.kind == "organisation" and one.turned == other.turned
        if bodies and _name(one).islower() and not _name(other).islower():
            return f"{_name(one)} is {_name(other)}"
    return None


RULES: tuple[Rule, ...] = (
    _same_name,
    _word_for_word,
    _speaks_for,
    _same_document,
    _same_description,
    _named_soon,
    _generic,
)


def _ways_back(member: Member, tracks: Tracks) -> Iterable[tuple[str, Callable[[Member], bool]]]:
    """How a statement without a source of its own can be led back, the surest way first."""
    relays = member.item.outlets | ({member.source.relay} if member.source.relay else set())
    article, when = member.key[0], _when(member)
    yield (
        f"{_outlet(member)} names the outlet from which it has it",
        lambda o: bool(o.page.outlet) and o.page.outlet in relays,
    )
    yield f"{_outlet(member)} gives a source for it elsewhere in the article", lambda o: o.key[0] == article
    yield (
        f"{_outlet(member)} repeats what it has reported before",
        lambda o: bool(member.page.outlet) and o.page.outlet == member.page.outlet and _when(o) <= when,
    )
    yield (
        f"{_outlet(member)} names no source, and has words of an earlier report",
        lambda o: o.key[0] in tracks.copies.get(article, ()),
    )
    yield (
        f"{_outlet(member)} names no source, and mentions the outlet that brought it",
        lambda o: o.key[0] in tracks.named.get(article, ()),
    )
    yield f"{_outlet(member)} names no source, and an earlier report has one", lambda o: _when(o) <= when
    yield f"{_outlet(member)} names no source", lambda _: True


def _when(member: Member) -> str:
    return member.page.article.published or ""


def _outlet(member: Member) -> str:
    return member.page.article.outlet or member.page.article.title or member.page.article.path or "one article"


def _name(member: Member) -> str:
    said = member.item.statement.said
    return (said.speaker.name if said is not None else None) or _outlet(member)


def members(keys: Sequence[Key], pages: Mapping[str, Page], turned: Mapping[Key, bool], tracks: Tracks) -> list[Member]:
    """The statements of a claim, in the order in which they were published; of one day, sources before their copies."""
    depth = {article: tracks.depth(article) for article, _ in keys}
    ordered = sorted(keys, key=lambda key: (pages[key[0]].article.published or "", depth[key[0]], key))
    found = []
    for key in ordered:
        page = pages[key[0]]
        item = page.items[key[1]]
        found.append(Member(key, page, item, source_of(item), turned[key], spoke_to(page, item)))
    return found


def core(ledger: Ledger, roots: Sequence[int]) -> list[int]:
    """Of some origins, those that surely speak of the claim: the one that most articles carry, and what is near to it.

    A claim also holds statements that only their place ties to it, or that speak of something beside it. They are
    shown, and make no origin that counts: to count one voice too many is the worse error.
    """
    if len(roots) < 2:
        return list(roots)
    groups = {root: [m for m in _all(ledger, root) if not m.turned] for root in roots}
    first = max(roots, key=lambda root: (len({m.key[0] for m in groups[root]}), len(groups[root]), -root))
    found = [first]
    for root in sorted(set(roots) - {first}, key=lambda root: -_near(ledger, groups[root], groups[first])):
        if max(_near(ledger, groups[root], groups[other]) for other in found) >= CORE:
            found.append(root)
    return sorted(found)


def _near(ledger: Ledger, a: Sequence[Member], b: Sequence[Member]) -> float:
    """How near two origins come to each other: the mean of the likeliest pairs of their statements."""
    shares = sorted((ledger.shares.get(frozenset((x.key, y.key)), 0.0) for x in a for y in b), reverse=True)[
        :CORE_PAIRS
    ]
    return sum(shares) / len(shares) if shares else 0.0


def doubts(ledger: Ledger, counted: Sequence[int]) -> list[tuple[int, int, str]]:
    """The pairs of origins that may be one though nothing says so, and why."""
    found = []
    for k, b in enumerate(counted):
        for a in counted[:k]:
            why = _doubt(_all(ledger, a), _all(ledger, b))
            if why is not None:
                found.append((a, b, why))
    return found


def _all(ledger: Ledger, root: int) -> list[Member]:
    return [member for k, member in enumerate(ledger.members) if ledger.root(k) == root]


def _doubt(a: Sequence[Member], b: Sequence[Member]) -> str | None:
    for x in a:
        for y in b:
            if may_be_one(x.source, y.source):
                return (
                    f"{_outlet(x)} has it from {_name(x)}, {_outlet(y)} from {_name(y)}: "
                    "the texts do not say whether that is one source"
                )
    if any(m.source.kind == "document" or _BASIS.search(m.item.statement.around) for m in (*a, *b)):
        return None
    shared = next(
        (x for m in a for x in m.item.traits.numbers for n in b for y in n.item.traits.numbers if _one_figure(x, y)),
        None,
    )
    if shared is None:
        return None
    first, second = (next(m for m in group if m.source.kind is not None or m is group[-1]) for group in (a, b))
    return f"{_name(first)} and {_name(second)} give the same figure, and neither says where it comes from"


def _one_figure(x: Quantity, y: Quantity) -> bool:
    return (
        x.kind == y.kind == "count"
        and min(x.value, y.value) >= FIGURE
        and abs(x.value - y.value) <= ROUNDED * max(x.value, y.value)
    )
