"""*Source inventory*: over any articles, who was quoted, how often and at what length, and who never answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Query

from reportedly.export.words import one_line
from reportedly.store import Library
from reportedly.store.columns import headings
from reportedly.store.inventory import Inventory, Kind, Order, OwnShare, Page, Voice, inventory, voices
from reportedly.store.outlets import outlet_names
from reportedly.store.selection import Statements
from reportedly.store.sheet import COUNTED, SPEAKER
from reportedly.web import links
from reportedly.web.charts import Part, share
from reportedly.web.days import day_in_words
from reportedly.web.desk import AtDesk
from reportedly.web.scope import STANDINGS, TYPES, AskedArticles, Flag, Scope
from reportedly.web.screen import Paged, Paging, Table, screen

router = APIRouter()

# Voices in one CSV; more than any newsroom quotes in a year.
MOST_EXPORTED = 50_000
# Outlets that are offered in the form.
MOST_OUTLETS = 500

# Orders of the voices, by the heading that asks for them.
ORDERS: dict[Order, str] = {
    "name": "name",
    "statements": "statements",
    "words": "words",
    "articles": "articles",
    "first": "first",
    "last": "last",
}


@dataclass(frozen=True, slots=True)
class InventoryView:
    """The source inventory of a set of articles."""

    library: Library
    scope: Scope
    found: Inventory
    headings: tuple[str, ...]
    outlets: tuple[str, ...]
    asked: Page
    paged: Paged

    title: str = "Source inventory"

    @property
    def statements_bar(self) -> list[Part]:
        """What stands behind the statements."""
        return self.scope.standings(self._by_standing("statements"))

    @property
    def words_bar(self) -> list[Part]:
        """What stands behind the words."""
        return self.scope.standings(self._by_standing("words"))

    def _by_standing(self, what: str) -> dict[str, int]:
        found: dict[str, int] = {}
        for kind in self.found.kinds:
            found[kind.standing] = found.get(kind.standing, 0) + getattr(kind.amount, what)
        return found

    def kind(self, kind: Kind) -> str:
        """A kind of source in words."""
        return f"named: {TYPES[kind.type]}" if kind.type is not None else STANDINGS[kind.standing][0]

    def to_kind(self, kind: Kind) -> str:
        """Its sentences."""
        return self.scope.to(standing=kind.standing, **({"type": kind.type} if kind.type is not None else {}))

    def statements_of(self, voice: Voice, **also: object) -> str:
        """The sentences of a voice."""
        return self.scope.to(person=voice.person, **also)

    def share(self, value: int, whole: int) -> str:
        """A share in words."""
        return share(value, whole)

    def day(self, day: int) -> str:
        """A day in words."""
        return day_in_words(day)

    @property
    def period(self) -> str:
        """The period that is asked for, in words."""
        since, until = self.scope.articles.since, self.scope.articles.until
        return f"{since} to {until}" if until else f"{since} on"

    @property
    def before(self) -> str:
        """What new voices were not quoted in, before the period."""
        articles = self.scope.articles
        of = " ".join(
            [
                *([f"by {one_line(articles.outlet)}"] if articles.outlet else []),
                *([f"under the byline “{one_line(articles.author)}”"] if articles.author else []),
            ]
        )
        return of or "in this library"

    @property
    def shares(self) -> dict[str, list[OwnShare]]:
        """The own columns, each with its values."""
        found: dict[str, list[OwnShare]] = {}
        for one in self.found.own:
            found.setdefault(one.heading, []).append(one)
        return found

    def record(self) -> dict[str, Any]:
        """All of it, and a part of the voices."""
        found = self.found
        return {
            "scope": self.scope.query(),
            "articles": asdict(found.size),
            "statements": found.total.statements,
            "words": found.total.words,
            "kinds": [asdict(kind) for kind in found.kinds],
            "roles": [{"role": one.value, "statements": one.count} for one in found.roles],
            "voices_in_all": found.voice_count,
            "total": found.listed,
            "new": found.new,
            "returning": found.returning,
            "page": self.paged.page,
            "rows": self.paged.rows,
            "voices": [_voice(voice) for voice in found.voices],
            "never_answered": found.silent_count,
            "declined": [_voice(voice) for voice in found.silent],
            "own": [asdict(one) for one in found.own],
        }

    def table(self) -> Table:
        """A voice a row: all of them, so that their own columns can be filled in and read back."""
        return Table((SPEAKER, "id", *COUNTED, *self.headings), self._rows())

    def _rows(self) -> Iterator[Sequence[object]]:
        whole, _ = voices(
            self.library, self.scope.articles, self.scope.statements, replace(self.asked, limit=MOST_EXPORTED, offset=0)
        )
        for voice in whole:
            counted = (
                voice.type,
                "; ".join(role.value for role in voice.roles),
                voice.amount.statements,
                voice.amount.words,
                round(voice.words_each, 1),
                voice.articles,
                voice.outlets,
                voice.declined,
                day_in_words(voice.first),
                day_in_words(voice.last),
                voice.is_new,
            )
            own = (voice.own.get(heading, "") for heading in self.headings)
            yield (voice.name, voice.person, *counted, *own)


def _voice(voice: Voice) -> dict[str, Any]:
    return {
        **asdict(voice),
        "page": links.speaker(voice.person),
        "first": day_in_words(voice.first) or None,
        "last": day_in_words(voice.last) or None,
    }


@screen(router, "/inventory", "inventory.html", section="inventory")
def source_inventory(
    desk: AtDesk,
    articles: AskedArticles,
    paging: Paging,
    sourced: Annotated[Flag, Query(description="Only what a source surely said: no beliefs, no wishes.")] = "",
    order: Annotated[Order, Query(description="Which voices come first.")] = "statements",
    name: Annotated[str, Query(max_length=200, description="Words that a voice's name begins with.")] = "",
) -> InventoryView:
    """Who was quoted in some articles: how often, at what length, new or not, in what roles; and who never answered."""
    scope = Scope(articles, Statements(sourced=sourced == "yes"))
    asked = Page(paging.rows, paging.offset, order, name.strip())
    return InventoryView(
        library=desk.library,
        scope=scope,
        found=inventory(desk.library, articles, scope.statements, asked),
        headings=headings(desk.library),
        outlets=outlet_names(desk.library, MOST_OUTLETS),
        asked=asked,
        paged=paging,
    )
