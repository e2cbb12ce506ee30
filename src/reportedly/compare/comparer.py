"""Readings -> Comparison: the one way through this room."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import chain

from reportedly.compare.account import account
from reportedly.compare.claims import LIKELY, Judgement, groups
from reportedly.compare.index import CopyIndex
from reportedly.compare.ledger import Tracks
from reportedly.compare.pages import pages
from reportedly.compare.pairs import UNLIKELY, Key, Page, pairs
from reportedly.lexicon.rarity import stem
from reportedly.model.sentences import SentenceEncoder
from reportedly.schema import Article, Change, Claim, Comparison, Copy, Reading

# So many articles are all compared with one another: in few, or short ones, there may be no words to find neighbours
# by.
FEW = 40
# Readings whose statements go through the encoder together.
CHUNK = 64


class Comparer:
    """Sets readings side by side, and keeps what it has found: to add one compares it with its neighbours alone.

    Made once (it loads the sentence encoder: 0.1 s, 60 MB). Not to be changed by two threads at once.
    """

    def __init__(self, threads: int = 1) -> None:
        self._encoder = SentenceEncoder(threads)
        self._index = CopyIndex()
        self._articles: dict[str, Article] = {}
        self._places: dict[str, int] = {}  # in the order in which they were added
        self._pages: dict[str, Page] = {}
        self._shares: dict[frozenset[str], dict[frozenset[Key], float]] = {}  # by the articles of the pair
        self._near: dict[str, set[str]] = {}

    def __len__(self) -> int:
        return len(self._pages)

    def add(self, readings: Iterable[Reading]) -> None:
        """Add readings; one of an article that is there already is passed over."""
        chunk: list[Reading] = []
        for reading in readings:
            if reading.article.id not in self._articles:
                self._places[reading.article.id] = len(self._articles)
                self._articles[reading.article.id] = reading.article
                self._index.add(reading.article)
                chunk.append(reading)
            if len(chunk) == CHUNK:
                self._compare(chunk)
                chunk = []
        self._compare(chunk)

    def _compare(self, readings: Sequence[Reading]) -> None:
        """Pair the statements of new readings with one another and with those of their neighbours."""
        made = pages(readings, self._encoder)
        self._pages.update((page.article.id, page) for page in made)
        paired: set[frozenset[str]] = set()
        for page in made:
            own = page.article.id
            self._near.setdefault(own, set())
            self._pair(page, page)
            for other in self._candidates(own):
                if other in self._pages and frozenset((own, other)) not in paired:
                    paired.add(frozenset((own, other)))
                    if self._pair(self._pages[other], page):
                        self._near[own].add(other)
                        self._near.setdefault(other, set()).add(own)

    def _candidates(self, own: str) -> list[str]:
        """The articles that may say something of what an article says."""
        place = self._places[own]
        earlier = list(self._places)[:place] if place < FEW else []
        return list(dict.fromkeys([*earlier, *self._index.neighbours(own)]))

    def _pair(self, a: Page, b: Page) -> bool:
        """Keep how likely the statements of two pages are one; whether any are."""
        found = {}
        for pair in pairs(a, b):
            share = pair.share
            if share >= UNLIKELY:
                found[frozenset(((a.article.id, pair.first), (b.article.id, pair.second)))] = share
        if found:
            self._shares[frozenset((a.article.id, b.article.id))] = found
        return max(found.values(), default=0.0) >= LIKELY

    def comparison(
        self, judged: Iterable[Judgement] = (), around: Collection[str] | None = None, about: str | None = None
    ) -> Comparison:
        """What the readings say together.

        ``judged`` are the decisions of people, which stand against whatever the program thinks. ``around`` limits it
        to some articles (by id) and their neighbours, ``about`` to claims that have all of these words.
        """
        chosen = list(self._pages) if around is None else self._surroundings(around)
        here = set(chosen)
        made = {name: self._pages[name] for name in chosen}
        shares = {pair: share for both, some in self._shares.items() if both <= here for pair, share in some.items()}
        copies = tuple(chain.from_iterable(self._index.copies(name) for name in chosen))
        tracks = self._tracks(chosen, copies)
        claims: list[Claim] = []
        changes: list[Change] = []
        for group in groups(made, shares, judged):
            if about is None or _is_about(group, made, about):
                claim, some = account(group, made, shares, tracks)
                claims.append(claim)
                changes += some
        claims.sort(key=lambda claim: (-len({one.place.article for one in claim.appearances}), claim.id))
        articles = tuple(self._articles[name] for name in chosen)
        return Comparison(articles, tuple(claims), copies, tuple(changes))

    def _surroundings(self, around: Collection[str]) -> list[str]:
        """Some articles, their neighbours and the neighbours of these: whatever can stand in one claim with them."""
        first = {name for name in around if name in self._pages}
        second = first.union(*(self._near[name] for name in first))
        third = second.union(*(self._near[name] for name in second))
        return [name for name in self._pages if name in third]

    def _tracks(self, chosen: Sequence[str], copies: Sequence[Copy]) -> Tracks:
        here = set(chosen)
        copied: dict[str, set[str]] = {}
        for copy in copies:
            copied.setdefault(copy.target, set()).add(copy.source)
        named = {
            name: frozenset(
                other for other in self._near[name] & here if _mentions(self._articles[name], self._articles[other])
            )
            for name in chosen
        }
        return Tracks({target: frozenset(sources) for target, sources in copied.items()}, named)


def compare(readings: Iterable[Reading], judged: Iterable[Judgement] = (), threads: int = 1) -> Comparison:
    """The comparison of some readings: see ``Comparer.comparison``."""
    comparer = Comparer(threads)
    comparer.add(readings)
    return comparer.comparison(judged)


def _mentions(article: Article, other: Article) -> bool:
    """Whether an article names the outlet of another that is not younger, and not its own."""
    outlet = (other.outlet or "").removeprefix("The ").strip()
    if len(outlet) < 3 or other.outlet == article.outlet or (other.published or "") > (article.published or ""):
        return False
    return outlet in article.text


def _is_about(group: Sequence[Key], made: dict[str, Page], about: str) -> bool:
    wanted = {stem(word) for word in about.split()}
    there = {stem(word) for article, place in group for word in made[article].items[place].traits.tokens}
    return wanted <= there
