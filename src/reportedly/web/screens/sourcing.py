"""*Sourcing profile*: how an article or outlet is sourced, every number with its sentences; and the list of outlets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query

from reportedly.export.words import QUOTATIONS, headline, one_line
from reportedly.schema import article_id
from reportedly.store.outlets import Order, OutletEntry, is_outlet, outlets
from reportedly.store.profile import Amount, Profile, Rests, profile
from reportedly.store.selection import Articles, Sources, Statements
from reportedly.web import links
from reportedly.web.charts import Part, share
from reportedly.web.days import day_in_words
from reportedly.web.desk import AtDesk
from reportedly.web.scope import (
    SOURCES,
    STANDINGS,
    AskedArticles,
    Flag,
    Scope,
    rungs_in_words,
)
from reportedly.web.screen import Paged, Paging, Table, screen
from reportedly.web.screens.article import Key
from reportedly.web.sentences import Sentence, sentences

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table of counts: what is counted, how much of it, of how much, and where its sentences are."""

    label: str
    statements: int
    whole: int
    address: str
    words: int | None = None
    words_whole: int = 0

    @property
    def share(self) -> str:
        """Its share of the whole."""
        return share(self.statements, self.whole)

    @property
    def words_share(self) -> str:
        """Its share of the words."""
        return share(self.words or 0, self.words_whole)


@dataclass(frozen=True, slots=True)
class SourcingView:
    """How some articles are sourced. ``back`` is the page of what they are, with its name."""

    heading: str
    what: str
    scope: Scope
    profile: Profile
    back: tuple[str, str]

    @property
    def title(self) -> str:
        """Of what it is the profile."""
        return f"{self.heading} – sourcing"

    @property
    def statements_bar(self) -> list[Part]:
        """What stands behind the statements."""
        return self.scope.standings({key: one.statements for key, one in self.profile.standing.items()})

    @property
    def words_bar(self) -> list[Part]:
        """What stands behind the words."""
        return self.scope.standings({key: one.words for key, one in self.profile.standing.items()})

    @property
    def standings(self) -> list[Row]:
        """What stands behind the statements, as rows."""
        amounts = [(label, key, self.profile.standing.get(key, Amount())) for key, (label, *_) in STANDINGS.items()]
        return [self._row(label, amount, standing=key) for label, key, amount in amounts if amount.statements]

    @property
    def quotations(self) -> list[Row]:
        """How much is quoted."""
        amounts = [(label, key, self.profile.quotation.get(key, Amount())) for key, label in QUOTATIONS.items()]
        return [self._row(label, amount, quotation=key) for label, key, amount in amounts if amount.statements]

    @property
    def care(self) -> list[Row]:
        """Conditions and hedges."""
        whole = self.profile.total.statements
        return [
            Row("with a condition", self.profile.conditional, whole, self.scope.to(conditional=True)),
            Row("with a hedge", self.profile.hedged, whole, self.scope.to(hedged=True)),
        ]

    @property
    def chains(self) -> list[Row]:
        """Through how many hands."""
        whole = self.profile.total.statements
        return [
            Row(rungs_in_words(rungs), number, whole, self.scope.to(rungs=rungs))
            for rungs, number in enumerate(self.profile.rungs)
            if number
        ]

    @property
    def longest(self) -> Sentence | None:
        """The statement with the longest chain."""
        return sentences([self.profile.longest])[0] if self.profile.longest is not None else None

    @property
    def paragraphs(self) -> list[Row]:
        """On how many sources paragraphs rest."""
        return self._rests(self.profile.paragraphs, "paragraph")

    @property
    def articles(self) -> list[Row]:
        """On how many sources articles rest."""
        return self._rests(self.profile.articles, "rests")

    @property
    def voices(self) -> list[Row]:
        """Who has most of the words."""
        return [self._row(one_line(one.name), one.amount, person=one.person) for one in self.profile.voices]

    def _row(self, label: str, amount: Amount, **also: object) -> Row:
        total = self.profile.total
        return Row(label, amount.statements, total.statements, self.scope.to(**also), amount.words, total.words)

    def _rests(self, rests: Rests, parameter: str) -> list[Row]:
        numbers: tuple[tuple[Sources, int], ...] = (
            ("one", rests.one),
            ("several", rests.several),
            ("none", rests.none),
        )
        return [
            Row(SOURCES[key], number, rests.total, self.scope.to(**{parameter: key}))
            for key, number in numbers
            if number
        ]

    def record(self) -> dict[str, Any]:
        """The numbers."""
        found = self.profile
        return {
            "scope": self.scope.query(),
            "articles": asdict(found.size),
            "statements": found.total.statements,
            "words": found.total.words,
            "standing": {key: asdict(found.standing.get(key, Amount())) for key in STANDINGS},
            "quotation": {key: asdict(found.quotation.get(key, Amount())) for key in QUOTATIONS},
            "conditional": found.conditional,
            "hedged": found.hedged,
            "carriers": list(found.rungs),
            "longest_chain": found.longest.to_record() if found.longest is not None else None,
            "paragraphs_by_sources": asdict(found.paragraphs),
            "articles_by_sources": asdict(found.articles),
            "named_voices": found.voice_count,
            "voices": [{"person": one.person, "name": one.name, **asdict(one.amount)} for one in found.voices],
        }

    def table(self) -> Table:
        """A number a row."""
        return Table(("what", "of", "number", "words", "statements"), list(self._rows()))

    def _rows(self) -> Iterator[tuple[object, ...]]:
        groups = (
            ("statements", self.standings),
            ("statements", self.quotations),
            ("statements", self.care),
            ("statements", self.chains),
            ("paragraphs", self.paragraphs),
            ("articles", self.articles),
            ("statements by", self.voices),
        )
        for what, rows in groups:
            yield from ((what, row.label, row.statements, row.words, row.address) for row in rows)


@screen(router, "/article/{key}/sourcing", "sourcing.html", section="articles")
def article_sourcing(desk: AtDesk, key: Key, sourced: Flag = "") -> SourcingView:
    """How one article is sourced: what stands behind its statements, through how many hands, on how many sources."""
    article = desk.library.get(key).article
    hash_ = article_id(article.text, article.url)
    scope = Scope(Articles(key=hash_), Statements(sourced=sourced == "yes"))
    found = profile(desk.library, scope.articles, scope.statements)
    return SourcingView(headline(article), "article", scope, found, (links.article(hash_), "the article"))


@screen(router, "/outlet", "sourcing.html", section="outlets")
def outlet(
    desk: AtDesk,
    articles: AskedArticles,
    name: Annotated[str, Query(max_length=1000, description="The outlet's whole name.")],
    sourced: Flag = "",
) -> SourcingView:
    """How one outlet is sourced, in all its articles or those of an author or a period."""
    if not is_outlet(desk.library, name):
        raise HTTPException(404, "The library has no articles of such an outlet. The list of outlets has their names.")
    scope = Scope(replace(articles, outlet=name), Statements(sourced=sourced == "yes"))
    found = profile(desk.library, scope.articles, scope.statements)
    return SourcingView(one_line(name), "outlet", scope, found, (links.articles(outlet=name), "its articles"))


@dataclass(frozen=True, slots=True)
class OutletsView:
    """A part of the list of outlets."""

    outlets: tuple[OutletEntry, ...]
    total: int
    paged: Paged
    order: Order

    title: str = "Outlets"

    def bar(self, entry: OutletEntry) -> list[Part]:
        """What stands behind an outlet's statements."""
        return Scope(Articles(outlet=entry.name), Statements()).standings(dict(entry.standing))

    def period(self, entry: OutletEntry) -> str:
        """From when to when its articles are."""
        first, last = day_in_words(entry.first), day_in_words(entry.last)
        return first if first == last else f"{first} to {last}"

    def record(self) -> dict[str, Any]:
        """The list, and how long it is in all."""
        return {
            "total": self.total,
            "page": self.paged.page,
            "rows": self.paged.rows,
            "outlets": [self._record(one) for one in self.outlets],
        }

    def _record(self, one: OutletEntry) -> dict[str, Any]:
        return {
            "name": one.name,
            "page": links.outlet(one.name),
            "articles": one.articles,
            "statements": one.statements,
            "first": day_in_words(one.first) or None,
            "last": day_in_words(one.last) or None,
            "standing": {key: one.standing.get(key, 0) for key in STANDINGS},
        }

    def table(self) -> Table:
        """An outlet a row."""
        return Table(
            ("outlet", "articles", "statements", "first", "last", *STANDINGS),
            [
                (
                    one.name,
                    one.articles,
                    one.statements,
                    day_in_words(one.first),
                    day_in_words(one.last),
                    *(one.standing.get(key, 0) for key in STANDINGS),
                )
                for one in self.outlets
            ],
        )


@screen(router, "/outlets", "outlets.html", section="outlets")
def outlet_list(
    desk: AtDesk, paging: Paging, order: Annotated[Order, Query(description="What comes first.")] = "articles"
) -> OutletsView:
    """The outlets of the library, with what stands behind the statements of each."""
    found, total = outlets(desk.library, paging.rows, paging.offset, order)
    return OutletsView(tuple(found), total, paging, order)
